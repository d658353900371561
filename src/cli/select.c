// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/select.h"

#include "base/escape.h"
#include "base/nearest.h"
#include "cli/cmd.h"
#include "cli/parse.h"

static const struct argp_option option_table[] = {
	{"slot", 's', "[[[DOM]:]BUS]:[SLOT][.FUNC]", 0,
	 "Select by address; each part hexadecimal, empty or * for any", 0},
	{"device", 'd', "[VENDOR]:[DEVICE][:CLASS]", 0,
	 "Select by vendor, device and class numbers, likewise", 0},
	{"group", 'g', "GROUP", 0, "Select the functions of one IOMMU group", 0},
	{"method", 'm', "METHOD", 0,
	 "Only this reset method (flr, bus, cxl_bus, ...); may be given more than once", 0},
	{0},
};

static const char *parse(int key, const char *argument, struct filter *filter)
{
	switch (key) {
	case 's':
		return filter->has_slot ? "-s may be given once"
					: filter_parse_slot(filter, argument);
	case 'd':
		return filter->has_id ? "-d may be given once" : filter_parse_id(filter, argument);
	case 'g':
		return filter->group != FILTER_ANY ? "-g may be given once"
						   : filter_parse_group(filter, argument);
	case 'm':
		return filter_add_method(filter, argument);
	default:
		return filter_add_function(filter, argument);
	}
}

/* What would have been right. */
static const char *example_of(int key)
{
	switch (key) {
	case 's':
		return "; for example -s 01:00.0, or -s 01: for a bus";
	case 'd':
		return "; for example -d 8086:1572, or -d ::0108 for a class";
	case 'g':
		return "; the column GROUP of `" PACKAGE_NAME " list` has them";
	case 'm':
		return "; the column METHODS of `" PACKAGE_NAME " list` has them";
	default:
		return "";
	}
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	const char *wrong;

	switch (key) {
	case 's':
	case 'd':
	case 'g':
	case 'm':
	case ARGP_KEY_ARG:
		wrong = parse(key, argument, state->input);
		if (wrong)
			cmd_fail(state, "'%s': %s%s", argument, wrong,
				 *wrong == '-' ? "" : example_of(key));
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp select_argp = {.options = option_table, .parser = parse_option};

/* Mainline's names, then those that only this machine's functions list. */
static void add_known_methods(struct strbuf *out, const struct snapshot *snapshot)
{
	const struct method_info *info;

	for (unsigned int i = 0; (info = method_info_at(i)); i++)
		strbuf_printf(out, "%s%s", i ? ", " : "", info->name);
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct method_list *list = &snapshot->functions[i].methods;

		for (unsigned int k = 0; k < list->count; k++) {
			if (method_info_find(list->names[k]) ||
			    (out->text && strstr(out->text, list->names[k])))
				continue;
			strbuf_puts(out, ", ");
			escape_printable(out, list->names[k]);
		}
	}
}

static const char *ask_for_method(const char *typed, char question[NEAREST_QUESTION_MAX])
{
	const struct method_info *info;
	struct nearest meant = {0};

	for (unsigned int i = 0; (info = method_info_at(i)); i++)
		nearest_try(&meant, typed, info->name);
	return nearest_question(&meant, question);
}

int select_check(const char *name, const struct filter *filter, const struct snapshot *snapshot)
{
	const char *missing = filter_missing_function(filter, snapshot);
	const char *unknown = filter_unknown_method(filter, snapshot);
	_cleanup_strbuf_ struct strbuf known = {0};
	char question[NEAREST_QUESTION_MAX];

	if (missing) {
		fprintf(stderr, "%s: %s: no such PCI function; see `" PACKAGE_NAME " list`\n", name,
			missing);
		return EXIT_ERROR;
	}
	if (unknown) {
		add_known_methods(&known, snapshot);
		fprintf(stderr, "%s: '%s': unknown reset method; %sknown are %s\n", name, unknown,
			ask_for_method(unknown, question), known.text ? known.text : "none");
		return EXIT_ERROR;
	}
	return EXIT_GOOD;
}
