#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE schema.sh
# All JSON that comes of the trees and the evidence here is what the schemas say, and they are strict.
# What `recover` prints is compared where it is made, in recover.sh. Prints TAP.
set -u

here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
: "${BINARY:?the program to test}"
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/documents"
# shellcheck source-path=SCRIPTDIR source=rounds
. "$here/rounds"

# document FILE ARGUMENT...: what the program prints, whatever it thinks of its source.
document() {
	file=$work/documents/$1
	shift
	"$BINARY" "$@" >"$file"
	[ $? != 2 ] || { echo "Bail out! iommu-resettest $*"; exit 2; }
}

for tree in "$here"/../roots/*.tree; do
	name=$(basename "$tree" .tree)
	root=$work/$name
	# Some trees change another one.
	sh "$here/../roots/unpack.sh" "$root" "$here/../roots/names.tree" \
		"$here/../roots/siblings.tree" "$tree" 2>/dev/null ||
		sh "$here/../roots/unpack.sh" "$root" "$here/../roots/names.tree" "$tree" ||
		{ echo "Bail out! the tree $name cannot be unpacked"; exit 2; }
	document "list.$name.json" list --json --sysroot "$root"
	document "check.$name.json" check --json --sysroot "$root"
	for scenario in nested siblings single probe storm attach-race driver vf; do
		document "plan.$name.$scenario.json" plan --json --all -t $scenario --with-driver \
			--sysroot "$root"
	done
done
printf 'Linux version 7.0.4 (x) #1\n\0pci_reset_function\0ms after %%s; giving up\n\0' >"$work/image"
document check.image.json check --json --kernel "$work/image"

for evidence in "$here"/evidence/* "$here"/../golden/captured/*.ev; do
	name=$(basename "$evidence")
	document "run.$name.json" judge --json "$evidence"
	document "jsonl-event.$name.jsonl" judge --jsonl "$evidence"
	# The same steps once more.
	awk '/^end / { exit } { print }' "$evidence" >"$work/rounds"
	awk '/^step / { inside = 1; sub(/ round=[0-9]+/, ""); $0 = $0 " round=2" }
		/^(end|warning) / { inside = 0 }
		inside { print }' "$evidence" >>"$work/rounds"
	echo "end steps=$(grep -c '^step ' "$work/rounds") lines=$(($(wc -l <"$work/rounds") + 1))" \
		>>"$work/rounds"
	document "run.$name.rounds.json" judge --json "$work/rounds"
	document "jsonl-event.$name.rounds.jsonl" judge --jsonl "$work/rounds"
done
# A register that is not as it was, and a run that was killed.
awk '/^config .* after=yes / { after = 1 } after && /^row offset=0x000 / { sub(/ 03 01 /, " 07 01 "); after = 0 }
	{ print }' "$here/evidence/fixed" >"$work/register"
document run.register.json judge --json "$work/register"
document jsonl-event.register.jsonl judge --jsonl "$work/register"
awk '/^end / { exit } { print } END { print "step number=4 scenario=nested" }' "$here/evidence/fixed" \
	>"$work/cut"
document run.cut.json judge --json "$work/cut"
document jsonl-event.cut.jsonl judge --jsonl "$work/cut"

# One that is long enough to show whether anything changes, and in which everything does.
rounds 130 1000000 64 >"$work/long"
document run.long.json judge --json "$work/long"
document jsonl-event.long.jsonl judge --jsonl "$work/long"

# All of them merged; the trees have results of check, and images none.
mkdir "$work/results"
ln "$work"/documents/*.json "$work"/documents/*.jsonl "$work/results"
document merge.all.json merge --json --hosts names,nobody "$work/results"
document merge.evidence.json merge --json "$here/evidence"

python3 "$here/schema.py" "$top/schema" "$work/documents" list check plan run merge jsonl-event
