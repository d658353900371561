/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `recover` found and did. */
#ifndef RENDER_RECOVER_H
#define RENDER_RECOVER_H

#include <stdio.h>

#include "model/recovery.h"
#include "model/snapshot.h"
#include "render/style.h"

/* Return 0 or -errno; @out may still be buffered. */
int recover_text_write(FILE *out, const struct text_style *style, const struct recovery *recovery,
		       bool forgotten) _must_check_;
int json_recover_write(FILE *out, const struct host *host, const struct recovery *recovery,
		       bool forgotten, int exit_status) _must_check_;

#endif
