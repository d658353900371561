/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of log lines, and how a line is found in them. */
#ifndef JUDGE_KLOG_MATCH_H
#define JUDGE_KLOG_MATCH_H

#include "base/attr.h"
#include "judge/klog.h"

/* Where in its line an event's function stands. */
enum klog_where {
	WHERE_NOWHERE,
	WHERE_PREFIX,	    /* "driver 0000:0d:00.0: ", or DEVICE= of the record */
	WHERE_REQUEST,	    /* "Request device [0d:00.0]" */
	WHERE_DEVICE,	    /* "device=0000:0d:00.0" behind the IOMMU's own name, or the prefix */
	WHERE_INSIDE,	    /* "device=0000:0d:00.0", never the prefix */
	WHERE_CLIENT,	    /* "client: 0000:0d:00.0" */
	WHERE_SOURCE,	    /* "received from 0000:0d:00.0", else the prefix */
	WHERE_DEVICE_ID,    /* "device_id: 0000:0d:00.0" of firmware */
	WHERE_QUEUE_HEAD,   /* "qw0 = 0x...": the source id in a device-TLB invalidation */
	WHERE_QUEUE_PRIOR,  /* .. which the entry before that is more likely to be */
	WHERE_ENDPOINT,	    /* "EP 3328", decimal */
	WHERE_DEVID,	    /* "devid: 0xd00" */
	WHERE_CBFRSYNRA,    /* "cbfrsynra=0xd00", the low 16 bits */
	WHERE_SID,	    /* "SID=0xd00" */
	WHERE_STREAM,	    /* "Stream ID 0xd00" */
	WHERE_REQUESTED_BY, /* "sid 0x00000d00." */
	WHERE_WORD,	    /* "0x00000d0000000010": the upper half of an event's first word */
};

/* Lines that make one event; GROUP_NONE never do. */
enum klog_group {
	GROUP_NONE,
	GROUP_REPORT, /* with a trace up to "---[ end trace" */
	GROUP_STALL,  /* with a trace that has no end */
	GROUP_AER,
	GROUP_DPC,
	GROUP_FIRMWARE,
	GROUP_VTD_FAULT,
	GROUP_VTD_QUEUE,
	GROUP_AMD_UNATTACHED,
	GROUP_AMD_EVENT,
	GROUP_SMMU_EVENT,
	GROUP_SMMU_ERROR,
	GROUP_SMMU_PAGE_REQUEST,
	GROUP_SMMU2,
};

/* What a line is to its group. What finds no partner is an event of its own. */
enum klog_role {
	ROLE_MAIN, /* the event stands in this line */
	ROLE_LEAD, /* .. in one that follows */
	ROLE_PART, /* .. in one before */
};

/*
 * A line belongs to the first row whose needle it begins with, and whose other needle it has. Where
 * the first is empty, it ends with the other.
 */
struct klog_row {
	const char *needle;
	const char *also; /* anywhere behind it; NULL: nothing else */
	enum klog_kind kind;
	enum klog_where where;
	enum klog_group group;
	enum klog_role role;
};

/* A row for each role; ALONE is a line that no other belongs to. */
#define ALONE(needle, also, kind, where)                                                           \
	{                                                                                          \
		(needle), (also), (kind), (where), GROUP_NONE, ROLE_MAIN                           \
	}
#define MAIN(needle, also, kind, where, group)                                                     \
	{                                                                                          \
		(needle), (also), (kind), (where), (group), ROLE_MAIN                              \
	}
#define LEAD(needle, also, kind, where, group)                                                     \
	{                                                                                          \
		(needle), (also), (kind), (where), (group), ROLE_LEAD                              \
	}
#define PART(needle, also, kind, where, group)                                                     \
	{                                                                                          \
		(needle), (also), (kind), (where), (group), ROLE_PART                              \
	}

/*
 * The rows of one source. @tag is what its lines begin with; needles stand behind it. @first has
 * ON() of each byte that the tag, or else a needle, begins with: most lines need no look at the
 * rows. @driver, of lines that are printed for devices: whose name begins so, "" for any.
 */
struct klog_table {
	uint64_t first;
	const char *driver;
	const char *tag;
	const struct klog_row *rows;
	size_t count;
};

#define ON(byte) (UINT64_C(1) << ((unsigned char)(byte)&63))
#define ON_ANY UINT64_MAX

#define KLOG_TABLE(first_, driver_, tag_, rows_)                                                   \
	{                                                                                          \
		.first = (first_), .driver = (driver_), .tag = (tag_), .rows = (rows_),            \
		.count = ARRAY_SIZE(rows_)                                                         \
	}

/* Of lines that are printed for a device, behind "driver name: ", and of others. */
extern const struct klog_table klog_pci_device_tables[], klog_iommu_device_tables[];
extern const struct klog_table klog_iommu_tables[], klog_generic_tables[];
extern const size_t klog_pci_device_table_count, klog_iommu_device_table_count;
extern const size_t klog_iommu_table_count, klog_generic_table_count;

/* A line, taken apart. All point into it. */
struct klog_line {
	const char *text;
	size_t prefix_length;	    /* "driver name", 0 when it is not printed for a device */
	const struct klog_row *row; /* NULL: in no table */
	const char *message;	    /* behind prefix and tag */
};

/* Finds the row of a record that the kernel wrote. Pure. */
struct klog_line klog_match(const struct log_record *record);

/* Reads what the line says of function, process and value into @event. Pure. */
void klog_read_function(const struct log_record *record, const struct klog_line *line,
			struct klog_event *event);
void klog_read_process(const struct klog_line *line, struct klog_event *event);

/* Whether the line may be part of a trace; whether it ends one. Pure. */
bool klog_is_trace(const char *text);

/*
 * The length of "name" in "name+0x1f0/0x2a0", without what the compiler put behind it (".isra.0",
 * ".cold"); 0 when there is no symbol. Pure.
 */
size_t klog_symbol_length(const char *text);
bool klog_ends_trace(const char *text);

/* Reads a line of a trace: a process, a function of a reset. Pure. */
void klog_read_trace(const char *text, struct klog_event *event);

#endif
