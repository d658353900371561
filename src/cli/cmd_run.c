// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/root.h"
#include "cli/answer.h"
#include "cli/campaign.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/lock.h"
#include "cli/parse.h"
#include "cli/past.h"
#include "cli/problem.h"
#include "cli/restorer.h"
#include "cli/run_argp.h"
#include "cli/run_head.h"
#include "cli/save.h"
#include "cli/signals.h"
#include "cli/skip_exit.h"
#include "cli/system_log.h"
#include "cli/taken.h"
#include "cli/target.h"
#include "judge/drift_warn.h"
#include "kernel/running.h"
#include "snapshot/build.h"
#include "snapshot/disk.h"
#include "snapshot/interface.h"

/* What a run goes by; all of it is borrowed. */
struct job {
	const char *name; /* of the command, for messages */
	const struct run_options *options;
	const struct root *root;
	const struct snapshot *snapshot;
	const struct kernel_facts *facts;
	const struct plan *plan;
	struct past *past;
};

/* What went wrong with a step, in the words of someone who did not ask for a sysfs path. */
static int fail_step(const char *name, const char *path, int error)
{
	if (error == -ESTALE)
		fprintf(stderr, "%s: %s changed since the machine was looked at; run again\n", name,
			path);
	else if (error == -ENOENT || error == -ENODEV)
		fprintf(stderr, "%s: %s vanished; was the device removed?\n", name, path);
	else
		return problem(name, path[0] ? path : "the step", error);
	return EXIT_ERROR;
}

/* The verdict's, unless there was an error or a signal. What is @left takes no bad news away. */
static int exit_status(const struct run_options *options, const struct run_evidence *run,
		       const struct run_result *result, int error_status, bool left)
{
	if (error_status != EXIT_GOOD)
		return error_status;
	if (left)
		return run_verdict_exit_status(result->verdict) == EXIT_BAD ? EXIT_BAD : EXIT_ERROR;
	return run->signal ? 128 + run->signal
			   : skip_exit_status(result->verdict, options->skip_exit);
}

/*
 * Runs the plan with a journal. Returns 0, or EXIT_ERROR after one line on stderr; such a line is
 * there as well when *left says that something is not as it was.
 */
static int run_plan(const struct job *job, struct run_evidence *run, struct ledger *ledger,
		    bool *left)
{
	_cleanup_journal_ struct journal *journal = NULL;
	_cleanup_late_ struct late_resets late = {0};
	struct campaign campaign = {
		.root = job->root,
		.snapshot = job->snapshot,
		.plan = job->plan,
		.step = job->options->step,
		.rounds = job->options->rounds,
	};
	char failed[WHY_MAX];
	int r, restored;

	if (job->plan->step_count == 0)
		return EXIT_GOOD;
	if (past_begin(job->name, job->past, run, &journal) != EXIT_GOOD)
		return EXIT_ERROR;
	campaign.step.journal = journal;
	campaign.step.late = &late;
	campaign.step.open_disk = disk_open;
	campaign.step.find_link = interface_find_idle;
	campaign.step.find_taken = taken_find;
	campaign.step.claim_disks = disks_claim;
	r = campaign_run(&campaign, run, ledger, failed);
	*left = r > 0;
	journal_end(journal, r < 0 ? 0 : run->signal);
	restored = restorer_run(&(struct restorer){job->root, job->snapshot, journal, &late}, run);
	if (r < 0)
		return fail_step(job->name, failed, r);
	if (*left)
		problem_say(job->name,
			    "the host is not as it was; the warnings of the answer say "
			    "what is left, and `iommu-resettest recover` looks after it");
	if (restored < 0)
		return problem(job->name, "putting back", restored);
	r = journal_error(journal);
	return r < 0 ? problem(job->name, "the journal in the state directory", r) : EXIT_GOOD;
}

/* Those who are told of the run while it goes. */
static int follow(const char *name, const struct run_options *options, struct followers *followers)
{
	const struct live_options live =
		live_options(options->progress, &options->answer.appearance);
	int r;

	if (answer_follow(name, &options->answer, true, followers) != EXIT_GOOD)
		return EXIT_ERROR;
	r = options->syslog ? system_log_follow(followers) : 0;
	if (r < 0) {
		fprintf(stderr,
			"%s: --syslog: no log of the system can be written to: %s; start "
			"systemd-journald or a syslog daemon, or run without --syslog\n",
			name, strerror(-r));
		return EXIT_ERROR;
	}
	r = live_follow(followers, &live);
	return r < 0 ? problem(name, "preparing the run", r) : EXIT_GOOD;
}

