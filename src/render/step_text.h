/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One step that ran, for people. */
#ifndef RENDER_STEP_TEXT_H
#define RENDER_STEP_TEXT_H

#include "model/evidence.h"
#include "model/verdict.h"
#include "render/style.h"

/*
 * Appends what was done, what was observed, what that means and the proof of it. Verbosity 1 and
 * more adds the log records, counters and events of other functions.
 */
void step_text_write(struct strbuf *out, const struct text_style *style,
		     const struct step_evidence *step, const struct step_result *result);

/* Appends "0000:01:00.0 + 0000:02:00.0" and the like. */
void step_text_functions(struct strbuf *out, const struct step_evidence *step);

/* Appends "write: ok; depth 2; IOMMU blocked, then DMA-FQ again; 112 ms", not escaped. */
void step_text_observed(struct strbuf *line, const struct step_evidence *step,
			const struct step_result *result);

/*
 * Appends the counters that rose or are not known, "warn_count +1, irq:dmar0 not known (EACCES)",
 * not escaped; @all: those of traffic too.
 */
void step_text_counters(struct strbuf *line, const struct step_evidence *step, bool all);

#endif
