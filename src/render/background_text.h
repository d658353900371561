/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the machine went through beside the resets, for people. */
#ifndef RENDER_BACKGROUND_TEXT_H
#define RENDER_BACKGROUND_TEXT_H

#include "base/strbuf.h"
#include "model/background.h"

/* Appends a section with a line for each function or process; nothing for an empty list. */
void background_text_write(struct strbuf *out, const struct background *list, size_t count);

#endif
