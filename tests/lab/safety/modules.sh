#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: modules.sh MODULES-FOLDER OUT.cpio [bearing]
# Packs the modules that the guests of safety/ use, uncompressed, and in /modules/order the order
# in which they must be loaded. With the last word, one of a network driver that bears resets, alone.
set -eu

modules=$1
out=$2
bearing=${3-}
wanted="virtio_net virtio_blk raid1 dm-mod loop vfio-pci vfio_iommu_type1 bridge 8021q bonding team bcache nvmet zram i6300esb"
[ -z "$bearing" ] || wanted=virtio_net
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
mkdir "$root/modules"
: > "$root/modules/order"

depends()
{
	readelf -p .modinfo "$1" | sed -n 's/.*\] *depends=//p' | tr ',' ' '
}

# add NAME: after what it depends on. One that the kernel has built in has no file.
add()
{
	! grep -qx "$1" "$root/modules/order" || return 0
	pattern=$(echo "$1" | sed 's/[-_]/[-_]/g')
	file=$(find "$modules" -name "$pattern.ko*" | head -n 1)
	[ -n "$file" ] || return 0
	case $file in
	*.xz) xz -dc "$file" > "$root/modules/$1.ko" ;;
	*.zst) zstd -qdc "$file" > "$root/modules/$1.ko" ;;
	*) cp "$file" "$root/modules/$1.ko" ;;
	esac
	for needed in $(depends "$root/modules/$1.ko"); do
		(add "$needed")
	done
	echo "$1" >> "$root/modules/order"
}

for module in $wanted; do
	add "$module"
done
[ -z "$bearing" ] || "$(dirname "$0")/bear-resets.sh" "$root/modules/virtio_net.ko"
(cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) > "$out"
