#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE usage.sh
# What every command says to arguments that it does not have: one line, exit status 2. Prints TAP.
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"

for command in list check plan run recover judge report merge explain; do
	call $command --no-such-option </dev/null
	ok "$command: an unknown option" refused \
		"iommu-resettest $command: unrecognized option '--no-such-option'"
	call $command -Q </dev/null
	ok "$command: an unknown letter" refused \
		"iommu-resettest $command: invalid option -- 'Q'"
	call $command --help </dev/null
	ok "$command: --help is no error" is "$status" 0
	ok "$command: --help is on standard output" grep -q '^Usage: iommu-resettest ' "$work/out"
	ok "$command: --help without blanks at the end" is "$(grep -c ' $' "$work/out")" 0
	ok "$command: --help fits on a terminal" is "$(awk 'length > 80' "$work/out")" ''
	cp "$work/out" "$work/help"
	call help $command </dev/null
	ok "$command: help is the same" cmp "$work/help" "$work/out"
done
call run --all --with-drver --sysroot=x </dev/null
ok 'an option that is nearly one' refused \
	"iommu-resettest run: unrecognized option '--with-drver'; did you mean --with-driver? Else, see \`iommu-resettest run --help\`"
# What looks like one, and is not.
call explain -- --no-such-option </dev/null
ok 'behind --' refused "'--no-such-option': no such finding"
call list -o --no-such-option </dev/null
ok 'an argument' refused "'--no-such-option': unknown column"
call list -qo --no-such-option </dev/null
ok 'an argument of a letter among others' refused "'--no-such-option': unknown column"
call list --sysr --no-such-option </dev/null
ok 'an argument of a shortened option' refused '--no-such-option: No such file or directory'
call list -o-Q </dev/null
ok 'an argument in one word' refused "'-Q': unknown column"
call explain --color -q </dev/null
ok 'an argument that may be left out' is "$status" 0

for command in list plan run; do
	call $command -s </dev/null
	ok "$command: an option without its argument" refused \
		"iommu-resettest $command: option requires an argument -- 's'"
	call $command --group </dev/null
	ok "$command: a long one without its argument" refused "requires an argument"
done
call --help </dev/null
ok 'the commands' is "$status" 0
ok '--help fits on a terminal' is "$(awk 'length > 80' "$work/out")" ''
ok 'help is one of them' grep -q '^  help ' "$work/out"
cp "$work/out" "$work/help"
for words in help 'help help' 'help --help' -h '-?'; do
	# shellcheck disable=SC2086
	call $words </dev/null
	ok "$words: the commands" is "$status" 0
	ok "$words: the same" cmp "$work/help" "$work/out"
done
call help nosuch </dev/null
ok 'help for no command' refused "'nosuch' is no command"
call hepl </dev/null
ok 'nearly help' refused "did you mean help?"
call help list plan </dev/null
ok 'help for two commands' refused "'plan' is one word too many"

# Words that are nearly one of those there are.
nearly() {
	wanted=$1
	shift
	call "$@" </dev/null
	ok "$*: did you mean $wanted?" refused "did you mean $wanted? Else, "
}
evidence=$here/evidence/fixed
nearly list lsit
nearly IN-USE list -o in_use
nearly FUNCTION list -o group,funtion
nearly cxl_bus list -m cxlbus
nearly cxl_bus plan --all -m cxl-bus
nearly nested plan --all -t nestd
nearly siblings run --all -t sibling
nearly junit run --all --format junti
nearly prometheus run --all --report promehteus:file
nearly junit judge --format junits "$evidence"
nearly jsonl judge --report josnl:file "$evidence"
nearly junit merge --format JUNlT "$evidence"
nearly no-ats explain no-at
call merge --format jsonk "$evidence" </dev/null
ok 'merge has no jsonl to mean' refused 'did you mean json? Else, '
call judge --format nothing-like-it "$evidence" </dev/null
ok 'nothing is meant where nothing is near' refused 'no such format; there are: '

# Values of options that are none: each says what it wants.
wrong() {
	words=$1
	shift
	call "$@" </dev/null
	ok "$*" refused "$words"
}
for value in 0 -1 9 x '' 99999999999; do
	wrong "--jobs=$value: not a number from 1 to 8" plan --all --jobs "$value"
	wrong "--jobs=$value: not a number from 1 to 8" run --all --jobs "$value"
done
for value in -1 0 x '' 1.5; do
	wrong "--loops=$value: not a number from 1 to" run --all --loops "$value"
done
for value in 5x -5 0 '' h; do
	wrong "--duration=$value: not a time such as 90" run --all --duration "$value"
done
wrong '--report=junit: name the file too' judge --report junit "$evidence"
wrong '--report=junit:: name the file too' judge --report junit: "$evidence"
wrong '--color=alway: give auto, always or never' list --color=alway
wrong '--progress=liv: give auto, live, lines or none' run --all --progress liv
wrong '--on-hang=stpo: neither stop nor continue' run --all --on-hang stpo
wrong '--skip-exit=256: not an exit status' judge --skip-exit 256 "$evidence"
for address in 0000:01:00 01:00.8 1:0.0.0 01:00.0x 01:00.0,02 0000:01:20.0; do
	for command in list plan run; do
		wrong "'$address': not a PCI address of the form" $command "$address"
	done
done

# From another directory it would be another one. Nothing is looked for, and nothing made.
for directory in no-such-state ./no-such-state ../no-such-state no-such-state/ ''; do
	for command in recover 'run --all'; do
		# shellcheck disable=SC2086
		call $command --state-dir="$directory" </dev/null
		ok "$command: --state-dir='$directory'" refused \
			"--state-dir=$directory: give an absolute path, such as /"
	done
done
ok 'no directory was made' [ ! -e no-such-state ]
done_testing
