// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/array.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/judging.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/save.h"
#include "judge/picture.h"
#include "render/html_page.h"
#include "render/html_run.h"
#include "render/html_timeline.h"

/* Pictures of each run at least, on a page of many. */
#define STEPS_SHOWN_MIN 4
/* No details of further runs on the page: of good ones, of any. */
#define GOOD_BYTES_MAX (4UL << 20)
#define DETAILS_BYTES_MAX (16UL << 20)

enum {
	OPTION_HTML = 256,
};

struct options {
	char **files;
	size_t file_count;
	const char *html;
	struct appearance appearance; /* accepted as by all commands; a page has looks of its own */
};

static const struct argp_option option_table[] = {
	{"html", OPTION_HTML, "OUT", 0,
	 "Write one page in HTML to OUT, or to standard output for -", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		return 0;
	case OPTION_HTML:
		options->html = argument;
		return 0;
	case ARGP_KEY_ARGS:
		options->files = state->argv + state->next;
		options->file_count = (size_t)(state->argc - state->next);
		return 0;
	case ARGP_KEY_END:
		if (!options->file_count)
			cmd_fail(state, "name the evidence files that `run --save` wrote, or - for "
					"standard input");
		else if (!options->html)
			cmd_fail(state, "say where to: --html OUT");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = appearance_children,
	.args_doc = "FILE... --html OUT",
	.doc = "Judges again the evidence that `run --save` wrote, as judge does, and writes a "
	       "page that shows it: the verdict, what was tested, each step as a picture. Of "
	       "several "
	       "runs or hosts it shows a table first.\v"
	       "Exit status: 0 the page was written, whatever the verdict; 2 error.",
};

/* Where the details of a run are. */
struct part {
	size_t host, at_bytes, length_bytes;
};

/* A page of many runs in the making. */
struct report {
	const char *name; /* of the command, for messages */
	struct host_result *hosts;
	size_t host_count;
	struct strbuf details;
	struct part *parts;
	size_t part_count;
	size_t unreadable, undetailed;
	size_t step_max;
};

static void report_free(struct report *report)
{
	for (size_t i = 0; i < report->host_count; i++)
		host_result_clear(&report->hosts[i]);
	free(report->hosts);
	free(report->parts);
	strbuf_free(&report->details);
}

static const char *source_of(const char *path)
{
	return streq(path, "-") ? "standard input" : path;
}

/* What cannot be read is on the page as well: a host without a result is not a good one. */
static int add_unknown(struct report *report, struct host_result *host, const char *path,
		       const char *problem)
{
	problem_say(report->name, "%s", problem);
	report->unreadable++;
	host->name = strdup(source_of(path));
	host->why = strdup(problem);
	return host->name && host->why ? 0 : -ENOMEM;
}

static bool has_room(const struct report *report, const struct judging *judging)
{
	bool good = run_verdict_exit_status(judging->result.verdict) == EXIT_GOOD;

	return report->details.length_bytes < (good ? GOOD_BYTES_MAX : DETAILS_BYTES_MAX);
}

static int add_run(struct report *report, struct host_result *host, const char *path,
		   const struct judging *judging)
{
	struct html_run view = {
		.run = &judging->run,
		.result = &judging->result,
		.source = source_of(path),
		.place = {.id = host->anchor, .level = 2},
		.draw = picture_make,
		.step_max = report->step_max,
	};
	struct part *part;
	int r = host_result_take(host, source_of(path), &judging->run, &judging->result);

	if (r < 0 || !has_room(report, judging)) {
		report->undetailed++;
		return r;
	}
	part = ARRAY_APPEND(report->parts, report->part_count);
	if (!part)
		return -ENOMEM;
	snprintf(host->anchor, sizeof(host->anchor), "r%zu", report->host_count);
	*part = (struct part){.host = report->host_count - 1,
			      .at_bytes = report->details.length_bytes};
	r = html_run_write(&report->details, &view);
	part->length_bytes = report->details.length_bytes - part->at_bytes;
	return r;
}

static int add_file(struct report *report, const char *path)
{
	_cleanup_judging_ struct judging judging = {0};
	struct host_result *host = ARRAY_APPEND(report->hosts, report->host_count);
	int r = judging_read(path, &judging);

	if (!host)
		return -ENOMEM;
	if (r < 0)
		return add_unknown(report, host, path, judging.problem);
	return add_run(report, host, path, &judging);
}

static int compare_parts(const void *a, const void *b, void *context)
{
	const struct part *one = a, *other = b;
	const struct host_result *hosts = context;

	return host_result_compare(&hosts[one->host], &hosts[other->host]);
}

/* In the order of the table. */
static void write_details(struct report *report, struct strbuf *page)
{
	if (!report->part_count || report->details.error)
		return;
	qsort_r(report->parts, report->part_count, sizeof(*report->parts), compare_parts,
		report->hosts);
	html_element(page, "h2", "How to read the pictures");
	html_legend(page);
	for (size_t i = 0; i < report->part_count; i++)
		strbuf_add(page, report->details.text + report->parts[i].at_bytes,
			   report->parts[i].length_bytes);
}

static int write_many(struct report *report, struct strbuf *page)
{
	char title[64];

	snprintf(title, sizeof(title), "PCI reset tests: %zu runs", report->host_count);
	html_page_begin(page, title, true);
	html_overview(page, report->hosts, report->host_count, "run");
	if (report->undetailed)
		strbuf_printf(page,
			      "<p>Of %zu runs there is no more here than the table: make a page "
			      "of them alone.</p>\n",
			      report->undetailed);
	write_details(report, page);
	html_page_end(page, HTML_FROM_EVIDENCE);
	return report->details.error ? report->details.error : page->error;
}

/* Returns how many files could not be read, with no page if that is all of them, or -errno. */
static int make_many(const char *name, const struct options *options, struct strbuf *page)
{
	_cleanup_(report_free) struct report report = {.name = name};
	int r = 0;

	report.step_max = HTML_STEPS_MAX / options->file_count;
	if (report.step_max < STEPS_SHOWN_MIN)
		report.step_max = STEPS_SHOWN_MIN;
	for (size_t i = 0; i < options->file_count && r == 0; i++)
		r = add_file(&report, options->files[i]);
	if (r == 0 && report.unreadable < report.host_count)
		r = write_many(&report, page);
	return r < 0 ? r : (int)report.unreadable;
}

static int make_one(const char *name, const char *path, struct strbuf *page)
{
	_cleanup_judging_ struct judging judging = {0};

	if (judging_read(path, &judging) < 0) {
		problem_say(name, "%s", judging.problem);
		return 1;
	}
	return html_page_run(page, &judging.run, &judging.result, source_of(path), picture_make);
}

static int save_page(const char *path, const struct strbuf *page)
{
	if (!streq(path, "-"))
		return save_file(path, page->text, page->length_bytes);
	if (fwrite(page->text, 1, page->length_bytes, stdout) != page->length_bytes ||
	    fflush(stdout) == EOF)
		return errno ? -errno : -EIO;
	return 0;
}

/* The evidence that the page would replace; NULL: none. */
static const char *find_overwritten(const struct options *options)
{
	for (size_t i = 0; i < options->file_count && !streq(options->html, "-"); i++)
		if (save_same(options->html, options->files[i]))
			return options->files[i];
	return NULL;
}

static int report_html(const char *name, const struct options *options)
{
	_cleanup_strbuf_ struct strbuf page = {0};
	const char *overwritten = find_overwritten(options);
	int unreadable, r;

	if (overwritten) {
		fprintf(stderr, "%s: --html %s would replace the evidence; name another file\n",
			name, overwritten);
		return EXIT_ERROR;
	}
	unreadable = options->file_count == 1 ? make_one(name, options->files[0], &page)
					      : make_many(name, options, &page);
	if (unreadable < 0) {
		fprintf(stderr, "%s: %s\n", name, strerror(-unreadable));
		return EXIT_ERROR;
	}
	r = page.text ? save_page(options->html, &page) : 0;
	if (r < 0)
		return problem(name, options->html, r);
	return unreadable ? EXIT_ERROR : EXIT_GOOD;
}

static int run(int argc, char **argv)
{
	struct options options = {0};

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	return report_html(argv[0], &options);
}

const struct cmd cmd_report = {
	.name = "report",
	.help = "write a page in HTML about saved evidence",
	.run = run,
};
