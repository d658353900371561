#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: check-options.sh BINARY
# Compares what the program offers with what its manual and completions say: long options,
# commands, and the slugs of findings and reasons. Prints TAP.
set -u

[ $# = 1 ] || { echo "usage: $0 BINARY" >&2; exit 2; }
binary=$1
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# same NAME WANTED GIVEN: two sorted lists of words are equal and not empty.
same() {
	number=$((number + 1))
	comm -23 "$2" "$3" | sed 's/^/# missing: /' >"$work/differences"
	comm -13 "$2" "$3" | sed 's/^/# stale: /' >>"$work/differences"
	[ -s "$2" ] || echo '# nothing to compare with was found' >>"$work/differences"
	if [ -s "$work/differences" ]; then
		echo "not ok $number - $1"
		cat "$work/differences"
		failed=1
	else
		echo "ok $number - $1"
	fi
}

words() {
	grep -oE -e "$1" | LC_ALL=C sort -u
}

long_option='--[a-z][a-z0-9-]*'

# The commands are those that main.c collects.
sed -nE 's/^extern const struct cmd cmd_([a-z]+);/\1/p' "$top/src/cli/cmd.h" |
	LC_ALL=C sort -u >"$work/commands"
"$binary" --help >"$work/main-help" || echo "# $binary --help failed with $?"
cp "$work/main-help" "$work/help"
while read -r command; do
	"$binary" "$command" --help >>"$work/help" || echo "# $binary $command --help failed with $?"
done <"$work/commands"

# Only the lines that define an option, not the prose that mentions one.
grep -E '^ +-' "$work/help" | words "$long_option" >"$work/options"

mandoc -T ascii "$top/man/iommu-resettest.8" | sed "s/.$(printf '\b')//g" >"$work/man" ||
	echo "# mandoc failed"
# Examples with programs of others have options of theirs.
grep -vE "^ +(clush|nodeset) " "$work/man" | words "$long_option" >"$work/man-options"
same 'the manual has each option' "$work/options" "$work/man-options"

for completion in iommu-resettest.bash _iommu-resettest iommu-resettest.fish; do
	case $completion in
	*.fish) sed -nE "s/.*[[:space:]]-l[[:space:]]+'?([a-z][a-z0-9-]*).*/--\1/p" \
			"$top/completions/$completion" | LC_ALL=C sort -u ;;
	*) grep -v '^[[:space:]]*#' "$top/completions/$completion" | words "$long_option" ;;
	esac >"$work/completed"
	same "completions/$completion has each option" "$work/options" "$work/completed"

	while read -r command; do
		grep -qw -e "$command" "$top/completions/$completion" && echo "$command"
	done <"$work/commands" >"$work/completed"
	same "completions/$completion has each command" "$work/commands" "$work/completed"
done
while read -r command; do
	grep -qE "^ +$command( |\$)" "$work/main-help" && echo "$command"
done <"$work/commands" >"$work/described"
same 'the help has each command' "$work/commands" "$work/described"
while read -r command; do
	grep -qE "^ +(iommu-resettest +)?$command( |\$)" "$work/man" && echo "$command"
done <"$work/commands" >"$work/described"
same 'the manual has each command' "$work/commands" "$work/described"

# Each scenario stands in the table, in the help of -t, in the manual and in the completions.
sed -nE 's/^#define [A-Z_]+ "([a-z-]+)"$/\1/p' "$top/src/model/scenario.c" |
	LC_ALL=C sort -u >"$work/scenarios"
"$binary" plan --help | tr '\n' ' ' | grep -oE -e '--scenario=SCENARIO[^(]*;' | tr -s ' ,;' '\n' |
	grep -vE '^(-|or$)' | grep -xF -f "$work/scenarios" | LC_ALL=C sort -u >"$work/helped"
same 'the help has each scenario' "$work/scenarios" "$work/helped"
awk '/^[A-Z]/ { inside = /^SCENARIOS/ } inside' "$work/man" | grep -oE '^ {5,8}[a-z-]+( |$)' |
	tr -d ' ' | grep -xF -f "$work/scenarios" | LC_ALL=C sort -u >"$work/described"
same 'the manual has each scenario' "$work/scenarios" "$work/described"
for completion in iommu-resettest.bash _iommu-resettest iommu-resettest.fish; do
	grep -w nested "$top/completions/$completion" | words '[a-z-]+' |
		grep -xF -f "$work/scenarios" >"$work/completed"
	same "completions/$completion has each scenario" "$work/scenarios" "$work/completed"
done

# The invariants that each exercises, by their numbers in the manual.
sed -nE 's/.*\[SCENARIO_[A-Z_]+\] = \{([A-Z_]+), [a-z]+, "([0-9 -]+)".*/\1 \2/p' \
	"$top/src/model/scenario.c" | while read -r scenario invariants; do
	echo "$(echo "$scenario" | tr 'A-Z_' 'a-z-') $invariants"
