// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/evidence_records.h"
#include "model/evidence_text.h"

static void write_row(struct strbuf *out, unsigned int offset, const uint8_t *bytes)
{
	static const char digits[] = "0123456789abcdef";
	const char place[] = {digits[offset >> 8 & 0xf], digits[offset >> 4 & 0xf],
			      digits[offset & 0xf]};
	char text[3 * CONFIG_ROW_BYTES];

	for (size_t i = 0; i < CONFIG_ROW_BYTES; i++) {
		text[3 * i] = digits[bytes[i] >> 4];
		text[3 * i + 1] = digits[bytes[i] & 0xf];
		text[3 * i + 2] = ' ';
	}
	strbuf_puts(out, "row offset=0x");
	strbuf_add(out, place, sizeof(place));
	strbuf_puts(out, " bytes=\"");
	strbuf_add(out, text, sizeof(text) - 1);
	strbuf_puts(out, "\"\n");
}

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
		if (memcmp(config->bytes + at, zeros, CONFIG_ROW_BYTES) != 0)
			write_row(out, at, config->bytes + at);
	}
}

static void write_step_body(struct strbuf *out, const struct step_evidence *step)
{
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
	for (size_t i = 0; i < step->write_count; i++)
		record_write(out, &record_step_write, &step->writes[i]);
	for (size_t i = 0; i < step->traffic_count; i++)
		record_write(out, &record_traffic, &step->traffic[i]);
	for (size_t i = 0; i < step->vf_count; i++)
		record_write(out, &record_vf, &step->vfs[i]);
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

	while ((text = strchr(text, '\n'))) {
		lines++;
		text++;
	}
	return lines;
}

/* The record of a step tells how many lines follow, so that they come first. */
static void write_step(struct strbuf *out, const struct step_evidence *step)
{
	_cleanup_strbuf_ struct strbuf body = {0};

	write_step_body(&body, step);
	record_write(out, &record_step, step);
	if (body.error)
		out->error = body.error;
	if (out->error)
		return;
	/* Before the newline that record_write() ends with. */
	out->text[--out->length_bytes] = '\0';
	strbuf_printf(out, " lines=%u\n", body.text ? count_lines(body.text) : 0);
	strbuf_add(out, body.text ? body.text : "", body.length_bytes);
}

static void write_warnings(struct evidence_writer *writer, struct strbuf *out,
			   const struct run_evidence *run)
{
	for (; writer->warnings < run->warning_count; writer->warnings++) {
		struct warning_record warning = {.text = run->warnings[writer->warnings]};

		record_write(out, &record_warning, &warning);
	}
}

static void write_known(struct strbuf *out, const struct known *known)
{
	for (size_t i = 0; i < known->count; i++) {
		struct known_record function = {0};

		memcpy(function.name, known->functions[i].name, sizeof(function.name));
		record_write(out, &record_known, &function);
	}
}

void evidence_write_head(struct evidence_writer *writer, struct strbuf *out,
			 const struct run_evidence *run)
{
	struct format_record format = {.version = EVIDENCE_VERSION};
	struct kernel_facts facts = run->facts;
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
	write_warnings(writer, out, run);
	for (size_t i = 0; i < run->refusal_count; i++)
		record_write(out, &record_refusal, &run->refusals[i]);
	write_known(out, &run->known);
	writer->signal = run->signal;
	if (!out->error)
		writer->lines += count_lines(out->text + start);
}

void evidence_write_step(struct evidence_writer *writer, struct strbuf *out,
			 const struct run_evidence *run, const struct step_evidence *step)
{
	size_t start = out->length_bytes;

	write_warnings(writer, out, run);
	write_step(out, step);
	writer->steps++;
	if (!out->error)
		writer->lines += count_lines(out->text + start);
}

void evidence_write_end(struct evidence_writer *writer, struct strbuf *out,
			const struct run_evidence *run)
{
	struct end_record end = {.steps = writer->steps};
	size_t start = out->length_bytes;

	write_warnings(writer, out, run);
	/* The head was written before anybody knew. */
	if (writer->signal != run->signal)
		record_write(out, &record_run, run);
	if (!out->error && out->length_bytes > start)
		writer->lines += count_lines(out->text + start);
	end.lines = ++writer->lines;
	record_write(out, &record_end, &end);
}

void evidence_write(struct strbuf *out, const struct run_evidence *run)
{
	struct evidence_writer writer = {0};

	evidence_write_head(&writer, out, run);
	for (size_t i = 0; i < run->step_count; i++)
		evidence_write_step(&writer, out, run, &run->steps[i]);
	evidence_write_end(&writer, out, run);
}
