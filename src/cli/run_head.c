// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/run_head.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "base/features.h"
#include "base/monotonic.h"

static void name_tool(struct run_evidence *run)
{
	const struct feature *feature;

	snprintf(run->tool_version, sizeof(run->tool_version), "%s", PACKAGE_VERSION);
	for (size_t i = 0; (feature = feature_at(i)); i++) {
		size_t length = strlen(run->tool_features);

		if (feature->built)
			snprintf(run->tool_features + length, sizeof(run->tool_features) - length,
				 "%s%s", length ? " " : "", feature->name);
	}
}

/* Nobody can foresee the id, so no marker of another program can pass for one of this run. */
static int name_run(struct run_evidence *run)
{
	unsigned char random[8];
	time_t now = time(NULL);
	struct tm utc;

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return -EIO;
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(run->run_id + 2 * i, 3, "%02x", random[i]);
	if (!gmtime_r(&now, &utc) ||
	    !strftime(run->started, sizeof(run->started), "%Y-%m-%dT%H:%M:%SZ", &utc))
		return -EOVERFLOW;
	run->started_ns = monotonic_ns();
	return 0;
}

void subject_name(struct subject *subject, const struct function *function)
{
	snprintf(subject->function, sizeof(subject->function), "%s", function->bdf);
	subject->group = function->group;
	subject->vendor = function->vendor;
	subject->device = function->device;
}

static int add_skip(struct run_evidence *run, const struct plan_skip *skip, struct ledger *ledger)
{
	struct step_evidence *step = evidence_add_step(run);

	if (!step)
		return -ENOMEM;
	step->scenario = skip->scenario;
	snprintf(step->method, sizeof(step->method), "%s", skip->method);
	snprintf(step->skip_reason, sizeof(step->skip_reason), "%s", skip->reason);
	snprintf(step->skip_text, sizeof(step->skip_text), "%s", skip->text);
	subject_name(step_add_subject(step), skip->function);
	return ledger_take(ledger, run);
}

static int add_plan(struct run_evidence *run, const struct plan *plan)
{
	int r = 0;

	for (size_t i = 0; i < plan->refusal_count; i++) {
		struct refusal *refusal = evidence_add_refusal(run);

		if (!refusal)
			return -ENOMEM;
		*refusal = plan->refusals[i];
	}
	for (size_t i = 0; i < plan->warning_count && r == 0; i++)
		r = evidence_warn(run, "%s", plan->warnings[i]);
	return r;
}

int run_head(const struct snapshot *snapshot, const struct kernel_facts *facts,
	     const struct plan *plan, struct run_evidence *run, struct ledger *ledger)
{
	int r = name_run(run);

	name_tool(run);
	run->host = snapshot->host;
	run->facts = *facts;
	for (size_t i = 0; i < snapshot->note_count && r == 0; i++)
		r = evidence_warn(run, "%s", snapshot->notes[i]);
	for (size_t i = 0; i < snapshot->function_count && r == 0; i++)
		r = known_add(&run->known, snapshot->functions[i].bdf);
	if (r == 0)
		r = add_plan(run, plan);
	if (r < 0)
		return r;
	followers_run_begin(&ledger->followers, run, &ledger->result.totals);
	for (size_t i = 0; i < plan->skip_count && r == 0; i++)
		r = add_skip(run, &plan->skips[i], ledger);
	return r;
}
