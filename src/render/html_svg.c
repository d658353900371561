// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_svg.h"

#include "render/html.h"

#define CHARACTER_WIDTH 6.6
#define PADDING 5.0

double svg_x(const struct svg *svg, int64_t at_ns)
{
	return html_axis_x(&svg->axis, at_ns);
}

void svg_time(struct strbuf *out, int64_t at_ns)
{
	strbuf_printf(out, "%+.3f ms", (double)at_ns / 1e6);
}

void svg_span_time(struct strbuf *out, const struct picture_span *span)
{
	if (span->ended)
		strbuf_printf(out, ", %.3f ms, from ",
			      (double)(span->end_ns - span->begin_ns) / 1e6);
	else
		strbuf_puts(out, ", its end was not seen, from ");
	svg_time(out, span->begin_ns);
}

void svg_row_name(const struct svg *svg, double y, const char *name)
{
	strbuf_printf(svg->out, "<text class=\"label\" x=\"2\" y=\"%.1f\">%s</text>\n", y, name);
}

void svg_box_begin(const struct svg *svg, const struct picture_span *span, double y, double height,
		   const char *class)
{
	double x = svg_x(svg, span->begin_ns), end = svg_x(svg, span->end_ns);

	strbuf_printf(svg->out,
		      "<rect class=\"%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		      "height=\"%.1f\"><title>",
		      class, span->ended ? "" : " open", x, y, end - x < 1.5 ? 1.5 : end - x,
		      height);
}

void svg_box_end(const struct svg *svg)
{
	strbuf_puts(svg->out, "</title></rect>\n");
}

/* Where text of this width goes; below 0: nowhere. */
static double find_place(const struct svg_room *room, double width)
{
	if (width + 2 * PADDING <= room->end - room->begin)
		return room->begin + PADDING;
	if (room->end + PADDING + width <= room->to)
		return room->end + PADDING;
	if (room->begin - PADDING - width >= room->from)
		return room->begin - PADDING - width;
	return -1;
}

void svg_label(const struct svg *svg, const struct svg_room *room, double y, const char *text,
	       const char *brief)
{
	double x = find_place(room, (double)strlen(text) * CHARACTER_WIDTH);

	if (x < 0) {
		text = brief;
		x = find_place(room, (double)strlen(text) * CHARACTER_WIDTH);
	}
	if (x < 0 || !*text)
		return;
	strbuf_printf(svg->out, "<text x=\"%.1f\" y=\"%.1f\">", x, y);
	html_text(svg->out, text);
	strbuf_puts(svg->out, "</text>\n");
}
