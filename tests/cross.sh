#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: cross.sh HOST SYSROOT DIR
# Builds the program in DIR for the machine HOST (aarch64-linux-gnu) with the libraries of SYSROOT
# (see sysroot.sh), warnings being errors, and checks that what came out is for that machine.
set -eu

[ $# = 3 ] || { echo "usage: $0 HOST SYSROOT DIR" >&2; exit 2; }
host=$1 sysroot=$2 dir=$3
top=$(cd "$(dirname "$0")/.." && pwd)

mkdir -p "$dir"
cd "$dir"
# A build that is there goes on, unless the libraries are others.
grep -qsF -- "--sysroot=$sysroot" config.mk || "$top/configure" --host="$host" --with-sysroot="$sysroot" --enable-werror
make -s -j "$(getconf _NPROCESSORS_ONLN)" all

case $host in
aarch64-*) machine=AArch64 ;;
*) echo "$0: what is the ELF machine of $host?" >&2; exit 2 ;;
esac
readelf -h build/iommu-resettest | grep -E 'Class|Machine' | tee header
grep -q "Machine: *$machine" header
