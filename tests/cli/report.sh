#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE report.sh
# `report`: the page says what judge says, escapes what the evidence holds, and loads nothing.
# Prints TAP. How the page looks in a browser is for tests/html.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
captured=$here/../golden/captured
# shellcheck source-path=SCRIPTDIR source=../formats/made.sh
. "$here/../formats/made.sh"
: >"$work/out"
: >"$work/err"

says() {
	grep -qF -e "$1" "$work/page" || { echo "no line with: $1"; return 1; }
}

silent_on() {
	! grep -naE -e "$1" "$work/page" || { echo "has: $1"; return 1; }
}

# Whoever shows the page must not be made to run or to load anything.
loads_nothing() {
	silent_on '<(script|link|img|iframe|object|embed|base|form|image|use|foreignObject)[ >/]' &&
		silent_on ' (src|srcset|xlink:href|style|on[a-z]+)="' &&
		silent_on 'url\(|@import|https?:' &&
		! grep -oE 'href="[^"]*"' "$work/page" | grep -vE '^href="#[a-z0-9-]+"$'
}

is_ascii_or_utf8() {
	iconv -f UTF-8 -t UTF-8 "$work/page" >/dev/null && silent_on "$(printf '[\001-\010\013-\037\177]')"
}

# Each link leads somewhere, and nowhere is named twice.
links_lead() {
	grep -oE ' id="[^"]*"' "$work/page" | sed 's/.*"\(.*\)"/\1/' | sort >"$work/ids"
	uniq -d "$work/ids" | sed 's/^/twice: /' >"$work/bad"
	grep -oE 'href="#[^"]*"' "$work/page" | sed 's/.*#\(.*\)"/\1/' | sort -u |
		comm -23 - "$work/ids" | sed 's/^/leads nowhere: /' >>"$work/bad"
	cat "$work/bad"
	[ ! -s "$work/bad" ]
}

# Elements are closed in the order they were opened.
is_well_formed() {
	awk '
	BEGIN { RS = "<" }
	NR == 1 || /^!/ { next }
	{
		end = index($0, ">")
		if (!end) { print "no end: " $0; bad = 1; next }
		tag = substr($0, 1, end - 1)
		name = tag
		sub(/[ \n].*/, "", name)
		if (tag ~ /\/$/ || name == "meta") next
		if (substr(name, 1, 1) == "/") {
			if (depth == 0 || open[depth] != substr(name, 2)) {
				print "closes " name " in " open[depth]; bad = 1; exit
			}
			depth--
		} else open[++depth] = name
	}
	END { if (depth) { print "left open: " open[depth]; bad = 1 } exit bad }' "$work/page"
}

verdict_of() {
	"$BINARY" judge -q "$1" | sed -nE '1s/^Verdict: ([a-z-]+).*/\1/p'
}

# The verdict of judge, that of each of its steps, and each finding.
agrees() {
	verdict=$(verdict_of "$1")
	[ -n "$verdict" ] && says " Verdict: $verdict</p>" || return 1
	"$BINARY" judge "$1" | sed -nE 's/^ *([0-9]+)\. (PASS|FAIL|INCONCLUSIVE) .*/\1 \2/p' >"$work/steps"
	while read -r step word; do
		grep -E "id=\"r1-s$step\"" "$work/page" | grep -qF "</span> $word</span>" ||
			{ echo "step $step is not $word"; return 1; }
	done <"$work/steps"
	is "$(grep -cE ' id="r1-s[0-9]+"' "$work/page")" "$(wc -l <"$work/steps")" || return 1
	"$BINARY" judge -j "$1" | jq -r '.steps[].findings[]?.slug' | sort -u >"$work/slugs"
	while read -r slug; do
		says "id=\"r1-$slug\"" || return 1
	done <"$work/slugs"
}

check_page() {
	agrees "$1" && loads_nothing && is_ascii_or_utf8 && links_lead && is_well_formed
}

files=0
for file in "$captured"/*.ev; do
	files=$((files + 1))
	call report "$file" --html "$work/page"
	ok "${file##*/}: the page is written" is "$status$(cat "$work/out" "$work/err")" 0
	ok "${file##*/}: it says what judge says, and is whole" check_page "$file"
done
ok 'there were files' test "$files" -gt 20

