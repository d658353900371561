#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE recover.sh
# `recover` on this machine with journals made up for it, and bad surroundings. Prints TAP.
#
# No test here may change the machine: the journals name a function that no machine has.
#
# The functions below are called by ok().
# shellcheck disable=SC2317
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=tap
. "$here/tap"
if [ "$(id -u)" != 0 ]; then
	echo '1..0 # SKIP recover needs root'
	exit 0
fi
state=$work/state
lock=/run/iommu-resettest.lock
boot=$(cat /proc/sys/kernel/random/boot_id)
other=00000000-0000-4000-8000-000000000000
nowhere=7fffffff:ff:1f.7
documents=0

skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

recover() {
	timeout 120 "$BINARY" recover --state-dir "$state" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	case " $* " in
	*' --json '*)
		documents=$((documents + 1))
		cp "$work/out" "$work/recover.$documents.json"
		;;
	esac
}

schema_says() {
	python3 "$here/schema.py" "$here/../../schema" "$work" recover
}

# exits STATUS WORDS...: with nothing on stderr and these words on stdout, however broken in lines.
exits() {
	is "$status" "$1" || return 1
	shift
	[ ! -s "$work/err" ] || { echo 'something on stderr'; return 1; }
	for words; do
		tr -s ' \n' '  ' <"$work/out" | grep -qF -e "$words" ||
			{ echo "no '$words' on stdout"; return 1; }
	done
}

# fails WORDS...: exit status 2, nothing on stdout, one line on stderr with these words.
fails() {
	is "$status" 2 || return 1
	[ ! -s "$work/out" ] || { echo 'something on stdout'; return 1; }
	is "$(wc -l <"$work/err")" 1 || return 1
	for words; do
		grep -qF -e "$words" "$work/err" || { echo "no '$words' on stderr"; return 1; }
	done
}

# The end of a gzip file is the same checksum, its lowest byte first.
line() {
	sum=$(printf '%s' "$1" | gzip -c | tail -c 8 | od -An -tx1 -N4 |
		awk '{ print $4 $3 $2 $1 }')
	printf '%s crc32=%s\n' "$1" "$sum"
}

head_of() {
	line "journal version=${2:-1} tool_version=0.1.0 boot_id=$1 run_id=00112233 started=2026-11-22T08:00:00Z release=7.0.4"
}

change="methods id=1 function=$nowhere vendor=0x8086 device=0x10d3 before=\"flr pm\" after=pm"
step="step number=3 scenario=nested method=cxl_bus targets=$nowhere/8086:10d3"

fresh() {
	rm -rf "$state"
	mkdir -m 700 "$state"
}

rm -rf "$state"
recover
ok 'no state directory: nothing to put back' exits 0 'There is nothing to put back.'
ok '... and it is not made' [ ! -e "$state" ]
fresh
recover
ok 'no journal: nothing to put back' exits 0 'There is nothing to put back.'
recover --json
ok 'as JSON' exits 0 '"changes": [ ]' '"host_went_down": [ ]' '"exit_status": 0'

fresh
{ head_of "$boot"; line "$change"; } >"$state/journal"
recover
ok 'a function that is gone has nothing to put back' exits 0 "gone $nowhere is gone"
recover
ok '... and is not asked for again' exits 0 'There is nothing to put back.'
{ head_of "$boot"; line "$change"; } >"$state/journal"
recover --json
ok '... as JSON' exits 0 '"kind": "methods"' "\"function\": \"$nowhere\"" '"outcome": "gone"'
{ head_of "$boot"; line "$change"; line 'undone id=1'; line 'end signal=0'; } >"$state/journal"
cp "$state/journal" "$work/before"
recover
ok 'a finished journal: nothing to put back' exits 0 'There is nothing to put back.'
ok '... and it stays as it is' cmp "$state/journal" "$work/before"

{ head_of "$other"; line "$change"; line "$step"; } >"$state/journal"
cp "$state/journal" "$work/before"
recover
ok 'another boot: the step in flight is told' exits 0 'There is nothing to put back.' \
	"The host went down during cxl_bus on $nowhere" 'run of 2026-11-22T08:00:00Z, kernel 7.0.4' \
	'of an earlier boot'
