// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/html_timeline.h"

#include "render/html_svg.h"

#define AXIS_HEIGHT 26.0
#define TICKS 8

static void draw_axis(const struct svg *svg, double bottom)
{
	int64_t step_ns = html_axis_step_ns(&svg->axis, TICKS);
	int64_t at_ns = html_axis_first_ns(&svg->axis, step_ns);
	int digits = step_ns >= 1000000 ? 0 : step_ns >= 100000 ? 1 : step_ns >= 10000 ? 2 : 3;

	strbuf_printf(svg->out, "<path class=\"axis\" d=\"M%.1f %.1fh%.1f\"/>\n", SVG_LEFT, bottom,
		      SVG_PLOT);
	for (; at_ns <= svg->axis.end_ns; at_ns += step_ns)
		strbuf_printf(svg->out,
			      "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>"
			      "<text class=\"label\" x=\"%.1f\" y=\"%.1f\" "
			      "text-anchor=\"middle\">%.*f</text>\n",
			      svg_x(svg, at_ns), SVG_TOP, bottom + 4, svg_x(svg, at_ns),
			      bottom + 18, digits, (double)at_ns / 1e6);
	svg_row_name(svg, bottom + 18, "milliseconds");
}

static void describe_lane(struct strbuf *out, const struct picture_lane *lane)
{
	html_text(out, lane->function);
	strbuf_printf(out, ": %zu writes, %zu resets, nesting depth %u at most", lane->write_count,
		      lane->reset_count, lane->depth_max);
	if (lane->refusal_count)
		strbuf_printf(out, ", %zu prepares refused", lane->refusal_count);
	strbuf_printf(out, ", IOMMU blocked %zu times. ", lane->window_count);
}

static void begin_svg(const struct svg *svg, const char *id, const char *name, double height)
{
	const struct picture *picture = svg->picture;

	strbuf_printf(svg->out,
		      "<svg class=\"timeline\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
		      "aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">",
		      SVG_WIDTH, height, id, id, id);
	html_text(svg->out, name);
	strbuf_printf(svg->out, "</title>\n<desc id=\"%s-desc\">", id);
	for (size_t i = 0; i < picture->lane_count; i++)
		describe_lane(svg->out, &picture->lanes[i]);
	for (unsigned int kind = 0; kind < PICTURE_MARK_KIND_COUNT; kind++)
		if (svg_count_marks(picture, kind))
			strbuf_printf(svg->out, "%s: %zu. ", svg_mark_names[kind],
				      svg_count_marks(picture, kind));
	strbuf_puts(svg->out, "</desc>\n");
}

static void write_caption(struct strbuf *out, const struct picture *picture)
{
	strbuf_puts(out, "<figcaption>Milliseconds since the first write to reset.");
	if (picture->log_lines && !picture->log_placed)
		strbuf_printf(out,
			      " Not drawn: %zu line%s of the kernel's log, for nothing ties its "
			      "clock to that of the trace.",
			      picture->log_lines, picture->log_lines == 1 ? "" : "s");
	else if (picture->log_lines && !picture->log_tied)
		strbuf_printf(out,
			      " The kernel's log has another clock: its lines may belong up to "
			      "%.1f ms further left or right.",
			      (double)picture->log_off_by_ns / 1e6);
	if (picture->beyond)
		strbuf_printf(out, " %zu of the marks, at the edge, came long before or after.",
			      picture->beyond);
	if (picture->left_out)
		strbuf_printf(out, " Not drawn: %zu more event%s.", picture->left_out,
			      picture->left_out == 1 ? "" : "s");
	strbuf_puts(out, "</figcaption>\n");
}

void html_timeline(struct strbuf *out, const char *id, const char *name,
		   const struct picture *picture)
{
	struct svg svg = {
		.out = out,
		.picture = picture,
		.axis = html_axis_make(picture->begin_ns, picture->end_ns, SVG_LEFT, SVG_PLOT),
	};
	double bottom = 0;

	for (size_t i = 0; i < picture->lane_count; i++)
		bottom += svg_lane_height(&picture->lanes[i]);
	bottom += svg_marks_height(picture);
	strbuf_puts(out, "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
			 "aria-label=\"");
	html_text(out, name);
	strbuf_puts(out, "\">\n");
	begin_svg(&svg, id, name, bottom + AXIS_HEIGHT);
	draw_axis(&svg, bottom);
	for (size_t i = 0; i < picture->lane_count; i++)
		svg_lane(&svg, &picture->lanes[i]);
	svg_marks(&svg);
	strbuf_puts(out, "</svg>\n</div>\n");
	write_caption(out, picture);
	strbuf_puts(out, "</figure>\n");
}