call report "$captured/7.0.4-cxl.ev" --html "$work/page"
ok 'what to do stands in the verdict' says '<strong>What to do:</strong> Boot a kernel with commit'
ok 'the refused prepare is in the picture' says '>prepare refused: EBUSY</text>'
ok 'the window is in the picture' says 'IOMMU blocked 6.7 ms, then DMA-FQ'
ok 'the reset is in the picture' says '>pci_reset_bus_function() fails: EBUSY</text>'
ok 'there is a legend of the pictures' is "$(grep -c 'class="legend"' "$work/page")" 1
ok 'what was not tested has its reason' says '> no-ats</span>'
ok 'what was refused has its reason' says '> driver-bound</span>'

# All files at once: a table of runs, the worst on top.
call report "$captured"/*.ev --html "$work/page"
counts_agree() {
	for file in "$captured"/*.ev; do
		verdict_of "$file"
	done | sort | uniq -c | while read -r count verdict; do
		grep -F 'Of '"$files"' runs: ' "$work/page" | grep -qE "[ >]$count ${verdict}[,.]" ||
			{ echo "not said: $count $verdict"; exit 1; }
	done
}
worst_first() {
	sed -n '/<tbody>/,/<\/tbody>/p; /<\/tbody>/q' "$work/page" |
		sed -nE 's/^<td><span class="badge.*<\/span> ([a-z-]+)<\/span><\/td>.*/\1/p' |
		uniq >"$work/order"
	is "$(tr '\n' ' ' <"$work/order")" \
		'vulnerable broken inconclusive skipped fixed not-affected '
}
in_order() {
	grep -o 'href="#r[0-9]*-run"' "$work/page" | grep -o 'r[0-9]*-run' >"$work/table"
	grep -o 'id="r[0-9]*-run"' "$work/page" | grep -o 'r[0-9]*-run' >"$work/details"
	[ -s "$work/details" ] && cmp "$work/table" "$work/details"
}
ok 'all at once: the page is written' is "$status$(cat "$work/err")" 0
ok 'all at once: the worst verdict is said' says 'Worst verdict: vulnerable'
ok 'all at once: the counts are those of judge' counts_agree
ok 'all at once: the worst come first' worst_first
ok 'all at once: the details in the same order' in_order
ok 'all at once: one legend' is "$(grep -c 'class="legend"' "$work/page")" 1
ok 'all at once: links lead somewhere' links_lead
ok 'all at once: it is whole' is_well_formed
ok 'all at once: it loads nothing' loads_nothing
set -- "$captured"/*.ev "$captured"/*.ev
while [ $# -gt 100 ]; do
	shift
done
call report "$@" --html "$work/page"
ok '100 files: less than 3 MB' test "$(wc -c <"$work/page")" -lt 3000000

set --
while [ $# -lt 1000 ]; do
	set -- "$@" "$captured/7.3.4-storm.ev"
done
call report "$@" "$captured/7.0.4-cxl.ev" "$captured/7.0.4-cxl.ev" --html "$work/page"
ok '1002 files: less than 6 MB' test "$(wc -c <"$work/page")" -lt 6000000
ok '1002 files: what is left out is said' says 'runs there is no more here than the table'
ok '1002 files: the bad ones have their details' says 'id="r1002-s3"'
ok '1002 files: the counts are of all' says 'Of 1002 runs: 2 vulnerable, 1000 fixed.'
ok '1002 files: links lead somewhere' links_lead

# Of many rounds what did not pass is there, and what it looks like when it does.
rounds 12 | with_end >"$work/rounds"
call report "$work/rounds" --html "$work/page"
shown() {
	sed -nE 's/^<h3 .*<\/span> ([A-Z]+)<\/span> Step ([0-9]+): .*/\1 \2/p' "$work/page" >"$work/shown"
	is "$(tr '\n' ' ' <"$work/shown")" "$1"
}
ok 'many rounds: one that passed of each series is shown' \
	shown 'FAIL 3 FAIL 7 INCONCLUSIVE 10 FAIL 11 INCONCLUSIVE 22 INCONCLUSIVE 34 PASS 2 PASS 4 '
ok 'many rounds: the table leads to it' says '<a href="#r1-s4"><span class="badge good">'
ok 'many rounds: what is not shown is counted' says '28 more steps are not drawn'
ok 'many rounds: links lead somewhere' links_lead
ok 'many rounds: it is whole' is_well_formed

