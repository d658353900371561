// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A storm passes when each reset of each function does by itself, and when all functions were
 * blocked at the same time as another.
 */
#include <errno.h>

#include "judge/scenario.h"

static bool is_reset_of(const struct step_write *write, const struct subject *subject)
{
	return write->kind == WRITTEN_RESET && streq(write->function, subject->function);
}

static const char *reset_missing(const struct step_case *c, size_t index,
				 const struct step_write *write)
{
	if (!write->started || write->hung || write->error)
		return "interrupted";
	return c->unaffected ? proof_plain_write(c, write, c->step->method)
			     : proof_blocked_write(c, index, write);
}

const char *storm_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	uint64_t last_end_ns = 0;
	unsigned int resets = 0;

	for (size_t i = 0; i < c->step->write_count; i++) {
		const struct step_write *write = &c->step->writes[i];
		const char *missing;

		if (!is_reset_of(write, subject))
			continue;
		missing = reset_missing(c, index, write);
		if (missing)
			return missing;
		/* Times that overlap would count the same cycle twice. */
		if (write->begin_ns < last_end_ns || write->end_ns < write->begin_ns ||
		    write->begin_ns < subject->begin_ns || write->end_ns > subject->end_ns)
			return c->unaffected ? "reset-not-proven" : "trace-incomplete";
		last_end_ns = write->end_ns;
		resets++;
	}
	if (resets < 2)
		return "interrupted";
	if (c->unaffected)
		return NULL;
	return c->traces[index].cycle_count == resets && !c->traces[index].outside
		       ? NULL
		       : "trace-incomplete";
}

static bool overlaps_any(const struct step_case *c, size_t index)
{
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (i != index && cycles_overlap(&c->traces[i], &c->traces[index]))
			return true;
	return false;
}

const char *storm_together_missing(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count && c->step->subject_count > 1; i++)
		if (!overlaps_any(c, i))
			return "no-overlap";
	return NULL;
}

void storm_explain(struct step_case *c)
{
	snprintf(c->result->text, sizeof(c->result->text),
		 "%zu resets of %zu function%s, depth %u, each blocked throughout and back to its "
		 "domain%s",
		 c->step->write_count, c->step->subject_count,
		 c->step->subject_count == 1 ? "" : "s", c->result->depth_max,
		 c->step->subject_count > 1 ? ", at the same time" : "");
}
