// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/escape.h"
#include "base/root.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/layout.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/select.h"
#include "render/list.h"
#include "snapshot/build.h"

enum {
	OPTION_SYSROOT = 256,
};

struct options {
	struct filter filter;
	struct layout layout;
	struct appearance appearance;
	const char *sysroot;
	bool json;
};

static const struct argp_option option_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document, with every field", -1},
	{NULL, 'J', NULL, OPTION_ALIAS, NULL, -1},
	{"sysroot", OPTION_SYSROOT, "DIR", 0, "Read a captured tree instead of this machine", -1},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->filter;
		state->child_inputs[1] = &options->layout;
		state->child_inputs[2] = &options->appearance;
		return 0;
	case ARGP_KEY_SUCCESS:
		if (options->json && options->layout.given)
			cmd_fail(state, "--json has all there is: give it without %s",
				 options->layout.given);
		return 0;
	case 'j':
	case 'J':
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
	{&select_argp, 0, "Selection, as in lspci (all that are given must match):", 1},
	{&layout_argp, 0, "What is shown:", 2},
	{&appearance_argp, 0, NULL, 0},
	{0},
};

static char *add_columns(int key, const char *text, void *input)
{
	(void)input;
	return key == ARGP_KEY_HELP_EXTRA ? layout_columns_help() : (char *)text;
}

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.args_doc = "[FUNCTION...]",
	.doc = "Lists PCI functions with their IOMMU group, reset methods and what is in use below "
	       "them. Changes nothing.\v"
	       "NESTS names the methods that enter the IOMMU's reset protection twice, and why "
	       "that would show nothing on this function (no-iommu, no-ats, ats-unknown). "
	       "A ? is what could not be read.",
	.help_filter = add_columns,
};

static bool shows_any(const struct filter *filter, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++)
		if (list_shows(filter, &snapshot->functions[i]))
			return true;
	return false;
}

/* The JSON document has them itself. */
static void print_notes(const char *name, const struct snapshot *snapshot,
			const struct filter *filter)
{
	if (!shows_any(filter, snapshot))
		fprintf(stderr, "%s: note: no function matches the selection\n", name);
	for (size_t i = 0; i < snapshot->note_count; i++) {
		_cleanup_strbuf_ struct strbuf note = {0};

		escape_printable(&note, snapshot->notes[i]);
		fprintf(stderr, "%s: note: %s\n", name, note.text ? note.text : "");
	}
}

static int print(const struct options *options, const struct snapshot *snapshot)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	if (options->json) {
		int r = list_print_json(stdout, snapshot, &options->filter);

		if (r < 0)
			return r;
	} else {
		struct list_layout layout = options->layout.list;

		layout.style = appearance_style(&options->appearance, STDOUT_FILENO);
		list_add_text(&text, snapshot, &options->filter, &layout);
		if (text.error)
			return text.error;
		if (text.text && fputs(text.text, stdout) == EOF)
			return -errno;
	}
	return fflush(stdout) == EOF ? -errno : 0;
}

static unsigned int parts_of(enum list_column column)
{
	switch (column) {
	case LIST_METHODS:
		return SNAPSHOT_METHODS;
	case LIST_NESTS:
		return SNAPSHOT_METHODS | SNAPSHOT_CAPABILITIES;
	case LIST_ATS:
	case LIST_PRI:
	case LIST_PASID:
	case LIST_CXL_PORT:
	case LIST_BRIDGE:
	case LIST_UNTRUSTED:
		return SNAPSHOT_CAPABILITIES;
	case LIST_IN_USE:
	case LIST_USES:
		return SNAPSHOT_USES | SNAPSHOT_CAPABILITIES;
	case LIST_NAME:
	case LIST_CLASS_NAME:
	case LIST_VENDOR:
	case LIST_DEVICE:
		return SNAPSHOT_NAMES;
	default:
		return 0;
	}
}

/* What is not shown is not read: configuration space is slow, and so are many processes. */
static unsigned int parts_wanted(const struct options *options)
{
	const struct list_layout *list = &options->layout.list;
	unsigned int parts = options->filter.method_count ? SNAPSHOT_METHODS : 0;

	if (options->json || list->form == LIST_LINES)
		return SNAPSHOT_ALL & ~(unsigned int)SNAPSHOT_RESETS;
	for (size_t i = 0; i < list->columns.count; i++)
		parts |= parts_of(list->columns.at[i]);
	return parts;
}

static int list(const char *name, const struct options *options)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const char *tree = options->sysroot ? options->sysroot : "";
	int r = root_open(&root, options->sysroot), status;

	if (r < 0) {
		return problem(name, options->sysroot ? tree : "/", r);
	}
	r = snapshot_read_parts(&root, parts_wanted(options), &snapshot);
	if (r < 0) {
		return problem_no_functions(name, options->sysroot, r);
	}
	status = select_check(name, &options->filter, &snapshot);
	if (status != EXIT_GOOD)
		return status;
	r = print(options, &snapshot);
	if (r < 0) {
		return problem(name, "writing the list", r);
	}
	if (!options->json && options->appearance.verbosity >= 0)
		print_notes(name, &snapshot, &options->filter);
	return EXIT_GOOD;
}

static int run(int argc, char **argv)
{
	struct options options = {.filter = FILTER_INIT, .layout = LAYOUT_INIT};
	int status = EXIT_ERROR;

	if (cmd_parse(&parser, argc, argv, &options) == 0)
		status = list(argv[0], &options);
	filter_free(&options.filter);
	return status;
}

const struct cmd cmd_list = {
	.name = "list",
	.help = "show groups and functions, their reset methods, and what is in use",
	.run = run,
};
