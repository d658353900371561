// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/verdict.h"

#include <errno.h>
#include <stdarg.h>

#include "base/array.h"

const char *const step_verdict_names[STEP_VERDICT_COUNT] = {
	[STEP_PASS] = "pass",
	[STEP_FAIL] = "fail",
	[STEP_SKIP] = "skip",
	[STEP_INCONCLUSIVE] = "inconclusive",
};

const char *const run_verdict_names[RUN_VERDICT_COUNT] = {
	[RUN_FIXED] = "fixed",
	[RUN_NOT_AFFECTED] = "not-affected",
	[RUN_VULNERABLE] = "vulnerable",
	[RUN_BROKEN] = "broken",
	[RUN_INCONCLUSIVE] = "inconclusive",
	[RUN_SKIPPED] = "skipped",
};

static _printf_(1, 0) char *format_text(const char *format, va_list args)
{
	char *text;

	return vasprintf(&text, format, args) < 0 ? NULL : text;
}

struct finding *result_add_finding(struct step_result *result, const char *slug,
				   const char *function, const char *format, ...)
{
	_cleanup_free_ char *text = NULL;
	struct finding *finding;
	va_list args;

	va_start(args, format);
	text = format_text(format, args);
	va_end(args);
	finding = text ? ARRAY_APPEND(result->findings, result->finding_count) : NULL;
	if (!finding)
		return NULL;
	finding->slug = slug_find(slug);
	finding->text = TAKE_PTR(text);
	snprintf(finding->function, sizeof(finding->function), "%s", function);
	return finding;
}

static int add_line(char ***lines, size_t *count, char *line)
{
	char **slot = line ? ARRAY_APPEND(*lines, *count) : NULL;

	if (!slot) {
		free(line);
		return -ENOMEM;
	}
	*slot = line;
	return 0;
}

int finding_add_evidence(struct finding *finding, const char *format, ...)
{
	va_list args;
	char *line;

	va_start(args, format);
	line = format_text(format, args);
	va_end(args);
	return add_line(&finding->evidence, &finding->evidence_count, line);
}

int result_add_note(struct step_result *result, const char *format, ...)
{
	va_list args;
	char *line;

	va_start(args, format);
	line = format_text(format, args);
	va_end(args);
	return add_line(&result->notes, &result->note_count, line);
}

int run_verdict_exit_status(enum run_verdict verdict)
{
	switch (verdict) {
	case RUN_FIXED:
	case RUN_NOT_AFFECTED:
		return 0;
	case RUN_VULNERABLE:
	case RUN_BROKEN:
		return 1;
	default:
		return 4;
	}
}

static void free_lines(char **lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
}

static void step_result_clear(struct step_result *step)
{
	for (size_t i = 0; i < step->finding_count; i++) {
		free(step->findings[i].text);
		free_lines(step->findings[i].evidence, step->findings[i].evidence_count);
	}
	free(step->findings);
	free_lines(step->notes, step->note_count);
}

void result_free(struct run_result *result)
{
	for (size_t i = 0; i < result->step_count; i++)
		step_result_clear(&result->steps[i]);
	free(result->steps);
	*result = (struct run_result){0};
}
