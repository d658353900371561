// SPDX-License-Identifier: GPL-2.0-or-later
/* What counters say that the log may have lost: bugs, stalls, faults, PCIe errors. */
#include <errno.h>
#include <inttypes.h>

#include "judge/case.h"
#include "judge/irq.h"
#include "model/counter.h"

static const char *const severe_counters[] = {
	"oops_count",
	"softlockup_count",
	"hardlockup_count",
	"rcu_stall_count",
};

/* Of Documentation/admin-guide/tainted-kernels.rst; the letters from the lowest bit on. */
static const char taint_letters[] = "PFSRMBUDAWCIOELKXTNJ";

static int report_severe(struct step_case *c, const char *what)
{
	if (case_has_slug(c, "kernel-oops"))
		return 0;
	return result_add_finding(c->result, "kernel-oops", "", "%s during %s", what,
				  c->step->method)
		       ? 0
		       : -ENOMEM;
}

static int check_severe(struct step_case *c, const struct counter *counter)
{
	char what[128];

	for (size_t i = 0; i < ARRAY_SIZE(severe_counters); i++) {
		if (!streq(counter->name, severe_counters[i]))
			continue;
		snprintf(what, sizeof(what), "/sys/kernel/%s rose by %" PRIu64, counter->name,
			 counter_delta(counter));
		return report_severe(c, what);
	}
	return 0;
}

/* Whether something of the step explains it is asked when the step would pass. */
static int note_taint(struct step_case *c, const struct counter *counter)
{
	uint64_t bits = counter_delta(counter);
	char letters[sizeof(taint_letters)];
	size_t length = 0;

	for (size_t i = 0; taint_letters[i]; i++)
		if (bits & (UINT64_C(1) << i))
			letters[length++] = taint_letters[i];
	letters[length] = '\0';
	return result_add_note(c->result, "the kernel is newly tainted: %s",
			       length ? letters : "by a bit without a letter");
}

static int quote_errors(struct step_case *c, struct finding *finding, const char *name)
{
	size_t length = strlen(name);
	int r = 0;

	for (size_t i = 0; i < c->step->counter_count && r == 0; i++) {
		const struct counter *counter = &c->step->counters[i];

		if (strncmp(counter->name, name, length) == 0 && counter->name[length] == ':' &&
		    counter_delta(counter))
			r = finding_add_evidence(finding, "counter: %s +%" PRIu64,
						 counter->name + length + 1,
						 counter_delta(counter));
	}
	return r;
}

/*
 * "aer:BDF:fatal", "aer:BDF:nonfatal". Correctable errors are usual while a link retrains, and a
 * root port's totals count whatever hangs below it.
 */
static int check_aer(struct step_case *c, const struct counter *counter)
{
	char function[BDF_MAX];
	const char *name = counter->name + strlen("aer:");
	const char *kind = strchr(name, '.') ? strchr(strchr(name, '.'), ':') : NULL;
	uint64_t delta = counter_delta(counter);
	struct finding *finding;

	if (!kind || (size_t)(kind - name) >= sizeof(function))
		return 0;
	memcpy(function, name, (size_t)(kind - name));
	function[kind - name] = '\0';
	kind++;
	/* The errors of one kind stand with their total. */
	if (strchr(kind, ':'))
		return 0;
	if (!streq(kind, "fatal") && !streq(kind, "nonfatal"))
		return result_add_note(c->result, "%s counted %" PRIu64 " PCIe errors (%s)",
				       function, delta, kind);
	finding = result_add_finding(c->result, "aer-error", function,
				     "%s counted %" PRIu64 " %s PCIe errors during %s", function,
				     delta, kind, c->step->method);
	return finding ? quote_errors(c, finding, counter->name) : -ENOMEM;
}

/* How many lines of IOMMUs the rate limit hid, as far as it has said. */
static uint64_t suppressed_lines(const struct step_case *c)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < c->step->log_count; i++) {
		const struct klog_event *event = &c->log[i];

		if (event->kind == KLOG_SUPPRESSED && event->value > 0 &&
		    (strstr(event->symbol, "dmar") || strstr(event->symbol, "iommu") ||
		     strstr(event->symbol, "smmu")))
			sum += (uint64_t)event->value;
	}
	return sum;
}

static uint64_t logged_faults(const struct step_case *c)
{
	uint64_t count = 0;

	for (size_t i = 0; i < c->step->log_count; i++)
		count += c->log[i].kind == KLOG_IOMMU_FAULT;
	return count;
}

/* What the log has of faults. */
struct logged {
	uint64_t faults, suppressed;
};

/* The log is a lower bound: its rate is limited, and records get lost. */
static int note_faults(struct step_case *c, const struct counter *counter,
		       const struct logged *logged)
{
	uint64_t raised = counter_delta(counter);
	const char *name = counter->name + strlen("irq:");
	const char *many = raised == 1 ? "" : "s";

	if (!irq_is_fault(counter->name))
		return result_add_note(c->result, "%s: %" PRIu64 " interrupt%s, not for faults",
				       name, raised, many);
	if (!irq_may_concern(counter->name, c->step))
		return result_add_note(
			c->result, "background: %s, another IOMMU: %" PRIu64 " fault interrupt%s",
			name, raised, many);
	return result_add_note(
		c->result,
		"%s: %" PRIu64 " fault interrupt%s, faults in the log: at least %" PRIu64
		", %" PRIu64 " lines suppressed, %" PRIu64 " records lost",
		name, raised, many, logged->faults, logged->suppressed, c->step->log_state.lost);
}

/* An ATS request that was blocked is what blocking the IOMMU is for. */
static int note_perf(struct step_case *c, const struct counter *counter)
{
	static const char *const telling[] = {":ats_blocked", ":mem_target_abort"};
	const char *event = strrchr(counter->name, ':');

	for (size_t i = 0; i < ARRAY_SIZE(telling); i++)
		if (streq(event, telling[i]))
			return result_add_note(c->result, "%s rose by %" PRIu64, counter->name,
					       counter_delta(counter));
	return 0;
}

static int check_risen(struct step_case *c, const struct counter *counter,
		       const struct logged *logged)
{
	if (streq(counter->name, "tainted"))
		return note_taint(c, counter);
	if (starts_with(counter->name, "aer:"))
		return check_aer(c, counter);
	if (starts_with(counter->name, "irq:"))
		return note_faults(c, counter, logged);
	if (starts_with(counter->name, "perf:"))
		return note_perf(c, counter);
	return check_severe(c, counter);
}

int rule_counters(struct step_case *c)
{
	const struct logged logged = {logged_faults(c), suppressed_lines(c)};
	int r = 0;

	for (size_t i = 0; i < c->step->counter_count && r == 0; i++)
		if (counter_delta(&c->step->counters[i]))
			r = check_risen(c, &c->step->counters[i], &logged);
	return r;
}

/* What a pass rests on: no warning, no fault, no error. */
static bool decides(const struct step_case *c, const char *name)
{
	const char *kind = strrchr(name, ':');

	if (starts_with(name, "irq:"))
		return irq_is_fault(name) && irq_may_concern(name, c->step);
	if (starts_with(name, "aer:"))
		return streq(kind, ":fatal") || streq(kind, ":nonfatal");
	return !counter_is_traffic(name);
}

const struct counter *case_counter_missing(const struct step_case *c)
{
	for (size_t i = 0; i < c->step->counter_count; i++)
		if (counter_unknown(&c->step->counters[i]) && decides(c, c->step->counters[i].name))
			return &c->step->counters[i];
	return NULL;
}
