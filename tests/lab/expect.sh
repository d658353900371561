#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: expect.sh DIR STATIC WITH VERDICT EXIT SLUG DEPTH ALSO
# Compares what one guest sent back with its row of `cases`; prints a line for each difference.
# Exit status: 0 all as expected, 1 not.
set -u

dir=$1 static=$2 with=$3 verdict=$4 exit_status=$5 slug=$6 depth=$7 also=$8
differences=0

differ()
{
	echo "$*"
	differences=$((differences + 1))
}

# same WHAT SEEN EXPECTED
same()
{
	[ "$2" = "$3" ] || differ "$1 is '$2', expected '$3'"
}

status()
{
	cat "$dir/$1.status"
}

# query NAME FILTER: of the JSON on a command's stdout
query()
{
	jq -r "$2" "$dir/$1.out" 2>/dev/null || echo unreadable
}

holds()
{
	[ "$(query "$1" "$2")" = true ]
}

slugs='[.steps[]?.findings[]?.slug, .steps[]?.reason, .refused[]?.reason] | map(select(. != null))'
summary='[.verdict, .exit_status, [.steps[] | [.scenario, .functions, .method, .verdict, .reason,
	.depth_max, .write_status, [.findings[].slug]]]] | tojson'

expect_run()
{
	same "exit status" "$(status run)" "$exit_status"
	same "verdict" "$(query run .verdict)" "$verdict"
	same "exit_status in the JSON" "$(query run .exit_status)" "$exit_status"
	same "static verdict in the run" "$(query run .kernel.static)" "$static"
	if [ "$slug" = - ]; then
		same "the findings" "$(query run '[.steps[].findings[].slug] | join(" ")')" ""
	else
		holds run "$slugs | index(\"$slug\") != null" ||
			differ "no '$slug' among: $(query run "$slugs | join(\" \")")"
	fi
	[ "$depth" = - ] || same "depth" "$(query run '[.steps[].depth_max] | max')" "$depth"
	[ -z "$also" ] || holds run "$also" || differ "not true: $also"
}

expect_judge()
{
	[ -s "$dir/evidence" ] || { differ "no evidence was saved"; return; }
	same "judge's exit status" "$(status judge)" "$exit_status"
	same "judge's answer" "$(query judge "$summary")" "$(query run "$summary")"
	# Evidence is portable: a guest of another architecture wrote it.
	"$BINARY" judge --json "$dir/evidence" > "$dir/judge-here.out" 2> "$dir/judge-here.err"
	same "judge's exit status on this machine" $? "$exit_status"
	same "judge's answer on this machine" "$(query judge-here "$summary")" "$(query run "$summary")"
}

expect_check()
{
	case $static in
	vulnerable) same "check's exit status" "$(status check)" 1 ;;
	*) same "check's exit status" "$(status check)" 0 ;;
	esac
	same "check's verdict" "$(query check .verdict)" "$static"
}

expect_list()
{
	same "list's exit status" "$(status list)" 0
	jq -e . "$dir/list.out" >/dev/null 2>&1 || differ "list printed no JSON"
	while read -r bdf rest; do
		grep -q "\"$bdf\"" "$dir/list.out" || differ "list does not know $bdf ($rest)"
	done < "$dir/before"
}

expect_restored()
{
	[ -s "$dir/before" ] || differ "the guest listed no functions"
	diff "$dir/before" "$dir/after" > "$dir/restored.diff" || differ "not restored: $(cat "$dir/restored.diff")"
	left=$(tr '\n' ';' < "$dir/leftovers")
	case $with in
	# The kernel leaves tracefs empty.
	*lockdown=confidentiality*)
		same "tracing left behind" "$left" "instances: missing;dynamic_events: unreadable;" ;;
	*) same "tracing left behind" "$left" "" ;;
	esac
}

