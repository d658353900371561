// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_read.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <kbuffer.h>
#include <tracefs.h>

#include "base/array.h"
#include "observe/trace.h"
#include "observe/trace_probe.h"
#include "observe/trace_setup.h"

/* The kernel's subbuffer is a page unless someone asked for more; 64 KiB is the largest page. */
#define PAGE_BYTES_MAX 65536

/* What is known of one kind of event; @event NULL: this kernel or this run has none. */
struct decoder {
	struct tep_event *event;
	enum trace_kind kind;
	const char *symbol;
	bool enters, returns;
	const char *name_field; /* NULL: the event carries no name */
	bool name_is_device;	/* ... and it may be that of a device which is no PCI function */
};

struct trace_reader {
	struct tep_handle *tep;
	struct kbuffer *page;
	struct tep_event *print;
	struct decoder decoders[2 * PROBE_TARGET_COUNT + 1];
	size_t decoder_count;
	int cpus; /* see cpu_limit() */
};

/*
 * Learns one event's format; NULL when there is no such event. tracefs_local_events_system() would
 * do it for all, and read /proc/kallsyms besides, which takes seconds.
 */
static struct tep_event *load_event(struct trace_reader *reader, const char *group,
				    const char *name)
{
	int length;
	_cleanup_free_ char *format = tracefs_event_file_read(NULL, group, name, "format", &length);

	if (!format || tep_parse_event(reader->tep, format, (unsigned long)length, group) != 0)
		return NULL;
	return tep_find_event_by_name(reader->tep, group, name);
}

static void add_decoder(struct trace_reader *reader, const char *group, const char *name,
			struct decoder decoder)
{
	decoder.event = load_event(reader, group, name);
	if (decoder.event)
		reader->decoders[reader->decoder_count++] = decoder;
}

static void add_decoders(struct trace_reader *reader)
{
	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++) {
		const struct probe_target *target = &probe_targets[i];
		char leave[64];

		snprintf(leave, sizeof(leave), "%s%s", target->event, PROBE_RETURN_SUFFIX);
		add_decoder(reader, TRACE_GROUP, target->event,
			    (struct decoder){.kind = target->entry_kind,
					     .symbol = target->symbol,
					     .enters = target->has_return,
					     .name_field = "name",
					     .name_is_device = i == TARGET_ATTACH});
		if (target->has_return)
			add_decoder(reader, TRACE_GROUP, leave,
				    (struct decoder){.kind = target->return_kind,
						     .symbol = target->symbol,
						     .returns = true});
	}
	add_decoder(reader, TRACEPOINT_GROUP, TRACEPOINT_ATTACHED,
		    (struct decoder){.kind = TRACE_ATTACHED,
				     .symbol = "",
				     .name_field = "device",
				     .name_is_device = true});
}

/*
 * One more than the highest CPU with a buffer: their numbers may have gaps, and those that may yet
 * come have one too (for_each_tracing_cpu()). 0: cannot be told.
 */
static int cpu_limit(struct tracefs_instance *instance)
{
	char *path = tracefs_instance_get_file(instance, "per_cpu");
	DIR *dir = path ? opendir(path) : NULL;
	struct dirent *entry;
	int limit = 0, cpu;

	tracefs_put_tracing_file(path);
	if (!dir)
		return 0;
	while ((entry = readdir(dir)) != NULL)
		if (sscanf(entry->d_name, "cpu%d", &cpu) == 1 && cpu >= limit)
			limit = cpu + 1;
	closedir(dir);
	return limit;
}

int trace_reader_open(struct tracefs_instance *instance, struct trace_reader **out)
{
	struct trace_reader *reader = calloc(1, sizeof(*reader));

	if (!reader)
		return -ENOMEM;
	reader->tep = tep_alloc();
	reader->page = kbuffer_alloc(KBUFFER_LSIZE_SAME_AS_HOST, KBUFFER_ENDIAN_SAME_AS_HOST);
	if (reader->tep && reader->page)
		reader->print = load_event(reader, "ftrace", "print");
	if (!reader->print) {
		trace_reader_close(reader);
		return -EIO;
	}
	add_decoders(reader);
	reader->cpus = cpu_limit(instance);
	*out = reader;
	return 0;
}

