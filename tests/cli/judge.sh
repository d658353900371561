#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE judge.sh
# `judge` and `explain`: answers, exit statuses, and what they say to bad input. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
evidence=$here/evidence

says() {
	grep -qF -e "$1" "$work/out" || { echo "no line with: $1"; return 1; }
}

fits_80_columns() {
	awk 'length > 80 { print; bad = 1 } END { exit bad }' "$work/out"
}

# json FILTER: true for the JSON that was printed
json() {
	jq -e "$1" "$work/out" >/dev/null || { echo "not so: $1"; return 1; }
}

# In this order, other lines between them.
in_order() {
	at=0
	for words; do
		next=$(awk -v at="$at" -v words="$words" 'NR > at && index($0, words) { print NR; exit }' \
			"$work/out")
		[ -n "$next" ] || { echo "no '$words' after line $at of:"; return 1; }
		at=$next
	done
}

call judge "$evidence/vulnerable"
ok 'vulnerable: exit status 1' is "$status" 1
ok 'vulnerable: nothing on stderr' is "$(cat "$work/err")" ''
ok 'vulnerable: the verdict is said' says 'Verdict: vulnerable'
ok 'vulnerable: the finding, what happened, what to do' in_order 'FAIL  0000:01:00.0  cxl_bus' \
	nested-prepare-busy Happened 'What to do Boot a kernel with commit 0d5fd7a9323c'
ok 'vulnerable: the proof in order' in_order 'cxl_reset_bus_function() fails with EBUSY' \
	'prepare (depth 1)' 'IOMMU blocked' 'pci_reset_bus_function() fails with EBUSY' \
	'prepare refused: EBUSY' 'done (depth 0)' 'IOMMU restored: DMA-FQ'
ok 'vulnerable: what was skipped, and why' in_order 'Not tested' no-ats \
	'0000:00:1f.2, 0000:00:1f.3: it has no ATS capability'
ok 'vulnerable: what was refused, and what lifts that' in_order Refused \
	'bridge: bridges are never reset.' '0000:00:00.0, 0000:00:01.0, 0000:00:1f.0' \
	'driver-bound: driver virtio-pci is bound. Give --with-driver, or unbind' 0000:00:02.0
ok 'vulnerable: the static answer beside it' says 'iommu_group.resetting_domain'
ok 'vulnerable: 80 columns' fits_80_columns
ok 'no escape sequence where there is no terminal' sh -c "! grep -q '$(printf '\033')' '$work/out'"

call judge -v "$evidence/vulnerable"
ok 'verbose: the log and the counters' in_order 'warn_count +1' 'Kernel log' 'failed to stop IOMMU'
call judge -q "$evidence/vulnerable"
ok 'quiet: the verdict comes first' in_order 'Verdict: vulnerable'
ok 'quiet: no more than the verdict' is "$(wc -l <"$work/out")" 2

call judge "$evidence/fixed"
ok 'fixed: exit status 0' is "$status" 0
ok 'fixed: the proof in order' in_order PASS 'depth 2' 'prepare (depth 1)' 'IOMMU blocked' \
	'prepare (depth 2)' 'pci_bridge_secondary_bus_reset() works' 'done (depth 1)' 'done (depth 0)' \
	'IOMMU restored: DMA-FQ' 'Verdict: fixed'
call judge "$here/../golden/captured/7.3.4-storm.ev"
ok 'a long timeline is cut, and says what shows it' grep -q '^ *... [1-9][0-9]* more events (-v shows them)$' \
	"$work/out"
call judge -v "$here/../golden/captured/7.3.4-storm.ev"
ok 'verbose: it is whole' is "$(grep -c 'more events' "$work/out")" 0
call judge - <"$evidence/fixed"
ok 'standard input' is "$status $(tail -n 2 "$work/out" | head -n 1 | cut -c 1-14)" '0 Verdict: fixed'

