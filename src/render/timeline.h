/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The trace of one step as lines that people can follow. */
#ifndef RENDER_TIMELINE_H
#define RENDER_TIMELINE_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "model/evidence.h"

/*
 * Appends a line for each event of the functions under test, with milliseconds since the first
 * write to reset; calls and their returns are one line. @all adds probes and events of others, and has no
 * limit.
 * Appends nothing when the step has no such events.
 */
void timeline_write(struct strbuf *out, const struct step_evidence *step, bool all);

#endif
