// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/escape.h"
#include "render/plan.h"
#include "render/untested_text.h"
#include "render/wrap.h"

/* Shells take it as it stands: where the line is too short it goes on behind a backslash. */
static void write_echo(struct strbuf *out, const struct planned_write *write)
{
	unsigned int columns = out->wrap_columns ? out->wrap_columns : WRAP_COLUMNS;
	size_t width = strlen("        echo '' > /") + strlen(write->value) + strlen(write->path);

	strbuf_puts(out, "        echo '");
	escape_printable(out, write->value);
	strbuf_puts(out, width > columns ? "' > \\\n            /" : "' > /");
	escape_printable(out, write->path);
	strbuf_puts(out, "\n");
}

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
			if (role != WRITE_OVERRIDE_BACK && !(step->vfio && role == WRITE_TRIGGER)) {
				write_echo(out, &writes[j]);
				continue;
			}
			if (role == WRITE_TRIGGER)
				strbuf_printf(&line, "ioctl %s on a device of /%s", writes[j].value,
					      writes[j].path);
			else
				strbuf_printf(&line, "what it held > /%s", writes[j].path);
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

static void write_heading(struct strbuf *out, const struct text_style *style, const char *heading)
{
	strbuf_puts(out, "\n");
	style_word(out, style, TONE_UNSURE, heading);
	strbuf_puts(out, "\n");
}

static void write_skips(struct strbuf *out, const struct text_style *style, const struct plan *plan)
{
	struct untested *skips = calloc(plan->skip_count + 1, sizeof(*skips));
	bool whole = skips != NULL;

	for (size_t i = 0; whole && i < plan->skip_count; i++) {
		const struct plan_skip *skip = &plan->skips[i];

		skips[i] = (struct untested){
			.scenario = skip->scenario,
			.method = skip->method,
			.functions = strdup(skip->function->bdf),
			.reason = skip->reason,
			.text = skip->text,
		};
		whole = skips[i].functions;
	}
	if (plan->skip_count)
		strbuf_puts(out, "\n");
	if (whole)
		untested_text_write(out, style, skips, plan->skip_count);
	else
		out->error = -ENOMEM;
	untested_free(skips, plan->skip_count);
}

static void write_refusals(struct strbuf *out, const struct text_style *style,
			   const struct plan *plan)
{
	if (plan->refusal_count)
		strbuf_puts(out, "\n");
	refused_text_write(out, style, plan->refusals, plan->refusal_count);
}

static void write_lines(struct strbuf *out, const struct text_style *style, const char *heading,
			char *const *lines, size_t count)
{
	if (count)
		write_heading(out, style, heading);
	for (size_t i = 0; i < count; i++)
		wrap_labelled(out, 4, "  ", lines[i]);
}

/* "A run would take 2 steps" */
static void write_head(struct strbuf *out, const struct text_style *style, const struct plan *plan)
{
	if (plan->step_count == 0) {
		style_word(out, style, TONE_UNSURE, "A run would reset nothing");
		return;
	}
	strbuf_printf(out, "A run would take %zu step%s", plan->step_count,
		      plan->step_count == 1 ? "" : "s");
}

static void write_details(struct strbuf *out, const struct text_style *style,
			  const struct snapshot *snapshot, const struct plan *plan)
{
	strbuf_puts(out, plan->step_count ? ", with these writes:\n\n" : ".\n");
	/* A run has the steps that it skips first, with numbers of their own. */
	for (size_t i = 0; i < plan->step_count; i++)
		write_step(out, &plan->steps[i], plan->skip_count + i + 1);
	write_skips(out, style, plan);
	write_refusals(out, style, plan);
	write_lines(out, style, "Warnings", plan->warnings, plan->warning_count);
	write_lines(out, style, "Notes", snapshot->notes, snapshot->note_count);
}

int plan_text_write(FILE *out, const struct text_style *style, const struct snapshot *snapshot,
		    const struct plan *plan)
{
	_cleanup_strbuf_ struct strbuf text = {.wrap_columns = style->wrap_columns};

	write_head(&text, style, plan);
	if (style->verbosity < 0)
		strbuf_printf(&text, " (%zu skipped, %zu refused)\n", plan->skip_count,
			      plan->refusal_count);
	else
		write_details(&text, style, snapshot, plan);
	return strbuf_write(&text, out);
}
