// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/appearance.h"

#include <langinfo.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "base/attr.h"
#include "cli/parse.h"

/* Text is read most easily in lines of this many characters, a margin included. */
#define TEXT_COLUMNS_MIN 60
#define TEXT_COLUMNS_MAX 100
#define MARGIN 2

enum {
	OPTION_COLOR = 4096,
	OPTION_ASCII,
};

static const struct argp_option option_table[] = {
	{"quiet", 'q', NULL, 0, "Print the answer alone", 8},
	{"verbose", 'v', NULL, 0, "Print all there is", 8},
	{"color", OPTION_COLOR, "WHEN", OPTION_ARG_OPTIONAL,
	 "Use colours: auto (on a terminal), always, never", 8},
	{"ascii", OPTION_ASCII, NULL, 0, "Draw with plain ASCII characters", 8},
	{0},
};

static enum colour_wanted parse_when(const char *when, const struct argp_state *state)
{
	if (!when || streq(when, "always"))
		return COLOUR_ALWAYS;
	if (streq(when, "never"))
		return COLOUR_NEVER;
	if (!streq(when, "auto"))
		cmd_fail(state, "--color=%.40s: give auto, always or never", when);
	return COLOUR_AUTO;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct appearance *appearance = state->input;

	switch (key) {
	case 'q':
		appearance->verbosity = -1;
		return 0;
	case 'v':
		/* The last one counts. */
		appearance->verbosity = appearance->verbosity < 0 ? 1 : appearance->verbosity + 1;
		return 0;
	case OPTION_COLOR:
		appearance->colour = parse_when(argument, state);
		return 0;
	case OPTION_ASCII:
		appearance->ascii = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp appearance_argp = {.options = option_table, .parser = parse_option};

const struct argp_child appearance_children[] = {{&appearance_argp, 0, NULL, 0}, {0}};

unsigned int appearance_columns(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long wanted = columns ? strtol(columns, NULL, 10) : 0;

	if (!isatty(fd))
		return 0;
	if (wanted > 0 && wanted < 10000)
		return (unsigned int)wanted;
	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool appearance_ascii(const struct appearance *appearance)
{
	return appearance->ascii || !streq(nl_langinfo(CODESET), "UTF-8");
}

static bool is_coloured(const struct appearance *appearance, int fd)
{
	const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");

	if (appearance->colour != COLOUR_AUTO)
		return appearance->colour == COLOUR_ALWAYS;
	return isatty(fd) && (!no_colour || !*no_colour) && !(terminal && streq(terminal, "dumb"));
}

static unsigned int text_columns(unsigned int columns)
{
	if (columns < TEXT_COLUMNS_MIN)
		return TEXT_COLUMNS_MIN;
	return columns > TEXT_COLUMNS_MAX ? TEXT_COLUMNS_MAX : columns;
}

struct text_style appearance_style(const struct appearance *appearance, int fd)
{
	unsigned int columns = appearance_columns(fd);

	return (struct text_style){
		.verbosity = appearance->verbosity,
		.colour = is_coloured(appearance, fd),
		.ascii = appearance_ascii(appearance),
		.columns = columns,
		.wrap_columns = columns ? text_columns(columns) - MARGIN : 0,
	};
}
