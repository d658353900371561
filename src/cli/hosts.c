// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/hosts.h"

#include <errno.h>

#include "base/strbuf.h"

#define LIST_BYTES_MAX (16UL << 20)
/* As long as a name in the DNS. */
#define NAME_BYTES_MAX 255

static int read_all(FILE *in, struct strbuf *text)
{
	char block[4096];
	size_t got;

	while ((got = fread(block, 1, sizeof(block), in)) > 0) {
		strbuf_add(text, block, got);
		if (text->length_bytes > LIST_BYTES_MAX)
			return -EFBIG;
		if (memchr(block, '\0', got))
			return -EINVAL;
	}
	if (ferror(in))
		return errno ? -errno : -EIO;
	return text->error;
}

static int read_list(const char *list, struct strbuf *text)
{
	_cleanup_fclose_ FILE *file = NULL;

	if (streq(list, "-"))
		return read_all(stdin, text);
	file = fopen(list, "re");
	if (file)
		return read_all(file, text);
	if (errno != ENOENT || strchr(list, '/'))
		return -errno;
	strbuf_puts(text, list);
	return text->error;
}

static int take_names(struct fleet *fleet, char *text)
{
	size_t count = fleet->expected_count;
	char *line, *lines = text;

	while ((line = strsep(&lines, "\n"))) {
		char *name, *names = line;

		line[strcspn(line, "#")] = '\0';
		while ((name = strsep(&names, ", \t\r\v\f"))) {
			if (!*name)
				continue;
			if (strlen(name) > NAME_BYTES_MAX)
				return -EINVAL;
			if (fleet_expect(fleet, name) < 0)
				return -ENOMEM;
		}
	}
	return fleet->expected_count > count ? 0 : -EINVAL;
}

int hosts_expect(struct fleet *fleet, const char *list)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	int r = read_list(list, &text);

	if (r < 0)
		return r;
	return text.text ? take_names(fleet, text.text) : -EINVAL;
}
