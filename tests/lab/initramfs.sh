#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: initramfs.sh BINARY OUT.cpio
# Packs what every guest of the lab has: busybox, /init, the tool with its libraries, nomount.
set -eu

[ $# = 2 ] || { echo "usage: $0 BINARY OUT.cpio" >&2; exit 2; }
binary=$1
out=$2
lab=$(cd "$(dirname "$0")" && pwd)
busybox=$(command -v busybox) || { echo "$0: busybox is missing: install busybox-static" >&2; exit 2; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Copies a program to /sbin, and its libraries and loader to the paths they have here.
add_program()
{
	install -D -m 755 "$1" "$root/sbin/$2"
	{ ldd "$1" 2>/dev/null || :; } | grep -o '/[^ ]*' | sort -u | while read -r library; do
		mkdir -p "$root$(dirname "$library")"
		cp -L "$library" "$root$library"
	done
}

mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/run" "$root/sys" "$root/tmp" "$root/root"
if ldd "$busybox" >/dev/null 2>&1; then
	echo "$0: $busybox is not static: install busybox-static" >&2
	exit 2
fi
cp "$busybox" "$root/bin/busybox"
install -m 755 "$lab/guest-init" "$root/init"
${CC:-cc} -O2 -static -o "$root/bin/nomount" "$lab/nomount.c"
add_program "$binary" iommu-resettest
mkdir -p "$(dirname "$out")"
(cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) > "$out.tmp"
mv "$out.tmp" "$out"
