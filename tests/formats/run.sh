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
{
	sed '/^step number=3/,$d' "$captured/7.3.4-cxl.ev"
	block "$captured/7.3.4-cxl.ev" 2 | sed 's/^step number=2/step number=3/'
	block "$captured/7.3.4-cxl.ev" 3 | sed 's/^step number=3/step number=4/; s/mark-\([a-z]*\) \(.*\) value=3/mark-\1 \2 value=4/'
} | with_end >"$work/ev/twice-in-a-round.ev"
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
		--report="junit:$work/answers/$1.xml" --report="ocptv:$work/answers/$1.jsonl" \
		--report="prometheus:$work/answers/$1.prom" \
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
	misses=0
	for one in $names; do
		"$@" "$one" || { echo "$one: not so"; misses=$((misses + 1)); }
		[ "$misses" -lt 5 ] || break
	done
	[ "$misses" = 0 ]
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

# tap_notices FORM SED_PROGRAM...: each change of the answer is seen.
tap_notices() {
	form=$1
	shift
	for change; do
		mkdir -p "$work/changed"
		sed "$change" "$work/answers/rounds.$form" >"$work/changed/rounds.$form"
		! cmp -s "$work/answers/rounds.$form" "$work/changed/rounds.$form" ||
			{ echo "changes nothing: $change"; return 1; }
		# shellcheck disable=SC2046 # numbers
		! perl "$formats/tap.pl" "$form" "$work/changed/rounds.$form" \
			$(cat "$work/answers/rounds.expected") || { echo "not seen: $change"; return 1; }
	done
}

for form in tap ktap; do
	ok "$form: the check notices what is wrong" tap_notices $form \
		's/^\(ok .*\) # SKIP [0-9]* of .*inconclusive.*/\1/' 's/8 pass, 4 inconclusive/12 pass/' \
		's/8 pass, 4/8 pass, 3/' '/^ok 1 /d' 's/^not ok \([1-4]\)/ok \1/' 's/^\(ok 1 .*\) # SKIP/\1 SKIP/' \
		's/fail:12/fail:11/' '/^# refused/d' 's/^not ok \(.*verdict\)/ok \1/' 's/^1\.\./2../'
	ok "$form: as perl reads it" each perl_reads $form
	ok "$form: prove fails what failed, and nothing else" prove_agrees $form
done

# Checked all at once; xmllint names the files that are not valid.
junit_is_valid() {
	xmllint --nonet --noout --schema "$formats/junit.xsd" "$work"/answers/*.xml 2>"$work/xmllint" ||
		{ grep -v ' validates$' "$work/xmllint"; return 1; }
}

# xpath NAME ARGUMENTS: what concat() makes of them in the file
xpath() {
	xmllint --nonet --xpath "concat($2, '')" "$work/answers/$1.xml"
}

# The counts that it says and those of its elements, and what the JSON says.
junit_adds_up() {
	read -r pass fail skip inconclusive refused points verdict bad <"$work/answers/$1.expected"
	wanted="$((points + 1)) $((points + 1)) $pass $fail $skip $inconclusive $refused $verdict $bad"
	is "$(xpath "$1" "//testsuite/@tests, ' ', count(//testcase), ' ',
		//property[@name='steps_pass']/@value, ' ', //property[@name='steps_fail']/@value, ' ',
		//property[@name='steps_skip']/@value, ' ',
		//property[@name='steps_inconclusive']/@value, ' ', //property[@name='refused']/@value, ' ',
		//property[@name='verdict']/@value, ' ', number(count(//failure | //error) > 0)")" \
		"$wanted" || return 1
	is "$(xpath "$1" "//testsuite/@failures, ' ', //testsuite/@errors, ' ', //testsuite/@skipped")" \
		"$(xpath "$1" "count(//failure), ' ', count(//error), ' ', count(//skipped)")" || return 1
	is "$(xpath "$1" "local-name(//testcase[@name='verdict' and @classname='run']/*)")" \
		"$(case $verdict in
		vulnerable|broken) echo failure ;;
		*) if [ "$bad" = 1 ]; then echo error; else
			case $verdict in inconclusive|skipped) echo skipped ;; esac; fi ;;
		esac)"
}

# What each test case says of its steps adds up to those of the run.
junit_counts() {
	xmllint --nonet --xpath '//testcase[@classname!="run"]/* | //system-out' \
		"$work/answers/$1.xml" >"$work/said" || return 1
	wanted=$(cut -d ' ' -f 1-4 "$work/answers/$1.expected")
	# Those that passed are in the output. A test says how many its steps were, or it is of one.
	given=$(awk '
		/<(failure|skipped|error|system-out)[ >]/ || /^[a-z-]+ [^ ]+( [^ ]+)?:$/ { counted = 0 }
		/(^|>)[0-9]+ steps: / {
			sub(/^.*[0-9]+ steps: /, "")
			count = split($0, parts, ", ")
			for (i = 1; i <= count; i++) { split(parts[i], part, " "); of[part[2]] += part[1] }
			counted = 1
		}
		!counted && /(^|>)step [0-9]+( in round [0-9]+)?: / {
			sub(/^.*step [0-9]+( in round [0-9]+)?: /, "")
			sub(/[^a-z].*/, "")
			of[$0]++
		}
		END { print of["pass"] + 0, of["fail"] + 0, of["skip"] + 0, of["inconclusive"] + 0 }' "$work/said")
	is "$given" "$wanted"
}