if command -v jq >/dev/null; then
	call judge --json "$evidence/vulnerable"
	ok 'json: exit status 1' is "$status" 1
	ok 'json: the head' json '.schema_version == 1 and .tool.name == "iommu-resettest" and
		.host.machine == "x86_64" and .kernel.static == "vulnerable" and .kernel.facts != {}'
	ok 'json: the verdict' json '.verdict == "vulnerable" and .exit_status == 1'
	ok 'json: the failed step' json '.steps[2] | .verdict == "fail" and .functions == ["0000:01:00.0"] and
		.group == 4 and .method == "cxl_bus" and .scenario == "nested" and .write_status == 16 and
		.reason == "nested-prepare-busy" and .depth_max == 1 and .duration_ns > 1000000'
	ok 'json: its finding' json '.steps[2].findings[0] | .slug == "nested-prepare-busy" and
		(.text | length > 0) and (.evidence | length > 0)'
	ok 'json: the skipped steps' json '.steps[0:2] | map(.verdict, .reason, .findings) ==
		["skip", "no-ats", [], "skip", "no-ats", []]'
	ok 'json: what was not written has no status' json '.steps[0:2] | map(.write_status,
		.subjects[].write_status) == [null, null, null, null]'
	ok 'json: the refusals' json '.refused[1:3] == [
		{"function": "0000:00:01.0", "reason": "bridge", "text": "bridges are never reset",
		 "override": null},
		{"function": "0000:00:02.0", "reason": "driver-bound", "text": "driver virtio-pci is bound",
		 "override": "Give --with-driver, or unbind the driver first."}]'
	ok 'json: counters' json '.counters.warn_count == 1 and .steps[2].counters.tainted == 512'
	call judge --json "$evidence/fixed"
	ok 'json: a pass has no reason' json '.verdict == "fixed" and (.steps[2] | .verdict == "pass" and
		.reason == null and .depth_max == 2 and .blocked)'
	sed '/^subject .* started=yes/s/ hung=no/ hung=yes/' "$evidence/fixed" >"$work/hung"
	call judge --json "$work/hung"
	ok 'json: what did not return has no status' json '.verdict == "broken" and (.steps[2] |
		.reason == "reset-hung" and .write_status == null and .subjects[0].write_status == null)'
	sed 's/ nodename=[^ ]* / nodename="\\xff\\x1b[31m\\xc3\\xa4" /' "$evidence/fixed" >"$work/hostile"
	call judge --json "$work/hostile"
	ok 'json: bytes that are no UTF-8' json '.host.nodename == "\\xff\u001b[31mä"'
	call judge "$work/hostile"
	ok 'text: no raw escape from the machine' says '\xff\x1b[31m'
else
	number=$((number + 1))
	echo "ok $number - json # SKIP jq is not there"
fi

# An evidence file whose lines were changed, with an end record that fits them.
with_end() {
	awk '/^step / { steps++ } !/^end / { print; lines++ }
	END { print "end steps=" steps " lines=" lines + 1 }'
}

grep -v '^trace' "$evidence/fixed" | with_end >"$work/untraced"
call judge "$work/untraced"
ok 'without a trace: inconclusive' is "$status $(grep -c '^Verdict: inconclusive' "$work/out")" '4 1'
ok 'without a trace: the reason' says 'no-trace'
sed -e '/^subject .* started=yes/s/ select_errno=0 \(.*\) started=yes/ select_errno=30 \1 started=no/' -e '/^trace /d' \
	"$evidence/fixed" | with_end >"$work/unwritten"
call judge "$work/unwritten"
ok 'nothing could be reset: what was refused' says 'write: not written (reset_method: EROFS)'
ok 'nothing could be reset: that is said' is "$status $(grep -A 1 '^Verdict' "$work/out")" \
	'4 Verdict: inconclusive (2 skipped, 1 inconclusive, 4 refused)
  Nothing was reset; each step tells why.'
sed '2a warning text="mind the gap"' "$evidence/fixed" | with_end >"$work/warned"
call judge "$work/warned"
ok 'a warning is said' says 'Warning: mind the gap'
call judge --skip-exit 77 "$work/untraced"
ok '--skip-exit' is "$status" 77
call judge --skip-exit=0 "$evidence/vulnerable"
ok '--skip-exit does not hide a failure' is "$status" 1

# cut_everywhere FILE VERDICT: before the first step it is no evidence; then it is never a pass, and
# the verdict of the file only once the step that decides it is whole.
cut_everywhere() {
	file=$1
	verdict=$2
	lines=$(wc -l <"$file")
	first=$(grep -n '^step ' "$file" | head -n 1 | cut -d : -f 1)
	decided=0
	line=0
	while [ "$line" -lt "$lines" ]; do
		head -n "$line" "$file" >"$work/cut"
		call judge "$work/cut"
		if [ "$line" -lt "$first" ]; then
			refused "$work/cut:$((line + 1)):" 'not whole' || return 1
		elif [ "$status" = 4 ]; then
			says 'Verdict: inconclusive' && says 'its writer was killed' && is "$decided" 0 ||
				return 1
		else
			is "$status" 1 && says "Verdict: $verdict" && says 'its writer was killed' || return 1
			decided=1
		fi
		line=$((line + 1))
	done
	is "$decided" "$3"
}
ok 'a file cut after each of its lines' cut_everywhere "$evidence/vulnerable" vulnerable 0
ok 'a passing file cut after each of its lines' cut_everywhere "$evidence/fixed" fixed 0
# As a run writes it that tells of each step how long it is.
awk '/^step / { at++ } /^end / { exit } { text[NR] = $0; of[NR] = at; count[at]++ }
	END { for (i = 1; i in text; i++) print text[i] (text[i] ~ /^step / ? " lines=" count[of[i]] - 1 : "") }' \
	"$evidence/vulnerable" >"$work/counted"
