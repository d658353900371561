#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE merge.sh
# `merge`: results of many hosts, in each of the tool's forms and in none of them. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
captured=$here/../golden/captured
unset COLUMNS NO_COLOR
: >"$work/out"
: >"$work/err"
cd "$work" || exit 2

# as NAME FILE: the evidence of a host of this name.
as() {
	sed "s/nodename=[^ ]*/nodename=$1/" "$captured/$2.ev"
}

judge() {
	"$BINARY" judge "$@"
}

# answer QUERY: what jq makes of the answer.
answer() {
	jq -r "$1" out
}

# host NAME QUERY WANTED
host() {
	is "$(jq -r --arg name "$1" '.hosts[] | select(.name == $name) | '"$2" out)" "$3"
}

says() {
	grep -qF -e "$1" out || { echo "no line with: $1"; return 1; }
}

# unknown FILE WORDS: the file alone is an unknown host of its name, with this reason.
unknown() {
	call merge -j "$1" </dev/null
	is "$status" 4 && is "$(answer .verdict)" unknown || return 1
	is "$(answer '.hosts | length')" 1 && host "$(basename "$1")" '.results[0].source' "$1" || return 1
	answer '.hosts[0].results[].why' | grep -qF -e "$2" || { answer '.hosts[0].results[].why'; return 1; }
}

# Each form of each captured run says what judge says, of a host that is named after the file.
mkdir evidence json jsonl
for file in "$captured"/*.ev; do
	name=$(basename "$file" .ev)
	cp "$file" "evidence/$name"
	judge --json "$file" >"json/$name"
	judge --jsonl "$file" >"jsonl/$name"
	echo "$name $(judge -q "$file" | sed -nE '1s/^Verdict: ([a-z-]+).*/\1/p')"
done | sort >wanted
for form in evidence json jsonl; do
	call merge -j $form
	answer '.hosts[] | .name + " " + .verdict' | sort >verdicts
	ok "$form: what judge says" diff wanted verdicts
	answer '.hosts[] | [.name, (.results[0] | .slug, .text, .release, .started, .steps)]' >"$form.said"
	ok "$form: the worst counts" is "$status$(answer .verdict)" 1vulnerable
done
ok 'events say the same as documents' cmp json.said jsonl.said
ok 'evidence says the same as documents' cmp json.said evidence.said
ok 'there were runs' test "$(wc -l <wanted)" -gt 50

# Exit statuses; of the host's name.
as node1 7.3.4-cxl >good.ev
as node2 6.19.14-cxl >na.ev
as node3 7.0.4-cxl >bad.ev
as node4 7.3.4-cxl-noats >skipped.ev
as node5 7.3.4-cxl-nomount >unproven.ev
call merge good.ev na.ev
ok 'all are good: 0' is "$status" 0
call merge -q good.ev skipped.ev
ok 'one was skipped: 4' is "$status$(cat out)" '4Verdict: skipped (2 hosts: 1 skipped, 1 fixed)'
call merge -q good.ev skipped.ev unproven.ev
ok 'inconclusive is worse' is "$status$(head -n 1 out)" \
	'4Verdict: inconclusive (3 hosts: 1 inconclusive, 1 skipped, 1 fixed)'
call merge -q good.ev skipped.ev unproven.ev none.json
ok 'unknown is worse' is "$status$(head -n 1 out)" \
	'4Verdict: unknown (4 hosts: 1 unknown, 1 inconclusive, 1 skipped, 1 fixed)'
