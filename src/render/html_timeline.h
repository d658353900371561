/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The picture of a step as SVG. */
#ifndef RENDER_HTML_TIMELINE_H
#define RENDER_HTML_TIMELINE_H

#include "base/strbuf.h"
#include "model/picture.h"
#include "render/html.h"

/*
 * Appends a figure with the picture: for each function how many prepares hold, the time in which
 * its IOMMU is blocked, its resets and writes; the log below. @name says what it is of; the ids of
 * its title and description begin with @id.
 */
void html_timeline(struct strbuf *out, const char *id, const char *name,
		   const struct picture *picture);

/* Appends what the pictures' colours mean and what to look for in them. */
void html_legend(struct strbuf *out);

#endif
