#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE plan.sh
# `plan` over the trees of tests/roots: each write, each skip and refusal, and bad input. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
roots=$here/../roots

for tree in siblings intel-cxl sriov storage busy no-iommu hostile unprivileged; do
	sh "$roots/unpack.sh" "$work/$tree" "$roots/$tree.tree" || exit 2
done
sh "$roots/unpack.sh" "$work/noats" "$roots/siblings.tree" "$roots/noats.tree" || exit 2

# plan TREE ARGUMENT...
plan() {
	tree=$1
	shift
	"$BINARY" plan --sysroot "$work/$tree" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

json() {
	[ "$status" = 0 ] || { echo "exit status $status"; return 1; }
	jq -e "$1" "$work/out" >/dev/null || { echo "not so: $1"; return 1; }
}

plan siblings -t siblings --all
sed -n '/^1\./,/^$/p' "$work/out" | sed 's/  *> */ > /' >"$work/writes"
cat >"$work/wanted" <<'EOF'
1. siblings flr 0000:01:00.0 0000:02:00.0 (group 1)
        echo 'flr' > /sys/bus/pci/devices/0000:01:00.0/reset_method
        echo 'flr' > /sys/bus/pci/devices/0000:02:00.0/reset_method
        echo '1' > /sys/bus/pci/devices/0000:01:00.0/reset
        echo '1' > /sys/bus/pci/devices/0000:02:00.0/reset
        echo 'flr pm bus' > /sys/bus/pci/devices/0000:01:00.0/reset_method
        echo 'flr pm bus' > /sys/bus/pci/devices/0000:02:00.0/reset_method

EOF
ok 'siblings: each write, in its order' diff -u "$work/wanted" "$work/writes"
ok 'exit status 0' [ "$status" = 0 ]
ok 'nothing on stderr' [ ! -s "$work/err" ]

plan intel-cxl --all
sed -n 's/^ \{8,\}//p' "$work/out" | sed -e ':join' -e '/\\$/N; s/\\\n//; tjoin' >"$work/joined"
ok 'a long write goes on as a shell reads it' grep -qxF \
	"echo 'device_specific flr pm bus' > /sys/bus/pci/devices/0000:01:00.0/reset_method" "$work/joined"
ok 'and stands on two lines' [ "$(wc -l <"$work/joined")" -lt "$(grep -c '^ \{8\}' "$work/out")" ]

plan intel-cxl --all
sed -n '/^Not tested/,$p' "$work/out" >"$work/left"
cat >"$work/wanted" <<'EOF'
Not tested
    no-ats: The kernel does not block the IOMMU for this function. Test a
    function with ATS.
      nested 0000:01:00.0: it has no ATS capability, so its resets do not
      block the IOMMU
      siblings 0000:01:00.0: it has no ATS capability, so its resets do not
      block the IOMMU
    no-sibling: The group has no second function that could reset at the same
    time. Test a group with functions behind different bridges.
      siblings 0000:0d:00.0: group 4 has no other function that may reset at
      the same time

Refused, and left alone
    bridge: bridges are never reset.
      0000:00:00.0, 0000:00:05.0, 0000:0c:00.0, 0000:0c:01.0
    network-up: enp14s0 is up. Take the interface down first. --force-in-use
    lifts this for a function that is named.
      0000:0e:00.0
EOF
ok 'each reason once, with all that it holds for' diff -u "$work/wanted" "$work/left"

if ! command -v jq >/dev/null; then
	number=$((number + 1))
	echo "ok $number - the JSON # SKIP there is no jq"
	echo "1..$number"
	exit $failed
fi

plan intel-cxl --all
sed -n 's/^\([0-9][0-9]*\)\. .*/\1/p' "$work/out" >"$work/numbers"
plan intel-cxl --json --all
jq '(.skipped | length) as $skipped | range(.steps | length) + $skipped + 1' "$work/out" >"$work/wanted"
ok 'some steps are skipped' json '.skipped | length > 1'
ok 'steps are numbered as in a run, after those that are skipped' diff -u "$work/wanted" "$work/numbers"

plan siblings --json --all
ok 'siblings: controls for each, then both at once' json '[.steps[] | [.scenario, .method, (.functions | length)]] ==
	[["single", "flr", 1], ["single", "pm", 1], ["single", "bus", 1],
	 ["single", "flr", 1], ["single", "pm", 1], ["single", "bus", 1], ["siblings", "flr", 2]]'
ok 'siblings: only reset and reset_method are written' json '[.steps[].writes[].path |
	test("^/sys/bus/pci/devices/0000:0[12]:00.0/reset(_method)?$")] | all'