call merge -q good.ev bad.ev none.json
ok 'a bad one: 1' is "$status$(head -n 1 out)" '1Verdict: vulnerable (3 hosts: 1 vulnerable, 1 unknown, 1 fixed)'
call merge --skip-exit=77 good.ev skipped.ev
ok '--skip-exit: instead of 4' is "$status" 77
call merge -j --skip-exit 77 good.ev unproven.ev
ok '--skip-exit: the JSON says the same' is "$status$(answer '.exit_status')$(answer .verdict)" 7777inconclusive
call merge -j --skip-exit=0 good.ev skipped.ev none.json
ok '--skip-exit: what is unknown stays 4' is "$status$(answer '.exit_status')$(answer .verdict)" 44unknown
call merge --skip-exit=0 --hosts absent good.ev
ok '--skip-exit: a host without a result stays 4' is "$status" 4
call merge --skip-exit=0 good.ev bad.ev skipped.ev
ok '--skip-exit: what is bad stays bad' is "$status" 1
call merge --skip-exit=0 good.ev na.ev
ok '--skip-exit: what is good stays good' is "$status" 0
call merge - <good.ev
ok 'standard input' is "$status" 0
mkfifo pipe
cat good.ev >pipe &
call merge pipe
ok 'a pipe' is "$status" 0

# The table.
call merge good.ev na.ev bad.ev skipped.ev none.json --hosts node1,node2,node3,node4,nobody
ok 'the table' diff "$here/expected/merge.txt" out

# The same on a terminal. What matters is whole, and no word is on two lines.
as rack12-unit07.compute.example.org 7.0.4-cxl >rack.ev
as bücher-öst 7.3.4-cxl-noats >umlauts.ev
as n09-a-very-long-name-of-a-host-in-a-very-large-data-center.local 7.0.4-cxl >longest.ev
fitted='good.ev rack.ev umlauts.ev none.json --hosts node1,rack12-unit07.compute.example.org,nobody'
# terminal COLUMNS ARGUMENT...
terminal() {
	columns=$1
	shift
	TERM=xterm script -qec "stty cols $columns; '$BINARY' merge $* 2>/dev/null" /dev/null </dev/null |
		tr -d '\r' >out
}
# Of a character in UTF-8 the first byte counts.
no_wider() {
	tr -d '\200-\277' <out | awk -v columns="$1" 'length > columns { print; wider = 1 } END { exit wider }'
}
# The kernel may stand between the two.
whole() {
	for row in 'node1 fixed' 'rack12-unit07.compute.example.org vulnerable' 'nobody unknown' 'bücher-öst skipped'; do
		grep -qE "^${row% *} +([^ ]+ +)?${row#* }( |\$)" out || { echo "no '$row'"; return 1; }
	done
	for finding in nested-prepare-busy no-ats 'no result'; do
		grep -qE " $finding\$" out || { echo "no '$finding'"; return 1; }
	done
}
each_width() {
	for columns in $(seq 60 160); do
		terminal "$columns" "$fitted --color=never"
		if ! no_wider "$columns" || ! whole; then
			echo "on $columns columns"
			cat out
			return 1
		fi
	done
}
if command -v script >/dev/null; then
	# shellcheck disable=SC2086 # words
	"$BINARY" merge $fitted >plain 2>/dev/null
	{
		for columns in 60 80 100 120 160 200; do
			echo "=== $columns"
			terminal $columns "$fitted --color=never"
			cat out
		done
		echo '=== 60 -v'
		terminal 60 "$fitted --color=never -v"
		cat out
		echo '=== 60, the longest of names'
		terminal 60 'longest.ev good.ev --color=never'
		cat out
	} >each
	ok 'on a terminal' diff "$here/expected/merge-terminal.txt" each
	terminal 200 "$fitted --color=never"
	ok 'on a wide terminal as in a pipe' diff plain out
	ok 'on a terminal of any width: what matters is whole' each_width
	terminal 80 "$fitted --color=always"
	sed "s/$(printf '\033')\\[[0-9;]*m//g" out >uncoloured
	terminal 80 "$fitted --color=never"
	ok 'colours do not change the widths' cmp uncoloured out
	COLUMNS=100 terminal 80 "$fitted --color=never"
	cp out hundred
	terminal 100 "$fitted --color=never"
	ok 'COLUMNS outweighs the terminal' cmp hundred out
	terminal 80 "$fitted --report text:told --color=always"
	ok 'a report is not fitted' diff plain told
