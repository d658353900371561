#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: guest.sh VMLINUZ BASE.cpio DIR TOPOLOGY IOMMU WITH ARGS
# Boots one guest and unpacks what it sends into DIR. A guest that died before its test began is
# started again (the emulator's fault, not the test's); one that died later is not.
# Exit status: 0 the guest finished, 1 it did not.
set -eu

vmlinuz=$1 base=$2 dir=$3 topology=$4 iommu=$5 with=$6 args=$7
lab=$(cd "$(dirname "$0")" && pwd)
limit=${LAB_TIMEOUT:-240}
boot_limit=90	# until the test begins
attempts=3
# shellcheck source=topology.sh
. "$lab/topology.sh"

case " $with " in
*" shell "*) interactive=yes ;;
*) interactive= ;;
esac

# no_timer_check: on a busy host the emulated timer can be late, which panics a kernel.
append="console=ttyS0 panic=-1 loglevel=1 cryptomgr.notests no_timer_check"
append="$append $(iommu_kernel_options "$iommu")"
for word in $with; do
	case $word in
	*=*) append="$append $word" ;;
	esac
done

rm -rf "$dir"
mkdir -p "$dir"
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
EOF
(cd "$tmp/case" && echo case | cpio --quiet -o -H newc -R 0:0) > "$tmp/case.cpio"
cat "$base" "$tmp/case.cpio" > "$tmp/initrd"

devices=$(topology "$topology" "$iommu")
gdb_option=
case $topology in
quirk*)
	append="$append nokaslr nopti"
	gdb_option="unix:$tmp/gdb,server=on,wait=off"
	;;
esac

boot()
{
	set -- qemu-system-x86_64 -accel tcg,thread=single -machine q35,cxl=on -m 1G -smp 2 \
		-nodefaults -display none -no-reboot \
		-kernel "$vmlinuz" -initrd "$tmp/initrd" -append "$append"
	for word in $devices; do
		set -- "$@" "$word"
	done
	set -- "$@" -device virtio-serial-pci,bus=pcie.0 -device virtserialport,chardev=result,name=result \
		-chardev "file,id=result,path=$dir/result.tar"
	[ -z "$gdb_option" ] || set -- "$@" -gdb "$gdb_option"
	echo "$*" > "$dir/command"
	if [ "$interactive" ]; then
		exec "$@" -chardev "stdio,id=console,mux=on,signal=off,logfile=$dir/console" \
			-serial chardev:console -mon chardev=console
	fi
	exec timeout --foreground -k 5 "$limit" "$@" -serial "file:$dir/console" \
		</dev/null 2> "$dir/qemu.err"
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
		[ "$(date +%s)" -lt $deadline ] || kill $guest
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
echo $((attempt - 1)) > "$dir/retries"
echo $(($(date +%s) - started)) > "$dir/seconds"

grep -q '^LAB-END' "$dir/console" || exit 1
tar -C "$dir" -xf "$dir/result.tar" && [ -e "$dir/complete" ]
