/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was observed in one run. The judge reads this and nothing else, so whatever decides a
 * verdict must stand here. Times are CLOCK_MONOTONIC nanoseconds unless said otherwise.
 */
#ifndef MODEL_EVIDENCE_H
#define MODEL_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/hash_index.h"
#include "model/facts.h"
#include "model/known.h"
#include "model/scenario.h"
#include "model/snapshot.h"

#define SUBJECTS_MAX 8
/* Far more of one step than there can be, so that what a file holds can be gone through. */
#define WRITES_MAX 256
#define COUNTERS_MAX 16384
#define CONFIG_BYTES_MAX 4096
#define SYMBOL_MAX 48
#define WHY_MAX 256
#define CALLER_MAX 16

enum trace_kind {
	TRACE_MARK_BEGIN, /* written by the tool: the trace was recording here */
	TRACE_MARK_END,
	TRACE_PREPARE,	      /* pci_dev_reset_iommu_prepare() entered */
	TRACE_PREPARE_RETURN, /* .. returned value */
	TRACE_DONE,	      /* pci_dev_reset_iommu_done() entered */
	TRACE_ATTACH,	      /* __iommu_attach_device() entered, value = domain type */
	TRACE_ATTACH_RETURN,  /* .. returned value */
	TRACE_RESET,	      /* a reset primitive (symbol) entered, value 1 = only probing */
	TRACE_RESET_RETURN,   /* .. returned value; probe as at its entry */
	TRACE_ATTACHED,	      /* tracepoint iommu:attach_device_to_domain: some attach succeeded */
	/* No probe of this program gives these two: the kernel calls the IOMMU's own driver. */
	TRACE_PASID_BLOCK,   /* the domain of a PASID (value) was taken away */
	TRACE_PASID_RESTORE, /* set_dev_pasid() gave it back */
};

struct trace_event {
	uint64_t time_ns;
	unsigned int cpu;
	int pid;
	enum trace_kind kind;
	char function[BDF_MAX]; /* "" when it could not be paired with its entry */
	char symbol[SYMBOL_MAX];
	int value;
	bool probe;
};

/* Where the trace came from. Kprobes and fprobes show the same. */
enum trace_source {
	TRACE_SOURCE_NONE,
	TRACE_SOURCE_TRACEPOINT, /* iommu:attach_device_to_domain alone */
	TRACE_SOURCE_KPROBE,	 /* kprobes on what matters most, or on a part of it */
	TRACE_SOURCE_FPROBE,	 /* fprobes on all of that */
};
#define TRACE_SOURCE_COUNT 4
extern const char *const trace_source_names[TRACE_SOURCE_COUNT];

struct trace_state {
	enum trace_source source;
	char why[WHY_MAX];     /* what could not be had */
	char missing[WHY_MAX]; /* symbols that could not be probed, separated by blanks */
	char unarmed[WHY_MAX]; /* symbols that were left out since no planned method comes to them
				*/
	uint64_t lost;	       /* events lost in the ring buffer or not decodable */
};

/* One record of /dev/kmsg (Documentation/ABI/testing/dev-kmsg). */
struct log_record {
	uint64_t sequence;
	uint64_t time_us; /* kernel log clock */
	unsigned int facility;
	unsigned int level;
	char caller[CALLER_MAX]; /* "T151" a process, "C0" a CPU, "" unknown (no PRINTK_CALLER) */
	char *text;		 /* unescaped first line */
	char *device;		 /* value of DEVICE= in the dictionary, "" when none */
};

struct log_state {
	bool readable;
	char why[WHY_MAX];
	bool marked;	 /* marker records could be written */
	bool begin_seen; /* ... and were read back */
	bool end_seen;
	uint64_t begin_sequence, end_sequence; /* of the markers; 0 where one was not seen */
	uint64_t begin_us, begin_ns; /* the begin marker by the log's clock and ours; 0 not seen */
	uint64_t lost; /* records overwritten before they were read, or missing in the sequence */
	uint64_t passed_over; /* read in a flood of them, uninteresting, and not kept */
	uint64_t over_limit;  /* interesting, and not kept either: there were too many */
};

struct counter {
	char name[64]; /* warn_count, tainted, irq:dmar0, aer:BDF:fatal ... */
	uint64_t before, after;
	char why[64]; /* why it could not be read both times; "" when it could */
};

struct config_space {
	bool readable;
	unsigned int length_bytes; /* 64, 256 or 4096: as much as could be read */
	uint8_t bytes[CONFIG_BYTES_MAX];
};

#define VFS_UNKNOWN (-1)

/* What a step does with one of its functions. */
enum subject_role {
	SUBJECT_RESET,	/* resets it: what most scenarios do with all */
	SUBJECT_PROBED, /* writes names to its reset_method */
};
#define SUBJECT_ROLE_COUNT 2
extern const char *const subject_role_names[SUBJECT_ROLE_COUNT];

