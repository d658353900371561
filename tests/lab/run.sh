#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu

lab=$(cd "$(dirname "$0")" && pwd)
BINARY=${BINARY:-$PWD/build/iommu-resettest}
LAB_OUT=${LAB_OUT:-${BUILD_DIR:-$PWD/build}/lab}
LAB_JOBS=${LAB_JOBS:-2}
cases=${LAB_CASES:-$lab/cases}
kernels=${LAB_KERNELS:-$lab/kernels.list}
[ -z "${SOAK_SECONDS-}" ] || export LAB_TIMEOUT="${LAB_TIMEOUT:-$((SOAK_SECONDS * 4 + 300))}"

help()
{
	cat <<EOF
Usage: run.sh                    boot every case and compare (TAP on stdout)
       run.sh only PATTERN       the cases whose "KERNEL NAME" matches the extended regex
       run.sh list               print the cases
       run.sh shell KERNEL NAME  boot one case by hand: a shell in the guest on this terminal
                                 (poweroff -f ends it; Ctrl-a x kills it)
Variables: BINARY (the tool; $BINARY)
           BINARY_ARM64 (the same for arm64; built in LAB_OUT when not given)
           LAB_OUT (results; $LAB_OUT)
           LAB_JOBS (guests at a time; $LAB_JOBS)
           LAB_TIMEOUT (seconds for one guest; 1200)
           IOMMU_RESETTEST_CACHE (where fetched kernels are kept)
           SOAK_SECONDS (of the soak; what its row says)
           LAB_CASES, LAB_KERNELS (other tables than the lab's own)
EOF
}

die()
{
	echo "lab: $*" >&2
	exit 2
}

# Prints KERNEL|NAME|TOPOLOGY|IOMMU|WITH|ARGUMENTS|VERDICT|EXIT|SLUG|DEPTH|ALSO, a line for each
# kernel of a row.
expand_cases()
{
	awk -F '[[:blank:]]*[|][[:blank:]]*' '
	/^#/ || NF < 10 { next }
	{
		also = $0
		for (i = 0; i < 10; i++)
			sub(/^[^|]*[|]/, "", also)
		gsub(/^[[:blank:]]+|[[:blank:]]+$/, "", also)
		count = split($1, kernels, ",")
		for (k = 1; k <= count; k++) {
			line = kernels[k]
			for (i = 2; i <= 10; i++)
				line = line "|" $i
			print line "|" also
		}
	}' "$cases"
}

static_verdict()
{
	awk -v name="$1" '!/^#/ && $1 == name { print $2 }' "$kernels"
}

architecture()
{
	awk -v name="$1" '!/^#/ && $1 == name { print $3 }' "$kernels"
}

need_programs()
{
	for program; do
		command -v "$program" >/dev/null || die "$program is missing"
	done
}

base_amd64()
{
	need_programs qemu-system-x86_64 gdb busybox "${CC:-cc}"
	"$lab/initramfs.sh" "$BINARY" "$LAB_OUT/base-amd64.cpio"
	"$lab/safety/initramfs.sh" "$LAB_OUT/safety.cpio"
}

base_arm64()
{
	need_programs qemu-system-aarch64 aarch64-linux-gnu-gcc
	sysroot=$("$lab/../sysroot.sh" arm64) || die "there are no arm64 libraries"
	if [ -z "${BINARY_ARM64-}" ]; then
		BINARY_ARM64=$LAB_OUT/arm64/build/iommu-resettest
		"$lab/../cross.sh" aarch64-linux-gnu "$sysroot" "$LAB_OUT/arm64" > "$LAB_OUT/arm64.log" 2>&1 ||
			die "no arm64 build: see $LAB_OUT/arm64.log"
	fi
	CC="aarch64-linux-gnu-gcc --sysroot=$sysroot" \
		"$lab/initramfs.sh" "$BINARY_ARM64" "$LAB_OUT/base-arm64.cpio" "$sysroot"
}

# need_bases KERNEL...: what the guests with these kernels start from
need_bases()
{
	[ -x "$BINARY" ] || die "$BINARY is not there: build it first, or set BINARY"
	need_programs readelf cpio jq flock apt-get dpkg-deb
	for arch in $(for kernel; do architecture "$kernel"; done | sort -u); do
		"base_$arch"
	done
}

# The script of safety/ that the guest runs, by its WITH words.
script_of()
{
	echo "$1" | tr ' ' '\n' | sed -n 's/^script://p'
}

# Boots the case on line $1 of the list and prints its result, in one write.
one_case()
{
	IFS='|' read -r kernel name topology iommu with args verdict exit_status slug depth also <<EOF
$(sed -n "$1p" "$LAB_OUT/jobs")
EOF
	[ "$(script_of "$with")" != soak ] || args=${SOAK_SECONDS:-$args}
	dir=$LAB_OUT/$kernel-$name
	title="$1 - $kernel $name"
	fetched=$(awk -v name="$kernel" '$2 == name' "$LAB_OUT/kernels")
	case $fetched in
	"ok "*) ;;
	"gone "*)
		echo "ok $title # SKIP KERNEL GONE: ${fetched#gone }"
		echo "skipped 0" >> "$LAB_OUT/results"
		return ;;
	*)
		echo "not ok $title # ${fetched#error }"
		echo "failed 0" >> "$LAB_OUT/results"
		return ;;
	esac

	arch=$(architecture "$kernel")
	if ! "$lab/guest.sh" "$arch" "${fetched#ok "$kernel" }" "$LAB_OUT/base-$arch.cpio" "$dir" \
		"$topology" "$iommu" "$with" "$args" 2> "$dir.stderr"; then
		differences="the guest did not finish (QEMU's status $(cat "$dir/qemu.status"), 124 is the time limit)"
	elif [ -n "$(script_of "$with")" ]; then
		differences=$("$lab/safety/expect.sh" "$dir" "$(script_of "$with")" 2>&1) || differences=${differences:-"expect.sh failed"}
	else
		differences=$("$lab/expect.sh" "$dir" "$(static_verdict "$kernel")" "$with" "$verdict" \
			"$exit_status" "$slug" "$depth" "$also" 2>&1) || differences=${differences:-"expect.sh failed"}
	fi
	mkdir -p "$dir"
	mv "$dir.stderr" "$dir/guest.err"
	seconds=$(cat "$dir/seconds" 2>/dev/null) || seconds="?"
	retries=$(cat "$dir/retries" 2>/dev/null) || retries=0
	again=
	[ "$retries" = 0 ] || again=", started again: $retries"
	if [ -z "$differences" ]; then
		said=${verdict:-all as it must be}
		[ "${slug:--}" = - ] || said="$said $slug"
		[ "${depth:--}" = - ] || said="$said, depth $depth"
		echo "ok $title: $said (${seconds}s$again)"
		echo "passed $retries" >> "$LAB_OUT/results"
		rm -f "$dir"/*.img
	else
		{
			echo "not ok $title (${seconds}s$again)"
			echo "$differences" | sed 's/^/  # /'
			echo "  # see $dir"
		} > "$dir/report"
		cat "$dir/report"
		echo "failed $retries" >> "$LAB_OUT/results"
	fi
}

count()
{
	grep -c "^$1 " "$LAB_OUT/results" || :
}

# What the guests of safety/ counted, in all.
show_figures()
{
	while IFS='|' read -r kernel name _; do
		cat "$LAB_OUT/$kernel-$name/figures" 2>/dev/null || :
	done < "$LAB_OUT/jobs" | awk '{ number = $1; $1 = ""; sum[$0] += number } END { for (name in sum) printf "#%s: %d\n", name, sum[name] }' | sort
}

# Every row of the table needs a kernel with the bug and one with the fix to be worth anything.
both_kinds_left()
{
	for kind in vulnerable fixed; do
		found=
		while read -r state kernel _; do
			[ "$state" != ok ] || [ "$(static_verdict "$kernel")" != $kind ] || found=yes
		done < "$LAB_OUT/kernels"
		if [ -z "$found" ]; then
			echo "# no $kind kernel is left: the lab shows nothing"
			return 1
		fi
	done
}

# What `check` says of a kernel's file is what it must say of that kernel when it runs.
images_tell()
{
	bad=0
	while read -r state kernel image; do
		[ "$state" = ok ] || continue
		said=$("$BINARY" check --json --kernel "$image" | jq -r .verdict)
		[ "$said" != "$(static_verdict "$kernel")" ] || continue
		echo "# the file of $kernel is called '$said', expected '$(static_verdict "$kernel")'"
		bad=1
	done < "$LAB_OUT/kernels"
	return $bad
}

run_cases()
{
	pattern=$1
	mkdir -p "$LAB_OUT"
	exec 8> "$LAB_OUT/lock"
	flock -n 8 || die "another lab is at work in $LAB_OUT"
	expand_cases | awk -F '|' -v pattern="$pattern" '($1 " " $2) ~ pattern' > "$LAB_OUT/jobs"
	[ -s "$LAB_OUT/jobs" ] || die "no case matches '$pattern'"
	twice=$(cut -d '|' -f 1,2 "$LAB_OUT/jobs" | sort | uniq -d)
	[ -z "$twice" ] || die "these cases have one name: $twice"
	: > "$LAB_OUT/results"
	# shellcheck disable=SC2046 # one word for each kernel
	set -- $(cut -d '|' -f 1 "$LAB_OUT/jobs" | sort -uV)
	need_bases "$@"
	"$lab/fetch.sh" "$@" > "$LAB_OUT/kernels" ||
		die "the kernels could not be fetched"
	total=$(wc -l < "$LAB_OUT/jobs")
	echo "1..$total"
	grep '^gone ' "$LAB_OUT/kernels" | sed 's/^gone /# KERNEL GONE, its cases are skipped: /'
	export BINARY LAB_OUT
	seq "$total" | xargs -n 1 -P "$LAB_JOBS" "$lab/run.sh" one || :

	status=0
	[ -n "$pattern" ] || both_kinds_left || status=1
	images_tell || status=1
	retries=$(awk '{ sum += $2 } END { print sum + 0 }' "$LAB_OUT/results")
	[ "$retries" = 0 ] || echo "# guests that died before their test and were started again: $retries"
	show_figures
	passed=$(count passed)
	skipped=$(count skipped)
	failed=$((total - passed - skipped))
	[ "$failed" = 0 ] || status=1
	echo "$passed passed, $failed failed, $skipped skipped"
	return $status
}

boot_by_hand()
{
	line=$(expand_cases | awk -F '|' -v k="$1" -v n="$2" '$1 == k && $2 == n' | head -n 1)
	[ -n "$line" ] || die "no case '$1 $2': see run.sh list"
	mkdir -p "$LAB_OUT"
	need_bases "$1"
	IFS='|' read -r kernel name topology iommu with args _ <<EOF
$line
EOF
	fetched=$("$lab/fetch.sh" "$kernel")
	[ "${fetched%% *}" = ok ] || die "$fetched"
	arch=$(architecture "$kernel")
	"$lab/guest.sh" "$arch" "${fetched#ok "$kernel" }" "$LAB_OUT/base-$arch.cpio" \
		"$LAB_OUT/shell-$kernel-$name" "$topology" "$iommu" "$with shell" "$args"
}

case ${1:-all} in
all) run_cases "" ;;
only) [ $# = 2 ] || { help >&2; exit 2; }; run_cases "$2" ;;
list) expand_cases | tr '|' '\t' ;;
shell) [ $# = 3 ] || { help >&2; exit 2; }; boot_by_hand "$2" "$3" ;;
one) one_case "$2" ;;
-h | --help | help) help ;;
*) help >&2; exit 2 ;;
esac
