#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: unpack-image.sh BZIMAGE OUT
# Takes the kernel itself, an ELF file, out of an x86 boot image (Documentation/arch/x86/boot.rst): an emulated
# machine that starts it directly saves the second and more in which the image unpacks itself.
# Exit status: 0 OUT is there, 1 the image has none that could be taken out.
set -eu

image=$1 out=$2

# number OFFSET BYTES: a little-endian number of the setup header
number()
{
	od -An -v -t "u$2" -j "$1" -N "$2" --endian=little "$image" | tr -d ' '
}

[ "$(dd if="$image" bs=1 skip=514 count=4 2>/dev/null)" = HdrS ] || exit 1
sectors=$(number 497 1)
[ "$sectors" != 0 ] || sectors=4
start=$(((sectors + 1) * 512 + $(number 584 4)))
length_bytes=$(number 588 4)

# What the build appends to the payload is its size unpacked, 4 bytes.
payload()
{
	tail -c +$((start + 1)) "$image" 2>/dev/null | head -c $((length_bytes - 4))
}

case $(od -An -v -t x1 -j "$start" -N 4 "$image" | tr -d ' ') in
28b52ffd) unpack=zstd ;;
fd377a58) unpack=xz ;;
1f8b*) unpack=gzip ;;
02214c18) unpack=lz4 ;;
*) exit 1 ;;
esac
temporary=$(mktemp "$out.XXXXXX")
trap 'rm -f "$temporary"' EXIT
payload | "$unpack" -dc > "$temporary"
[ "$(od -An -v -t x1 -N 4 "$temporary" | tr -d ' ')" = 7f454c46 ] || exit 1
mv "$temporary" "$out"
