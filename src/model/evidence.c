// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/evidence.h"

#include <errno.h>
#include <stdarg.h>

#include "base/array.h"
#include "base/lines.h"

const char *const subject_role_names[SUBJECT_ROLE_COUNT] = {
	[SUBJECT_RESET] = "reset",
	[SUBJECT_PROBED] = "probed",
};

const char *const write_kind_names[WRITE_KIND_COUNT] = {
	[WRITTEN_PROBE] = "probe",
	[WRITTEN_RESET] = "reset",
	[WRITTEN_ATTACH] = "attach",
	[WRITTEN_ATTACH_AFTER] = "attach-after",
	[WRITTEN_RETYPE] = "retype",
	[WRITTEN_REBIND] = "rebind",
	[WRITTEN_RELEASE] = "release",
	[WRITTEN_VFIO_BIND] = "vfio-bind",
	[WRITTEN_VFIO_ATTACH] = "vfio-attach",
	[WRITTEN_VFIO_OPEN] = "vfio-open",
	[WRITTEN_VFIO_RESET] = "vfio-reset",
	[WRITTEN_VFIO_CLOSE] = "vfio-close",
	[WRITTEN_VFIO_DETACH] = "vfio-detach",
	[WRITTEN_VFIO_UNBIND] = "vfio-unbind",
};

const char *const trace_source_names[TRACE_SOURCE_COUNT] = {
	[TRACE_SOURCE_NONE] = "none",
	[TRACE_SOURCE_TRACEPOINT] = "tracepoint",
	[TRACE_SOURCE_KPROBE] = "kprobe",
	[TRACE_SOURCE_FPROBE] = "fprobe",
};

struct step_evidence *evidence_add_step(struct run_evidence *run)
{
	struct step_evidence *step = ARRAY_APPEND(run->steps, run->step_count);

	if (step)
		step->number = ++run->step_number;
	return step;
}

void evidence_drop_step(struct run_evidence *run)
{
	step_clear(&run->steps[--run->step_count]);
}

struct refusal *evidence_add_refusal(struct run_evidence *run)
{
	return ARRAY_APPEND(run->refusals, run->refusal_count);
}

struct subject *step_add_subject(struct step_evidence *step)
{
	if (step->subject_count == SUBJECTS_MAX)
		return NULL;
	return &step->subjects[step->subject_count++];
}

struct trace_event *step_add_trace(struct step_evidence *step)
{
	return ARRAY_APPEND(step->trace, step->trace_count);
}

struct counter *step_add_counter(struct step_evidence *step)
{
	return ARRAY_APPEND(step->counters, step->counter_count);
}

struct step_write *step_add_write(struct step_evidence *step)
{
	return ARRAY_APPEND(step->writes, step->write_count);
}

struct traffic *step_add_traffic(struct step_evidence *step)
{
	return ARRAY_APPEND(step->traffic, step->traffic_count);
}

struct step_vf *step_add_vf(struct step_evidence *step)
{
	return ARRAY_APPEND(step->vfs, step->vf_count);
}

struct uevent *step_add_uevent(struct step_evidence *step)
{
	return ARRAY_APPEND(step->uevents, step->uevent_count);
}

int step_add_log(struct step_evidence *step, const struct log_record *record)
{
	_cleanup_free_ char *text = strdup(record->text);
	_cleanup_free_ char *device = strdup(record->device);
	struct log_record *added;

	if (!text || !device)
		return -ENOMEM;
	added = ARRAY_APPEND(step->log, step->log_count);
	if (!added)
		return -ENOMEM;
	*added = *record;
	added->text = TAKE_PTR(text);
	added->device = TAKE_PTR(device);
	return 0;
}

struct sought_warning {
	char *const *warnings;
	const char *text;
};

static bool is_warning(const void *context, size_t place)
{
	const struct sought_warning *sought = context;

	return streq(sought->warnings[place], sought->text);
}

/* Takes @text over. */
static int add_warning(struct run_evidence *run, char *text)
{
	const struct sought_warning sought = {run->warnings, text};
	const uint64_t hash = hash_text(HASH_SEED, text);
	char **slot;

	if (hash_index_find(&run->warning_index, hash, is_warning, &sought) != HASH_NONE) {
		free(text);
		return 0;
	}
	slot = ARRAY_APPEND(run->warnings, run->warning_count);
	if (!slot) {
		free(text);
		return -ENOMEM;
	}
	*slot = text;
	return hash_index_add(&run->warning_index, hash, run->warning_count - 1);
}

int evidence_warn(struct run_evidence *run, const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	return length < 0 ? -ENOMEM : add_warning(run, text);
}

const struct subject *step_subject(const struct step_evidence *step, const char *function)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (streq(step->subjects[i].function, function))
			return &step->subjects[i];
	return NULL;
}

#define IDS_TEXT_LENGTH 12 /* "ff ff ff ff " */

/*
 * The ids of a VF are ffff by specification, or 0001 from a root complex whose VF is not ready;
 * status and class never are.
 */
enum tri vf_answers(const char *header)
{
	if (strlen(header) != VF_HEADER_TEXT_MAX - 1)
		return TRI_UNKNOWN;
	header += IDS_TEXT_LENGTH;
	return tri_of(header[strspn(header, "f ")] != '\0');
}

bool vf_is_silent(const struct step_vf *vf)
{
	return !vf->present_after ||
	       (vf_answers(vf->header_before) == TRI_YES && vf_answers(vf->header_after) == TRI_NO);
}

bool step_vf_lost(const struct step_evidence *step, const struct step_vf *vf)
{
	for (size_t i = 0; i < step->uevent_count; i++)
		if (streq(step->uevents[i].action, "remove") &&
		    streq(step->uevents[i].function, vf->function))
			return true;
	return vf_is_silent(vf);
}

void step_clear(struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++) {
		free(step->subjects[i].before);
		free(step->subjects[i].after);
		free(step->subjects[i].upstream_before);
		free(step->subjects[i].upstream_after);
	}
	for (size_t i = 0; i < step->log_count; i++) {
		free(step->log[i].text);
		free(step->log[i].device);
	}
	free(step->writes);
	free(step->traffic);
	free(step->vfs);
	free(step->trace);
	free(step->log);
	free(step->counters);
	free(step->uevents);
	*step = (struct step_evidence){0};
}

void evidence_free(struct run_evidence *run)
{
	for (size_t i = 0; i < run->step_count; i++)
		step_clear(&run->steps[i]);
	free(run->steps);
	for (size_t i = 0; i < run->example_count; i++)
		step_clear(&run->examples[i]);
	free(run->examples);
	free(run->refusals);
	known_clear(&run->known);
	lines_free(run->warnings, run->warning_count);
	hash_index_clear(&run->warning_index);
	*run = (struct run_evidence){0};
}
