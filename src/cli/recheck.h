/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a step that was planned some time ago is still harmless. */
#ifndef CLI_RECHECK_H
#define CLI_RECHECK_H

#include "base/root.h"
#include "model/evidence.h"
#include "model/plan.h"
#include "snapshot/openless.h"

/*
 * Looks at the machine again right before @step, and refuses it when one of its functions has been
 * put to use or given another driver since @then, shares its group or its bus with one that has, or
 * when the host has been set in a way that forbids it. @openless: see opens_read(). Returns 1 with
 * @refusal filled when refused, 0 when not, or -ENOMEM. Reads root.
 */
int recheck_step(const struct root *root, const struct snapshot *then, const struct plan *plan,
		 const struct kernel_facts *facts, const struct plan_step *step,
		 struct openless *openless, struct refusal *refusal) _must_check_;

#endif
