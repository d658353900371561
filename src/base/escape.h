/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings from the machine (names, log lines, paths) made fit to be shown. */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/strbuf.h"

/*
 * Appends @text for a terminal or a line of a report: printable UTF-8 as it is, everything else
 * (control characters, invalid bytes, characters that reorder text or take no room) byte by byte
 * as \xNN. Pure but for allocation.
 */
void escape_printable(struct strbuf *out, const char *text);

/* Appends @text as valid UTF-8: only invalid bytes become \xNN. Pure but for allocation. */
void escape_utf8(struct strbuf *out, const char *text);

#endif
