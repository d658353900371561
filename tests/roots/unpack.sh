#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: unpack.sh DIR FILE.tree...
# Makes below DIR the files that the trees describe, one after the other. A tree is lines of
#	# COMMENT
#	@ PATH			what follows may name paths from here, as ./PATH
#	d PATH			a directory
#	l PATH -> TARGET	a symbolic link
#	f PATH = TEXT		a file of one line
#	f PATH			a file of the lines below, each after a tab
#	x PATH BYTES		a file of so many bytes, zero but for the lines below: a tab,
#				OFFSET: and hexadecimal bytes
# A % before any of them has the rest of the line go through printf's %b, for bytes that do not
# belong in a text file (\0033 is an escape). Paths are below DIR; directories come by themselves.
set -eu
# Bytes, not characters.
LC_ALL=C
export LC_ALL

[ $# -ge 2 ] || { echo "usage: $0 DIR FILE.tree..." >&2; exit 2; }
top=$1
shift
mkdir -p "$top"
top=$(cd "$top" && pwd)
tab=$(printf '\t')

fail() {
	echo "$0: $tree:$number: $1" >&2
	exit 2
}

# Sets $path to the place of $1 below $top and makes its directory.
place() {
	case $1 in
	./*) path=$base/${1#./} ;;
	*) path=$1 ;;
	esac
	case /$path/ in
	*/../* | //*) fail "$1: not a path below the root" ;;
	esac
	path=$top/$path
	[ -d "${path%/*}" ] || mkdir -p "${path%/*}"
}

# Ends the file that was being made: pads it with zeros to $size.
finish() {
	[ -z "$open" ] || pad_to "$size"
	open=
}

pad_to() {
	[ "$1" -ge "$filled" ] || fail 'bytes out of order or too many'
	[ "$1" -eq "$filled" ] || head -c $(($1 - filled)) /dev/zero >>"$open"
	filled=$1
}

# add_bytes OFFSET HEX...
add_bytes() {
	pad_to "$((0x$1))"
	shift
	octal=
	for byte; do
		octal="$octal\\$((0x$byte >> 6 & 7))$((0x$byte >> 3 & 7))$((0x$byte & 7))"
	done
	# The escapes are the data.
	# shellcheck disable=SC2059
	printf "$octal" >>"$open"
	filled=$((filled + $#))
}

add_line() {
	if [ -n "$open" ]; then
		# Words.
		# shellcheck disable=SC2086
		add_bytes ${1%%:*} ${1#*:}
	elif [ -n "$text" ]; then
		printf '%s\n' "$1" >>"$text"
	else
		fail 'content without a file'
	fi
}

entry() {
	finish
	text=
	kind=${1%% *}
	rest=${1#* }
	case $kind in
	@) base=$rest; mkdir -p "$top/$base" ;;
	d) place "$rest"; mkdir -p "$path" ;;
	l) place "${rest%% -> *}"; ln -sfn "${rest#* -> }" "$path" ;;
	f)
		place "${rest%% = *}"
		case $rest in
		*' = '*) printf '%s\n' "${rest#* = }" >"$path" ;;
		*) text=$path; : >"$text" ;;
		esac
		;;
	x)
		place "${rest% *}"
		size=${rest##* }
		open=$path
		filled=0
		: >"$open"
		;;
	*) fail "'$kind': no such kind of line" ;;
	esac
}

for tree; do
	base=
	open=
	text=
	number=0
	while IFS= read -r line; do
		number=$((number + 1))
		case $line in
		%*)
			# The x keeps newlines at the end.
			line=$(printf '%bx' "${line#%}")
			line=${line%x}
			;;
		esac
		case $line in
		'' | '#'*) ;;
		"$tab"*) add_line "${line#"$tab"}" ;;
		*) entry "$line" ;;
		esac
	done <"$tree"
	finish
done
