#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: dist.sh OUTDIR
# Packs the source tree as iommu-resettest-VERSION.tar.gz: the files git tracks, as they are now;
# in an unpacked tarball, where there is no git, the files that are there.
set -eu

outdir=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
version=$(sed -n 's/^version=//p' configure)
name=iommu-resettest-$version

# The checkout may belong to another user than the one who packs.
safe_git() {
	git -c safe.directory="$(pwd)" "$@"
}

if [ -e .git ]; then
	files=$(safe_git ls-files)
	date=@$(safe_git log -1 --format=%ct)
else
	files=$(find . -path ./build -prune -o -type f ! -path './config.mk' ! -path './config.h' \
		! -path './config.log' ! -path './iommu-resettest-*.tar.gz' -print | sed 's,^\./,,' | LC_ALL=C sort)
	date=@$(stat -c %Y configure)
fi
tar=$outdir/$name.tar
trap 'rm -f "$tar" "$tar.gz.tmp"' EXIT
printf '%s\n' "$files" | tar -c -f "$tar" --transform "flags=r;s,^,$name/," --owner=0 --group=0 \
	--numeric-owner --mtime="$date" --no-recursion -T -
gzip -9n <"$tar" >"$tar.gz.tmp"
mv "$tar.gz.tmp" "$tar.gz"
echo "$tar.gz"
