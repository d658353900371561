/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing a file so that under its name there is either all of it or what was there before; or a
 * file that grows, of which what was appended is there whole.
 */
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/attr.h"
#include "cli/outlet.h"

/*
 * Finds out whether save_file() could write to @path now: makes a temporary file beside it and
 * removes it again. To be asked before anything is reset. Returns 0; -ESPIPE: it is a pipe by name,
 * whose reader would see its end by that already; or another -errno.
 */
int save_prepare(const char *path) _must_check_;

/* Whether what is written to @a and @b goes to one file. What is not found is none. */
bool save_same(const char *a, const char *b);

/*
 * Writes @text to a temporary file in the directory of @path, to disk, and under its name. What is
 * no regular file (a terminal, a pipe, /dev/full) and what names an open descriptor (/dev/stdout)
 * is written to directly. On failure the temporary file is gone and @path holds what it held, or
 * all of @text when only its directory could not be synced. Returns 0 or -errno.
 */
int save_file(const char *path, const char *text, size_t length_bytes) _must_check_;

/* A file that grows: a regular one, or an outlet. The descriptor of the other is -1. */
struct save {
	int fd;		  /* can be synced and cut */
	const char *path; /* borrowed: where that file is expected; NULL: wherever it goes */
	struct outlet outlet;
	uint64_t until_ns; /* so long whoever reads the outlet is waited for, see outlet_put() */
};

#define SAVE_INIT                                                                                  \
	{                                                                                          \
		.fd = -1, .outlet = OUTLET_INIT, .until_ns = OUTLET_PATIENT                        \
	}
#define _cleanup_save_ _cleanup_(save_close)

/*
 * As save_file(), but more may be appended: then the file under its name is that with @text alone.
 * Returns 0, or -errno with nothing open.
 */
int save_begin(const char *path, const char *text, size_t length_bytes,
	       struct save *out) _must_check_;

/*
 * Opens @path, which is borrowed, to append to what it holds, or makes it. Half a line at its end,
 * of a writer that was killed, gets its newline. Returns 0, or -errno with nothing open.
 */
int save_continue(const char *path, struct save *out) _must_check_;

/*
 * Appends @text and puts it on disk, so that a crash of the host right afterwards leaves it there.
 * A regular file of save_continue() that was renamed or removed since (log rotation) is left, and
 * its path opened anew. Returns 0, or -errno with the file as it was before, as far as the disk
 * lets it; -ENOTSUP: the path names something else than a file now.
 */
int save_append(struct save *save, const char *text, size_t length_bytes) _must_check_;

/*
 * Closes the file, once whoever reads it has taken all. Returns 0; -EIDRM: it was removed
 * meanwhile, and nobody will find it; -ECANCELED, see outlet_finish(); or -errno.
 */
int save_end(struct save *save) _must_check_;
void save_close(struct save *save);

#endif
