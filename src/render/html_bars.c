// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/errname.h"
#include "render/html.h"
#include "render/html_svg.h"

/* The bars of a row, as far as labels are concerned. */
struct bar {
	const struct picture_span *span;
	unsigned int row;
};

/* The label of the bar at @index may reach to its neighbours in the row. */
static struct svg_room room_of(const struct svg *svg, const struct bar *bars, size_t count,
			       size_t index)
{
	struct svg_room room = {SVG_LEFT, SVG_WIDTH, svg_x(svg, bars[index].span->begin_ns),
				svg_x(svg, bars[index].span->end_ns)};

	for (size_t i = 0; i < count; i++) {
		double begin = svg_x(svg, bars[i].span->begin_ns);
		double end = svg_x(svg, bars[i].span->end_ns);

		if (i == index || bars[i].row != bars[index].row)
			continue;
		/* Half of the space between two is for each of them. */
		if (i < index && (end + room.begin) / 2 > room.from)
			room.from = (end + room.begin) / 2;
		if (i > index && (begin + room.end) / 2 < room.to)
			room.to = (begin + room.end) / 2;
	}
	return room;
}

/* A probe asks whether the function has the method; that it has not is no failure. */
static void word_probe(struct strbuf *text, const struct picture_reset *reset)
{
	strbuf_printf(text, "%s() probed", reset->symbol);
	if (reset->error)
		strbuf_printf(text, ": %s", errno_name(reset->error));
}

static void word_reset(struct strbuf *text, const struct picture_reset *reset)
{
	strbuf_printf(text, "%s()", reset->symbol);
	if (!reset->span.ended)
		strbuf_puts(text, " does not return");
	else if (reset->error)
		strbuf_printf(text, " fails: %s", errno_name(reset->error));
	else {
		strbuf_puts(text, " works, ");
		html_ms(text, (uint64_t)(reset->span.end_ns - reset->span.begin_ns));
	}
}

static const char *class_of(const struct picture_reset *reset)
{
	if (reset->probe)
		return "write";
	return reset->error || !reset->span.ended ? "failed" : "bar";
}

static void draw_reset(const struct svg *svg, const struct picture_reset *reset,
		       const struct svg_room *room)
{
	double y = svg->y + reset->row * SVG_ROW;
	_cleanup_strbuf_ struct strbuf text = {0}, brief = {0};

	if (reset->probe)
		word_probe(&text, reset);
	else
		word_reset(&text, reset);
	if (reset->error && !reset->probe)
		strbuf_puts(&brief, errno_name(reset->error));
	else if (reset->span.ended && !reset->probe)
		html_ms(&brief, (uint64_t)(reset->span.end_ns - reset->span.begin_ns));
	svg_box_begin(svg, &reset->span, y + 2, SVG_ROW - 4, class_of(reset));
	html_text(svg->out, text.text ? text.text : "");
	svg_span_time(svg->out, &reset->span);
	svg_box_end(svg);
	svg_label(svg, room, y + 14, text.text ? text.text : "", brief.text ? brief.text : "");
}

void svg_resets(struct svg *svg, const struct picture_lane *lane)
{
	_cleanup_free_ struct bar *bars = calloc(lane->reset_count + 1, sizeof(*bars));

	if (!bars) {
		svg->out->error = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < lane->reset_count; i++)
		bars[i] = (struct bar){&lane->resets[i].span, lane->resets[i].row};
	if (lane->reset_rows)
		svg_row_name(svg, svg->y + 14, "reset");
	for (size_t i = 0; i < lane->reset_count; i++) {
		struct svg_room room = room_of(svg, bars, lane->reset_count, i);

		draw_reset(svg, &lane->resets[i], &room);
	}
	svg->y += lane->reset_rows * SVG_ROW;
}

static void word_write(struct strbuf *text, const struct picture_write *write)
{
	strbuf_printf(text, "%s%s%s", write_kind_names[write->kind],
		      write->value && write->value[0] ? " " : "", write->value ? write->value : "");
	if (write->hung)
		strbuf_puts(text, ": did not return");
	else if (write->error)
		strbuf_printf(text, ": %s", errno_name(write->error));
	else
		strbuf_puts(text, ": ok");
}

static void draw_write(const struct svg *svg, const struct picture_write *write,
		       const struct svg_room *room)
{
	double y = svg->y + write->row * SVG_ROW;
	_cleanup_strbuf_ struct strbuf text = {0};

	word_write(&text, write);
	svg_box_begin(svg, &write->span, y + 2, SVG_ROW - 4,
		      write->error || write->hung ? "failed" : "write");
	html_text(svg->out, text.text ? text.text : "");
	svg_span_time(svg->out, &write->span);
	svg_box_end(svg);
	svg_label(svg, room, y + 14, text.text ? text.text : "",
		  write->error ? errno_name(write->error) : "");
}

void svg_writes(struct svg *svg, const struct picture_lane *lane)
{
	_cleanup_free_ struct bar *bars = calloc(lane->write_count + 1, sizeof(*bars));

	if (!bars) {
		svg->out->error = -ENOMEM;
		return;
	}
	for (size_t i = 0; i < lane->write_count; i++)
		bars[i] = (struct bar){&lane->writes[i].span, lane->writes[i].row};
	if (lane->write_rows)
		svg_row_name(svg, svg->y + 14, "write by the tool");
	for (size_t i = 0; i < lane->write_count; i++) {
		struct svg_room room = room_of(svg, bars, lane->write_count, i);

		draw_write(svg, &lane->writes[i], &room);
	}
	svg->y += lane->write_rows * SVG_ROW;
}
