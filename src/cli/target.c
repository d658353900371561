// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/target.h"

#include "base/nearest.h"
#include "base/strbuf.h"
#include "cli/cmd.h"
#include "cli/parse.h"
#include "cli/select.h"

enum {
	OPTION_ALL = 512,
	OPTION_WITH_DRIVER,
	OPTION_UNBIND,
	OPTION_WITH_TRAFFIC,
	OPTION_FORCE_IN_USE,
	OPTION_WITH_VFS,
	OPTION_JOBS,
};

static const struct argp_option option_table[] = {
	{"all", OPTION_ALL, NULL, 0, "Every function of the machine that may be reset", 0},
	{"scenario", 't', "SCENARIO", 0, "Provoke resets in this way", 0},
	{"with-driver", OPTION_WITH_DRIVER, NULL, 0,
	 "Reset functions that have a driver too, under it", 0},
	{"unbind", OPTION_UNBIND, NULL, 0,
	 "Take drivers off their functions for each step and bind them again", 0},
	{"with-traffic", OPTION_WITH_TRAFFIC, NULL, 0,
	 "For -t driver: bring idle network interfaces up and let them send frames", 0},
	{"jobs", OPTION_JOBS, "N", 0,
	 "Reset up to N functions at the same time that have no bridge and no group in common", 0},
	{"force-in-use", OPTION_FORCE_IN_USE, NULL, 0,
	 "Reset functions that are in use too; each must be named", 0},
	{"with-vfs", OPTION_WITH_VFS, NULL, 0,
	 "Reset PFs with VFs too, if nobody uses these; each PF must be named", 0},
	{0},
};

/* "nested, single and siblings": all, or those that run when none is named. */
static void name_scenarios(struct strbuf *out, bool by_default, const char *conjunction)
{
	size_t wanted = 0, named = 0;

	for (size_t i = 0; i < SCENARIO_COUNT; i++)
		wanted += !by_default || scenario_infos[i].by_default;
	for (size_t i = 0; i < SCENARIO_COUNT; i++) {
		if (by_default && !scenario_infos[i].by_default)
			continue;
		named++;
		strbuf_printf(out, "%s%s",
			      named == 1	? ""
			      : named == wanted ? conjunction
						: ", ",
			      scenario_infos[i].name);
	}
}

static void add_scenario(struct target *target, char *argument, struct argp_state *state)
{
	_cleanup_strbuf_ struct strbuf names = {0};
	int scenario = scenario_parse(argument);
	char question[NEAREST_QUESTION_MAX];
	struct nearest meant = {0};

	if (scenario >= 0) {
		target->plan.scenarios[scenario] = true;
		return;
	}
	name_scenarios(&names, false, " and ");
	for (int i = 0; i < SCENARIO_COUNT; i++)
		nearest_try(&meant, argument, scenario_names[i]);
	cmd_fail(state, "'%.40s': no such scenario; %sthere are %s", argument,
		 nearest_question(&meant, question), names.text ? names.text : "some");
}

/* The names come from their table. argp frees what differs from @text. */
static char *filter_help(int key, const char *text, void *input)
{
	_cleanup_strbuf_ struct strbuf help = {0};
	char *filtered = NULL;

	(void)input;
	if (key != 't')
		return (char *)(uintptr_t)text;
	name_scenarios(&help, false, " or ");
	strbuf_puts(&help, "; may be given more than once (default: ");
	name_scenarios(&help, true, " and ");
	strbuf_puts(&help, ")");
	return strbuf_take(&help, &filtered) == 0 ? filtered : (char *)(uintptr_t)text;
}

static void choose_driver_mode(struct target *target, enum driver_mode mode,
			       struct argp_state *state)
{
	if (target->plan.driver != DRIVER_REFUSE && target->plan.driver != mode)
		cmd_fail(state, "--with-driver and --unbind exclude each other: give one of them");
	target->plan.driver = mode;
}

