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
	cp "$work/out" "$work/help"
	call help $command </dev/null
	ok "$command: help is the same" cmp "$work/help" "$work/out"
done
for command in list plan run; do
	call $command -s </dev/null
	ok "$command: an option without its argument" refused \
		"iommu-resettest $command: option requires an argument -- 's'"
	call $command --group </dev/null
	ok "$command: a long one without its argument" refused "requires an argument"
done
call --help </dev/null
ok 'the commands' is "$status" 0
ok 'help is one of them' grep -q '^  help ' "$work/out"
cp "$work/out" "$work/help"
for words in help 'help help' -h '-?'; do
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
