// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/known_options.h"

#include <argp.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>

#include "base/nearest.h"
#include "cli/problem.h"

/* What argp adds to each parser. */
static const struct argp_option own_table[] = {
	{"help", '?', NULL, 0, NULL, 0},
	{"usage", -1, NULL, 0, NULL, 0},
	{"version", 'V', NULL, 0, NULL, 0},
	{0},
};
static const struct argp own_argp = {.options = own_table};

/* One word on its way through all options. */
struct search {
	const char *name; /* of a long option, @length long */
	size_t length;
	int key;			 /* of a short one, when there is no name */
	const struct argp_option *found; /* the one that says whether there is an argument */
	bool exact;
	struct nearest meant;
	char option[64]; /* what is asked for */
};

static bool is_end(const struct argp_option *option)
{
	return !option->name && !option->key && !option->doc && !option->group;
}

static void try_option(struct search *search, const struct argp_option *option,
		       const struct argp_option *owner)
{
	bool matches;

	if (option->flags & OPTION_DOC)
		return;
	matches = search->name
			  ? option->name && strncmp(option->name, search->name, search->length) == 0
			  : option->key == search->key && isprint(option->key);
	if (!matches) {
		if (search->name && option->name)
			nearest_try(&search->meant, search->option, option->name);
		return;
	}
	if (search->exact)
		return;
	search->exact = search->name && strlen(option->name) == search->length;
	search->found = owner;
}

static void search_in(struct search *search, const struct argp *argp)
{
	const struct argp_option *owner = NULL;

	for (const struct argp_option *option = argp->options; option && !is_end(option);
	     option++) {
		if (!(option->flags & OPTION_ALIAS))
			owner = option;
		try_option(search, option, owner);
	}
	for (const struct argp_child *child = argp->children; child && child->argp; child++)
		search_in(search, child->argp);
}

static int complain(const char *name, const char *kind, const struct search *search)
{
	struct nearest meant = search->meant;
	char question[NEAREST_QUESTION_MAX], dashed[72];

	if (meant.word) {
		snprintf(dashed, sizeof(dashed), "--%s", meant.word);
		meant.word = dashed;
	}
	problem_say(name, "%s '%s%s'; %ssee `%s --help`", kind, search->name ? "--" : "",
		    search->option, nearest_question(&meant, question), name);
	return EINVAL;
}

static bool takes_next(const struct argp_option *option)
{
	return option->arg && !(option->flags & OPTION_ARG_OPTIONAL);
}

/* Returns 0, 1 when the next word is the option's argument, or -EINVAL. */
static int check_long(const struct argp *parser, const char *name, const char *word)
{
	struct search search = {.name = word, .length = strcspn(word, "=")};

	snprintf(search.option, sizeof(search.option), "%.*s", (int)search.length, word);
	search_in(&search, &own_argp);
	search_in(&search, parser);
	if (!search.found)
		return -complain(name, "unrecognized option", &search);
	return !word[search.length] && takes_next(search.found);
}

/* The same of letters behind one dash. */
static int check_short(const struct argp *parser, const char *name, const char *letters)
{
	for (; *letters; letters++) {
		struct search search = {.key = (unsigned char)*letters, .option = {*letters}};

		search_in(&search, &own_argp);
		search_in(&search, parser);
		if (!search.found)
			return -complain(name, "invalid option --", &search);
		if (search.found->arg)
			return !letters[1] && takes_next(search.found);
	}
	return 0;
}

int known_options_check(const struct argp *parser, int argc, char **argv)
{
	for (int i = 1; i < argc && !streq(argv[i], "--"); i++) {
		const char *word = argv[i];
		int r = 0;

		if (starts_with(word, "--"))
			r = check_long(parser, argv[0], word + 2);
		else if (word[0] == '-')
			r = check_short(parser, argv[0], word + 1);
		if (r < 0)
			return -r;
		i += r;
	}
	return 0;
}
