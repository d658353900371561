// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/attr.h"
#include "base/strbuf.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/parse.h"
#include "model/slug.h"
#include "render/wrap.h"

#define TEXT_INDENT 13

struct options {
	struct appearance appearance;
	char **words;
	int word_count;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		return 0;
	case ARGP_KEY_ARG:
		if (!slug_find(argument))
			cmd_fail(state,
				 "'%s': no such finding or reason; without an argument all "
				 "are listed",
				 argument);
		/* Permuted by argp behind the options, so the arguments are at the end. */
		options->word_count++;
		return 0;
	case ARGP_KEY_END:
		options->words = state->argv + state->argc - options->word_count;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {{&appearance_argp, 0, NULL, 0}, {0}};

static const struct argp parser = {
	.parser = parse_option,
	.children = children,
	.args_doc = "[SLUG...]",
	.doc = "Says what a finding or reason means, why it happens and what to do about it. "
	       "Without an argument, lists all: name, class, meaning.",
};

static void explain(struct strbuf *out, const struct slug *slug)
{
	strbuf_printf(out, "%s (%s)\n", slug->name, slug_class_name(slug->class));
	wrap_labelled(out, TEXT_INDENT, "  Meaning", slug->meaning);
	wrap_labelled(out, TEXT_INDENT, "  Cause", slug->cause);
	if (slug->remedy[0])
		wrap_labelled(out, TEXT_INDENT, "  What to do", slug->remedy);
}

static void list(struct strbuf *out)
{
	const struct slug *slug;

	for (size_t i = 0; (slug = slug_at(i)); i++)
		strbuf_printf(out, "%-24s %-12s %s\n", slug->name, slug_class_name(slug->class),
			      slug->meaning);
}

static int run(int argc, char **argv)
{
	struct options options = {0};
	_cleanup_strbuf_ struct strbuf out = {0};

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	out.wrap_columns = appearance_style(&options.appearance).wrap_columns;
	if (options.word_count == 0)
		list(&out);
	for (int i = 0; i < options.word_count; i++) {
		strbuf_puts(&out, i ? "\n" : "");
		explain(&out, slug_find(options.words[i]));
	}
	if (out.error) {
		fprintf(stderr, "%s: %s\n", argv[0], strerror(-out.error));
		return EXIT_ERROR;
	}
	if (fputs(out.text, stdout) == EOF || fflush(stdout) == EOF) {
		fprintf(stderr, "%s: writing the answer: %s\n", argv[0], strerror(errno));
		return EXIT_ERROR;
	}
	return EXIT_GOOD;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.help = "say what a finding or reason means and what to do",
	.run = run,
};
