/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types of IOMMU domain: as numbers in linux/iommu.h, as words in iommu_groups/N/type. */
#ifndef MODEL_DOMAIN_H
#define MODEL_DOMAIN_H

#define DOMAIN_BLOCKED 0
#define DOMAIN_UNMANAGED 1

/* The number for the kernel's word, -1 when it is not known. Pure. */
int domain_type_of(const char *group_type);

/* "blocked", "DMA-FQ", ...; "another domain" for a number that is not known. Pure. */
const char *domain_type_name(int type);

#endif
