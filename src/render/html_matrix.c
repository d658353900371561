// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <inttypes.h>

#include "base/array.h"
#include "render/html_run.h"

#define FUNCTIONS_MAX 300
#define METHODS_SHOWN_MAX 24

/* The functions and methods of the series that were run. Strings are those of the series. */
struct matrix {
	const struct html_run *view;
	const char **functions, **methods;
	size_t function_count, method_count;
	size_t left_out;
};

static bool was_run(const struct series *series)
{
	return series->counts[STEP_PASS] || series->counts[STEP_FAIL] ||
	       series->counts[STEP_INCONCLUSIVE];
}

static bool has_word(const char *const *words, size_t count, const char *word)
{
	for (size_t i = count; i > 0; i--)
		if (streq(words[i - 1], word))
			return true;
	return false;
}

static void add_word(struct strbuf *out, const char ***words, size_t *count, const char *word)
{
	const char **slot = ARRAY_APPEND(*words, *count);

	if (slot)
		*slot = word;
	else
		out->error = -ENOMEM;
}

static void collect_functions(struct strbuf *out, struct matrix *matrix,
			      const struct series *series)
{
	for (size_t i = 0; i < series->function_count; i++) {
		if (has_word(matrix->functions, matrix->function_count, series->functions[i]))
			continue;
		if (matrix->function_count < FUNCTIONS_MAX)
			add_word(out, &matrix->functions, &matrix->function_count,
				 series->functions[i]);
		else
			matrix->left_out++;
	}
}

/* Those that failed first, so that they are there when not all have room. */
static void collect(struct strbuf *out, struct matrix *matrix)
{
	const struct totals *totals = &matrix->view->result->totals;

	for (int failed = 1; failed >= 0; failed--)
		for (size_t i = 0; i < totals->series_count; i++) {
			const struct series *series = &totals->series[i];

			if (!was_run(series) || (series->counts[STEP_FAIL] > 0) != failed)
				continue;
			collect_functions(out, matrix, series);
			if (!has_word(matrix->methods, matrix->method_count, series->method) &&
			    matrix->method_count < METHODS_SHOWN_MAX)
				add_word(out, &matrix->methods, &matrix->method_count,
					 series->method);
		}
}

static enum step_verdict worst_of(const uint64_t *counts)
{
	return counts[STEP_FAIL]	   ? STEP_FAIL
	       : counts[STEP_INCONCLUSIVE] ? STEP_INCONCLUSIVE
	       : counts[STEP_PASS]	   ? STEP_PASS
					   : STEP_SKIP;
}

/* The step that shows best what the series came to: a shown one with its verdict. */
static size_t find_step(const struct html_run *view, const struct series *series,
			enum step_verdict verdict)
{
	size_t found = view->run->step_count;

	for (size_t i = 0; i < view->run->step_count; i++) {
		if (view->result->steps[i].verdict != verdict ||
		    !series_has(series, &view->run->steps[i]))
			continue;
		if (view->chosen[i])
			return i;
		if (found == view->run->step_count)
			found = i;
	}
	return found;
}

/* The example of a series of many rounds; 0: none is shown. */
static unsigned int find_example(const struct html_run *view, const struct series *series)
{
	for (size_t i = 0; i < view->example_count; i++)
		if (series_has(series, &view->run->examples[i]))
			return view->run->examples[i].number;
	return 0;
}

/* The number of the step that a verdict leads to; 0: to none. */
static unsigned int number_of(const struct html_run *view, const struct series *series, size_t step,
			      enum step_verdict verdict)
{
	if (step < view->run->step_count && view->chosen[step])
		return view->run->steps[step].number;
	return verdict == STEP_PASS ? find_example(view, series) : 0;
}

static uint64_t runs_of(const struct series *series)
{
	return series->counts[STEP_PASS] + series->counts[STEP_FAIL] +
	       series->counts[STEP_INCONCLUSIVE];
}

