/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A step under way: shared by the parts that change, trigger and look. */
#ifndef STEP_EXECUTION_H
#define STEP_EXECUTION_H

#include "base/root.h"
#include "journal/journal.h"
#include "model/evidence.h"
#include "model/plan.h"
#include "step/worker.h"

/*
 * Finds out whether somebody has taken @function into use since @planned, and puts how into @why,
 * "" when nobody has; what cannot be determined counts. That an interface is up does not by itself:
 * the step may have done that, and nobody loses anything by it. Returns whether it is a use that
 * may pass. Reads root.
 */
typedef bool (*taken_fn)(const struct root *root, const struct snapshot *planned,
			 const struct function *function, char why[WHY_MAX]);

/*
 * Opens all disks that hang off @function for itself alone, so that nobody mounts one or builds on
 * it meanwhile; in *fds, which the caller frees after it has closed them. Returns how many; -EBUSY:
 * somebody has one; or -errno. Reads root.
 */
typedef int (*claim_disks_fn)(const struct root *root, const char *function, int **fds);

/* @step is filled as things happen; @failed names the path at fault when a part gives up. */
struct execution {
	const struct root *root;
	const struct snapshot *snapshot; /* of when the step was planned */
	const struct plan_step *planned;
	struct step_evidence *step;
	struct planned_write writes[SUBJECTS_MAX][PLANNED_WRITES_MAX];
	size_t write_count[SUBJECTS_MAX];
	struct journal *journal;
	struct workers *workers; /* for resets and lists of methods; may be NULL */
	unsigned int driver_change[SUBJECTS_MAX], type_change[SUBJECTS_MAX],
		method_change[SUBJECTS_MAX], link_change[SUBJECTS_MAX],
		vfio_change[SUBJECTS_MAX];			  /* ids; 0: none */
	char override_before[SUBJECTS_MAX][METHOD_LIST_TEXT_MAX]; /* where vfio_change is set */
	struct meanwhile meanwhile; /* read while the step is observed */
	struct patience patience;   /* with what is triggered then */
	taken_fn find_taken;	    /* NULL: nobody is asked */
	claim_disks_fn claim_disks; /* NULL: there are none */
	int stuck_reader;	    /* see traffic_end(); 0: none */
	int error;		    /* -errno: the journal did not take a record */
	char *failed;
};

/* The write of that role for subject @index, NULL when the plan has none. Pure. */
const struct planned_write *execution_write(const struct execution *x, size_t index,
					    enum write_role role);

#endif
