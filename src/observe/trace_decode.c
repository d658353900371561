// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_decode.h"

#include <errno.h>
#include <tracefs.h>

#include "observe/trace.h"
#include "observe/trace_probe.h"
#include "observe/trace_setup.h"

/* An event of the tool that this kernel and this run have. */
struct known_event {
	struct tep_event *event;
	enum trace_kind kind;
	const char *symbol;
	bool enters, returns;
	const char *name_field; /* NULL: the event carries no name */
	bool name_is_device;	/* ... and it may be that of a device which is no PCI function */
};

struct trace_decoder {
	struct tep_handle *tep;
	struct tep_event *print;
	struct known_event known[2 * PROBE_TARGET_COUNT + 1];
	size_t known_count;
};

/*
 * Learns one event's format; NULL when there is no such event. tracefs_local_events_system() would
 * do it for all, and read /proc/kallsyms besides, which takes seconds.
 */
static struct tep_event *load_event(struct trace_decoder *decoder, const char *group,
				    const char *name)
{
	int length;
	_cleanup_free_ char *format = tracefs_event_file_read(NULL, group, name, "format", &length);

	if (!format || tep_parse_event(decoder->tep, format, (unsigned long)length, group) != 0)
		return NULL;
	return tep_find_event_by_name(decoder->tep, group, name);
}

static void add_event(struct trace_decoder *decoder, const char *group, const char *name,
		      struct known_event known)
{
	known.event = load_event(decoder, group, name);
	if (known.event)
		decoder->known[decoder->known_count++] = known;
}

static void add_events(struct trace_decoder *decoder)
{
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++) {
		const struct probe_target *target = &probe_targets[i];
		char leave[64];

		snprintf(leave, sizeof(leave), "%s%s", target->event, PROBE_RETURN_SUFFIX);
		add_event(decoder, TRACE_GROUP, target->event,
			  (struct known_event){.kind = target->entry_kind,
					       .symbol = target->symbol,
					       .enters = target->has_return,
					       .name_field = "name",
					       .name_is_device = i == TARGET_ATTACH});
		if (target->has_return)
			add_event(decoder, TRACE_GROUP, leave,
				  (struct known_event){.kind = target->return_kind,
						       .symbol = target->symbol,
						       .returns = true});
	}
	add_event(decoder, TRACEPOINT_GROUP, TRACEPOINT_ATTACHED,
		  (struct known_event){.kind = TRACE_ATTACHED,
				       .symbol = "",
				       .name_field = "device",
				       .name_is_device = true});
}

int trace_decoder_open(struct trace_decoder **out)
{
	struct trace_decoder *decoder = calloc(1, sizeof(*decoder));

	if (!decoder)
		return -ENOMEM;
	decoder->tep = tep_alloc();
	if (decoder->tep)
		decoder->print = load_event(decoder, "ftrace", "print");
	if (!decoder->print) {
		trace_decoder_close(decoder);
		return -EIO;
	}
	add_events(decoder);
	*out = decoder;
	return 0;
}

void trace_decoder_close(struct trace_decoder *decoder)
{
	if (!decoder)
		return;
	if (decoder->tep)
		tep_free(decoder->tep);
	free(decoder);
}

/* Copies a text of the record that may lack its NUL. Returns false when the field is not there. */
static bool copy_text(struct tep_event *event, const char *field, struct tep_record *record,
		      char *text, size_t size_bytes)
{
	int length;
	const char *raw = tep_get_field_raw(NULL, event, field, record, &length, 0);

	if (!raw || length <= 0)
		return false;
	snprintf(text, size_bytes, "%.*s", length, raw);
	return true;
}

/* Returns whether the record is one of our marks. */
static bool decode_mark(struct trace_decoder *decoder, struct tep_record *record,
			struct raw_event *raw)
{
	struct tep_format_field *field = tep_find_field(decoder->print, "buf");
	char text[sizeof(TRACE_MARK_BEGIN_TEXT) + 16];
	const char *number;

	if (!field || field->offset >= record->size)
		return false;
	snprintf(text, sizeof(text), "%.*s", record->size - field->offset,
		 (const char *)record->data + field->offset);
	if (starts_with(text, TRACE_MARK_BEGIN_TEXT)) {
		raw->event.kind = TRACE_MARK_BEGIN;
		number = text + strlen(TRACE_MARK_BEGIN_TEXT);
	} else if (starts_with(text, TRACE_MARK_END_TEXT)) {
		raw->event.kind = TRACE_MARK_END;
		number = text + strlen(TRACE_MARK_END_TEXT);
	} else {
		return false;
	}
	raw->event.value = (int)strtoul(number, NULL, 10);
	return true;
}

/* Returns false when the name is not to be had: the kernel writes "(fault)". */
static bool decode_name(const struct known_event *known, struct tep_record *record,
			struct raw_event *raw)
{
	char name[64];
	struct bdf bdf;

	if (!copy_text(known->event, known->name_field, record, name, sizeof(name)))
		return false;
	if (bdf_parse(name, &bdf) == 0 && strlen(name) < sizeof(raw->event.function)) {
		strcpy(raw->event.function, name);
		return true;
	}
	raw->foreign = known->name_is_device && name[0] && name[0] != '(';
	return raw->foreign;
}

static void decode_probe(const struct known_event *known, struct tep_record *record,
			 struct raw_event *raw, uint64_t *lost)
{
	unsigned long long value;

	raw->event.kind = known->kind;
	raw->enters = known->enters;
	raw->returns = known->returns;
	snprintf(raw->event.symbol, sizeof(raw->event.symbol), "%s", known->symbol);
	if (known->name_field && !decode_name(known, record, raw))
		++*lost;
	if (tep_get_field_val(NULL, known->event, "value", record, &value, 0) == 0)
		raw->event.value = (int)(int64_t)value;
	raw->event.probe = known->kind == TRACE_RESET && raw->event.value != 0;
}

bool trace_decode(struct trace_decoder *decoder, struct tep_record *record, struct raw_event *raw,
		  uint64_t *lost)
{
	int id = tep_data_type(decoder->tep, record);

	*raw = (struct raw_event){
		.event = {.time_ns = record->ts,
			  .cpu = (unsigned int)record->cpu,
			  .pid = tep_data_pid(decoder->tep, record)},
	};
	if (id == decoder->print->id)
		return decode_mark(decoder, record, raw);
	for (size_t i = 0; i < decoder->known_count; i++) {
		if (decoder->known[i].event->id == id) {
			decode_probe(&decoder->known[i], record, raw, lost);
			return true;
		}
	}
	return false;
}
