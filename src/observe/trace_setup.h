/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tool's trace instance and its probes: made, switched on, and taken away again. */
#ifndef OBSERVE_TRACE_SETUP_H
#define OBSERVE_TRACE_SETUP_H

#include <stdbool.h>

#include "base/attr.h"
#include "model/evidence.h"
#include "model/facts.h"

#define TRACEPOINT_GROUP "iommu"
#define TRACEPOINT_ATTACHED "attach_device_to_domain"

struct tracefs_instance;

/*
 * Makes the instance, empty and switched off, with CLOCK_MONOTONIC as its clock. What a dead run
 * left is removed first. Returns 0 or -errno with the name of the file in *what.
 */
int trace_instance_make(struct tracefs_instance **out, const char **what) _must_check_;

/* Removes the instance; NULL is nothing. */
void trace_instance_remove(struct tracefs_instance *instance);

/*
 * Creates and enables probes, each of the first form that the kernel takes; where one that matters
 * is not to be had, also the tracepoint that shows each successful attach. Left out is what none of
 * @methods reaches (see probe_target_reached()). Fills source, why, missing and unarmed of @state.
 */
void trace_probes_make(struct tracefs_instance *instance, const struct kernel_facts *facts,
		       const char *methods, struct trace_state *state);

/* Removes every dynamic event of the tool's group. */
void trace_probes_remove(void);

/*
 * Removes what a dead run left: the instance of the tool's name, and its probes. *found: there was
 * something. Returns 0, or -EBUSY when some of it is still there.
 */
int trace_leftovers_remove(bool *found) _must_check_;

/* Whether the instance or a probe of the tool is there. */
bool trace_leftovers(void);

#endif
