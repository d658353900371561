/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The trace of one function, read as cycles: outermost prepare to outermost done. */
#ifndef JUDGE_CYCLE_H
#define JUDGE_CYCLE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/domain.h"
#include "model/evidence.h"

struct cycle {
	int pid;	   /* who entered the outermost prepare */
	bool others;	   /* ... which is known to be no process of the step */
	uint64_t begin_ns; /* outermost prepare entered */
	uint64_t end_ns;   /* outermost done entered, or the refusal of the outermost prepare */
	unsigned int prepares, dones;
	unsigned int depth_max;	  /* prepares that held at once */
	int error;		  /* first negative return of a prepare */
	unsigned int error_depth; /* prepares that held when that happened */
	unsigned int blocks;	  /* successful attaches to the blocking domain */
	unsigned int restores;	  /* ... to any other */
	uint64_t block_ns;
	int restore_type;    /* domain type of the last restore */
	bool early_unblock;  /* a restore began while a prepare still held */
	bool block_failed;   /* an attach to the blocking domain failed */
	bool restore_failed; /* an attach to a working domain failed */
	bool reset_blocked;  /* the reset ran while blocked from end to end, and returned 0 */
	bool closed;	     /* as many dones as held prepares */
};

#define CYCLES_MAX 8

/* All that the trace says of one function in one step. */
struct function_trace {
	struct cycle cycles[CYCLES_MAX];
	unsigned int cycle_count; /* more than CYCLES_MAX are counted, not kept */
	unsigned int stray_dones; /* dones without a prepare */
	bool stray_block;	  /* the blocking domain was attached before any prepare */
	bool reset_ok;		  /* the method's primitive was entered for real and returned 0 */
	int reset_error;	  /* first negative return of it */
	bool torn;		  /* entries and returns do not match: events are missing */
	bool outside;		  /* events that are not of the write: before it, or after it, or
				     of another process's reset that is not there as a whole */
};

/* Reads the events of @function. @method decides which primitive proves the reset. Pure. */
struct function_trace function_trace_read(const struct step_evidence *step, const char *function,
					  const char *method);

/* The same of what began and ended within one write. Pure. */
struct function_trace function_trace_within(const struct step_evidence *step,
					    const struct step_write *write, const char *method);

/* Whether two functions were blocked at the same time. Pure. */
bool cycles_overlap(const struct function_trace *a, const struct function_trace *b);

/* Whether @a held a prepare without ever being blocked for it, while @b was blocked. Pure. */
bool cycles_differ(const struct function_trace *a, const struct function_trace *b);

#endif
