// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/journald.h"

#include <sys/uio.h>
/* The place in this program is of no use to anybody. */
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#define FIELDS_MAX 64

bool journald_is_there(void)
{
	return access("/run/systemd/journal/socket", W_OK) == 0;
}

int journald_send(const char *fields)
{
	struct iovec list[FIELDS_MAX];
	int count = 0;

	while (*fields && count < FIELDS_MAX) {
		size_t length = strcspn(fields, "\n");

		list[count++] = (struct iovec){.iov_base = (char *)fields, .iov_len = length};
		fields += length + (fields[length] != '\0');
	}
	/* It says nothing when there is no journal any more. */
	return journald_is_there() ? sd_journal_sendv(list, count) : -ENOENT;
}
