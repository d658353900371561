/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiler attributes, cleanup handlers and the few macros every file needs. */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define _must_check_ __attribute__((warn_unused_result))
#define _printf_(fmt, args) __attribute__((format(printf, fmt, args)))
#define _cleanup_(handler) __attribute__((cleanup(handler)))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Moves an owned pointer out of a variable that has a cleanup handler. */
#define TAKE_PTR(pointer)                                                                          \
	({                                                                                         \
		__typeof__(pointer) *owner_ = &(pointer);                                          \
		__typeof__(pointer) taken_ = *owner_;                                              \
		*owner_ = NULL;                                                                    \
		taken_;                                                                            \
	})

/* The same for a file descriptor. */
#define TAKE_FD(descriptor)                                                                        \
	({                                                                                         \
		int *owner_ = &(descriptor);                                                       \
		int taken_ = *owner_;                                                              \
		*owner_ = -1;                                                                      \
		taken_;                                                                            \
	})

static inline void cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void cleanup_close(const int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

static inline void cleanup_fclose(FILE **stream)
{
	if (*stream)
		fclose(*stream);
}

#define _cleanup_free_ _cleanup_(cleanup_free)
#define _cleanup_close_ _cleanup_(cleanup_close)
#define _cleanup_fclose_ _cleanup_(cleanup_fclose)

static inline int streq(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static inline int starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

#endif
