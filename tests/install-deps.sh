#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: install-deps.sh build|test|html|lab|arm64...
# Installs what those jobs need and this machine lacks: on Debian as root through apt, elsewhere it
# only says what is missing. Silent and successful where nothing is.
# Usage: install-deps.sh libraries
# Prints the packages of the libraries, for sysroot.sh.
set -eu

# What is needed is looked for by itself and not by package, so that it may come from anywhere.
needs() {
	cat <<'TABLE'
build gcc program gcc
build libc6-dev header linux/openat2.h
build binutils program nm
build make program make
build pkg-config program pkg-config
build libpci-dev module libpci
build libudev-dev module libudev
build libjson-c-dev module json-c
build libsmartcols-dev module smartcols
build libtraceevent-dev module libtraceevent
build libtracefs-dev module libtracefs
build libbpf-dev module libbpf
build zlib1g-dev module zlib
build liblzma-dev module liblzma
build libzstd-dev module libzstd
build liblz4-dev module liblz4
test libcmocka-dev module cmocka
test clang program clang
test libclang-rt-dev fuzzer clang
test clang-tidy program clang-tidy
test cppcheck program cppcheck
test shellcheck program shellcheck
test mandoc program mandoc
test jq program jq
test perl program prove
test libxml2-utils program xmllint
test bash program bash
test zsh program zsh
test fish program fish
test python3-jsonschema python jsonschema
html chromium program chromium
html python3 program python3
lab qemu-system-x86 program qemu-system-x86_64
lab busybox-static static busybox
lab cpio program cpio
lab jq program jq
lab gdb program gdb
lab util-linux program flock
lab dmsetup program dmsetup
lab e2fsprogs program mke2fs
lab xz-utils program xz
lab zstd program zstd
lab binutils program readelf
arm64 gcc-aarch64-linux-gnu program aarch64-linux-gnu-gcc
arm64 qemu-system-arm program qemu-system-aarch64
TABLE
}

is_there() {
	case $1 in
	program) command -v "$2" ;;
	module) pkg-config --exists "$2" ;;
	python) python3 -c "import $2" ;;
	header) echo "#include <$2>" | gcc -E - ;;
	fuzzer) echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
		"$2" -fsanitize=fuzzer,address -x c -o /dev/null - ;;
	static) program=$(command -v "$2") && ! ldd "$program" ;;
	esac >/dev/null 2>&1
}

missing_packages() {
	for job in "$@"; do
		needs | while read -r for_job package kind name; do
			[ "$for_job" != "$job" ] || is_there "$kind" "$name" || printf '%s ' "$package"
		done
	done
}

if [ "$*" = libraries ]; then
	needs | awk '$3 == "module" { print $2 }'
	exit
fi
[ $# -gt 0 ] || { echo "usage: $0 build|test|html|lab|arm64..." >&2; exit 2; }
for job in "$@"; do
	case $job in
	build|test|html|lab|arm64) ;;
	*) echo "$0: unknown job: $job" >&2; exit 2 ;;
	esac
done

missing=$(missing_packages "$@")
[ -n "$missing" ] || exit 0
install="apt-get update && apt-get install --no-install-recommends ${missing% }"

if ! command -v apt-get >/dev/null 2>&1 || ! [ -e /etc/debian_version ]; then
	echo "Missing, by the names of Debian's packages: ${missing% }" >&2
	echo "This is not Debian: install what holds them here, then try again." >&2
	exit 1
fi
if [ "$(id -u)" != 0 ]; then
	echo "Missing: ${missing% }" >&2
	echo "Only root can install them. Run this as root, then try again:" >&2
	echo "    $install" >&2
	exit 1
fi

echo "Installing ${missing% }"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
	DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
		"$@" >"$log" 2>&1 </dev/null && return
	cat "$log" >&2
	echo "apt-get $* failed; needed is: $install" >&2
	exit 1
}
apt update
# The list is of words.
# shellcheck disable=SC2086
apt install -y --no-install-recommends $missing
missing=$(missing_packages "$@")
if [ -n "$missing" ]; then
	echo "Still missing after apt installed it: $missing" >&2
	exit 1
fi
