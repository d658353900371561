// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/errname.h"
#include "model/domain.h"
#include "render/html.h"
#include "render/html_svg.h"

#define GUIDES_MAX 40

const char *const svg_mark_names[PICTURE_MARK_KIND_COUNT] = {
	[PICTURE_LOG] = "kernel log",
	[PICTURE_WARNING] = "kernel warning",
	[PICTURE_FAULT] = "fault",
	[PICTURE_ATTACH] = "other attach",
};

size_t svg_count_marks(const struct picture *picture, enum picture_mark_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < picture->mark_count; i++)
		count += picture->marks[i].kind == kind;
	return count;
}

static void title_mark(struct strbuf *out, const struct picture_mark *mark)
{
	svg_time(out, mark->at_ns);
	strbuf_puts(out, " ");
	if (mark->text) {
		html_text(out, mark->text);
		return;
	}
	html_text(out, mark->function);
	strbuf_printf(out, " attached to %s",
		      mark->type < 0 ? "a domain" : domain_type_name(mark->type));
	if (mark->error)
		strbuf_printf(out, ": %s", errno_name(mark->error));
}

/* Each kind has a shape of its own. */
static void draw_mark(const struct svg *svg, const struct picture_mark *mark)
{
	static const struct {
		const char *class;
		const char *path; /* from its top */
	} shapes[PICTURE_MARK_KIND_COUNT] = {
		[PICTURE_LOG] = {"mark", "v12"},
		[PICTURE_WARNING] = {"warning", "l6 12h-12z"},
		[PICTURE_FAULT] = {"fault", "l6 6l-6 6l-6 -6z"},
		[PICTURE_ATTACH] = {"mark", "l5 6l-5 6"},
	};

	strbuf_printf(svg->out, "<path class=\"%s\" d=\"M%.1f %.1f%s\"><title>",
		      shapes[mark->kind].class, svg_x(svg, mark->at_ns), svg->y + 4,
		      shapes[mark->kind].path);
	title_mark(svg->out, mark);
	strbuf_puts(svg->out, "</title></path>\n");
}

double svg_marks_height(const struct picture *picture)
{
	double height = 0;

	for (unsigned int kind = 0; kind < PICTURE_MARK_KIND_COUNT; kind++)
		height += svg_count_marks(picture, kind) ? SVG_ROW : 0;
	return height;
}

/* Lines through the whole picture, to see with what a warning or fault coincides. */
static void draw_guides(const struct svg *svg)
{
	const struct picture *picture = svg->picture;
	unsigned int drawn = 0;

	for (size_t i = 0; i < picture->mark_count && drawn < GUIDES_MAX; i++) {
		if (picture->marks[i].kind != PICTURE_WARNING &&
		    picture->marks[i].kind != PICTURE_FAULT)
			continue;
		strbuf_printf(svg->out, "<path class=\"axis open\" d=\"M%.1f %.1fV%.1f\"/>\n",
			      svg_x(svg, picture->marks[i].at_ns), SVG_TOP, svg->y);
		drawn++;
	}
}

void svg_marks(struct svg *svg)
{
	const struct picture *picture = svg->picture;

	draw_guides(svg);
	for (unsigned int kind = 0; kind < PICTURE_MARK_KIND_COUNT; kind++) {
		if (!svg_count_marks(picture, kind))
			continue;
		svg_row_name(svg, svg->y + 14, svg_mark_names[kind]);
		for (size_t i = 0; i < picture->mark_count; i++)
			if (picture->marks[i].kind == kind)
				draw_mark(svg, &picture->marks[i]);
		svg->y += SVG_ROW;
	}
}
