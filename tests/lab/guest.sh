#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: guest.sh ARCH VMLINUZ BASE.cpio DIR TOPOLOGY IOMMU WITH ARGS
# Boots one guest and unpacks what it sends into DIR. A guest that died before its test began is
# started again (the emulator's fault, not the test's); one that died later is not, unless it said
# that it would (LAB-CUT): then it boots again with the disks as they are.
# With the word script:NAME the guest runs that script of safety/ on a machine of safety/machines.sh.
# Exit status: 0 the guest finished, 1 it did not.
set -eu

arch=$1 vmlinuz=$2 base=$3 dir=$4 topology=$5 iommu=$6 with=$7 args=$8
lab=$(cd "$(dirname "$0")" && pwd)
limit=${LAB_TIMEOUT:-1200}
boot_limit=180	# until the test begins
attempts=3
# shellcheck source=topology.sh
. "$lab/topology.sh"

case " $with " in
*" shell "*) interactive=yes ;;
*) interactive= ;;
esac
script=
faults=
mute=
clock=

append="panic=-1 loglevel=1 cryptomgr.notests $(kernel_options "$arch") $(iommu_kernel_options "$iommu")"
for word in $with; do
	case $word in
	*=*) append="$append $word" ;;
	in-steps:dma:*) faults=yes ;;
	in-steps:mute:*) mute=1af4:1041 ;;	# the NIC
	script:*) script=${word#script:} ;;
	clock:*) clock="-icount shift=${word#clock:},sleep=off" ;;
	esac
done

rm -rf "$dir"
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
tmp=$(mktemp -d)	# a unix socket's path must be short
children=
trap 'rm -rf "$tmp"; [ -z "$children" ] || kill $children 2>/dev/null || :' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

mkdir "$tmp/case"
cat > "$tmp/case/case" <<EOF
CASE_ARGS='$args'
CASE_WITH='$with'
CASE_TOPOLOGY='$topology'
CASE_SCRIPT='$script'
EOF
(cd "$tmp/case" && echo case | cpio --quiet -o -H newc -R 0:0) > "$tmp/case.cpio"

# The same kernel without the part that unpacks it (unpack-image.sh).
kernel=${vmlinuz%uz}ux
[ -s "$kernel" ] || kernel=$vmlinuz
machine=$(emulator "$arch")
gdb_option=
if [ "$script" ]; then
	# shellcheck source=safety/machines.sh
	. "$lab/safety/machines.sh"
	modules=$(dirname "$vmlinuz")/modules
	if [ -d "$modules" ]; then
		bearing=
		[ "$script" != traffic ] || bearing=bearing
		"$lab/safety/modules.sh" "$modules" "$tmp/modules.cpio" $bearing
	else
		: > "$tmp/modules.cpio"
	fi
	cat "$base" "${base%/*}/safety.cpio" "$tmp/modules.cpio" "$tmp/case.cpio" > "$tmp/initrd"
	(cd "$dir" && machine_disks "$topology")
	devices=$(machine "$topology" "$iommu")
else
	cat "$base" "$tmp/case.cpio" > "$tmp/initrd"
	devices=$(topology "$topology" "$iommu")
fi
# An account of each fault that no guest can limit: on QEMU's stderr.
[ -z "$faults" ] || devices="$devices $(fault_trace "$iommu")"
case $topology in
quirk*)
	append="$append nokaslr nopti"
	gdb_option="unix:$tmp/gdb,server=on,wait=off"
	;;
esac

# A kernel that measures its clock on a busy host can be wrong by a factor of ten: it is told.
# Counted instructions have a clock of their own.
if [ "$arch" = amd64 ] && [ -z "$clock" ]; then
	"${CC:-cc}" -O2 -o "$tmp/tsc-khz" "$lab/host/tsc-khz.c"
	khz=$("$tmp/tsc-khz")
	append="$append${khz:+ tsc_early_khz=$khz}"
fi
if [ "$mute" ]; then
	"${CC:-cc}" -O2 -o "$tmp/mute-device" "$lab/host/mute-device.c"
fi

boot()
{
	cd "$dir"	# where the disks are
	# shellcheck disable=SC2086 # lists of words
	set -- $machine -accel tcg,thread=single -m 1G -smp 2 -nodefaults -display none -no-reboot \
		$clock -kernel "$kernel" -initrd "$tmp/initrd" -append "$append" $devices
	set -- "$@" -chardev "file,id=result,path=$dir/result.tar"
	[ "$script" ] || set -- "$@" -device virtio-serial-pci,bus=pcie.0 \
		-device virtserialport,chardev=result,name=result
	[ -z "$gdb_option" ] || set -- "$@" -gdb "$gdb_option"
	[ -z "$mute" ] || set -- "$tmp/mute-device" "$dir/console" "$mute" "$@"
	echo "$*" > "$dir/command"
	if [ "$interactive" ]; then
		exec "$@" -chardev "stdio,id=console,mux=on,signal=off,logfile=$dir/console" \
			-serial chardev:console -mon chardev=console
	fi
	set -- "$@" -serial "file:$dir/console"
	# The guest's ttyS1 takes its results, its ttyS2 is QEMU's monitor.
	[ -z "$script" ] || set -- "$@" -serial chardev:result \
		-chardev "socket,path=$tmp/monitor,server=on,wait=off,id=port" -serial chardev:port \
		-chardev "socket,path=$tmp/monitor,id=monitor" -mon chardev=monitor,mode=readline
	exec timeout --foreground -k 5 "$limit" "$@" </dev/null 2> "$dir/qemu.err"
}

begun()
{
	grep -q '^LAB-BEGIN' "$dir/console"
}

run_guest()
{
	: > "$dir/console"
	patcher=
	if [ "$gdb_option" ]; then
		"$lab/quirk.sh" "$dir/console" "$tmp/gdb" > "$dir/quirk.log" 2>&1 &
		patcher=$!
	fi
	if [ "$interactive" ]; then
		children=$patcher
		(boot)
		return
	fi
	boot &
	guest=$!
	children="$guest $patcher"
	deadline=$(($(date +%s) + boot_limit))
	while kill -0 $guest 2>/dev/null && ! begun; do
		[ "$(date +%s)" -lt $deadline ] || kill $guest 2>/dev/null || :
		sleep 0.3
	done
	wait $guest && status=0 || status=$?
	if [ "$patcher" ]; then
		kill "$patcher" 2>/dev/null || :	# it may still wait for a guest that died
		wait "$patcher" || :
	fi
	children=
	echo "$status" > "$dir/qemu.status"
}

[ -z "$interactive" ] || { run_guest; exit 0; }

started=$(date +%s)
attempt=1
run_guest
while ! begun && [ $attempt -lt $attempts ]; do
	cp "$dir/console" "$dir/console.$attempt"
	attempt=$((attempt + 1))
	run_guest
done
boots=1
while grep -q '^LAB-CUT' "$dir/console" && ! grep -q '^LAB-END' "$dir/console" && [ $boots -lt 6 ]; do
	cp "$dir/console" "$dir/console.boot$boots"
	boots=$((boots + 1))
	run_guest
done
echo $((attempt - 1)) > "$dir/retries"
echo $(($(date +%s) - started)) > "$dir/seconds"

grep -q '^LAB-END' "$dir/console" || exit 1
tar -C "$dir" -xf "$dir/result.tar" && [ -e "$dir/complete" ]
