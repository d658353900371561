/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The drawing of a step under way, and what its parts share. */
#ifndef RENDER_HTML_SVG_H
#define RENDER_HTML_SVG_H

#include "base/strbuf.h"
#include "model/picture.h"
#include "render/html_axis.h"

/* In units of the drawing, which is scaled to the width of the page. */
#define SVG_WIDTH 960.0
#define SVG_LEFT 150.0 /* of it: names of the rows */
#define SVG_PLOT (SVG_WIDTH - SVG_LEFT - 14)
#define SVG_TOP 22.0 /* where the first lane begins below its title */
#define SVG_ROW 20.0

struct svg {
	struct strbuf *out;
	const struct picture *picture;
	struct html_axis axis;
	double y; /* where the next row begins */
};

double svg_x(const struct svg *svg, int64_t at_ns);
void svg_time(struct strbuf *out, int64_t at_ns);

/* Appends ", 1.250 ms, from +0.100 ms". */
void svg_span_time(struct strbuf *out, const struct picture_span *span);

/* Names a row at its left; @name is HTML. */
void svg_row_name(const struct svg *svg, double y, const char *name);

/* A box for @span, up to where the text of its title is to come, and its end. */
void svg_box_begin(const struct svg *svg, const struct picture_span *span, double y, double height,
		   const char *class);
void svg_box_end(const struct svg *svg);

/* A label is to stand between @from and @to, and best in the box from @begin to @end. */
struct svg_room {
	double from, to, begin, end;
};

/*
 * Writes @text into the box, or else to the right or left of it; where there is no room, @brief, or
 * nothing: the title says it as well.
 */
void svg_label(const struct svg *svg, const struct svg_room *room, double y, const char *text,
	       const char *brief);

/* One function of the step: its height, and it. */
double svg_lane_height(const struct picture_lane *lane);
void svg_lane(struct svg *svg, const struct picture_lane *lane);

/* Of that, the rows of bars. */
void svg_resets(struct svg *svg, const struct picture_lane *lane);
void svg_writes(struct svg *svg, const struct picture_lane *lane);

/* The rows of marks, one for each kind that there are any of, and lines up from what is bad. */
double svg_marks_height(const struct picture *picture);
void svg_marks(struct svg *svg);
size_t svg_count_marks(const struct picture *picture, enum picture_mark_kind kind);
extern const char *const svg_mark_names[PICTURE_MARK_KIND_COUNT];

#endif
