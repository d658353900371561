// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/step.h"

#include <errno.h>

#include "observe/config.h"
#include "step/worker.h"

/* Selecting and restoring wait for runtime resume and a probe, never for a reset. */
#define METHOD_WRITE_DEADLINE_S 10

/* A step under way. @step is filled as things happen. */
struct execution {
	const struct root *root;
	const struct plan_step *planned;
	struct step_evidence *step;
	struct planned_write writes[SUBJECTS_MAX][3];
	size_t write_count[SUBJECTS_MAX];
	char *failed;
};

static const struct planned_write *find_write(const struct execution *x, size_t index,
					      enum write_role role)
{
	for (size_t i = 0; i < x->write_count[index]; i++)
		if (x->writes[index][i].role == role)
			return &x->writes[index][i];
	return NULL;
}

/* Reads what reset_method holds now. Returns 0 or -errno. */
static int read_methods(const struct root *root, const char *bdf, char *text, size_t size_bytes)
{
	char path[64];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/reset_method", bdf);
	return root_read_line(root, path, text, size_bytes);
}

static void fill_subject(const struct snapshot *snapshot, const struct function *function,
			 struct subject *subject)
{
	const struct group *group = snapshot_group(snapshot, function->group);

	snprintf(subject->function, sizeof(subject->function), "%s", function->bdf);
	snprintf(subject->upstream, sizeof(subject->upstream), "%s", function->upstream);
	snprintf(subject->driver, sizeof(subject->driver), "%s", function->driver);
	snprintf(subject->domain_type, sizeof(subject->domain_type), "%s",
		 group ? group->type : "");
	subject->vendor = function->vendor;
	subject->device = function->device;
	subject->group = function->group;
	subject->is_vf = function->physfn[0] != '\0';
	subject->gate = function_gate_open(snapshot, function);
}

/*
 * The machine may have changed since the snapshot: then nothing may be done to the function.
 * Returns 0, -ESTALE, or -errno.
 */
static int check_unchanged(const struct execution *x, const struct function *function,
			   struct subject *subject)
{
	char path[64], driver[64] = "";
	int r;

	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/reset_method", function->bdf);
	r = read_methods(x->root, function->bdf, subject->methods_before,
			 sizeof(subject->methods_before));
	if (r < 0)
		return r;
	if (!streq(subject->methods_before, function->methods.text))
		return -ESTALE;
	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s", function->bdf);
	if (!function_present(x->root, function->bdf, function->vendor, function->device))
		return -ENODEV;
	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/driver", function->bdf);
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/driver", function->bdf);
	r = root_read_link_name(x->root, path, driver, sizeof(driver));
	if (r < 0 && r != -ENOENT)
		return r;
	return streq(driver, function->driver) ? 0 : -ESTALE;
}

static int prepare(struct execution *x, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < x->planned->function_count; i++) {
		const struct function *function = x->planned->functions[i];
		struct subject *subject = step_add_subject(x->step);
		int r;

		fill_subject(snapshot, function, subject);
		x->write_count[i] = plan_writes(x->planned, i, x->writes[i]);
		r = check_unchanged(x, function, subject);
		if (r < 0)
			return r;
		subject->before = calloc(1, sizeof(*subject->before));
		if (!subject->before)
			return -ENOMEM;
		/* An unreadable config space is seen by its flag. */
		if (config_read(x->root, function->bdf, subject->before) < 0)
			subject->before->readable = false;
	}
	x->failed[0] = '\0';
	return 0;
}

/* Writes one method list; returns a positive errno, 0 for success. */
static int write_methods(struct execution *x, const struct planned_write *write)
{
	struct work work = {.path = write->path, .value = write->value};
	int r = worker_run(x->root, &work, 1, METHOD_WRITE_DEADLINE_S, NULL);

	if (r < 0)
		return -r;
	return work.hung ? ETIMEDOUT : work.error;
}

