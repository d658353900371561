/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan in the making, and what the scenarios share in making it. */
#ifndef PLAN_PLANNER_H
#define PLAN_PLANNER_H

#include "plan/mates.h"
#include "plan/plan.h"

/* @candidates are selected and may be reset. */
struct planner {
	const struct snapshot *snapshot;
	const struct plan_options *options;
	bool unaffected;   /* the kernel has no prepare/done: gates do not matter */
	enum tri prepares; /* it has them */
	struct mates *mates;
	const struct function **candidates;
	size_t candidate_count;
	struct plan *plan;
};

/* Why the function's resets do not block the IOMMU, as a slug; NULL when they do. Pure. */
const char *planner_closed_gate(const struct planner *planner, const struct function *function);

/* It has a reset file and a method in its list. Pure. */
bool planner_can_reset(const struct function *function);

/*
 * It may be reset by @method while others of its group are dealt with, and then blocks the IOMMU.
 * Pure.
 */
bool planner_can_overlap(const struct planner *planner, const struct function *function,
			 const char *method);

/*
 * Whether selecting @method would take a name out of the list for good. Beside VFs, or others on
 * its bus, a function has no bus reset (pci_parent_bus_reset()), though its list still has it from
 * when it was alone: the first function of each device was. Once taken out, the kernel does not
 * take the name in again. Pure.
 */
bool planner_list_would_shrink(const struct planner *planner, const struct function *function,
			       const char *method);

/*
 * A function in use or driven that the kernel could reset as well when it goes on in the list, after
 * a method that @function lacks; NULL when there is none. Pure.
 */
const struct function *planner_list_mate(const struct planner *planner,
					 const struct function *function);

/* The methods for that, the best first; NULL past the last. Pure. */
const char *planner_overlap_method(size_t index);

/* Each of the following adds to the plan and returns 0 or -ENOMEM. */

/* One step; @method must be one that may be selected. */
int planner_add_step(struct planner *planner, enum scenario scenario, const char *method,
		     const struct function *const *functions, size_t count) _must_check_;

/* The step added last, to give its functions other roles. */
struct plan_step *planner_last_step(const struct planner *planner);

/* Something that is left out; @method is "" when it concerns no single one, @reason a slug. */
int planner_add_skip(struct planner *planner, enum scenario scenario,
		     const struct function *function, const char *method, const char *reason,
		     const char *format, ...) _printf_(6, 7) _must_check_;

/* The skips for a gate that is closed, as planner_closed_gate() said, and for want of a reset. */
int planner_skip_gate(struct planner *planner, enum scenario scenario,
		      const struct function *function, const char *closed) _must_check_;
int planner_skip_without_reset(struct planner *planner, enum scenario scenario,
			       const struct function *function) _must_check_;

/*
 * A step for each wanted method of the function that nests, or for each that does not, unless a
 * rule of the machine or a neighbour stands against it. @planned counts what was asked for, skips
 * included.
 */
int planner_add_methods(struct planner *planner, enum scenario scenario,
			const struct function *function, bool nesting,
			unsigned int *planned) _must_check_;

#endif
