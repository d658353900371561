/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One line of an evidence file: `keyword key=value key="quoted value" ...`. A table of fields
 * drives both directions, so what is written can be read.
 */
#ifndef MODEL_RECORD_H
#define MODEL_RECORD_H

#include <stddef.h>

#include "base/strbuf.h"

enum field_type {
	FIELD_TEXT,   /* char array of field.size_bytes in the object */
	FIELD_STRING, /* char *, allocated by the reader */
	FIELD_U64,
	FIELD_UINT,
	FIELD_U16, /* written in hexadecimal, as ids are */
	FIELD_INT,
	FIELD_BOOL, /* yes, no */
	FIELD_TRI,  /* yes, no, unknown */
	FIELD_NAME, /* an enum, by its name in field.names[] */
};

struct field {
	const char *key;
	enum field_type type;
	size_t offset_bytes;
	size_t size_bytes;	  /* FIELD_TEXT: size of the array; FIELD_NAME: number of names */
	const char *const *names; /* FIELD_NAME */
};

/* The field for member @member of @type, under the member's own name. */
#define FIELD(type_, member, kind)                                                                 \
	{                                                                                          \
		.key = #member, .type = (kind), .offset_bytes = offsetof(type_, member),           \
		.size_bytes = sizeof(((type_ *)0)->member)                                         \
	}
#define FIELD_NAMED(type_, member, names_)                                                         \
	{                                                                                          \
		.key = #member, .type = FIELD_NAME, .offset_bytes = offsetof(type_, member),       \
		.size_bytes = ARRAY_SIZE(names_), .names = (names_)                                \
	}

/* A kind of line: its keyword and what may follow. */
struct record_kind {
	const char *keyword;
	const struct field *fields;
	size_t field_count;
};

/* Appends the line for @object, with its newline. */
void record_write(struct strbuf *out, const struct record_kind *kind, const void *object);

/*
 * Fills @object from the part of a line that follows the keyword. Keys it does not know are passed
 * over, so that newer files stay readable; keys that are absent leave the object as it was.
 * Returns 0, -EINVAL for a malformed line or value, or -ENOMEM. Pure but for allocation.
 */
int record_parse(const char *arguments, const struct record_kind *kind, void *object) _must_check_;

#endif