static void parse_jobs(struct target *target, const char *argument, struct argp_state *state)
{
	char *end;
	unsigned long jobs = strtoul(argument, &end, 10);

	if (argument[0] < '0' || argument[0] > '9' || *end || jobs == 0 || jobs > SUBJECTS_MAX)
		cmd_fail(state, "--jobs=%.40s: not a number from 1 to %d", argument, SUBJECTS_MAX);
	else
		target->plan.jobs = (unsigned int)jobs;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct target *target = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &target->filter;
		return 0;
	case OPTION_ALL:
		target->all = true;
		return 0;
	case 't':
		add_scenario(target, argument, state);
		return 0;
	case OPTION_WITH_DRIVER:
	case OPTION_UNBIND:
		choose_driver_mode(target, key == OPTION_UNBIND ? DRIVER_UNBIND : DRIVER_KEEP,
				   state);
		return 0;
	case OPTION_WITH_TRAFFIC:
		target->plan.with_traffic = true;
		return 0;
	case OPTION_JOBS:
		parse_jobs(target, argument, state);
		return 0;
	case OPTION_FORCE_IN_USE:
		target->plan.force_in_use = true;
		return 0;
	case OPTION_WITH_VFS:
		target->plan.with_vfs = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&select_argp, 0, "Selection, as in lspci (all that are given must match):", 1},
	{0},
};

const struct argp target_argp = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.help_filter = filter_help,
};

/* Nobody shall force what he did not spell out. */
static bool names_alone(const struct target *target)
{
	const struct filter *filter = &target->filter;

	return !target->all && !filter->has_slot && !filter->has_id &&
	       filter->group == FILTER_ANY && filter->named_count;
}

static const char *find_force_error(const struct target *target)
{
	const bool unbind = target->plan.driver == DRIVER_UNBIND;

	if (target->plan.force_in_use && !names_alone(target))
		return "--force-in-use works only with functions that are named one by one, not "
		       "with --all, -s, -d or -g";
	/* A driver must not lose a device that is in use. */
	if (target->plan.force_in_use && unbind)
		return "--force-in-use and --unbind exclude each other";
	if (target->plan.with_vfs && !names_alone(target))
		return "--with-vfs works only with functions that are named one by one, not with "
		       "--all, -s, -d or -g";
	/* Many drivers disable the VFs of a PF that is taken off them. */
	if (target->plan.with_vfs && unbind)
		return "--with-vfs and --unbind exclude each other";
	return NULL;
}

static const char *find_error(const struct target *target)
{
	if (target->plan.with_traffic && !target->plan.scenarios[SCENARIO_DRIVER])
		return "--with-traffic is for -t driver alone";
	return find_force_error(target);
}

int target_finish(const char *name, struct target *target)
{
	const char *error = find_error(target);
	bool any = false;

	if (error) {
		fprintf(stderr, "%s: %s\n", name, error);
		return EXIT_ERROR;
	}
	if (filter_selects_all(&target->filter) != target->all) {
		fprintf(stderr, "%s: %s\n", name,
			target->all ? "--all and a selection exclude each other: give one of them"
				    : "nothing is selected; name functions, select with -s, -d or "
				      "-g, or give --all");
		return EXIT_ERROR;
	}
	for (size_t i = 0; i < SCENARIO_COUNT; i++)
		any |= target->plan.scenarios[i];
	for (size_t i = 0; i < SCENARIO_COUNT && !any; i++)
		target->plan.scenarios[i] = scenario_infos[i].by_default;
	target->plan.filter = &target->filter;
	return EXIT_GOOD;
}

int target_check(const char *name, const struct target *target, const struct snapshot *snapshot)
{
	int status = select_check(name, &target->filter, snapshot);

	if (status != EXIT_GOOD || target->all)
		return status;
	for (size_t i = 0; i < snapshot->function_count; i++)
		if (filter_match(&target->filter, &snapshot->functions[i]))
			return EXIT_GOOD;
	fprintf(stderr,
		"%s: no function of this machine matches the selection; see `" PACKAGE_NAME
		" list`\n",
		name);
	return EXIT_ERROR;
}
