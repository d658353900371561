#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE list.sh [--accept]
# `list` over the trees of tests/roots. What it must say is in expected/; --accept writes it anew.
# Prints TAP.
set -u
LC_ALL=C
export LC_ALL
NO_COLOR=1
export NO_COLOR
unset COLUMNS

: "${BINARY:?the program to test}"
here=$(cd "$(dirname "$0")" && pwd)
roots=$here/../roots
accept=${1:-}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0
failed=0

pass() {
	number=$((number + 1))
	echo "ok $number - $1"
}

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# fail NAME FILE: the file says how.
fail() {
	number=$((number + 1))
	failed=1
	echo "not ok $number - $1"
	sed 's/^/# /' "$2"
}

# run STATUS ARGUMENT...: its output, then its errors, then the exit status if it is not STATUS.
run() {
	wanted=$1
	shift
	"$BINARY" list "$@" >"$work/out" 2>"$work/err"
	status=$?
	cat "$work/out"
	if [ -s "$work/err" ]; then
		echo '--- stderr'
		cat "$work/err"
	fi
	[ "$status" = "$wanted" ] || echo "--- exit status $status instead of $wanted"
}

# compare NAME FILE: $work/all is what FILE in expected/ says. No pipe leads here: a test in a
# subshell would not count.
compare() {
	sed "s,$work,DIR,g" "$work/all" >"$work/got"
	if [ "$accept" = --accept ]; then
		cp "$work/got" "$here/expected/$2"
	fi
	if diff -u "$here/expected/$2" "$work/got" >"$work/diff" 2>&1; then
		pass "$1"
	else
		fail "$1" "$work/diff"
	fi
}

# forms TREE: each form of the list, by the columns that it is asked for.
forms() {
	while read -r arguments; do
		echo "=== $arguments"
		# shellcheck disable=SC2086
		set -f -- "$1" $arguments
		tree=$1
		shift
		run 0 --sysroot "$work/$tree" "$@"
		set -- "$tree"
	done
}

# What differs from build to build.
without_build() {
	sed -e 's/"version": "[0-9][^"]*"/"version": "VERSION"/' -e '/"features": \[/,/\]/d'
}

# unpacked NAME TREE...
unpacked() {
	name=$1
	shift
	sh "$roots/unpack.sh" "$work/$name" "$roots/names.tree" "$@" ||
		{ echo "Bail out! the tree $name cannot be unpacked"; exit 2; }
}

for tree in qemu-intel intel-cxl no-iommu siblings sriov storage busy unprivileged vmd hostile; do
	unpacked "$tree" "$roots/$tree.tree"
	run 0 --sysroot "$work/$tree" >"$work/all"
	compare "table of $tree" "list-$tree.txt"
done
for tree in intel-cxl sriov unprivileged hostile; do
	run 0 --json --sysroot "$work/$tree" | without_build >"$work/all"
	compare "JSON of $tree" "list-$tree.json"
done

forms intel-cxl >"$work/all" <<'CASES'
-o FUNCTION,group,Driver,NAME
-o FUNCTION,FUNCTION,GROUP
-o +NAME -s 0e:
-o +driver,uses -s 0e:
-n -o FUNCTION,METHODS
-n -s 0e:
--tree
--tree -o NAME,FUNCTION,GROUP
--tree -s 0d:
--tree -s 7f:
-r
-r -n -o FUNCTION,USES,VENDOR,DRIVER
-P
-P -o driver,uses,cxl-port -s 0d:
-O -s 0e:
-OP -s 01:
CASES
compare 'columns and forms' list-forms.txt
for tree in hostile vmd sriov no-iommu; do
	echo '--tree' | forms $tree
	echo '-o FUNCTION,DRIVER,VENDOR,USES,UPSTREAM,PF' | forms $tree
	echo '-r -o FUNCTION,DRIVER,VENDOR,USES,UPSTREAM,PF' | forms $tree
	echo '-P -o FUNCTION,DRIVER,VENDOR,USES,UPSTREAM,PF' | forms $tree
done >"$work/all"
compare 'forms of other trees' list-forms-others.txt
run 0 -J --sysroot "$work/intel-cxl" | without_build >"$work/got"
if cmp -s "$work/got" "$here/expected/list-intel-cxl.json"; then
	pass '-J is --json'
else
	fail '-J is --json' "$work/got"
fi
# A shell takes --pairs as it is, whatever the machine is called.
"$BINARY" list --sysroot "$work/hostile" -OP >"$work/pairs" 2>/dev/null
(
	NAME='' FUNCTION=''
	while read -r line; do
		eval "$line"
		[ -n "$FUNCTION" ] && [ -n "$NAME" ] || echo "no name in: $line"
	done <"$work/pairs"
) >"$work/all" 2>&1
if [ -s "$work/pairs" ] && ! [ -s "$work/all" ]; then
	pass '--pairs is safe to evaluate'
else
	fail '--pairs is safe to evaluate' "$work/all"
fi

unpacked noats "$roots/siblings.tree" "$roots/noats.tree"
run 0 --sysroot "$work/noats" --json -s 01:00.0 |
	grep nesting_blocked_by >"$work/all"
