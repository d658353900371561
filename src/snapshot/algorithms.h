/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The algorithms of the kernel that somebody has, and the modules they are of. */
#ifndef SNAPSHOT_ALGORITHMS_H
#define SNAPSHOT_ALGORITHMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/root.h"

#define ALGORITHM_NAME_MAX 128 /* CRYPTO_MAX_ALG_NAME */
#define MODULE_NAME_MAX 64

/* What is part of the kernel itself is of a module of this name (module_name()). */
#define ALGORITHM_BUILT_IN "kernel"

struct algorithm {
	char name[ALGORITHM_NAME_MAX]; /* of the implementation: "qat_aes_cbc" */
	char module[MODULE_NAME_MAX];
	bool software; /* a template or a reference: if hardware does the work, it is listed too */
};

/* One for each module, of hardware if it has such, and all of the kernel's own. */
struct algorithms {
	struct algorithm *list;
	size_t count;
};

#define _cleanup_algorithms_ _cleanup_(algorithms_free)

/*
 * Adds what is in use to zeroed @algorithms. Returns 0, -errno when proc/crypto could not be read,
 * -EINVAL when it could not be made out, or -ENOMEM; whatever was found is there in each case.
 * Reads root.
 */
int algorithms_read(const struct root *root, struct algorithms *algorithms) _must_check_;

/* The same of the text of proc/crypto, which is changed; more than once adds to what is there. */
int algorithms_parse(char *text, struct algorithms *algorithms) _must_check_;

void algorithms_free(struct algorithms *algorithms);

#endif
