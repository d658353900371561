/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a journal tells: what a run changed and has not put back, and how far it came. */
#ifndef JOURNAL_STATE_H
#define JOURNAL_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/strbuf.h"
#include "journal/setting.h"
#include "journal/step.h"
#include "model/evidence.h"

#define JOURNAL_VERSION 1
#define BOOT_ID_MAX 40
#define RUN_ID_MAX 40

/* A new kind is a word here, its fields and its line in lines.c, and a case in step/undo.c. */
enum change_kind {
	CHANGE_METHODS, /* reset_method holds @after, it held @before */
	CHANGE_DRIVER,	/* the function is unbound, @driver was bound and driver_override @before */
	CHANGE_TYPE,	/* the function's IOMMU group has type @after, it had @before */
	CHANGE_TRACE,	/* trace instance and probes are there, tracefs perhaps mounted */
	CHANGE_SETTING, /* @path, one that setting_allowed(), holds @after, it held @before */
	CHANGE_LINK, /* @interface is up, and its disable_ipv6 held @before, "" for no such file */
	CHANGE_VFIO, /* vfio-pci is bound by driver_override, which held @before */
};
#define CHANGE_KIND_COUNT 7

/* One change of the machine. Zero what the kind does not use. */
struct change {
	unsigned int id; /* given by journal_change() */
	enum change_kind kind;
	char function[BDF_MAX];
	uint16_t vendor, device;
	int group; /* CHANGE_TYPE */
	char before[METHOD_LIST_TEXT_MAX];
	char after[METHOD_LIST_TEXT_MAX];
	char path[SETTING_PATH_MAX]; /* CHANGE_SETTING: below the root */
	int interface;		     /* CHANGE_LINK: its index, which outlives its name */
	char driver[64];	     /* bound before the change, "" for none */
	bool in_use;		     /* the function was known to be in use, and forced */
	bool unbound;		     /* CHANGE_METHODS: its driver had been taken off for that */
	bool mounts;		     /* CHANGE_TRACE: tracefs was not mounted before */
	uint64_t mount_namespace_id; /* ... in this namespace (inode of /proc/self/ns/mnt) */
};

/* A step during which the host went down, in this or an earlier run. */
struct journal_down {
	struct journal_step step;
	char run_id[RUN_ID_MAX];
	char started[32];
	char release[65];
};

struct journal_head {
	unsigned int version;
	char tool_version[32];
	char boot_id[BOOT_ID_MAX];
	char run_id[RUN_ID_MAX];
	char started[32]; /* UTC, ISO 8601 */
	char release[65];
	char nodename[65]; /* "" in journals of old */
};

struct journal_state {
	bool present; /* there is a journal with a head */
	struct journal_head head;
	struct change *changes; /* not yet undone, oldest first */
	size_t change_count;
	struct journal_step *completed;
	size_t completed_count;
	struct journal_down *downs;
	size_t down_count;
	bool in_flight; /* a step was begun and not ended */
	struct journal_step step;
	struct journal_step *hung; /* resets that had not returned when their step ended */
	size_t hung_count;
	bool ended; /* the run came to its end, by itself or by @signal */
	int signal;
	bool torn;		    /* the last line is not whole: what it announces was not done */
	unsigned int damaged_count; /* other lines that cannot be trusted */
	unsigned int damaged_line;  /* the first of them, from 1 */
};

#define _cleanup_journal_state_ _cleanup_(journal_state_free)

/*
 * Reads a journal of @length_bytes. What is damaged is counted and passed over; an empty text is a
 * state that is not present. Returns 0; -EBADMSG: the head is damaged or it is no journal;
 * -EPROTO: of another version, of which only @state->head is filled; -ENOMEM. @state must be
 * zeroed; freed by journal_state_free(). Pure but for allocation.
 */
int journal_state_parse(const char *text, size_t length_bytes,
			struct journal_state *state) _must_check_;

/* Appends the shortest journal that tells the same, but of damage. */
void journal_state_write(struct strbuf *out, const struct journal_state *state);

/* Take a record in. Return 0 or -ENOMEM. */
int journal_state_add_change(struct journal_state *state, const struct change *change) _must_check_;
int journal_state_complete(struct journal_state *state,
			   const struct journal_step *step) _must_check_;
int journal_state_add_down(struct journal_state *state,
			   const struct journal_down *down) _must_check_;
int journal_state_add_hung(struct journal_state *state,
			   const struct journal_step *step) _must_check_;
/* The step in flight has ended. Returns 0, -EINVAL when it is not that one, or -ENOMEM. */
int journal_state_step_end(struct journal_state *state, unsigned int number) _must_check_;
void journal_state_undone(struct journal_state *state, unsigned int id);
void journal_state_returned(struct journal_state *state, unsigned int number, const char *function);

/* "methods", "driver", "type", "trace", "setting", "link", "vfio". Pure. */
const char *change_kind_name(enum change_kind kind);

/*
 * No process of the run is left, so none of its resets is under way any more: what took no host
 * down until now will not.
 */
void journal_state_settle(struct journal_state *state);
bool journal_state_unsettled(const struct journal_state *state); /* Pure. */

/*
 * Whether it is of another machine, by whose name it began, and holds what that one may need: what
 * it is at, changed, did not complete, or went down in. Only for one of another boot. Pure.
 */
bool journal_state_is_foreign(const struct journal_state *state, const char *nodename);

void journal_state_free(struct journal_state *state);

#endif
