// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/read_all.h"

#include <errno.h>
#include <unistd.h>

int read_all(int fd, size_t max_bytes, struct strbuf *content)
{
	char chunk[16384];

	for (;;) {
		ssize_t got = read(fd, chunk, sizeof(chunk));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			return content->error;
		strbuf_add(content, chunk, (size_t)got);
		if (content->length_bytes > max_bytes)
			return -EFBIG;
	}
}
