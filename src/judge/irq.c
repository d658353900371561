// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/irq.h"

#include <ctype.h>

#define AMD_PREFIX "AMD-Vi"
#define AMD_SYSFS_PREFIX "ivhd"
#define RISCV_SYSFS_PREFIX "riscv-iommu@"

bool irq_is_fault(const char *name)
{
	return starts_with(name, "irq:") && !strstr(name, "-PPR") && !strstr(name, "-GA") &&
	       !strstr(name, "-priq");
}

bool irq_may_be_of(const char *name, const char *iommu)
{
	const char *action = name + strlen("irq:");

	if (!starts_with(name, "irq:") || !*iommu)
		return true;
	if (starts_with(action, "dmar"))
		return streq(action, iommu);
	/* "AMD-Vi0-Evt" is ivhd0's; "AMD-Vi" is of all. */
	if (starts_with(action, AMD_PREFIX) && isdigit((unsigned char)action[strlen(AMD_PREFIX)])) {
		const char *number = action + strlen(AMD_PREFIX);
		size_t digits = strspn(number, "0123456789");

		return starts_with(iommu, AMD_SYSFS_PREFIX) &&
		       strncmp(iommu + strlen(AMD_SYSFS_PREFIX), number, digits) == 0 &&
		       iommu[strlen(AMD_SYSFS_PREFIX) + digits] == '\0';
	}
	if (starts_with(iommu, RISCV_SYSFS_PREFIX))
		return streq(action, iommu + strlen(RISCV_SYSFS_PREFIX));
	return true;
}

bool irq_may_concern(const char *name, const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (irq_may_be_of(name, step->subjects[i].iommu))
			return true;
	return step->subject_count == 0;
}
