#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: promtool.sh
# Prints the path of promtool: the one that is installed, or one taken out of Debian's package of
# prometheus, kept in the cache. Installing that package would start a server.
set -eu

[ $# = 0 ] || { echo "usage: $0" >&2; exit 2; }
if command -v promtool; then
	exit
fi
tests=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=apt.sh
. "$tests/apt.sh"

die()
{
	say "$*"
	exit 1
}

open_cache
suite=$(own_suite)
arch=$(dpkg --print-architecture)
target=$cache/promtool/$arch-$suite
if [ ! -x "$target/promtool" ]; then
	read_index "$arch" "$suite" || die "the package index could not be read"
	download "$arch" prometheus "$work/debs" || die "the package could not be downloaded"
	mkdir "$work/promtool"
	dpkg-deb --fsys-tarfile "$work/debs"/prometheus_*.deb |
		tar -C "$work/promtool" -x --strip-components=3 ./usr/bin/promtool ||
		die "the package could not be unpacked"
	"$work/promtool/promtool" --version >/dev/null 2>&1 || die "promtool does not run here"
	rm -rf "$target"
	mkdir -p "$cache/promtool"
	mv "$work/promtool" "$target"
fi
echo "$target/promtool"
