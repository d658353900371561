#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE manual.sh
# The manual says of each finding and reason what `explain` says. Prints TAP.
set -u
LC_ALL=C
export LC_ALL

: "${BINARY:?the program to test}"
top=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v mandoc >/dev/null; then
	echo '1..0 # SKIP mandoc is not there'
	exit 0
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# One line with single blanks.
flat() {
	tr -s ' \n' ' '
}

# Lines as long as mandoc makes them, so that none is broken at a hyphen.
mandoc -T ascii -O width=1000 "$top/man/iommu-resettest.8" | sed "s/.$(printf '\b')//g" | flat \
	>"$work/manual"
"$BINARY" explain -q >"$work/slugs"

while read -r slug; do
	number=$((number + 1))
	# As the manual words the three parts.
	"$BINARY" explain "$slug" |
		sed -E '1s/ \(.*//; s/^  (Meaning|Cause|What to do) +/\1: /' | flat |
		sed 's/Meaning: //; s/ $//' >"$work/wanted"
	if grep -qF -f "$work/wanted" "$work/manual"; then
		echo "ok $number - $slug"
	else
		echo "not ok $number - $slug"
		echo "# not in the manual: $(cat "$work/wanted")"
		failed=1
	fi
done <"$work/slugs"
[ $number -gt 0 ] || failed=1
echo "1..$number"
exit $failed
