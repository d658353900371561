/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenarios: which steps each makes of the functions that may be reset. */
#ifndef PLAN_SCENARIOS_H
#define PLAN_SCENARIOS_H

#include "plan/planner.h"

struct scenario_planner {
	enum scenario scenario;
	int (*make)(struct planner *planner); /* adds steps and skips; 0 or -ENOMEM */
};

/* In the order in which their steps run; each scenario stands here once. */
extern const struct scenario_planner scenario_planners[SCENARIO_COUNT];

/*
 * A function in the group of @function with a driver that the step does not take off: while there
 * is one, iommu_group_store_type() answers EPERM. NULL when there is none. Drivers of bridges leave
 * the group alone. Pure.
 */
const struct function *attach_race_driven(const struct planner *planner,
					  const struct function *function);

int plan_single(struct planner *planner) _must_check_;
int plan_nested(struct planner *planner) _must_check_;
int plan_siblings(struct planner *planner) _must_check_;
int plan_probe(struct planner *planner) _must_check_;
int plan_storm(struct planner *planner) _must_check_;
int plan_attach_race(struct planner *planner) _must_check_;
int plan_driver(struct planner *planner) _must_check_;
int plan_vf(struct planner *planner) _must_check_;
int plan_vfio(struct planner *planner) _must_check_;
int plan_pasid(struct planner *planner) _must_check_;

#endif