else
	ok 'script(1) is there' false
fi
COLUMNS=60 call merge good.ev na.ev bad.ev skipped.ev none.json --hosts node1,node2,node3,node4,nobody
ok 'COLUMNS changes nothing in a pipe' diff "$here/expected/merge.txt" out

# Names.
judge -j "$captured/7.3.4-cxl.ev" >"nodeA.json"
cp nodeA.json node.b.example.com
sed 's/"nodename":"[^"]*"/"nodename":"localhost"/; s/"nodename": *"[^"]*"/"nodename":"localhost"/' nodeA.json >nodeC.json
call merge -j nodeA.json node.b.example.com nodeC.json
ok 'a document without a name has that of its file' is "$(answer '[.hosts[].name] | join(" ")')" \
	'node.b.example.com nodeA nodeC'
mkdir -p folder/below
cp good.ev folder/x
cp bad.ev folder/below/y
cp bad.ev folder/.hidden
ln -s . folder/loop
call merge -j folder
ok 'all files of a folder' is "$(answer '[.hosts[] | .name + " " + .verdict] | join(", ")')" \
	'node3 vulnerable, loop unknown, node1 fixed'
ok 'a folder: where it is from' host node3 '.results[0].source' folder/below/y

# Hosts that should be there.
call merge -j --hosts 'node1,node2 NODE3' good.ev na.ev
ok 'no result: unknown' host NODE3 '.verdict + " " + .results[0].why' 'unknown no result'
ok 'no result: exit status' is "$status" 4
call merge -j --hosts 'node1' good.ev na.ev
ok 'one more than expected is told' host node2 .expected false
printf '# all\nnode1\n node2, node1 # twice\r\n\n' >list
call merge -j --hosts list good.ev na.ev
ok 'a list in a file' is "$status$(answer '[.hosts[].expected] | all')" 0true
printf 'node1 node2\nnode9\n' >hosts.more
call merge -j --hosts - good.ev na.ev <hosts.more
ok 'a list on standard input' is "$status$(answer '.counts.unknown')" 41
as node1.example.com 7.3.4-cxl >long.ev
call merge -j --hosts node1 long.ev
ok 'a name with a domain is the one without' is "$status$(answer '.hosts[].name')" 0node1.example.com
call merge -j --hosts node1.example.com good.ev
ok 'and the other way round' is "$status$(answer '.hosts[].name')" 0node1
as node1.example.net 7.3.4-cxl >net.ev
call merge -j --hosts node1 long.ev net.ev
ok 'unless there are two' host node1 '.verdict' unknown
call merge -j --hosts node1.example.com,node1.example.net good.ev
ok 'one result is not two hosts' is "$status$(answer '.counts.unknown')" 41
call merge -j --hosts node1,node1.example.com long.ev
ok 'a name of its own is not taken' host node1 '.verdict' unknown
call merge -j --hosts NODE1 good.ev
ok 'case makes no difference' is "$status" 0

# Several results of one host.
as node1 7.0.4-cxl | sed '2s/started=[^ ]*/started=2020-01-01T00:00:00Z/' >older.ev
as Node1 7.0.4-storm | sed '2s/started=[^ ]*/started=2030-01-01T00:00:00Z/' >newer.ev
call merge -j good.ev older.ev newer.ev
ok 'several results: one host' is "$(answer '.hosts | length')" 1
ok 'several results: the worst one counts, however old' is "$status$(answer '.hosts[0].verdict')" 1vulnerable
ok 'several results: all are told, the newest of equals first' is \
	"$(answer '[.hosts[0].results[] | .source] | join(" ")')" 'newer.ev older.ev good.ev'
