/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A growable string whose allocation failure is remembered instead of returned by each append. */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stddef.h>
#include <stdio.h>

#include "base/attr.h"

/* @text is NULL or NUL-terminated; @error is 0 or -ENOMEM and sticks until strbuf_free(). */
struct strbuf {
	char *text;
	size_t length_bytes;
	size_t size_bytes;
	int error;
	unsigned int wrap_columns; /* where paragraphs in it wrap (render/wrap.h); 0: as usual */
};

#define _cleanup_strbuf_ _cleanup_(strbuf_free)

/* Appends formatted text. After an error it does nothing. */
void strbuf_printf(struct strbuf *buf, const char *format, ...) _printf_(2, 3);

/* Appends @length_bytes bytes as they are. */
void strbuf_add(struct strbuf *buf, const char *bytes, size_t length_bytes);

/* Appends one string. */
void strbuf_puts(struct strbuf *buf, const char *text);

/* Drops the content, keeps the memory. */
void strbuf_reset(struct strbuf *buf);

/*
 * Hands the text to the caller, who frees it; the buffer is empty afterwards.
 * Returns 0 and an allocated string (never NULL) in @out, or -ENOMEM.
 */
int strbuf_take(struct strbuf *buf, char **out) _must_check_;

/*
 * Writes the text. Returns 0, the buffer's error, or -errno; @out may still be buffered.
 */
int strbuf_write(const struct strbuf *buf, FILE *out) _must_check_;

/* Frees the memory; usable as a cleanup handler. */
void strbuf_free(struct strbuf *buf);

#endif
