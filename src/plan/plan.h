/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run would do on a machine, step by step, and why it leaves the rest alone. Pure: a
 * snapshot goes in, nothing is read or written.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/attr.h"
#include "model/evidence.h"
#include "model/facts.h"
#include "model/filter.h"
#include "model/snapshot.h"

struct plan_options {
	const struct filter *filter;
	bool scenarios[SCENARIO_COUNT]; /* which are wanted */
	bool with_driver;		/* functions with a driver may be reset under it */
};

/* One step to run: the method on each of the functions at the same time. */
struct plan_step {
	enum scenario scenario;
	char method[METHOD_NAME_MAX];
	const struct function *functions[SUBJECTS_MAX]; /* borrowed from the snapshot */
	size_t function_count;
};

/* One step that is not run. */
struct plan_skip {
	enum scenario scenario;
	char method[METHOD_NAME_MAX]; /* "" when it concerns no single method */
	const struct function *function;
	const char *reason; /* slug */
	char text[WHY_MAX];
};

struct plan {
	struct plan_step *steps;
	size_t step_count;
	struct plan_skip *skips;
	size_t skip_count;
	struct refusal *refusals;
	size_t refusal_count;
	char **warnings;
	size_t warning_count;
};

#define _cleanup_plan_ _cleanup_(plan_free)

/* What the step does to one of its functions, in this order. */
enum write_role {
	WRITE_SELECT,  /* the method alone into reset_method */
	WRITE_TRIGGER, /* 1 into reset */
	WRITE_RESTORE, /* the list that stood in reset_method */
};

struct planned_write {
	enum write_role role;
	char path[64]; /* below /, without the leading slash */
	char value[METHOD_LIST_TEXT_MAX];
};

/*
 * Plans for the selected functions. @plan must be zeroed; it borrows from @snapshot; freed by
 * plan_free(). Returns 0 or -ENOMEM. Pure.
 */
int plan_make(const struct snapshot *snapshot, const struct kernel_facts *facts,
	      const struct plan_options *options, struct plan *plan) _must_check_;

/* The writes for function @index of a step; returns how many, at most 3. Pure. */
size_t plan_writes(const struct plan_step *step, size_t index, struct planned_write writes[3]);

void plan_free(struct plan *plan);

#endif
