// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/root.h"
#include "cli/answer.h"
#include "cli/campaign.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/problem.h"
#include "cli/lock.h"
#include "cli/parse.h"
#include "cli/past.h"
#include "cli/restorer.h"
#include "cli/rounds_argp.h"
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

#define TIMEOUT_MAX_S 86400

enum {
	OPTION_SAVE = 256,
	OPTION_TIMEOUT,
	OPTION_ON_HANG,
	OPTION_RESUME,
	OPTION_STATE_DIR,
	OPTION_SYSLOG,
	OPTION_PROGRESS,
};

struct options {
	struct target target;
	struct step_options step;
	struct rounds_options rounds;
	const char *save;
	const char *state_dir;
	bool resume;
	bool syslog;
	enum live_wanted progress;
	struct answer_options answer;
	int skip_exit;
};

static const struct argp_option option_table[] = {
	{"save", OPTION_SAVE, "FILE", 0, "Write all evidence to FILE, for `judge`", 0},
	{"timeout", OPTION_TIMEOUT, "SECONDS", 0,
	 "Count a reset as hung after so long (default: 75, more where a device may take more)", 0},
	{"on-hang", OPTION_ON_HANG, "stop|continue", 0,
	 "When a reset hangs, end the run (default) or go on behind other bridges", 0},
	{"resume", OPTION_RESUME, NULL, 0,
	 "Leave out what the run before completed before it was interrupted", 0},
	{"syslog", OPTION_SYSLOG, NULL, 0, "Tell the system's log of each step and of the verdict",
	 0},
	{"state-dir", OPTION_STATE_DIR, "DIR", 0, "Where the journal is (default: " STATEDIR ")",
	 0},
	{"progress", OPTION_PROGRESS, "FORM", 0,
	 "Show on standard error how the run comes along: auto (default), live, lines or none", 0},
	{0},
};

