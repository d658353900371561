#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: quirk.sh CONSOLE SOCKET
# Gives the emulated NIC's id (1af4:1041) a device_specific reset: replaces an id in the running
# kernel's pci_dev_reset_methods[] over QEMU's gdb stub. Entry 4 is the NVMe disk 8086:0953, whose
# reset is an FLR and 250 ms of waiting, so the kernel's own code runs on a device that can do it.
# The guest, booted with nokaslr, prints the table's address on its console.
set -eu

console=$1
socket=$2

tries=0
until address=$(sed -n 's/^LAB-QUIRK \([0-9a-f]\{16\}\).*/\1/p' "$console" 2>/dev/null) &&
      [ -n "$address" ]; do
	tries=$((tries + 1))
	[ $tries -le 600 ] || { echo "quirk: the guest printed no address" >&2; exit 1; }
	sleep 0.2
done

cat > "$socket.script" <<EOF
set architecture i386:x86-64
target remote $socket
set \$vendor = 0x$address + 4 * 16
set \$device = \$vendor + 2
if *(unsigned short *)\$vendor == 0x8086 && *(unsigned short *)\$device == 0x0953
set {unsigned short}\$vendor = 0x1af4
set {unsigned short}\$device = 0x1041
echo quirk: entry 4 is 1af4:1041\n
else
echo quirk: entry 4 is not 8086:0953, left alone\n
end
detach
EOF
exec gdb -nx -batch -x "$socket.script"
