// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/answer.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "cli/cmd.h"
#include "cli/outlet.h"
#include "cli/problem.h"
#include "cli/save.h"
#include "cli/signals.h"
#include "cli/stream.h"

/* The path of another answer, or of the evidence, that this report would replace; NULL: none. */
static const char *find_same(const struct answer_options *options, size_t index, const char *other)
{
	const char *path = options->reports[index].path;

	if (other && save_same(path, other))
		return other;
	for (size_t i = 0; i < index; i++)
		if (save_same(path, options->reports[i].path))
			return options->reports[i].path;
	return NULL;
}

int answer_prepare(const char *name, const struct answer_options *options, const char *other)
{
	for (size_t i = 0; i < options->report_count; i++) {
		const char *path = options->reports[i].path;
		int r = save_prepare(path);
		const char *same = r < 0 ? NULL : find_same(options, i, other);

		if (r < 0)
			return problem_place(name, path, r);
		if (!same)
			continue;
		problem_say(name, "%s: the report would replace %s; give it a file of its own",
			    path, streq(path, same) ? "what else goes there" : same);
		return EXIT_ERROR;
	}
	return EXIT_GOOD;
}

static int follow(const char *name, const struct format *format, const char *path, bool live,
		  struct followers *followers)
{
	int r = format && format->streamed ? stream_follow(followers, path, live) : 0;

	return r < 0 ? problem(name, path ? path : "standard output", r) : EXIT_GOOD;
}

int answer_follow(const char *name, const struct answer_options *options, bool live,
		  struct followers *followers)
{
	int status = follow(name, options->format, NULL, live, followers);

	for (size_t i = 0; i < options->report_count && status == EXIT_GOOD; i++)
		status = follow(name, options->reports[i].format, options->reports[i].path, live,
				followers);
	return status;
}

/*
 * Whether @error says that who read standard output is gone, as a terminal that was closed. From a
 * file it says that the disk failed.
 */
static bool reader_is_gone(int error)
{
	struct stat status;

	return error == -EPIPE ||
	       (error == -EIO && fstat(STDOUT_FILENO, &status) == 0 && S_ISCHR(status.st_mode));
}

static bool is_bearable(const struct answer_options *options, int error)
{
	return options->kept && reader_is_gone(error);
}

/* One line. Returns the exit status that becomes of @status. */
static int complain(const char *name, const char *what, int error, int status)
{
	int failed = problem(name, what, error);

	/* That nobody took the answer is the signal's doing; an error before it stays one. */
	return error == -ECANCELED && signals_caught() && status != EXIT_ERROR
		       ? 128 + signals_caught()
		       : failed;
}

/* Each error is told once. Returns the exit status. */
static int tell_errors(const char *name, const struct answer_options *options,
		       struct followers *followers, int status)
{
	for (size_t i = 0; i < followers->count; i++) {
		struct follower *follower = &followers->items[i];

		if (!follower->error || follower->told)
			continue;
		follower->told = true;
		if (!(follower->on_output && is_bearable(options, follower->error)))
			status = complain(name, follower->name, follower->error, status);
	}
	return status;
}

int answer_tell_end(const char *name, const struct answer_options *options,
		    struct followers *followers, const struct run_evidence *run,
		    const struct run_result *result, int exit_status)
{
	followers_run_end(followers, run, result, exit_status);
	return tell_errors(name, options, followers, exit_status);
}

int answer_finish(const char *name, const struct answer_options *options,
		  struct followers *followers, int exit_status)
{
	followers_finish(followers);
	return tell_errors(name, options, followers, exit_status);
}

/* The answer as text in @text, which is to be freed whatever comes of it. */
static int write_text(const struct format *format, const struct answer_content *content,
		      int exit_status, const struct text_style *style, char **text,
		      size_t *length_bytes)
{
	FILE *out = open_memstream(text, length_bytes);
	int r;

	if (!out)
		return -errno;
	r = content->write(content->of, format, out, exit_status, style);
	if (fclose(out) == EOF && r == 0)
		r = -errno;
	return r;
}

static int write_report(const struct answer_options *options, const struct answer_report *report,
			const struct answer_content *content, int exit_status)
{
	_cleanup_free_ char *text = NULL;
	size_t length_bytes = 0;
	const struct text_style plain = {.verbosity = options->appearance.verbosity,
					 .ascii = appearance_ascii(&options->appearance)};
	int r = write_text(report->format, content, exit_status, &plain, &text, &length_bytes);

	return r < 0 ? r : save_file(report->path, text, length_bytes);
}

/* Not by way of stdio, which may forget a line that could not be written and why. */
static int write_output(const struct answer_options *options, const struct format *format,
			const struct answer_content *content, int exit_status)
{
	_cleanup_outlet_ struct outlet outlet = OUTLET_INIT;
	_cleanup_free_ char *text = NULL;
	size_t length_bytes = 0;
	const struct text_style style = appearance_style(&options->appearance, STDOUT_FILENO);
	int r = write_text(format, content, exit_status, &style, &text, &length_bytes);

	if (r == 0)
		r = outlet_open(STDOUT_FILENO, &outlet);
	if (r == 0)
		r = outlet_put(&outlet, text, length_bytes, 0);
	if (r == 0)
		r = outlet_finish(&outlet);
	return is_bearable(options, r) ? 0 : r;
}

int answer_write(const char *name, const struct answer_options *options,
		 const struct answer_content *content, int exit_status)
{
	const struct format *format = options->format ? options->format : format_at(0);
	int status = exit_status;
	int r;

	for (size_t i = 0; i < options->report_count; i++) {
		const struct answer_report *report = &options->reports[i];

		if (report->format->streamed)
			continue;
		r = write_report(options, report, content, exit_status);
		if (r < 0)
			status = complain(name, report->path, r, status);
	}
	if (format->streamed)
		return status;
	r = write_output(options, format, content, status);
	return r < 0 ? complain(name, "writing the answer", r, status) : status;
}