call merge good.ev older.ev newer.ev
ok 'several results: it is said' says '1 host has several results: the worst one counts'
call merge -v good.ev older.ev none.json
ok '-v: the others too' says '    also fixed, 20'
: >node1
call merge -j good.ev node1
ok 'a file of nothing beside a good one' is "$status$(answer '.hosts[0] | .verdict + (.results | length | tostring)')" \
	4unknown2

# check
mkdir root
sh "$here/../roots/unpack.sh" root "$here/../roots/names.tree" "$here/../roots/intel-cxl.tree" ||
	{ echo 'Bail out! a tree cannot be unpacked'; exit 2; }
"$BINARY" check --json --sysroot root >tree.json
checked() {
	jq ".host.nodename = \"$1\" | .kernel.static = \"$2\" | .verdict = \"$2\" |
		.kernels[0].static = \"$2\" | .kernels[0].is_running = $3" tree.json
}
checked c1 fixed true >c1.json
checked c2 vulnerable true >c2.json
checked c3 not-affected true >c3.json
checked c4 unknown true >c4.json
checked c5 fixed false >c5.json
checked c6 fixed null >c6.json
checked c7 vulnerable false >c7.json
call merge -j c1.json c3.json
ok 'check: good' is "$status$(answer '[.hosts[].results[].by] | join(" ")')" '0check check'
call merge -q c1.json c2.json
ok 'check: vulnerable' is "$status" 1
call merge -j c4.json
ok 'check: it cannot tell' is "$status$(answer '.hosts[0].verdict')" 4unknown
for kernel in c5 c6 c7; do
	call merge -j $kernel.json
	ok "check: what did not run says nothing, $kernel" is "$status$(answer '.hosts[0].verdict')" 4unknown
done
call merge c1.json good.ev
ok 'check: it is said that nothing was reset' says '1 host was checked alone: nothing was reset there'

# What is no result.
judge -j good.ev >g.json
judge --jsonl good.ev >g.jsonl
judge --jsonl bad.ev >b.jsonl
: >empty
ok 'an empty file' unknown empty empty
printf '\n \n' >blank
ok 'white space' unknown blank empty
printf 'Permission denied (publickey).\n' >foreign
ok 'a foreign file' unknown foreign 'neither JSON nor evidence'
head -c 300 /dev/urandom | tr -d '\0{' >random
printf 'x' | cat - random >noise
ok 'noise' unknown noise 'neither JSON nor evidence'
printf '[1, 2]\n' >list.
ok 'other JSON' unknown list. 'neither JSON nor evidence'
echo '{"verdict": "fixed"}' >other
ok 'other JSON: an object' unknown other 'none of iommu-resettest'
head -c 700 g.json >cut-off
ok 'a document that was cut' unknown cut-off 'ends too early'
jq '.schema_version = 2 | .host.nodename = "v2"' g.json >v2
ok 'a version to come' unknown v2 'schema_version 2'
"$BINARY" plan --json --all --sysroot root | jq '.host.nodename = "planned"' >planned
ok 'a plan' unknown planned 'no answer of run, judge or check'
"$BINARY" list --json --sysroot root | jq '.host.nodename = "all"' >all
ok 'a list' unknown all 'no answer of run, judge or check'
"$BINARY" merge -j good.ev >merged
ok 'an answer of merge' unknown merged 'an answer of merge'
head -n 5 good.ev >torn
ok 'evidence that was cut' unknown torn 'not whole'
mkdir -p unreadable
call merge -j unreadable/nobody
ok 'a file that is not there' is "$status$(answer '.hosts[0].name + " " + .hosts[0].results[0].why')" \
	'4nobody No such file or directory; is the name right?'
ok 'a file that is not there: it is also said' is "$(cat err)" \
	'iommu-resettest merge: unreadable/nobody: No such file or directory; is the name right?'
call merge good.ev unreadable/nobody empty torn --hosts node1,node2
ok 'what to do: hosts without a file' says '1 host is expected and has no result: was it reached?'
ok 'what to do: files without a result' says \
	'3 hosts have files that give no result: were they reached? Get them again, or leave them out'
