#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE syslog.sh
# run --syslog, with logs made for it in a mount namespace of its own. Prints TAP.
#
# No test here may reset anything, even if the program is wrong: each names a host bridge, which is
# never reset.
#
# The functions below are called by ok(); what is in single quotes is for another shell.
# shellcheck disable=SC2317,SC2016
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"

bridge=
for class in /sys/bus/pci/devices/*/class; do
	[ "$(cat "$class" 2>/dev/null)" != 0x060000 ] || bridge=$(basename "$(dirname "$class")")
done
if [ "$(id -u)" != 0 ] || [ -z "$bridge" ] || ! unshare -m true 2>/dev/null; then
	echo '1..0 # SKIP not root, no host bridge, or no mount namespace here'
	exit
fi

# A log that listens on a datagram socket and writes what it hears to a file, each between lines "---";
# until it hears "over"; "still" it is full of somebody's entries and does not read them.
cat >"$work/listen.py" <<'PYTHON'
import os, signal, socket, sys
path, heard, how = sys.argv[1:]
os.makedirs(os.path.dirname(path), exist_ok=True)
log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind(path)
if how == "still":
    other = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    other.setblocking(False)
    try:
        while True:
            other.sendto(b"x", path)
    except BlockingIOError:
        pass
    open(heard + ".ready", "w").close()
    signal.pause()
with open(heard, "wb") as out:
    open(heard + ".ready", "w").close()
    entry = log.recv(65536)
    while entry != b"over":
        out.write(entry + b"\n---\n")
        entry = log.recv(65536)
PYTHON

# logged SOCKET ARGUMENT...: a run beside such a log; none where SOCKET is empty.
logged() {
	socket=$1
	shift
	rm -f "$work/heard" "$work/heard.ready"
	unshare -m sh -c '
		work=$1 socket=$2 binary=$3 how=$4
		shift 4
		mount -t tmpfs none /run && mount -t tmpfs none /dev/shm && mkdir "$work/dev" &&
			mount --rbind /dev "$work/dev" && mount -t tmpfs none /dev &&
			for name in null zero urandom kmsg shm; do
				[ ! -e "$work/dev/$name" ] || ln -s "$work/dev/$name" /dev/$name
			done || exit 99
		[ -z "$socket" ] || {
			python3 "$work/listen.py" "$socket" "$work/heard" "$how" &
			while [ ! -e "$work/heard.ready" ]; do sleep 0.05; done
		}
		timeout 60 "$binary" run --state-dir "$work/state" "$@" >"$work/out" 2>"$work/err" </dev/null
		echo $? >"$work/status"
		case ${socket:+$how} in
		still) kill $! ;;
		reads) python3 -c "import socket, sys
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b\"over\", sys.argv[1])" "$socket" && wait ;;
		esac
		umount -l "$work/dev"' sh "$work" "$socket" "$BINARY" "${how:-reads}" "$@" 2>"$work/shell"
	status=$(cat "$work/status")
	rmdir "$work/dev"
}

heard() {
	for words; do
		grep -aqxE -e "$words" "$work/heard" || { echo "no '$words' in:"; cat "$work/heard"; return 1; }
	done
}

logged /run/systemd/journal/socket --syslog "$bridge"
ok 'a journal: exit status' is "$status $(cat "$work/err")" '4 '
ok 'a journal: the verdict is one entry' is "$(grep -c '^---$' "$work/heard")" 1
ok 'a journal: its fields' heard 'MESSAGE=skipped: Nothing that was selected .*' 'PRIORITY=4' \
	'MESSAGE_ID=[0-9a-f]{32}' 'SYSLOG_IDENTIFIER=iommu-resettest' \
	'IOMMU_RESETTEST_RUN_ID=[0-9a-f]{16}' 'IOMMU_RESETTEST_VERDICT=skipped' \
	'IOMMU_RESETTEST_EXIT_STATUS=4' 'IOMMU_RESETTEST_STEPS=0'
ok 'a journal: nobody else'\''s fields' sh -c '! grep -av -e "^MESSAGE" -e ^PRIORITY= -e ^SYSLOG_ID \
	-e ^IOMMU_RESETTEST_ -e "^---$" -e "^$" "$1"' sh "$work/heard"
logged /dev/log --syslog "$bridge"
ok 'syslog: exit status' is "$status $(cat "$work/err")" '4 '
ok 'syslog: one line, a warning of a user'\''s program' heard \
	'<12>[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} iommu-resettest\[[0-9]+\]: skipped: Nothing that was selected .*'
ok 'syslog: no more' is "$(wc -l <"$work/heard")" 2
logged '' --syslog "$bridge"
ok 'no log at all: exit status 2, nothing on stdout' is "$status $(wc -c <"$work/out")" '2 0'
ok 'no log at all: it is said' grep -q -e '--syslog: no log of the system can be written to: .*; start ' "$work/err"
for socket in /run/systemd/journal/socket /dev/log; do
	how=still logged $socket --syslog "$bridge"
	ok "$socket stands still: the run ends, with status 2" is "$status" 2
	ok "$socket stands still: it is said" is "$(cat "$work/err")" \
		"iommu-resettest run: the system log lacks 1 of 1 entries, among them the verdict: $(
		)No buffer space available; whoever reads it stands still"
	ok "$socket stands still: the answer" grep -q '^Verdict: skipped' "$work/out"
done
logged /dev/log "$bridge"
ok 'nothing is logged unasked' is "$status $(wc -c <"$work/heard")" '4 0'

done_testing
