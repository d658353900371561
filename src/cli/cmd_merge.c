// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "cli/answer.h"
#include "cli/cmd.h"
#include "cli/hosts.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/results.h"
#include "cli/save.h"
#include "cli/skip_exit.h"

enum {
	OPTION_HTML = 256,
	OPTION_HOSTS,
};

struct options {
	char **files;
	size_t file_count;
	const char *hosts;
	struct answer_options answer;
	int skip_exit;
};

static const struct argp_option option_table[] = {
	{"hosts", OPTION_HOSTS, "LIST", 0,
	 "The hosts that should have a result: names, a file with names, or - for standard input; "
	 "one without is unknown",
	 0},
	{"html", OPTION_HTML, "OUT", 0, "Short for --report html:OUT", 0},
	{0},
};

static void check_arguments(const struct options *options, const struct argp_state *state)
{
	size_t readers = options->hosts && streq(options->hosts, "-");

	if (!options->file_count)
		cmd_fail(state,
			 "name the files with the hosts' results, or the folder they are in");
	for (size_t i = 0; i < options->file_count; i++)
		readers += streq(options->files[i], "-");
	if (readers > 1)
		cmd_fail(state, "-: standard input can be read once");
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->answer;
		state->child_inputs[1] = &options->skip_exit;
		return 0;
	case OPTION_HOSTS:
		options->hosts = argument;
		return 0;
	case OPTION_HTML:
		answer_add_report(&options->answer, "--html", format_find("html", strlen("html")),
				  argument, state);
		return 0;
	case ARGP_KEY_ARGS:
		options->files = state->argv + state->next;
		options->file_count = (size_t)(state->argc - state->next);
		return 0;
	case ARGP_KEY_END:
		check_arguments(options, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&answer_form_argp, 0, NULL, 0},
	{&skip_exit_argp, 0, NULL, 0},
	{0},
};

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.args_doc = "FILE...",
	.doc = "Merges the results of many hosts into one answer, in which the worst wins: what "
	       "`run`, `judge` and `check` print with --json or --jsonl, and the evidence that "
	       "`run --save` writes. Of a directory it reads all files.\v"
	       "Exit status: 0 each host is fixed or not affected; 1 one is vulnerable or broken; "
	       "2 error; 4 else, which is also when the result of one is unknown.",
};

/* What cannot be opened is an unknown host, but whoever named it may have mistyped it. */
static int read_one(const char *name, const char *path, struct fleet *fleet)
{
	int r = results_read(fleet, path);

	if (r == 0 || r == -ENOMEM)
		return r;
	problem(name, path, r);
	return 0;
}

static int read_all(const char *name, const struct options *options, struct fleet *fleet)
{
	int r = 0;

	if (options->hosts)
		r = hosts_expect(fleet, options->hosts);
	if (r == -EINVAL) {
		problem_say(name,
			    "--hosts=%.80s: there is no name in it, or what is none; give names of "
			    "hosts, a file with them, or -",
			    options->hosts);
		return EXIT_ERROR;
	}
	if (r < 0)
		return problem(name, options->hosts, r);
	for (size_t i = 0; i < options->file_count && r == 0; i++)
		r = read_one(name, options->files[i], fleet);
	if (r == 0)
		r = fleet_conclude(fleet);
	if (r < 0)
		return problem(name, "reading the results", r);
	if (fleet->host_count)
		return EXIT_GOOD;
	for (size_t i = 0; i < options->file_count; i++)
		problem_say(name,
			    "%s: there is no file in it; name the folder with the hosts' results",
			    options->files[i]);
	return EXIT_ERROR;
}

/* What was read that is at @path; NULL: nothing. */
static const char *find_overwritten(const char *path, const struct options *options,
				    const struct fleet *fleet)
{
	if (options->hosts && save_same(path, options->hosts))
		return options->hosts;
	for (size_t i = 0; i < fleet->result_count; i++)
		if (fleet->results[i].source && save_same(path, fleet->results[i].source))
			return fleet->results[i].source;
	return NULL;
}

/* Of a folder, and of what is behind a link, it is known only now what was read. */
static int check_reports(const char *name, const struct options *options, const struct fleet *fleet)
{
	for (size_t i = 0; i < options->answer.report_count; i++) {
		const char *path = options->answer.reports[i].path;
		const char *overwritten = find_overwritten(path, options, fleet);

		if (!overwritten)
			continue;
		problem_say(name,
			    "%s: the report would replace %s, which was read; write it to a place "
			    "outside the results",
			    path, streq(path, overwritten) ? "a file" : overwritten);
		return EXIT_ERROR;
	}
	return EXIT_GOOD;
}

static int write_form(const void *of, const struct format *format, FILE *out, int exit_status,
		      const struct text_style *style)
{
	return format_write_fleet(format, out, of, exit_status, style);
}

/* --skip-exit is about what was judged: of an unknown host nothing was, and it may be anything. */
static int exit_status(const struct fleet *fleet, int skip_exit)
{
	const struct host_result *worst = fleet_host_result(fleet, &fleet->hosts[0]);

	return worst->known ? skip_exit_status(worst->verdict, skip_exit)
			    : fleet_exit_status(fleet);
}

static int merge(const char *name, const struct options *options)
{
	_cleanup_fleet_ struct fleet fleet = {0};
	const struct answer_content content = {write_form, &fleet};

	if (answer_prepare(name, &options->answer, NULL) != EXIT_GOOD ||
	    read_all(name, options, &fleet) != EXIT_GOOD ||
	    check_reports(name, options, &fleet) != EXIT_GOOD)
		return EXIT_ERROR;
	return answer_write(name, &options->answer, &content,
			    exit_status(&fleet, options->skip_exit));
}

static int run(int argc, char **argv)
{
	struct options options = {.answer.of_fleet = true, .skip_exit = EXIT_SKIP};

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	return merge(argv[0], &options);
}

const struct cmd cmd_merge = {
	.name = "merge",
	.help = "merge the results of many hosts: the worst wins",
	.run = run,
};
