#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: initramfs.sh BINARY OUT.cpio [SYSROOT]
# Packs what every guest of the lab has: busybox, /init, the tool with its libraries, the programs
# and hooks of this folder. With SYSROOT (see sysroot.sh) all is taken from there, and compiled by $CC.
set -eu

[ $# -ge 2 ] || { echo "usage: $0 BINARY OUT.cpio [SYSROOT]" >&2; exit 2; }
binary=$1
out=$2
sysroot=${3-}
lab=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=pack.sh
. "$lab/pack.sh"
if [ "$sysroot" ]; then
	busybox=$sysroot/usr/bin/busybox
else
	busybox=$(command -v busybox) || { echo "$0: busybox is missing: install busybox-static" >&2; exit 2; }
fi
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/run" "$root/sys" "$root/tmp" "$root/root"
if readelf -lW "$busybox" | grep -q INTERP; then
	echo "$0: $busybox is not static: install busybox-static" >&2
	exit 2
fi
cp "$busybox" "$root/bin/busybox"
install -m 755 "$lab/guest-init" "$root/init"
mkdir "$root/hooks"
cp "$lab"/hooks/* "$root/hooks"
for source in "$lab"/*.c; do
	add_source "$source"
done
for source in "$lab"/preload/*.c; do
	add_preload "$source"
done
add_program "$binary" iommu-resettest
locale=$sysroot/usr/lib/locale/C.utf8
if [ -e "$locale/LC_CTYPE" ]; then
	install -D -m 644 "$locale/LC_CTYPE" "$root$locale/LC_CTYPE"
fi
pack "$out"