ok 'what to do: which file, and why' says "torn               torn:6: the file is not whole"
# Not even root reads these.
mkdir fds
printf 'x' >fds/file
ln -s file/below fds/below
ln -s ring fds/ring
call merge -j fds
ok 'files of a folder that cannot be opened' is \
	"$(answer '[.hosts[] | .name + ": " + .results[0].why] | sort | join(", ")' | cut -d ';' -f 1,2)" \
	'below: Not a directory; name a directory, file: neither JSON nor evidence of iommu-resettest, ring: Too many levels of symbolic links'
ok 'of a folder it is not said for each' is "$status$(cat err)" 4
# Large and of nothing: read to its first line.
truncate -s 4G sparse
call merge -j sparse
ok 'a huge file of nothing' is "$status$(answer '.hosts[0].verdict')" 4unknown
head -c 3000000 /dev/zero | tr '\0' x >one-line
ok 'a huge line' unknown one-line 'File too large'
rm sparse one-line
mkfifo folder/fifo
call merge -j folder
ok 'a pipe in a folder is not waited for' host fifo '.results[0].why' 'neither a file nor a folder'
rm folder/fifo

# Documents that contradict themselves, or say less than they should.
mended() {
	jq "$2" g.json >"$1"
	jq -r '.host.nodename' "$1" >/dev/null || return 1
}
contradicts() {
	mended node1 "$1" && unknown node1 "$2"
}
ok 'fixed, and a step failed' contradicts '.steps[-1].verdict = "fail"' 'contradicts itself'
ok 'fixed, and none passed' contradicts '.steps = []' 'no step passed'
ok 'fixed, and more failed than were counted' contradicts \
	'.loops = {rounds: 2, steps: 1, pass: 1, fail: 0, skip: 0, inconclusive: 0} | .steps[0].verdict = "fail"' \
	'contradicts itself'
ok 'a verdict that nobody knows' contradicts '.verdict = "perfect"' 'verdict'
ok 'a verdict of another type' contradicts '.verdict = ["fixed"]' 'verdict'
ok 'a step without a verdict' contradicts '.steps[0] = 7' 'step without a verdict'
ok 'no version' contradicts 'del(.schema_version)' 'without a schema_version'
ok 'a version that is text' contradicts '.schema_version = "1"' 'without a schema_version'
judge -j bad.ev | jq '.verdict = "fixed" | .exit_status = 0' >lie.json
call merge -j lie.json
ok 'a step that names the bug is believed, not the verdict' is "$status$(answer .verdict)" 1vulnerable
for early in '.run.signal = 15' '.exit_status = 130' '.exit_status = 2' '.run.cut = true' 'del(.exit_status)'; do
	jq "$early" g.json >early.json
	call merge -j early.json
	ok "a run that was ended early shows nothing: $early" is "$status$(answer .verdict)" 4inconclusive
done
sed '2s/signal=0/signal=15/' good.ev >early.ev
call merge -j early.ev
ok 'the same in evidence' is "$status$(answer .verdict)" 4inconclusive

