// SPDX-License-Identifier: GPL-2.0-or-later
/* What counters say that the log may have lost: bugs, stalls, PCIe errors. */
#include <errno.h>
#include <inttypes.h>

#include "judge/case.h"

static const char *const severe_counters[] = {
	"oops_count",
	"softlockup_count",
	"hardlockup_count",
	"rcu_stall_count",
};

static int check_severe(struct step_case *c)
{
	for (size_t i = 0; i < ARRAY_SIZE(severe_counters); i++) {
		uint64_t delta = case_counter_delta(c, severe_counters[i]);

		if (delta && !case_has_slug(c, "kernel-oops") &&
		    !result_add_finding(c->result, "kernel-oops", "",
					"/sys/kernel/%s rose by %llu during %s", severe_counters[i],
					(unsigned long long)delta, c->step->method))
			return -ENOMEM;
	}
	return 0;
}

/*
 * "aer:BDF:fatal", "aer:BDF:nonfatal". Correctable errors are usual while a link retrains, and a
 * root port's totals count whatever hangs below it.
 */
static int check_aer(struct step_case *c, const struct counter *counter)
{
	char function[BDF_MAX];
	const char *name = counter->name + strlen("aer:");
	const char *kind = strrchr(name, ':');
	uint64_t delta = counter->after - counter->before;

	if (!kind || (size_t)(kind - name) >= sizeof(function))
		return 0;
	memcpy(function, name, (size_t)(kind - name));
	function[kind - name] = '\0';
	if (!streq(kind, ":fatal") && !streq(kind, ":nonfatal"))
		return result_add_note(c->result, "%s counted %" PRIu64 " PCIe errors (%s)",
				       function, delta, kind + 1);
	return result_add_finding(c->result, "aer-error", function,
				  "%s counted %" PRIu64 " %s PCIe errors during %s", function,
				  delta, kind + 1, c->step->method)
		       ? 0
		       : -ENOMEM;
}

int rule_counters(struct step_case *c)
{
	int r = check_severe(c);

	for (size_t i = 0; i < c->step->counter_count && r == 0; i++) {
		const struct counter *counter = &c->step->counters[i];

		if (starts_with(counter->name, "aer:") && counter->after > counter->before)
			r = check_aer(c, counter);
	}
	return r;
}
