#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: lint.sh COMPILER_FLAG..., in a configured build directory (make lint does it).
# Runs cppcheck, clang-tidy (.clang-tidy says what), shellcheck and mandoc's checker. Prints TAP.
#
# check() calls its arguments, which shellcheck does not see.
# shellcheck disable=SC2317
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
report=$(mktemp) || exit 2
trap 'rm -f "$report"' EXIT
number=0
failed=0
jobs=$(getconf _NPROCESSORS_ONLN)

# check NAME COMMAND...: nothing to say and status 0 is a pass.
check() {
	name=$1
	shift
	number=$((number + 1))
	if "$@" >"$report" 2>&1; then
		echo "ok $number - $name"
	else
		echo "not ok $number - $name"
		sed 's/^/# /' "$report"
		failed=1
	fi
}

c_sources() {
	find "$top/src" "$top/tests" -name '*.c' | LC_ALL=C sort
}

# The leak checks are off: cppcheck 2.10 does not know the cleanup attribute. LeakSanitizer looks
# instead, in every test of the --enable-dev build. readdir() is safe with a stream of one's own, and
# readdir_r(), which cppcheck asks for, is deprecated.
run_cppcheck() {
	cppcheck --quiet -j "$jobs" --std=c11 --library=posix,gnu \
		--enable=warning,performance,portability --error-exitcode=1 --inline-suppr \
		--suppress=missingIncludeSystem --suppress=resourceLeak --suppress=memleak \
		--suppress=readdirCalled --suppress=normalCheckLevelMaxBranches \
		--include="$PWD/config.h" -D_GNU_SOURCE -I "$top/src" "$top/src"
}

# One file's complaints at a time. The count of those suppressed in headers is on stderr.
run_clang_tidy() {
	# shellcheck disable=SC2016 # for the inner shell
	c_sources | xargs -P "$jobs" -I '{}' sh -c '
		file=$1
		shift
		said=$(clang-tidy --quiet "$file" -- "$@" 2>&1) && exit
		printf "%s\n" "$said"
		exit 1' sh '{}' "$@"
}

shell_scripts() {
	find "$top" \( -name build -o -name .git \) -prune -o -type f -size -200k -print |
		while read -r file; do
			# Those that others read say their shell to shellcheck alone.
			if head -n 2 "$file" |
				grep -qaE '^#!.*[/ ](ba)?sh( |$)|^# shellcheck shell='; then
				printf '%s\0' "$file"
			fi
		done
}

run_shellcheck() {
	shell_scripts | xargs -0 shellcheck -x
}

check cppcheck run_cppcheck
check clang-tidy run_clang_tidy "$@"
check shellcheck run_shellcheck
check 'the manual is well-formed' mandoc -T lint -W warning "$top/man/iommu-resettest.8"
echo "1..$number"
exit $failed
