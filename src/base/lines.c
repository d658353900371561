// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/lines.h"

#include <errno.h>

#include "base/array.h"

/* Takes @line over, NULL included. */
static int add(char ***lines, size_t *count, char *line)
{
	char **slot = line ? ARRAY_APPEND(*lines, *count) : NULL;

	if (!slot) {
		free(line);
		return -ENOMEM;
	}
	*slot = line;
	return 0;
}

static _printf_(1, 0) char *format_line(const char *format, va_list args)
{
	char *line;

	return vasprintf(&line, format, args) < 0 ? NULL : line;
}

int lines_add(char ***lines, size_t *count, const char *format, va_list args)
{
	return add(lines, count, format_line(format, args));
}

int lines_add_once(char ***lines, size_t *count, const char *format, va_list args)
{
	char *line = format_line(format, args);

	for (size_t i = 0; line && i < *count; i++)
		if (streq((*lines)[i], line)) {
			free(line);
			return 0;
		}
	return add(lines, count, line);
}

void lines_free(char **lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(lines[i]);
	free(lines);
}