expect_markers()
{
	begins=$(grep -c 'iommu-resettest: begin ' "$dir/dmesg")
	ends=$(grep -c 'iommu-resettest: end ' "$dir/dmesg")
	# Where the log has no room for all that was said, the oldest marker left may be an end.
	if ! grep -q 'Linux version ' "$dir/dmesg" &&
		grep -m 1 -E 'iommu-resettest: (begin|end) ' "$dir/dmesg" | grep -q 'resettest: end '; then
		ends=$((ends - 1))
	fi
	same "end markers in the kernel log" "$ends" "$begins"
	if holds run '([.steps[] | select(.verdict != "skip")] | length) +
			((.loops // {}) | (.pass // 0)) > 0'; then
		[ "$begins" -gt 0 ] || differ "steps ran without a marker in the kernel log"
	else
		same "begin markers though nothing ran" "$begins" 0
	fi
}

# The faults that the device made, those that the emulated IOMMU saw, which nothing limits, and the
# interrupts that the tool counted in its steps are the same number; the log has some of them.
expect_faults()
{
	made=$(awk '{ sum += $1 } END { print sum + 0 }' "$dir/transfers")
	seen=$(grep -cE '^(vtd_dmar_fault|smmuv3_record_event) ' "$dir/qemu.err")
	counted=$(query run '[.steps[].counters | to_entries[] | select(.key | test("^irq:(dmar[0-9]+|arm-smmu-v3-evtq)$")).value] | add')
	logged=$(grep -cE 'DMAR: \[DMA |event: F_TRANSLATION' "$dir/dmesg")
	[ "$made" -gt 0 ] || differ "no fault was made"
	same "faults that the IOMMU saw" "$seen" "$made"
	same "fault interrupts counted" "$counted" "$made"
	{ [ "$logged" -gt 0 ] && [ "$logged" -le "$made" ]; } || differ "$logged of $made faults are in the log"
	printf '%s faults made\n%s fault interrupts counted\n%s faults in the log\n' "$made" "$counted" "$logged" > "$dir/figures"
}

expect_forged()
{
	[ -s "$dir/forged" ] || differ "nothing was forged"
	grep -q 'facility=1 .*failed to stop IOMMU' "$dir/evidence" || differ "nothing forged is in the evidence"
}

# What the row says of the drift, as it is read.
expect_drift()
{
	warning='resets of 0000:01:00.0 by flr (single) became slower'
	same "warnings" "$(query run '[.warnings[] | select(contains("became slower"))] | length')" 1
	"$BINARY" judge "$dir/evidence" > "$dir/judge.txt"
	"$BINARY" report --html - "$dir/evidence" > "$dir/page.html"
	grep -qF "Warning: $warning" "$dir/judge.txt" || differ "no warning in the text"
	grep -q 'Drift      slower: .*, of 0000:01:00.0$' "$dir/judge.txt" || differ "no drift in the text"
	grep -qF "$warning" "$dir/page.html" || differ "no warning on the page"
	grep -q '<td>slower: [^<]*, of 0000:01:00.0</td>' "$dir/page.html" || differ "no drift on the page"
	figure=$(query run '.latency[].drift | select(.slower) | "\(.first_median_ns / 1e6 | floor) \(.last_median_ns / 1e6 | floor)"')
	printf '%s ms by flr at the beginning of the drift\n%s ms by flr at the end of the drift\n' "${figure% *}" "${figure#* }" > "$dir/figures"
}

expect_in_time()
{
	limit=$(echo "$with" | tr ' ' '\n' | sed -n 's/^within://p')
	[ -z "$limit" ] || [ "$(cat "$dir/run.seconds")" -le "$limit" ] ||
		differ "the run took $(cat "$dir/run.seconds") s, more than $limit"
}

expect_sane()
{
	for file in "$dir"/*.err; do
		! grep -qE 'AddressSanitizer|LeakSanitizer|runtime error:' "$file" ||
			differ "a sanitizer complains in $file"
	done
	! grep -q '^LAB-QUIRK-FAILED' "$dir/console" || differ "the quirk table was not patched"
}

expect_run
expect_judge
expect_check
expect_list
expect_restored
case $with in
*in-steps:forge*) expect_forged ;;
*in-steps:dma*) expect_markers; expect_faults ;;
*in-steps:mute:slower*) expect_markers; expect_drift ;;
*in-steps:flood*) ;;	# the log has no room left for the markers
*) expect_markers ;;
esac
expect_in_time
expect_sane
[ $differences = 0 ]
