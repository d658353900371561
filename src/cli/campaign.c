// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/campaign.h"

#include <errno.h>

#include "base/monotonic.h"
#include "cli/fallout.h"
#include "cli/recheck.h"
#include "cli/run_head.h"
#include "cli/signals.h"
#include "judge/klog.h"
#include "step/setting.h"

/* What was seen so long ago is looked at again before a reset. */
#define STALE_NS 100000000ULL

/* A run under way. */
struct progress {
	const struct campaign *campaign;
	struct run_evidence *run;
	struct ledger *ledger;
	char *failed; /* [WHY_MAX] */
	struct observers observers;
	struct workers workers;
	struct openless openless;
	struct fallout fallout;
	struct rounds rounds;
	bool ran_any, ran_in_round;
	int gone;      /* -errno: a function vanished before its step */
	bool finished; /* no step comes after this one */
	bool alone;    /* the terminal was closed, which is written down */
	bool left;     /* the last step left something changed */
};

static int finish(struct progress *p, const char *why)
{
	p->finished = true;
	return why ? evidence_warn(p->run, "%s", why) : 0;
}

/* Whoever reads the answer shall know why nobody saw the run come along. */
static int note_terminal(struct progress *p)
{
	if (p->alone || !signals_terminal_closed())
		return 0;
	p->alone = true;
	return evidence_warn(p->run, "the terminal was closed; the run went on");
}

static struct step_evidence *add_step(struct progress *p)
{
	struct step_evidence *step = evidence_add_step(p->run);

	if (step)
		step->round = p->rounds.round;
	return step;
}

/* The run must not wait for a reset any longer; whoever follows it is told that it waits. */
static bool out_of_patience(void *data)
{
	struct ledger *ledger = data;

	followers_tick(&ledger->followers);
	return signals_insist();
}

static void tick(void *data)
{
	followers_tick(data);
}

static void announce(struct progress *p, const struct plan_step *planned)
{
	struct step_heading heading = {
		.number = p->run->step_number,
		.scenario = planned->scenario,
		.method = planned->method,
		.function_count = planned->function_count,
	};

	for (size_t i = 0; i < planned->function_count; i++)
		heading.functions[i] = planned->functions[i]->bdf;
	followers_step_begin(&p->ledger->followers, &heading);
}

/* A planned step that is left out after all. */
static int leave_out(struct progress *p, const struct plan_step *planned, const char *reason,
		     const char *text)
{
	struct step_evidence *step = add_step(p);

	if (!step)
		return -ENOMEM;
	step->scenario = planned->scenario;
	snprintf(step->method, sizeof(step->method), "%s", planned->method);
	snprintf(step->skip_reason, sizeof(step->skip_reason), "%s", reason);
	snprintf(step->skip_text, sizeof(step->skip_text), "%s", text);
	for (size_t i = 0; i < planned->function_count; i++)
		subject_name(step_add_subject(step), planned->functions[i]);
	return ledger_take(p->ledger, p->run);
}

/* A function that was unplugged before its step, which is none of the others' business. */
static int leave_out_gone(struct progress *p, const struct plan_step *planned, int error)
{
	int r = evidence_warn(p->run, "%s vanished before its step; was the device removed?",
			      p->failed);

	p->gone = error;
	return r < 0 ? r : leave_out(p, planned, "function-gone", "it vanished before the step");
}

/* What the step means for those after it. */
static int look_back(struct progress *p)
{
	const struct step_evidence *step = &p->run->steps[p->run->step_count - 1];
	uint64_t failures = ledger_failures(p->ledger);
	const char *why = fallout_end(step, p->campaign->step.on_hang_continue);
	int r = fallout_note(&p->fallout, step), taken;

	p->left |= fallout_left(step);
	/* Which may forget the step. */
	taken = ledger_take(p->ledger, p->run);
	if (r == 0)
		r = taken;
	if (r == 0)
		r = note_terminal(p);
	if (r == 0 && why)
		r = finish(p, why);
	else if (r == 0 && p->campaign->rounds.until_fail && ledger_failures(p->ledger) > failures)
		r = finish(p, "the run ended at the step that failed (--until-fail)");
	return r;
}

