#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE drift.sh
# Whether resets became slower in the course of a run, here of made ones. Prints TAP.
#
# The functions below are called by ok(); what is in single quotes is for jq.
# shellcheck disable=SC2317,SC2016
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
# shellcheck source-path=SCRIPTDIR source=rounds
. "$here/rounds"

if ! command -v jq >/dev/null; then
	echo '1..0 # SKIP jq is not there'
	exit
fi

# drift FILTER: of the only series
drift() {
	jq -e ".latency | length == 1 and (.[0].drift | $1)" "$work/out" >/dev/null ||
		{ jq -c '.latency' "$work/out"; return 1; }
}

rounds 127 1000000 64 >"$work/few"
rounds 200 0 0 >"$work/even"
rounds 200 1000000 0 >"$work/slower"
rounds 200 0 20 >"$work/waits"
verdict=$("$BINARY" judge --json "$work/even" | jq -r .verdict)

call judge --json "$work/few"
ok 'too few: not known' drift '.slower == null and .function == null and .more_waits == null and .last_median_ns == null and .window == 64'
ok 'too few: no warning' is "$(jq '.warnings | length' "$work/out")" 0
call judge "$work/few"
ok 'too few: said so' grep -qF 'Drift      not known: it takes 128 resets that worked, and there were 127' "$work/out"

call judge --json "$work/even"
ok 'even: none' drift '.slower == false and .more_waits == false and .first_median_ns == 135000000 and
	.last_median_ns == 135000000 and .last_waits == 0'
ok 'even: no warning' is "$(jq '.warnings | length' "$work/out")" 0
call judge "$work/even"
ok 'even: said so' grep -qF 'Drift      no slower: 135.0 ms at the beginning, 135.0 ms at the end (medians of 64)' "$work/out"
ok 'even: no word of waits' sh -c "! grep -q Waits '$work/out'"

call judge --json --report "prometheus:$work/metrics" --report "html:$work/page" --report "jsonl:$work/events" "$work/slower"
ok 'slower: found' drift '.slower == true and .more_waits == false and .first_median_ns == 167000000 and
	.last_median_ns == 303000000 and .function == "0000:01:00.0"'
ok 'slower: decides no verdict' is "$verdict $(jq -r .verdict "$work/out")" 'fixed fixed'
ok 'slower: a warning' is "$(jq -r '.warnings[]' "$work/out")" \
	'resets of 0000:01:00.0 by cxl_bus (nested) became slower: 167.0 ms at the beginning, 303.0 ms at the end (medians of 64)'
ok 'slower: in the events' is "$(jq -sc '.[-1] | .latency[0].drift, .warnings' "$work/events")" \
	"$(jq -c '.latency[0].drift, .warnings' "$work/out")"
ok 'slower: as a metric' grep -qF 'method="cxl_bus",of="latency"} 1' "$work/metrics"
ok 'slower: no more waits, as a metric' grep -qF 'method="cxl_bus",of="waits"} 0' "$work/metrics"
ok 'slower: on the page' grep -qF '<td>slower: 167.0 ms at the beginning' "$work/page"
call judge "$work/slower"
ok 'slower: said so' grep -qF 'Drift      slower: 167.0 ms at the beginning, 303.0 ms at the end (medians of 64)' "$work/out"
ok 'slower: a warning in text' grep -qF 'Warning: resets of 0000:01:00.0 by cxl_bus' "$work/out"

call judge --json "$work/waits"
ok 'waits: found' drift '.slower == false and .more_waits == true and .first_waits == 0 and .last_waits == 20'
ok 'waits: a warning' is "$(jq -r '.warnings[]' "$work/out")" \
	'the kernel waited more often for 0000:01:00.0 after cxl_bus (nested): in 0 of the first 64 steps, in 20 of the last'
call judge "$work/waits"
ok 'waits: said so' grep -qF 'Waits      more: in 0 of the first 64 steps, in 20 of the last' "$work/out"

done_testing
