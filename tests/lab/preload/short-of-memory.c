// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded into iommu-resettest: memory of $SHORT_SIZE bytes is had so many times as $SHORT_AFTER
 * says, then once not, and then again.
 */
#include <errno.h>
#include <stdlib.h>

void *__libc_calloc(size_t count, size_t size_bytes);

void *calloc(size_t count, size_t size_bytes)
{
	static int had;
	const char *size = getenv("SHORT_SIZE"), *after = getenv("SHORT_AFTER");

	if (size && after && count * size_bytes == strtoul(size, NULL, 10) &&
	    had++ == atoi(after)) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(count, size_bytes);
}
