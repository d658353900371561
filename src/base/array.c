// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

void *array_append(void **array, size_t *count, size_t element_bytes)
{
	char *element;

	/* The capacity is the next power of two, so it needs no place of its own. */
	if ((*count & (*count - 1)) == 0) {
		size_t capacity = *count ? *count * 2 : 1;
		void *grown = reallocarray(*array, capacity, element_bytes);

		if (!grown)
			return NULL;
		*array = grown;
	}
	element = (char *)*array + *count * element_bytes;
	memset(element, 0, element_bytes);
	++*count;
	return element;
}
