// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/campaign.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "base/features.h"
#include "cli/fallout.h"
#include "cli/recheck.h"
#include "cli/signals.h"
#include "judge/klog.h"

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
	return 0;
}

static void name_subject(struct subject *subject, const struct function *function)
{
	snprintf(subject->function, sizeof(subject->function), "%s", function->bdf);
	subject->group = function->group;
	subject->vendor = function->vendor;
	subject->device = function->device;
}

static int add_skip(struct run_evidence *run, const struct plan_skip *skip)
{
	struct step_evidence *step = evidence_add_step(run);

	if (!step)
		return -ENOMEM;
	step->scenario = skip->scenario;
	snprintf(step->method, sizeof(step->method), "%s", skip->method);
	snprintf(step->skip_reason, sizeof(step->skip_reason), "%s", skip->reason);
	snprintf(step->skip_text, sizeof(step->skip_text), "%s", skip->text);
	name_subject(step_add_subject(step), skip->function);
	return 0;
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
	for (size_t i = 0; i < plan->skip_count && r == 0; i++)
		r = add_skip(run, &plan->skips[i]);
	for (size_t i = 0; i < plan->warning_count && r == 0; i++)
		r = evidence_warn(run, "%s", plan->warnings[i]);
	return r;
}

int campaign_head(const struct snapshot *snapshot, const struct kernel_facts *facts,
		  const struct plan *plan, struct run_evidence *run)
{
	int r = name_run(run);

	name_tool(run);
	run->host = snapshot->host;
	run->facts = *facts;
	for (size_t i = 0; i < snapshot->note_count && r == 0; i++)
		r = evidence_warn(run, "%s", snapshot->notes[i]);
	return r < 0 ? r : add_plan(run, plan);
}

static int run_step(const struct root *root, const struct snapshot *snapshot,
		    const struct plan_step *planned, const struct step_options *options,
		    struct observers *observers, struct run_evidence *run, char failed[WHY_MAX])
{
	struct step_evidence *step = evidence_add_step(run);
	int r;

	if (!step)
		return -ENOMEM;
	r = step_run(root, snapshot, planned, options, observers, step, failed);
	if (r < 0) {
		step_clear(step);
		run->step_count--;
	}
	return r;
}

/* A planned step that is left out after all. */
static int leave_out(struct run_evidence *run, const struct plan_step *planned, const char *reason,
		     const char *text)
{
	struct step_evidence *step = evidence_add_step(run);

	if (!step)
		return -ENOMEM;
	step->scenario = planned->scenario;
	snprintf(step->method, sizeof(step->method), "%s", planned->method);
	snprintf(step->skip_reason, sizeof(step->skip_reason), "%s", reason);
	snprintf(step->skip_text, sizeof(step->skip_text), "%s", text);
	for (size_t i = 0; i < planned->function_count; i++)
		name_subject(step_add_subject(step), planned->functions[i]);
	return 0;
}

/* A function that was unplugged before its step, which is none of the others' business. */
static int leave_out_gone(struct run_evidence *run, const struct plan_step *planned,
			  const char *failed)
{
	int r = evidence_warn(run, "%s vanished before its step; was the device removed?", failed);

	return r < 0 ? r : leave_out(run, planned, "function-gone", "it vanished before the step");
}

/* Returns 1 when the step was left out, 0 when it may run, or -ENOMEM. */
static int check_again(const struct root *root, const struct snapshot *snapshot,
		       const struct plan *plan, const struct plan_step *planned,
		       struct run_evidence *run)
{
	struct refusal refusal;
	int r = recheck_step(root, snapshot, plan, &run->facts, planned, &refusal);

	if (r <= 0)
		return r;
	r = leave_out(run, planned, refusal.reason, refusal.text);
	return r < 0 ? r : 1;
}

/* While a reset works with the list of methods, the list must not be written. */
static int tell_what_is_left(struct run_evidence *run, const struct step_evidence *step)
{
	int r = 0;

	for (size_t i = 0; i < step->subject_count && r == 0; i++) {
		const struct subject *subject = &step->subjects[i];

		if (subject->hung && (subject->restore_errno || subject->bind_errno))
			r = evidence_warn(run,
					  "%s: its reset has not ended, so what was changed for it "
					  "is not put back yet; once it has ended, "
					  "`iommu-resettest recover` or the next run does that",
					  subject->function);
	}
	return r;
}

int campaign_run(const struct root *root, const struct snapshot *snapshot, const struct plan *plan,
		 const struct step_options *options, struct run_evidence *run, char failed[WHY_MAX])
{
	_cleanup_observers_ struct observers observers = {0};
	const char *reason;
	bool ran_any = false;
	int r, gone = 0;

	failed[0] = '\0';
	if (plan->step_count == 0)
		return 0;
	r = observers_open(root, run, options->journal, klog_is_interesting, &observers);
	if (r < 0 && r == journal_error(options->journal))
		snprintf(failed, WHY_MAX, "the journal in the state directory");
	for (size_t i = 0; i < plan->step_count && r == 0; i++) {
		run->signal = signals_caught();
		if (run->signal)
			break;
		reason = fallout_reason(snapshot, run, &plan->steps[i]);
		if (reason) {
			r = leave_out(run, &plan->steps[i], reason, "an earlier step left it so");
			continue;
		}
		r = check_again(root, snapshot, plan, &plan->steps[i], run);
		if (r != 0) {
			r = r < 0 ? r : 0;
			continue;
		}
		r = run_step(root, snapshot, &plan->steps[i], options, &observers, run, failed);
		if ((r == -ENOENT || r == -ENODEV) && failed[0]) {
			gone = r;
			r = leave_out_gone(run, &plan->steps[i], failed);
			continue;
		}
		ran_any |= r == 0;
		if (r == 0)
			r = tell_what_is_left(run, &run->steps[run->step_count - 1]);
		if (r < 0)
			break;
		reason = fallout_end(&run->steps[run->step_count - 1], options->on_hang_continue);
		if (reason) {
			r = evidence_warn(run, "%s", reason);
			break;
		}
	}
	if (r == 0 && !run->signal)
		run->signal = signals_caught();
	return r == 0 && !ran_any ? gone : r;
}
