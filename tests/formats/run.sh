#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE run.sh
# Each form of the answer, of all captured evidence and of some that was made to be hard, read by the
# form's own tools and compared with the JSON: every step must be counted in each of them, and what
# was not shown must be a pass in none. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

formats=$(cd "$(dirname "$0")" && pwd)
here=$formats/../cli
# shellcheck source-path=SCRIPTDIR source=../cli/tap
. "$here/tap"
captured=$formats/../golden/captured
# shellcheck source-path=SCRIPTDIR source=made.sh
. "$formats/made.sh"

# Whatever is missing here fails its test.
mkdir "$work/ev" "$work/answers"
cp "$captured"/*.ev "$work/ev"
hostile_evidence >"$work/ev/hostile.ev"
rounds 12 | with_end >"$work/ev/rounds.ev"
rounds 1000 | with_end >"$work/ev/many-rounds.ev"
rounds 12 >"$work/ev/killed.ev"
sed 's/^\(run .* signal=\)0/\115/' "$captured/7.3.4-cxl.ev" >"$work/ev/signal.ev"
sed 's/^\(run .* signal=\)0/\115/' "$captured/7.0.4-cxl.ev" >"$work/ev/signal-failed.ev"
sed '/^step number=3/,$d' "$captured/7.3.4-cxl.ev" | with_end >"$work/ev/nothing-ran.ev"
sed '/^step /,$d' "$captured/7.3.4-cxl.ev" | with_end >"$work/ev/no-step.ev"
sed '/^step number=3/,$d' "$captured/7.3.4-cxl.ev" >"$work/ev/killed-early.ev"

# Pass, fail, skip and inconclusive steps, refusals, different steps, verdict, and whether the whole
# counts as failed: one line.
# shellcheck disable=SC2016 # variables of jq
expected='
	def of(name): [.steps[] | select(.verdict == name)] | length;
	(if .loops then .loops else
		{pass: of("pass"), fail: of("fail"), skip: of("skip"), inconclusive: of("inconclusive")}
	end) as $counts |
	[$counts.pass, $counts.fail, $counts.skip, $counts.inconclusive, (.refused | length),
	 (if .loops then .latency | length
	  else [.steps[] | [.scenario, .functions, .method]] | unique | length end),
	 .verdict,
	 (if .verdict == "vulnerable" or .verdict == "broken" or .run.signal or .run.cut
	  then 1 else 0 end)] | map(tostring) | join(" ")'

# answer NAME: the answer to that evidence in each form, beside what is to be found in it.
answer() {
	"$BINARY" judge --json \
		--report="tap:$work/answers/$1.tap" --report="ktap:$work/answers/$1.ktap" \
		"$work/ev/$1.ev" >"$work/answers/$1.json" 2>"$work/err"
	status=$?
	[ "$status" != 2 ] && [ ! -s "$work/err" ] &&
		jq -r "$expected" "$work/answers/$1.json" >"$work/answers/$1.expected"
}

names=
count=0
unanswered=
for file in "$work"/ev/*.ev; do
	name=${file##*/}
	name=${name%.ev}
	names="$names $name"
	count=$((count + 1))
	answer "$name" || unanswered="$unanswered $name"
done
: >"$work/out"
ok "evidence to be told of: $count" [ "$count" -gt 50 ]
ok 'each is told of in all forms' is "$unanswered" ''
ok 'all verdicts are among them' is \
	"$(awk '{ print $7 }' "$work"/answers/*.expected | sort -u | tr '\n' ' ')" \
	'broken fixed inconclusive not-affected skipped vulnerable '
ok 'so are runs of rounds' is "$(cut -d ' ' -f 1-4 "$work/answers/many-rounds.expected")" \
	'1667 1000 1000 333'

# each CHECK [ARGUMENT...]: true of every evidence; it is called with the name last.
each() {
	bad=0
	for one in $names; do
		"$@" "$one" || { echo "$one: not so"; bad=1; }
	done
	return "$bad"
}

perl_reads() {
	# shellcheck disable=SC2046 # numbers
	perl "$formats/tap.pl" "$1" "$work/answers/$2.$1" $(cat "$work/answers/$2.expected")
}

# Of those that count as failed each must, of the others none.
prove_agrees() {
	good=
	for one in $names; do
		file=$work/answers/$one.$1
		if [ "$(cut -d ' ' -f 8 "$work/answers/$one.expected")" = 0 ]; then
			good="$good $file"
		elif prove -Q --exec cat "$file" >/dev/null 2>&1; then
			echo "$one: prove says that nothing failed"
			return 1
		fi
	done
	# shellcheck disable=SC2086 # a list of files
	prove -Q --exec cat $good
}

for form in tap ktap; do
	ok "$form: as perl reads it" each perl_reads $form
	ok "$form: prove fails what failed, and nothing else" prove_agrees $form
done

done_testing