/* One function under test in one step. Errno values are positive, 0 is success. */
struct subject {
	char function[BDF_MAX];
	enum subject_role role;
	uint16_t vendor, device;
	int group;
	char domain_type[32]; /* iommu_groups/N/type before the step */
	char upstream[BDF_MAX];
	char iommu[64]; /* as /sys/class/iommu has it: dmar0, ivhd0 ...; "" when not known */
	char driver[64];
	bool is_vf;
	int vfs_before, vfs_after; /* sriov_numvfs of a PF that has some, VFS_UNKNOWN; else 0 */
	enum tri gate;		   /* function_gate_open() when planned */
	char methods_before[METHOD_LIST_TEXT_MAX];
	char methods_after[METHOD_LIST_TEXT_MAX];
	bool method_written; /* reset_method had to be changed */
	int select_errno;    /* ... and what that returned */
	int restore_errno;
	bool unbound;	       /* its driver was taken off for the step */
	int unbind_errno;      /* what that returned */
	int bind_errno;	       /* what binding it again returned */
	char driver_after[64]; /* "" when none is bound */
	char type_after[32];   /* of its group, where the step changes that; else "" */
	int pid;	       /* the worker that wrote */
	bool started;
	bool hung;		  /* no answer while it was waited for */
	bool abandoned;		  /* ... which was not to the deadline, but to a second signal */
	char hung_where[WHY_MAX]; /* state and wait channel of the hung worker */
	int write_errno;
	uint64_t begin_ns, end_ns; /* around the write to reset, or all that it got */
	bool present_after;	   /* sysfs directory there with the same ids */
	char kept_for[WHY_MAX];	   /* it came into use meanwhile, so it was not put back; else "" */
	struct config_space *before, *after; /* NULL: not read */
	/* Of the bridge above; only in the first of the subjects behind the same one. */
	struct config_space *upstream_before, *upstream_after;
};

/* What a write beside the resets was for. */
enum write_kind {
	WRITTEN_PROBE,	      /* one name, "default" or the saved list into reset_method */
	WRITTEN_RESET,	      /* 1 into reset, where a subject is reset more than once */
	WRITTEN_ATTACH,	      /* another type into the group's, in the middle of the reset */
	WRITTEN_ATTACH_AFTER, /* the same once the reset is over */
	WRITTEN_RETYPE,	      /* the type that the group had */
	WRITTEN_REBIND,	      /* the function into its driver's bind, with the method selected */
	WRITTEN_RELEASE,      /* .. into its unbind, before the list is put back */
	/* Of VFIO, which come in this order; the value is the last call that was made. */
	WRITTEN_VFIO_BIND,   /* vfio-pci to the function, through driver_override */
	WRITTEN_VFIO_ATTACH, /* the group to a container, which attaches a domain of its own */
	WRITTEN_VFIO_OPEN,   /* the device, which vfio-pci resets then */
	WRITTEN_VFIO_RESET,  /* VFIO_DEVICE_RESET, VFIO_DEVICE_PCI_HOT_RESET */
	WRITTEN_VFIO_CLOSE,  /* the device, which is reset once more */
	WRITTEN_VFIO_DETACH, /* the group, which gets back its own domain */
	WRITTEN_VFIO_UNBIND, /* vfio-pci, and driver_override holds what it held */
};
#define WRITE_KIND_COUNT 14
#define RESETS_MAX 4 /* of one function in one step */
extern const char *const write_kind_names[WRITE_KIND_COUNT];

/* A write of a scenario beside the resets. Errno values are positive, 0 is success. */
struct step_write {
	enum write_kind kind;
	char function[BDF_MAX]; /* the subject that it concerns */
	char value[METHOD_LIST_TEXT_MAX];
	char after[METHOD_LIST_TEXT_MAX]; /* what the file held next; "" when it was unreadable */
	int pid;			  /* the worker that wrote */
	bool started;
	bool hung;
	int error;
	uint64_t begin_ns, end_ns;
};

/*
 * What went through a function while it was reset: a disk of it is read, and nothing ever written
 * to it; or a network interface sends frames. Of the two counts one stays 0.
 */
struct traffic {
	char function[BDF_MAX];
	char device[64]; /* "nvme0n1", "eth0"; "" when none was found */
	bool started;	 /* it was read from end to end, or had sent, before the reset */
	bool ended;	 /* .. and again after it */
	int error;	 /* errno of the read that failed; not started: of the opening */
	uint64_t reads_before, reads_within, reads_after; /* by when they came back */
	uint64_t sent_before, sent_within, sent_after;	  /* by when the driver had counted them */
	uint64_t mismatches;				  /* other data than before */
	uint64_t longest_ns; /* a read took, or between a frame and the next one that went out */
	int lower_error;     /* errno of making the interface as it was before the step */
	bool still_up;	     /* .. and it was seen to be up all the same */
};

