// SPDX-License-Identifier: GPL-2.0-or-later
/* Invariant 10 under load: I/O of the function's driver goes on after the reset, with right data.
 */
#include <errno.h>
#include <inttypes.h>

#include "base/errname.h"
#include "judge/scenario.h"

static int quote(struct finding *finding, const struct traffic *traffic)
{
	if (!finding)
		return -ENOMEM;
	if (traffic->sent_before)
		return finding_add_evidence(
			finding,
			"%s: %" PRIu64 " frames sent before, %" PRIu64 " while, %" PRIu64
			" after the reset; none for %.1f ms at the longest",
			traffic->device, traffic->sent_before, traffic->sent_within,
			traffic->sent_after, (double)traffic->longest_ns / 1e6);
	return finding_add_evidence(
		finding,
		"%s: %" PRIu64 " reads before, %" PRIu64 " while, %" PRIu64
		" after the reset; %" PRIu64 " differ; the longest took %.1f ms",
		traffic->device, traffic->reads_before, traffic->reads_within, traffic->reads_after,
		traffic->mismatches, (double)traffic->longest_ns / 1e6);
}

static int check_traffic(struct step_case *c, const struct traffic *traffic)
{
	const char *function = traffic->function, *method = c->step->method;
	const struct subject *subject = step_subject(c->step, function);
	int r = 0;

	if (!subject)
		return 0;
	if (!traffic->started)
		return result_add_note(c->result, "%s of %s: nothing went through it before (%s)",
				       traffic->device[0] ? traffic->device : "disk or interface",
				       function, errno_name(traffic->error));
	if (traffic->mismatches)
		r = quote(result_add_finding(c->result, "data-differs", function,
					     "%s of %s gave other data after %s than before",
					     traffic->device, function, method),
			  traffic);
	if (r == 0 && traffic->error)
		r = quote(result_add_finding(
				  c->result, "io-error", function,
				  "%s of %s of %s failed with %s during or after %s",
				  traffic->sent_before ? "counting the frames" : "a read",
				  traffic->device, function, errno_name(traffic->error), method),
			  traffic);
	/* A reset that has not returned is told on its own. */
	if (r == 0 && !traffic->error && !traffic->ended && subject->started && !subject->hung)
		r = quote(result_add_finding(c->result, "io-hung", function,
					     "%s %s of %s did not go on after %s",
					     traffic->sent_before ? "frames from" : "reads of",
					     traffic->device, function, method),
			  traffic);
	return r;
}

int rule_driver(struct step_case *c)
{
	for (size_t i = 0; i < c->step->traffic_count; i++) {
		int r = check_traffic(c, &c->step->traffic[i]);

		if (r < 0)
			return r;
	}
	return 0;
}

static bool has_traffic(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->traffic_count; i++) {
		const struct traffic *traffic = &c->step->traffic[i];

		if (streq(traffic->function, subject->function) && traffic->started &&
		    traffic->ended &&
		    ((traffic->reads_before && traffic->reads_after) ||
		     (traffic->sent_before && traffic->sent_after)))
			return true;
	}
	return false;
}

bool driver_lacks_traffic(const struct step_case *c, const struct subject *subject)
{
	for (size_t i = 0; i < c->step->traffic_count; i++) {
		const struct traffic *traffic = &c->step->traffic[i];

		if (streq(traffic->function, subject->function) && !traffic->started &&
		    traffic->error)
			return true;
	}
	return false;
}

const char *driver_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const char *missing = subject->gate == TRI_NO ? proof_plain_reset(c, index)
						      : proof_blocked_reset(c, index);

	if (missing)
		return missing;
	return has_traffic(c, subject) ? NULL : "no-traffic";
}

void driver_explain(struct step_case *c)
{
	const struct traffic *traffic = &c->step->traffic[0];

	if (traffic->sent_before)
		snprintf(c->result->text, sizeof(c->result->text),
			 "%s sent %" PRIu64 " frames before and %" PRIu64
			 " after, and none for %.1f ms at the longest%s",
			 traffic->device, traffic->sent_before, traffic->sent_after,
			 (double)traffic->longest_ns / 1e6,
			 c->result->blocked ? "; IOMMU blocked and back" : "");
	else
		snprintf(c->result->text, sizeof(c->result->text),
			 "%s was read %" PRIu64 " times before and %" PRIu64
			 " times after, with the same data; the longest read took %.1f ms%s",
			 traffic->device, traffic->reads_before, traffic->reads_after,
			 (double)traffic->longest_ns / 1e6,
			 c->result->blocked ? "; IOMMU blocked and back" : "");
}