_Static_assert(OPENLESS_OWN_MAX == SUBJECTS_MAX + 1,
	       "the tool and as many workers as there can be");

static void tell_own(struct progress *p)
{
	for (size_t i = 0; i < SUBJECTS_MAX; i++)
		p->openless.own[i] = p->workers.list[i].pid;
	p->openless.own[SUBJECTS_MAX] = (int)getpid();
}

static void drop_step(struct progress *p)
{
	evidence_drop_step(p->run);
	p->run->step_number--;
}

/*
 * Whoever reads the announcement may have let it stand for hours, and what was known of the
 * functions is as old then. Returns 1 when they are to be left alone, and why; 0; or -errno.
 */
static int look_again(struct progress *p, const struct plan_step *planned, uint64_t known_ns,
		      struct refusal *refusal)
{
	const struct campaign *c = p->campaign;

	if (monotonic_ns() - known_ns < STALE_NS)
		return 0;
	tell_own(p);
	return recheck_step(c->root, c->snapshot, c->plan, &p->run->facts, planned, &p->openless,
			    refusal);
}

static int run_step(struct progress *p, const struct plan_step *planned)
{
	const struct campaign *c = p->campaign;
	struct step_evidence *step = add_step(p);
	struct patience patience = {.over = out_of_patience, .data = p->ledger};
	struct step_options options = c->step;
	uint64_t known_ns = monotonic_ns();
	struct refusal refusal;
	int r;

	if (!step)
		return -ENOMEM;
	announce(p, planned);
	r = look_again(p, planned, known_ns, &refusal);
	if (r != 0 || signals_caught()) {
		drop_step(p);
		return r > 0 ? leave_out(p, planned, refusal.reason, refusal.text) : r;
	}
	options.patience = &patience;
	options.workers = &p->workers;
	r = step_run(c->root, c->snapshot, planned, &options, &p->observers, step, p->failed);
	if (r < 0) {
		drop_step(p);
		return (r == -ENOENT || r == -ENODEV) && p->failed[0]
			       ? leave_out_gone(p, planned, r)
			       : r;
	}
	p->ran_any = p->ran_in_round = true;
	return look_back(p);
}

/* The part of a step that is one function. */
static struct plan_step only(const struct plan_step *planned, size_t index)
{
	struct plan_step one = *planned;

	one.functions[0] = planned->functions[index];
	one.roles[0] = planned->roles[index];
	one.function_count = 1;
	return one;
}

/* Takes a function out of the step and tells why. */
static int leave_out_one(struct progress *p, struct plan_step *planned, size_t index,
			 const char *reason, const char *text)
{
	struct plan_step one = only(planned, index);

	planned->function_count--;
	for (size_t i = index; i < planned->function_count; i++) {
		planned->functions[i] = planned->functions[i + 1];
		planned->roles[i] = planned->roles[i + 1];
	}
	return leave_out(p, &one, reason, text);
}

/* What an earlier step made impossible. Empties @planned when nothing is left of it. */
static int leave_out_fallen(struct progress *p, struct plan_step *planned)
{
	const char *text = "an earlier step left it so";
	const char *reason = fallout_reason(p->campaign->snapshot, &p->fallout, planned);
	int r = 0;

	if (reason && !planned->independent) {
		r = leave_out(p, planned, reason, text);
		planned->function_count = 0;
	}
	for (size_t i = planned->function_count; reason && r == 0 && i-- > 0;) {
		struct plan_step one = only(planned, i);
		const char *its_own = fallout_reason(p->campaign->snapshot, &p->fallout, &one);

		if (its_own)
			r = leave_out_one(p, planned, i, its_own, text);
	}
	return r;
}

