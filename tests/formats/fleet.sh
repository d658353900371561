#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE fleet.sh
# Each form of the answer of `merge`, read by the form's own tools and compared with the JSON: each
# host must be told of once, with its verdict, and one without a good result must pass in none. Prints
# TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

formats=$(cd "$(dirname "$0")" && pwd)
here=$formats/../cli
# shellcheck source-path=SCRIPTDIR source=../cli/tap
. "$here/tap"
captured=$formats/../golden/captured
: >"$work/out"

# as NAME FILE: the evidence of a host of this name.
as() {
	sed "s/nodename=[^ ]*/nodename=$1/" "$captured/$2.ev"
}

# Folders of results, and beside some of them the hosts that are expected.
mkdir "$work/fleets" "$work/answers"
cd "$work/fleets" || exit 2
mkdir all good lost mixed hostile
for file in "$captured"/*.ev; do
	cp "$file" "all/$(basename "$file" .ev)"
done
as node1 7.3.4-cxl >good/a
as node2 6.19.14-cxl >good/b
echo node1,node2 >good.hosts
: >lost/node1
echo node1 node2 node3 >lost.hosts
as node1 7.3.4-cxl >mixed/a
as node2 7.0.4-cxl >mixed/b
as node2 7.3.4-cxl >mixed/c
as node3 7.3.4-cxl-noats >mixed/d
as node4 7.3.4-cxl-nomount >mixed/e
as node5 7.3.4-dma >mixed/f
as node6 6.19.14-cxl >mixed/g
: >mixed/node7
mkdir "$work/root"
sh "$here/../roots/unpack.sh" "$work/root" "$here/../roots/names.tree" "$here/../roots/intel-cxl.tree" ||
	{ echo 'Bail out! a tree cannot be unpacked'; exit 2; }
"$BINARY" check --json --sysroot "$work/root" >"$work/check.json"
for verdict in fixed vulnerable unknown; do
	jq ".host.nodename = \"checked-$verdict\" | .kernel.static = \"$verdict\" | .verdict = \"$verdict\" |
		.kernels[0].static = \"$verdict\" | .kernels[0].is_running = true" "$work/check.json" \
		>"mixed/checked-$verdict"
done
echo node1,node2,node3,node4,node5,node7,node8 >mixed.hosts
# Names that want to be more, and two that would be one if a backslash could be written as it is.
"$BINARY" judge --json good/a >"$work/good.json"
number=0
for name in 'a # SKIP b' 'not ok 1' 'x"} 1\n' 'x&<b>"' '\u001b[31m' '\\x1b[31m' '\\x5cx1b[31m' 'a\u0000b' \
	'\u202eabc' 'ok' "it's" '- a' '..' '%s%n' '\nBail out!' 'true' 'a\tb' '*'; do
	number=$((number + 1))
	jq ".host.nodename = \"$(printf '%s' "$name" | sed 's/"/\\"/g')\"" "$work/good.json" >hostile/$number.json
	jq '.kernel.release = "\" # \u001b<i>"' hostile/$number.json >"$work/one" && mv "$work/one" hostile/$number.json
done
number=0

# answer NAME: the answer of that fleet in each form, and each host with its verdict.
answer() {
	list=
	[ ! -e "$1.hosts" ] || list="--hosts=$1.hosts"
	# shellcheck disable=SC2086 # no option where there is no list
	"$BINARY" merge --json $list \
		--report="tap:$work/answers/$1.tap" --report="ktap:$work/answers/$1.ktap" \
		--report="junit:$work/answers/$1.junit" --report="text:$work/answers/$1.text" \
		--report="prometheus:$work/answers/$1.prometheus" --html="$work/answers/$1.html" \
		"$1" >"$work/answers/$1.json" 2>"$work/err"
	status=$?
	[ "$status" != 2 ] && [ ! -s "$work/err" ] &&
		is "$status" "$(jq .exit_status "$work/answers/$1.json")" &&
		jq -r '.hosts[] | (.name | gsub("[^A-Za-z0-9._-]"; "?")) + " " + .verdict' "$work/answers/$1.json" | LC_ALL=C sort >"$work/answers/$1.expected"
}

fleets='all good lost mixed hostile'
for fleet in $fleets; do
	ok "$fleet: an answer in each form" answer "$fleet"
done
ok 'there are all verdicts, and hosts without a result' is \
	"$(cut -d ' ' -f 2 "$work/answers/all.expected" "$work/answers/mixed.expected" | sort -u | tr '\n' ' ')" \
	'broken fixed inconclusive not-affected skipped unknown vulnerable '
ok 'a host in which another one has no part' is "$(grep -c . "$work/answers/mixed.expected")" 11

# said FORM NAME: what the form says, in the same words.
said() {
	case $1 in
	prometheus) awk -f "$formats/prometheus.awk" -f "$formats/prometheus-fleet.awk" "$work/answers/$2.prometheus" ;;
	*) perl "$formats/fleet.pl" "$1" "$work/answers/$2.$1" ;;
	esac | LC_ALL=C sort
}

# Names that cannot be written as they are only have to be different.
says_the_same() {
	said "$1" "$2" >"$work/said"
	if [ "$2" = hostile ]; then
		is "$(cut -d ' ' -f 2- "$work/said" | sort)" "$(sed 's/.* //' "$work/answers/$2.expected" | sort)" &&
			is "$(cut -d ' ' -f 1 "$work/said" | uniq -d)" ''
	else
		diff "$work/answers/$2.expected" "$work/said"
	fi
}

for fleet in $fleets; do
	for form in tap ktap junit prometheus; do
		ok "$fleet: $form says the same" says_the_same "$form" "$fleet"
	done
done

# tool FORM NAME: what the form's own tool says of an answer.
promtool=$("$formats/../promtool.sh" 2>"$work/err")
tool() {
	case $1 in
	tap|ktap)
		failed_hosts=$(grep -cE ' (vulnerable|broken|unknown)$' "$work/answers/$2.expected")
		if [ "$failed_hosts" = 0 ]; then
			prove -Q --exec cat "$work/answers/$2.$1"
		else
			! prove -Q --exec cat "$work/answers/$2.$1" >"$work/prove" 2>&1 || return 1
			grep -qF "Failed: $failed_hosts)" "$work/prove" || { cat "$work/prove"; return 1; }
		fi ;;
	junit)
		xmllint --nonet --noout --schema "$formats/junit.xsd" "$work/answers/$2.junit" &&
			is "$(xmllint --nonet --xpath "concat(//testsuite/@tests, ' ', //testsuite/@failures, ' ',
				//testsuite/@errors, ' ', //testsuite/@skipped, ' ', //property[@name='hosts_unknown']/@value)" \
				"$work/answers/$2.junit")" \
			"$(xmllint --nonet --xpath "concat(count(//testcase), ' ', count(//failure), ' ',
				count(//error), ' ', count(//skipped), ' ', count(//error))" "$work/answers/$2.junit")" ;;
	prometheus) "$promtool" check metrics <"$work/answers/$2.prometheus" ;;
	esac
}

for fleet in $fleets; do
	for form in tap ktap junit prometheus; do
		ok "$fleet: $form as its tool reads it" tool "$form" "$fleet"
	done
done

# notices FORM SED_PROGRAM...: each change of the answer is seen.
notices() {
	form=$1
	shift
	cp "$work/answers/mixed.expected" "$work/answers/changed.expected"
	for change; do
		sed "$change" "$work/answers/mixed.$form" >"$work/answers/changed.$form"
		! cmp -s "$work/answers/mixed.$form" "$work/answers/changed.$form" ||
			{ echo "changes nothing: $change"; return 1; }
		! { tool "$form" changed && says_the_same "$form" changed; } >"$work/seen" 2>&1 ||
			{ echo "not seen: $change"; return 1; }
	done
}

ok 'tap: the checks notice what is wrong' notices tap \
	's/^not ok \(.* node7\)/ok \1/' 's/^\(ok .* node4\) # SKIP.*/\1/' 's/^1\.\..*/1..2/' \
	's/verdict: "unknown"/verdict: "fixed"/' 's/^ok \(.* node1\)$/not ok \1/' 's/ node3 / node1 /'
