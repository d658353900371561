// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/fallout.h"

#include <errno.h>

#include "base/array.h"

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

/* With a PF whose reset has not returned nobody has looked. */
static bool vf_is_gone(const struct step_evidence *step, const struct step_vf *vf)
{
	const struct subject *pf = step_subject(step, vf->physfn);

	return pf && pf->started && !pf->hung && step_vf_lost(step, vf);
}

static int add(struct fallout *fallout, const char *function, bool hung)
{
	struct casualty *casualty;

	for (size_t i = 0; i < fallout->count; i++)
		if (fallout->casualties[i].hung == hung &&
		    streq(fallout->casualties[i].function, function))
			return 0;
	casualty = ARRAY_APPEND(fallout->casualties, fallout->count);
	if (!casualty)
		return -ENOMEM;
	snprintf(casualty->function, sizeof(casualty->function), "%s", function);
	casualty->hung = hung;
	return 0;
}

int fallout_note(struct fallout *fallout, const struct step_evidence *step)
{
	int r = 0;

	for (size_t i = 0; i < step->subject_count && r == 0; i++) {
		const struct subject *subject = &step->subjects[i];

		if (subject->hung)
			r = add(fallout, subject->function, true);
		if (r == 0 && was_removed(step, subject))
			r = add(fallout, subject->function, false);
	}
	for (size_t i = 0; i < step->vf_count && r == 0; i++)
		if (vf_is_gone(step, &step->vfs[i]))
			r = add(fallout, step->vfs[i].function, false);
	return r;
}

/* The kernel holds locks of the function and of the bridge above it while it resets. */
static bool is_in_reach(const struct snapshot *snapshot, const struct casualty *hung,
			const struct function *function)
{
	const struct function *stuck = snapshot_find(snapshot, hung->function);

	if (!stuck || (stuck->group != NO_GROUP && stuck->group == function->group))
		return true;
	return streq(function_lock_key(snapshot, stuck), function_lock_key(snapshot, function));
}

static const char *reason_of(const struct snapshot *snapshot, const struct casualty *casualty,
			     const struct function *function)
{
	if (casualty->hung && is_in_reach(snapshot, casualty, function))
		return "behind-hung";
	if (!casualty->hung && streq(casualty->function, function->bdf))
		return "function-gone";
	return NULL;
}

const char *fallout_reason(const struct snapshot *snapshot, const struct fallout *fallout,
			   const struct plan_step *planned)
{
	for (size_t i = 0; i < fallout->count; i++)
		for (size_t j = 0; j < planned->function_count; j++) {
			const char *reason =
				reason_of(snapshot, &fallout->casualties[i], planned->functions[j]);

			if (reason)
				return reason;
		}
	return NULL;
}

/* Under a reset that has not returned, binding is not tried. */
static bool driver_is_off(const struct subject *subject)
{
	return subject->unbound && !subject->hung && subject->present_after &&
	       !streq(subject->driver, subject->driver_after);
}

bool fallout_left(const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (driver_is_off(&step->subjects[i]) || step->subjects[i].kept_for[0])
			return true;
	for (size_t i = 0; i < step->traffic_count; i++)
		if (step->traffic[i].lower_error)
			return true;
	return false;
}

const char *fallout_end(const struct step_evidence *step, bool on_hang_continue)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		if (driver_is_off(subject))
			return "the run ended at the driver that could not be bound again";
		if (subject->kept_for[0])
			return "the run ended at the function that came into use during its step";
		if (subject->abandoned)
			return "the run was told twice to end, and left a reset that goes on";
		if (subject->hung && !on_hang_continue)
			return "the run ended at the reset that hangs (--on-hang=continue goes on "
			       "behind other bridges)";
	}
	for (size_t i = 0; i < step->traffic_count; i++)
		if (step->traffic[i].lower_error)
			return "the run ended at the network interface that could not be made as "
			       "it was; `iommu-resettest recover` tries once more";
	return NULL;
}

void fallout_free(struct fallout *fallout)
{
	free(fallout->casualties);
	*fallout = (struct fallout){0};
}