done | LC_ALL=C sort >"$work/invariants"
sed -nE 's/^\.It Cm ([a-z-]+) Ta ([0-9 -]+)$/\1 \2/p' "$top/man/iommu-resettest.8" |
	LC_ALL=C sort >"$work/described"
same "the manual has each scenario's invariants" "$work/invariants" "$work/described"
cut -d ' ' -f 1 "$work/invariants" >"$work/exercising"
same 'each scenario says what it exercises' "$work/scenarios" "$work/exercising"

# So does each column of the list, in its help, in the manual and in the completions.
sed -nE 's/^	\[LIST_[A-Z_]+\] = \{"([A-Z-]+)".*/\1/p' "$top/src/render/list_columns.c" |
	LC_ALL=C sort -u >"$work/columns"
"$binary" list --help | sed '1,/^Columns:$/d' | words '^  [A-Z-]+' | tr -d ' ' >"$work/helped"
same 'the help has each column' "$work/columns" "$work/helped"
awk '/^   What is shown/ { inside = 1 } /^   What to reset/ { inside = 0 } inside' "$work/man" |
	grep -oE '^ {8,}[A-Z-]+ ' | tr -d ' ' | LC_ALL=C sort -u >"$work/described"
same 'the manual has each column' "$work/columns" "$work/described"
for completion in iommu-resettest.bash _iommu-resettest iommu-resettest.fish; do
	grep -ow -e '[A-Z][A-Z-]*' "$top/completions/$completion" | grep -xF -f "$work/columns" |
		LC_ALL=C sort -u >"$work/completed"
	same "completions/$completion has each column" "$work/columns" "$work/completed"
done

# Each format stands in the table, in the manual and in the completions.
sed -nE 's/^	\{"([a-z0-9]+)", (NULL|[a-z_]+), (NULL|[a-z_]+), (true|false)\},$/\1/p' "$top/src/render/formats.c" |
	LC_ALL=C sort -u >"$work/formats"
awk '/^[A-Z]/ { inside = /^FORMATS/ } inside' "$work/man" | grep -oE '^ {5}[a-z0-9]+(  |$)' |
	tr -d ' ' | LC_ALL=C sort -u >"$work/described"
same 'the manual has each format' "$work/formats" "$work/described"
for completion in iommu-resettest.bash _iommu-resettest iommu-resettest.fish; do
	sed -nE "s/.*formats(=[('])?( |$)?(text [a-z0-9 ]+).*/\3/p" "$top/completions/$completion" |
		tr ' ' '\n' | LC_ALL=C sort -u >"$work/completed"
	same "completions/$completion has each format" "$work/formats" "$work/completed"
done

# So does each that merge has, which says them itself, in the completions; the manual names the others.
"$binary" merge --format=none "$work" 2>&1 | sed -n 's/.*there are: //p' | tr -d ',' | tr ' ' '\n' |
	LC_ALL=C sort -u >"$work/merged"
for completion in iommu-resettest.bash _iommu-resettest iommu-resettest.fish; do
	sed -nE "s/.*merged(=[('])?( |\$)?(text [a-z0-9 ]+).*/\3/p" "$top/completions/$completion" |
		tr ' ' '\n' | LC_ALL=C sort -u >"$work/completed"
	same "completions/$completion has each format of merge" "$work/merged" "$work/completed"
done
comm -23 "$work/formats" "$work/merged" >"$work/unmerged"
awk '/^[A-Z]/ { inside = /^MANY HOSTS/ } inside' "$work/man" | tr '\n' ' ' | tr -s ' ' |
	sed -nE 's/.*[Tt]here are all forms but ([a-z]+) and ([a-z]+)[ ,.:;].*/\1\n\2/p' | LC_ALL=C sort >"$work/described"
same 'the manual names the formats that merge has not' "$work/unmerged" "$work/described"

# A slug stands alone at the start of a line in the manual's lists.
sed -nE 's/^	\{"([a-z0-9-]+)", SLUG_.*/\1/p' "$top"/src/model/slug_*.c | LC_ALL=C sort -u >"$work/slugs"
grep -oE '^ +[a-z0-9]+(-[a-z0-9]+)*( |$)' "$work/man" | tr -d ' ' | LC_ALL=C sort -u >"$work/leading"
comm -12 "$work/slugs" "$work/leading" >"$work/man-slugs"
same 'the manual explains each finding and reason' "$work/slugs" "$work/man-slugs"

# What the manual explains like one, in the section FINDINGS or REASONS, is one.
awk '/^[A-Z]/ { inside = /^(FINDINGS|REASONS)/ } inside' "$work/man" |
	grep -oE '^ {5,8}[a-z0-9]+(-[a-z0-9]+)+( |$)' | tr -d ' ' | LC_ALL=C sort -u >"$work/explained"
grep -E -e - "$work/slugs" >"$work/hyphened"
same 'the manual explains no finding that is none' "$work/hyphened" "$work/explained"

echo "1..$number"
exit $failed
