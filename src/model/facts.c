// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/facts.h"

#include <stddef.h>

#include "base/attr.h"

static const struct {
	const char *name;
	size_t offset;
} fields[] = {
	{"pci_dev_reset_iommu_prepare", offsetof(struct kernel_facts, prepare)},
	{"pci_dev_reset_iommu_done", offsetof(struct kernel_facts, done)},
	{"iommu_group.resetting_domain", offsetof(struct kernel_facts, resetting_domain)},
	{"iommu_group.recovery_cnt", offsetof(struct kernel_facts, recovery_cnt)},
	{"group_device.blocked", offsetof(struct kernel_facts, blocked)},
	{"group_device.reset_depth", offsetof(struct kernel_facts, reset_depth)},
	{"dma_alias_message", offsetof(struct kernel_facts, alias_message)},
};

static enum static_verdict judge(const struct kernel_facts *facts, const char **reason)
{
	if (facts->prepare == TRI_UNKNOWN) {
		*reason = "neither BTF nor kallsyms could be read";
		return STATIC_UNKNOWN;
	}
	if (facts->prepare == TRI_NO &&
	    (facts->resetting_domain == TRI_YES || facts->recovery_cnt == TRI_YES ||
	     facts->reset_depth == TRI_YES)) {
		*reason = "the kernel keeps the state of blocked resets, but has no "
			  "pci_dev_reset_iommu_prepare(): a design this version does not know";
		return STATIC_UNKNOWN;
	}
	if (facts->prepare == TRI_NO) {
		*reason = "the kernel has no pci_dev_reset_iommu_prepare(): resets never block the "
			  "IOMMU";
		return STATIC_NOT_AFFECTED;
	}
	if (facts->resetting_domain == TRI_YES && facts->reset_depth == TRI_YES) {
		*reason =
			"both iommu_group.resetting_domain and group_device.reset_depth: a mixture "
			"this version does not know; only `run` can tell";
		return STATIC_UNKNOWN;
	}
	if (facts->resetting_domain == TRI_YES) {
		*reason = "iommu_group.resetting_domain: one reset per group at a time, no nesting";
		return STATIC_VULNERABLE;
	}
	if (facts->reset_depth == TRI_YES) {
		*reason = "group_device.reset_depth: prepare/done count their nesting per device";
		return STATIC_FIXED;
	}
	if (facts->recovery_cnt == TRI_YES && facts->blocked == TRI_YES &&
	    facts->reset_depth == TRI_NO) {
		*reason = "iommu_group.recovery_cnt without group_device.reset_depth: siblings are "
			  "fixed, nesting is not";
		return STATIC_VULNERABLE;
	}
	if (facts->resetting_domain == TRI_UNKNOWN && facts->reset_depth == TRI_UNKNOWN) {
		*reason = "prepare/done exist, but how they keep their state could not be read: "
			  "only `run` can tell";
		return STATIC_UNKNOWN;
	}
	*reason = "prepare/done exist, but not in a shape this version knows: only `run` can tell";
	return STATIC_UNKNOWN;
}

enum static_verdict facts_judge(const struct kernel_facts *facts, const char **reason)
{
	const char *unused;

	return judge(facts, reason ? reason : &unused);
}

const char *static_verdict_name(enum static_verdict verdict)
{
	switch (verdict) {
	case STATIC_FIXED:
		return "fixed";
	case STATIC_VULNERABLE:
		return "vulnerable";
	case STATIC_NOT_AFFECTED:
		return "not-affected";
	default:
		return "unknown";
	}
}

const char *facts_name_at(size_t index)
{
	return index < ARRAY_SIZE(fields) ? fields[index].name : NULL;
}

enum tri *facts_value(struct kernel_facts *facts, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (streq(fields[i].name, name))
			return (enum tri *)((char *)facts + fields[i].offset);
	return NULL;
}
