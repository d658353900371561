// SPDX-License-Identifier: GPL-2.0-or-later
/* What a pass needs. Silence is no evidence: each thing here must have been seen. */
#include <errno.h>

#include "judge/case.h"
#include "judge/irq.h"
#include "model/counter.h"
#include "judge/scenario.h"

/* What these limit has nothing to do with devices, their IOMMUs or the kernel's health. */
static const char *const harmless_limits[] = {
	"net_ratelimit",
	"kauditd_printk_skb",
};

static bool hides_lines(const struct klog_event *event)
{
	if (event->kind != KLOG_SUPPRESSED)
		return event->kind == KLOG_DROPPED;
	for (size_t i = 0; i < ARRAY_SIZE(harmless_limits); i++)
		if (streq(event->symbol, harmless_limits[i]))
			return false;
	return true;
}

static bool log_hides_lines(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->log_count; i++)
		if (hides_lines(&c->log[i]))
			return true;
	return false;
}

/*
 * From the begin marker to the end marker one record follows the other, but for those that were
 * read and passed over because they say nothing.
 */
static bool log_has_gaps(const struct step_case *c)
{
	const struct log_state *log = &c->step->log_state;
	uint64_t last = log->begin_sequence, missing = 0;

	for (size_t i = 0; i < c->step->log_count; i++) {
		uint64_t sequence = c->step->log[i].sequence;

		if ((last || i > 0) && sequence <= last)
			return true;
		if (last || i > 0)
			missing += sequence - last - 1;
		last = sequence;
	}
	if (last && log->end_sequence && log->end_sequence <= last)
		return true;
	if (last && log->end_sequence)
		missing += log->end_sequence - last - 1;
	/* Without a marker some may have been passed over before the first or after the last. */
	return log->begin_sequence && log->end_sequence ? missing != log->passed_over
							: missing > log->passed_over;
}

static bool log_is_whole(const struct step_case *c)
{
	const struct log_state *log = &c->step->log_state;

	/* Without markers the reader's place in the sequence still brackets the step. */
	return log->readable && log->lost == 0 && log->over_limit == 0 &&
	       (!log->marked || (log->begin_seen && log->end_seen)) && !log_has_gaps(c) &&
	       !log_hides_lines(c);
}

/* What the kernel marks itself with on its own, never because of a module or by the user's wish. */
#define TAINT_MACHINE_CHECK (1U << 4)
#define TAINT_BAD_PAGE (1U << 5)
#define TAINT_DIE (1U << 7)
#define TAINT_WARN (1U << 9)
#define TAINT_SOFTLOCKUP (1U << 14)

/* A mark is set once: only the first of its kind shows, and also where nothing is counted. */
static bool became_tainted(const struct step_case *c, uint64_t marks)
{
	for (size_t i = 0; i < c->step->counter_count; i++) {
		const struct counter *counter = &c->step->counters[i];

		if (streq(counter->name, "tainted") && (counter->after & ~counter->before & marks))
			return true;
	}
	return false;
}

/*
 * Warnings that were counted and are not in the log. One in a function that resets run through is
 * never background, nor is one without a place: a worker of the kernel may have gone on with what
 * the step began, and in a process number of another namespace it may be the step's own. Nor is one
 * in an interrupt that came to the step's process: nobody knows whose that was.
 */
static bool warnings_are_explained(const struct step_case *c)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < c->step->log_count; i++) {
		const struct klog_event *event = &c->log[i];

		if (event->kind != KLOG_WARNING)
			continue;
		if (!event->symbol[0] || starts_with(event->symbol, "pci_dev_reset_iommu_") ||
		    klog_is_reset_symbol(event->symbol) ||
		    (event->interrupt && warning_is_own(c, event)))
			return false;
		seen++;
	}
	if (became_tainted(c,
			   TAINT_MACHINE_CHECK | TAINT_BAD_PAGE | TAINT_DIE | TAINT_SOFTLOCKUP) ||
	    (seen == 0 && became_tainted(c, TAINT_WARN)))
		return false;
	return case_counter_delta(c, "warn_count") <= seen;
}

/* DEFAULT_RATELIMIT_BURST: of more lines than this the rate limit hides some. */
#define LINES_PER_LIMIT 10

/* What Intel's driver prints first in each interrupt, before the faults that came with it. */
static uint64_t announced_interrupts(const struct step_case *c)
{
	uint64_t count = 0;

	for (size_t i = 0; i < c->step->log_count; i++)
		count +=
			c->step->log[i].facility == 0 &&
			starts_with(c->step->log[i].text, "DMAR: DRHD: handling fault status reg ");
	return count;
}

/*
 * An interrupt may bring many faults, whose lines use the rate limit up: they do not speak for the
 * interrupts after it.
 */
