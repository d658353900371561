/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forms in which `run`, `judge` and `merge` give their answer. The manual's FORMATS has each.
 */
#ifndef RENDER_FORMATS_H
#define RENDER_FORMATS_H

#include <stdbool.h>
#include <stdio.h>

#include "model/evidence.h"
#include "model/fleet.h"
#include "model/verdict.h"
#include "render/style.h"

struct format {
	const char *name; /* as --format and --report spell it */
	/*
	 * Writes the whole answer. @result is what judge_run() made of @run; @exit_status is what
	 * the program will end with. Returns 0, -ENOMEM or another -errno; @out may still be
	 * buffered. NULL for text, which format_write() knows, and for what is drawn.
	 */
	int (*write)(FILE *out, const struct run_evidence *run, const struct run_result *result,
		     int exit_status);
	/* The same of many hosts. NULL for text, and where that has no such form. */
	int (*write_fleet)(FILE *out, const struct fleet *fleet, int exit_status);
	bool streamed; /* written while the run goes (cli/stream.h), not by write() */
};

/* The format of this name, which is @name_bytes long; NULL when there is none. Pure. */
const struct format *format_find(const char *name, size_t name_bytes);

/* NULL past the last. Pure. */
const struct format *format_at(size_t index);

/*
 * Whether it is a page with pictures, which html_page_run() writes with what the judge lays out,
 * and format_write() does not. Pure.
 */
bool format_is_drawn(const struct format *format);

/* Whether many hosts can be told of in it. Pure. */
bool format_has_fleet(const struct format *format);

/* As format->write(); only text minds @style (run_text.h). */
int format_write(const struct format *format, FILE *out, const struct run_evidence *run,
		 const struct run_result *result, int exit_status,
		 const struct text_style *style) _must_check_;

/* As format->write_fleet(), of a format that has it; only text minds @style (fleet.h). */
int format_write_fleet(const struct format *format, FILE *out, const struct fleet *fleet,
		       int exit_status, const struct text_style *style) _must_check_;

#endif
