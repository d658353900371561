/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run does: its steps down to each write, and what it leaves alone and why. */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "base/attr.h"
#include "model/evidence.h"
#include "model/snapshot.h"

#define VFIO_PCI "vfio-pci" /* the driver */

/* One step to run: by default the method on each of the functions at the same time. */
struct plan_step {
	enum scenario scenario;
	char method[METHOD_NAME_MAX];
	const struct function *functions[SUBJECTS_MAX]; /* borrowed from the snapshot */
	enum subject_role roles[SUBJECTS_MAX];
	char type[32], type_before[32]; /* written to the group's type, and back; "": not */
	size_t function_count;
	unsigned int resets; /* of each, one right after the other; 0: one */
	bool independent;    /* the functions have nothing in common: some may be left out */
	bool unbind;	     /* take the drivers off first, and bind them again afterwards */
	bool under_driver;   /* reset with the driver bound, though it is taken off to select */
	bool sends;	     /* .. while its network interface is up and sends frames */
	bool as_listed;	     /* the method stands first in the list, which is left as it is */
	bool vfio;	     /* vfio-pci is bound for the step, and its device reset */
	bool hot;	     /* ... by the bus, with no method selected */
};

/* One step that is not run. */
struct plan_skip {
	enum scenario scenario;
	char method[METHOD_NAME_MAX]; /* "" when it concerns no single method */
	const struct function *function;
	const char *reason; /* slug */
	char text[WHY_MAX];
};

struct plan_options;

struct plan {
	const struct plan_options *options; /* borrowed: what was asked for */
	struct plan_step *steps;
	size_t step_count;
	struct plan_skip *skips;
	size_t skip_count;
	struct refusal *refusals;
	size_t refusal_count;
	char **warnings;
	size_t warning_count;
};

#define _cleanup_plan_ _cleanup_(plan_free)

/* What the step does to one of its functions, in this order. */
enum write_role {
	WRITE_UNBIND,	     /* the function into its driver's unbind */
	WRITE_SELECT,	     /* the method alone into reset_method */
	WRITE_REBIND,	     /* the function into its driver's bind, with the method selected */
	WRITE_OVERRIDE,	     /* vfio-pci into driver_override */
	WRITE_VFIO_BIND,     /* the function into vfio-pci's bind */
	WRITE_TRIGGER,	     /* 1 into reset; of VFIO: the ioctl, by the group's device file */
	WRITE_PROBE,	     /* a name or a list into reset_method, for what that does by itself */
	WRITE_ATTACH,	     /* another type into the group's, in the middle of the reset */
	WRITE_ATTACH_AFTER,  /* .. and once it is over */
	WRITE_RETYPE,	     /* the type that the group had */
	WRITE_RELEASE,	     /* the function into its driver's unbind again */
	WRITE_VFIO_UNBIND,   /* the function into vfio-pci's unbind */
	WRITE_OVERRIDE_BACK, /* what driver_override held, "" where that is not known yet */
	WRITE_RESTORE,	     /* the list that stood in reset_method */
	WRITE_BIND,	     /* the function into its driver's bind */
};
/* "default", each name and the list itself, and what is around that. */
#define PLANNED_WRITES_MAX (METHODS_MAX + 6)

struct planned_write {
	enum write_role role;
	char path[128]; /* below /, without the leading slash */
	char value[METHOD_LIST_TEXT_MAX];
};

/* The writes for function @index of a step; returns how many. Pure. */
size_t plan_writes(const struct plan_step *step, size_t index,
		   struct planned_write writes[PLANNED_WRITES_MAX]);

/* Remembers one sentence, once however often it is said. Returns 0 or -ENOMEM. */
int plan_warn(struct plan *plan, const char *format, ...) _printf_(2, 3) _must_check_;

/* Frees what the plan owns; usable as a cleanup handler. */
void plan_free(struct plan *plan);

#endif