ok '... and nothing is forgotten by telling' cmp "$state/journal" "$work/before"
recover --json
ok '... as JSON' exits 0 '"method": "cxl_bus"' "\"functions\": [ \"$nowhere\" ]"
recover --forget
ok '... until it is to be forgotten' exits 0 'forgotten now'
recover
ok '... and then is' exits 0 'There is nothing to put back.'
ok '... for good' sh -c "! grep -q 'went down' $work/out"
{ head_of "$other"; line "$step"; line 'step-end number=3'; line 'end signal=0'; } >"$state/journal"
recover
ok 'a run that ended did not take the host down' sh -c "! grep -q 'went down' $work/out"
{ head_of "$other"; line "$step"; line 'end signal=0'; } >"$state/journal"
recover
ok '... unless it ended at a reset that hung' exits 0 "The host went down during cxl_bus on $nowhere"
rm -f "$state/journal"

{ head_of "$boot"; line "$change"; line "$step"; } | head -c -20 >"$state/journal"
recover
ok 'a torn last record is said, the others count' exits 0 'is not whole' 'is gone'
{ head_of "$boot"; line "$change" | sed 's/pm/bus/'; line "$change"; } >"$state/journal"
recover
ok 'a damaged record is said, and the exit status tells' exits 1 'in line 2, is damaged' 'is gone'
recover
ok '... once' exits 0 'There is nothing to put back.'
{ head_of "$other"; line "$change" | sed 's/pm/bus/'; } >"$state/journal"
recover
ok 'damage of another boot harms nothing' exits 0 'is damaged'

for content in garbage '' 'journal version=1 boot_id=x crc32=00000000'; do
	printf '%s\n' "$content" >"$state/journal"
	cp "$state/journal" "$work/before"
	recover
	ok "'$content' is no journal" fails "$state/journal" 'no journal of this program'
	ok '... and stays' cmp "$state/journal" "$work/before"
done
head_of "$boot" 2 >"$state/journal"
recover
ok 'a journal of another version and this boot' fails "$state/journal" 'another version'
head_of "$other" 2 >"$state/journal"
recover
ok 'a journal of another version and another boot' exits 0 'There is nothing to put back.'
: >"$state/journal"
recover
ok 'an empty file is no harm' exits 0 'There is nothing to put back.'

# Who else may have a hand in it.
fresh
head_of "$boot" >"$work/elsewhere"
ln -s "$work/elsewhere" "$state/journal"
recover
ok 'a journal that is a link' fails "$state/journal" 'symbolic link'
rm "$state/journal"
mkfifo "$state/journal"
recover
ok 'a journal that is a pipe' fails "$state/journal" 'not a regular file'
rm "$state/journal"
head_of "$boot" >"$state/journal"
chmod 666 "$state/journal"
recover
ok 'a journal that others can write' fails "$state/journal" "root's alone"
chmod 600 "$state/journal"
chown 65534 "$state/journal"
recover
ok 'a journal of somebody else' fails "$state/journal" "root's alone"
fresh
chmod 777 "$state"
recover
ok 'a directory that others can write' fails "$state: writable by others"
chmod 700 "$state"
chown 65534 "$state"
recover
ok 'a directory of somebody else' fails "$state: not owned by root"
fresh
mv "$state" "$work/real"
ln -s "$work/real" "$state"
recover
ok 'a directory that is a link' fails "$state: a symbolic link"
rm "$state"
ln -s "$work" "$work/link"
state=$work/link/real
recover
ok 'a link on the way there' fails "$work/link: a symbolic link"
state=$work/file
: >"$state"
recover
ok 'a file in place of the directory' fails "$state: Not a directory"
state=
recover
ok 'an empty name' fails '--state-dir=: give an absolute path'
state=$work/real
(cd "$work" && timeout 60 "$BINARY" recover --state-dir real >"$work/out" 2>"$work/err")
status=$?
ok 'a relative name, though it is there' fails '--state-dir=real: give an absolute path'

