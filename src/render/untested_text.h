/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is not tested and what is refused, for people: the same of a plan and of a run. */
#ifndef RENDER_UNTESTED_TEXT_H
#define RENDER_UNTESTED_TEXT_H

#include "model/evidence.h"
#include "render/style.h"

/* One step that is left out. All but @functions is borrowed. */
struct untested {
	enum scenario scenario;
	const char *method; /* "" when it concerns no single method */
	char *functions;    /* "0000:01:00.0 + 0000:02:00.0", owned by whoever has the array */
	const char *reason; /* slug */
	const char *text;
};

/*
 * Append a heading, each reason once with what it means and what to do, and below it what it holds
 * for; nothing when there is none. The arrays are only read. An allocation that fails is the
 * buffer's error.
 */
void untested_text_write(struct strbuf *out, const struct text_style *style,
			 const struct untested *list, size_t count);
void refused_text_write(struct strbuf *out, const struct text_style *style,
			const struct refusal *list, size_t count);

void untested_free(struct untested *list, size_t count);

#endif
