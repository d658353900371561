// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/skip_exit.h"

#include <ctype.h>
#include <errno.h>

#include "cli/cmd.h"

int skip_exit_parse(const char *text, int *status)
{
	char *end;
	long number;

	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	number = strtol(text, &end, 10);
	if (errno || *end || number > 255)
		return -EINVAL;
	*status = (int)number;
	return 0;
}

int skip_exit_status(enum run_verdict verdict, int skip_exit)
{
	int status = run_verdict_exit_status(verdict);

	return status == EXIT_SKIP ? skip_exit : status;
}
