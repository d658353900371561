/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Static facts about a kernel in a file. */
#ifndef KERNEL_KERNEL_FILE_H
#define KERNEL_KERNEL_FILE_H

#include "base/attr.h"
#include "base/strbuf.h"
#include "kernel/running.h"
#include "model/facts.h"

struct file_facts {
	struct kernel_facts facts;
	char format[48];  /* as in struct kernel_image */
	enum tri running; /* the same build as the running kernel */
};

/*
 * Reads the kernel image, vmlinux or BTF file at @path. @running (may be NULL) is looked for in
 * the image to tell whether it is the running build. Returns 0, or -errno with one sentence, path
 * not included, in @error. Only regular files of at most 2 GiB are read.
 */
int facts_read_file(const char *path, const struct build_note *running, struct file_facts *out,
		    struct strbuf *error) _must_check_;

#endif
