// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/layout.h"

#include "base/nearest.h"
#include "cli/parse.h"

enum {
	OPTION_TREE = 512,
};

static const struct argp_option option_table[] = {
	{"output", 'o', "COLUMNS", 0,
	 "Show these columns, a line for each function; +COLUMNS adds to the usual ones", 0},
	{"output-all", 'O', NULL, 0, "Show all columns", 0},
	{"noheadings", 'n', NULL, 0, "Print no headings", 0},
	{"raw", 'r', NULL, 0, "For scripts: columns one blank apart, blanks in them as \\x20", 0},
	{"pairs", 'P', NULL, 0, "For shells: COLUMN=\"value\"", 0},
	{"tree", OPTION_TREE, NULL, 0, "Show a tree of the buses and what is on them", 0},
	{0},
};

static const enum list_column tree_columns[] = {
	LIST_FUNCTION, LIST_GROUP, LIST_METHODS, LIST_IN_USE, LIST_NAME,
};

static const char *const form_options[] = {
	[LIST_TREE] = "--tree",
	[LIST_RAW] = "--raw",
	[LIST_PAIRS] = "--pairs",
};

static void set_form(struct layout *layout, enum list_form form, const struct argp_state *state)
{
	enum list_form other = layout->list.form;

	if (other != LIST_LINES && other != form)
		cmd_fail(state, "%s and %s exclude each other: give one of them",
			 form_options[other], form_options[form]);
	layout->list.form = form;
	layout->given = form_options[form];
}

static void add_usual_columns(struct layout *layout)
{
	if (layout->list.form == LIST_TREE)
		for (size_t i = 0; i < ARRAY_SIZE(tree_columns); i++)
			list_columns_add(&layout->list.columns, tree_columns[i]);
	else
		for (int i = 0; i < LIST_DEFAULT_COUNT; i++)
			list_columns_add(&layout->list.columns, i);
}

static void unknown_column(const struct argp_state *state, const char *wrong, size_t wrong_bytes)
{
	_cleanup_strbuf_ struct strbuf known = {0};
	_cleanup_strbuf_ struct strbuf typed = {0};
	char question[NEAREST_QUESTION_MAX];
	struct nearest meant = {0};

	strbuf_add(&typed, wrong, wrong_bytes);
	for (int i = 0; i < LIST_COLUMN_COUNT; i++) {
		strbuf_printf(&known, "%s%s", i ? ", " : "", list_column_name(i));
		nearest_try(&meant, typed.text ? typed.text : "", list_column_name(i));
	}
	cmd_fail(state, "'%.*s': unknown column; %sknown are %s", (int)wrong_bytes, wrong,
		 nearest_question(&meant, question), known.text ? known.text : "");
}

static void finish(struct layout *layout, const struct argp_state *state)
{
	const char *output = layout->output, *wrong;
	size_t wrong_bytes;

	if (!output || *output == '+')
		add_usual_columns(layout);
	if (output && list_columns_parse(&layout->list.columns, output + (*output == '+'), &wrong,
					 &wrong_bytes) < 0)
		unknown_column(state, wrong, wrong_bytes);
	for (int i = 0; layout->all && i < LIST_COLUMN_COUNT; i++)
		list_columns_add(&layout->list.columns, i);
	if (layout->list.form == LIST_LINES && (output || layout->all))
		layout->list.form = LIST_TABLE;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct layout *layout = state->input;

	switch (key) {
	case 'o':
		if (layout->output)
			cmd_fail(state,
				 "'%s': -o may be given once, with commas between the columns",
				 argument);
		layout->output = argument;
		layout->given = "--output";
		return 0;
	case 'O':
		layout->all = true;
		layout->given = "--output-all";
		return 0;
	case 'n':
		layout->list.headings = false;
		return 0;
	case 'r':
		set_form(layout, LIST_RAW, state);
		return 0;
	case 'P':
		set_form(layout, LIST_PAIRS, state);
		return 0;
	case OPTION_TREE:
		set_form(layout, LIST_TREE, state);
		return 0;
	case ARGP_KEY_END:
		finish(layout, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp layout_argp = {.options = option_table, .parser = parse_option};

char *layout_columns_help(void)
{
	_cleanup_strbuf_ struct strbuf help = {0};
	char *text = NULL;

	strbuf_puts(&help, "Columns:\n");
	for (int i = 0; i < LIST_COLUMN_COUNT; i++)
		strbuf_printf(&help, "  %-10s  %s\n", list_column_name(i), list_column_help(i));
	return strbuf_take(&help, &text) == 0 ? text : NULL;
}
