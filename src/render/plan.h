/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run would do: each write, and why the rest is left alone. */
#ifndef RENDER_PLAN_H
#define RENDER_PLAN_H

#include <stdio.h>

#include "model/facts.h"
#include "model/plan.h"
#include "render/style.h"

/* Return 0, -ENOMEM or -EIO; @out may still be buffered. */
int plan_text_write(FILE *out, const struct text_style *style, const struct snapshot *snapshot,
		    const struct plan *plan) _must_check_;
int json_plan_write(FILE *out, const struct snapshot *snapshot, const struct kernel_facts *facts,
		    const struct plan *plan) _must_check_;

#endif
