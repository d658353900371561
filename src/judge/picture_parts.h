/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of which picture_make() puts a picture together. Each returns 0 or -ENOMEM. Pure. */
#ifndef JUDGE_PICTURE_PARTS_H
#define JUDGE_PICTURE_PARTS_H

#include "judge/picture.h"

/* Deeper ones share the last row. */
#define PICTURE_ROWS_MAX 8

/* 36 years: what a file claims beyond that is cut there. */
#define PICTURE_NS_MAX (INT64_C(1) << 60)

static inline int64_t picture_ns(uint64_t time_ns, uint64_t zero_ns)
{
	int64_t since_ns = (int64_t)(time_ns - zero_ns);

	if (since_ns > PICTURE_NS_MAX)
		return PICTURE_NS_MAX;
	return since_ns < -PICTURE_NS_MAX ? -PICTURE_NS_MAX : since_ns;
}

/* @zero_ns is the time of the trace that is 0 in the picture. */
int picture_add_trace(const struct step_evidence *step, uint64_t zero_ns,
		      struct picture *picture) _must_check_;
int picture_add_writes(const struct step_evidence *step, uint64_t zero_ns,
		       struct picture *picture) _must_check_;

/* The picture's begin and end must be known; they grow a little for warnings and faults. */
int picture_add_log(const struct step_evidence *step, uint64_t zero_ns,
		    struct picture *picture) _must_check_;

#endif
