/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of sentences: an array of allocated strings and its count, grown by array_append(). */
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <stdarg.h>
#include <stddef.h>

#include "base/attr.h"

/* Appends one formatted line. Returns 0 or -ENOMEM with nothing changed. */
int lines_add(char ***lines, size_t *count, const char *format, va_list args)
	_printf_(3, 0) _must_check_;

/* The same, unless the list has that line already. */
int lines_add_once(char ***lines, size_t *count, const char *format, va_list args)
	_printf_(3, 0) _must_check_;

/* Frees the lines and the array. */
void lines_free(char **lines, size_t count);

#endif
