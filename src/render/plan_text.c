// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "render/plan.h"
#include "render/wrap.h"

/* In the order of the run: all are selected, then all triggered, then all restored. */
static void write_role(struct strbuf *out, const struct plan_step *step, enum write_role role)
{
	for (size_t i = 0; i < step->function_count; i++) {
		struct planned_write writes[PLANNED_WRITES_MAX];
		size_t count = plan_writes(step, i, writes);

		for (size_t j = 0; j < count; j++) {
			_cleanup_strbuf_ struct strbuf line = {0};

			if (writes[j].role != role)
				continue;
			strbuf_printf(&line, "echo '%s' > /%s", writes[j].value, writes[j].path);
			wrap_buffer(out, 8, "   ", &line);
		}
	}
}

static void write_step(struct strbuf *out, const struct plan_step *step, size_t number)
{
	strbuf_printf(out, "%zu. %s%s%s", number, scenario_names[step->scenario],
		      step->method[0] ? " " : "", step->method);
	for (size_t i = 0; i < step->function_count; i++)
		strbuf_printf(out, " %s", step->functions[i]->bdf);
	if (step->functions[0]->group != NO_GROUP)
		strbuf_printf(out, " (group %d)", step->functions[0]->group);
	strbuf_puts(out, "\n");
	for (enum write_role role = WRITE_UNBIND; role <= WRITE_BIND; role++)
		write_role(out, step, role);
}

static void write_skips(struct strbuf *out, const struct plan *plan)
{
	if (plan->skip_count)
		strbuf_puts(out, "\nSkipped\n");
	for (size_t i = 0; i < plan->skip_count; i++) {
		const struct plan_skip *skip = &plan->skips[i];
		_cleanup_strbuf_ struct strbuf line = {0};

		strbuf_printf(&line, "%s %s%s%s: %s: %s", skip->function->bdf,
			      scenario_names[skip->scenario], skip->method[0] ? " " : "",
			      skip->method, skip->reason, skip->text);
		wrap_buffer(out, 4, "  ", &line);
	}
}

static void write_refusals(struct strbuf *out, const struct plan *plan)
{
	if (plan->refusal_count)
		strbuf_puts(out, "\nRefused\n");
	for (size_t i = 0; i < plan->refusal_count; i++) {
		const struct refusal *refusal = &plan->refusals[i];
		_cleanup_strbuf_ struct strbuf line = {0};

		strbuf_printf(&line, "%s: %s: %s.", refusal->function, refusal->reason,
			      refusal->text);
		if (refusal->override[0])
			strbuf_printf(&line, " %s", refusal->override);
		wrap_buffer(out, 4, "  ", &line);
	}
}

static void write_lines(struct strbuf *out, const char *head, char *const *lines, size_t count)
{
	if (count)
		strbuf_printf(out, "\n%s\n", head);
	for (size_t i = 0; i < count; i++)
		wrap_labelled(out, 4, "  ", lines[i]);
}

int plan_text_write(FILE *out, const struct snapshot *snapshot, const struct plan *plan)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	if (plan->step_count == 0)
		strbuf_puts(&text, "A run would reset nothing.\n");
	else
		strbuf_printf(&text, "A run would take %zu step%s, with these writes:\n\n",
			      plan->step_count, plan->step_count == 1 ? "" : "s");
	for (size_t i = 0; i < plan->step_count; i++)
		write_step(&text, &plan->steps[i], i + 1);
	write_skips(&text, plan);
	write_refusals(&text, plan);
	write_lines(&text, "Warnings", plan->warnings, plan->warning_count);
	write_lines(&text, "Notes", snapshot->notes, snapshot->note_count);
	if (text.error)
		return text.error;
	return fwrite(text.text, 1, text.length_bytes, out) == text.length_bytes ? 0 : -errno;
}