compare 'pci=noats closes the gate' list-noats.txt

# Neither escapes nor control characters of the machine reach a terminal.
run 0 --sysroot "$work/hostile" | tr -d '\n' | tr -dc '\000-\037\177-\237' >"$work/raw"
if [ -s "$work/raw" ] || ! grep -q 'x1b' "$work/out"; then
	od -c "$work/raw" >"$work/diff"
	fail 'hostile names are escaped' "$work/diff"
else
	pass 'hostile names are escaped'
fi

# What is not there is not free: without these, whatever a driver is bound to counts as in use.
for missing in sys/class/block sys/class/net proc/swaps proc/self; do
	unpacked missing "$roots/storage.tree"
	rm -rf "${work:?}/missing/$missing"
	run 0 --sysroot "$work/missing" -s 02:00.0
	rm -rf "$work/missing"
done >"$work/all"
compare 'what cannot be determined counts as in use' list-missing.txt

select_from() {
	for arguments; do
		echo "=== $arguments"
		# The words are the arguments.
		# shellcheck disable=SC2086
		(set -f; "$BINARY" list --sysroot "$work/$tree" $arguments 2>&1) |
			grep -oE '^([0-9a-f]{4,}:[0-9a-f:.]*|iommu-.*)'
	done
}

tree=storage
select_from '-s 01:' '-s 0000:01:00.0' '-s 01:00.0' '-s 5.0' '-s :5.0' '-s .0 -d 1b36:' \
	'-s *:03:*.*' '-s 1:3:0.0' '-d :10' '-d 1b36:0010' '-d ::0604' '-d ::01xx' '-d *:*:0108:02' '-g 12' '-g 99' \
	'-g 13 -g 14' '-g 12 -s 01:' '-m bus' '-m acpi' '-m flr -m bus -s 02:' \
	'02:00.0 0000:03:00.0' '02:00.0 -g 13' '2:0.0' >"$work/all"
tree=vmd
select_from '-s 10000:' '-s 10000:e1:' '10000:e1:00.0' '-s 10000::' >>"$work/all"
compare 'selection' list-select.txt

# Each ends with status 2 and one line that names the thing.
tree=storage
while read -r arguments; do
	echo "=== $arguments"
	# shellcheck disable=SC2086
	set -f -- $arguments
	run 2 --sysroot "$work/$tree" "$@"
done >"$work/all" <<'CASES'
-s zz
-s 1:2:3:4
-s 100:00.0
-s 01:20.0
-s 01:00.8
-s 01:00.0.0
-d 1b36
-d 1b367:0010
-d 1:2:3:4:5
-d ::010800
-g x
-g -1
-g 99999999999
-m nosuch
-m
01:00
01:00.9
0000:7f:00.0
zz:00.0
01:00.0x
10000000000:01:00.0
-s 01: -s 02:
-o FOO
-o FUNCTION,
-o +
-o GROUP -o DRIVER
--raw --pairs
--tree -r
-J --tree
-J -o GROUP
CASES
compare 'malformed and unknown' list-errors.txt

{
	run 2 --sysroot "$work/nowhere"
	run 2 --sysroot "$work/storage/proc/cmdline"
	mkdir "$work/empty"
	run 2 --sysroot "$work/empty"
	run 2 --nosuch
} >"$work/all"
compare 'no tree' list-notree.txt

if [ -w /dev/full ]; then
	"$BINARY" list --sysroot "$work/storage" >/dev/full 2>"$work/all"
	echo "status $?" >>"$work/all"
	compare 'a full disk' list-full.txt
else
	skip 'a full disk' 'no /dev/full'
fi

# On a terminal of so many columns, with and without UTF-8.
terminal() {
	columns=$1 locale=$2
	shift 2
	echo "=== $columns $locale $*"
	script -qec "stty cols $columns; LC_ALL=$locale '$BINARY' list --sysroot '$work/intel-cxl' $*" \
		/dev/null </dev/null | tr -d '\r'
}
if command -v script >/dev/null; then
	{
		terminal 64 C -s 0c:00.0
		terminal 80 C
		terminal 120 C
		terminal 80 C --tree
		terminal 80 C.UTF-8 --tree
		terminal 80 C.UTF-8 --tree --ascii
		terminal 40 C.UTF-8 -s 0e:00.0
		terminal 40 C.UTF-8 -q -s 0e:00.0
		terminal 80 C -o function,group,name
		terminal 60 C -o function,name,in-use
		export COLUMNS=60
		terminal 80 C -o function,group,name
		unset COLUMNS
	} >"$work/all"
	compare 'fitted to the terminal' list-terminal.txt
else
	skip 'fitted to the terminal' 'no script(1)'
fi

# The live machine, whatever it is, with what this user may see.
if "$BINARY" list >"$work/out" 2>"$work/err"; then
	pass 'the live machine'
elif [ ! -d /sys/bus/pci/devices ]; then
	skip 'the live machine' 'no PCI'
else
	fail 'the live machine' "$work/err"
fi

echo "1..$number"
exit $failed