/* The end of the run, the verdict, and the answer. Returns the exit status. */
static int conclude(const struct job *job, struct run_evidence *run, struct ledger *ledger,
		    int status, bool left)
{
	const struct answer_options *answer = &job->options->answer;

	ledger_end(ledger, run);
	if (drift_warn(run, &ledger->result.totals) < 0)
		return problem(job->name, "preparing the answer", -ENOMEM);
	if (ledger->save_error)
		status = problem(job->name, job->options->save, ledger->save_error);
	status = exit_status(job->options, run, &ledger->result, status, left);
	signals_end_waits();
	status = answer_tell_end(job->name, answer, &ledger->followers, run, &ledger->result,
				 status);
	status = answer_write_run(job->name, answer, run, &ledger->result, status);
	return answer_finish(job->name, answer, &ledger->followers, status);
}

/* From the plan to the answer; the machine is as before when it returns. */
static int carry_out(const struct job *job)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_ledger_ struct ledger ledger = LEDGER_INIT;
	const struct rounds_options *rounds = &job->options->rounds;
	unsigned int planned_away;
	bool left = false;
	int status, r;

	ledger.path = job->options->save;
	ledger.followers.progress = (struct run_progress){
		.planned = true,
		.steps = (unsigned int)job->plan->step_count,
		.rounds = rounds_wanted(rounds),
		.duration_ns = rounds->duration_ns,
		.deadline_ns = UINT64_MAX,
	};
	signals_catch();
	if (follow(job->name, job->options, &ledger.followers) != EXIT_GOOD)
		return EXIT_ERROR;
	r = run_head(job->snapshot, job->facts, job->plan, &run, &ledger);
	planned_away = run.step_number;
	if (r < 0)
		return problem(job->name, "preparing the run", r);
	status = run_plan(job, &run, &ledger, &left);
	/* Without a step there is nothing to judge. */
	if (status != EXIT_GOOD && run.step_number == planned_away)
		return status;
	return conclude(job, &run, &ledger, status, left);
}

static int run_locked(const char *name, const struct run_options *options, const struct root *root)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_plan_ struct plan plan = {0};
	_cleanup_past_ struct past past = PAST_INIT;
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	const struct job job = {name, options, root, &snapshot, &facts, &plan, &past};
	int r;

	if (past_read(name, root, options->state_dir, &past) != EXIT_GOOD)
		return EXIT_ERROR;
	r = snapshot_read_for_reset(root, &snapshot);
	if (r < 0)
		return problem(name, "reading the machine", r);
	if (target_check(name, &options->target, &snapshot) != EXIT_GOOD)
		return EXIT_ERROR;
	r = options->save ? save_prepare(options->save) : 0;
	if (r < 0)
		return problem_place(name, options->save, r);
	if (answer_prepare(name, &options->answer, options->save) != EXIT_GOOD)
		return EXIT_ERROR;
	if (past_mend(name, root, &past, &snapshot) != EXIT_GOOD)
		return EXIT_ERROR;
	r = facts_read_running(root, snapshot.host.release, &facts);
	if (r == 0)
		r = plan_make(&snapshot, &facts, &options->target.plan, &plan);
	if (r == 0)
		r = past_apply(&past, options->resume, &plan);
	if (r < 0)
		return problem(name, "planning", r);
	return carry_out(&job);
}

static int run(const char *name, const struct run_options *options)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_lock_ struct lock lock = LOCK_INIT;
	int r;

	if (rounds_repeat(&options->rounds))
		signals_outlive_terminal();
	if (geteuid() != 0) {
		fprintf(stderr, "%s: resetting devices needs root; run it with sudo\n", name);
		return EXIT_ERROR;
	}
	r = root_open(&root, NULL);
	if (r < 0)
		return problem(name, "/", r);
	return lock_take(name, &root, &lock) < 0 ? EXIT_ERROR : run_locked(name, options, &root);
}

static int run_command(int argc, char **argv)
{
	struct run_options options = RUN_OPTIONS_INIT;
	int status;

	if (cmd_parse(&run_argp, argc, argv, &options))
		return EXIT_ERROR;
	status = target_finish(argv[0], &options.target);
	options.answer.kept = options.save || options.syslog || options.answer.report_count > 0;
	if (status == EXIT_GOOD)
		status = run(argv[0], &options);
	filter_free(&options.target.filter);
	return status;
}

const struct cmd cmd_run = {
	.name = "run",
	.help = "reset the selected functions, observe, and judge",
	.run = run_command,
};