static void parse_timeout(struct options *options, const char *argument, struct argp_state *state)
{
	char *end;
	unsigned long seconds = strtoul(argument, &end, 10);

	if (argument[0] < '0' || argument[0] > '9' || *end || seconds == 0 ||
	    seconds > TIMEOUT_MAX_S)
		cmd_fail(state, "--timeout=%.40s: not a number of seconds from 1 to %d", argument,
			 TIMEOUT_MAX_S);
	else
		options->step.timeout_s = (unsigned int)seconds;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->target;
		state->child_inputs[1] = &options->rounds;
		state->child_inputs[2] = &options->answer;
		state->child_inputs[3] = &options->skip_exit;
		return 0;
	case OPTION_SAVE:
		options->save = argument;
		return 0;
	case OPTION_TIMEOUT:
		parse_timeout(options, argument, state);
		return 0;
	case OPTION_ON_HANG:
		if (!streq(argument, "stop") && !streq(argument, "continue"))
			cmd_fail(state, "--on-hang=%.40s: neither stop nor continue", argument);
		options->step.on_hang_continue = streq(argument, "continue");
		return 0;
	case OPTION_SYSLOG:
		options->syslog = true;
		return 0;
	case OPTION_RESUME:
		options->resume = true;
		return 0;
	case ARGP_KEY_END:
		/* What is resumed is what a plan lacks, once. */
		if (options->resume && rounds_repeat(&options->rounds))
			cmd_fail(state, "--resume and --loops, --duration or --until-fail exclude "
					"each other: finish that run first");
		return 0;
	case OPTION_STATE_DIR:
		options->state_dir = cmd_state_dir(state, argument);
		return 0;
	case OPTION_PROGRESS:
		if (live_parse(argument, &options->progress) < 0)
			cmd_fail(state, "--progress=%.40s: give auto, live, lines or none",
				 argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&target_argp, 0, "What to reset:", 1},
	{&rounds_argp, 0, "How often:", 2},
	{&answer_argp, 0, NULL, 0},
	{&skip_exit_argp, 0, NULL, 0},
	{0},
};

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.args_doc = "[FUNCTION...]",
	.doc = "Resets the selected functions in every way that can show whether nested resets "
	       "work, observes the kernel meanwhile, and judges. What is in use is refused; "
	       "`plan` shows beforehand what would be done. Needs root.\v"
	       "Exit status: 0 fixed or not affected, 1 vulnerable or broken, 2 error, "
	       "4 inconclusive or skipped, 128+N ended by signal N.",
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
static int exit_status(const struct options *options, const struct run_evidence *run,
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
static int run_plan(const char *name, const struct options *options, const struct root *root,
		    const struct snapshot *snapshot, const struct plan *plan, struct past *past,
		    struct run_evidence *run, struct ledger *ledger, bool *left)
{
	_cleanup_journal_ struct journal *journal = NULL;
	_cleanup_late_ struct late_resets late = {0};
	struct campaign campaign = {
		.root = root,
		.snapshot = snapshot,
		.plan = plan,
		.step = options->step,
		.rounds = options->rounds,
	};
	char failed[WHY_MAX];
	int r, restored;

	if (plan->step_count == 0)
		return EXIT_GOOD;
	if (past_begin(name, past, run, &journal) != EXIT_GOOD)
		return EXIT_ERROR;
	campaign.step.journal = journal;
	campaign.step.late = &late;
	campaign.step.open_disk = disk_open;
	campaign.step.find_link = interface_find_idle;
	campaign.step.find_taken = taken_find;
	r = campaign_run(&campaign, run, ledger, failed);
	*left = r > 0;
	journal_end(journal, r < 0 ? 0 : run->signal);
	restored = restorer_run(&(struct restorer){root, snapshot, journal, &late}, run);
	if (r < 0)
		return fail_step(name, failed, r);
	if (*left)
		problem_say(name, "the host is not as it was; the warnings of the answer say "
				  "what is left, and `iommu-resettest recover` looks after it");
	if (restored < 0)
		return problem(name, "putting back", restored);
	r = journal_error(journal);
	return r < 0 ? problem(name, "the journal in the state directory", r) : EXIT_GOOD;
}

/* Those who are told of the run while it goes. */
static int follow(const char *name, const struct options *options, struct followers *followers)
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

/* From the plan to the answer; the machine is as before when it returns. */
static int carry_out(const char *name, const struct options *options, const struct root *root,
		     const struct snapshot *snapshot, const struct kernel_facts *facts,
		     const struct plan *plan, struct past *past)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_ledger_ struct ledger ledger = LEDGER_INIT;
	unsigned int planned_away;
	bool left = false;
	int status, r;

	ledger.path = options->save;
	ledger.followers.progress = (struct run_progress){
		.planned = true,
		.steps = (unsigned int)plan->step_count,
		.rounds = rounds_wanted(&options->rounds),
		.duration_ns = options->rounds.duration_ns,
		.deadline_ns = UINT64_MAX,
	};
	signals_catch();
	if (follow(name, options, &ledger.followers) != EXIT_GOOD)
		return EXIT_ERROR;
	r = run_head(snapshot, facts, plan, &run, &ledger);
	planned_away = run.step_number;
	if (r < 0)
		return problem(name, "preparing the run", r);
	status = run_plan(name, options, root, snapshot, plan, past, &run, &ledger, &left);
	/* Without a step there is nothing to judge. */
	if (status != EXIT_GOOD && run.step_number == planned_away)
		return status;
	ledger_end(&ledger, &run);
	if (drift_warn(&run, &ledger.result.totals) < 0)
		return problem(name, "preparing the answer", -ENOMEM);
	if (ledger.save_error)
		status = problem(name, options->save, ledger.save_error);
	status = exit_status(options, &run, &ledger.result, status, left);
	signals_end_waits();
	status = answer_tell_end(name, &options->answer, &ledger.followers, &run, &ledger.result,
				 status);
	status = answer_write_run(name, &options->answer, &run, &ledger.result, status);
	return answer_finish(name, &options->answer, &ledger.followers, status);
}

static int run_locked(const char *name, const struct options *options, const struct root *root)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_plan_ struct plan plan = {0};
	_cleanup_past_ struct past past = PAST_INIT;
	struct kernel_facts facts = KERNEL_FACTS_INIT;
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
	return carry_out(name, options, root, &snapshot, &facts, &plan, &past);
}

static int run(const char *name, const struct options *options)
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
	struct options options = {
		.target = TARGET_INIT, .skip_exit = EXIT_SKIP, .state_dir = STATEDIR};
	int status;

	if (cmd_parse(&parser, argc, argv, &options))
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
