/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state machine that makes cycles of one function's events. */
#ifndef JUDGE_CYCLE_WALK_H
#define JUDGE_CYCLE_WALK_H

#include "judge/cycle.h"

#define CALLS_MAX 16

/* A call of the kernel that has been entered and has not returned. */
struct call {
	const struct trace_event *entry;
	unsigned int depth;  /* prepares that held when it was entered */
	unsigned int blocks; /* cycle_walk.blocks at that time */
	bool blocking;	     /* it is such an attach */
};

struct cycle_walk {
	/* Given; all else begins as zero. */
	const struct step_evidence *step;
	const struct subject *subject;	/* NULL: the function is none */
	const struct step_write *write; /* that it is about; NULL: all of the step */
	const char *method;

	struct function_trace trace;
	struct cycle *cycle;   /* NULL: outside */
	struct cycle overflow; /* where cycles past CYCLES_MAX go */
	unsigned int depth;    /* prepares that hold */
	unsigned int blocks;   /* attaches to the blocking domain, over all cycles */
	struct call calls[CALLS_MAX];
	unsigned int call_count;
	bool pids_known; /* the trace has the step's processes by their numbers */
};

/* Takes the next event of the function, in the order of time. Pure. */
void cycle_walk_event(struct cycle_walk *walk, const struct trace_event *event);

/* What the events came to. Pure. */
struct function_trace cycle_walk_end(struct cycle_walk *walk);

#endif
