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

# A device file, as text, and where its device is.
node() {
	kind=c
	[ ! -b "$1" ] || kind=b
	[ -b "$1" ] || [ -c "$1" ] || return 0
	number=$(stat -c '%t %T' "$1") || return 0
	number=$((0x${number% *})):$((0x${number#* }))
	printf 'f %s = %s %s\n' "$1" "$kind" "$number"
	[ $kind = b ] || link "sys/dev/char/$number"
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
		for name in vendor device class reset_method boot_vga sriov_numvfs \
			removable; do
			one "$device/$name"
		done
		[ ! -e "$device/reset" ] || printf 'f %s/reset\n' "$device"
		for name in driver iommu_group physfn; do
			link "$device/$name"
		done
		for name in "$device"/vfio-dev/* "$device/net"; do
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
		[ ! -d "$device/bcache" ] || printf 'd %s/bcache\n' "$device"
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
		for name in "$entry"/upper_*; do
			[ ! -L "$name" ] || printf 'l %s/%s -> x\n' "$(real "$entry")" "${name##*/}"
		done
	done
	for terminal in $(cat sys/class/tty/console/active 2>/dev/null) console; do
		link "sys/class/tty/$terminal"
	done
	[ ! -e sys/class/tty/console ] || one "$(real sys/class/tty/console)/active"
	for entry in sys/class/iommu/* sys/class/virtio-ports/* sys/class/graphics/* \
		sys/bus/cxl/devices/* sys/bus/dax/devices/* sys/bus/virtio/devices/* \
		sys/bus/usb/devices/*; do
		link "$entry"
	done
	for entry in sys/bus/virtio/devices/* sys/bus/usb/devices/*; do
		[ ! -L "$entry" ] || link "$(real "$entry")/driver"
		[ ! -d "$entry/net" ] || printf 'd %s/net\n' "$(real "$entry")"
	done
	for entry in sys/bus/cxl/devices/decoder*; do
		[ ! -L "$entry" ] || { one "$(real "$entry")/mode"; one "$(real "$entry")/size"; }
	done
	for entry in sys/class/vtconsole/* sys/class/watchdog/*; do
		for name in name bind state timeout identity; do
			one "$entry/$name"
		done
	done
	for entry in sys/kernel/iommu_groups/*; do
		[ ! -d "$entry" ] || printf 'd %s\n' "$entry"
		one "$entry/type"
	done
}

# serving MODULE: its drivers, and what is bound to them.
serving() {
	for name in "sys/module/$1/drivers"/*; do
		link "$name"
		for device in "$name"/*; do
			[ ! -L "$device" ] || link "$(real "$name")/${device##*/}"
		done
	done
}

# The kernel's algorithms, and the modules that lead from them to functions.
algorithms() {
	one proc/crypto
	modules=$(sed -n 's/^module *: //p' proc/crypto 2>/dev/null | sort -u)
	for module in $modules; do
		one "sys/module/$module/refcnt"
		serving "$module"
		for name in sys/module/*/holders/"$module" "sys/module/$module/holders"/*; do
			link "$name"
		done
		for name in sys/module/*/holders/"$module"; do
			[ ! -L "$name" ] || serving "$(echo "$name" | cut -d / -f 3)"
		done
		for name in "sys/module/$module/holders"/*; do
			[ ! -L "$name" ] || serving "${name##*/}"
		done
	done
}

processes() {
	for name in proc/cmdline proc/swaps proc/self/mountinfo proc/sys/kernel/osrelease \
		proc/sys/kernel/version proc/sys/kernel/panic_on_warn \
		proc/sys/kernel/warn_limit proc/sys/kernel/panic_on_oops \
		proc/sys/kernel/hung_task_panic proc/sys/kernel/hung_task_timeout_secs \
		proc/sys/kernel/tainted proc/net/route proc/net/ipv6_route proc/net/if_inet6 \
		sys/kernel/security/lockdown sys/hypervisor/type sys/class/dmi/id/sys_vendor \
		sys/class/dmi/id/product_name; do
		one "$name"
	done
	! grep -q '^flags.* hypervisor' proc/cpuinfo 2>/dev/null ||
		printf 'f proc/cpuinfo\n\tprocessor : 0\n\tflags : hypervisor\n'
	for name in pid user mnt; do
		link "proc/self/ns/$name"
	done
	printf 'f proc/sys/kernel/hostname = host\n'
	printf 'f proc/sys/kernel/arch = %s\n' "$(uname -m)"
	for entry in proc/[0-9]*/fd/*; do
		target=$(readlink "$entry" 2>/dev/null) || continue
		case $target in
		/dev/null | /dev/pts/* | /dev/tty) continue ;;
		/dev/*) node "${target#/}" ;;
		/sys/*/resource* | 'anon_inode:[vfio-device]') ;;
		*) continue ;;
		esac
		link "$entry"
		one "${entry%/fd/*}/comm"
		one "${entry%/fd/*}/fdinfo/${entry##*/}"
	done
}

printf '# %s\n' "$(uname -srm)"
functions
blocks
classes
algorithms
processes
