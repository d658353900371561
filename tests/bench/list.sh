#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: srcdir=DIR list.sh, in the build directory
# `list` of a made tree against what else could tell the same. Prints a line for each comparison:
# name, seconds of ours, seconds of the other, ratio to reach.
set -u

: "${srcdir:?the directory of the sources}"
# shellcheck source-path=SCRIPTDIR source=measure
. "$srcdir/tests/bench/measure"
need lspci
build mktree
build bare_list
functions=8192 runs=9
tree=$work/tree
mkdir "$tree"
"$work/mktree" "$tree" $functions || exit 2

list() {
	"$program" list --sysroot "$tree"
}

lspci_list() {
	lspci -O sysfs.path="$tree/sys/bus/pci" -Dnnk
}

bare() {
	"$work/bare_list" "$tree"
}

side_by_side $runs list lspci_list
row "list, $functions functions: lspci -Dnnk" 0.5
side_by_side $runs list bare
row "list, $functions functions: bare C loop over the same files" 1.5

# All of it would take half an hour, for each lspci reads the whole tree.
sample=24
shell_loop() {
	for device in "$tree"/sys/kernel/iommu_groups/*/devices/*; do
		group=${device#"$tree"/sys/kernel/iommu_groups/}
		printf 'IOMMU Group %s ' "${group%%/*}"
		lspci -O sysfs.path="$tree/sys/bus/pci" -nns "${device##*/}"
		looked=$((looked + 1))
		[ $looked -lt $sample ] || break
	done
}
looked=0
against_s=$(seconds shell_loop | awk -v all=$functions -v sample=$sample '{ print $1 * all / sample }')
row "list, $functions functions: shell loop with lspci ($sample of $functions measured)" 0.01
