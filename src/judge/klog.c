// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/klog.h"

#include "judge/klog_match.h"

const char *const klog_kind_names[KLOG_KIND_COUNT] = {
	[KLOG_OTHER] = "other",
	[KLOG_PART] = "part",
	[KLOG_PREPARE_FAILED] = "prepare-failed",
	[KLOG_NOT_READY] = "not-ready",
	[KLOG_GIVING_UP] = "giving-up",
	[KLOG_READY] = "ready",
	[KLOG_PENDING] = "transactions-pending",
	[KLOG_LINK_INACTIVE] = "link-inactive",
	[KLOG_LINK_RETRAIN] = "link-retrained",
	[KLOG_CONFIG_INACCESSIBLE] = "config-inaccessible",
	[KLOG_RESET_FAILED] = "reset-failed",
	[KLOG_UNLOCKED_RESET] = "unlocked-reset",
	[KLOG_METHODS] = "methods-changed",
	[KLOG_METHOD_REFUSED] = "method-refused",
	[KLOG_RESET_VIA] = "reset-via",
	[KLOG_ALIAS] = "dma-alias",
	[KLOG_ONE_TO_ONE] = "one-to-one-mapping",
	[KLOG_CXL_MEMORY] = "cxl-memory",
	[KLOG_IOMMU_FAULT] = "iommu-fault",
	[KLOG_ATS_TIMEOUT] = "ats-timeout",
	[KLOG_AER] = "pcie-error",
	[KLOG_DPC] = "dpc",
	[KLOG_RECOVERY] = "error-recovery",
	[KLOG_HARDWARE_ERROR] = "hardware-error",
	[KLOG_WARNING] = "kernel-warning",
	[KLOG_OOPS] = "kernel-oops",
	[KLOG_LOCKDEP] = "lockdep",
	[KLOG_UBSAN] = "sanitizer",
	[KLOG_HUNG_TASK] = "hung-task",
	[KLOG_SUPPRESSED] = "suppressed",
	[KLOG_DROPPED] = "dropped",
};

struct klog_event klog_classify(const struct log_record *record)
{
	struct klog_event event = {.pid = KLOG_NO_PID, .lines = 1};
	struct klog_line line;

	if (record->facility != 0)
		return event;
	line = klog_match(record);
	if (!line.row || line.row->kind == KLOG_OTHER)
		return event;
	event.kind = line.row->kind;
	klog_read_function(record, &line, &event);
	klog_read_process(&line, &event);
	return event;
}

bool klog_is_interesting(const struct log_record *record)
{
	return record->facility == 0 && (klog_match(record).row || klog_is_trace(record->text));
}

#define SHORT_LENGTH 7 /* "0d:00.0" */

static bool is_end_of(const char *printed, const char *function)
{
	size_t printed_length = strlen(printed), length = strlen(function);

	return printed_length >= SHORT_LENGTH && printed_length <= length &&
	       streq(function + (length - printed_length), printed);
}

bool klog_names(const char *printed, const char *function)
{
	/* Without its domain a name stands for domain 0. */
	return is_end_of(printed, function) &&
	       (streq(printed, function) || starts_with(function, "0000:"));
}

bool klog_may_name(const char *printed, const char *function)
{
	return is_end_of(printed, function) && !klog_names(printed, function);
}
