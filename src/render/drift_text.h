/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What became of the resets of a series in the course of a run, as text. */
#ifndef RENDER_DRIFT_TEXT_H
#define RENDER_DRIFT_TEXT_H

#include "base/strbuf.h"
#include "model/totals.h"

/* "slower: 115.2 ms at the beginning, 180.4 ms at the end (medians of 64)" */
void drift_text_latency(struct strbuf *out, const struct series *series);

/* "more: in 0 of the first 64 steps, in 20 of the last"; nothing where there never was one. */
void drift_text_waits(struct strbuf *out, const struct series *series);

#endif
