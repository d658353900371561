/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a scenario does while it is observed: which of the planned writes, when, and beside what. */
#ifndef STEP_ACTION_H
#define STEP_ACTION_H

#include "step/execution.h"
#include "step/step.h"

/*
 * Called with drivers off and methods selected as planned, between the markers; changes_undo()
 * comes after it. Fills the subjects. What fails, hangs or is lost is evidence. Returns 0, or
 * -errno with x->failed set when nothing was written. Writes hardware.
 */
typedef int (*action_fn)(struct execution *x, const struct step_options *options);

/* By scenario. */
extern const action_fn step_actions[SCENARIO_COUNT];

/* Resets all functions of the step at once, with @beside as worker_run_beside() takes it. */
int action_trigger_beside(struct execution *x, const struct step_options *options, beside_fn beside,
			  void *data) _must_check_;

/* Writes names to reset_method, in the middle of the others' resets if there are any. */
int action_probe(struct execution *x, const struct step_options *options) _must_check_;

/* Gives the group of the function a new domain in the middle of its reset, and after it. */
int action_attach(struct execution *x, const struct step_options *options) _must_check_;

/* Reads a disk of the function before, while and after it is reset. */
int action_driver(struct execution *x, const struct step_options *options) _must_check_;

/* Waits until the reset is well under way, with the IOMMU blocked, and far from done. */
void action_wait_for_window(struct execution *x);

/* Gives the function to VFIO, which resets it when it opens, when asked, and when it closes it. */
int action_vfio(struct execution *x, const struct step_options *options) _must_check_;

/* How long one worker may take for what is planned of each function. */
unsigned int action_deadline_s(const struct execution *x, const struct step_options *options);

/*
 * Notes in subject @index what became of its worker, and remembers one that has not returned after
 * @limit_s. Returns 0 or -ENOMEM.
 */
int action_take_work(struct execution *x, size_t index, const struct work *work,
		     unsigned int limit_s, const struct step_options *options) _must_check_;

/*
 * Carries out @write of subject @index beside the resets and notes it in the step, with what
 * @path held afterwards. Returns the note, NULL when memory is short. Writes hardware.
 */
struct step_write *action_write(struct execution *x, size_t index, enum write_kind kind,
				const struct planned_write *write, unsigned int deadline_s);

#endif
