# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154 # root is the caller's
# Sourced by the scripts that make an initramfs of the folder $root.

# Copies a program to /sbin, and its libraries and loader to the paths they have here.
add_program()
{
	install -D -m 755 "$1" "$root/sbin/$2"
	{ ldd "$1" 2>/dev/null || :; } | grep -o '/[^ ]*' | sort -u | while read -r library; do
		mkdir -p "$root$(dirname "$library")"
		cp -L "$library" "$root$library"
	done
}

# add_source FILE.c: compiled for a guest without libraries, to /bin.
add_source()
{
	name=${1##*/}
	mkdir -p "$root/bin"
	${CC:-cc} -O2 -Wall -Wextra -static -o "$root/bin/${name%.c}" "$1"
}

# pack OUT.cpio
pack()
{
	mkdir -p "$(dirname "$1")"
	(cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) > "$1.tmp"
	mv "$1.tmp" "$1"
}
