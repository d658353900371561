#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE appearance.sh
# Colours, widths and verbosity, which are the same in all commands: on a terminal of script(1) and
# off it. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
roots=$here/../roots
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
unset COLUMNS NO_COLOR
TERM=xterm
export TERM
vulnerable=$here/evidence/vulnerable
escape=$(printf '\033')

sh "$roots/unpack.sh" "$work/tree" "$roots/names.tree" "$roots/intel-cxl.tree" ||
	{ echo 'Bail out! a tree cannot be unpacked'; exit 2; }

# Every command that may colour its answer; the words are the arguments.
coloured="judge@$vulnerable
merge@$vulnerable
list@--sysroot@$work/tree
list@--tree@--sysroot@$work/tree
list@-o@+NAME@--sysroot@$work/tree
plan@--all@--sysroot@$work/tree
check@--sysroot@$work/tree"

# terminal COLUMNS COMMAND...: what the program shows on a terminal so wide.
terminal() {
	width=$1
	shift
	script -qec "stty cols $width; $*" /dev/null </dev/null | tr -d '\r' >"$work/out"
}

has_colour() {
	grep -qF "${escape}[" "$work/out"
}

has_none() {
	! has_colour
}

# widest N: lines, without colours, are N characters at most, and one is nearly that.
widest() {
	longest=$(sed "s/${escape}\\[[0-9;]*m//g" "$work/out" | awk '
		length($0) > n { n = length($0) } END { print n + 0 }')
	if [ "$longest" -gt "$1" ] || [ "$longest" -lt $(($1 - 12)) ]; then
		echo "the longest line has $longest"
		return 1
	fi
}

for line in $coloured; do
	command=$(echo "$line" | tr @ ' ')
	name="${command%% *}$(echo "$command" | grep -o -e ' --tree' -e ' -o')"
	# shellcheck disable=SC2086 # words
	call $command
	ok "$name: no colour in a pipe" has_none
	# shellcheck disable=SC2086
	call $command --color=auto
	ok "$name: none with auto either" has_none
	# shellcheck disable=SC2086
	call $command --color=always
	ok "$name: always is always" has_colour
	cp "$work/out" "$work/always"
	# shellcheck disable=SC2086
	NO_COLOR=1 call $command --color
	ok "$name: an option outweighs NO_COLOR" cmp "$work/out" "$work/always"
	# Colours change nothing but the colour.
	# shellcheck disable=SC2086
	call $command
	sed "s/${escape}\\[[0-9;]*m//g" "$work/always" >"$work/plain"
	ok "$name: the same words" cmp "$work/out" "$work/plain"
done

if command -v script >/dev/null; then
	for line in $coloured; do
		command=$(echo "$line" | tr @ ' ')
		terminal 80 "'$BINARY' $command"
		ok "${command%% *}: colours on a terminal" has_colour
		terminal 80 "NO_COLOR=1 '$BINARY' $command"
		ok "${command%% *}: NO_COLOR" has_none
		terminal 80 "NO_COLOR= '$BINARY' $command"
		ok "${command%% *}: an empty NO_COLOR says nothing" has_colour
		terminal 80 "TERM=dumb '$BINARY' $command"
		ok "${command%% *}: a dumb terminal" has_none
		terminal 80 "'$BINARY' $command --color=never"
		ok "${command%% *}: never is never" has_none
	done
	for command in "judge $vulnerable" "check --sysroot $work/tree" 'explain no-ats'; do
		for columns in 40:58 60:58 72:70 80:78 100:98 200:98; do
			# A word of the trace alone is wider than that.
			[ "${command%% *}${columns#*:}" != judge58 ] || continue
			terminal ${columns%:*} "'$BINARY' $command"
			ok "${command%% *}: wrapped on ${columns%:*} columns" widest ${columns#*:}
		done
		terminal 80 "COLUMNS=70 '$BINARY' $command"
		ok "${command%% *}: COLUMNS outweighs the terminal" widest 68
	done
else
	ok 'script(1) is there' false
fi
for command in "judge $vulnerable" "check --sysroot $work/tree" 'explain no-ats'; do
	# shellcheck disable=SC2086
	COLUMNS=200 call $command
	ok "${command%% *}: wrapped in a pipe" widest 78
done

call list --color=blue
ok 'no such time for colours' refused --color=blue 'auto, always or never'

call judge -q "$vulnerable"
ok 'judge -q' is "$(head -n 1 "$work/out")" 'Verdict: vulnerable (1 failed, 2 skipped, 4 refused)'
call check -q --sysroot "$work/tree"
ok 'check -q' is "$(wc -l <"$work/out"):$(cut -d : -f 2 "$work/out")" '1: unknown'
call plan -q --all --sysroot "$work/tree"
ok 'plan -q' grep -qxE 'A run would .* \([0-9]+ skipped, [0-9]+ refused\)' "$work/out"
ok 'plan -q is one line' is "$(wc -l <"$work/out")" 1
rm "$work/tree/sys/bus/pci/devices/0000:01:00.0/config"
call list -q --sysroot "$work/tree"
ok 'list -q has no notes' is "$(wc -c <"$work/err")" 0
call list --sysroot "$work/tree"
ok 'list without has' grep -q 'note: 0000:01:00.0' "$work/err"
call list -v -q --sysroot "$work/tree"
ok 'list -v -q: the last counts' is "$(wc -c <"$work/err")" 0
call list -q -v -s 0d:00.0 --sysroot "$work/tree"
ok 'list -q -v: the last counts' grep -q 'CLASS 020000' "$work/out"
call explain -v
ok 'explain -v: all that there is' is "$(grep -c '^  Cause ' "$work/out")" \
	"$("$BINARY" explain -q | wc -l)"
call list -v -s 0d:00.0 --sysroot "$work/tree"
ok 'list -v' grep -qF 'CLASS 020000, UPSTREAM 0000:0c:00.0, PF -' "$work/out"
for command in list check plan run recover judge merge explain; do
	call $command --help
	ok "$command: the same options" is "$(grep -cE -e \
		'(-q, --quiet|-v, --verbose|--color\[=WHEN\]|--ascii) ' "$work/out")" 4
done

done_testing
