#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: run.sh [SUITE...]        (all: build layers options lint unit cli formats html dev fuzz variants dist lab)
# Runs the suites from a clean state in BUILD_DIR [build/check] and ends with the line
# "N passed, N failed, N skipped". Each suite's whole output is in BUILD_DIR/logs.
set -u

# Whatever make and its caller set is not for the builds made here.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES DESTDIR CC CFLAGS CPPFLAGS LDFLAGS LIBS V

top=$(cd "$(dirname "$0")/.." && pwd)
BUILD_DIR=${BUILD_DIR:-$PWD/build/check}
jobs=$(getconf _NPROCESSORS_ONLN)
passed=0
failed=0
skipped=0

all_suites='build layers options lint unit cli formats html dev fuzz variants dist lab'
# The list is of words.
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $all_suites
for suite; do
	case " $all_suites " in
	*" $suite "*) ;;
	*) echo "$0: no suite $suite; there are: $all_suites" >&2; exit 2 ;;
	esac
done

rm -rf "$BUILD_DIR"
mkdir -p "$BUILD_DIR/logs" || exit 2
BUILD_DIR=$(cd "$BUILD_DIR" && pwd)

log_name() {
	echo "$BUILD_DIR/logs/$(echo "$1" | tr ' /' '--').log"
}

show_end_of() {
	tail -n "${2:-40}" "$1" | sed 's/^/# /'
	echo "# all of it: $1"
}

# step NAME COMMAND...: one test, passed when the command succeeds.
step() {
	name=$1
	shift
	log=$(log_name "$name")
	if "$@" >"$log" 2>&1 </dev/null; then
		passed=$((passed + 1))
		echo "ok - $name"
	else
		failed=$((failed + 1))
		echo "not ok - $name"
		show_end_of "$log"
		return 1
	fi
}

# tap NAME COMMAND...: counts the tests in the command's TAP output. A plan that is missing or not
# kept and a bad exit status without a failed test are a failure too.
tap() {
	name=$1
	shift
	log=$(log_name "$name")
	"$@" >"$log" 2>&1 </dev/null
	status=$?
	counts=$(awk -v status=$status '
		/^(not )?ok / && /# *(SKIP|skip)/ { skip++; seen++; next }
		/^ok / { good++; seen++ }
		/^not ok / { bad++; seen++ }
		/^1\.\.[0-9]+/ {
			planned = 1
			plan = substr($1, 4) + 0
			if (plan == 0) { skip++; seen = 0 }
		}
		END {
			if (!planned || plan != seen || (status != 0 && !bad)) bad++
			printf "%d %d %d\n", good, bad, skip
		}' "$log")
	# Three numbers.
	# shellcheck disable=SC2086
	count_tap "$name" $counts
}

count_tap() {
	passed=$((passed + $2))
	failed=$((failed + $3))
	skipped=$((skipped + $4))
	if [ "$3" = 0 ]; then
		echo "ok - $1: $2 passed, $4 skipped"
		grep -E '^(not )?ok .*# *(SKIP|skip)|^1\.\.0' "$log" | sed 's/^/# /'
		grep -E '^# .* tried: [0-9]' "$log"
		return 0
	fi
	echo "not ok - $1: $2 passed, $3 failed, $4 skipped (exit status $status)"
	grep -E -A 20 '^not ok' "$log" | sed 's/^/# /' | head -n 80
	show_end_of "$log" 10
	return 1
}

missing() {
	failed=$((failed + 1))
	echo "not ok - $1"
}

# make_in DIR ARGUMENT...
make_in() {
	dir=$1
	shift
	make -C "$dir" -j "$jobs" "$@"
}

# configure_in DIR ARGUMENT...
configure_in() {
	dir=$1
	shift
	mkdir -p "$dir" && (cd "$dir" && "$top/configure" "$@")
}

build_variant() {
	configure_in "$@" && make_in "$1" all
}

default=$BUILD_DIR/default
dev=$BUILD_DIR/dev
arm64=$BUILD_DIR/arm64

build_arm64() {
	sysroot=$("$top/tests/sysroot.sh" arm64) &&
		"$top/tests/cross.sh" aarch64-linux-gnu "$sysroot" "$arm64"
}

# need NAME DIR COMMAND...: one of the builds that suites share, made when it is first needed.
need() {
	name=$1
	shift
	[ ! -x "$1/build/iommu-resettest" ] || return 0
	if [ -e "$1.failed" ]; then
		missing "$suite: there is no build to test"
		return 1
	fi
	dir=$1
	shift
	step "$name" "$@" || { : >"$dir.failed"; return 1; }
}

need_default() {
	need build "$default" build_variant "$default" --enable-werror
}

need_dev() {
	need 'build --enable-dev' "$dev" build_variant "$dev" --enable-dev
}

need_arm64() {
	need 'build for arm64' "$arm64" build_arm64
}

# The unit tests and command line tests of one build. Those named in $but are of code that is the
# same in each build, and take long: one or two builds of it are enough.
but=
unit_tests_of() {
	step "unit tests$2 build" make_in "$1" unit-programs || return
	found=
	for program in "$1"/build/tests/unit/test_*; do
		case $program in
		*.[od]|*'*') continue ;;
		esac
		case " $but " in
		*" ${program##*/test_} "*) continue ;;
		esac
		found=yes
		tap "unit$2 ${program##*/test_}" env CMOCKA_MESSAGE_OUTPUT=TAP "$program"
	done
	[ -n "$found" ] || missing "unit tests$2: there are none"
}

