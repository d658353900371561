#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE completions.sh
# What the completions offer; each shell that is not there is skipped. Prints TAP.
set -u
LC_ALL=C
export LC_ALL

: "${BINARY:?the program to test}"
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/files"
ln -s "$BINARY" "$work/bin/iommu-resettest"
PATH=$work/bin:$PATH
: >"$work/files/evidence.txt"
number=0
failed=0

# What bash offers for a line that ends at the cursor, one word a line.
cat >"$work/bash" <<'BASH'
source "$1"
COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
_iommu_resettest
printf '%s\n' "${COMPREPLY[@]}"
BASH

offers() {
	case $1 in
	bash) bash "$work/bash" "$top/completions/iommu-resettest.bash" "$2" ;;
	fish) fish --no-config -c "source '$top/completions/iommu-resettest.fish'; complete -C '$2'" |
		sed 's/\t.*//' ;;
	esac | LC_ALL=C sort | tr '\n' ' '
}

# line LINE WANTED: the same from each shell, in alphabetical order.
line() {
	for shell in bash fish; do
		number=$((number + 1))
		if ! command -v $shell >/dev/null; then
			echo "ok $number - $shell: $1 # SKIP $shell is not there"
			continue
		fi
		given=$(offers $shell "$1")
		if [ "$given" = "$2 " ]; then
			echo "ok $number - $shell: $1"
		else
			echo "not ok $number - $shell: $1"
			echo "# offered: $given"
			echo "# wanted:  $2"
			failed=1
		fi
	done
}

cd "$work/files" || exit 2
line 'iommu-resettest ru' run
line 'iommu-resettest re' recover
line 'iommu-resettest run --s' '--save --scenario --skip-exit --slot --state-dir --syslog'
line 'iommu-resettest run -t ' 'attach-race driver nested probe siblings single storm vf'
line 'iommu-resettest run --on-hang ' 'continue stop'
line 'iommu-resettest plan -m cxl' cxl_bus
line 'iommu-resettest check --ker' --kernel
line 'iommu-resettest explain no-tra' 'no-trace no-traffic'
line 'iommu-resettest judge evi' evidence.txt
line 'iommu-resettest run --save evi' evidence.txt
line 'iommu-resettest run --format js' 'json jsonl'
line 'iommu-resettest judge --report jsonl' jsonl:

echo "1..$number"
exit $failed
