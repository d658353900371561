/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a step's trace and log say, laid out in time for people to look at. It decides nothing. */
#ifndef JUDGE_PICTURE_H
#define JUDGE_PICTURE_H

#include "model/picture.h"

/* More events of the trace, and more marks, are counted as left out. */
#define PICTURE_EVENTS_MAX 2000
#define PICTURE_MARKS_MAX 300

/*
 * Fills a zeroed @picture, which borrows from @step and is freed by picture_clear() whatever comes
 * of it. Returns 0 or -ENOMEM. Pure.
 */
int picture_make(const struct step_evidence *step, struct picture *picture) _must_check_;

#endif
