// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/errname.h"
#include "model/domain.h"
#include "render/html.h"
#include "render/html_svg.h"

#define LEVEL_HEIGHT 16.0
#define GAP 10.0

static unsigned int level_count(const struct picture_lane *lane)
{
	return lane->depth_max ? lane->depth_max : 1;
}

static double window_height(const struct picture_lane *lane)
{
	return level_count(lane) * LEVEL_HEIGHT + 3 + lane->reset_rows * SVG_ROW;
}

double svg_lane_height(const struct picture_lane *lane)
{
	return SVG_TOP + window_height(lane) + lane->write_rows * SVG_ROW + GAP;
}

static void draw_window(const struct svg *svg, const struct picture_lane *lane, size_t index)
{
	const struct picture_window *window = &lane->windows[index];
	bool last = index + 1 == lane->window_count;
	_cleanup_strbuf_ struct strbuf label = {0}, brief = {0};
	double x = svg_x(svg, window->span.begin_ns);
	struct svg_room room = {.begin = x, .end = x, .from = SVG_LEFT};

	if (window->span.ended) {
		html_ms(&brief, (uint64_t)(window->span.end_ns - window->span.begin_ns));
		strbuf_printf(&label, "IOMMU blocked %s, then %s", brief.text ? brief.text : "",
			      domain_type_name(window->restored));
	} else {
		strbuf_puts(&brief, "blocked");
		strbuf_puts(&label, "IOMMU blocked, and not seen to come back");
	}
	svg_box_begin(svg, &window->span, svg->y - 3, window_height(lane) + 5, "window");
	html_text(svg->out, label.text ? label.text : "");
	svg_span_time(svg->out, &window->span);
	svg_box_end(svg);
	if (index)
		room.from = x;
	room.to = last ? SVG_WIDTH : svg_x(svg, lane->windows[index + 1].span.begin_ns) - GAP;
	svg_label(svg, &room, svg->y - 7, label.text ? label.text : "",
		  brief.text ? brief.text : "");
}

static void draw_level(const struct svg *svg, const struct picture_lane *lane, size_t index,
		       double base)
{
	const struct picture_level *level = &lane->levels[index];
	bool last = index + 1 == lane->level_count;
	struct picture_span span = {
		.begin_ns = level->at_ns,
		.end_ns = last ? svg->picture->end_ns : lane->levels[index + 1].at_ns,
		.ended = !last,
	};

	if (level->depth == 0)
		return;
	svg_box_begin(svg, &span, base - level->depth * LEVEL_HEIGHT + 2,
		      level->depth * LEVEL_HEIGHT - 2, "depth");
	strbuf_printf(svg->out, "depth %u: so many prepares hold", level->depth);
	svg_span_time(svg->out, &span);
	svg_box_end(svg);
}

/* Its label may reach to the next one. */
static void draw_refusal(const struct svg *svg, const struct picture_lane *lane, size_t index,
			 double base)
{
	const struct picture_refusal *refusal = &lane->refusals[index];
	double x = svg_x(svg, refusal->at_ns);
	double y = base - refusal->depth * LEVEL_HEIGHT - LEVEL_HEIGHT / 2;
	struct svg_room room = {SVG_LEFT, SVG_WIDTH, x - 5, x + 5};
	_cleanup_strbuf_ struct strbuf label = {0};

	if (index)
		room.from = x; /* the one before it has its label there */
	if (index + 1 < lane->refusal_count)
		room.to = svg_x(svg, lane->refusals[index + 1].at_ns) - 5;
	if (refusal->error)
		strbuf_printf(&label, "prepare refused: %s", errno_name(refusal->error));
	else
		strbuf_puts(&label, "prepare: its return was not seen");
	strbuf_printf(svg->out, "<path class=\"cross\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"><title>",
		      x - 4, y - 4);
	html_text(svg->out, label.text ? label.text : "");
	strbuf_puts(svg->out, ", at ");
	svg_time(svg->out, refusal->at_ns);
	strbuf_puts(svg->out, "</title></path>\n");
	svg_label(svg, &room, y + 4, label.text ? label.text : "",
		  refusal->error ? errno_name(refusal->error) : "");
}

static void draw_depth(struct svg *svg, const struct picture_lane *lane)
{
	unsigned int levels = level_count(lane);
	double base = svg->y + levels * LEVEL_HEIGHT;

	svg_row_name(svg, base - 4, "nesting depth");
	for (unsigned int i = 1; i <= levels; i++)
		strbuf_printf(svg->out,
			      "<text class=\"label\" x=\"%.1f\" y=\"%.1f\" "
			      "text-anchor=\"end\">%u</text>\n",
			      SVG_LEFT - 8, base - (i - 1) * LEVEL_HEIGHT - 4, i);
	strbuf_printf(svg->out, "<path class=\"axis\" d=\"M%.1f %.1fh%.1f\"/>\n", SVG_LEFT, base,
		      SVG_PLOT);
	if (!svg->picture->traced)
		strbuf_printf(svg->out,
			      "<text class=\"label\" x=\"%.1f\" y=\"%.1f\">not traced"
			      "</text>\n",
			      SVG_LEFT + 5, base - 4);
	for (size_t i = 0; i < lane->level_count; i++)
		draw_level(svg, lane, i, base);
	for (size_t i = 0; i < lane->refusal_count; i++)
		draw_refusal(svg, lane, i, base);
	svg->y = base + 3;
}

void svg_lane(struct svg *svg, const struct picture_lane *lane)
{
	double top = svg->y;

	strbuf_printf(svg->out, "<text class=\"name\" x=\"2\" y=\"%.1f\">", top + 14);
	html_text(svg->out, lane->function);
	strbuf_puts(svg->out, "</text>\n");
	svg->y = top + SVG_TOP;
	for (size_t i = 0; i < lane->window_count; i++)
		draw_window(svg, lane, i);
	draw_depth(svg, lane);
	svg_resets(svg, lane);
	svg_writes(svg, lane);
	svg->y = top + svg_lane_height(lane);
}
