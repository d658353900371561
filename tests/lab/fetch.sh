#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: fetch.sh KERNEL...
# Brings the named kernels of kernels.list into the cache and prints one line for each:
#	ok NAME PATH | gone NAME REASON | error NAME REASON
# `gone` means that the mirror answered and has the package no more; everything else that
# stands between us and the kernel is an error.
set -eu

lab=$(cd "$(dirname "$0")" && pwd)
cache=${IOMMU_RESETTEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/iommu-resettest}
list=${LAB_KERNELS:-$lab/kernels.list}
work=
index_state=unread

mkdir -p "$cache/kernels"
exec 9>"$cache/lock"
flock 9
rm -rf "$cache"/fetch.*	# left by a fetch that was killed
trap '[ -z "$work" ] || rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say()
{
	echo "fetch: $*" >&2
}

# The mirror this machine itself takes Debian from, and trusts.
mirror()
{
	# shellcheck disable=SC2016 # apt expands these
	apt-get indextargets --format '$(LABEL)|$(TRUSTED)|$(REPO_URI)' 'Created-By: Packages' |
		sed -n 's/^Debian|yes|//p' | grep '^[a-z+]*:' | grep -v '^cdrom:' | head -n 1
}

keyring()
{
	for file in /usr/share/keyrings/debian-archive-keyring.gpg \
		    /usr/share/keyrings/debian-archive-keyring.pgp; do
		[ ! -r "$file" ] || { echo "$file"; return 0; }
	done
	return 1
}

private_apt()
{
	command=$1
	shift
	"$command" -qq -oDir::Etc::SourceList="$work/sources.list" -oDir::Etc::SourceParts=/dev/null \
		-oDir::State::Lists="$work/lists" -oDir::Cache="$work/cache" \
		-oDir::Etc::Preferences=/dev/null -oDir::Etc::PreferencesParts=/dev/null \
		-oAPT::Sandbox::User=root -oAPT::Get::List-Cleanup=0 "$@"
}

# Reads the suites' indexes into a private place; the system's apt is left as it is.
read_index()
{
	[ "$index_state" = unread ] || return 0
	index_state=failed
	work=$(mktemp -d "$cache/fetch.XXXXXX")
	mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
	uri=$(mirror) || uri=
	if [ -z "$uri" ] && [ "$(id -u)" = 0 ]; then
		say "apt has no index of Debian's archive, reading it"
		apt-get -qq update >&2 || :
		uri=$(mirror) || uri=
	fi
	if [ -z "$uri" ]; then
		say "apt knows no Debian mirror here: run 'apt-get update' as root first"
		return 0
	fi
	if ! key=$(keyring); then
		say "Debian's keyring is missing: install debian-archive-keyring"
		return 0
	fi
	arch=$(dpkg --print-architecture)
	[ "$arch" = amd64 ] || say "this machine is $arch: asking for amd64 packages"
	awk '!/^#/ && NF { print $3 }' "$list" | sort -u | while read -r suite; do
		echo "deb [arch=amd64 signed-by=$key] $uri $suite main"
	done > "$work/sources.list"
	say "reading the package indexes of $(awk '{ printf "%s%s", sep, $5; sep = ", " }' "$work/sources.list")"
	if private_apt apt-get update >&2; then
		index_state=ready
	fi
}

# unpack PACKAGE: into $work/$name/x. Prints what hinders it, for the answer.
unpack()
{
	if ! private_apt apt-cache show "$1" > "$work/show" 2>/dev/null || ! [ -s "$work/show" ]; then
		echo "gone $name the mirror has no package $1"
		return 1
	fi
	mkdir -p "$work/$name/deb" "$work/$name/x"
	rm -f "$work/$name"/deb/*
	say "downloading $1"
	if ! (cd "$work/$name/deb" && private_apt apt-get download "$1") >&2; then
		echo "error $name $1 could not be downloaded"
		return 1
	fi
	dpkg-deb -x "$work/$name"/deb/*.deb "$work/$name/x"
}

# The modules come to lie in a folder beside the image.
fetch_one()
{
	name=$1 package=$2 image=$3 modules=$4 target=$cache/kernels/$1/vmlinuz

	if [ -s "$target" ]; then
		echo "ok $name $target"
		return
	fi
	read_index
	if [ "$index_state" != ready ]; then
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

for wanted; do
	line=$(awk -v name="$wanted" '!/^#/ && $1 == name' "$list")
	if [ -z "$line" ]; then
		echo "error $wanted is not in $list"
		continue
	fi
	# The fields of the list hold no blanks and no glob characters.
	# shellcheck disable=SC2086
	set -- $line
	fetch_one "$1" "$4" "$5" "${6:--}"
done
