// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/list.h"

#include "render/wrap.h"

bool list_shows(const struct filter *filter, const struct function *function)
{
	if (!filter_match(filter, function))
		return false;
	if (!filter->method_count)
		return true;
	for (unsigned int i = 0; i < function->methods.count; i++)
		if (filter_wants_method(filter, function->methods.names[i]))
			return true;
	return false;
}

/* How to turn the IOMMU on. */
static const char *iommu_advice(const char *machine)
{
	if (streq(machine, "x86_64") || (machine[0] == 'i' && streq(machine + 2, "86")))
		return "To turn it on: in the firmware setup, enable VT-d (Intel) or IOMMU (AMD); "
		       "then boot with intel_iommu=on or amd_iommu=on on the kernel command line.";
	if (streq(machine, "aarch64"))
		return "To turn it on: enable the SMMU in the firmware setup, so that firmware "
		       "describes it in IORT (ACPI) or the device tree; take arm-smmu.disable=1 or "
		       "iommu.passthrough=1 off the kernel command line.";
	if (streq(machine, "riscv64"))
		return "To turn it on: firmware must describe the RISC-V IOMMU in RIMT (ACPI) or "
		       "the device tree.";
	return "To turn it on: enable it in the firmware setup (Intel: VT-d, and boot with "
	       "intel_iommu=on; AMD: IOMMU, amd_iommu=on; arm64: SMMU).";
}

void list_add_text(struct strbuf *out, const struct snapshot *snapshot, const struct filter *filter,
		   const struct list_layout *layout)
{
	size_t before = out->length_bytes;
	bool advise = (layout->form == LIST_LINES || layout->form == LIST_TREE) &&
		      layout->style.verbosity >= 0;

	if (layout->form == LIST_LINES)
		list_add_lines(out, snapshot, filter, layout);
	else
		list_add_table(out, snapshot, filter, layout);
	if (advise && out->length_bytes > before && snapshot->host.iommu == TRI_NO) {
		strbuf_puts(out, "\n");
		out->wrap_columns = layout->style.wrap_columns;
		wrap_labelled(out, 0, "This machine has no IOMMU in use. ",
			      iommu_advice(snapshot->host.machine));
	}
}