/* What has come into use meanwhile, likewise. */
static int leave_out_refused(struct progress *p, struct plan_step *planned)
{
	const struct campaign *c = p->campaign;
	int r = 0;

	tell_own(p);
	while (planned->function_count > 0 && r == 0) {
		struct refusal refusal;
		size_t index = 0;

		r = recheck_step(c->root, c->snapshot, c->plan, &p->run->facts, planned,
				 &p->openless, &refusal);
		if (r <= 0)
			return r;
		while (index < planned->function_count &&
		       !streq(planned->functions[index]->bdf, refusal.function))
			index++;
		if (planned->independent && index < planned->function_count) {
			r = leave_out_one(p, planned, index, refusal.reason, refusal.text);
			continue;
		}
		r = leave_out(p, planned, refusal.reason, refusal.text);
		planned->function_count = 0;
	}
	return r;
}

static int run_or_leave_out(struct progress *p, const struct plan_step *planned)
{
	struct plan_step left = *planned;
	int r = leave_out_fallen(p, &left);

	if (r == 0)
		r = leave_out_refused(p, &left);
	return r == 0 && left.function_count > 0 ? run_step(p, &left) : r;
}

static int run_round(struct progress *p)
{
	const struct plan *plan = p->campaign->plan;
	struct followers *followers = &p->ledger->followers;
	int r = 0;

	p->ran_in_round = false;
	followers_round_begin(followers, p->rounds.round);
	for (size_t i = 0; i < plan->step_count && r == 0 && !p->finished; i++) {
		signals_stop_if_told();
		p->run->signal = signals_caught();
		if (p->run->signal || rounds_over(&p->rounds)) {
			r = finish(p, NULL);
		} else {
			followers->progress.step = (unsigned int)i + 1;
			r = run_or_leave_out(p, &plan->steps[i]);
		}
	}
	followers_round_end(followers);
	/* It would go round and round. */
	if (r == 0 && !p->finished && !p->ran_in_round)
		r = finish(p, p->rounds.round > 1 ? "the run ended since no step was left to be run"
						  : NULL);
	return r;
}

static int run_rounds(struct progress *p)
{
	int r;

	rounds_begin(&p->rounds, &p->campaign->rounds);
	p->rounds.tick = tick;
	p->rounds.tick_data = &p->ledger->followers;
	p->ledger->followers.progress.begin_ns = p->rounds.begin_ns;
	p->ledger->followers.progress.deadline_ns = p->rounds.deadline_ns;
	do
		r = run_round(p);
	while (r == 0 && !p->finished && rounds_next(&p->rounds));
	if (r == 0)
		r = note_terminal(p);
	if (r == 0 && !p->run->signal)
		p->run->signal = signals_caught();
	return r == 0 && !p->ran_any ? p->gone : r;
}

int campaign_run(const struct campaign *campaign, struct run_evidence *run, struct ledger *ledger,
		 char failed[WHY_MAX])
{
	_cleanup_settings_ struct settings settings = {0};
	struct journal *journal = campaign->step.journal;
	struct progress p = {.campaign = campaign, .run = run, .ledger = ledger, .failed = failed};
	int r, closed;

	failed[0] = '\0';
	if (campaign->plan->step_count == 0)
		return 0;
	r = settings_open(campaign->root, campaign->snapshot, campaign->plan, journal, &settings);
	if (r == 0)
		r = observers_open(campaign->root, campaign->plan, run, journal,
				   klog_is_interesting, &p.observers);
	if (r < 0 && r == journal_error(journal))
		snprintf(failed, WHY_MAX, "the journal in the state directory");
	openless_open(&p.openless);
	if (r == 0)
		r = run_rounds(&p);
	workers_end(&p.workers);
	openless_free(&p.openless);
	closed = observers_close(&p.observers);
	if (r == 0 && closed < 0) {
		r = closed;
		snprintf(failed, WHY_MAX,
			 "trace instance or probes are left (`iommu-resettest recover` removes "
			 "them)");
	}
	if (settings_close(&settings) > 0 && r == 0) {
		p.left = true;
		r = evidence_warn(run, "AER rate limits are not as they were; `iommu-resettest "
				       "recover` puts them back");
	}
	fallout_free(&p.fallout);
	return r == 0 ? p.left : r;
}
