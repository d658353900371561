// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/attr.h"
#include "base/nearest.h"
#include "base/strbuf.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "model/slug.h"
#include "render/wrap.h"

#define TEXT_INDENT 13
#define SUMMARY_INDENT 28

struct options {
	struct appearance appearance;
	char **words;
	int word_count;
};

static void complain_unknown(const struct argp_state *state, const char *word)
{
	char question[NEAREST_QUESTION_MAX];
	struct nearest meant = {0};
	const struct slug *slug;

	for (size_t i = 0; (slug = slug_at(i)); i++)
		nearest_try(&meant, word, slug->name);
	cmd_fail(state, "'%s': no such finding or reason; %swithout an argument all are listed",
		 word, nearest_question(&meant, question));
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;

	(void)argument;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		return 0;
	case ARGP_KEY_ARGS:
		options->words = state->argv + state->next;
		options->word_count = state->argc - state->next;
		for (int i = 0; i < options->word_count; i++)
			if (!slug_find(options->words[i]))
				complain_unknown(state, options->words[i]);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp parser = {
	.parser = parse_option,
	.children = appearance_children,
	.args_doc = "[SLUG...]",
	.doc = "Says what a finding or reason means, why it happens and what to do about it. "
	       "Without an argument, lists all by kind, and with -v explains them all.",
};

static void explain(struct strbuf *out, const struct text_style *style, const struct slug *slug)
{
	if (style->verbosity < 0) {
		wrap_labelled(out, 0, "", slug->meaning);
		return;
	}
	strbuf_printf(out, "%s (%s)\n", slug->name, slug_class_name(slug->class));
	wrap_labelled(out, TEXT_INDENT, "  Meaning", slug->meaning);
	wrap_labelled(out, TEXT_INDENT, "  Cause", slug->cause);
	if (slug->remedy[0])
		wrap_labelled(out, TEXT_INDENT, "  What to do", slug->remedy);
}

/* To the end of the first sentence; on a terminal to the end of the line. */
static void add_summary(struct strbuf *out, const struct text_style *style, const char *meaning,
			unsigned int columns)
{
	const char *mark = style->ascii ? "..." : "\xe2\x80\xa6";
	unsigned int mark_columns = style->ascii ? 3 : 1;
	const char *end = strstr(meaning, ". ");
	size_t length = end ? (size_t)(end - meaning) : strlen(meaning);

	if (!end && length && meaning[length - 1] == '.')
		length--;
	if (columns > SUMMARY_INDENT + mark_columns && length > columns - SUMMARY_INDENT) {
		strbuf_add(out, meaning, columns - SUMMARY_INDENT - mark_columns);
		strbuf_printf(out, "%s\n", mark);
		return;
	}
	strbuf_add(out, meaning, length);
	strbuf_puts(out, "\n");
}

static void list(struct strbuf *out, const struct text_style *style, unsigned int columns)
{
	static const char *const kinds[] = {
		[SLUG_BUG] = "Findings that name the bug (bug)",
		[SLUG_BROKEN] = "Other findings (broken)",
		[SLUG_INCONCLUSIVE] = "Why a step that ran proves nothing (inconclusive)",
		[SLUG_SKIP] = "Why a step is not run (skipped)",
		[SLUG_REFUSED] = "Why a function is not reset (refused)",
	};
	const struct slug *slug, *before = NULL;

	for (size_t i = 0; (slug = slug_at(i)); before = slug, i++) {
		if (style->verbosity < 0) {
			strbuf_printf(out, "%s\n", slug->name);
			continue;
		}
		if (!before || before->class != slug->class)
			strbuf_printf(out, "%s%s\n", before ? "\n" : "", kinds[slug->class]);
		strbuf_printf(out, "  %-*s ", SUMMARY_INDENT - 3, slug->name);
		add_summary(out, style, slug->meaning, columns);
	}
}

static void explain_all(struct strbuf *out, const struct text_style *style)
{
	const struct slug *slug;

	for (size_t i = 0; (slug = slug_at(i)); i++) {
		strbuf_puts(out, i ? "\n" : "");
		explain(out, style, slug);
	}
}

static int run(int argc, char **argv)
{
	struct options options = {0};
	struct text_style style;
	_cleanup_strbuf_ struct strbuf out = {0};

	if (cmd_parse(&parser, argc, argv, &options))
		return EXIT_ERROR;
	style = appearance_style(&options.appearance, STDOUT_FILENO);
	out.wrap_columns = style.wrap_columns;
	if (options.word_count == 0 && style.verbosity > 0)
		explain_all(&out, &style);
	else if (options.word_count == 0)
		list(&out, &style, appearance_columns(STDOUT_FILENO));
	for (int i = 0; i < options.word_count; i++) {
		strbuf_puts(&out, i && style.verbosity >= 0 ? "\n" : "");
		explain(&out, &style, slug_find(options.words[i]));
	}
	if (out.error) {
		return problem(argv[0], "explaining", out.error);
	}
	if (fputs(out.text, stdout) == EOF || fflush(stdout) == EOF) {
		return problem(argv[0], "writing the answer", -errno);
	}
	return EXIT_GOOD;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.help = "say what a finding or reason means and what to do",
	.run = run,
};
