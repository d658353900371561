/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the judge says: per step and for the run. */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/background.h"
#include "model/evidence.h"
#include "model/slug.h"
#include "model/totals.h"

enum run_verdict {
	RUN_FIXED,
	RUN_NOT_AFFECTED,
	RUN_VULNERABLE,
	RUN_BROKEN,
	RUN_INCONCLUSIVE,
	RUN_SKIPPED,
};
#define RUN_VERDICT_COUNT 6
extern const char *const run_verdict_names[RUN_VERDICT_COUNT]; /* "fixed", "not-affected", ... */

/* Something seen, with the observations that show it, each one line of text. */
struct finding {
	const struct slug *slug;
	char function[BDF_MAX]; /* "" when it concerns no single function */
	char *text;		/* one sentence with the particulars */
	char **evidence;
	size_t evidence_count;
};

enum register_verdict {
	REGISTER_MAY_CHANGE,
	REGISTER_DRIVERS, /* its driver may have written it anew */
	REGISTER_NOT_KEPT,
	REGISTER_LINK_LESS, /* speed or width lost */
	REGISTER_SBR_OPEN,  /* the CXL port's mask was closed before and is not now */
};
#define REGISTER_VERDICT_COUNT 5
extern const char *const register_verdict_names[REGISTER_VERDICT_COUNT]; /* "may-change", ... */

/* A register of a function, or of the port above one, that differs after the reset. */
struct register_change {
	char function[BDF_MAX];
	char name[32];
	unsigned int width_bytes;
	uint32_t before, after;
	char bits[160]; /* "Bus Master lost, Memory Space set"; "" when the value says it all */
	enum register_verdict verdict;
	const char *why; /* it may change, or who puts it back */
};

/* What the step shows of one of its functions. */
struct subject_result {
	enum step_verdict verdict;
	const struct slug *reason; /* as in the step's result */
	/* How long the kernel waited for it to answer after a reset; it says so from 1 s on, else
	 * 0. */
	unsigned int ready_ms;
};

struct step_result {
	enum step_verdict verdict;
	const struct slug *reason; /* NULL for a pass; a fail's first finding */
	char text[256];		   /* one sentence: what the verdict rests on */
	unsigned int depth_max;	   /* most prepares that held at once for one function */
	bool blocked;		   /* every cycle blocked the IOMMU and restored its domain */
	bool overlapped;	   /* cycles of different functions overlapped in time */
	bool unblocked;		   /* one was never blocked while another one of its group was */
	uint64_t duration_ns;	   /* the longest write to reset */
	struct subject_result subjects[SUBJECTS_MAX]; /* of a step that was run */
	struct finding *findings;		      /* failing ones */
	size_t finding_count;
	char **notes; /* observations that decide nothing, one line each */
	size_t note_count;
	struct background *background; /* what was not of the step */
	size_t background_count;
	struct register_change *registers; /* all that differ */
	size_t register_count;
};

/* What the verdict on a run rests on: all its steps, kept or not. */
struct tally {
	uint64_t bugs, broken, inconclusive, passed;
	bool tried; /* a reset, or another write, was begun */
	bool asked; /* for nested or sibling resets, even where they were skipped */
	bool nested_passed, nested_unproven, siblings_passed;
	bool contradicted; /* a step saw prepare/done on a kernel that should have none */
	bool unblocked;	   /* a step saw a function that was not blocked beside another one */
};

/* @steps has one entry for each step that the evidence keeps, in its order. */
struct run_result {
	enum run_verdict verdict;
	enum static_verdict static_verdict;
	const char *static_reason;
	bool contradiction; /* static facts and behaviour disagree */
	char summary[256];  /* one sentence for people */
	struct step_result *steps;
	size_t step_count;
	struct step_result *examples; /* an entry for each of the evidence's */
	size_t example_count;
	bool trimmed; /* there were steps of a second round, and not all are kept */
	struct tally tally;
	struct totals totals;
	struct background *background; /* of all steps, kept or not */
	size_t background_count;
};

#define _cleanup_result_ _cleanup_(result_free)

/* Adds a finding and returns it, NULL when memory is short. */
struct finding *result_add_finding(struct step_result *result, const char *slug,
				   const char *function, const char *format, ...) _printf_(4, 5);
int finding_add_evidence(struct finding *finding, const char *format, ...)
	_printf_(2, 3) _must_check_;
int result_add_note(struct step_result *result, const char *format, ...)
	_printf_(2, 3) _must_check_;

/* Appends a zeroed change and returns it, NULL when memory is short. */
struct register_change *result_add_register(struct step_result *result);

/* "Command: 0x0006 -> 0x0002: Bus Master lost". Pure. */
void register_change_text(const struct register_change *change, char *text, size_t size_bytes);

/* Frees what the result of a step points to and empties it. */
void step_result_clear(struct step_result *step);

/* The exit status for a verdict: 0, 1 or 4 (kselftest's numbers). Pure. */
int run_verdict_exit_status(enum run_verdict verdict);

void result_free(struct run_result *result);

#endif