ok 'siblings: bridges are refused' json '[.refused[] | select(.reason == "bridge") | .function] ==
	["0000:00:00.0", "0000:00:05.0", "0000:00:05.1"]'
plan siblings --json --all -m pm
ok 'a method that was asked for' json '[.steps[].method] | unique == ["pm"]'
plan siblings --json -s 1:
ok 'a selection' json '[.steps[].functions[]] | unique == ["0000:01:00.0"]'
plan siblings --json -g 1 -t siblings
ok 'a group' json '[.steps[].functions] == [["0000:01:00.0", "0000:02:00.0"]]'
plan siblings --json -m cxl_bus 0000:01:00.0
ok 'a method that the function lacks is a skip' json '.steps == [] and
	([.skipped[] | select(.reason == "method-not-listed")] | length == 1)'

plan noats --json --all
ok 'pci=noats: controls only, and why' json '([.steps[].scenario] | unique == ["single"]) and
	([.skipped[] | select(.scenario == "nested") | .reason] | unique == ["no-ats"])'

plan intel-cxl --json --all
ok 'below a CXL port: nested' json '[.steps[] | select(.scenario == "nested") | [.method, .functions[0]]] ==
	[["cxl_bus", "0000:0d:00.0"]]'
ok 'the list that stood there is put back' json '[.steps[] | select(.method == "cxl_bus") | .writes[].value] ==
	["cxl_bus", "1", "flr pm bus cxl_bus"]'
ok 'a network interface that is up is left alone' json '[.refused[] | select(.function == "0000:0e:00.0") | .reason] ==
	["network-up"]'
plan intel-cxl --json 0000:0e:00.0
ok 'nothing to do: no step, exit status 0' json '.steps == []'

plan no-iommu --json --all
ok 'no IOMMU: why nothing nests' json '([.steps[].scenario] | unique == ["single"]) and
	([.skipped[].reason] | unique == ["no-iommu"])'
plan unprivileged --json --all
ok 'unreadable ATS: why nothing nests' json '[.skipped[].reason] | unique == ["ats-unknown"]'
plan sriov --json --all
ok 'a PF with VFs is left alone' json '[.refused[] | select(.function == "0000:01:00.0") | .reason] == ["has-vfs"]'
ok 'a VF whose PF has ATS nests by its quirk' json '[.steps[] | select(.scenario == "nested") | .method] ==
	["device_specific"]'
plan sriov --json --all -t vf
ok 'a VF is reset by each of its methods, one without ATS is not' json '([.steps[] | [.scenario, .functions[0], .method]] ==
	[["vf", "0000:01:10.0", "flr"], ["vf", "0000:01:10.0", "device_specific"]]) and
	([.skipped[] | [.function, .reason]] == [["0000:01:10.2", "no-ats"]])'
plan siblings --json --all -t vf
ok 'what is no VF is none' json '.steps == [] and ([.skipped[].reason] | index("no-vf") != null)'
plan storage --json --all
ok 'storage: no step at all' json '.steps == [] and ([.refused[].reason] | index("mounted") and index("held"))'
plan busy --json --all
ok 'in use: no step at all' json '.steps == [] and ([.refused[].reason] | index("vfio-in-use") and
	index("boot-vga") and index("console") and index("cxl-memory"))'

plan hostile --all
ok 'hostile names: exit status 0' [ "$status" = 0 ]
ok 'hostile names: no escape on the terminal' sh -c "! grep -q '$(printf '\033')' '$work/out' '$work/err'"
plan hostile --json --all
ok 'hostile names: valid JSON' json '.steps | length > 0'

plan siblings
ok 'no selection' refused 'nothing is selected'
plan siblings --all -g 1
ok '--all and a selection' refused '--all'
plan siblings 0000:09:00.0
ok 'unknown function' refused 0000:09:00.0
plan siblings --all -m nonsense
ok 'unknown method' refused "'nonsense'" flr
plan siblings --all -t nonsense
ok 'unknown scenario' refused "'nonsense'" nested
plan siblings -s 0:zz
ok 'malformed -s' refused "'0:zz'"
plan siblings -d 8086
ok 'malformed -d' refused "'8086'"
plan siblings -g x
ok 'malformed -g' refused "'x'"
plan siblings -g 99
ok 'a group that is not there' refused
plan none --all
ok 'a tree that is not there' refused "$work/none"
: >"$work/file"
plan file --all
ok 'a tree that is a file' refused "$work/file"

# Whoever may not write may plan.
find "$work/siblings" -type f -exec cksum {} + >"$work/before"
plan siblings --all
find "$work/siblings" -type f -exec cksum {} + >"$work/after"
ok 'nothing in the tree was written' cmp "$work/before" "$work/after"

done_testing
