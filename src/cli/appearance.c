// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/appearance.h"

#include <langinfo.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "base/attr.h"

enum {
	OPTION_ASCII = 4096,
};

static const struct argp_option option_table[] = {
	{"ascii", OPTION_ASCII, NULL, 0, "Draw with plain ASCII characters", 8},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct appearance *appearance = state->input;

	(void)argument;
	switch (key) {
	case OPTION_ASCII:
		appearance->ascii = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp appearance_argp = {.options = option_table, .parser = parse_option};

unsigned int appearance_columns(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long wanted = columns ? strtol(columns, NULL, 10) : 0;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (wanted > 0 && wanted < 10000)
		return (unsigned int)wanted;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool appearance_ascii(const struct appearance *appearance)
{
	return appearance->ascii || !streq(nl_langinfo(CODESET), "UTF-8");
}
