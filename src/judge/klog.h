/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel log says about a reset, its IOMMU and the kernel itself. Formats: Linux 6.12 to
 * 7.3, on x86 and arm64, and older spellings where logs with them are still about.
 */
#ifndef JUDGE_KLOG_H
#define JUDGE_KLOG_H

#include <stdbool.h>

#include "model/evidence.h"

enum klog_kind {
	KLOG_OTHER,
	KLOG_PART, /* of an event that stands in another record */

	/* The reset itself */
	KLOG_PREPARE_FAILED, /* "failed to stop IOMMU for a PCI reset: %d", @value = that errno */
	KLOG_NOT_READY,	     /* "not ready %dms after %s; waiting" */
	KLOG_GIVING_UP,	     /* ".. giving up" */
	KLOG_READY,	     /* "ready %dms after %s" */
	KLOG_PENDING,	     /* transactions were still pending when it was reset */
	KLOG_LINK_INACTIVE,  /* logged on the bridge above */
	KLOG_LINK_RETRAIN,   /* the link had to be retrained at 2.5 GT/s, or could not be */
	KLOG_CONFIG_INACCESSIBLE, /* 7.3: the device did not answer before the reset */
	KLOG_RESET_FAILED,	  /* of ACPI, or of a root port by its host bridge */
	KLOG_UNLOCKED_RESET,	  /* a secondary bus reset without the bridge's lock */
	KLOG_METHODS,		  /* a user changed reset_method */
	KLOG_METHOD_REFUSED,	  /* .. and the kernel took it not */
	KLOG_RESET_VIA,		  /* dynamic debug: the method used; @value = its errno or 0 */
	KLOG_ALIAS,		  /* "DMA-aliased sibling may be prematurely unblocked" */
	KLOG_ONE_TO_ONE,	  /* firmware wants a 1:1 mapping, a domain was refused */
	KLOG_CXL_MEMORY,	  /* a bus reset under memory in use */

	/* IOMMU and PCIe */
	KLOG_IOMMU_FAULT,
	KLOG_ATS_TIMEOUT, /* an invalidation that a device, or an IOMMU, did not answer */
	KLOG_AER,	  /* @value = enum klog_severity */
	KLOG_DPC,
	KLOG_RECOVERY,	     /* from an AER or DPC error */
	KLOG_HARDWARE_ERROR, /* machine checks, errors that firmware reports */

	/* The kernel itself */
	KLOG_WARNING, /* WARN() with @symbol, @pid, @comm */
	KLOG_OOPS,    /* BUG, oops, panic, lockup, RCU stall, KASAN */
	KLOG_LOCKDEP,
	KLOG_UBSAN,
	KLOG_HUNG_TASK,

	/* The log itself */
	KLOG_SUPPRESSED, /* a rate limit hid @value lines of @symbol */
	KLOG_DROPPED,	 /* printk itself, or the IOMMU, lost some */
	KLOG_KIND_COUNT
};

/* As the report names them: "iommu-fault". */
extern const char *const klog_kind_names[KLOG_KIND_COUNT];

enum klog_severity {
	KLOG_UNKNOWN_SEVERITY,
	KLOG_CORRECTABLE,
	KLOG_NONFATAL,
	KLOG_FATAL,
};

#define KLOG_NO_PID (-1)
#define KLOG_NO_RECORD SIZE_MAX
#define KLOG_COMM_MAX 16

/*
 * @function is "" when the line names none; it may lack its domain ("0d:00.0") where the kernel
 * prints it so. @pid is KLOG_NO_PID and @value 0 when absent; 0 is the idle task.
 */
struct klog_event {
	enum klog_kind kind;
	char function[BDF_MAX];
	bool guessed; /* ... from a number to which firmware may have added something */
	char symbol[SYMBOL_MAX];
	char frame[SYMBOL_MAX]; /* the innermost function of a reset in its trace, else "" */
	bool interrupt; /* its trace begins in an interrupt, which may have come to any process */
	char comm[KLOG_COMM_MAX];
	int pid;
	int value;
	size_t head;  /* index of the record the event stands in: its own but for KLOG_PART */
	size_t lines; /* records the event has, its head included */
	size_t first; /* of a head: the first of these, which need not be itself */
	size_t next;  /* the one after this; KLOG_NO_RECORD after the last */
};

/*
 * Classifies a record on its own. Records that a user can write (facility not 0) are KLOG_OTHER,
 * whatever they say. Pure.
 */
struct klog_event klog_classify(const struct log_record *record);

/*
 * Classifies @count records and makes one event of those that belong together, though lines of
 * other CPUs stand between them: events[i] is for records[i]. A line that means something by itself
 * is never part of another event. Pure.
 */
void klog_read(const struct log_record *records, size_t count, struct klog_event *events);

/* Whether the record may matter to the judge: it is classified, or looks like part of a trace.
 * Pure. */
bool klog_is_interesting(const struct log_record *record);

/* Whether the symbol is one of the functions that a reset runs through. Pure. */
bool klog_is_reset_symbol(const char *symbol);

/* Whether a name as the log prints it means this function. Pure. */
bool klog_names(const char *printed, const char *function);

/* Whether it may mean this function: the kernel left the domain out, and that is not 0. Pure. */
bool klog_may_name(const char *printed, const char *function);

#endif
