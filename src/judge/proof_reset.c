// SPDX-License-Identifier: GPL-2.0-or-later
/* What a pass needs of one reset: that it was issued, and with the IOMMU blocked all the while. */
#include "judge/scenario.h"
#include "model/method.h"

/* The kernel sleeps that long after issuing the reset, and only then. */
static bool took_long_enough(const char *method, uint64_t begin_ns, uint64_t end_ns)
{
	const struct method_info *info = method_info_find(method);

	return info && info->floor_ns && end_ns >= begin_ns && end_ns - begin_ns >= info->floor_ns;
}

/* Where the list had other methods as well, it may have been one of those that took the time. */
static bool had_one_method(const struct step_case *c, const struct subject *subject)
{
	return subject->method_written || streq(subject->methods_before, c->step->method);
}

const char *proof_plain_reset(const struct step_case *c, size_t index)
{
	const struct function_trace *trace = &c->traces[index];
	const struct subject *subject = &c->step->subjects[index];

	if ((trace->reset_ok && !trace->outside) ||
	    (had_one_method(c, subject) &&
	     took_long_enough(c->step->method, subject->begin_ns, subject->end_ns)))
		return NULL;
	return "reset-not-proven";
}

const char *proof_plain_write(const struct step_case *c, const struct step_write *write,
			      const char *method)
{
	const struct function_trace trace = function_trace_within(c->step, write, c->step->method);

	if (trace.reset_ok || took_long_enough(method, write->begin_ns, write->end_ns))
		return NULL;
	return "reset-not-proven";
}

/* Prepares that must hold at once. What may nest must, in whatever scenario it is reset. */
static unsigned int depth_needed(const struct step_case *c, const struct subject *subject)
{
	if (c->step->scenario == SCENARIO_NESTED)
		return 2;
	return method_nests(c->step->method, subject->vendor, subject->device) == TRI_NO ? 1 : 2;
}

/* The trace of subject @index, or a part of it which is enough to be told apart. */
static const char *blocked_missing(const struct step_case *c, size_t index,
				   const struct function_trace *trace)
{
	const struct subject *subject = &c->step->subjects[index];
	const char *missing = case_trace_missing(c);
	const unsigned int depth = depth_needed(c, subject);
	bool deep = false, blocked = false, issued = false, returned = true, known = true;

	if (missing)
		return missing;
	if (trace->torn || trace->outside || trace->cycle_count > CYCLES_MAX)
		return "trace-incomplete";
	for (unsigned int i = 0; i < trace->cycle_count; i++) {
		const struct cycle *cycle = &trace->cycles[i];
		int initial = case_domain_before(c, subject, cycle);

		blocked |= cycle->blocks > 0;
		known &= initial >= 0;
		returned &= cycle->blocks == 0 || cycle->restore_type == initial;
		/* All of it in one cycle: pieces of several prove nothing together. */
		if (cycle->blocks && cycle->reset_blocked) {
			issued = true;
			deep |= cycle->depth_max >= depth;
		}
	}
	/* Prepare is entered whether the gate is open or not: nothing at all was recorded. */
	if (trace->cycle_count == 0 && !trace->reset_ok)
		return "trace-incomplete";
	if (!blocked)
		return "gate-closed";
	if (!issued)
		return "reset-not-proven";
	if (!deep)
		return "not-nested";
	return known && returned ? NULL : "domain-unknown";
}

const char *proof_blocked_reset(const struct step_case *c, size_t index)
{
	if (c->unaffected)
		return proof_plain_reset(c, index);
	return blocked_missing(c, index, &c->traces[index]);
}

const char *proof_blocked_write(const struct step_case *c, size_t index,
				const struct step_write *write)
{
	const struct function_trace trace = function_trace_within(c->step, write, c->step->method);

	if (trace.cycle_count > 1 || trace.stray_dones)
		return "trace-incomplete";
	return blocked_missing(c, index, &trace);
}
