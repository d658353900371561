#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: initramfs.sh OUT.cpio
# Packs what the guests of this folder have beside the base of the lab: their scripts and programs.
set -eu

[ $# = 1 ] || { echo "usage: $0 OUT.cpio" >&2; exit 2; }
safety=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=../pack.sh
. "$safety/../pack.sh"
sysroot=
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

add_program "$(PATH=$PATH:/usr/sbin:/sbin command -v dmsetup)" dmsetup
for source in "$safety"/*.c; do
	add_source "$source"
done
mkdir -p "$root/safety"
cp "$safety"/guest/* "$root/safety"
pack "$1"
