// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_read.h"

#include <dirent.h>
#include <errno.h>
#include <kbuffer.h>
#include <tracefs.h>

#include "base/array.h"
#include "observe/trace_decode.h"

/* The kernel's subbuffer is a page unless someone asked for more; 64 KiB is the largest page. */
#define PAGE_BYTES_MAX 65536

struct trace_reader {
	struct trace_decoder *decoder;
	struct kbuffer *page;
	int cpus; /* see cpu_limit() */
};

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
	int r;

	if (!reader)
		return -ENOMEM;
	reader->page = kbuffer_alloc(KBUFFER_LSIZE_SAME_AS_HOST, KBUFFER_ENDIAN_SAME_AS_HOST);
	r = reader->page ? trace_decoder_open(&reader->decoder) : -ENOMEM;
	if (r < 0) {
		trace_reader_close(reader);
		return r;
	}
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
	trace_decoder_close(reader->decoder);
	free(reader);
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

		if (!trace_decode(reader->decoder, &record, &event, lost))
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