static bool interrupts_are_explained(const struct step_case *c, uint64_t logged)
{
	uint64_t raised = 0, raised_intel = 0;
	bool concerned = false, counted = false;

	for (size_t i = 0; i < c->step->counter_count; i++) {
		const struct counter *counter = &c->step->counters[i];
		uint64_t delta = counter_delta(counter);

		if (!irq_is_fault(counter->name))
			continue;
		counted |= irq_may_concern(counter->name, c->step);
		if (!delta)
			continue;
		raised += delta;
		if (starts_with(counter->name, "irq:dmar"))
			raised_intel += delta;
		concerned |= irq_may_concern(counter->name, c->step);
	}
	/* Drivers that limit their lines limit them for all functions together. */
	if (!counted && logged >= LINES_PER_LIMIT)
		return false;
	if (!concerned)
		return true;
	return raised <= logged && raised_intel <= announced_interrupts(c) &&
	       (raised == raised_intel || logged < LINES_PER_LIMIT);
}

/*
 * The kernel logs at least one line for each interrupt, unless it limits their rate. Of which IOMMU
 * a line is, is not known: interrupts of another one need not be explained, but may use lines up.
 */
static bool faults_are_explained(const struct step_case *c)
{
	uint64_t logged = 0;

	for (size_t i = 0; i < c->step->log_count; i++) {
		enum owner owner;

		if (c->log[i].kind != KLOG_IOMMU_FAULT && c->log[i].kind != KLOG_ATS_TIMEOUT)
			continue;
		owner = case_owner(c, &c->log[i]);
		/*
		 * It may be a function of this step that the line does not name, or one that a
		 * bridge to conventional PCI speaks for.
		 */
		if (owner == OWNER_UNKNOWN || owner == OWNER_PORT)
			return false;
		logged += c->log[i].kind == KLOG_IOMMU_FAULT;
	}
	return interrupts_are_explained(c, logged);
}

static const char *subject_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const char *missing;

	if (!subject->started && driver_lacks_traffic(c, subject))
		return "no-traffic";
	if (!subject->started || subject->abandoned || subject->write_errno == ECHILD)
		return "interrupted";
	if (c->run->facts.prepare == TRI_NO &&
	    (c->traces[index].cycle_count > 0 || c->traces[index].stray_block))
		return "static-contradiction";
	if (case_declined(c, subject))
		return "no-bus-reset";
	missing = scenario_rules[c->step->scenario].missing(c, index);
	return missing ? missing : proof_vfs(c, index);
}

static const char *together_missing(const struct step_case *c)
{
	const char *(*missing)(const struct step_case *) =
		scenario_rules[c->step->scenario].together_missing;

	return missing && !c->unaffected ? missing(c) : NULL;
}

/* Where one function could not be made ready, none is reset. */
static const char *preparation_missing(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (c->step->subjects[i].unbind_errno)
			return "unbind-failed";
	for (size_t i = 0; i < c->step->subject_count; i++)
		if (c->step->subjects[i].select_errno)
			return "select-failed";
	if (vfio_not_bound(c))
		return vfio_not_bound(c);
	return c->step->subject_count == 0 ? "interrupted" : NULL;
}

/* Removed and added again in between, a function looks as it did before. */
static bool events_were_lost(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->uevent_count; i++)
		if (streq(c->step->uevents[i].action, UEVENT_LOST))
			return true;
	return false;
}

/*
 * The done of one function found another one blocked that has its requester id, and attached the
 * domain for both. Which one that was the kernel does not say.
 */
static bool alias_was_unblocked(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->log_count; i++) {
		const struct klog_event *event = &c->log[i];
		const struct subject *done = case_subject_concerned(c, event->function);

		for (size_t j = 0; event->kind == KLOG_ALIAS && j < c->step->subject_count; j++)
			if (&c->step->subjects[j] != done &&
			    (!done || done->group == c->step->subjects[j].group))
				return true;
	}
	return false;
}

/* What concerns all subjects alike. */
static const char *common_missing(const struct step_case *c)
{
	if (left_missing(c))
		return left_missing(c);
	if (!log_is_whole(c))
		return "log-incomplete";
	if (events_were_lost(c))
		return "events-lost";
	if (case_counter_missing(c))
		return "counter-unknown";
	if (!warnings_are_explained(c))
		return "warning-elsewhere";
	if (!faults_are_explained(c))
		return "faults-unattributed";
	if (alias_was_unblocked(c))
		return "alias-unblocked";
	return together_missing(c);
}

const char *proof_missing(const struct step_case *c)
{
	const char *missing = preparation_missing(c);

	for (size_t i = 0; i < c->step->subject_count && !missing; i++)
		missing = subject_missing(c, i);
	return missing ? missing : common_missing(c);
}

const char *proof_missing_of(const struct step_case *c, size_t index)
{
	const char *missing = preparation_missing(c);

	if (!missing)
		missing = subject_missing(c, index);
	return missing ? missing : common_missing(c);
}
