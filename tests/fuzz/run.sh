#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: run.sh FUZZ_DIR [TARGET...]        (make fuzz does it)
# Runs the fuzz targets that were built in FUZZ_DIR, FUZZ_SECONDS [5] each and two at a time: first
# over the corpus in the repository and over seeds made from the other tests' data, then on. Prints
# TAP. New inputs stay in FUZZ_DIR/corpus and are used by the next run; one that crashes is in
# FUZZ_DIR/crashes, with the command that runs it again. FUZZ_SEED [0: each run another] is for who
# wants the same inputs from the same tree.
set -u

[ $# -ge 1 ] || { echo "usage: $0 FUZZ_DIR [TARGET...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$1" && pwd) || exit 2
shift
FUZZ_SECONDS=${FUZZ_SECONDS:-5}
FUZZ_SEED=${FUZZ_SEED:-0}

"$here/seeds.sh" "$top/seeds" "$top/make-seeds" || { echo 'Bail out! no seeds'; exit 1; }
if [ $# = 0 ]; then
	for source in "$here"/fuzz_*.c; do
		target=${source##*/fuzz_}
		set -- "$@" "${target%.c}"
	done
fi

# The limits of one target. A kernel image may well be larger unpacked than packed.
options_of() {
	case $1 in
	evidence) echo -max_len=16384 -rss_limit_mb=1024 -timeout=20 ;;
	tree) echo -max_len=16384 -rss_limit_mb=1024 -timeout=20 ;;
	image) echo -max_len=8192 -rss_limit_mb=3072 -timeout=40 ;;
	result) echo -max_len=16384 -rss_limit_mb=1024 -timeout=20 ;;
	config) echo -max_len=4608 -rss_limit_mb=1024 -timeout=20 ;;
	*) echo -max_len=4096 -rss_limit_mb=1024 -timeout=20 ;;
	esac
}

run_one() {
	target=$1
	corpus=$top/corpus/$target
	dictionary=
	[ ! -e "$top/seeds/$target.dict" ] || dictionary=-dict=$top/seeds/$target.dict
	mkdir -p "$corpus" "$top/crashes" "$top/logs"
	set -- "$corpus"
	for directory in "$here/corpus/$target" "$top/seeds/$target"; do
		[ ! -d "$directory" ] || set -- "$@" "$directory"
	done
	# Words.
	# shellcheck disable=SC2046
	"$top/fuzz_$target" $(options_of "$target") ${dictionary:+"$dictionary"} \
		-max_total_time="$FUZZ_SECONDS" -seed="$FUZZ_SEED" -artifact_prefix="$top/crashes/$target-" \
		-print_final_stats=1 "$@" >"$top/logs/$target" 2>&1 </dev/null
	echo $? >"$top/logs/$target.status"
}

# report NUMBER TARGET
report() {
	log=$top/logs/$2
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	edges=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1 | cut -d' ' -f2)
	if [ "$(cat "$log.status")" = 0 ] && [ "${runs:-0}" -gt 0 ]; then
		echo "ok $1 - $2"
		echo "# fuzz $2: ${edges:-0} edges seen, inputs tried: $runs"
		return 0
	fi
	echo "not ok $1 - $2"
	for crash in "$top/crashes/$2"-*; do
		[ -e "$crash" ] || continue
		echo "# again: $top/fuzz_$2 $crash"
		echo "# the input, gzip and base64: $(gzip -9c "$crash" | base64 -w 0)"
	done
	grep -vE '^#[0-9]+[[:space:]]' "$log" | tail -n 60 | sed 's/^/# /'
	return 1
}

rm -rf "$top/logs"
failed=0
number=0
waiting=
for target; do
	[ -x "$top/fuzz_$target" ] || { echo "Bail out! no fuzz target $target"; exit 1; }
	run_one "$target" &
	waiting="$waiting $!"
	number=$((number + 1))
	# Two at a time.
	if [ $((number % 2)) = 0 ]; then
		# Process ids.
		# shellcheck disable=SC2086
		wait $waiting
		waiting=
	fi
done
wait
number=0
for target; do
	number=$((number + 1))
	report $number "$target" || failed=1
done
echo "1..$number"
exit $failed
