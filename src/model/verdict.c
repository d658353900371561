// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/verdict.h"

#include <stdarg.h>

#include "base/array.h"
#include "base/lines.h"

const char *const run_verdict_names[RUN_VERDICT_COUNT] = {
	[RUN_FIXED] = "fixed",
	[RUN_NOT_AFFECTED] = "not-affected",
	[RUN_VULNERABLE] = "vulnerable",
	[RUN_BROKEN] = "broken",
	[RUN_INCONCLUSIVE] = "inconclusive",
	[RUN_SKIPPED] = "skipped",
};

const char *const register_verdict_names[REGISTER_VERDICT_COUNT] = {
	[REGISTER_MAY_CHANGE] = "may-change", [REGISTER_DRIVERS] = "driver",
	[REGISTER_NOT_KEPT] = "not-kept",     [REGISTER_LINK_LESS] = "link-less",
	[REGISTER_SBR_OPEN] = "sbr-unmasked",
};

struct finding *result_add_finding(struct step_result *result, const char *slug,
				   const char *function, const char *format, ...)
{
	struct finding *finding;
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		return NULL;
	finding = ARRAY_APPEND(result->findings, result->finding_count);
	if (!finding) {
		free(text);
		return NULL;
	}
	finding->slug = slug_find(slug);
	finding->text = text;
	snprintf(finding->function, sizeof(finding->function), "%s", function);
	return finding;
}

int finding_add_evidence(struct finding *finding, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = lines_add(&finding->evidence, &finding->evidence_count, format, args);
	va_end(args);
	return r;
}

int result_add_note(struct step_result *result, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = lines_add(&result->notes, &result->note_count, format, args);
	va_end(args);
	return r;
}

struct register_change *result_add_register(struct step_result *result)
{
	return ARRAY_APPEND(result->registers, result->register_count);
}

void register_change_text(const struct register_change *change, char *text, size_t size_bytes)
{
	int digits = (int)change->width_bytes * 2;

	snprintf(text, size_bytes, "%s: 0x%0*x -> 0x%0*x%s%s", change->name, digits, change->before,
		 digits, change->after, change->bits[0] ? ": " : "", change->bits);
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

void step_result_clear(struct step_result *step)
{
	for (size_t i = 0; i < step->finding_count; i++) {
		free(step->findings[i].text);
		lines_free(step->findings[i].evidence, step->findings[i].evidence_count);
	}
	free(step->findings);
	lines_free(step->notes, step->note_count);
	free(step->registers);
	free(step->background);
	*step = (struct step_result){0};
}

void result_free(struct run_result *result)
{
	for (size_t i = 0; i < result->step_count; i++)
		step_result_clear(&result->steps[i]);
	free(result->steps);
	for (size_t i = 0; i < result->example_count; i++)
		step_result_clear(&result->examples[i]);
	free(result->examples);
	totals_clear(&result->totals);
	free(result->background);
	*result = (struct run_result){0};
}
