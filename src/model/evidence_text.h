/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The evidence of a run as text that people can read and diff, and back. */
#ifndef MODEL_EVIDENCE_TEXT_H
#define MODEL_EVIDENCE_TEXT_H

#include "base/strbuf.h"
#include "model/evidence.h"

/* Appends the whole file. Check @out->error afterwards. */
void evidence_write(struct strbuf *out, const struct run_evidence *run);

/*
 * Parses a whole file. On failure *line is the number of the line at fault (from 1) and @run is
 * empty. Returns 0; -EINVAL: a malformed line; -ENODATA: the end record is missing or counts other
 * lines than there are, so the file is not whole; -EPROTO: not an evidence file, or of a version
 * this tool does not read; -ENOMEM. @run must be zeroed; freed by evidence_free().
 */
int evidence_parse(const char *text, struct run_evidence *run, size_t *line) _must_check_;

#endif
