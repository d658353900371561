// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>

#include "base/nearest.h"
#include "cli/answer.h"
#include "cli/parse.h"

enum {
	OPTION_FORMAT = 1536,
	OPTION_REPORT,
	OPTION_JSONL,
};

static const struct argp_option stream_table[] = {
	{"jsonl", OPTION_JSONL, NULL, 0, "Print a line of JSON for each event, as it comes", 0},
	{0},
};

static const struct argp_option form_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"format", OPTION_FORMAT, "FORMAT", 0, "Print the answer in this form", 0},
	{"report", OPTION_REPORT, "FORMAT:FILE", 0,
	 "Write the answer in this form to FILE too; may be given more than once", 0},
	{0},
};

static bool has_format(const struct answer_options *options, const struct format *format)
{
	return !options->of_fleet || format_has_fleet(format);
}

/* "text, json ..." */
static void list_formats(const struct answer_options *options, char *text, size_t size_bytes)
{
	const struct format *format;
	size_t length = 0;

	text[0] = '\0';
	for (size_t i = 0; (format = format_at(i)) && length < size_bytes; i++)
		if (has_format(options, format))
			length += (size_t)snprintf(text + length, size_bytes - length, "%s%s",
						   length ? ", " : "", format->name);
}

static const char *ask_for_format(const struct answer_options *options, const char *typed,
				  size_t typed_bytes, char question[NEAREST_QUESTION_MAX])
{
	_cleanup_free_ char *word = strndup(typed, typed_bytes);
	struct nearest meant = {0};
	const struct format *format;

	for (size_t i = 0; word && (format = format_at(i)); i++)
		if (has_format(options, format))
			nearest_try(&meant, word, format->name);
	return nearest_question(&meant, question);
}

static const struct format *parse_format(const struct answer_options *options, const char *option,
					 const char *argument, size_t name_bytes,
					 const struct argp_state *state)
{
	const struct format *format = format_find(argument, name_bytes);
	char names[256], question[NEAREST_QUESTION_MAX] = "";

	if (format && has_format(options, format))
		return format;
	list_formats(options, names, sizeof(names));
	if (!format)
		ask_for_format(options, argument, name_bytes, question);
	cmd_fail(state, "%s=%.80s: %s; %sthere are: %s", option, argument,
		 format ? "many hosts have no such form" : "no such format", question, names);
}

void answer_add_report(struct answer_options *options, const char *given,
		       const struct format *format, const char *path,
		       const struct argp_state *state)
{
	if (!*path)
		cmd_fail(state, "%s: name the file too, as --report=%s:FILE", given, format->name);
	if (streq(path, "-"))
		cmd_fail(state, "%s: for standard output give --format=%s", given, format->name);
	if (options->report_count == REPORTS_MAX)
		cmd_fail(state, "--report: more than %d", REPORTS_MAX);
	options->reports[options->report_count++] = (struct answer_report){format, path};
}

static void parse_report(struct answer_options *options, const char *argument,
			 const struct argp_state *state)
{
	size_t name_bytes = strcspn(argument, ":");
	const struct format *format =
		parse_format(options, "--report", argument, name_bytes, state);
	const char *path = argument[name_bytes] ? argument + name_bytes + 1 : "";
	char given[96];

	snprintf(given, sizeof(given), "--report=%.80s", argument);
	answer_add_report(options, given, format, path, state);
}

/* The names come from their table. argp frees what differs from @text. */
static char *filter_help(int key, const char *text, void *input)
{
	char names[256];
	char *filtered;

	if (key != OPTION_FORMAT || !input)
		return (char *)(uintptr_t)text;
	list_formats(input, names, sizeof(names));
	return asprintf(&filtered, "%s: %s", text, names) < 0 ? (char *)(uintptr_t)text : filtered;
}

static error_t parse_form(int key, char *argument, struct argp_state *state)
{
	struct answer_options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		return 0;
	case 'j':
		options->format = format_find("json", strlen("json"));
		return 0;
	case OPTION_FORMAT:
		options->format =
			parse_format(options, "--format", argument, strlen(argument), state);
		return 0;
	case OPTION_REPORT:
		parse_report(options, argument, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp answer_form_argp = {
	.options = form_table,
	.parser = parse_form,
	.children = appearance_children,
	.help_filter = filter_help,
};

static error_t parse_stream(int key, char *argument, struct argp_state *state)
{
	struct answer_options *options = state->input;

	(void)argument;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = options;
		return 0;
	case OPTION_JSONL:
		options->format = format_find("jsonl", strlen("jsonl"));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child form_children[] = {{&answer_form_argp, 0, NULL, 0}, {0}};

const struct argp answer_argp = {
	.options = stream_table,
	.parser = parse_stream,
	.children = form_children,
};
