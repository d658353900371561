// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/root.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/target.h"
#include "kernel/running.h"
#include "render/plan.h"
#include "snapshot/build.h"

enum {
	OPTION_SYSROOT = 256,
};

struct options {
	struct target target;
	struct appearance appearance;
	const char *sysroot;
	bool json;
};

static const struct argp_option option_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"sysroot", OPTION_SYSROOT, "DIR", 0, "Plan for a captured tree instead of this machine",
	 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->target;
		state->child_inputs[1] = &options->appearance;
		return 0;
	case 'j':
		options->json = true;
		return 0;
	case OPTION_SYSROOT:
		options->sysroot = argument;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&target_argp, 0, "What to reset:", 1},
	{&appearance_argp, 0, NULL, 0},
	{0},
};

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.args_doc = "[FUNCTION...]",
	.doc = "Shows what `run` with the same arguments would do: every write, and why each other "
	       "function is left alone. Changes nothing.",
};

static int plan(const char *name, const struct options *options)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_plan_ struct plan plan = {0};
	const struct text_style style = appearance_style(&options->appearance, STDOUT_FILENO);
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	int r = root_open(&root, options->sysroot);

	if (r < 0) {
		return problem(name, options->sysroot ? options->sysroot : "/", r);
	}
	r = snapshot_read_for_reset(&root, &snapshot);
	if (r < 0) {
		return problem_no_functions(name, options->sysroot, r);
	}
	if (target_check(name, &options->target, &snapshot) != EXIT_GOOD)
		return EXIT_ERROR;
	r = facts_read_running(&root, snapshot.host.release, &facts);
	if (r == 0)
		r = plan_make(&snapshot, &facts, &options->target.plan, &plan);
	if (r == 0)
		r = options->json ? json_plan_write(stdout, &snapshot, &facts, &plan)
				  : plan_text_write(stdout, &style, &snapshot, &plan);
	if (r < 0) {
		return problem(name, "planning", r);
	}
	return EXIT_GOOD;
}

static int run_command(int argc, char **argv)
{
	struct options options = {.target = TARGET_INIT};
	int status;

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	status = target_finish(argv[0], &options.target);
	if (status == EXIT_GOOD)
		status = plan(argv[0], &options);
	filter_free(&options.target.filter);
	return status;
}

const struct cmd cmd_plan = {
	.name = "plan",
	.help = "show what a run would do, and what it would not",
	.run = run_command,
};
