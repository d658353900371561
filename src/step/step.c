// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/step.h"

#include <errno.h>

#include "observe/config.h"
#include "step/action.h"
#include "step/changes.h"
#include "step/vfs.h"

const struct planned_write *execution_write(const struct execution *x, size_t index,
					    enum write_role role)
{
	for (size_t i = 0; i < x->write_count[index]; i++)
		if (x->writes[index][i].role == role)
			return &x->writes[index][i];
	return NULL;
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

/* The machine may have changed since the snapshot: then nothing may be done to the function. */
static int prepare(struct execution *x, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < x->planned->function_count; i++) {
		const struct function *function = x->planned->functions[i];
		struct subject *subject = step_add_subject(x->step);
		int r;

		fill_subject(snapshot, function, subject);
		subject->role = x->planned->roles[i];
		r = vfs_add(x, snapshot, i);
		if (r < 0)
			return r;
		x->write_count[i] = plan_writes(x->planned, i, x->writes[i]);
		r = changes_check(x, function, subject);
		if (r < 0)
			return r;
	}
	x->failed[0] = '\0';
	return 0;
}

/* From here on the step is evidence, whatever else fails. */
static bool was_reset(const struct step_evidence *step)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (step->subjects[i].started)
			return true;
	return false;
}

/* Reads a config space into a new @slot; that it cannot be read is seen by its flag. */
static int look(const struct execution *x, const char *bdf, struct config_space **slot)
{
	*slot = calloc(1, sizeof(**slot));
	if (!*slot)
		return -ENOMEM;
	if (config_read(x->root, bdf, *slot) < 0)
		(*slot)->readable = false;
	return 0;
}

/* Whether the subject is the first of those behind its bridge, and has one. */
static bool is_first_below(const struct step_evidence *step, size_t index)
{
	const char *upstream = step->subjects[index].upstream;

	for (size_t i = 0; i < index; i++)
		if (streq(step->subjects[i].upstream, upstream))
			return false;
	return upstream[0] != '\0';
}

static int look_before(struct execution *x)
{
	int r = 0;

	for (size_t i = 0; i < x->step->subject_count && r == 0; i++) {
		struct subject *subject = &x->step->subjects[i];

		r = look(x, subject->function, &subject->before);
		if (r == 0 && is_first_below(x->step, i))
			r = look(x, subject->upstream, &subject->upstream_before);
	}
	return r;
}

/* A reset that has not returned holds the config lock of its function and of the bridge above. */
static bool is_held(const struct step_evidence *step, const char *upstream)
{
	for (size_t i = 0; i < step->subject_count; i++)
		if (step->subjects[i].hung && streq(step->subjects[i].upstream, upstream))
			return true;
	return false;
}

/* Without the second look the first one would tell of a loss that nobody has seen. */
static int look_again(const struct execution *x, const char *bdf, struct config_space **before,
		      struct config_space **after)
{
	int r = look(x, bdf, after);

	if (r < 0) {
		free(*before);
		*before = NULL;
	}
	return r;
}

/* Looks at what was reset and at the bridges above, but never at what a reset still holds. */
static int look_after(struct execution *x)
{
	int first = 0;

	vfs_look_after(x);
	for (size_t i = 0; i < x->step->subject_count; i++) {
		struct subject *subject = &x->step->subjects[i];
		int r = function_present(x->root, subject->function, subject->vendor,
					 subject->device);

		subject->present_after = r != 0;
		if (r < 0 && first == 0)
			first = r;
		r = 0;
		if (!subject->hung && subject->started)
			r = look_again(x, subject->function, &subject->before, &subject->after);
		first = first ? first : r;
		if (subject->upstream_before && subject->started &&
		    !is_held(x->step, subject->upstream))
			r = look_again(x, subject->upstream, &subject->upstream_before,
				       &subject->upstream_after);
		first = first ? first : r;
	}
	return first;
}

static int observe_trigger(struct execution *x, const struct step_options *options,
			   struct observers *observers)
{
	int ended, looked = 0, r = look_before(x);

	if (r < 0)
		return r;
	r = journal_sync(x->journal);
	if (r < 0) {
		snprintf(x->failed, WHY_MAX, "the journal in the state directory");
		return r;
	}
	r = changes_check_drivers(x);
	if (r == 0)
		r = vfs_look_before(x);
	if (r < 0)
		return r;
	r = observers_begin(observers, x->step);
	x->meanwhile = observers_meanwhile(observers);
	if (r == 0)
		r = step_actions[x->step->scenario](x, options);
	x->meanwhile.fd = -1;
	ended = observers_end(observers, x->step);
	if (r == 0)
		r = ended;
	if (r == 0 || was_reset(x->step))
		looked = look_after(x);
	return r < 0 ? r : looked;
}

static int begin(struct execution *x)
{
	struct journal_step step = {.number = x->step->number, .scenario = x->step->scenario};
	int r;

	snprintf(step.method, sizeof(step.method), "%s", x->step->method);
	for (size_t i = 0; i < x->step->subject_count; i++)
		journal_step_target(&step, x->step->subjects[i].function,
				    x->step->subjects[i].vendor, x->step->subjects[i].device);
	r = journal_step_begin(x->journal, &step);
	if (r < 0)
		snprintf(x->failed, WHY_MAX, "the journal in the state directory");
	return r;
}

static void end(const struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct subject *subject = &x->step->subjects[i];

		if (subject->hung)
			journal_hung(x->journal, subject->function, subject->vendor,
				     subject->device);
	}
	journal_step_end(x->journal);
}

/* The reset was done: what is missing is said in the evidence, and the judge does without it. */
static int note_incomplete(const struct execution *x, int error)
{
	snprintf(x->step->incomplete, sizeof(x->step->incomplete), "%.160s%s%s", x->failed,
		 x->failed[0] ? ": " : "", strerror(-error));
	x->failed[0] = '\0';
	return 0;
}

int step_run(const struct root *root, const struct snapshot *snapshot,
	     const struct plan_step *planned, const struct step_options *options,
	     struct observers *observers, struct step_evidence *step, char failed[WHY_MAX])
{
	struct execution x = {.root = root,
			      .snapshot = snapshot,
			      .planned = planned,
			      .step = step,
			      .journal = options->journal,
			      .find_taken = options->find_taken,
			      .claim_disks = options->claim_disks,
			      .workers = options->workers,
			      .failed = failed};
	int r;

	if (options->patience)
		x.patience = *options->patience;
	x.patience.meanwhile = &x.meanwhile;
	x.meanwhile.fd = -1;
	step->scenario = planned->scenario;
	snprintf(step->method, sizeof(step->method), "%s", planned->method);
	failed[0] = '\0';
	r = prepare(&x, snapshot);
	if (r == 0)
		r = begin(&x);
	if (r < 0)
		return r;
	if (changes_make(&x))
		r = observe_trigger(&x, options, observers);
	else
		r = x.error < 0 ? x.error : look_after(&x);
	changes_undo(&x);
	end(&x);
	if (r < 0 && was_reset(step))
		return note_incomplete(&x, r);
	if (r < 0) {
		int left = changes_left(&x);

		r = left < 0 ? left : r;
	}
	return r;
}
