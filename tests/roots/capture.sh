#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: capture.sh >FILE.tree
# Writes what `iommu-resettest list` reads of this machine as a tree that unpack.sh understands. As
# root, or configuration space is cut to 64 bytes. Needs no more than busybox. The host name is left
# out; mount points, interface names and PCI serial numbers are not: look before you send it.
set -u
LC_ALL=C
export LC_ALL
cd / || exit 2

# one FILE: its lines.
one() {
	[ -r "$1" ] || return 0
	content=$(cat "$1" 2>/dev/null) || return 0
	case $content in
	*'
'*) printf 'f %s\n' "$1"; printf '%s\n' "$content" | sed 's/^/\t/' ;;
	*) printf 'f %s = %s\n' "$1" "$content" ;;
	esac
}

link() {
	if [ -L "$1" ]; then
		printf 'l %s -> %s\n' "$1" "$(readlink "$1")"
	fi
}

# The directory a link leads to, as a path from the root.
real() {
	target=$(readlink -f "$1") && printf '%s' "${target#/}"
}

config() {
	bytes=$(wc -c <"$1/config") || return 0
	printf 'x %s/config %s\n' "$1" "$bytes"
	od -An -v -tx1 "$1/config" | awk '
		/[1-9a-f]/ { sub(/^ */, ""); printf "\t%03x: %s\n", (NR - 1) * 16, $0 }'
}

functions() {
	for entry in sys/bus/pci/devices/*; do
		[ -L "$entry" ] || continue
		link "$entry"
		device=$(real "$entry")
		for name in vendor device class reset_method boot_vga sriov_numvfs untrusted \
			removable; do
			one "$device/$name"
		done
		[ ! -e "$device/reset" ] || printf 'f %s/reset\n' "$device"
		for name in driver iommu_group physfn; do
			link "$device/$name"
		done
		for name in "$device"/vfio-dev/*; do
			[ ! -d "$name" ] || printf 'd %s\n' "$name"
		done
		config "$device"
	done
}

blocks() {
	printf 'd sys/class/block\n'
	for entry in sys/class/block/*; do
		[ -L "$entry" ] || continue
		link "$entry"
		device=$(real "$entry")
		for name in dev dm/name loop/backing_file; do
			one "$device/$name"
		done
		for name in "$device"/holders/*; do
			link "$name"
		done
	done
	for entry in sys/class/nvme-subsystem/*; do
		[ -L "$entry" ] || continue
		link "$entry"
		for name in "$(real "$entry")"/nvme[0-9]*; do
			link "$name"
		done
	done
	for entry in sys/fs/btrfs/*/devices/*; do
		link "$entry"
	done
}

classes() {
	printf 'd sys/class/net\n'
	for entry in sys/class/net/*; do
		[ -L "$entry" ] || continue
		link "$entry"
		one "$(real "$entry")/flags"
	done
	for terminal in $(cat sys/class/tty/console/active 2>/dev/null) console; do
		link "sys/class/tty/$terminal"
	done
	[ ! -e sys/class/tty/console ] || one "$(real sys/class/tty/console)/active"
	for entry in sys/class/iommu/* sys/class/virtio-ports/* sys/bus/cxl/devices/*; do
		link "$entry"
	done
	for entry in sys/kernel/iommu_groups/*; do
		[ ! -d "$entry" ] || printf 'd %s\n' "$entry"
		one "$entry/type"
	done
}

processes() {
	for name in proc/cmdline proc/swaps proc/self/mountinfo proc/sys/kernel/osrelease \
		proc/sys/kernel/version proc/sys/kernel/panic_on_warn \
		proc/sys/kernel/warn_limit proc/sys/kernel/panic_on_oops; do
		one "$name"
	done
	printf 'f proc/sys/kernel/hostname = host\n'
	printf 'f proc/sys/kernel/arch = %s\n' "$(uname -m)"
	for entry in proc/[0-9]*/fd/*; do
		case $(readlink "$entry" 2>/dev/null) in
		/dev/vfio/*) link "$entry"; one "${entry%/fd/*}/comm" ;;
		esac
	done
}

printf '# %s\n' "$(uname -srm)"
functions
blocks
classes
processes
