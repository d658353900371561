/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer of `check`, and its texts. */
#ifndef RENDER_CHECK_H
#define RENDER_CHECK_H

#include <stddef.h>
#include <stdio.h>

#include "base/attr.h"
#include "model/facts.h"
#include "model/snapshot.h"
#include "render/style.h"

/* One kernel that was looked at; nothing is owned. */
struct checked_kernel {
	const char *path;   /* NULL: the kernel that runs, or ran where the tree was captured */
	const char *format; /* "bzImage, zstd, ELF"; "" with no path */
	enum tri running;   /* a file: the same build as the running kernel */
	const struct kernel_facts *facts;
	enum static_verdict verdict;
	const char *reason;
};

/* All of them; @deciding is the index of the one whose verdict is the answer. */
struct check_report {
	const struct host *host;
	const struct checked_kernel *kernels;
	size_t count;
	size_t deciding;
	int exit_status;
};

/* What the verdict means for the machine. Pure. */
const char *check_meaning(const struct checked_kernel *kernel);

/* What to do next. Pure. */
const char *check_remedy(const struct checked_kernel *kernel);

/* Writes the answer for people. Returns 0 or -errno; @out may still be buffered. */
int check_print_text(const struct check_report *report, const struct text_style *style,
		     FILE *out) _must_check_;

/* Writes the answer as one JSON document. Returns 0, -ENOMEM or -EIO. */
int check_print_json(const struct check_report *report, FILE *out) _must_check_;

#endif