# Streams
sed '$d' g.jsonl >node1
ok 'events without an end' unknown node1 'events end before'
sed '2d' g.jsonl >node1
ok 'an event is missing' unknown node1 'events are missing'
sed '1d' g.jsonl >stream
ok 'events without a beginning' unknown stream 'beginning is missing'
sed '2s/}$//' g.jsonl >node1
ok 'half an event' unknown node1 'half an event'
sed '2s/"run_id":"[^"]*"/"run_id":"other"/' g.jsonl >node1
ok "another run's event" unknown node1 'another run'
sed '1s/"schema_version":1/"schema_version":2/' g.jsonl >node1
ok 'events of a version to come' unknown node1 'of a schema_version'
sed '$d' b.jsonl >killed.jsonl
call merge -j killed.jsonl
ok 'events without an end, of which one failed' is "$status$(answer '.hosts[0].verdict')" 1vulnerable
sed '2s/}$//' b.jsonl >killed.jsonl
call merge -j killed.jsonl
ok 'damaged events, of which one failed' is "$status$(answer '.hosts[0].verdict')" 1vulnerable
cat g.jsonl b.jsonl >two.jsonl
call merge -j two.jsonl
ok 'two runs in a stream' is "$(answer '[.hosts[] | .name + " " + .verdict] | join(", ")')" \
	'node3 vulnerable, node1 fixed'
{ sed '$d' g.jsonl && head -c 100 g.jsonl && echo && cat b.jsonl; } >three.jsonl
call merge -j three.jsonl
ok 'a killed run before another one' is "$(answer '[.hosts[] | .name + " " + .verdict] | join(", ")')" \
	'node3 vulnerable, node1 unknown'
{ cat g.jsonl && head -c 60 g.jsonl; } >begun.jsonl
call merge -j begun.jsonl
ok 'a second run that only began to begin' is "$status$(answer '[.hosts[] | .name + " " + .verdict] | join(", ")')" \
	'4begun unknown, node1 fixed'
{ cat g.json && judge -j bad.ev; } >both.json
call merge -j both.json
ok 'documents one after the other' is "$(answer '[.hosts[] | .name + " " + .verdict] | join(", ")')" \
	'node3 vulnerable, node1 fixed'
{ cat g.json && echo 'Connection closed.'; } >tail.json
call merge -j tail.json
ok 'something behind a document' is "$status$(answer '[.hosts[] | .name + " " + .verdict] | join(", ")')" \
	'4tail unknown, node1 fixed'
jq -c . g.json >one-line.json
call merge one-line.json
ok 'a document in a line' is "$status" 0
tr -d '\n' <g.json >no-newline.json
call merge no-newline.json
ok 'a document without a newline' is "$status" 0

# Strings that want to be more.
jq '.host.nodename = "\u001b[31m<b>x\u202e\n\u0000" | .kernel.release = "\u001b]0;x\u0007<i>"' g.json >nul.json
call merge nul.json
ok 'a name with a NUL is none' says 'nul '
jq '.host.nodename = "\u001b[31m<b>x\u202e\ny" | .kernel.release = "\u001b]0;x\u0007<i>"' g.json >hostile.json
call merge hostile.json --html hostile.html
ok 'hostile strings: escaped' says '\x1b[31m<b>x\xe2\x80\xae\x0ay'
ok 'hostile strings: nothing of a terminal' is "$(tr -d '\n -~' <out | wc -c)" 0
page_is_text() {
	! grep -E '<(b|i)>' hostile.html && grep -qF '&lt;b&gt;x' hostile.html
}
ok 'hostile strings: the page' page_is_text
call merge -j hostile.json
ok 'hostile strings: JSON' jq -e '.hosts[0].name == "\u001b[31m<b>x\u202e\ny"' out
jq --arg long "$(head -c 300 /dev/zero | tr '\0' a)" '.host.nodename = $long' g.json >long.json
call merge -j long.json
ok 'a name that is too long is none' is "$(answer '.hosts[].name')" long
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "{\"a\":" }' >deep
ok 'deep nesting' unknown deep 'nested deeper'
awk 'BEGIN { printf "{\"a\":["; for (i = 0; i < 5000000; i++) printf "1," }' >wide
ok 'very many values' unknown wide 'larger than any result'
awk 'BEGIN { for (i = 0; i < 150000; i++) printf "{}" }' >many
call merge -q many
ok 'very many documents' is "$status" 4
printf '{"a": "\0"}' >zero
ok 'a NUL byte' unknown zero 'NUL'

# The page
call merge good.ev bad.ev c1.json none.json --html page.html
ok 'the page is written' is "$status" 1
page_says() {
	for words; do
		grep -qF -e "$words" page.html || { echo "no '$words'"; return 1; }
	done
}
ok 'the page: what it says' page_says 'PCI reset tests: 4 hosts' 'Worst verdict: vulnerable' \
	'Of 4 hosts: 1 vulnerable, 1 unknown, 2 fixed.' 'nested-prepare-busy' 'checked alone' \
	'No such file or directory'