cli_tests_of() {
	found=
	for script in "$top"/tests/cli/*.sh; do
		[ -e "$script" ] || continue
		found=yes
		name=${script##*/}
		case " $but " in
		*" cli-${name%.sh} "*) continue ;;
		esac
		tap "cli$2 ${name%.sh}" env BINARY="$1/build/iommu-resettest" sh "$script"
	done
	[ -n "$found" ] || missing "command line tests$2: there are none"
}

suite_build() {
	need_default
}

suite_layers() {
	need_default && tap 'layers' "$top/tests/check-layers.sh" "$top/src" "$default/build/src"
}

suite_options() {
	need_default && tap 'options' "$top/tests/check-options.sh" "$default/build/iommu-resettest"
}

suite_lint() {
	need_default && tap 'lint' make_in "$default" --no-print-directory -s lint
}

suite_unit() {
	need_default && unit_tests_of "$default" ''
}

suite_cli() {
	need_default && cli_tests_of "$default" ''
}

suite_formats() {
	need_default || return
	tap 'formats' env BINARY="$default/build/iommu-resettest" \
		sh "$top/tests/formats/run.sh"
	tap 'formats of merge' env BINARY="$default/build/iommu-resettest" \
		sh "$top/tests/formats/fleet.sh"
}

# The pages of `report` and `merge` in a browser.
suite_html() {
	need_default || return
	for program in "${CHROMIUM:-chromium}" python3; do
		if ! command -v "$program" >/dev/null 2>&1; then
			missing "html: there is no $program here"
			return
		fi
	done
	tap 'html' python3 "$top/tests/html/pages.py" "$default/build/iommu-resettest" \
		"$top/tests/golden/captured"
}

suite_dev() {
	need_dev || return
	# The fuzzers look at the same code, with the same sanitizers.
	but='mutations judge_attack cli-schema cli-large'
	unit_tests_of "$dev" ' dev'
	cli_tests_of "$dev" ' dev'
	but=
}

# Each target for a few seconds with inputs that are the same in each run: whether a change is good
# must not hang on luck. make fuzz takes its time and other inputs.
suite_fuzz() {
	need_default || return
	if ! command -v clang >/dev/null 2>&1; then
		missing 'fuzz: there is no clang here'
		return
	fi
	step 'fuzz build' make_in "$default" fuzz-programs || return
	tap 'fuzz' env FUZZ_SECONDS="${FUZZ_SECONDS:-5}" FUZZ_SEED="${FUZZ_SEED:-1}" \
		"$top/tests/fuzz/run.sh" "$default/build/fuzz"
}

# A program that lacks a part says so.
says_it_lacks() {
	"$1/build/iommu-resettest" --version | tee /dev/stderr | grep -qiE "(without|no) +$2|$2: *no"
}

# Optimizing takes most of a build's time. Where it would tell nothing new it is left out.
quickly=CFLAGS=-O0

# build_without DIR CFLAGS PART...
build_without() {
	dir=$1
	flags=$2
	shift 2
	# Parts are words.
	# shellcheck disable=SC2046
	step "build without $*" build_variant "$dir" --enable-werror ${flags:+"$flags"} \
		$(printf -- '--without-%s ' "$@") || return
	for part; do
		step "build without $*: --version says so of $part" says_it_lacks "$dir" "$part"
	done
}

suite_variants() {
	for part in tracefs btf; do
		build_without "$BUILD_DIR/variant-$part" "$quickly" $part
	done
	if build_without "$BUILD_DIR/variant-bare" "" tracefs btf; then
		but='mutations judge_attack interlocks worker stream kmsg snapshot lock'
		unit_tests_of "$BUILD_DIR/variant-bare" ' of the barest'
		but=
	fi
	if command -v clang >/dev/null 2>&1; then
		step 'build with clang' build_variant "$BUILD_DIR/variant-clang" --enable-werror CC=clang \
			"$quickly"
	else
		skipped=$((skipped + 1))
		echo 'ok - build with clang # SKIP there is no clang here'
	fi
	need_arm64
}

