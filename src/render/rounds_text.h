/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What many rounds of the same steps come to, for people. */
#ifndef RENDER_ROUNDS_TEXT_H
#define RENDER_ROUNDS_TEXT_H

#include "base/strbuf.h"
#include "model/totals.h"

/* Appends the counts and latencies of each series that was run. */
void rounds_text_write(struct strbuf *out, const struct totals *totals);

#endif
