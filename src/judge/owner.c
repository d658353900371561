// SPDX-License-Identifier: GPL-2.0-or-later
/* Whose an event of the kernel log is: the step's own, another function's, or nobody knows. */
#include "judge/case.h"

#define SHORT_LENGTH 7 /* "0d:00.0" */
#define NORMAL_LENGTH                                                                              \
	12 /* "0000:0d:00.0"; what is below VMD has more, and no number that is seen */

static bool is_number_of(const char *printed, const char *function)
{
	return klog_names(printed, function) || klog_may_name(printed, function);
}

bool case_names(const struct step_case *c, const char *printed, const char *function)
{
	unsigned int segments = c->run->host.segments;

	if (strlen(printed) != SHORT_LENGTH || segments == 0)
		return klog_names(printed, function);
	return segments == 1 && strlen(function) == NORMAL_LENGTH &&
	       is_number_of(printed, function);
}

static bool may_be_ours(const struct step_case *c, const char *printed)
{
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (is_number_of(printed, c->step->subjects[i].function))
			return true;
	for (size_t i = case_find_vfs(c, printed); case_vf_is(c, i, printed); i++)
		if (is_number_of(printed, c->vfs[i]->function))
			return true;
	return false;
}

enum owner case_owner(const struct step_case *c, const struct klog_event *event)
{
	if (!event->function[0])
		return OWNER_UNKNOWN;
	/* A PF's reset reaches its VFs, which nobody blocks: what comes of that is the step's. */
	if (case_subject_concerned(c, event->function))
		return OWNER_SUBJECT;
	if (may_be_ours(c, event->function))
		return OWNER_UNKNOWN;
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (klog_names(event->function, c->step->subjects[i].upstream))
			return OWNER_PORT;
	/* A number that is no function's has had something added to it: it may be anybody's. */
	if (event->guessed && !known_has(&c->run->known, event->function))
		return OWNER_UNKNOWN;
	return OWNER_OTHER;
}

int case_add_background(struct step_case *c, const struct klog_event *event)
{
	struct background one = {
		.pid = event->pid, .kind = klog_kind_names[event->kind], .events = 1};

	memcpy(one.function, event->function, sizeof(one.function));
	memcpy(one.symbol, event->symbol, sizeof(one.symbol));
	return background_add(&c->result->background, &c->result->background_count, &one);
}
