// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/scenario.h"

#include "base/attr.h"

#define NESTED "nested"
#define SINGLE "single"
#define SIBLINGS "siblings"
#define PROBE "probe"
#define STORM "storm"
#define ATTACH_RACE "attach-race"
#define DRIVER "driver"
#define VF "vf"
#define VFIO "vfio"
#define PASID "pasid"

const char *const scenario_names[SCENARIO_COUNT] = {
	[SCENARIO_NESTED] = NESTED,	[SCENARIO_SINGLE] = SINGLE,
	[SCENARIO_SIBLINGS] = SIBLINGS, [SCENARIO_PROBE] = PROBE,
	[SCENARIO_STORM] = STORM,	[SCENARIO_ATTACH_RACE] = ATTACH_RACE,
	[SCENARIO_DRIVER] = DRIVER,	[SCENARIO_VF] = VF,
	[SCENARIO_VFIO] = VFIO,		[SCENARIO_PASID] = PASID,
};

/* Invariants by number, as the manual counts them. */
const struct scenario_info scenario_infos[SCENARIO_COUNT] = {
	[SCENARIO_NESTED] = {NESTED, true, "1-6 10", "a method that prepares twice"},
	[SCENARIO_SINGLE] = {SINGLE, true, "1-6 10", "a method that prepares once: the control"},
	[SCENARIO_SIBLINGS] = {SIBLINGS, true, "1-7 10",
			       "functions of one group behind different bridges, at once"},
	[SCENARIO_PROBE] = {PROBE, false, "1-4 7 9 10",
			    "method names are written while nothing, or a sibling, is being reset"},
	[SCENARIO_STORM] = {STORM, false, "1-6 10",
			    "functions of many groups at once, each again and again"},
	[SCENARIO_ATTACH_RACE] = {ATTACH_RACE, false, "1-6 8 10",
				  "the group is given a new domain in the middle of a reset"},
	[SCENARIO_DRIVER] = {DRIVER, false, "1-6 10",
			     "a reset under the driver of a disk or network card at work"},
	[SCENARIO_VF] = {VF, false, "1-6 10", "a VF, or a PF with VFs, by each of its methods"},
	[SCENARIO_VFIO] = {VFIO, false, "1-6 8 10", "VFIO opens, resets and closes the function"},
	[SCENARIO_PASID] = {PASID, false, "1-6 10",
			    "domains of PASIDs are taken away for a reset, and come back"},
};

int scenario_parse(const char *name)
{
	for (int i = 0; i < SCENARIO_COUNT; i++)
		if (streq(scenario_names[i], name))
			return i;
	return -1;
}
