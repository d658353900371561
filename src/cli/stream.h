/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A follower that writes each event of a run as a line of JSON (render/jsonl.h) at once. */
#ifndef CLI_STREAM_H
#define CLI_STREAM_H

#include <stdbool.h>

#include "base/attr.h"
#include "cli/follower.h"

/*
 * @path is a file, to which lines are appended and put on disk one by one, NULL for standard
 * output; borrowed. @live: the events happen now, which gives them a time. Returns 0, or -errno
 * when the file cannot be opened. Writes the file.
 */
int stream_follow(struct followers *followers, const char *path, bool live) _must_check_;

#endif