ok 'ktap: the checks notice what is wrong' notices ktap \
	's/^not ok \(.* node8\)/ok \1/' 's/^# unknown:/# fixed:/' 's/error:3/error:0/' 's/^\(ok .* node4\) # SKIP.*/\1/'
ok 'junit: the checks notice what is wrong' notices junit \
	's/<error \(.*\)>\(.*\)<\/error>/<skipped \1>\2<\/skipped>/' 's/errors="3"/errors="0"/' '/name="node1"/d' \
	's/classname="host"/classname="none"/' 's/ type="unknown"//' 's/name="node1"/name="node2"/' \
	's/name="hosts_unknown" value="[0-9]*"/name="hosts_unknown" value="0"/'
ok 'prometheus: the checks notice what is wrong' notices prometheus \
	's/\(host_passed{host="node8"}\) 0/\1 1/' 's/\(host="node7",verdict="unknown"}\) 1/\1 0/' \
	's/\(host="node7",verdict="fixed"}\) 0/\1 1/' 's/\(fleet_hosts{verdict="unknown"}\) .*/\1 0/' \
	's/\(fleet_verdict{verdict="vulnerable"}\) 1/\1 0/' 's/fleet_passed 0/fleet_passed 1/' '/TYPE.*host_verdict/d' \
	's/host="node1"/host="node2"/' 's/\(host_steps{host="node1",verdict="pass"}\) 1/\1 0/' '/host_info/d' \
	's/\(host_results{host="node1"}\) 1/\1 0/' 's/fleet_exit_status 1/& 1700000000000/'

# What is not known is left out.
says_nothing_of() {
	for metric in host_info host_steps host_reason host_last_run_timestamp_seconds; do
		! grep "^iommu_resettest_$metric{host=\"$1\"" "$work/answers/mixed.prometheus" || return 1
	done
}
ok 'prometheus: nothing of a host without a result' says_nothing_of node8
ok 'prometheus: nothing of steps where none were' is \
	"$(grep -c 'host_steps{host="checked' "$work/answers/mixed.prometheus")" 0
ok 'prometheus: which hosts are expected' is \
	"$(grep -c '^iommu_resettest_host_expected{.*} 1$' "$work/answers/mixed.prometheus")" 7
ok 'prometheus: only where there is a list' is \
	"$(grep -c host_expected "$work/answers/all.prometheus")" 0

# A page is one of whole, and text is what the table says.
ok 'html: whole' is "$(tail -n 1 "$work/answers/mixed.html")" '</html>'
ok 'text: as it is printed' is "$(cat "$work/answers/mixed.text")" \
	"$("$BINARY" merge --hosts mixed.hosts mixed)"

done_testing
