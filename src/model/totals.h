/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What all steps of a run come to, in memory that grows with what is tested and not with how often:
 * the counts of verdicts and the latencies of each series, and the sums of the counters.
 */
#ifndef MODEL_TOTALS_H
#define MODEL_TOTALS_H

#include "base/attr.h"
#include "base/hash_index.h"
#include "model/drift.h"
#include "model/evidence.h"
#include "model/latency.h"

enum step_verdict {
	STEP_PASS,
	STEP_FAIL,
	STEP_SKIP,
	STEP_INCONCLUSIVE,
};
#define STEP_VERDICT_COUNT 4
extern const char *const step_verdict_names[STEP_VERDICT_COUNT]; /* "pass", "fail", ... */

/* The same step in each round. */
struct series {
	enum scenario scenario;
	char method[METHOD_NAME_MAX];
	char functions[SUBJECTS_MAX][BDF_MAX];
	size_t function_count;
	uint64_t counts[STEP_VERDICT_COUNT];
	struct latency latency; /* of the resets that returned success */
	struct drift *drifts;	/* of the same, of each function; NULL: no step was run */
};

struct counter_sum {
	char name[64];
	uint64_t delta; /* of the steps in which it was known */
	bool known;	/* in one of them */
	char why[64];	/* the last reason why it was not in another one, "" when there is none */
};

/* Zeroed it is empty. */
struct totals {
	unsigned int rounds; /* begun */
	uint64_t counts[STEP_VERDICT_COUNT];
	struct series *series; /* in the order they were first met */
	size_t series_count;
	struct hash_index series_index;
	struct counter_sum *counters;
	size_t counter_count;
	struct hash_index counter_index; /* by name */
};

/*
 * Takes a judged step in; @waited: whether the kernel waited for one of its functions after a
 * reset. Returns 0 or -ENOMEM.
 */
int totals_add(struct totals *totals, const struct step_evidence *step, enum step_verdict verdict,
	       bool waited) _must_check_;

/* Whether @step is one of the series. Pure. */
bool series_has(const struct series *series, const struct step_evidence *step);

/*
 * How the resets of the series changed, of the function whose did most, which is functions[*index]:
 * together, those of another one would hide it. Pure.
 */
struct drift_result series_drift(const struct series *series, size_t *index);

/* All steps. Pure. */
uint64_t totals_steps(const struct totals *totals);

/* Frees what it points to and empties it. */
void totals_clear(struct totals *totals);

#endif
