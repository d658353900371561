#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: sysroot.sh ARCH        (a Debian architecture, for example arm64)
# Prints a folder with all that configure --with-sysroot needs to build for that architecture, from
# this machine's own suite; made in the cache when it is not there. dpkg keeps its architectures.
set -eu

[ $# = 1 ] || { echo "usage: $0 ARCH" >&2; exit 2; }
wanted_arch=$1
tests=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=apt.sh
. "$tests/apt.sh"

# busybox is for the lab's guests.
packages="libc6-dev busybox-static $("$tests/install-deps.sh" libraries)"

die()
{
	say "$*"
	exit 1
}

# The folders that Debian's base system joins.
make_folders()
{
	mkdir -p "$1/usr/bin" "$1/usr/sbin" "$1/usr/lib"
	ln -s usr/bin usr/sbin usr/lib "$1"
}

# Libraries are linked to by absolute paths here and there, which must not lead out.
relative_links()
{
	find "$1" -type l -lname '/*' | while read -r link; do
		target=$(readlink "$link")
		[ ! -e "$1$target" ] || ln -sfr "$1$target" "$link"
	done
}

open_cache
suite=$(own_suite)
target=$cache/sysroot/$wanted_arch-$suite
if [ "$(cat "$target/made-of" 2>/dev/null)" != "$packages" ]; then
	read_index "$wanted_arch" "$suite" || die "the package index could not be read"
	# shellcheck disable=SC2086 # a list of words
	download_with_dependencies "$wanted_arch" "$work/debs" $packages ||
		die "the packages for $wanted_arch could not be downloaded"
	make_folders "$work/sysroot"
	unpack_into "$work/sysroot" "$work/debs"/*.deb || die "a package could not be unpacked"
	relative_links "$work/sysroot"
	echo "$packages" > "$work/sysroot/made-of"
	rm -rf "$target"
	mkdir -p "$cache/sysroot"
	mv "$work/sysroot" "$target"
fi
echo "$target"
