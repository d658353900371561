#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE run.sh
# `run` where it must refuse: bad input, no right, no place to save. Prints TAP.
#
# No test here may reset anything, even if the program is wrong: each runs as nobody, or names no
# function, or a host bridge, which is never reset.
#
# The functions below are called by ok(); what is in single quotes is for another shell.
# shellcheck disable=SC2317,SC2016
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
chmod 755 "$work"

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# refused STATUS WORDS...: this exit status, nothing on stdout, one line on stderr with the words.
refused() {
	wanted=$1
	shift
	[ "$status" = "$wanted" ] || { echo "exit status $status, wanted $wanted"; return 1; }
	[ ! -s "$work/out" ] || { echo 'something on stdout'; return 1; }
	[ "$(wc -l <"$work/err")" = 1 ] || { echo 'not one line on stderr'; return 1; }
	for words; do
		grep -qF -e "$words" "$work/err" || { echo "no '$words' on stderr"; return 1; }
	done
}

run() {
	timeout 60 "$BINARY" run "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# The program where nobody can run it.
cp "$BINARY" "$work/program" && chmod 755 "$work/program"
nobody() {
	if [ "$(id -u)" = 0 ]; then
		timeout 60 setpriv --reuid=65534 --regid=65534 --clear-groups "$work/program" run "$@"
	else
		timeout 60 "$work/program" run "$@"
	fi >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

nobody
ok 'no selection' refused 2 'nothing is selected'
nobody -m flr -t single
ok 'a method and a scenario select nothing' refused 2 'nothing is selected'
nobody --all -s 0:
ok '--all and a selection' refused 2 '--all'
nobody --all 0000:00:00.0
ok '--all and a function' refused 2 '--all'
nobody --all --with-driver --unbind
ok '--with-driver and --unbind' refused 2 'exclude each other'
nobody --all --unbind --with-traffic
ok '--with-traffic without its scenario' refused 2 'for -t driver alone'

for address in 0000:00:00 0000:00:00.8 0000:00:20.0 00:00.0.0 zz:00.0 0000:00:00.0x ' ' ''; do
	nobody "$address"
	ok "malformed address '$address'" refused 2 "'$address'"
done
for slot in zz 100:0.0 0:20.0 0:0.8 0:0.0.0 '0:0.0 '; do
	nobody -s "$slot"
	ok "malformed -s '$slot'" refused 2 "'$slot'"
done
for id in xyz: :10000 8086 8086:1:2:3:4 8086:-1; do
	nobody -d "$id"
	ok "malformed -d '$id'" refused 2 "'$id'"
done
for group in foo -1 '' 1x 99999999999; do
	nobody -g "$group"
	ok "malformed -g '$group'" refused 2
done
nobody -s 0:0.0 -s 0:1.0
ok '-s twice' refused 2 'once'
nobody -t foo 0000:00:00.0
ok 'unknown scenario' refused 2 "'foo'" nested single siblings
nobody -t nested,single 0000:00:00.0
ok 'scenarios with a comma' refused 2 "'nested,single'"
for seconds in 0 -1 abc 1s 86401 99999999999999999999 ''; do
	nobody "--timeout=$seconds" 0000:00:00.0
	ok "bad --timeout '$seconds'" refused 2 "--timeout=$seconds"
done
for loops in 0 -1 x '' 1.5 4000000001 99999999999999999999; do
	nobody "--loops=$loops" 0000:00:00.0
	ok "bad --loops '$loops'" refused 2 "--loops=$loops"
done
for time in 0 -1 x '' 10y 1h-1 ' ' 99999999999w; do
	nobody "--duration=$time" 0000:00:00.0
	ok "bad --duration '$time'" refused 2 "--duration=$time"
	nobody --loops=2 "--interval=$time" 0000:00:00.0
	ok "bad --interval '$time'" refused 2 "--interval=$time"
done
nobody --interval=1s 0000:00:00.0
ok '--interval without rounds' refused 2 --interval --loops
nobody --interval=1s --loops=1 0000:00:00.0
ok '--interval with one round' refused 2 --interval --loops
for repeated in --loops=2 --duration=8h --until-fail; do
	nobody --resume "$repeated" 0000:00:00.0
	ok "--resume $repeated" refused 2 --resume exclude
done
nobody --loops=3 '--duration=1h 30min' --interval=1.5 --until-fail 0000:00:00.0
ok 'good --loops, --duration, --interval and --until-fail' refused 2 root
for number_ in -1 256 x '' 1.5 99999999999999999999; do
	nobody "--skip-exit=$number_" 0000:00:00.0
	ok "bad --skip-exit '$number_'" refused 2 "--skip-exit=$number_"
done
nobody 0000:00:00.0
ok 'not root' refused 2 root
nobody --all
ok 'not root, all' refused 2 root

bridge=
for config in /sys/bus/pci/devices/*/class; do
	if [ -r "$config" ] && [ "$(cut -c 1-6 "$config")" = 0x0600 ]; then
		bridge=$(basename "$(dirname "$config")")
		break
	fi
done
as_root() {
	[ "$(id -u)" = 0 ] && [ -n "$bridge" ]
}

if as_root; then
	run ffff:ff:1f.7
	ok 'unknown function' refused 2 ffff:ff:1f.7
	run "$bridge" ffff:ff:1f.7
	ok 'unknown function beside one that is there' refused 2 ffff:ff:1f.7
	run -m nonsense "$bridge"
	ok 'unknown method' refused 2 "'nonsense'" flr cxl_bus
	run -s ffff:ff:1f.7
	ok 'a selection that matches nothing' refused 2
	run -d fffe:fffe
	ok 'ids that match nothing' refused 2

	run --save "$work/none/file" "$bridge"
	ok '--save to a missing directory' refused 2 "$work/none/file"
	run --save "$work" "$bridge"
	ok '--save to a directory' refused 2 "$work"
	run --save /sys/kernel/evidence "$bridge"
	ok '--save where nothing can be written' refused 2 /sys/kernel/evidence
	run --save '' "$bridge"
	ok '--save to no name' refused 2
	mkfifo "$work/named"
	run --save "$work/named" "$bridge"
	ok '--save to a named pipe' refused 2 "3>$work/named"

	run --report "json:$work/none/file" "$bridge"
	ok '--report to a missing directory' refused 2 "$work/none/file"
	run --report nonsense:file "$bridge"
	ok '--report in no format' refused 2 nonsense json
	run --save "$work/both" --report "json:$work/./both" "$bridge"
	ok '--report to where the evidence goes' refused 2 "$work/both"
	ok '--report refused: nothing is written' [ ! -e "$work/both" ]
	run --report "json:$work/report.json" --format=json "$bridge"
	ok '--report: as standard output' cmp "$work/out" "$work/report.json"

	run --jsonl --loops 3 "$bridge"
	ok 'events: exit status 4, nothing on stderr' [ "$status $(cat "$work/err")" = '4 ' ]
	ok 'events: a beginning and an end, as they came' [ "$(sed -nE \
		's/^\{"schema_version":1,"event":"([a-z-]+)","seq":([0-9]+),"time":"20[0-9-]{8}T[0-9:]{8}\.[0-9]{6}Z",.*\}$/\1 \2/p' \
		"$work/out" | tr '\n' ' ')" = 'run-begin 1 run-end 2 ' ]
	ok 'events: what is to come' grep -qF '"plan":{"steps":0,"rounds":3,"duration_ns":null}' "$work/out"
	run --report "jsonl:$work/none/file" "$bridge"
	ok 'events to a missing directory' refused 2 "$work/none/file"
	run --jsonl --save /dev/full "$bridge"
	ok 'events: the exit status is that of the program' grep -q '"exit_status":2' "$work/out"

	run --save /dev/full "$bridge"
	ok '--save to a full disk: exit status 2' [ "$status" = 2 ]
	ok '--save to a full disk: said once, by name' [ "$(grep -c /dev/full "$work/err")" = 1 ]
	if unshare -m true 2>/dev/null; then
		mkdir "$work/small"
		unshare -m sh -c 'mount -t tmpfs -o size=4k none "$1" || exit 77
			dd if=/dev/zero of="$1/filler" bs=4096 count=1 2>/dev/null
			echo old >"$1/evidence" 2>/dev/null
			timeout 60 "$2" run --save "$1/evidence" "$3" >"$4/out" 2>"$4/err"
			echo $? >"$4/status"
			ls "$1" >"$4/left"' sh "$work/small" "$BINARY" "$bridge" "$work"
		if [ $? = 77 ]; then
			skip 'a disk without room' 'no file system can be mounted'
		else
			ok 'a disk without room: exit status 2' [ "$(cat "$work/status")" = 2 ]
			ok 'a disk without room: no temporary file is left' \
				[ "$(grep -cvE '^(filler|evidence)$' "$work/left")" = 0 ]
		fi
	else
		skip 'a disk without room' 'no name space of mounts can be made'
	fi

	# Refused, so there is nothing to do: no error, and the evidence says why.
	run --save "$work/evidence" "$bridge"
	ok 'a bridge is refused: exit status 4' [ "$status" = 4 ]
	ok 'a bridge is refused: it is said why' grep -qF bridge "$work/out"
	ok 'its evidence is judged alike' \
		sh -c '"$1" judge "$2/evidence" >"$2/again"; [ $? = 4 ] && cmp "$2/out" "$2/again"' \
		sh "$BINARY" "$work"
	run --skip-exit=0 "$bridge"
	ok '--skip-exit' [ "$status" = 0 ]

	# As a run holds it: the file says whose the lock is.
	lock=/run/iommu-resettest.lock
	if command -v flock >/dev/null && ( : >>$lock ) 2>/dev/null; then
		flock -n $lock sh -c 'echo "$$ $(sed "s/.*) //" "/proc/$$/stat" | cut -d " " -f 20)" >"$1"
			timeout 60 "$2" run "$3" >"$4/out" 2>"$4/err"
			echo $? >"$4/status"' sh $lock "$BINARY" "$bridge" "$work"
		status=$(cat "$work/status")
		ok 'another run holds the lock' refused 2 'another run' $lock
		run "$bridge"
		ok 'the lock is free again' [ "$status" = 4 ]
	else
		skip 'another run holds the lock' 'no flock'
	fi
else
	skip 'as root, at a bridge' 'not root, or no host bridge here'
fi

done_testing
