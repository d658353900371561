#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: bear-resets.sh VIRTIO_NET.KO
# Makes of the module a network driver that bears resets, which no emulated card has: what it does
# when the machine sleeps and wakes, virtnet_freeze() and virtnet_restore(), it does before and after
# a reset, as virtio_blk does in fact. The two stand in the fields of struct virtio_driver right before
# reset_prepare and reset_done, so their relocations are moved. It is called virtio_blk in sysfs,
# since the program knows that driver to bear resets; the real one must not be loaded beside it.
set -eu

module=$1
FIELDS=16	# the size of freeze and restore

# What objcopy writes has no signature, which would be wrong.
objcopy "$module" "$module.plain"
mv "$module.plain" "$module"

# symbol NAME: its value in its section
symbol()
{
	readelf -sW "$module" | awk -v name="$1" '$8 == name { print $2; exit }'
}

# section NAME: its offset in the file
section()
{
	readelf -SW "$module" | sed 's/^ *\[ *[0-9]*\] *//' | awk -v name="$1" '$1 == name { print $4; exit }'
}

# little_endian NUMBER: two bytes, for printf
little_endian()
{
	printf '\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255))
}

# move FUNCTION: the relocation of the driver's field that points to it
move()
{
	address=$(symbol "$1")
	driver=$(symbol virtio_net_driver)
	count=0
	found=
	for entry in $(readelf -rW "$module" | awk '/^Relocation section/ { on = $3 == "'\''.rela.data'\''" }
			on && $3 ~ /^R_/ { print $1 ":" $5 $6 $7 }'); do
		offset=$((0x${entry%%:*}))
		if [ "${entry#*:}" = ".text+$(printf %x $((0x$address)))" ] &&
			[ $offset -ge $((0x$driver)) ] && [ $offset -lt $((0x$driver + 272)) ]; then
			found=$count
			break
		fi
		count=$((count + 1))
	done
	[ -n "$found" ] || { echo "bear-resets: no field of the driver holds $1" >&2; exit 1; }
	# shellcheck disable=SC2059 # the format is the bytes
	printf "$(little_endian $((offset + FIELDS)))" |
		dd of="$module" bs=1 seek=$((0x$(section .rela.data) + found * 24)) conv=notrunc 2> /dev/null
}

move virtnet_freeze
move virtnet_restore
sed -i 's/virtio_net\x00/virtio_blk\x00/' "$module"
