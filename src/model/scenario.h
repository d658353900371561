/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ways to provoke resets. */
#ifndef MODEL_SCENARIO_H
#define MODEL_SCENARIO_H

#include <stdbool.h>

enum scenario {
	SCENARIO_NESTED,
	SCENARIO_SINGLE,
	SCENARIO_SIBLINGS,
	SCENARIO_PROBE,
	SCENARIO_STORM,
	SCENARIO_ATTACH_RACE,
	SCENARIO_DRIVER,
	SCENARIO_VF,
	SCENARIO_VFIO,
	SCENARIO_PASID,
};
#define SCENARIO_COUNT 10

/* What each is for. The manual's SCENARIOS and the completions are checked against the table. */
struct scenario_info {
	const char *name;
	bool by_default;	/* part of a run that names no scenario */
	const char *invariants; /* what it exercises, by the numbers of the manual's INVARIANTS */
	const char *meaning;	/* one line */
};

extern const struct scenario_info scenario_infos[SCENARIO_COUNT];

/* The names alone, for records. */
extern const char *const scenario_names[SCENARIO_COUNT];

/* The scenario of this name, -1 when there is none. Pure. */
int scenario_parse(const char *name);

#endif
