// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/domain.h"

#include "base/attr.h"

static const struct {
	const char *group_type; /* iommu_groups/N/type */
	int domain_type;	/* linux/iommu.h, IOMMU_DOMAIN_* */
} domain_types[] = {
	{"blocked", DOMAIN_BLOCKED}, {"unmanaged", 1}, {"DMA", 3}, {"identity", 4}, {"DMA-FQ", 11},
};

int domain_type_of(const char *group_type)
{
	for (size_t i = 0; i < ARRAY_SIZE(domain_types); i++)
		if (streq(domain_types[i].group_type, group_type))
			return domain_types[i].domain_type;
	return -1;
}

const char *domain_type_name(int type)
{
	for (size_t i = 0; i < ARRAY_SIZE(domain_types); i++)
		if (domain_types[i].domain_type == type)
			return domain_types[i].group_type;
	return "another domain";
}
