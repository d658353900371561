// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>

#include "cli/answer.h"
#include "cli/parse.h"

enum {
	OPTION_FORMAT = 1536,
	OPTION_REPORT,
	OPTION_JSONL,
};

static const struct argp_option option_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"jsonl", OPTION_JSONL, NULL, 0, "Print one line of JSON for each event, as it comes", 0},
	{"format", OPTION_FORMAT, "FORMAT", 0, "Print the answer in this form", 0},
	{"report", OPTION_REPORT, "FORMAT:FILE", 0,
	 "Write the answer in this form to FILE too; may be given more than once", 0},
	{0},
};

/* "text, json ..." */
static void list_formats(char *text, size_t size_bytes)
{
	const struct format *format;
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; (format = format_at(i)) && length < size_bytes; i++)
		length += (size_t)snprintf(text + length, size_bytes - length, "%s%s",
					   i ? ", " : "", format->name);
}

static const struct format *parse_format(const char *option, const char *argument,
					 size_t name_bytes, const struct argp_state *state)
{
	const struct format *format = format_find(argument, name_bytes);
	char names[256];

	if (format)
		return format;
	list_formats(names, sizeof(names));
	cmd_fail(state, "%s=%.80s: no such format; there are: %s", option, argument, names);
}

static void add_report(struct answer_options *options, const char *argument,
		       const struct argp_state *state)
{
	size_t name_bytes = strcspn(argument, ":");
	const struct format *format = parse_format("--report", argument, name_bytes, state);
	const char *path = argument[name_bytes] ? argument + name_bytes + 1 : "";

	if (!*path)
		cmd_fail(state, "--report=%.80s: name the file too, as --report=%s:FILE", argument,
			 format->name);
	if (streq(path, "-"))
		cmd_fail(state, "--report=%.80s: for standard output give --format=%s", argument,
			 format->name);
	if (options->report_count == REPORTS_MAX)
		cmd_fail(state, "--report: more than %d", REPORTS_MAX);
	options->reports[options->report_count++] = (struct answer_report){format, path};
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct answer_options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		return 0;
	case 'j':
		options->format = parse_format("--format", "json", strlen("json"), state);
		return 0;
	case OPTION_JSONL:
		options->format = parse_format("--format", "jsonl", strlen("jsonl"), state);
		return 0;
	case OPTION_FORMAT:
		options->format = parse_format("--format", argument, strlen(argument), state);
		return 0;
	case OPTION_REPORT:
		add_report(options, argument, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp answer_argp = {
	.options = option_table,
	.parser = parse_option,
	.children = appearance_children,
};
