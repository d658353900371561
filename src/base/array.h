/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Growing plain arrays that are kept as a pointer and a count. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

/*
 * Appends one zeroed element to *array, which nothing but this function may have allocated, and
 * returns it; NULL, with nothing changed, when memory is short. The count may be lowered between
 * calls. Elements move when the array grows.
 */
void *array_append(void **array, size_t *count, size_t element_bytes);

#define ARRAY_APPEND(array, count)                                                                 \
	((__typeof__(array))array_append((void **)&(array), &(count), sizeof(__typeof__(*(array)))))

#endif
