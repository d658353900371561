#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE interlocks.sh
# What is refused, what --force-in-use lifts, and that no name of the machine gets to a terminal as it
# is. The rules themselves are in tests/unit/test_interlocks.c. Prints TAP.
set -u
LC_ALL=C
export LC_ALL

: "${BINARY:?the program to test}"
roots=$(cd "$(dirname "$0")/../roots" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# result NAME: passed when the last command succeeded; else shows what the program said.
result() {
	status=$?
	number=$((number + 1))
	if [ $status = 0 ]; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		cat "$work/out" "$work/err" 2>/dev/null | sed 's/^/# /'
		failed=1
	fi
}

# run STATUS ARGUMENT...
run() {
	wanted=$1
	shift
	"$BINARY" "$@" >"$work/out" 2>"$work/err"
	status=$?
	[ "$status" = "$wanted" ]
}

# says FILE PATTERN...: each of them, in one line after joining those that were wrapped.
says() {
	tr -s ' \n' ' ' <"$1" >"$work/flat"
	shift
	for pattern; do
		grep -qF -e "$pattern" "$work/flat" || return 1
	done
}

one_line() {
	[ "$(wc -l <"$work/err")" = 1 ] && [ ! -s "$work/out" ] && says "$work/err" "$1"
}

# clean FILE: nothing but printable characters and newlines; the C0, C1 and DEL bytes are not.
clean() {
	[ "$(tr -d '\n' <"$1" | tr -dc '\000-\037\177' | wc -c)" = 0 ]
}

unpack() {
	sh "$roots/unpack.sh" "$@" || { echo "Bail out! a tree cannot be unpacked"; exit 2; }
}

cat >"$work/mounted.tree" <<'TREE'
l sys/class/block/nvme0n1 -> ../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme0/nvme0n1
f sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme0/nvme0n1/dev = 259:0
d sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme0/nvme0n1/holders
f proc/self/mountinfo
	27 1 0:25 / / rw,relatime - tmpfs tmpfs rw
	40 27 259:0 / /srv rw - ext4 /dev/nvme0n1 rw
TREE
unpack "$work/mounted" "$roots/interlocks.tree" "$work/mounted.tree"
at="--sysroot $work/mounted --with-driver -t single"

force_wants_names() {
	# The words are the arguments.
	# shellcheck disable=SC2086
	for selection in --all '-s 01:00.0' '-d 1b36:' '-g 1' '01:00.0 -s 01:00.0' \
		'01:00.0 -g 1' '01:00.0 -d 1b36:'; do
		run 2 plan --force-in-use $at $selection &&
			one_line 'works only with functions that are named one by one' || return 1
	done
}
force_wants_names
result '--force-in-use wants functions that are named'

run 2 plan --force-in-use --sysroot "$work/mounted" --unbind 01:00.0 &&
	one_line '--force-in-use and --unbind exclude each other'
result '--force-in-use leaves drivers on'

# shellcheck disable=SC2086
run 0 plan $at 01:00.0 && says "$work/out" 'A run would reset nothing.' \
	'mounted: nvme0n1 mounted on /srv. Unmount it first. --force-in-use lifts this' \
	'is named. 0000:01:00.0'
result 'what is in use is refused, and the override named'

# shellcheck disable=SC2086
run 0 plan --force-in-use $at 01:00.0 && says "$work/out" 'A run would take 1 step' \
	'0000:01:00.0: --force-in-use overrode: mounted: nvme0n1 mounted on /srv'
result 'forced: it is said what was overridden'

# shellcheck disable=SC2086
run 0 plan --force-in-use $at 02:00.0 && says "$work/out" 'A run would take 1 step' \
	'0000:02:00.0: --force-in-use overrode: group-mate-in-use: 0000:01:00.0 in group 1'
result 'forced: the neighbour stays untouched'

# shellcheck disable=SC2086
run 0 plan --json --force-in-use $at 01:00.0 && says "$work/out" \
	'"0000:01:00.0: --force-in-use overrode: mounted: nvme0n1 mounted on /srv"'
result 'forced: JSON says so too'

# A PF and its VFs.
cat >"$work/vfs.tree" <<'TREE'
f sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/sriov_numvfs = 1
l sys/bus/pci/devices/0000:01:10.0 -> ../../../devices/pci0000:00/0000:00:01.0/0000:01:10.0
l sys/devices/pci0000:00/0000:00:01.0/0000:01:10.0/physfn -> ../0000:01:00.0
f sys/devices/pci0000:00/0000:00:01.0/0000:01:10.0/vendor = 0x1b36
f sys/devices/pci0000:00/0000:00:01.0/0000:01:10.0/device = 0x0010
f sys/devices/pci0000:00/0000:00:01.0/0000:01:10.0/class = 0x010802
TREE
cat >"$work/guest.tree" <<'TREE'
l sys/devices/pci0000:00/0000:00:01.0/0000:01:10.0/driver -> ../../../../bus/pci/drivers/vfio-pci
TREE
unpack "$work/vfs" "$roots/interlocks.tree" "$work/vfs.tree"
unpack "$work/guest" "$roots/interlocks.tree" "$work/vfs.tree" "$work/guest.tree"
at="--sysroot $work/vfs --with-driver -t single"

vfs_want_names() {
	# shellcheck disable=SC2086
	for selection in --all '-s 01:00.0' '-d 1b36:' '-g 1' '01:00.0 -s 01:00.0'; do
		run 2 plan --with-vfs $at $selection &&
			one_line '--with-vfs works only with functions that are named one by one' || return 1
	done
}
vfs_want_names
result '--with-vfs wants functions that are named'

run 2 plan --with-vfs --sysroot "$work/vfs" --unbind 01:00.0 &&
	one_line '--with-vfs and --unbind exclude each other'
result '--with-vfs leaves drivers on'

# shellcheck disable=SC2086
run 0 plan $at --force-in-use 01:00.0 && says "$work/out" 'A run would reset nothing.' \
	'has-vfs: 1 VFs enabled. Write 0 to sriov_numvfs first. --with-vfs lifts this' \
	'its VFs. 0000:01:00.0'
result 'a PF with VFs is refused, forced or not, and the override named'

# shellcheck disable=SC2086
run 0 plan $at --with-vfs 01:00.0 && says "$work/out" 'A run would take 1 step' \
	'0000:01:00.0: --with-vfs overrode: has-vfs: 1 VFs enabled'
result 'with VFs: it is said what was overridden'

run 0 plan --sysroot "$work/guest" --with-driver --with-vfs --force-in-use 01:00.0 &&
	says "$work/out" 'A run would reset nothing.' \
		'vf-in-use: driver vfio-pci is bound to VF 0000:01:10.0.' \
		'first. 0000:01:00.0'
result 'a VF that a virtual machine may have is not taken away, whatever is said'

# Nothing shows who uses a part of the chipset.
cat >"$work/smbus.tree" <<'TREE'
f sys/devices/pci0000:00/0000:03:00.0/class = 0x0c0500
TREE
unpack "$work/smbus" "$roots/interlocks.tree" "$work/smbus.tree"
chipset_wants_names() {
	for selection in --all '-s 03:00.0' '-d :1041' '-g 3'; do
		# The words are the arguments.
		# shellcheck disable=SC2086
		run 0 plan --sysroot "$work/smbus" -t single $selection &&
			says "$work/out" 'chipset: class 0c05: it may be an SMBus controller' \
				'Name the function (FUNCTION) instead' '-g. 0000:03:00.0' || return 1
	done
}
chipset_wants_names
result 'a part of the chipset is refused where it is not named'

run 0 plan --sysroot "$work/smbus" -t single 03:00.0 && says "$work/out" 'A run would take 1 step'
result 'and free where it is'

# Whoever may name a process, an interface, a mount point or a device may be an enemy.
cat >"$work/enemy.tree" <<'TREE'
%f proc/812/comm = \0033]0;owned\0007
l proc/812/fd/3 -> /dev/nvme0
f dev/nvme0 = c 240:0
l sys/dev/char/240:0 -> ../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/nvme/nvme0
%l proc/812/fd/4 -> /sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/resource\00330\n
%l sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0/upper_b\0033[2Jr\n0 -> x
l sys/class/net/eth0 -> ../../devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0
f sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0/net/eth0/flags = 0x1002
f proc/self/mountinfo
%	40 27 259:0 / /s\\033[31m\\012rv rw - ext4 /dev/nvme0n1 rw
%f sys/class/watchdog/watchdog0/identity = \0033[5mdog
f sys/class/watchdog/watchdog0/state = active
f sys/class/watchdog/watchdog0/timeout = 5
%f sys/class/dmi/id/sys_vendor = QEMU\0033[7m
TREE
unpack "$work/enemy" "$roots/interlocks.tree" "$work/mounted.tree" "$work/enemy.tree"
unpack "$work/hostile" "$roots/names.tree" "$roots/hostile.tree"
for tree in enemy hostile; do
	for command in 'list' 'list --json' 'plan --all --with-driver' \
		'plan --all --with-driver --json'; do
		# shellcheck disable=SC2086
		run 0 $command --sysroot "$work/$tree" && clean "$work/out" && clean "$work/err"
		result "no raw bytes: $command of $tree"
	done
done
run 0 list --sysroot "$work/enemy" && says "$work/out" 'open in process 812 (\x1b]0;owned\x07)' \
	'eth0 is part of b\x1b[2Jr\x0a0' 'mounted on /s\x1b[31m\x0arv' 'resource\x1b0\x0a open'
result 'but escaped'
run 0 plan 03:00.0 --sysroot "$work/enemy" && says "$work/out" 'watchdog0 (\x1b[5mdog) runs'
result 'also where the machine is refused'

echo "1..$number"
exit $failed
