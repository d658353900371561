#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: srcdir=DIR check.sh, in the build directory
# `check` against bpftool and grep over the same BTF. Prints a line: name, seconds of ours, seconds
# of the other, ratio to reach.
set -u

: "${srcdir:?the directory of the sources}"
# shellcheck source-path=SCRIPTDIR source=measure
. "$srcdir/tests/bench/measure"
PATH=$PATH:/usr/sbin:/sbin
need bpftool
btf=/sys/kernel/btf/vmlinux what='the running kernel'
if ! [ -r "$btf" ]; then
	# The lab's kernels are images; bpftool wants the BTF alone.
	need objcopy
	what=
	for image in "${XDG_CACHE_HOME:-$HOME/.cache}"/iommu-resettest/kernels/*/vmlinux; do
		[ -r "$image" ] && objcopy -O binary --only-section=.BTF "$image" "$work/btf" 2>/dev/null &&
			[ -s "$work/btf" ] && btf=$work/btf what=${image%/vmlinux} && what=${what##*/}
	done
	[ -n "$what" ] || { echo "$0: neither the running kernel nor the lab has BTF" >&2; exit 2; }
fi

check() {
	if [ "$what" = 'the running kernel' ]; then
		"$program" check
	else
		"$program" check --kernel "$btf"
	fi
}

dump() {
	bpftool btf dump file "$btf" |
		grep -E 'pci_dev_reset_iommu_(prepare|done)|resetting_domain|recovery_cnt|reset_depth'
}

side_by_side 5 check dump
row "check, $what: bpftool btf dump, piped to grep" 0.1
