#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: memory.sh, in a configured build directory
# The memory of a run of 100,000 steps: the most of it, against what it was after the first 1,000.
# Prints: what was done, kilobytes of each, the ratio that is wanted; parted by tabs.
set -eu

bench=build/tests/bench/bench_memory
${MAKE:-make} -s "$bench" >&2
"$bench" captured/7.3.4-cxl.ev 100000 1000 | awk 'NF == 2 && $1 > 0 {
	printf "memory (kB) of a run of 100,000 steps, against its first 1,000\t%d\t%d\t1.0\n", $2, $1
	seen = 1
}
END { exit !seen }'
