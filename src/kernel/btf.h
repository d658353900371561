/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Facts from BTF, the kernel's own description of its types. libbpf is used here only. */
#ifndef KERNEL_BTF_H
#define KERNEL_BTF_H

#include <errno.h>
#include <stdio.h>

#include "base/attr.h"
#include "kernel/bytes.h"
#include "model/facts.h"

/*
 * Fills functions, members and offsets of @facts from raw BTF of either byte order. What BTF does
 * not settle stays unknown. Returns 0, or -errno with the reason in facts->note and everything
 * else as it was: -EINVAL for data libbpf does not read, -EOPNOTSUPP in a build without libbpf.
 */
#ifdef HAVE_BTF
int btf_read_facts(struct bytes btf, struct kernel_facts *facts) _must_check_;
#else
static inline int btf_read_facts(struct bytes btf, struct kernel_facts *facts)
{
	(void)btf;
	snprintf(facts->note, sizeof(facts->note),
		 "this program was built without BTF (configure --without-btf)");
	return -EOPNOTSUPP;
}
#endif

#endif
