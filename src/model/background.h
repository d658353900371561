/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happened on the machine at the time of a reset and was not of it. */
#ifndef MODEL_BACKGROUND_H
#define MODEL_BACKGROUND_H

#include <stdint.h>

#include "base/attr.h"
#include "model/evidence.h"

/* More than these are counted together. */
#define BACKGROUND_MAX 64

/* Events of one kind and one origin: a function, or a process. */
struct background {
	char function[BDF_MAX]; /* as the log prints it; "" when it names none */
	int pid;		/* -1: not known, or not a process */
	char symbol[SYMBOL_MAX];
	const char *kind; /* static: "iommu-fault" */
	uint64_t events;
};

/* Kind and origin of what does not fit into a list any more. */
extern const char background_more[];

/* Adds @one's events to those of the same origin and kind. Returns 0 or -ENOMEM. */
int background_add(struct background **list, size_t *count,
		   const struct background *one) _must_check_;

#endif