# Evidence that wants to be HTML. The step is whole, so that it is judged all the same.
hostile='<script>alert(1)</script>&amp;\"onload=x '"'"'<!--'
bytes=$(printf '\001\033[31m\302\200\377\300\200\342\200\256\355\240\200')
replace() {
	sed -e "s|nodename=[^ ]*|nodename=\"$2\"|" -e "s|method=cxl_bus|method=\"<b>cxl\"|" \
		-e "s|symbol=cxl_reset_bus_function|symbol=\"<i>&\"|" \
		-e "s|symbol=\"<i>symbol=|symbol=\"<i>|" \
		-e "s|reason=bridge|reason=\"<u>x\"|; s|bridges are never reset|$2|" \
		-e "s|text=\"Modules linked in:|text=\"$2|" \
		-e "s|iommu_names=[^ ]*|iommu_names=\"$2\"|" -e "s|source=btf note=\"\"|source=btf note=\"$2\"|" "$1"
}
replace "$captured/7.0.4-cxl.ev" "$(printf '%s' "$hostile" | sed 's/[&\\|]/\\&/g')" >"$work/hostile"
call report "$work/hostile" --html "$work/page"
ok 'hostile text: the page is written' is "$status$(cat "$work/err")" 0
ok 'hostile text: it is shown as text' says '&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;onload=x &#39;&lt;!--'
ok 'hostile text: no element comes of it' silent_on '<(script|b|i|u|!--)[ >]'
ok 'hostile text: it is whole' is_well_formed
ok 'hostile text: links lead somewhere' links_lead
replace "$captured/7.0.4-cxl.ev" "$bytes" >"$work/hostile"
call report "$work/hostile" --html "$work/page"
ok 'hostile bytes: the page is written' is "$status$(cat "$work/err")" 0
ok 'hostile bytes: they are shown as numbers' says '\x01\x1b[31m\xc2\x80\xff\xc0\x80\xe2\x80\xae\xed\xa0\x80'
ok 'hostile bytes: the page is UTF-8 without controls' is_ascii_or_utf8
ok 'hostile bytes: it is whole' is_well_formed

# A host has a name.
sed 's/nodename=(none)/nodename=host-1/' "$captured/7.3.4-cxl.ev" >"$work/host-1"
call report - --html - </dev/null
ok 'standard input has nothing to read' refused 'standard input'
call report - --html - <"$work/host-1"
ok 'evidence on standard input' is "$status" 0
"$BINARY" report - --html - <"$work/host-1" >"$work/page" 2>"$work/err"
ok 'from standard input to standard output' says '<h1>PCI reset test of host-1</h1>'

# As an answer of run and judge it is the same page, but that it names no file.
"$BINARY" report "$work/host-1" --html "$work/whole"
call judge "$work/host-1" --report "html:$work/page"
same_but_file() {
	grep -v '<dt>Evidence</dt>' "$work/whole" | diff - "$work/page"
}
ok 'judge --report html: the same page' same_but_file
"$BINARY" judge "$work/host-1" --format html >"$work/page" 2>"$work/err"
ok 'judge --format html: its exit status is that of the verdict' is $? 0
ok 'judge --format html: the same page' same_but_file

# What the kernel is built like says that it cannot do what it does.
sed 's/^\(fact name=group_device.reset_depth value=\)yes/\1no/' "$work/host-1" >"$work/contrary"
call report "$work/contrary" --html "$work/page"
ok 'a contradiction has its explanation' says 'id="r1-static-contradiction"'
ok 'a contradiction: links lead somewhere' links_lead

# Mistakes
call report
ok 'no file' refused 'name the evidence files'
call report "$captured/7.3.4-cxl.ev"
ok 'no --html' refused '--html OUT'
call report "$work/none" --html "$work/new"
ok 'a file that is not there' refused "$work/none: No such file"
ok 'a file that is not there: nothing is written' test ! -e "$work/new"
cp "$captured/7.3.4-cxl.ev" "$work/kept"
call report "$work/kept" --html "$work/kept"
ok 'the evidence is not replaced' refused 'would replace the evidence'
ok 'the evidence is as it was' cmp "$captured/7.3.4-cxl.ev" "$work/kept"
call report "$work/kept" --html "$work/none/page"
ok 'a directory that is not there' refused 'No such file'
call report "$work/kept" --html /dev/full
ok 'a full disk' refused '/dev/full'
head -n 5 "$captured/7.3.4-cxl.ev" >"$work/torn"
call report "$work/kept" "$work/torn" --html "$work/page"
ok 'one of two cannot be read: exit status 2' refused 'not whole'
ok 'one of two cannot be read: it is unknown on the page' says '</span> unknown</span>'
ok 'one of two cannot be read: the worst of both' says 'Worst verdict: unknown'
ok 'nothing temporary is left' is "$(find "$work" -name '.iommu*' | wc -l)" 0

done_testing
