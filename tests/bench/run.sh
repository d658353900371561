#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: run.sh [NAME...]     in a configured build directory; names of this folder's scripts, without .sh
# Prints what the scripts measure as a table in Markdown. Both sides of a ratio are measured in turns in
# one run; on a machine that does other things they are still not worth much.
# Exit status: 0 all was measured, whatever came out; 1 something could not be.
set -u

here=$(cd "$(dirname "$0")" && pwd)
srcdir=${srcdir:-$here/../..}
export srcdir
[ $# -gt 0 ] || set -- list check klog memory merge resets
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
failed=0

for name; do
	if ! [ -e "$here/$name.sh" ] || [ "$name" = run ]; then
		echo "$0: no measurement $name" >&2
		exit 2
	fi
	sh "$here/$name.sh" > "$rows.new" || { echo "$0: $name could not be measured" >&2; failed=1; }
	cat "$rows.new" >> "$rows"
	rm -f "$rows.new"
done

echo "| work | this | against | ratio | wanted |"
echo "|---|---:|---:|---:|---:|"
awk -F '\t' '{
	ratio = $3 > 0 ? $2 / $3 : 0
	printf "| %s | %s | %s | %s | %s |\n", $1, $2, $3,
		sprintf(ratio < 0.02 ? "%.4f" : "%.2f", ratio), $4 == "" ? "" : $4 " or less"
}' "$rows"
exit $failed