/* Of each subject that is a PF: a VF. The ids are the kernel's, for the VF's own read ffff. */
#define VF_HEADER_TEXT_MAX 48 /* 16 bytes */
struct step_vf {
	char function[BDF_MAX];
	char physfn[BDF_MAX]; /* the subject */
	uint16_t vendor, device;
	bool present_after; /* as of a subject */
	/* The beginning of its configuration space, "ff ff ..."; "": not read. */
	char header_before[VF_HEADER_TEXT_MAX], header_after[VF_HEADER_TEXT_MAX];
};

/* A hotplug event of the PCI subsystem seen during a step. */
#define UEVENT_LOST "lost" /* the action that stands for events which could not be received */
struct uevent {
	char action[16];
	char function[BDF_MAX];
};

struct step_evidence {
	unsigned int number; /* 1.. in the order they ran */
	unsigned int round;  /* 1.. how often the plan was begun; 0 in files of older versions: 1 */
	enum scenario scenario;
	char method[METHOD_NAME_MAX];
	char skip_reason[40]; /* not run at all: why, as a slug; else "" */
	char skip_text[WHY_MAX];
	char incomplete[WHY_MAX]; /* what of the evidence could not be had; "": nothing */
	struct subject subjects[SUBJECTS_MAX];
	size_t subject_count;
	struct step_write *writes; /* beside the resets, in their order */
	size_t write_count;
	struct traffic *traffic;
	size_t traffic_count;
	struct step_vf *vfs;
	size_t vf_count;
	struct trace_state trace_state;
	struct trace_event *trace;
	size_t trace_count;
	struct log_state log_state;
	struct log_record *log;
	size_t log_count;
	struct counter *counters;
	size_t counter_count;
	struct uevent *uevents;
	size_t uevent_count;
};

/* A function that may not be reset, and what would lift that. */
struct refusal {
	char function[BDF_MAX];
	char reason[40]; /* slug */
	char text[WHY_MAX];
	char override[WHY_MAX]; /* "" when nothing lifts it */
};

struct run_evidence {
	char tool_version[32];
	char tool_features[64];
	char started[32];    /* UTC, ISO 8601 */
	uint64_t started_ns; /* the same moment; 0 in files of older versions */
	char run_id[40];     /* stands in every marker of the run */
	struct host host;
	struct kernel_facts facts;
	int signal;		     /* ended early by this signal, else 0 */
	bool cut;		     /* read from a file that has no end: its writer was killed */
	struct step_evidence *steps; /* those that are kept; the last one may be under way */
	size_t step_count;
	struct step_evidence *examples; /* of many rounds, steps that passed, one of each series */
	size_t example_count;
	unsigned int step_number; /* of the step added last */
	struct refusal *refusals;
	size_t refusal_count;
	struct known known; /* more than the steps that are kept have; in old files all they name */
	char **warnings;
	size_t warning_count;
	struct hash_index warning_index;
};

#define _cleanup_evidence_ _cleanup_(evidence_free)

/* Takes the last step away. The next one has the next number all the same. */
void evidence_drop_step(struct run_evidence *run);

/* Each appends a zeroed element and returns it, NULL when memory is short. */
struct step_evidence *evidence_add_step(struct run_evidence *run);
struct refusal *evidence_add_refusal(struct run_evidence *run);
struct subject *step_add_subject(struct step_evidence *step);
struct trace_event *step_add_trace(struct step_evidence *step);
struct counter *step_add_counter(struct step_evidence *step);
struct step_write *step_add_write(struct step_evidence *step);
struct traffic *step_add_traffic(struct step_evidence *step);
struct step_vf *step_add_vf(struct step_evidence *step);
struct uevent *step_add_uevent(struct step_evidence *step);

/* @text and @device are copied. Returns 0 or -ENOMEM. */
int step_add_log(struct step_evidence *step, const struct log_record *record) _must_check_;
int evidence_warn(struct run_evidence *run, const char *format, ...) _printf_(2, 3) _must_check_;

const struct subject *step_subject(const struct step_evidence *step, const char *function);

/* Whether such a beginning is that of a function that answers. Pure. */
enum tri vf_answers(const char *header);

/* Whether it is gone or does not answer any more, as far as it was looked at. Pure. */
bool vf_is_silent(const struct step_vf *vf);

/* A VF that answered before the reset of its PF, and is gone or answers no more after it. Pure. */
bool step_vf_lost(const struct step_evidence *step, const struct step_vf *vf);

/* Frees what the step points to, not the step. */
void step_clear(struct step_evidence *step);
void evidence_free(struct run_evidence *run);

#endif