call merge good.ev bad.ev --html good.ev
ok 'the page: not in place of a result' refused 'good.ev: the report would replace a file, which was read'
ok 'the page: the result is as it was' cmp good.ev folder/x

# Mistakes
call merge </dev/null
ok 'no file' refused 'name the files'
call merge --hosts '' good.ev
ok 'an empty list' refused 'no name in it'
: >nobody
call merge --hosts nobody good.ev
ok 'a list of nobody' refused 'no name in it'
call merge --hosts ./list-that-is-not-there good.ev
ok 'a list that is not there' refused 'No such file'
call merge --hosts - - </dev/null
ok 'standard input twice' refused 'once'
call merge unreadable
ok 'an empty folder' refused 'iommu-resettest merge: unreadable: there is no file in it; name the folder'
mkdir another
call merge unreadable another
ok 'two empty folders' is "$status$(grep -c 'iommu-resettest merge: [a-z]*: there is no file in it' err)" 22
folder=$(printf 'bare\033[2J')
mkdir "$folder"
call merge "$folder"
ok 'an empty folder with an escape in its name' refused 'bare\x1b[2J: there is no file in it'
call merge --skip-exit=256 good.ev
ok 'no exit status' refused '--skip-exit=256' 'from 0 to 255'
call merge --hosts node1 unreadable
ok 'an empty folder, and a list' is "$status" 4
call merge good.ev --html /none/page
ok 'a page that cannot be written' is "$status" 2
call merge --html - good.ev
ok 'the page and the table' refused '--format=html'
call merge --html '' good.ev
ok 'a page of no name' refused '--report=html:FILE'
for form in jsonl ocptv; do
	call merge --format=$form good.ev
	ok "no $form of many hosts" refused "--format=$form" 'many hosts have no such form; there are: text, html'
	call merge --report=$form:out.$form good.ev
	ok "no report in $form of many hosts" refused "--report=$form" 'many hosts have no such form'
done
call merge --jsonl good.ev
ok 'no events of many hosts' is "$status" 2
call merge --format=xml good.ev
ok 'a format that is none' refused 'no such format; there are: text, html, json, ktap, tap, junit, prometheus'
call merge good.ev --report json:good.ev
ok 'a report: not in place of a result' refused 'good.ev: the report would replace a file, which was read'
mkdir results
cp good.ev results/node1
ln -s results link
call merge results --report prometheus:link/node1
ok 'a report: not in place of a result, by another name' refused 'would replace results/node1'
ok 'a report: the result is as it was' cmp good.ev results/node1
printf 'node1\n' >names
call merge --hosts names good.ev --report tap:names
ok 'a report: not in place of the list' refused 'names: the report would replace a file'
call merge good.ev --report json:a --html ./a
ok 'two reports in one file' refused 'a file of its own'
call merge good.ev bad.ev --report json:two.json --report text:two.txt --html two.html -q
ok 'several reports: the answer as without' is "$status$(cat out)" '1Verdict: vulnerable (2 hosts: 1 vulnerable, 1 fixed)'
"$BINARY" merge -j good.ev bad.ev >two.wanted
ok 'several reports: the JSON' cmp two.json two.wanted
ok 'several reports: the text' is "$(cat two.txt)" "$(cat out)"
call merge good.ev bad.ev --format html
ok '--format html: the page' cmp out two.html
call merge --report json:folder/late.json folder
ok 'a report into the folder that is read' is "$status$(jq '.hosts | length' folder/late.json)" 13
call merge --report json:folder/late.json folder
ok 'and again' refused 'folder/late.json: the report would replace a file, which was read'
ok 'nothing of theirs is left behind' is "$(find . -name '.iommu-resettest*')" ''

done_testing
