/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One step under judgement: its evidence read once, and the rules that look at it. */
#ifndef JUDGE_CASE_H
#define JUDGE_CASE_H

#include "judge/cycle.h"
#include "judge/klog.h"
#include "model/verdict.h"

/* Whose an event of the kernel log is. */
enum owner {
	OWNER_UNKNOWN, /* it names nobody, or nobody that is known */
	OWNER_SUBJECT,
	OWNER_PORT, /* the bridge above a subject */
	OWNER_OTHER,
};

/* @log has an entry for each record of the step, see klog_read(); @traces one for each subject. */
struct step_case {
	const struct run_evidence *run;
	const struct step_evidence *step;
	struct klog_event *log;
	struct function_trace traces[SUBJECTS_MAX];
	int *pids; /* of the step's own processes, sorted */
	size_t pid_count;
	const struct step_vf **vfs; /* by the end of their names */
	bool *vfs_removed;	    /* by hotplug; as step->vfs */
	bool unaffected;	    /* the kernel's facts say it has no prepare/done */
	bool traced;		    /* functions were traced, not only the tracepoint */
	struct step_result *result;
};

/*
 * The rules, in the order they are applied. Each adds the findings it is responsible for and
 * returns 0 or -ENOMEM; none looks at what another one found, but for rule_warnings(), which
 * leaves alone the warnings that rule_busy() has explained, rule_vfs(), which leaves those of a
 * lost PF to rule_outcome(), and rule_counters(), which says of bugs only what the log did not.
 */
int rule_busy(struct step_case *c);	/* the bug itself: prepare refused with EBUSY */
int rule_cycles(struct step_case *c);	/* invariants 1, 3, 4, 5 and 6 */
int rule_pasid(struct step_case *c);	/* invariants 4 and 5, for each PASID */
int rule_outcome(struct step_case *c);	/* hung, lost, failed writes */
int rule_vfs(struct step_case *c);	/* VFs of a PF, lost with it */
int rule_warnings(struct step_case *c); /* invariant 2, oopses */

/* Whether the step's own processes were running when the kernel said so, or nobody knows who. */
bool warning_is_own(const struct step_case *c, const struct klog_event *event);

int rule_faults(struct step_case *c); /* invariant 10: IOMMU faults, ATS timeouts, AER in the log */
int rule_counters(struct step_case *c);	 /* invariants 2 and 10, as counters see them */
int rule_registers(struct step_case *c); /* config space, link, the port above */
int rule_ready(struct step_case *c);	 /* how late functions answered; decides nothing */
int rule_notes(struct step_case *c);	 /* decides nothing */
int rule_config(struct step_case *c);	 /* reset_method and driver put back */
int rule_left(struct step_case *c);	 /* what else was left, and what was not seen */

/* What of it stands against a pass, as proof_missing() says it. */
const char *left_missing(const struct step_case *c);

/*
 * What is missing for a pass, as a slug of class inconclusive; NULL when the proof is complete.
 * Asked only when no rule found anything.
 */
const char *proof_missing(const struct step_case *c);

/*
 * Whether a name as the log prints it means this function. A name without a domain does on a
 * machine that has one PCI segment; where that is not known, it means domain 0.
 */
bool case_names(const struct step_case *c, const char *printed, const char *function);

/* The same for subject @index by itself. */
const char *proof_missing_of(const struct step_case *c, size_t index);

/*
 * The subject that a record's event concerns: by its name, that of the bridge above it, or that of
 * a VF of its own. NULL: none.
 */
const struct subject *case_subject_concerned(const struct step_case *c, const char *printed);

/* Makes the indices: c->pids, c->vfs and c->vfs_removed. Returns 0 or -ENOMEM; clear it then, too.
 */
int case_index(struct step_case *c) _must_check_;
void case_index_clear(struct step_case *c);

/* The first of c->vfs that has the number with which @name ends, if case_vf_is(). Pure. */
size_t case_find_vfs(const struct step_case *c, const char *name);
bool case_vf_is(const struct step_case *c, size_t index, const char *name);

bool case_has_pid(const struct step_case *c, int pid);
bool case_has_slug(const struct step_case *c, const char *slug);

/* Whether the log says that a reset of the subject was refused with EBUSY: needs no trace. */
bool case_logged_refusal(const struct step_case *c, const struct subject *subject);

/*
 * Warnings that the kernel counted and that the log does not show to be of something else. One of a
 * reset may be prepare's, under an earlier name or where a compiler has put it. Where structures
 * have the fix, one that nobody has seen is not taken for it.
 */
bool case_warned_unseen(const struct step_case *c);

/* Whether the kernel's structures allow one reset for each group: no siblings, and no nesting. */
bool case_structures_have_bug(const struct step_case *c);

uint64_t case_counter_delta(const struct step_case *c, const char *name);

/* A counter that a pass rests on and that is not known; NULL when there is none. */
const struct counter *case_counter_missing(const struct step_case *c);

/*
 * What keeps the trace from proving anything, a violation included: "no-trace", "trace-incomplete";
 * NULL when it is whole.
 */
const char *case_trace_missing(const struct step_case *c);

/*
 * The type of the domain that the cycle found and has to put back: that of the group, unless the
 * step's own write gave it another one just before the function was blocked. -1 when not known, as
 * when another process was seen to give it one.
 */
int case_domain_before(const struct step_case *c, const struct subject *subject,
		       const struct cycle *cycle);

/* Whether a function of the kernel was not probed, so that what it does was not seen. */
bool case_symbol_missing(const struct step_case *c, const char *symbol);

/*
 * Whether the kernel said ENOTTY without having tried: it lists a bus reset for this function that
 * it does not have.
 */
bool case_declined(const struct step_case *c, const struct subject *subject);

/* The finding that a rule has added, NULL when there is none. */
struct finding *case_finding(const struct step_case *c, const char *slug, const char *function);

/*
 * The domain that the function has around its resets: of the group's type, or what VFIO was seen to
 * attach; -1 when it is not known.
 */
int case_initial_domain(const struct step_case *c, const struct subject *subject);

enum owner case_owner(const struct step_case *c, const struct klog_event *event);

/* Counts an event that is not the step's. Returns 0 or -ENOMEM. */
int case_add_background(struct step_case *c, const struct klog_event *event);

/* Quotes record @index of the step's log as evidence of @finding. Returns 0 or -ENOMEM. */
int case_quote_log(const struct step_case *c, struct finding *finding, size_t index);

/* .. or the lines of the event that record @index is the head of, but for a trace. */
int case_quote_event(const struct step_case *c, struct finding *finding, size_t index);

#endif
