#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: initramfs.sh BINARY OUT.cpio
# Packs what every guest of the lab has: busybox, /init, the tool with its libraries, nomount.
set -eu

[ $# = 2 ] || { echo "usage: $0 BINARY OUT.cpio" >&2; exit 2; }
binary=$1
out=$2
lab=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=pack.sh
. "$lab/pack.sh"
busybox=$(command -v busybox) || { echo "$0: busybox is missing: install busybox-static" >&2; exit 2; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir -p "$root/bin" "$root/dev" "$root/proc" "$root/run" "$root/sys" "$root/tmp" "$root/root"
if ldd "$busybox" >/dev/null 2>&1; then
	echo "$0: $busybox is not static: install busybox-static" >&2
	exit 2
fi
cp "$busybox" "$root/bin/busybox"
install -m 755 "$lab/guest-init" "$root/init"
add_source "$lab/nomount.c"
add_program "$binary" iommu-resettest
pack "$out"
