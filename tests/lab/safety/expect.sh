#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: expect.sh DIR SCRIPT
# Says what the guest found wrong, and what the case's own checks in expect/ and this machine's tools
# find in what it sent and on its disks.
# Exit status: 0 nothing is wrong, 1 something is.
set -u

dir=$1
safety=$(cd "$(dirname "$0")" && pwd)

differ()
{
	echo "$*"
}

# same WHAT SEEN EXPECTED
same()
{
	[ "$2" = "$3" ] || differ "$1 is '$2', expected '$3'"
}

# query NAME FILTER [JQ-OPTION...]: of the JSON that the command NAME printed
query()
{
	answer=$1
	shift
	jq -r "$@" < "$dir/$answer.out" 2>/dev/null || echo unreadable
}

holds()
{
	[ "$(query "$@")" = true ]
}

status()
{
	cat "$dir/$1.status"
}

# figure NAME NUMBER: summed up by name at the end of the lab
figure()
{
	echo "$2 $1" >> "$dir/figures"
}

check_disks()
{
	for image in "$dir"/*.img; do
		[ -e "$image" ] || continue
		[ "$(PATH=$PATH:/usr/sbin:/sbin blkid -p -o value -s TYPE "$image")" = ext4 ] || continue
		PATH=$PATH:/usr/sbin:/sbin e2fsck -fn "$image" > "$image.fsck" 2>&1 ||
			differ "e2fsck -fn ${image##*/}: $(tail -n 3 "$image.fsck" | tr '\n' ' ')"
	done
}

wrong=$(
	cat "$dir/differences"
	check_disks
	# shellcheck source=/dev/null
	. "$safety/expect/$2"
	grep -lE 'AddressSanitizer|LeakSanitizer|runtime error:' "$dir"/*.err | sed 's/^/a sanitizer complains in /'
)
echo "$wrong" | sed '/^$/d'
[ -z "$wrong" ]
