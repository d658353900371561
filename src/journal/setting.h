/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers in sysfs that a run may change for its time. */
#ifndef JOURNAL_SETTING_H
#define JOURNAL_SETTING_H

#include <stdbool.h>

#define SETTING_PATH_MAX 128

/*
 * Whether @path (below the root, without the leading slash) is one of those: the intervals of the
 * rate limits of a function's AER messages (Documentation/ABI/testing/sysfs-bus-pci-devices-aer).
 * What a journal says is held to this too, so that nobody can have root write elsewhere. Pure.
 */
bool setting_allowed(const char *path);

/* Whether @text is a decimal number as the kernel prints it there. Pure. */
bool setting_is_value(const char *text);

#endif
