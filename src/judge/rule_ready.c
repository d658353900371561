// SPDX-License-Identifier: GPL-2.0-or-later
/* Functions that came back late from their reset: no fault, but told with how late. */
#include "judge/case.h"

/*
 * pci_dev_wait() logs what it waited. Behind some ports it is called twice for one reset
 * (pci_bridge_wait_for_secondary_bus()): given up after a second, and waited for again.
 */
static unsigned int longest_wait_ms(const struct step_case *c, const char *function)
{
	unsigned int longest_ms = 0, given_up_ms = 0;

	for (size_t i = 0; i < c->step->log_count; i++) {
		const struct klog_event *event = &c->log[i];
		unsigned int waited_ms = event->value > 0 ? (unsigned int)event->value : 0;

		if ((event->kind != KLOG_READY && event->kind != KLOG_GIVING_UP) ||
		    !case_names(c, event->function, function))
			continue;
		waited_ms += given_up_ms;
		given_up_ms = event->kind == KLOG_GIVING_UP ? waited_ms : 0;
		if (event->kind == KLOG_READY && waited_ms > longest_ms)
			longest_ms = waited_ms;
	}
	return longest_ms;
}

int rule_ready(struct step_case *c)
{
	int r = 0;

	for (size_t i = 0; i < c->step->subject_count && r == 0; i++) {
		const char *function = c->step->subjects[i].function;
		unsigned int waited_ms = longest_wait_ms(c, function);

		c->result->subjects[i].ready_ms = waited_ms;
		if (waited_ms)
			r = result_add_note(c->result,
					    "%s was late to answer: %u ms after its reset",
					    function, waited_ms);
	}
	return r;
}
