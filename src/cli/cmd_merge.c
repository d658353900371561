// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/hosts.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/results.h"
#include "cli/save.h"
#include "cli/skip_exit.h"
#include "render/fleet.h"

enum {
	OPTION_HTML = 256,
	OPTION_HOSTS,
};

struct options {
	char **files;
	size_t file_count;
	const char *hosts, *html;
	bool json;
	struct appearance appearance;
	int skip_exit;
};

static const struct argp_option option_table[] = {
	{"hosts", OPTION_HOSTS, "LIST", 0,
	 "The hosts that should have a result: names, a file with names, or - for standard input; "
	 "one without is unknown",
	 0},
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"html", OPTION_HTML, "OUT", 0, "Write one page in HTML to OUT too", 0},
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
	if (options->html && streq(options->html, "-"))
		cmd_fail(state, "--html -: the table goes there; name a file");
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		state->child_inputs[1] = &options->skip_exit;
		return 0;
	case OPTION_HOSTS:
		options->hosts = argument;
		return 0;
	case OPTION_HTML:
		options->html = argument;
		return 0;
	case 'j':
		options->json = true;
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
	{&appearance_argp, 0, NULL, 0},
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

static int read_all(const char *name, const struct options *options, struct fleet *fleet)
{
	int r = 0;

	if (options->hosts)
		r = hosts_expect(fleet, options->hosts);
	if (r == -EINVAL) {
		fprintf(stderr, "%s: --hosts=%.80s: there is no name in it, or what is none\n",
			name, options->hosts);
		return EXIT_ERROR;
	}
	if (r < 0)
		return problem(name, options->hosts, r);
	for (size_t i = 0; i < options->file_count && r == 0; i++)
		r = results_read(fleet, options->files[i]);
	if (r == 0)
		r = fleet_conclude(fleet);
	if (r < 0)
		return problem(name, "reading the results", r);
	if (fleet->host_count)
		return EXIT_GOOD;
	for (size_t i = 0; i < options->file_count; i++)
		fprintf(stderr,
			"%s: %s: there is no file in it; name the folder with the hosts' results\n",
			name, options->files[i]);
	return EXIT_ERROR;
}

/* The file that the page would replace; NULL: none. */
static const char *find_overwritten(const struct options *options, const struct fleet *fleet)
{
	if (options->hosts && save_same(options->html, options->hosts))
		return options->hosts;
	for (size_t i = 0; i < fleet->result_count; i++)
		if (fleet->results[i].source && save_same(options->html, fleet->results[i].source))
			return fleet->results[i].source;
	return NULL;
}

static int write_page(const char *name, const struct options *options, const struct fleet *fleet)
{
	_cleanup_strbuf_ struct strbuf page = {0};
	const char *overwritten = find_overwritten(options, fleet);
	int r;

	if (overwritten) {
		fprintf(stderr, "%s: --html %s would replace a result\n", name, options->html);
		return EXIT_ERROR;
	}
	r = html_fleet(&page, fleet);
	if (r == 0)
		r = save_file(options->html, page.text, page.length_bytes);
	return r < 0 ? problem(name, options->html, r) : EXIT_GOOD;
}

static int merge(const char *name, const struct options *options)
{
	const struct text_style style = appearance_style(&options->appearance, STDOUT_FILENO);
	_cleanup_fleet_ struct fleet fleet = {0};
	int status = read_all(name, options, &fleet), r;

	if (status != EXIT_GOOD)
		return status;
	status = fleet_exit_status(&fleet);
	status = status == EXIT_SKIP ? options->skip_exit : status;
	if (options->html && write_page(name, options, &fleet) != EXIT_GOOD)
		status = EXIT_ERROR;
	r = options->json ? json_fleet_write(stdout, &fleet, status)
			  : fleet_text_write(stdout, &fleet, &style);
	return r < 0 ? problem(name, "writing the answer", r) : status;
}

static int run(int argc, char **argv)
{
	struct options options = {.skip_exit = EXIT_SKIP};

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	return merge(argv[0], &options);
}

const struct cmd cmd_merge = {
	.name = "merge",
	.help = "merge the results of many hosts: the worst wins",
	.run = run,
};