# The tarball: unpacked, built in place without configure being called, installed, uninstalled,
# cleaned, packed again.
list_files() {
	(cd "$1" && find . -type f -o -type l) | LC_ALL=C sort
}

make_tarball() {
	mkdir -p "$BUILD_DIR/dist" && "$top/tests/dist.sh" "$BUILD_DIR/dist" &&
		tar -C "$BUILD_DIR/dist" -xzf "$BUILD_DIR/dist"/*.tar.gz &&
		list_files "$tree" >"$BUILD_DIR/dist/files"
}

installs() {
	make_in "$tree" install DESTDIR="$BUILD_DIR/dist/root" && list_files "$BUILD_DIR/dist/root"
	for file in sbin/iommu-resettest share/man/man8/iommu-resettest.8 \
		share/bash-completion/completions/iommu-resettest \
		share/zsh/site-functions/_iommu-resettest \
		share/fish/vendor_completions.d/iommu-resettest.fish \
		share/iommu-resettest/schema/CHANGELOG.md \
		$(cd "$tree" && find schema -name '*.json' | sed 's,^,share/iommu-resettest/,'); do
		[ -s "$BUILD_DIR/dist/root/usr/local/$file" ] || { echo "not installed: $file"; return 1; }
	done
	schemas=$(find "$tree/schema" -type f | wc -l)
	[ "$(list_files "$BUILD_DIR/dist/root" | wc -l)" = $((5 + schemas)) ] || { echo 'more than expected'; return 1; }
	"$BUILD_DIR/dist/root/usr/local/sbin/iommu-resettest" --version
}

uninstalls() {
	make_in "$tree" uninstall DESTDIR="$BUILD_DIR/dist/root" &&
		list_files "$BUILD_DIR/dist/root" | tee /dev/stderr | wc -l | grep -qx 0
}

packs_again() {
	mkdir -p "$BUILD_DIR/dist/again" && make_in "$tree" distclean &&
		list_files "$tree" | diff "$BUILD_DIR/dist/files" - &&
		"$tree/tests/dist.sh" "$BUILD_DIR/dist/again" &&
		tar -tzf "$BUILD_DIR"/dist/again/*.tar.gz | LC_ALL=C sort >"$BUILD_DIR/dist/again/files" &&
		tar -tzf "$BUILD_DIR"/dist/*.tar.gz | LC_ALL=C sort | diff - "$BUILD_DIR/dist/again/files"
}

suite_dist() {
	tree=$BUILD_DIR/dist/iommu-resettest-$(sed -n 's/^version=//p' "$top/configure")
	step 'dist: the tarball' make_tarball &&
		step 'dist: make alone builds it' make_in "$tree" &&
		step 'dist: install' installs &&
		step 'dist: uninstall leaves nothing' uninstalls &&
		step 'dist: distclean leaves what was unpacked' packs_again
}

# The guests wait much of their time, so the other suites run beside them. The lab has a process
# group of its own: what is put in the background here would not hear of Ctrl-C.
lab=
start_lab() {
	[ -z "$lab" ] || return 0
	need_default && need_arm64 || return
	lab_log=$(log_name lab)
	BINARY=$default/build/iommu-resettest BINARY_ARM64=$arm64/build/iommu-resettest \
		LAB_OUT=$BUILD_DIR/lab setsid "$top/tests/lab/run.sh" >"$lab_log" 2>&1 </dev/null &
	lab=$!
}

stop_lab() {
	[ -z "$lab" ] || kill -s TERM -- "-$lab" 2>/dev/null
}
trap stop_lab EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

suite_lab() {
	start_lab || return
	log=$lab_log
	# Its lines are shown as they come.
	tail -n +1 -f --pid="$lab" "$log"
	wait "$lab"
	status=$?
	lab=
	counts=$(sed -nE '$s/^([0-9]+) passed, ([0-9]+) failed, ([0-9]+) skipped$/\1 \2 \3/p' "$log")
	if [ -z "$counts" ]; then
		missing 'lab: it ended without its counts'
		return
	fi
	# Three numbers.
	# shellcheck disable=SC2086
	set -- $counts
	[ "$status" = 0 ] || [ "$2" != 0 ] || set -- "$1" 1 "$3"
	count_tap lab "$@"
}

for suite; do
	started=$(date +%s)
	echo "== $suite"
	"suite_$suite"
	echo "# $suite: $(($(date +%s) - started)) s"
	case " $* " in
	*' lab '*) [ "$suite" = lab ] || start_lab ;;
	esac
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
