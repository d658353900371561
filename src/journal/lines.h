/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of a journal: a record each, and a checksum at its end. */
#ifndef JOURNAL_LINES_H
#define JOURNAL_LINES_H

#include "journal/state.h"
#include "model/record.h"

struct undone_record {
	unsigned int id;
};

struct step_end_record {
	unsigned int number;
};

struct returned_record {
	unsigned int number;
	char function[BDF_MAX];
};

struct end_record {
	int signal;
};

enum line_kind {
	LINE_HEAD,    /* struct journal_head */
	LINE_METHODS, /* struct change, up to LINE_VFIO */
	LINE_DRIVER,
	LINE_TYPE,
	LINE_TRACE,
	LINE_SETTING,
	LINE_LINK,
	LINE_VFIO,
	LINE_UNDONE,	/* struct undone_record */
	LINE_STEP,	/* struct journal_step */
	LINE_STEP_END,	/* struct step_end_record */
	LINE_HUNG,	/* struct journal_step, with one function */
	LINE_RETURNED,	/* struct returned_record */
	LINE_COMPLETED, /* struct journal_step, of an earlier run */
	LINE_DOWN,	/* struct journal_down */
	LINE_END,	/* struct end_record */
};
#define LINE_KIND_COUNT 16
extern const struct record_kind line_kinds[LINE_KIND_COUNT];

enum line_kind line_of_change(enum change_kind kind);
enum change_kind change_of_line(enum line_kind kind);

/* Appends the line for @object, which is of the kind's type. */
void line_write(struct strbuf *out, enum line_kind kind, const void *object);

/*
 * Checks a line without its newline and cuts its checksum off. On success *kind is what it is and
 * *arguments the part of @line that record_parse() takes. Returns 0; -EBADMSG: the checksum does
 * not fit; -EINVAL: no kind that is known. Pure.
 */
int line_open(char *line, size_t length_bytes, enum line_kind *kind,
	      const char **arguments) _must_check_;

#endif