/* A step of several functions judges each by itself; one that was run once says it of this one. */
static enum step_verdict verdict_for(const struct html_run *view, const struct series *series,
				     size_t step, const char *function)
{
	enum step_verdict worst = worst_of(series->counts);

	if (runs_of(series) != 1 || step == view->run->step_count)
		return worst;
	for (size_t i = 0; i < series->function_count; i++)
		if (streq(series->functions[i], function))
			return view->result->steps[step].subjects[i].verdict;
	return worst;
}

static void write_series(struct strbuf *out, const struct html_run *view,
			 const struct series *series, const char *function)
{
	enum step_verdict worst = worst_of(series->counts);
	size_t step = find_step(view, series, worst);
	enum step_verdict verdict = verdict_for(view, series, step, function);
	unsigned int number = number_of(view, series, step, worst);
	char word[96];

	if (runs_of(series) > 1)
		snprintf(word, sizeof(word), "%s: %s %" PRIu64 " of %" PRIu64,
			 scenario_names[series->scenario], step_verdict_names[verdict],
			 series->counts[verdict], runs_of(series));
	else
		snprintf(word, sizeof(word), "%s: %s", scenario_names[series->scenario],
			 step_verdict_names[verdict]);
	if (number)
		strbuf_printf(out, "<a href=\"#%s-s%u\">", view->place.id, number);
	html_badge(out, html_tone_of_step(verdict), word);
	strbuf_puts(out, number ? "</a>" : "");
}

static bool concerns(const struct series *series, const char *function)
{
	for (size_t i = 0; i < series->function_count; i++)
		if (streq(series->functions[i], function))
			return true;
	return false;
}

static void write_cell(struct strbuf *out, const struct matrix *matrix, const char *function,
		       const char *method)
{
	const struct totals *totals = &matrix->view->result->totals;
	bool any = false;

	for (size_t i = 0; i < totals->series_count; i++) {
		const struct series *series = &totals->series[i];

		if (!streq(series->method, method) || !was_run(series) ||
		    !concerns(series, function))
			continue;
		strbuf_puts(out, any ? "" : "<td>");
		write_series(out, matrix->view, series, function);
		any = true;
	}
	if (any)
		strbuf_puts(out, "</td>");
	else
		html_not_tested(out);
}

static void write_table(struct strbuf *out, const struct matrix *matrix)
{
	html_table_begin(out, "scroll",
			 "Each function and reset method with the verdict of each scenario");
	strbuf_puts(out, "<thead><tr><th scope=\"col\">Function</th>");
	for (size_t i = 0; i < matrix->method_count; i++) {
		strbuf_puts(out, "<th scope=\"col\">");
		html_text(out, matrix->methods[i][0] ? matrix->methods[i] : "no method");
		strbuf_puts(out, "</th>");
	}
	strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < matrix->function_count; i++) {
		strbuf_puts(out, "<tr><th scope=\"row\"><code>");
		html_text(out, matrix->functions[i]);
		strbuf_puts(out, "</code></th>");
		for (size_t j = 0; j < matrix->method_count; j++)
			write_cell(out, matrix, matrix->functions[i], matrix->methods[j]);
		strbuf_puts(out, "</tr>\n");
	}
	strbuf_puts(out, "</tbody>\n");
	html_table_end(out);
}

void html_matrix(struct strbuf *out, const struct html_run *view)
{
	struct matrix matrix = {.view = view};

	collect(out, &matrix);
	html_heading(out, &view->place, 0, "tested", "What was tested");
	if (matrix.function_count)
		write_table(out, &matrix);
	else
		html_element(out, "p", "No function was reset.");
	if (matrix.left_out)
		strbuf_printf(out,
			      "<p>The table has no room for further functions, in %zu series of "
			      "steps.</p>\n",
			      matrix.left_out);
	free(matrix.functions);
	free(matrix.methods);
}
