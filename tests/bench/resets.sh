#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: resets.sh, in a configured build directory
# Resets in an emulated machine with eight NICs behind eight CXL ports: 200 of one NIC with all evidence
# against a bare loop of the same writes, and all eight at once against one after another. Twice: in
# a guest whose instructions take as long as the emulator needs for them, many times as long as on a
# server while a reset takes no longer, and in one whose clock goes on by a nanosecond for each.
# Prints: what was done, seconds of each, the ratio that is wanted; parted by tabs. Where that is
# empty the line is there to explain the others.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=$PWD/build/bench
mkdir -p "$out"
${MAKE:-make} -s build/iommu-resettest >&2
# The lab by itself would want a kernel that fails as well. One guest at a time: they are measured.
BINARY=$PWD/build/iommu-resettest LAB_OUT=$out LAB_CASES=$here/cases LAB_JOBS=1 LAB_TIMEOUT=1200 \
	"$here/../lab/run.sh" > "$out/log" 2>&1 || :
if ! grep -q '^2 passed, 0 failed' "$out/log"; then
	cat "$out/log" >&2
	exit 1
fi

# rows CASE WORDS
rows()
{
	awk -v words="$2" '
	{ ms[$1] = $2 }
	function row(text, ours, theirs, wanted) {
		if (ours <= 0 || theirs <= 0) bad = 1
		printf "%s, %s\t%.2f\t%.2f\t%s\n", words, text, ours / 1000, theirs / 1000, wanted
	}
	END {
		row("200 resets with all evidence, against a bare loop of the same writes", ms["resets"], ms["bare"], "1.03")
		row("the same without what a run takes to begin and end", ms["resets"] - ms["start"] + ms["bare"] / 200, ms["bare"], "")
		row("8 functions behind 8 ports, --jobs 8, against one after another", ms["together"], ms["one-by-one"], "0.2")
		exit bad
	}' "$out/7.3.4-$1/times"
}

rows counted "guest, 1 ns an instruction"
rows emulated "guest, as fast as it is emulated"
