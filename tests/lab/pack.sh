# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2154 # root and sysroot are the caller's
# Sourced by the scripts that make an initramfs of the folder $root.
# With $sysroot set it is an initramfs for another architecture, whose compiler is $CC.

# libraries_of FILE: the paths of all that a program is loaded with. Those of another architecture
# are looked up by name, since its loader does not run here.
libraries_of()
{
	if [ -z "$sysroot" ]; then
		{ ldd "$1" 2>/dev/null || :; } | grep -o '/[^ ]*' | sort -u
		return
	fi
	: > "$root/libraries"
	needed_by "$1"
	cat "$root/libraries"
	rm "$root/libraries"
	readelf -lW "$1" | sed -n 's/.*program interpreter: \(.*\)\]/\1/p'
}

needed_by()
{
	readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r name; do
		library=$(cd "$sysroot" && find usr/lib -name "$name" | head -n 1)
		[ -n "$library" ] || { echo "$0: no $name in $sysroot" >&2; exit 1; }
		! grep -qx "/$library" "$root/libraries" || continue
		echo "/$library" >> "$root/libraries"
		(needed_by "$sysroot/$library") || exit 1
	done
}

# Copies a program to /sbin, and its libraries and loader to the paths they have here.
add_program()
{
	install -D -m 755 "$1" "$root/sbin/$2"
	libraries=$(libraries_of "$1")
	for library in $libraries; do
		mkdir -p "$root$(dirname "$library")"
		cp -L "$sysroot$library" "$root$library"
	done
}

# compile FILE.c OUT OPTION...
compile()
{
	source=$1 compiled=$2
	shift 2
	mkdir -p "$(dirname "$compiled")"
	# shellcheck disable=SC2086 # a compiler with its options
	${CC:-cc} -O2 -Wall -Wextra "$@" -o "$compiled" "$source"
}

# add_source FILE.c: compiled for a guest without libraries, to /bin.
add_source()
{
	name=${1##*/}
	compile "$1" "$root/bin/${name%.c}" -static
}

# add_preload FILE.c: as a library, to /lib.
add_preload()
{
	name=${1##*/}
	compile "$1" "$root/lib/${name%.c}.so" -shared -fPIC
}

# pack OUT.cpio
pack()
{
	mkdir -p "$(dirname "$1")"
	(cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) > "$1.tmp"
	mv "$1.tmp" "$1"
}
