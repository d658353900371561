#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE check.sh
# `check` over trees and kernel files made here: verdicts, exit statuses, errors. Prints TAP.
set -u
LC_ALL=C
export LC_ALL

: "${BINARY:?the program to test}"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0
failed=0

result() {
	number=$((number + 1))
	if [ "$2" = 0 ]; then
		echo "ok $number - $1"
	else
		failed=1
		echo "not ok $number - $1"
		sed 's/^/# /' "$work/out" "$work/err"
	fi
}

# expect NAME STATUS PATTERN ARGUMENT...: the exit status, and a line of the answer.
expect() {
	name=$1 wanted=$2 pattern=$3
	shift 3
	"$BINARY" check "$@" >"$work/out" 2>"$work/err"
	status=$?
	[ $status = "$wanted" ] && grep -qe "$pattern" "$work/out" && [ ! -s "$work/err" ]
	result "$name (exit $status)" $?
}

# refuse NAME PATTERN ARGUMENT...: status 2, nothing on stdout, a first line on stderr that says why.
refuse() {
	name=$1 pattern=$2
	shift 2
	"$BINARY" check "$@" >"$work/out" 2>"$work/err"
	status=$?
	[ $status = 2 ] && [ ! -s "$work/out" ] &&
		head -n 1 "$work/err" | grep -qe "^iommu-resettest check: .*$pattern"
	result "$name (exit $status)" $?
}

# tree NAME SYMBOL...
tree() {
	root=$work/$1
	shift
	mkdir -p "$root/proc/sys/kernel"
	echo 7.0.4-tree >"$root/proc/sys/kernel/osrelease"
	for symbol; do
		printf '0000000000000000 T %s\n' "$symbol"
	done >"$root/proc/kallsyms"
}

tree absent _text pci_reset_function
tree present pci_reset_function pci_dev_reset_iommu_prepare pci_dev_reset_iommu_done
tree cut _text

expect 'a kernel without the functions' 0 '^7.0.4-tree: not-affected$' --sysroot "$work/absent"
expect 'a kernel with the functions, shape unseen' 4 '^7.0.4-tree: unknown$' \
	--sysroot "$work/present"
expect 'the version is a hint only' 4 'hint, no proof' --sysroot "$work/present"
expect 'symbols cut off' 4 '^7.0.4-tree: unknown$' --sysroot "$work/cut"
expect '--skip-exit' 77 unknown --sysroot "$work/cut" --skip-exit=77
expect '--skip-exit leaves a verdict alone' 0 not-affected --sysroot "$work/absent" --skip-exit=77
expect 'JSON: the verdict' 0 '^  "verdict": "not-affected",$' --json --sysroot "$work/absent"
expect 'JSON: unknown facts are null' 4 '"group_device.reset_depth": null' --json \
	--sysroot "$work/present"
expect 'JSON: the exit status' 3 '^  "exit_status": 3$' -j --skip-exit=3 --sysroot "$work/cut"
expect 'this machine' "$("$BINARY" check >/dev/null 2>&1; echo $?)" "^$(uname -r): "

# Images without BTF: what they export and print is all there is to see.
image() {
	printf 'Linux version %s (x) #1\n\0pci_reset_function\0ms after %%s; giving up\n\0%b' "$1" "$2"
}
image 6.19.0 '' >"$work/old"
image 7.0.4 'pci_dev_reset_iommu_prepare\0' >"$work/new"
printf 'Linux version \033[31m' >"$work/hostile"
head -c 3000 /dev/zero >"$work/zeros"
mkfifo "$work/fifo"
: >"$work/empty"

expect 'an image without the functions' 0 '^6.19.0: not-affected$' --kernel "$work/old"
expect 'an image with the functions, no BTF' 4 '^7.0.4: unknown$' --kernel "$work/new"
expect 'the worst of several counts' 4 'the worst: unknown' --kernel "$work/old" \
	--kernel "$work/new" --kernel "$work/old"
expect 'JSON: the worst of several counts' 4 '^  "verdict": "unknown",$' -j -k "$work/old" \
	-k "$work/new"
refuse 'a file that is no kernel' 'zeros: not a kernel' --kernel "$work/zeros"
refuse 'a banner that is none' 'hostile: not a kernel' --kernel "$work/hostile"
refuse 'an empty file' 'empty: the file is empty' --kernel "$work/empty"
refuse 'a FIFO' 'fifo: not a regular file' --kernel "$work/fifo"
refuse 'a directory' ': a directory' --kernel "$work"
refuse 'a file that is not there' 'none: No such file' --kernel "$work/none"
refuse 'a tree that is not there' 'none: No such file' --sysroot "$work/none"
refuse 'an unknown option' 'unrecognized option' --no-such-option
refuse 'a file without --kernel' '--kernel' "$work/old"
refuse 'an exit status that is none' 'skip-exit' --skip-exit=-1

"$BINARY" check --kernel "$work/old" --kernel "$work/none" >"$work/out" 2>"$work/err"
status=$?
[ $status = 2 ] && grep -q '^6.19.0: not-affected$' "$work/out" && grep -q none: "$work/err"
result "one file of two is not there: the other is answered (exit $status)" $?

"$BINARY" check --sysroot "$work/absent" >/dev/full 2>"$work/err"
status=$?
: >"$work/out"
[ $status = 2 ] && [ -s "$work/err" ]
result "a full disk under standard output (exit $status)" $?

echo "1..$number"
exit $failed
