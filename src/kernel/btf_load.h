/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loading BTF with libbpf, its messages kept from the terminal. */
#ifndef KERNEL_BTF_LOAD_H
#define KERNEL_BTF_LOAD_H

#include "base/attr.h"
#include "kernel/bytes.h"

struct btf;

/*
 * Parses raw BTF into an object the caller frees with btf__free(). Returns 0, or -EINVAL with
 * libbpf's reason in @why. An old libbpf refuses kinds of types newer than itself.
 */
int btf_load(struct bytes data, struct btf **btf, char *why, size_t why_bytes) _must_check_;

#endif
