// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/blocking.h"

#include "base/attr.h"
#include "model/domain.h"

/* How the IOMMUs are named (class/iommu) whose drivers have a domain that blocks. */
static const char *const with_blocked_domain[] = {"dmar", "ivhd", "smmu3.", "riscv-iommu@"};

/* Whether the function's IOMMU may be one that an empty domain has to do for. */
static bool may_lack_blocked_domain(const struct step_evidence *step, const char *function)
{
	const struct subject *subject = step_subject(step, function);

	if (!subject || !subject->iommu[0])
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(with_blocked_domain); i++)
		if (starts_with(subject->iommu, with_blocked_domain[i]))
			return false;
	return true;
}

/* Whether the process that attaches has entered prepare for the function, and not left it. */
static bool within_prepare(const struct step_evidence *step, size_t index)
{
	const struct trace_event *attach = &step->trace[index];

	while (index-- > 0) {
		const struct trace_event *event = &step->trace[index];

		if (event->pid != attach->pid || !streq(event->function, attach->function))
			continue;
		if (event->kind == TRACE_PREPARE)
			return true;
		if (event->kind == TRACE_PREPARE_RETURN || event->kind == TRACE_DONE)
			return false;
	}
	return false;
}

bool attach_blocks(const struct step_evidence *step, size_t index)
{
	const struct trace_event *attach = &step->trace[index];

	if (attach->value != DOMAIN_UNMANAGED)
		return attach->value == DOMAIN_BLOCKED;
	return may_lack_blocked_domain(step, attach->function) && within_prepare(step, index);
}