ok 'a file whose steps are whole, cut after each line' cut_everywhere "$work/counted" vulnerable 0
call judge "$work/counted"
ok 'a file without its end: the step that failed decides' is "$status $(grep -c '^Verdict: vulnerable' "$work/out")" '1 1'
call judge --json "$work/counted"
ok 'json: such a file is said to be cut' json '.run.cut == true and .verdict == "vulnerable"'
sed 's/kind=prepare /kind=prep /' "$evidence/fixed" >"$work/bad"
call judge "$work/bad"
ok 'a malformed line is named' refused "$work/bad:$(grep -n kind=prep' ' "$work/bad" | sed 's/:.*//;q'):" \
	malformed
sed -e 's/^\(run .* signal=\)0/\12/' -e '/^step number=3/,$d' "$evidence/fixed" >"$work/early"
echo "end steps=2 lines=$(($(wc -l <"$work/early") + 1))" >>"$work/early"
call judge "$work/early"
ok 'ended before the first reset: not for want of functions' is "$status $(grep -A 2 '^Verdict' "$work/out")" \
	'4 Verdict: skipped (2 skipped, 4 refused)
  The run was ended before it could show whether nesting works.
  Ended early by signal 2 (Interrupt): the results are partial.'
printf 'hello\n' >"$work/other"
call judge "$work/other"
call judge "$work/nosuch"
ok 'a file that is not there' refused "$work/nosuch: No such file or directory; is the name right?"
call judge "$work/other"
ok 'another kind of file' refused "$work/other:1:" 'no evidence file'
{ cat "$evidence/fixed"; printf '\0more\n'; } >"$work/nul"
call judge "$work/nul"
ok 'a NUL byte' refused "$work/nul:" 'NUL byte'
call judge "$work/missing"
ok 'no such file' refused "$work/missing" 'No such file'
call judge "$work"
ok 'a directory' refused "$work" 'Is a directory'
call judge
ok 'no file named' refused 'evidence file'
call judge one two
ok 'two files' refused "'two'"
call judge --skip-exit 256 "$evidence/fixed"
ok 'a bad exit status' refused '256'
call judge --skip-exit= "$evidence/fixed"
ok 'an empty exit status' refused '--skip-exit'
if [ -c /dev/full ]; then
	"$BINARY" judge "$evidence/fixed" >/dev/full 2>"$work/err"
	status=$?
	: >"$work/out"
	ok 'a full disk is said, once' refused 'No space left'
fi

# A file may be called so by anybody, and named by `judge *`.
hostile=$(printf 'x\033[31m\nVerdict: fixed\r')
call judge "$work/$hostile"
ok 'a hostile name of a file that is not there' refused 'x\x1b[31m\x0aVerdict: fixed\x0d'
echo nonsense >"$work/$hostile"
call judge "$work/$hostile"
ok 'a hostile name of no evidence' refused 'x\x1b[31m\x0aVerdict: fixed\x0d'
call check --kernel "$work/$hostile"
ok 'a hostile name of no kernel' refused 'x\x1b[31m\x0aVerdict: fixed\x0d'
call explain "$hostile"
ok 'a hostile word' refused 'x\x1b[31m\x0aVerdict: fixed\x0d'
call report "$work/$hostile" --html "$work/page"
ok 'a hostile name of what shall be reported' refused 'x\x1b[31m\x0aVerdict: fixed\x0d'

call explain
ok 'explain: all of them, by kind' is "$status $(grep -c '^[A-Z].*)$' "$work/out")" '0 5'
ok 'explain: name and meaning' says '  nested-prepare-busy       A reset'
sed -n 's/^  \([a-z0-9-]*\) .*/\1/p' "$work/out" >"$work/listed"
call explain -q
ok 'explain -q: the same names alone' cmp "$work/out" "$work/listed"
call explain -q no-ats
ok 'explain -q: the meaning alone' is "$status $(wc -l <"$work/out")" '0 1'
explain_each() {
	"$BINARY" explain -q >"$work/slugs"
	[ -s "$work/slugs" ] || return 1
	while read -r slug; do
		call explain "$slug"
		is "$status" 0 && in_order "$slug (" '  Meaning' '  Cause' && fits_80_columns || return 1
	done <"$work/slugs"
}
ok 'explain: each of them' explain_each
call explain no-ats nix
ok 'explain: an unknown word' refused "'nix'" 'all are listed'
call explain no-tas
ok 'explain: what may be meant' refused "'no-tas'" 'did you mean no-ats?'
call explain Nested-Prepare-Bsuy
ok 'explain: in any case of letters' refused 'did you mean nested-prepare-busy?'

done_testing