ok 'junit: valid by the schema' junit_is_valid
junit_notices() {
	sed 's/<testcase classname="run"/<testcase/' "$work/answers/hostile.xml" >"$work/wrong.xml"
	! xmllint --nonet --noout --schema "$formats/junit.xsd" "$work/wrong.xml" 2>/dev/null
}

ok 'junit: the schema refuses what is wrong' junit_notices
ok 'junit: it adds up' each junit_adds_up
ok 'junit: what each test case says adds up' each junit_counts

# ocptv_wrong FILE NAME: what is wrong with it
ocptv_wrong() {
	jq -rs --arg want "$(cat "$work/answers/$2.expected")" -f "$formats/ocptv.jq" "$1"
}

ocptv_is_right() {
	is "$(ocptv_wrong "$work/answers/$1.jsonl" "$1" 2>&1)" ''
}

# ocptv_notices WHAT JQ_FILTER: the checker says so of lines that were changed.
ocptv_notices() {
	jq -cs "$2 | .[]" "$work/answers/rounds.jsonl" >"$work/wrong.jsonl"
	ocptv_wrong "$work/wrong.jsonl" rounds | grep -qF -e "$1" || { echo "not noticed: $1"; return 1; }
}

ocptv_checks() {
	ocptv_notices 'the version is not first' 'to_entries | sort_by(-.key) | map(.value)' &&
		ocptv_notices 'no end' '.[:-1]' &&
		ocptv_notices 'a line of a step that is not open' \
			'map(select(.testStepArtifact.testStepStart | not))' &&
		ocptv_notices 'line 3 is not of the form' '.[2].extra = 1' &&
		ocptv_notices 'line 2 is not of the form' '.[1].testRunArtifact.testRunStart |= del(.dutInfo)' &&
		ocptv_notices 'is not of the form' '.[-1].testRunArtifact.testRunEnd.result = "NOT_APPLICABLE"' &&
		ocptv_notices 'time goes back' '.[5].timestamp = "1999-01-01T00:00:00.000Z"' &&
		ocptv_notices 'sums' 'map(if .testStepArtifact.extension.content.pass then
			.testStepArtifact.extension.content.pass += 1 else . end)'
}

ok 'ocptv: lines and their order are as the specification says' each ocptv_is_right
ok 'ocptv: the check notices what is wrong' ocptv_checks

promtool=$("$formats/../promtool.sh" 2>"$work/err")
promtool_agrees() {
	"$promtool" check metrics <"$work/answers/$1.prom" || return 1
	[ "$(tail -c 1 "$work/answers/$1.prom" | od -An -c | tr -d ' ')" = '\n' ]
}

prometheus_adds_up() {
	is "$(awk -v want="$(cat "$work/answers/$1.expected")" -f "$formats/prometheus.awk" \
		-f "$formats/prometheus-run.awk" "$work/answers/$1.prom")" ''
}

# prometheus_notices SED_PROGRAM...: each change is seen by promtool or by the sums.
prometheus_notices() {
	cp "$work/answers/rounds.expected" "$work/answers/changed.expected"
	for change; do
		sed "$change" "$work/answers/rounds.prom" >"$work/answers/changed.prom"
		! cmp -s "$work/answers/rounds.prom" "$work/answers/changed.prom" ||
			{ echo "changes nothing: $change"; return 1; }
		! { promtool_agrees changed && prometheus_adds_up changed; } >"$work/seen" 2>&1 ||
			{ echo "not seen: $change"; return 1; }
	done
}

ok 'prometheus: the checks notice what is wrong' prometheus_notices \
	's/\(inconclusive"}\) 4/\1 0/' '/_rounds/s/.*/&\n&/' 's/_passed 0/_passed 1/' '/TYPE.*_steps/d' \
	's/\(verdict="fixed"}\) 0/\1 1/' 's/_rounds 12/_rounds 12 1700000000000/' 's/_seconds/_ms/' \
	's/function="[^"]*/&"/' '/refused/d'
ok 'prometheus: promtool agrees' each promtool_agrees
ok 'prometheus: it adds up' each prometheus_adds_up

done_testing
