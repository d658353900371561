// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Evidence files: what can be read is judged, rendered and written; what was written reads the same
 * and is judged the same. Step by step it comes to the same verdict as at once.
 */
#include "fuzz.h"
#include "judge/judge.h"
#include "judge/picture.h"
#include "model/evidence_text.h"
#include "render/html_page.h"
#include "render/json_run.h"
#include "render/run_text.h"

static void check_same(const struct run_result *a, const struct run_result *b)
{
	MUST(a->verdict == b->verdict && a->step_count == b->step_count);
	MUST(a->contradiction == b->contradiction);
	for (size_t i = 0; i < a->step_count; i++) {
		MUST(a->steps[i].verdict == b->steps[i].verdict);
		MUST(a->steps[i].reason == b->steps[i].reason);
		MUST(a->steps[i].finding_count == b->steps[i].finding_count);
	}
}

static void render(const struct run_evidence *run, const struct run_result *result)
{
	const struct text_style style = {.verbosity = 1, .colour = true, .wrap_columns = 60};
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	MUST(out);
	MUST(run_text_write(out, run, result, &style) == 0);
	MUST(json_run_write(out, run, result, 0) == 0);
	fclose(out);
	free(text);
}

/*
 * Nothing but the program's own elements is markup, nothing is a control character and no element
 * has a script. What a machine said may well be " onload=", as text or within a value's quotes.
 */
static void render_page(const struct run_evidence *run, const struct run_result *result)
{
	_cleanup_strbuf_ struct strbuf page = {0};
	bool quoted = false;
	long depth = 0;

	MUST(html_page_run(&page, run, result, "evidence.ev", picture_make) == 0);
	MUST(!strstr(page.text, "<script"));
	/* The style sheet before it has its own use for > */
	for (const char *at = strstr(page.text, "<body"); *at; at++) {
		MUST((unsigned char)*at >= ' ' || *at == '\n');
		if (depth == 1 && *at == '"')
			quoted = !quoted;
		MUST(!quoted || (*at != '<' && *at != '>'));
		MUST(depth == 0 || quoted || strncmp(at, " on", 3) != 0);
		depth += (*at == '<') - (*at == '>');
		MUST(depth == 0 || depth == 1);
	}
	MUST(depth == 0);
}

static void check_round_trip(const struct run_evidence *run, const struct run_result *result)
{
	_cleanup_strbuf_ struct strbuf text = {0}, again = {0};
	_cleanup_evidence_ struct run_evidence read = {0};
	_cleanup_result_ struct run_result judged = {0};
	size_t line;

	evidence_write(&text, run);
	MUST(text.error == 0);
	MUST(evidence_parse(text.text, &read, &line) == 0);
	MUST(judge_run(&read, &judged) == 0);
	check_same(result, &judged);
	evidence_write(&again, &read);
	MUST(strcmp(text.text, again.text) == 0);
}

static int take(struct run_evidence *run, void *context)
{
	return judge_take(run, context);
}

/* Returns what the reader does; a file without its end may be taken, but never for a good one. */
static int judge_steps(char *text, enum run_verdict *verdict)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	struct evidence_reader reader;
	char *end;
	int r = 0;

	evidence_reader_init(&reader, &run, take, &result);
	for (; r == 0 && (end = strchr(text, '\n')); text = end + 1) {
		*end = '\0';
		r = evidence_reader_line(&reader, text);
	}
	if (r == 0)
		r = evidence_reader_end(&reader, text);
	if (r < 0)
		return r;
	judge_end(&run, &result);
	*verdict = result.verdict;
	if (run.cut)
		MUST(run_verdict_exit_status(result.verdict) != 0);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct run_evidence run = {0};
	struct run_result result = {0};
	enum run_verdict verdict;
	size_t line;

	if (evidence_parse(text, &run, &line) == 0) {
		MUST(judge_run(&run, &result) == 0);
		render(&run, &result);
		render_page(&run, &result);
		check_round_trip(&run, &result);
		MUST(judge_steps(text, &verdict) == 0 && verdict == result.verdict);
	} else {
		(void)judge_steps(text, &verdict);
	}
	result_free(&result);
	evidence_free(&run);
	free(text);
	return 0;
}
