#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: fetch.sh KERNEL...
# Brings the named kernels of kernels.list into the cache and prints one line for each:
#	ok NAME PATH | gone NAME REASON | error NAME REASON
# `gone` means that the mirror answered and has the package no more; everything else that
# stands between us and the kernel is an error.
set -eu

lab=$(cd "$(dirname "$0")" && pwd)
list=${LAB_KERNELS:-$lab/kernels.list}
# shellcheck source=../apt.sh
. "$lab/../apt.sh"
open_cache

# The suites that kernels of one architecture come from.
suites()
{
	awk -v arch="$1" '!/^#/ && $3 == arch { print $4 }' "$list" | sort -u
}

# unpack PACKAGE: into $work/$name/x. Prints what hinders it, for the answer.
unpack()
{
	if ! has_package "$arch" "$1"; then
		echo "gone $name the mirror has no package $1"
		return 1
	fi
	if ! download "$arch" "$1" "$work/$name/$1"; then
		echo "error $name $1 could not be downloaded"
		return 1
	fi
	mkdir -p "$work/$name/x"
	unpack_into "$work/$name/x" "$work/$name/$1"/*.deb
}

# The modules come to lie in a folder beside the image.
fetch_one()
{
	name=$1 arch=$2 package=$3 image=$4 modules=$5 target=$cache/kernels/$1/vmlinuz

	if [ -s "$target" ]; then
		echo "ok $name $target"
		return
	fi
	# shellcheck disable=SC2046 # one word for each suite
	if ! read_index "$arch" $(suites "$arch"); then
		echo "error $name the package index could not be read"
		return
	fi
	unpack "$package" || return 0
	[ "$modules" = - ] || unpack "$modules" || return 0
	mkdir -p "$cache/kernels/$name"
	if ! [ -s "$work/$name/x/$image" ]; then
		echo "error $name $package holds no $image"
		return
	fi
	if [ "$modules" != - ]; then
		rm -rf "$cache/kernels/$name/modules"
		mv "$work/$name/x/usr/lib/modules"/*/kernel "$cache/kernels/$name/modules"
	fi
	mv "$work/$name/x/$image" "$cache/kernels/$name/vmlinuz.$$"
	mv "$cache/kernels/$name/vmlinuz.$$" "$target"
	rm -rf "${work:?}/$name"
	echo "ok $name $target"
}

# The kernel itself lies beside its boot image, wherever it can be taken out of it.
unpack_image()
{
	image=$cache/kernels/$1/vmlinuz

	[ "$2" = amd64 ] && [ -s "$image" ] && ! [ -s "${image%uz}ux" ] || return 0
	"$lab/unpack-image.sh" "$image" "${image%uz}ux" || say "$1 starts from its boot image, which takes longer"
}

for wanted; do
	line=$(awk -v name="$wanted" '!/^#/ && $1 == name' "$list")
	if [ -z "$line" ]; then
		echo "error $wanted is not in $list"
		continue
	fi
	# The fields of the list hold no blanks and no glob characters.
	# shellcheck disable=SC2086
	set -- $line
	fetch_one "$1" "$3" "$5" "$6" "${7:--}"
	unpack_image "$1" "$3"
done
