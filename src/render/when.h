/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Moments of a run in the time of the world, from its evidence alone. */
#ifndef RENDER_WHEN_H
#define RENDER_WHEN_H

#include "base/attr.h"
#include "model/evidence.h"

#define WHEN_MAX 32

/* "2026-01-31T23:59:59Z" as seconds since 1970; 0 for what is no such moment. Pure. */
int64_t when_parse_s(const char *text);

/* A moment as RFC 3339 has it, with milliseconds. Pure. */
void when_format(int64_t since_1970_s, uint64_t and_ns, char text[WHEN_MAX]);

/* Seconds since 1970 when the run began, 0 when the evidence does not tell. Pure. */
int64_t run_started_s(const struct run_evidence *run);

/*
 * The moment @time_ns (CLOCK_MONOTONIC of the run's host) as RFC 3339 has it, with milliseconds; 0,
 * and evidence without such a clock, give the run's beginning. Pure.
 */
void run_when(const struct run_evidence *run, uint64_t time_ns, char text[WHEN_MAX]);

/* First and last moment of a step's writes; 0 when nothing was written. Pure. */
uint64_t step_begin_ns(const struct step_evidence *step);
uint64_t step_end_ns(const struct step_evidence *step);

#endif
