#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What `make demo` shows: the same test on a kernel with the bug and on one with the fix, each in an
# emulated machine with a NIC behind an IOMMU and a CXL root port, side by side.
# Exit status: 0 when one said `vulnerable` and the other `fixed`, 1 otherwise.
set -eu

lab=$(cd "$(dirname "$0")" && pwd)
BINARY=${BINARY:-$PWD/build/iommu-resettest}
out=${LAB_OUT:-${BUILD_DIR:-$PWD/build}/lab}/demo
arguments="--all -t nested"

die()
{
	echo "demo: $*" >&2
	exit 2
}

# The first of the kernels named that can be had.
pick()
{
	for name; do
		answer=$("$lab/fetch.sh" "$name")
		case $answer in
		"ok "*) echo "${answer#ok }"; return ;;
		esac
		echo "demo: $answer" >&2
	done
	return 1
}

boot()
{
	"$lab/guest.sh" amd64 "$2" "$out/base.cpio" "$out/$1" cxl intel "unbind text" "$arguments" \
		2> "$out/$1.err"
}

# Everything to show for one kernel, in lines of at most $2 columns.
page()
{
	{
		echo "=== Linux $1 ==="
		echo
		echo "\$ iommu-resettest run $arguments"
		cat "$out/$1/run.out" "$out/$1/run.err"
		echo "exit status $(cat "$out/$1/run.status")"
		echo
		echo "The kernel's own words:"
		sed -n '/iommu-resettest: begin /,/iommu-resettest: end /p' "$out/$1/dmesg" |
			grep -E 'WARNING|pci_dev_reset_iommu|failed to stop|iommu-resettest: ' |
			grep -vE ' RIP: ' | sed 's/^\[ *//; s/\] / /' || :
	} | expand | fold -s -w "$2"
}

width()
{
	if [ -t 1 ]; then
		stty size < /dev/tty 2>/dev/null | cut -d ' ' -f 2
	else
		echo 160
	fi
}

verdict()
{
	jq -r .verdict "$out/$1/judge.out" 2>/dev/null || echo "no answer"
}

[ -x "$BINARY" ] || die "$BINARY is not there: build it first, or set BINARY"
rm -rf "$out"
mkdir -p "$out"
started=$(date +%s)
vulnerable=$(pick 7.0.4 7.0.9) || die "no kernel with the bug can be had"
fixed=$(pick 7.3.4 7.2.12 7.1.13 7.0.13) || die "no kernel with the fix can be had"
"$lab/initramfs.sh" "$BINARY" "$out/base.cpio"

bad=${vulnerable%% *}
good=${fixed%% *}
echo "Booting Linux $bad and Linux $good, as Debian built them, in two emulated machines ..."
boot "$bad" "${vulnerable#* }" &
first=$!
boot "$good" "${fixed#* }" &
second=$!
wait $first || die "the guest with $bad did not finish: see $out/$bad"
wait $second || die "the guest with $good did not finish: see $out/$good"

columns=$(width)
columns=${columns:-80}
if [ "$columns" -ge 110 ]; then
	half=$(((columns - 3) / 2))
	page "$bad" $half > "$out/left"
	page "$good" $half > "$out/right"
	pr -m -t -l 1 -S' | ' -w $((half * 2 + 3)) "$out/left" "$out/right" | expand
else
	page "$bad" "$columns"
	echo
	page "$good" "$columns"
fi

echo
echo "Linux $bad: $(verdict "$bad")    Linux $good: $(verdict "$good")    ($(($(date +%s) - started)) s)"
echo "All that was recorded: $out/$bad/evidence, $out/$good/evidence"
[ "$(verdict "$bad") $(verdict "$good")" = "vulnerable fixed" ]
