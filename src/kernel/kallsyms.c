// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/kallsyms.h"

#include <errno.h>

#include "model/facts.h"

#define KALLSYMS_MAX_BYTES (256U << 20)

/*
 * Lines are "ADDRESS TYPE NAME", for modules and BPF programs with "\t[OWNER]" behind. Compilers
 * put ".constprop.0", ".llvm.123" and the like behind a name.
 */
static bool has_symbol(struct bytes text, const char *name)
{
	size_t length = strlen(name);

	for (size_t offset = 0; bytes_find(text, name, length, &offset); offset++) {
		size_t end = offset + length;

		if (offset > 0 && text.data[offset - 1] == ' ' &&
		    (end == text.length || text.data[end] == '\n' || text.data[end] == '.'))
			return true;
	}
	return false;
}

int kallsyms_parse(struct bytes text, struct kallsyms *found)
{
	if (!has_symbol(text, "pci_reset_function"))
		return -ENODATA;
	found->prepare = tri_of(has_symbol(text, "pci_dev_reset_iommu_prepare"));
	found->done = tri_of(has_symbol(text, "pci_dev_reset_iommu_done"));
	if (found->prepare == TRI_NO && has_symbol(text, EARLIER_PREPARE))
		found->prepare = found->done = TRI_UNKNOWN;
	return 0;
}

int kallsyms_read(const struct root *root, struct kallsyms *found)
{
	_cleanup_free_ char *text = NULL;
	size_t length;
	int r = root_read(root, "proc/kallsyms", KALLSYMS_MAX_BYTES, &text, &length);

	if (r < 0)
		return r;
	return kallsyms_parse((struct bytes){(const unsigned char *)text, length}, found);
}
