#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE mutations.sh
# `judge` on captured evidence that was broken: a sample of what tests/unit/mutations.c has, through
# the program, with its exit statuses. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
captured=$here/../golden/captured

# recount FILE: its last line counts its lines and steps.
recount() {
	awk '/^step / { steps++ }
		/^end / { $0 = sprintf("end steps=%d lines=%d", steps, NR) }
		{ print }' "$1"
}

# mutant EVIDENCE SED_PROGRAM: makes the file, with counts that fit.
mutant() {
	sed -E "$2" "$captured/$1.ev" >"$work/edited"
	recount "$work/edited" >"$work/mutant.ev"
	if cmp -s "$captured/$1.ev" "$work/mutant.ev"; then
		echo "not ok $((number + 1)) - the mutation changes nothing: $2"
		exit 1
	fi
}

judged() {
	is "$status" "$1" &&
		is "$(grep -oE '"verdict": ?"[a-z-]+"' "$work/out" | head -n 1 | cut -d'"' -f4)" "$2"
}

# try NAME EVIDENCE SED_PROGRAM STATUS VERDICT
try() {
	mutant "$2" "$3"
	call judge --json "$work/mutant.ev"
	ok "$2: $1: $5" judged "$4" "$5"
}

call judge "$captured/7.3.4-cxl.ev"
ok '7.3.4-cxl as it is: fixed' is "$status" 0
try 'a done is lost' 7.3.4-cxl '0,/kind=done /{/kind=done /d}' 1 broken
try 'a prepare is lost' 7.3.4-cxl '0,/kind=prepare /{/kind=prepare /d}' 4 inconclusive
try 'a block attaches another domain' 7.3.4-cxl 's/(kind=attach .* value=)0 /\14 /' 4 inconclusive
try 'a restore attaches another domain' 7.3.4-cxl 's/(kind=attach .* value=)11 /\14 /' 1 broken
try 'the trace lost an event' 7.3.4-cxl '/^trace-state /s/lost=0/lost=1/' 4 inconclusive
try 'a log record was lost' 7.3.4-cxl '/^log-state /s/lost=0/lost=1/' 4 inconclusive
try 'the end marker was not seen' 7.3.4-cxl 's/end_seen=yes/end_seen=no/' 4 inconclusive
try 'the reset was a probe' 7.3.4-cxl '/symbol=pci_reset_bus_function/s/probe=no/probe=yes/' \
	4 inconclusive
try 'the write failed' 7.3.4-cxl '/started=yes/s/write_errno=0/write_errno=5/' 1 broken
try 'the function is gone' 7.3.4-cxl '/started=yes/s/present_after=yes/present_after=no/' 1 broken
try 'the write ended before its events' 7.3.4-cxl \
	'/started=yes/s/end_ns=[0-9]+/end_ns=10130000000/' 4 inconclusive
try 'a fault interrupt' 7.3.4-cxl '/name=irq:/s/after=0/after=1/' 4 inconclusive
try 'the facts deny the feature' 7.3.4-cxl \
	'/name=pci_dev_reset_iommu_prepare/s/value=yes/value=no/' 4 inconclusive
try 'the facts are those of a fixed kernel' 7.0.4-cxl \
	's/(reset_depth value=)no/\1yes/; s/(resetting_domain value=)yes/\1no/' 1 vulnerable
try 'the write is said to have worked' 7.0.4-cxl 's/write_errno=16/write_errno=0/' 1 vulnerable
try 'the log is forged' 7.0.4-cxl '/^log /s/facility=0/facility=1/' 1 vulnerable
try 'there is no trace' 7.0.4-cxl '/^trace /d; /^trace-state /s/source=fprobe/source=none/' \
	1 vulnerable

for lines in 1 20 60 88; do
	head -n $lines "$captured/7.3.4-cxl.ev" >"$work/mutant.ev"
	call judge "$work/mutant.ev"
	ok "cut off after $lines lines: no good answer" [ "$status" != 0 ]
done
head -c 5000 "$captured/7.3.4-cxl.ev" >"$work/mutant.ev"
call judge "$work/mutant.ev"
ok 'cut off within a line: no good answer' [ "$status" != 0 ]
sed '/kind=done /d' "$captured/7.3.4-cxl.ev" >"$work/mutant.ev"
call judge "$work/mutant.ev"
ok 'fewer lines than its end counts' refused 'not whole'
done_testing
