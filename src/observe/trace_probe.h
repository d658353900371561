/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which kernel functions are probed, and the probes as dynamic_events takes them. Pure. */
#ifndef OBSERVE_TRACE_PROBE_H
#define OBSERVE_TRACE_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "model/evidence.h"
#include "model/facts.h"

#define PROBE_TEXT_MAX 256
#define PROBE_RETURN_SUFFIX "_return"

/*
 * What is tried first comes first: all show the same, but to make and arm an fprobe the kernel
 * searches all its symbols three times (get_ips_from_filter()).
 */
enum probe_form {
	PROBE_KPROBE,	     /* arguments by their names in BTF (Linux 6.6) */
	PROBE_KPROBE_OFFSET, /* arguments by register and offset */
	PROBE_FPROBE,	     /* where kprobes are not built in, or refused */
};
#define PROBE_FORM_COUNT 3

enum probe_arguments {
	ARGUMENTS_PCI_DEV,	 /* struct pci_dev * */
	ARGUMENTS_PCI_DEV_PROBE, /* struct pci_dev *, bool probe */
	ARGUMENTS_DOMAIN_DEV,	 /* struct iommu_domain *, struct device * */
};

/* Events carry `name` (string), where there is one `value`; returns carry only `value`. */
struct probe_target {
	const char *event; /* below the tool's group; the return adds PROBE_RETURN_SUFFIX */
	const char *symbol;
	enum probe_arguments arguments;
	enum trace_kind entry_kind;
	bool has_return;
	enum trace_kind return_kind;
	const char *methods; /* those that reach it, separated by blanks; NULL: all */
};

#define PROBE_TARGET_COUNT 11
enum {
	TARGET_PREPARE,
	TARGET_DONE,
	TARGET_ATTACH,
	TARGET_CORE_COUNT, /* without those before it nesting cannot be shown */
};
extern const struct probe_target probe_targets[PROBE_TARGET_COUNT];

/*
 * The text that creates the entry probe. Kernels differ in the names of arguments: @attempt 0, 1...
 * are to be tried in turn. Returns 0, -ENOENT past the last, or -ENODATA when an offset is needed
 * that is not known.
 */
int probe_entry_text(const struct probe_target *target, enum probe_form form, unsigned int attempt,
		     const struct kernel_offsets *offsets, char text[PROBE_TEXT_MAX]) _must_check_;

void probe_return_text(const struct probe_target *target, enum probe_form form,
		       char text[PROBE_TEXT_MAX]);

/*
 * Whether one of @methods (separated by blanks; NULL: any method there is) can come to this
 * function. A method that is not known may come to all.
 */
bool probe_target_reached(const struct probe_target *target, const char *methods);

/* Whether the kernel is known to lack this function. */
bool probe_target_absent(const struct probe_target *target, const struct kernel_facts *facts);

#endif
