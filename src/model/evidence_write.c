// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/evidence_records.h"
#include "model/evidence_text.h"

static void write_config(struct strbuf *out, const char *function, bool after,
			 const struct config_space *config)
{
	struct config_record head = {.after = after, .length_bytes = config->length_bytes};
	static const uint8_t zeros[CONFIG_ROW_BYTES];

	if (!config->readable)
		return;
	snprintf(head.function, sizeof(head.function), "%s", function);
	record_write(out, &record_config, &head);
	for (unsigned int at = 0; at + CONFIG_ROW_BYTES <= config->length_bytes;
	     at += CONFIG_ROW_BYTES) {
		/* Rows of zeros are implied. */
		if (memcmp(config->bytes + at, zeros, CONFIG_ROW_BYTES) == 0)
			continue;
		strbuf_printf(out, "row offset=0x%03x bytes=\"", at);
		for (unsigned int i = 0; i < CONFIG_ROW_BYTES; i++)
			strbuf_printf(out, i ? " %02x" : "%02x", config->bytes[at + i]);
		strbuf_puts(out, "\"\n");
	}
}

static void write_step(struct strbuf *out, const struct step_evidence *step)
{
	record_write(out, &record_step, step);
	for (size_t i = 0; i < step->subject_count; i++) {
		const struct subject *subject = &step->subjects[i];

		record_write(out, &record_subject, subject);
		if (subject->before)
			write_config(out, subject->function, false, subject->before);
		if (subject->after)
			write_config(out, subject->function, true, subject->after);
		if (subject->upstream_before)
			write_config(out, subject->upstream, false, subject->upstream_before);
		if (subject->upstream_after)
			write_config(out, subject->upstream, true, subject->upstream_after);
	}
	if (step->skip_reason[0])
		return;
	record_write(out, &record_trace_state, &step->trace_state);
	for (size_t i = 0; i < step->trace_count; i++)
		record_write(out, &record_trace, &step->trace[i]);
	record_write(out, &record_log_state, &step->log_state);
	for (size_t i = 0; i < step->log_count; i++)
		record_write(out, &record_log, &step->log[i]);
	for (size_t i = 0; i < step->counter_count; i++)
		record_write(out, &record_counter, &step->counters[i]);
	for (size_t i = 0; i < step->uevent_count; i++)
		record_write(out, &record_uevent, &step->uevents[i]);
}

static unsigned int count_lines(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

void evidence_write(struct strbuf *out, const struct run_evidence *run)
{
	struct format_record format = {.version = EVIDENCE_VERSION};
	struct kernel_facts facts = run->facts;
	struct end_record end = {.steps = (unsigned int)run->step_count};
	size_t start = out->length_bytes;
	const char *name;

	record_write(out, &record_format, &format);
	record_write(out, &record_run, run);
	record_write(out, &record_host, &run->host);
	record_write(out, &record_kernel, &run->facts);
	for (size_t i = 0; (name = facts_name_at(i)); i++) {
		struct fact_record fact = {.value = *facts_value(&facts, name)};

		snprintf(fact.name, sizeof(fact.name), "%s", name);
		record_write(out, &record_fact, &fact);
	}
	for (size_t i = 0; i < run->warning_count; i++) {
		struct warning_record warning = {.text = run->warnings[i]};

		record_write(out, &record_warning, &warning);
	}
	for (size_t i = 0; i < run->refusal_count; i++)
		record_write(out, &record_refusal, &run->refusals[i]);
	for (size_t i = 0; i < run->step_count; i++)
		write_step(out, &run->steps[i]);
	if (out->error)
		return;
	end.lines = count_lines(out->text + start) + 1;
	record_write(out, &record_end, &end);
}
