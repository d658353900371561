/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one line of the kernel log means for a reset. Formats: Linux 6.12 to 7.3. */
#ifndef JUDGE_KLOG_H
#define JUDGE_KLOG_H

#include <stdbool.h>

#include "model/evidence.h"

enum klog_kind {
	KLOG_OTHER,
	KLOG_PREPARE_FAILED, /* "failed to stop IOMMU for a PCI reset: %d", @value = that errno */
	KLOG_WARNING,	     /* WARNING with @symbol, @pid */
	KLOG_OOPS,	     /* BUG, oops, lockup, stall, hung task, lockdep, KASAN */
	KLOG_NOT_READY,	     /* "not ready %dms after %s; waiting" */
	KLOG_GIVING_UP,	     /* ".. giving up" */
	KLOG_LINK_INACTIVE,  /* logged on the bridge above */
	KLOG_CONFIG_INACCESSIBLE, /* 7.3: the device did not answer before the reset */
	KLOG_IOMMU_FAULT,
	KLOG_ATS_TIMEOUT,
	KLOG_SUPPRESSED, /* rate limit hid lines */
	KLOG_DROPPED,	 /* printk itself lost lines */
	KLOG_ALIAS,	 /* "DMA-aliased sibling may be prematurely unblocked" */
};

/*
 * @function is "" when the line names none; it may lack its domain ("0d:00.0") where the kernel
 * prints it so. @pid is KLOG_NO_PID and @value 0 when absent; 0 is the idle task.
 */
#define KLOG_NO_PID (-1)

struct klog_event {
	enum klog_kind kind;
	char function[BDF_MAX];
	char symbol[SYMBOL_MAX];
	int pid;
	int value;
};

/* Classifies a record. Records that a user can write (facility not 0) are KLOG_OTHER. Pure. */
struct klog_event klog_classify(const struct log_record *record);

/* Whether a name as the log prints it means this function. Pure. */
bool klog_names(const char *printed, const char *function);

/* Whether it may mean this function: the kernel left the domain out, and that is not 0. Pure. */
bool klog_may_name(const char *printed, const char *function);

#endif
