// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_setup.h"

#include <errno.h>
#include <stdarg.h>
#include <tracefs.h>

#include "observe/trace.h"
#include "observe/trace_probe.h"

#define DYNAMIC_EVENTS "dynamic_events"
/* A nested reset is some twenty events of about 100 bytes. */
#define BUFFER_KIB "128"

/* What the probes came to, while they are being made. */
struct probing {
	struct tracefs_instance *instance;
	const struct kernel_facts *facts;
	const char *methods;
	struct trace_state *state;
	bool kprobe_in_core;
	bool hole_in_core;
};

static int write_file(struct tracefs_instance *instance, const char *file, const char *text)
{
	errno = EIO;
	return tracefs_instance_file_write(instance, file, text) < 0 ? -errno : 0;
}

/* Truncating this file would remove the probes of everybody else. */
static int write_dynamic_event(const char *text)
{
	errno = EIO;
	return tracefs_instance_file_append(NULL, DYNAMIC_EVENTS, text) < 0 ? -errno : 0;
}

static int enable(struct tracefs_instance *instance, const char *group, const char *event)
{
	errno = EIO;
	return tracefs_event_file_write(instance, group, event, "enable", "1") < 0 ? -errno : 0;
}

int trace_instance_make(struct tracefs_instance **out, const char **what)
{
	static const char *const settings[][2] = {
		{"tracing_on", "0"},
		{"trace_clock", "mono"},
		{"buffer_size_kb", BUFFER_KIB},
	};
	struct tracefs_instance *instance;
	bool found;

	*what = "instances/" TRACE_INSTANCE;
	if (trace_leftovers_remove(&found) < 0)
		return -EBUSY;
	errno = EIO;
	instance = tracefs_instance_create(TRACE_INSTANCE);
	if (!instance)
		return -errno;
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		int r = write_file(instance, settings[i][0], settings[i][1]);

		if (r < 0) {
			*what = settings[i][0];
			trace_instance_remove(instance);
			return r;
		}
	}
	/* A new instance has the options of the kernel's own; without this one no mark is taken. */
	(void)write_file(instance, "options/markers", "1");
	*out = instance;
	return 0;
}

void trace_instance_remove(struct tracefs_instance *instance)
{
	if (!instance)
		return;
	tracefs_instance_destroy(instance);
	tracefs_instance_free(instance);
}

static void remove_probe(const char *event)
{
	char text[PROBE_TEXT_MAX];

	snprintf(text, sizeof(text), "-:%s/%s", TRACE_GROUP, event);
	(void)write_dynamic_event(text);
}

/* Lines are "TYPE:GROUP/EVENT SYMBOL ARGUMENTS". */
void trace_probes_remove(void)
{
	_cleanup_free_ char *events = tracefs_instance_file_read(NULL, DYNAMIC_EVENTS, NULL);
	char *saved = NULL;

	if (!events)
		return;
	for (char *line = strtok_r(events, "\n", &saved); line;
	     line = strtok_r(NULL, "\n", &saved)) {
		char *group = strchr(line, ':');

		if (!group || !starts_with(group + 1, TRACE_GROUP "/"))
			continue;
		group[1 + strcspn(group + 1, " ")] = '\0';
		remove_probe(group + 1 + strlen(TRACE_GROUP "/"));
	}
}

static bool has_probes(void)
{
	_cleanup_free_ char *events = tracefs_instance_file_read(NULL, DYNAMIC_EVENTS, NULL);

	return events && strstr(events, ":" TRACE_GROUP "/");
}

bool trace_leftovers(void)
{
	return tracefs_instance_exists(TRACE_INSTANCE) || has_probes();
}

int trace_leftovers_remove(bool *found)
{
	struct tracefs_instance *instance;

	*found = trace_leftovers();
	if (tracefs_instance_exists(TRACE_INSTANCE)) {
		instance = tracefs_instance_create(TRACE_INSTANCE);
		if (instance)
			trace_instance_remove(instance);
	}
	trace_probes_remove();
	return trace_leftovers() ? -EBUSY : 0;
}

