// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/stream.h"

#include <errno.h>
#include <time.h>

#include "base/strbuf.h"
#include "cli/save.h"
#include "render/jsonl.h"

struct stream {
	struct save file;
	bool live;
	struct strbuf line;
	char time[40];
	char run_id[sizeof(((struct run_evidence *)NULL)->run_id)];
	struct jsonl_mark mark;
};

/* "2026-11-22T14:03:05.123456Z" */
static const char *now(char *text, size_t size_bytes)
{
	struct timespec time;
	struct tm utc;
	size_t length;

	if (clock_gettime(CLOCK_REALTIME, &time) < 0 || !gmtime_r(&time.tv_sec, &utc))
		return NULL;
	length = strftime(text, size_bytes, "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(text + length, size_bytes - length, ".%06ldZ", time.tv_nsec / 1000);
	return text;
}

static const struct jsonl_mark *mark(struct stream *stream)
{
	strbuf_reset(&stream->line);
	stream->mark.sequence++;
	stream->mark.run_id = stream->run_id;
	stream->mark.time = stream->live ? now(stream->time, sizeof(stream->time)) : NULL;
	return &stream->mark;
}

/* Whoever stands still holds the run up, until it has to end. */
static int put(struct stream *stream, const struct run_progress *progress)
{
	stream->file.until_ns = progress->deadline_ns ? progress->deadline_ns : OUTLET_PATIENT;
	return stream->line.error
		       ? stream->line.error
		       : save_append(&stream->file, stream->line.text, stream->line.length_bytes);
}

static int run_begin(void *data, const struct run_evidence *run,
		     const struct run_progress *progress)
{
	struct stream *stream = data;

	snprintf(stream->run_id, sizeof(stream->run_id), "%s", run->run_id);
	jsonl_run_begin(&stream->line, mark(stream), run, progress);
	return put(stream, progress);
}

static int step_begin(void *data, const struct run_progress *progress,
		      const struct step_heading *step)
{
	struct stream *stream = data;

	jsonl_step_begin(&stream->line, mark(stream), progress, step);
	return put(stream, progress);
}

static int step_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		    const struct step_evidence *step, const struct step_result *result)
{
	struct stream *stream = data;

	(void)run;
	jsonl_step(&stream->line, mark(stream), step, result);
	return put(stream, progress);
}

static int round_end(void *data, const struct run_progress *progress)
{
	struct stream *stream = data;

	jsonl_round(&stream->line, mark(stream), progress);
	return put(stream, progress);
}

static int run_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		   const struct run_result *result, int exit_status)
{
	struct stream *stream = data;

	jsonl_run_end(&stream->line, mark(stream), run, result, exit_status);
	return put(stream, progress);
}

static int finish(void *data)
{
	struct stream *stream = data;

	return save_end(&stream->file);
}

static void stream_free(void *data)
{
	struct stream *stream = data;

	save_close(&stream->file);
	strbuf_free(&stream->line);
	free(stream);
}

static int open_output(const char *path, struct save *out)
{
	if (path)
		return save_continue(path, out);
	return outlet_open(STDOUT_FILENO, &out->outlet);
}

int stream_follow(struct followers *followers, const char *path, bool live)
{
	struct follower follower = {
		.name = path ? path : "standard output",
		.on_output = !path,
		.run_begin = run_begin,
		.step_begin = step_begin,
		.step_end = step_end,
		.round_end = round_end,
		.run_end = run_end,
		.finish = finish,
		.free = stream_free,
	};
	struct stream *stream = calloc(1, sizeof(*stream));
	int r;

	if (!stream)
		return -ENOMEM;
	stream->file = (struct save)SAVE_INIT;
	stream->live = live;
	r = open_output(path, &stream->file);
	if (r < 0) {
		stream_free(stream);
		return r;
	}
	follower.data = stream;
	return followers_add(followers, &follower);
}
