#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE large.sh
# Evidence of one step with 100,000 records of a kind, which is judged and shown in about a second: what
# goes through all of them for each would take minutes. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"

count=100000

# large AFTER LINE: as many lines after the first that has AFTER in the last step; in LINE %k is the number
# of the line, %a and %b are made of it so that they name a function, %t is the time of the line with AFTER.
large() {
	awk -v count="$count" -v after="$1" -v line="$2" '
		/^end / { next }
		/^step number=3 / { inside = 1; sub(/ lines=[0-9]+$/, "") }
		{ print }
		inside && index($0, after) {
			of["t"] = $2
			sub(/time_ns=/, "", of["t"])
			pieces = split(line, piece, "%")
			for (k = 0; k < count; k++) {
				of["k"] = k
				of["a"] = sprintf("%02x", 2 + int(k / 256) % 250)
				of["b"] = sprintf("%02x.%d", int(k / 8) % 32, k % 8)
				text = piece[1]
				for (i = 2; i <= pieces; i++)
					text = text of[substr(piece[i], 1, 1)] substr(piece[i], 2)
				print text
			}
			inside = 0
		}' "$here/evidence/fixed" >"$work/body"
	cat "$work/body"
	echo "end steps=$(grep -c '^step ' "$work/body") lines=$(($(wc -l <"$work/body") + 1))"
}

# briefly ARGUMENT...: in this many seconds of its own, however many other processes want the processors
briefly() (
	# dash has it too.
	# shellcheck disable=SC3045
	ulimit -t 60
	exec "$BINARY" "$@"
)

# in_time: the evidence is judged, and a page is made of it; a refusal would be status 2
in_time() {
	briefly judge "$work/large" >"$work/answer" 2>"$work/err"
	case $? in
	0 | 1 | 4) ;;
	*) return 1 ;;
	esac
	briefly report --html "$work/page" "$work/large" >"$work/out" 2>"$work/err"
}

record='log sequence=%k time_us=12000000 facility=0 level=4 caller=T1 device="" text='
event='trace time_ns=%t cpu=0 pid=%k'
of='function=0000:01:00.0 symbol=x value=%k probe=no'

large 'log-state ' "$record\"DMAR: [DMA Write NO_PASID] Request device [01:00.0] fault addr 0x%k000 [fault reason 0x05]\"" >"$work/large"
ok 'faults of the function' in_time
large 'log-state ' "$record\"DMAR: [DMA Write NO_PASID] Request device [%a:%b] fault addr 0x1000 [fault reason 0x05]\"" >"$work/large"
ok 'faults of others' in_time
large 'log-state ' "$record\"WARNING: drivers/x.c:%k at sym%k+0x1/0x2, CPU#0: iommu-resettest/%k\"" >"$work/large"
ok 'warnings' in_time
large 'log-state ' "$record\"BUG: kernel NULL pointer dereference, address: %k\"" >"$work/large"
ok 'oopses' in_time
large kind=prepare-return "$event kind=prepare $of" >"$work/large"
ok 'calls that do not return' in_time
large kind=prepare-return "$event kind=pasid-block $of" >"$work/large"
ok 'PASIDs' in_time
ok 'PASIDs: that is told' grep -qF "PASID 0 of 0000:01:00.0 did not come back" "$work/answer"
large kind=prepare-return "$event kind=done $of" >"$work/large"
ok 'dones' in_time
large 'log-state ' 'uevent action=remove function=0000:%a:%b' >"$work/large"
ok 'uevents' in_time
large 'log-state ' 'vf function=0000:%a:%b physfn=0000:01:00.0' >"$work/large"
ok 'VFs' in_time
large 'log-state ' 'warning text="%k"' >"$work/large"
ok 'warnings of the run' in_time

# More than there can be is refused.
count=257
large 'log-state ' 'write kind=reset function=0000:01:00.0 value=1 pid=1 started=yes begin_ns=1 end_ns=2' >"$work/large"
call judge "$work/large"
ok 'too many writes' is "$status" 2
count=16385
large 'log-state ' 'counter name=irq:x%k known=yes before=0 after=1' >"$work/large"
call judge "$work/large"
ok 'too many counters' is "$status" 2

done_testing
