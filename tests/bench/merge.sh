#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: srcdir=DIR merge.sh, in the build directory
# `merge` of 10,000 results in as many files against jq, which takes the worst verdict of all. Prints a
# line: name, seconds of ours, seconds of the other, ratio to reach.
set -u

: "${srcdir:?the directory of the sources}"
# shellcheck source-path=SCRIPTDIR source=measure
. "$srcdir/tests/bench/measure"
need jq
mkdir "$work/results"

# Two captured runs as those of many hosts, of which some are vulnerable.
"$program" judge --json "$srcdir/tests/golden/captured/7.3.4-cxl.ev" >"$work/fixed"
"$program" judge --json "$srcdir/tests/golden/captured/7.0.4-cxl.ev" >"$work/vulnerable"
awk -v folder="$work/results" '
FNR == 1 { count[++files] = 0 }
{ text[files] = text[files] $0 "\n" }
END {
	for (i = 0; i < 10000; i++) {
		document = text[i % 1000 == 7 ? 2 : 1]
		sub(/"nodename": *"[^"]*"/, "\"nodename\": \"node" i "\"", document)
		file = folder "/node" i
		printf "%s", document >file
		close(file)
	}
}' "$work/fixed" "$work/vulnerable"

ours() {
	"$program" merge -q "$work/results"
}

worst() {
	find "$work/results" -type f -exec cat {} + | jq -rs '
		["vulnerable", "broken", "unknown", "inconclusive", "skipped", "fixed", "not-affected"] as $order |
		map(.verdict) | group_by(.) | map({verdict: .[0], hosts: length}) |
		sort_by(.verdict as $verdict | $order | index($verdict)) |
		"Verdict: " + .[0].verdict + " (" + (map(.hosts) | add | tostring) + " hosts: " +
			(map((.hosts | tostring) + " " + .verdict) | join(", ")) + ")"'
}

# Who is faster with another answer has won nothing.
ours >"$work/ours"
worst >"$work/theirs"
cmp -s "$work/ours" "$work/theirs" ||
	{ echo "$0: $(cat "$work/ours"), jq: $(cat "$work/theirs")" >&2; exit 1; }
side_by_side 5 ours worst
row 'merge of 10,000 results in 10,000 files: jq -s for the worst verdict' 1.0