static int make_entry(const struct probing *probing, const struct probe_target *target,
		      enum probe_form form)
{
	char text[PROBE_TEXT_MAX];
	int error = 0;

	for (unsigned int attempt = 0;; attempt++) {
		int r = probe_entry_text(target, form, attempt, &probing->facts->offsets, text);

		if (r == -ENOENT)
			return error;
		if (r < 0)
			return r;
		r = write_dynamic_event(text);
		if (r == 0)
			break;
		error = r;
	}
	error = enable(probing->instance, TRACE_GROUP, target->event);
	if (error < 0)
		remove_probe(target->event);
	return error;
}

static int make_return(const struct probing *probing, const struct probe_target *target,
		       enum probe_form form)
{
	char text[PROBE_TEXT_MAX], event[64];
	int r;

	snprintf(event, sizeof(event), "%s%s", target->event, PROBE_RETURN_SUFFIX);
	probe_return_text(target, form, text);
	r = write_dynamic_event(text);
	if (r < 0)
		return r;
	r = enable(probing->instance, TRACE_GROUP, event);
	if (r < 0)
		remove_probe(event);
	return r;
}

/* Entry and return of one function are of one form: the two kinds of return hooks do not mix. */
static int make_probe(const struct probing *probing, const struct probe_target *target,
		      enum probe_form form)
{
	int r = make_entry(probing, target, form);

	if (r < 0 || !target->has_return)
		return r;
	r = make_return(probing, target, form);
	if (r < 0) {
		(void)tracefs_event_file_write(probing->instance, TRACE_GROUP, target->event,
					       "enable", "0");
		remove_probe(target->event);
	}
	return r;
}

static void add_symbol(char list[WHY_MAX], const char *symbol)
{
	size_t used = strlen(list);

	snprintf(list + used, WHY_MAX - used, "%s%s", used ? " " : "", symbol);
}

/* The first reason is kept: the others mostly repeat it. */
static void _printf_(2, 3) explain(struct trace_state *state, const char *format, ...)
{
	va_list args;

	if (state->why[0])
		return;
	va_start(args, format);
	vsnprintf(state->why, sizeof(state->why), format, args);
	va_end(args);
}

static const char *probe_error(int error)
{
	return error == -ENODATA ? "offsets unknown" : strerror(-error);
}

static void make_target(struct probing *probing, size_t i)
{
	const struct probe_target *target = &probe_targets[i];
	bool core = i < TARGET_CORE_COUNT;
	int errors[PROBE_FORM_COUNT];

	if (probe_target_absent(target, probing->facts))
		return;
	if (!probe_target_reached(target, probing->methods)) {
		add_symbol(probing->state->unarmed, target->symbol);
		return;
	}
	for (enum probe_form form = 0; form < PROBE_FORM_COUNT; form++) {
		errors[form] = make_probe(probing, target, form);
		if (errors[form] < 0)
			continue;
		probing->kprobe_in_core |= core && form != PROBE_FPROBE;
		return;
	}
	add_symbol(probing->state->missing, target->symbol);
	if (!core)
		return;
	probing->hole_in_core = true;
	explain(probing->state, "%s: no kprobe: %s, %s; no fprobe: %s", target->symbol,
		probe_error(errors[PROBE_KPROBE]), probe_error(errors[PROBE_KPROBE_OFFSET]),
		probe_error(errors[PROBE_FPROBE]));
}

void trace_probes_make(struct tracefs_instance *instance, const struct kernel_facts *facts,
		       const char *methods, struct trace_state *state)
{
	struct probing probing = {
		.instance = instance, .facts = facts, .methods = methods, .state = state};

	for (size_t i = 0; i < PROBE_TARGET_COUNT; i++)
		make_target(&probing, i);
	if (!probing.hole_in_core)
		state->source = probing.kprobe_in_core ? TRACE_SOURCE_KPROBE : TRACE_SOURCE_FPROBE;
	else if (enable(instance, TRACEPOINT_GROUP, TRACEPOINT_ATTACHED) == 0)
		state->source = TRACE_SOURCE_TRACEPOINT;
	else
		state->source = TRACE_SOURCE_NONE;
}
