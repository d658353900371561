#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE usage.sh
# What every command says to arguments that it does not have: one line, exit status 2. Prints TAP.
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"

for command in list check plan run recover judge report explain; do
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
call help nosuch </dev/null
ok 'help for no command' refused "'nosuch' is no command"
done_testing
