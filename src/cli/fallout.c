// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/fallout.h"

static bool was_removed(const struct step_evidence *step, const struct subject *subject)
{
	if (subject->started && !subject->present_after)
		return true;
	/* One that came back at once is another device until somebody has looked at it. */
	for (size_t i = 0; i < step->uevent_count; i++)
		if (streq(step->uevents[i].action, "remove") &&
		    streq(step->uevents[i].function, subject->function))
			return true;
	return false;
}

/* The kernel holds locks of the function and of the bridge above it while it resets. */
static bool is_in_reach(const struct snapshot *snapshot, const struct subject *hung,
			const struct function *function)
{
	const struct function *stuck = snapshot_find(snapshot, hung->function);

	if (!stuck || (stuck->group != NO_GROUP && stuck->group == function->group))
		return true;
	return streq(function_lock_key(snapshot, stuck), function_lock_key(snapshot, function));
}

static const char *reason_of(const struct snapshot *snapshot, const struct step_evidence *step,
			     const struct function *function)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		if (subject->hung && is_in_reach(snapshot, subject, function))
			return "behind-hung";
		if (streq(subject->function, function->bdf) && was_removed(step, subject))
			return "function-gone";
	}
	return NULL;
}

const char *fallout_reason(const struct snapshot *snapshot, const struct run_evidence *run,
			   const struct plan_step *planned)
{
	for (size_t i = 0; i < run->step_count; i++)
		for (size_t j = 0; j < planned->function_count; j++) {
			const char *reason =
				reason_of(snapshot, &run->steps[i], planned->functions[j]);

			if (reason)
				return reason;
		}
	return NULL;
}

const char *fallout_end(const struct step_evidence *step, bool on_hang_continue)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		/* Under a reset that has not returned, binding is not tried. */
		if (subject->unbound && !subject->hung && subject->present_after &&
		    !streq(subject->driver, subject->driver_after))
			return "the run ended at the driver that could not be bound again";
		if (subject->abandoned)
			return "the run was told twice to end, and left a reset that goes on";
		if (subject->hung && !on_hang_continue)
			return "the run ended at the reset that hangs (--on-hang=continue goes on "
			       "behind other bridges)";
	}
	return NULL;
}
