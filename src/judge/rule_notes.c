// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of the kernel log that decide nothing: what is worth a note, what was others'. */
#include "judge/case.h"

/* @own: what a line says of a function of the step, or its port; NULL: other rules speak of it. */
static const struct {
	enum klog_kind kind;
	const char *own;
	bool of_others; /* worth a line in the report when it is about another function */
} meanings[] = {
	{KLOG_PREPARE_FAILED, NULL, true},
	{KLOG_NOT_READY, NULL, true},
	{KLOG_GIVING_UP, NULL, true},
	{KLOG_LINK_INACTIVE, NULL, true},
	{KLOG_CONFIG_INACCESSIBLE, NULL, true},
	{KLOG_READY, NULL, false},
	{KLOG_PENDING, "still had transactions pending when it was reset", false},
	{KLOG_LINK_RETRAIN, "had its link retrained", true},
	{KLOG_RESET_FAILED, "could not be reset by firmware or host bridge", true},
	{KLOG_UNLOCKED_RESET, "was reset through its port without the port's lock", true},
	{KLOG_METHOD_REFUSED, "had a name for reset_method refused", false},
	{KLOG_ALIAS,
	 "shares a requester id with a function that is still blocked, which its done unblocks: a "
	 "known limitation of the kernel, since 7.1",
	 true},
	{KLOG_ONE_TO_ONE, "needs a 1:1 mapping that its new domain lacks, says firmware", true},
	{KLOG_CXL_MEMORY, "was reset with its memory regions in use", true},
	{KLOG_RECOVERY, "went through error recovery", true},
	{KLOG_HARDWARE_ERROR, "has an error that the firmware reports", true},
};

static bool has_note(const struct step_result *result, const char *text)
{
	for (size_t i = 0; i < result->note_count; i++)
		if (streq(result->notes[i], text))
			return true;
	return false;
}

static int note_once(struct step_case *c, const struct klog_event *event, const char *meaning)
{
	char text[256];

	snprintf(text, sizeof(text), "%s %s", event->function, meaning);
	return has_note(c->result, text) ? 0 : result_add_note(c->result, "%s", text);
}

static int check_event(struct step_case *c, const struct klog_event *event)
{
	enum owner owner = case_owner(c, event);

	for (size_t i = 0; i < ARRAY_SIZE(meanings); i++) {
		if (meanings[i].kind != event->kind)
			continue;
		if (owner == OWNER_SUBJECT || owner == OWNER_PORT)
			return meanings[i].own ? note_once(c, event, meanings[i].own) : 0;
		return meanings[i].of_others ? case_add_background(c, event) : 0;
	}
	return 0;
}

int rule_notes(struct step_case *c)
{
	int r = 0;

	for (size_t i = 0; i < c->step->log_count && r == 0; i++)
		r = check_event(c, &c->log[i]);
	return r;
}
