/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a scenario adds to the judgement of its steps. */
#ifndef JUDGE_SCENARIO_H
#define JUDGE_SCENARIO_H

#include "judge/case.h"

/* @missing and @together_missing return what a pass still lacks, as a slug, or NULL. */
struct scenario_rules {
	int (*rule)(struct step_case *c); /* adds its findings; 0 or -ENOMEM; NULL: none */
	const char *(*missing)(const struct step_case *c, size_t index); /* of subject @index */
	/* Of the subjects together, on kernels that have prepare/done; NULL: nothing. */
	const char *(*together_missing)(const struct step_case *c);
	/* Words a pass on such a kernel in result->text; NULL: as for single resets. */
	void (*explain)(struct step_case *c);
};

extern const struct scenario_rules scenario_rules[SCENARIO_COUNT];

/* probe */
int rule_probe(struct step_case *c) _must_check_;
const char *probe_missing(const struct step_case *c, size_t index);
const char *probe_together_missing(const struct step_case *c);
void probe_explain(struct step_case *c);

/* storm */
const char *storm_missing(const struct step_case *c, size_t index);
const char *storm_together_missing(const struct step_case *c);
void storm_explain(struct step_case *c);

/* attach-race */
int rule_attach(struct step_case *c) _must_check_;
const char *attach_missing(const struct step_case *c, size_t index);
void attach_explain(struct step_case *c);

/* driver */
int rule_driver(struct step_case *c) _must_check_;
const char *driver_missing(const struct step_case *c, size_t index);
void driver_explain(struct step_case *c);
/* Whether it was not reset since nothing went through it beforehand. Pure. */
bool driver_lacks_traffic(const struct step_case *c, const struct subject *subject);

/* vf */
void vf_explain(struct step_case *c);

/* pasid */
const char *pasid_missing(const struct step_case *c, size_t index);
void pasid_explain(struct step_case *c);

/* vfio */
int rule_vfio(struct step_case *c) _must_check_;
const char *vfio_missing(const struct step_case *c, size_t index);
int vfio_domain(const struct step_case *c, const struct subject *subject); /* -1: unknown */
const char *vfio_not_bound(const struct step_case *c); /* as a slug, when it could not be bound */
void vfio_explain(struct step_case *c);

/* The rule of the step's scenario. */
int rule_scenario(struct step_case *c) _must_check_;

/* The VFs of subject @index, in any scenario: each must have been seen to answer again. */
const char *proof_vfs(const struct step_case *c, size_t index);

/* A reset that has nothing to do with the IOMMU lacks what shows that it was issued, no more. */
const char *proof_plain_reset(const struct step_case *c, size_t index);

/* The same of one write among several, whose reset takes as long as @method does. */
const char *proof_plain_write(const struct step_case *c, const struct step_write *write,
			      const char *method);

/*
 * A reset that must have blocked the IOMMU, where the kernel does that. By a method that is not
 * known to stay flat, or in the scenario that asks for it, a second prepare must have held within.
 */
const char *proof_blocked_reset(const struct step_case *c, size_t index);

/* The same of one write to subject @index among several: exactly one cycle is all its own. */
const char *proof_blocked_write(const struct step_case *c, size_t index,
				const struct step_write *write);

#endif
