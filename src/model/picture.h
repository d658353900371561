/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One step as a picture: what lasted, what happened, and when, without its looks. Times are
 * nanoseconds since the first write to reset and may be negative.
 */
#ifndef MODEL_PICTURE_H
#define MODEL_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "model/evidence.h"

/* @end_ns is that of the picture while the end was not seen. */
struct picture_span {
	int64_t begin_ns, end_ns;
	bool ended;
};

/* So many prepares hold from here on. */
struct picture_level {
	int64_t at_ns;
	unsigned int depth;
};

/* The IOMMU is blocked; @restored is the type of the domain that came back, -1 when none did. */
struct picture_window {
	struct picture_span span;
	int restored;
};

/* A reset primitive. Those entered while others run stand in rows below them. */
struct picture_reset {
	struct picture_span span;
	const char *symbol;
	unsigned int row;
	int error; /* errno */
	bool probe;
};

/* A write by a worker; @value is NULL for the write to reset. */
struct picture_write {
	struct picture_span span;
	enum write_kind kind;
	const char *value;
	unsigned int row;
	int error; /* errno */
	bool hung;
};

/* A prepare that was refused, and how many held then; error 0: its return was not seen. */
struct picture_refusal {
	int64_t at_ns;
	unsigned int depth;
	int error; /* errno */
};

/* One function of the step. */
struct picture_lane {
	const char *function;
	struct picture_level *levels;
	size_t level_count;
	struct picture_window *windows;
	size_t window_count;
	struct picture_reset *resets;
	size_t reset_count;
	struct picture_write *writes;
	size_t write_count;
	struct picture_refusal *refusals;
	size_t refusal_count;
	unsigned int depth_max; /* of levels, and what refused prepares would have made of it */
	unsigned int reset_rows, write_rows;
};

enum picture_mark_kind {
	PICTURE_LOG,	 /* any line of the kernel's log */
	PICTURE_WARNING, /* WARN, oops, lockup ... */
	PICTURE_FAULT,	 /* of the IOMMU or PCIe */
	PICTURE_ATTACH,	 /* another attach: one that failed, or what the tracepoint tells */
};
#define PICTURE_MARK_KIND_COUNT 4

/* Something without duration. @text is NULL for an attach. */
struct picture_mark {
	int64_t at_ns;
	enum picture_mark_kind kind;
	const char *function; /* "" when none is named */
	const char *text;
	int type;  /* of domain */
	int error; /* errno */
};

/* Strings belong to the step that it was made of. */
struct picture {
	struct picture_lane lanes[SUBJECTS_MAX];
	size_t lane_count;
	struct picture_mark *marks; /* in no order; some lie beyond begin and end */
	size_t mark_count;
	size_t beyond;	 /* marks that do */
	size_t left_out; /* events and lines that were too many */
	int64_t begin_ns, end_ns;
	bool traced;		/* functions were, not only the tracepoint */
	size_t log_lines;	/* of the kernel, drawn or not */
	bool log_placed;	/* the log's lines have a place on the axis */
	bool log_tied;		/* .. by a marker of which both clocks were read */
	uint64_t log_off_by_ns; /* .. else: how far they may be off */
};

/* Frees what it points to and empties it. */
void picture_clear(struct picture *picture);

#endif
