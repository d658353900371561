/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Settings of the kernel that would hide evidence, changed for the time of a run. */
#ifndef STEP_SETTING_H
#define STEP_SETTING_H

#include "base/attr.h"
#include "base/root.h"
#include "journal/journal.h"
#include "model/plan.h"
#include "model/snapshot.h"

struct setting;

/* Freed by settings_close(). */
struct settings {
	const struct root *root; /* borrowed */
	struct journal *journal; /* borrowed */
	struct setting *items;
	size_t count;
};

#define _cleanup_settings_ _cleanup_(settings_cleanup)

/*
 * Lifts the rate limits of AER messages, where the kernel has them (Linux 6.17), of all planned
 * functions and of their root ports, once that is in the journal. @settings must be zeroed. What
 * cannot be changed stays as it is: the kernel then says that it suppressed messages. Returns 0,
 * -ENOMEM, or what the journal returns, and then nothing is changed. Writes sysfs.
 */
int settings_open(const struct root *root, const struct snapshot *snapshot, const struct plan *plan,
		  struct journal *journal, struct settings *settings) _must_check_;

/* Puts all back. Returns how many could not be: their records stay in the journal. May be repeated.
 */
size_t settings_close(struct settings *settings);
static inline void settings_cleanup(struct settings *settings)
{
	(void)settings_close(settings);
}

/*
 * Makes the file at @path hold @before again. Returns 0 once it was read back so, -EPERM for a path
 * or value that is none of a setting, -EIO when the kernel shows something else, or -errno.
 */
int setting_restore(const struct root *root, const char *path, const char *before) _must_check_;

/*
 * What to write next when @written made the file show @shown: kernels to 7.3 take milliseconds
 * there and show jiffies. Returns 0 when nothing is left to try. Pure.
 */
unsigned long setting_next_try(unsigned long before, unsigned long written, unsigned long shown);

#endif
