/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How text for people looks, and what they said about it. */
#ifndef CLI_APPEARANCE_H
#define CLI_APPEARANCE_H

#include <argp.h>
#include <stdbool.h>

#include "render/style.h"

enum colour_wanted {
	COLOUR_AUTO, /* on a terminal, where NO_COLOR is not set */
	COLOUR_ALWAYS,
	COLOUR_NEVER,
};

struct appearance {
	int verbosity; /* as in struct text_style */
	enum colour_wanted colour;
	bool ascii;
};

/* --quiet, --verbose, --color and --ascii: an argp child whose input is a struct appearance. */
extern const struct argp appearance_argp;

/* Of a command that has no other child. */
extern const struct argp_child appearance_children[];

/* For text that goes to @fd. Asks the terminal and the environment. */
struct text_style appearance_style(const struct appearance *appearance, int fd);

/* Characters in a line of the terminal that @fd is; 0 where it is none. */
unsigned int appearance_columns(int fd);

/* Whether only ASCII may be drawn: said so, or the locale has no UTF-8. */
bool appearance_ascii(const struct appearance *appearance);

#endif
