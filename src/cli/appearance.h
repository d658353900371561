/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How output for people looks on this terminal, and what they said about it. */
#ifndef CLI_APPEARANCE_H
#define CLI_APPEARANCE_H

#include <argp.h>
#include <stdbool.h>

struct appearance {
	bool ascii;
};

/* An argp child whose input is a struct appearance. */
extern const struct argp appearance_argp;

/* Characters in a line of the terminal that is the standard output; 0 where it is none. */
unsigned int appearance_columns(void);

/* Whether only ASCII may be drawn: said so, or the locale has no UTF-8. */
bool appearance_ascii(const struct appearance *appearance);

#endif