# Surroundings. The journal has a change, so that there is something to do.
change_again() {
	{ head_of "$boot"; line "$change"; } >"$state/journal"
}
change_again
timeout 60 "$BINARY" recover --state-dir "$state" >&- 2>"$work/err"
status=$?
: >"$work/out"
ok 'standard output closed' fails 'standard output is closed'
ok '... and nothing done' grep -q '^methods' "$state/journal"
timeout 60 "$BINARY" recover --state-dir "$state" <&- >"$work/out" 2>&-
status=$?
: >"$work/err"
ok 'the others closed' exits 0 'is gone'
ok '... and the journal is whole' grep -q '^undone id=1 ' "$state/journal"
change_again
timeout 60 "$BINARY" recover --state-dir "$state" >/dev/full 2>"$work/err"
status=$?
: >"$work/out"
ok 'an answer that cannot be written' fails 'standard output'
change_again
(trap '' PIPE; timeout 60 "$BINARY" recover --state-dir "$state" 2>"$work/err"; echo $? >"$work/status") | :
ok 'a reader that went away: done all the same' grep -q '^undone id=1 ' "$state/journal"
change_again
# A file of nothing takes no answer either, so that goes through a pipe.
{
	sh -c "ulimit -f 0; exec timeout 60 '$BINARY' recover --state-dir '$state'" 2>"$work/err"
	echo $? >"$work/status"
} | cat >"$work/out"
status=$(cat "$work/status")
ok 'no room for the journal' exits 0 'is gone' 'the journal cannot be written'
ok '... which is still whole' grep -q '^methods' "$state/journal"
sh -c "ulimit -n 4; exec timeout 60 '$BINARY' recover --state-dir '$state'" >"$work/out" 2>"$work/err"
status=$?
ok 'no descriptors' fails 'Too many open files'
(env -i "$BINARY" recover --state-dir "$state" >"$work/out" 2>"$work/err")
status=$?
ok 'an empty environment' exits 0 'is gone'
change_again
LC_ALL=tr_TR.UTF-8 LANG=nonsense recover
ok 'a locale' exits 0 'is gone'

if [ "$(stat -f -c %T "$work")" != nosuid ] && command -v setpriv >/dev/null 2>&1; then
	cp "$BINARY" "$work/setuid"
	chmod 755 "$work" && chmod 4755 "$work/setuid"
	timeout 60 setpriv --reuid 65534 --clear-groups "$work/setuid" list >"$work/out" 2>"$work/err"
	status=$?
	if grep -q 'setuid' "$work/err"; then
		ok 'setuid' fails 'does not run setuid'
	else
		skip 'setuid' "$work does not honour it"
	fi
	chmod 755 "$work/setuid"
	timeout 60 setpriv --reuid 65534 --clear-groups "$work/setuid" recover >"$work/out" 2>"$work/err"
	status=$?
	ok 'not root' fails 'needs root'
else
	skip 'setuid' 'no setpriv here'
	skip 'not root' 'no setpriv here'
fi

# One at a time.
if command -v flock >/dev/null 2>&1; then
	change_again
	# It is held as long as the test has the pipe open.
	mkfifo "$work/hold"
	flock "$lock" sh -c "echo \"\$\$ \$(cut -d' ' -f22 /proc/\$\$/stat)\" >$lock; read -r _ <$work/hold" &
	exec 3>"$work/hold"
	recover
	exec 3>&-
	ok 'another run is alive' fails 'another run or recovery (process' "$lock"
	ok '... and nothing is done' sh -c "! grep -q '^undone' $state/journal"
	wait
	# This one ends when the waiting is announced.
	flock "$lock" sh -c "echo '2147483646 1' >$lock; read -r _ <$work/hold
		while [ -e $work/hold ] && ! grep -q waiting $work/err; do sleep 0.1; done" &
	: >"$work/err"
	echo >"$work/hold"
	recover
	rm "$work/hold"
	ok 'what a dead run still does is waited for' is "$status $(wc -l <"$work/err")" '0 1'
	ok '... which is said' grep -q 'waiting up to 210 seconds for a reset of a run that died' "$work/err"
	wait
else
	skip 'another run is alive' 'no flock here'
fi

if command -v python3 >/dev/null && python3 -c 'import jsonschema' 2>/dev/null; then
	ok 'the schema says what is printed as JSON' schema_says
else
	ok 'the schema needs python3-jsonschema' false
fi

done_testing