/* Returns whether all methods are selected; otherwise the step is not triggered. */
static bool select_methods(struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct planned_write *write = find_write(x, i, WRITE_SELECT);
		struct subject *subject = &x->step->subjects[i];

		if (!write)
			continue;
		subject->method_written = true;
		subject->select_errno = write_methods(x, write);
		if (subject->select_errno)
			return false;
	}
	return true;
}

static void restore_methods(struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct planned_write *write = find_write(x, i, WRITE_RESTORE);
		struct subject *subject = &x->step->subjects[i];

		if (write && subject->method_written)
			subject->restore_errno = write_methods(x, write);
		if (read_methods(x->root, subject->function, subject->methods_after,
				 sizeof(subject->methods_after)) < 0)
			subject->methods_after[0] = '\0';
	}
}

static unsigned int deadline_s(const struct execution *x, const struct step_options *options)
{
	unsigned int longest = 0;

	if (options->timeout_s)
		return options->timeout_s;
	for (size_t i = 0; i < x->planned->function_count; i++) {
		const struct function *function = x->planned->functions[i];
		unsigned int budget =
			method_budget_s(x->planned->method, function->vendor, function->device);

		if (budget > longest)
			longest = budget;
	}
	return longest;
}

static int trigger(struct execution *x, const struct step_options *options)
{
	struct work works[SUBJECTS_MAX] = {0};
	size_t count = x->step->subject_count, failed = 0;
	int r;

	for (size_t i = 0; i < count; i++) {
		const struct planned_write *write = find_write(x, i, WRITE_TRIGGER);

		works[i].path = write->path;
		works[i].value = write->value;
	}
	r = worker_run(x->root, works, count, deadline_s(x, options), &failed);
	if (r < 0) {
		snprintf(x->failed, WHY_MAX, "/%s", works[failed].path);
		return r;
	}
	for (size_t i = 0; i < count; i++) {
		struct subject *subject = &x->step->subjects[i];

		subject->pid = works[i].pid;
		subject->started = works[i].started;
		subject->hung = works[i].hung;
		subject->write_errno = works[i].error;
		subject->begin_ns = works[i].begin_ns;
		subject->end_ns = works[i].end_ns;
		snprintf(subject->hung_where, sizeof(subject->hung_where), "%s", works[i].where);
	}
	return 0;
}

/* Looks at the functions afterwards, but never at one whose reset still holds its config lock. */
static int look_after(struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		struct subject *subject = &x->step->subjects[i];

		subject->present_after = function_present(x->root, subject->function,
							  subject->vendor, subject->device);
		if (subject->hung || !subject->started)
			continue;
		subject->after = calloc(1, sizeof(*subject->after));
		if (!subject->after)
			return -ENOMEM;
		if (config_read(x->root, subject->function, subject->after) < 0)
			subject->after->readable = false;
	}
	return 0;
}

static int observe_trigger(struct execution *x, const struct step_options *options,
			   struct observers *observers)
{
	int r = observers_begin(observers, x->step);
	int ended;

	if (r == 0)
		r = trigger(x, options);
	ended = observers_end(observers, x->step);
	if (r == 0)
		r = ended;
	return r < 0 ? r : look_after(x);
}

int step_run(const struct root *root, const struct snapshot *snapshot,
	     const struct plan_step *planned, const struct step_options *options,
	     struct observers *observers, struct step_evidence *step, char failed[WHY_MAX])
{
	struct execution x = {.root = root, .planned = planned, .step = step, .failed = failed};
	int r;

	step->scenario = planned->scenario;
	snprintf(step->method, sizeof(step->method), "%s", planned->method);
	failed[0] = '\0';
	r = prepare(&x, snapshot);
	if (r < 0)
		return r;
	if (select_methods(&x))
		r = observe_trigger(&x, options, observers);
	else
		r = look_after(&x);
	restore_methods(&x);
	return r;
}

bool step_is_hung(const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (step->subjects[i].hung)
			return true;
	return false;
}
