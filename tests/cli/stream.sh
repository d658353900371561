#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE stream.sh
# --jsonl: the events of a run, here of saved ones. Prints TAP.
#
# The functions below are called by ok(); what is in single quotes is for jq.
# shellcheck disable=SC2317,SC2016
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
fixed=$here/evidence/fixed
vulnerable=$here/evidence/vulnerable

if ! command -v jq >/dev/null; then
	echo '1..0 # SKIP jq is not there'
	exit
fi

# events FILTER: true for the array of all events that were printed.
events() {
	jq -es "$1" "$work/out" >/dev/null || { echo "not so: $1"; return 1; }
}

# same_as_json FILE: what the events tell is what the document tells.
same_as_json() {
	"$BINARY" judge --json "$1" | jq -S 'del(.schema_version, .loops, .latency)' >"$work/wanted"
	jq -sS '(.[0] | {tool, host, kernel}) + {steps: [.[] | select(.event == "step").step]} +
		(.[-1] | del(.schema_version, .event, .seq, .time, .run_id, .loops, .latency))' \
		"$work/out" >"$work/got" && diff "$work/wanted" "$work/got"
}

call judge --jsonl "$vulnerable"
ok 'the exit status is the verdict'\''s' is "$status" 1
ok 'nothing on stderr' is "$(cat "$work/err")" ''
ok 'one object a line' is "$(wc -l <"$work/out")" "$(jq -c . "$work/out" | wc -l)"
ok 'the events in their order' events 'map(.event) == ["run-begin", "step", "step", "step-begin", "step",
	"round", "run-end"]'
ok 'what each event begins with' events 'all(.[]; (keys_unsorted | .[0:5]) ==
	["schema_version", "event", "seq", "time", "run_id"]) and all(.[]; .schema_version == 1) and
	(map(.seq) == [range(1; length + 1)]) and (map(.run_id) | unique | length) == 1'
ok 'evidence does not say when' events 'all(.[]; .time == null)'
ok 'what evidence does not hold' events '.[0].plan == {steps: null, rounds: null, duration_ns: null}'
ok 'a step begins' events '.[3] | .number == 3 and .round == 1 and .scenario == "nested" and
	.functions == ["0000:01:00.0"] and .method == "cxl_bus"'
ok 'a round ends' events '.[5] | .round == 1 and .fail == 1 and .pass == 0 and .skip == 0 and
	.loops == {rounds: 1, steps: 3, pass: 0, fail: 1, skip: 2, inconclusive: 0}'
ok 'the end' events '.[-1] | .verdict == "vulnerable" and .exit_status == 1 and (.latency | length) == 3'

for file in "$fixed" "$vulnerable" "$here"/../golden/captured/*.ev; do
	call judge --jsonl "$file"
	ok "the same as --json: ${file##*/}" same_as_json "$file"
done

# Two rounds, the second without its markers: the steps of the second are told of, though they are not kept.
awk '/^end / { exit } /^step / { number++; if (number == 3) round = " round=1" }
	{ print $0 (/^step / ? round : "") }
	number == 3 { kept = kept $0 (/^step / ? " round=2" : "") "\n" }
	END { sub(/number=3/, "number=4", kept); printf "%s", kept }' "$fixed" >"$work/rounds"
echo "end steps=4 lines=$(($(wc -l <"$work/rounds") + 1))" >>"$work/rounds"
call judge --jsonl "$work/rounds"
ok 'two rounds: each ends before the next begins' events '[.[] | select(.event == "round" or
	.event == "step-begin") | [.event, .round]] == [["step-begin", 1], ["round", 1],
	["step-begin", 2], ["round", 2]]'
ok 'two rounds: a round counts its own steps' events '[.[] | select(.event == "round") |
	[.pass, .inconclusive, .loops.pass, .loops.inconclusive]] == [[1, 0, 1, 0], [0, 1, 1, 1]]'

call judge --format=jsonl "$fixed"
cp "$work/out" "$work/format"
call judge --jsonl "$fixed"
ok '--format=jsonl is --jsonl' cmp "$work/format" "$work/out"
call judge --jsonl --json "$fixed"
ok 'the last one counts' is "$(jq -r .verdict "$work/out")" fixed

# A report is appended to, also behind half a line.
printf '{"cut' >"$work/log"
call judge --report="jsonl:$work/log" -q "$fixed"
ok 'a report: standard output as without' grep -q 'Verdict: fixed' "$work/out"
ok 'a report: behind what was there' sh -c 'head -n 1 "$1" | grep -qx "{\"cut" &&
	tail -n +2 "$1" | cmp - "$2"' sh "$work/log" "$work/format"
call judge --report="jsonl:$work/log" --report="jsonl:$work/other" "$fixed"
ok 'a report: once more' sh -c 'tail -n +2 "$1" | cmp - "$2"' sh "$work/log" - <<END
$(cat "$work/format" "$work/format")
END
ok 'two reports' cmp "$work/other" "$work/format"
call judge --report="jsonl:$work/none/log" "$fixed"
ok 'a report to a missing directory' refused "$work/none/log"

call judge --jsonl "$work/none"
ok 'no evidence: no event' refused "$work/none" 'No such file'
head -n 20 "$fixed" | sed '$s/=/=\\/' >"$work/malformed"
call judge --jsonl "$work/malformed"
ok 'malformed evidence: exit status 2, no verdict' \
	is "$status $(grep -c run-end "$work/out") $(wc -l <"$work/err")" '2 0 1'

if [ -c /dev/full ]; then
	"$BINARY" judge --jsonl "$vulnerable" >/dev/full 2>"$work/err"
	ok 'a full disk: exit status 2, said once' \
		is "$? $(grep -c 'standard output: No space left' "$work/err") $(wc -l <"$work/err")" '2 1 1'
	call judge --report=jsonl:/dev/full --json "$vulnerable"
	ok 'a report on a full disk' \
		is "$status $(grep -c '/dev/full: No space left' "$work/err") $(jq .exit_status "$work/out")" \
		'2 1 2'
fi

done_testing
