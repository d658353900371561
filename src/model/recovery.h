/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of the changes that a run did not live to put back. */
#ifndef MODEL_RECOVERY_H
#define MODEL_RECOVERY_H

#include <stddef.h>

#include "base/attr.h"
#include "model/evidence.h"

enum recovery_outcome {
	RECOVERY_DONE,	  /* put back, and read back */
	RECOVERY_NOTHING, /* it was as before already */
	RECOVERY_GONE,	  /* the function is gone or another one: there is nothing to put back */
	RECOVERY_LEFT,	  /* somebody else has changed it since, and that stays */
	RECOVERY_FAILED,  /* it is still changed */
};
#define RECOVERY_OUTCOME_COUNT 5
extern const char *const recovery_outcome_names[RECOVERY_OUTCOME_COUNT];

struct recovery_item {
	const char *kind;	/* "methods", "driver", "trace", "setting"; static */
	char function[BDF_MAX]; /* "" for none */
	enum recovery_outcome outcome;
	char text[2 * WHY_MAX];	  /* one sentence, from the machine: escape it */
	char remedy[2 * WHY_MAX]; /* RECOVERY_FAILED: what to do next */
};

/* A reset during which the host went down. */
struct recovery_down {
	char scenario[16];
	char method[METHOD_NAME_MAX];
	char functions[SUBJECTS_MAX * BDF_MAX]; /* separated by blanks */
	char started[32];			/* of its run; "" when unknown */
	char release[65];			/* the kernel then; "" when unknown */
	char source[WHY_MAX];			/* where it is known from */
};

struct recovery {
	struct recovery_item *items;
	size_t item_count;
	struct recovery_down *downs;
	size_t down_count;
	char **notes;
	size_t note_count;
};

#define _cleanup_recovery_ _cleanup_(recovery_free)

/* Append a zeroed element and return it, NULL when memory is short. */
struct recovery_item *recovery_add_item(struct recovery *recovery);
struct recovery_down *recovery_add_down(struct recovery *recovery);
int recovery_note(struct recovery *recovery, const char *format, ...) _printf_(2, 3) _must_check_;

/* How many items have that outcome. Pure. */
size_t recovery_count(const struct recovery *recovery, enum recovery_outcome outcome);

void recovery_free(struct recovery *recovery);

#endif
