/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A follower for the people who wait for a run: on a terminal one line that is drawn again and
 * again, and each failure as it comes; elsewhere a plain line every minute. Every hour a summary of
 * all so far.
 */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

#include <stdint.h>

#include "base/attr.h"
#include "cli/appearance.h"
#include "cli/follower.h"

enum live_wanted {
	LIVE_AUTO, /* drawn on a terminal, lines elsewhere */
	LIVE_DRAWN,
	LIVE_LINES,
	LIVE_NONE,
};

/* Reads "auto", "live", "lines" or "none". Returns 0 or -EINVAL. Pure. */
int live_parse(const char *text, enum live_wanted *wanted) _must_check_;

struct live_options {
	int fd; /* where it goes; borrowed */
	enum live_wanted wanted;
	struct text_style style;
	uint64_t (*now_ns)(void); /* CLOCK_MONOTONIC */
	int (*caught)(void);	  /* the signal that ends the run; 0: none came */
};

/* For the standard error stream of this program. Asks the terminal and the environment. */
struct live_options live_options(enum live_wanted wanted, const struct appearance *appearance);

/*
 * Adds the follower. What cannot be written is lost and no failure of the run: the terminal may be
 * closed, or stopped. Returns 0 or -ENOMEM.
 */
int live_follow(struct followers *followers, const struct live_options *options) _must_check_;

#endif