void trace_reader_close(struct trace_reader *reader)
{
	if (!reader)
		return;
	if (reader->page)
		kbuffer_free(reader->page);
	if (reader->tep)
		tep_free(reader->tep);
	free(reader);
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
static bool decode_mark(struct trace_reader *reader, struct tep_record *record,
			struct raw_event *raw)
{
	struct tep_format_field *field = tep_find_field(reader->print, "buf");
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
static bool decode_name(const struct decoder *decoder, struct tep_record *record,
			struct raw_event *raw)
{
	char name[64];
	struct bdf bdf;

	if (!copy_text(decoder->event, decoder->name_field, record, name, sizeof(name)))
		return false;
	if (bdf_parse(name, &bdf) == 0 && strlen(name) < sizeof(raw->event.function)) {
		strcpy(raw->event.function, name);
		return true;
	}
	raw->foreign = decoder->name_is_device && name[0] && name[0] != '(';
	return raw->foreign;
}

static void decode_probe(const struct decoder *decoder, struct tep_record *record,
			 struct raw_event *raw, uint64_t *lost)
{
	unsigned long long value;

	raw->event.kind = decoder->kind;
	raw->enters = decoder->enters;
	raw->returns = decoder->returns;
	snprintf(raw->event.symbol, sizeof(raw->event.symbol), "%s", decoder->symbol);
	if (decoder->name_field && !decode_name(decoder, record, raw))
		++*lost;
	if (tep_get_field_val(NULL, decoder->event, "value", record, &value, 0) == 0)
		raw->event.value = (int)(int64_t)value;
	raw->event.probe = decoder->kind == TRACE_RESET && raw->event.value != 0;
}

static bool decode(struct trace_reader *reader, struct tep_record *record, struct raw_event *raw,
		   uint64_t *lost)
{
	int id = tep_data_type(reader->tep, record);

	*raw = (struct raw_event){
		.event = {.time_ns = record->ts,
			  .cpu = (unsigned int)record->cpu,
			  .pid = tep_data_pid(reader->tep, record)},
	};
	if (id == reader->print->id)
		return decode_mark(reader, record, raw);
	for (size_t i = 0; i < reader->decoder_count; i++) {
		if (reader->decoders[i].event->id == id) {
			decode_probe(&reader->decoders[i], record, raw, lost);
			return true;
		}
	}
	return false;
}

static int decode_page(struct trace_reader *reader, int cpu, struct raw_events *raw, uint64_t *lost)
{
	unsigned long long time_ns;
	void *data;

	for (data = kbuffer_read_event(reader->page, &time_ns); data;
	     data = kbuffer_next_event(reader->page, &time_ns)) {
		struct tep_record record = {
			.ts = time_ns,
			.data = data,
			.size = kbuffer_event_size(reader->page),
			.cpu = cpu,
		};
		struct raw_event event, *added;

		if (!decode(reader, &record, &event, lost))
			continue;
		added = ARRAY_APPEND(raw->items, raw->count);
		if (!added)
			return -ENOMEM;
		*added = event;
		added->index = raw->count;
	}
	return 0;
}

static int read_pages(struct trace_reader *reader, int fd, int cpu, struct raw_events *raw,
		      uint64_t *lost)
{
	_cleanup_free_ char *page = malloc(PAGE_BYTES_MAX);

	if (!page)
		return -ENOMEM;
	for (;;) {
		ssize_t length = read(fd, page, PAGE_BYTES_MAX);
		int r;

		if (length < 0 && errno == EINTR)
			continue;
		/* A CPU that has never been online has no buffer, though it has a file. */
		if (length < 0 && errno != EAGAIN && errno != ENODEV)
			return -errno;
		if (length <= 0)
			return 0;
		kbuffer_load_subbuffer(reader->page, page);
		if (kbuffer_subbuffer_size(reader->page) > length)
			return -EIO;
		r = decode_page(reader, cpu, raw, lost);
		if (r < 0)
			return r;
	}
}

/* "overrun", "commit overrun" and "dropped events" of per_cpu/cpuN/stats. */
static uint64_t cpu_dropped(struct tracefs_instance *instance, int cpu)
{
	static const char *const names[] = {
		"\noverrun: ", "\ncommit overrun: ", "\ndropped events: "};
	_cleanup_free_ char *stats = NULL;
	uint64_t dropped = 0;
	char path[64];

	snprintf(path, sizeof(path), "per_cpu/cpu%d/stats", cpu);
	stats = tracefs_instance_file_read(instance, path, NULL);
	for (size_t i = 0; stats && i < ARRAY_SIZE(names); i++) {
		const char *line = strstr(stats, names[i]);

		if (line)
			dropped += strtoull(line + strlen(names[i]), NULL, 10);
	}
	return dropped;
}

uint64_t trace_dropped(const struct trace_reader *reader, struct tracefs_instance *instance)
{
	uint64_t dropped = 0;

	for (int cpu = 0; cpu < reader->cpus; cpu++)
		dropped += cpu_dropped(instance, cpu);
	return dropped;
}

int trace_reader_read(struct trace_reader *reader, struct tracefs_instance *instance,
		      struct raw_events *raw, uint64_t *lost)
{
	if (reader->cpus == 0)
		return -ENOENT;
	for (int cpu = 0; cpu < reader->cpus; cpu++) {
		_cleanup_close_ int fd = -1;
		char path[64];
		int r;

		snprintf(path, sizeof(path), "per_cpu/cpu%d/trace_pipe_raw", cpu);
		fd = tracefs_instance_file_open(instance, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0 && errno == ENOENT)
			continue;
		if (fd < 0)
			return -errno;
		r = read_pages(reader, fd, cpu, raw, lost);
		if (r < 0)
			return r;
	}
	return 0;
}
