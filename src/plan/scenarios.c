// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/scenarios.h"

/* Controls first: a function whose simple resets fail proves nothing with nested ones. */
const struct scenario_planner scenario_planners[SCENARIO_COUNT] = {
	{SCENARIO_SINGLE, plan_single},	    {SCENARIO_NESTED, plan_nested},
	{SCENARIO_SIBLINGS, plan_siblings}, {SCENARIO_PROBE, plan_probe},
	{SCENARIO_STORM, plan_storm},	    {SCENARIO_ATTACH_RACE, plan_attach_race},
	{SCENARIO_DRIVER, plan_driver},	    {SCENARIO_VF, plan_vf},
	{SCENARIO_VFIO, plan_vfio},	    {SCENARIO_PASID, plan_pasid},
};
