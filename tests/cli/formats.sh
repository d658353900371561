#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE formats.sh
# --format and --report: which are taken, where they go, and what becomes of one that cannot be
# written. Prints TAP.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
fixed=$here/evidence/fixed
vulnerable=$here/evidence/vulnerable

# same_answer OPTIONS FILE: what judge prints with these options stands in the file.
same_answer() {
	# shellcheck disable=SC2086 # a list of words
	"$BINARY" judge $1 "$vulnerable" >"$work/wanted"
	cmp "$work/wanted" "$2"
}

left_behind() {
	find "$1" -name '.iommu-resettest*' | grep . && return 1
	return 0
}

call judge --format=json "$vulnerable"
ok '--format=json is --json' is "$status $(cksum <"$work/out")" \
	"1 $("$BINARY" judge --json "$vulnerable" | cksum)"
call judge -j --format text "$vulnerable"
ok 'the last one counts' same_answer '' "$work/out"
call judge --format text -j "$vulnerable"
ok 'the last one counts, -j too' same_answer --json "$work/out"

call judge --format=xml "$fixed"
ok 'a format that is none' refused --format=xml 'there are: text, ' ', prometheus'
call judge --format= "$fixed"
ok 'no format' refused '--format='
call judge --format=JSON "$fixed"
ok 'formats are written small' refused '--format=JSON'
call judge --report=xml:a "$fixed"
ok 'a report of no format' refused --report=xml:a 'there are: text, ' ', prometheus'
call judge --report=json "$fixed"
ok 'a report without a file' refused --report=json:FILE
call judge --report=json: "$fixed"
ok 'a report to no name' refused --report=json:FILE
call judge --report=:a "$fixed"
ok 'a report without a format' refused --report=:a
call judge --report=json:- "$fixed"
ok 'a report to standard output' refused --format=json
call judge --report="json:$work/none/a" "$fixed"
ok 'a report to a missing directory' refused "$work/none/a" 'No such file'
call judge --report="json:$work" "$fixed"
ok 'a report to a directory' refused "$work" 'Is a directory'
set --
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do
	set -- "$@" "--report=json:$work/$i"
done
call judge "$@" "$fixed"
ok 'too many reports' refused 16

call judge --report="json:$work/a.json" --report="text:$work/with:colon" -q "$vulnerable"
ok 'two reports: the exit status is the verdict'\''s' is "$status" 1
ok 'two reports: nothing on stderr' is "$(cat "$work/err")" ''
ok 'two reports: standard output as without' same_answer -q "$work/out"
ok 'two reports: the JSON' same_answer --json "$work/a.json"
ok 'two reports: the text, in a file with a colon' same_answer -q "$work/with:colon"
ok 'two reports: no temporary file is left' left_behind "$work"

mkdir "$work/d"
ln -s d "$work/link"
ln -s a "$work/d/alias"
echo old >"$work/d/a"
for pair in "$work/d/a $work/d/a" "$work/d/a $work/link/a" "$work/d/a $work/d/../d/a" \
	"$work/d/a $work/d/alias" "$work/d/new $work/link/new" "/dev/null /dev/null"; do
	call judge --report="json:${pair% *}" --report="text:${pair#* }" "$fixed"
	ok "one file for two reports: $(echo "$pair" | sed "s,$work/,,g")" refused "${pair#* }" \
		'a file of its own'
done
ok 'such a file is as it was' is "$(cat "$work/d/a")" old
call judge --report="json:$work/d/a" --report="text:$work/a" "$fixed"
ok 'files of one name in two directories are two' is "$status" 0
cp "$fixed" "$work/ev"
call judge --report="json:$work/ev" "$work/ev"
ok 'the evidence is not replaced' refused "$work/ev" 'of its own'
strange=$work/a$(printf '\033')b
call judge --report="json:$strange" --report="tap:$strange" "$fixed"
ok 'one file for two reports, its name escaped' refused "$work/a\\x1bb" 'what else goes there'
ok 'the evidence is as it was' cmp "$fixed" "$work/ev"
call judge --report="json:$work/ev" - <"$fixed"
ok 'from standard input any file will do' is "$status" 0
call judge --report="json:$work/x" "$work/none/evidence"
ok 'no evidence: that is what is said' refused "$work/none/evidence" 'No such file'
ok 'no evidence: no report' [ ! -e "$work/x" ]

# A named pipe is for the shell to open, which waits for the reader; then it is one for a report.
mkfifo "$work/pipe"
timeout 300 cat "$work/pipe" >"$work/read" &
call judge --report="jsonl:$work/pipe" "$fixed"
ok 'a named pipe' refused "$work/pipe: a named pipe" "name /dev/fd/3 instead, and add 3>$work/pipe"
call judge --report=json:/dev/fd/3 "$fixed" 3>"$work/pipe"
wait $!
ok 'a named pipe that the shell opens: exit status' is "$status $(cat "$work/err")" '0 '
call judge --json "$fixed"
ok 'a named pipe that the shell opens: all is there' cmp "$work/out" "$work/read"

if [ -c /dev/full ]; then
	echo old >"$work/last"
	call judge --report="json:$work/first" --report=text:/dev/full --report="json:$work/last" \
		--json "$vulnerable"
	ok 'a report that cannot be written: exit status 2' is "$status" 2
	ok 'a report that cannot be written: one line' \
		is "$(wc -l <"$work/err") $(grep -c '/dev/full: No space left' "$work/err")" '1 1'
	ok 'a report that cannot be written: the one before it' same_answer --json "$work/first"
	ok 'a report that cannot be written: the one after it' same_answer --json "$work/last"
	ok 'a report that cannot be written: the answer has the exit status' \
		grep -q '"exit_status": *2' "$work/out"
fi

done_testing
