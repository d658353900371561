#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: klog.sh, in a configured build directory
# 1,000,000 records of the kernel log, most of them of no concern: read and classified by the judge's
# tables, and looked for by grep -E with the same tables. Both in turn, the best of five.
# Prints: what was done, seconds of each, the ratio that is wanted; parted by tabs.
set -eu

records=1000000
rounds=5
bench=build/tests/bench/bench_klog
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

# seconds COMMAND...: prints how long it took
seconds()
{
	begin=$(date +%s%N)
	"$@"
	end=$(date +%s%N)
	awk -v ns=$((end - begin)) 'BEGIN { printf "%.3f\n", ns / 1e9 }'
}

classify()
{
	"$bench" classify <"$dir/log" >"$dir/ours"
}

search()
{
	LC_ALL=C grep -E -c -f "$dir/patterns" "$dir/log" >"$dir/theirs"
}

least()
{
	sort -n "$1" | head -n 1
}

${MAKE:-make} -s "$bench" >&2
"$bench" records "$records" >"$dir/log"
"$bench" patterns >"$dir/patterns"
for _ in $(seq "$rounds"); do
	seconds classify >>"$dir/ours.s"
	seconds search >>"$dir/theirs.s"
done
# The tables look at what stands where, so they find less; but something.
if [ "$(cat "$dir/ours")" -lt $((records / 50)) ] || [ "$(cat "$dir/ours")" -gt "$(cat "$dir/theirs")" ]; then
	echo "klog.sh: $(cat "$dir/ours") records are classified, grep finds $(cat "$dir/theirs")" >&2
	exit 1
fi
printf 'log classification, %s records, against grep -E with the same patterns\t%s\t%s\t0.5\n' \
	"$records" "$(least "$dir/ours.s")" "$(least "$dir/theirs.s")"
