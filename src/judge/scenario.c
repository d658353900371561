// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/scenario.h"

static const char *single_missing(const struct step_case *c, size_t index)
{
	return c->step->subjects[index].gate == TRI_NO ? proof_plain_reset(c, index)
						       : proof_blocked_reset(c, index);
}

static const char *overlap_missing(const struct step_case *c)
{
	return c->result->overlapped ? NULL : "no-overlap";
}

static void siblings_explain(struct step_case *c)
{
	snprintf(c->result->text, sizeof(c->result->text),
		 "%zu functions reset at the same time, each blocked and back to %s",
		 c->step->subject_count, c->step->subjects[0].domain_type);
}

const struct scenario_rules scenario_rules[SCENARIO_COUNT] = {
	[SCENARIO_NESTED] = {.missing = proof_blocked_reset},
	[SCENARIO_SINGLE] = {.missing = single_missing},
	[SCENARIO_SIBLINGS] = {.missing = proof_blocked_reset,
			       .together_missing = overlap_missing,
			       .explain = siblings_explain},
	[SCENARIO_PROBE] = {.rule = rule_probe,
			    .missing = probe_missing,
			    .together_missing = probe_together_missing,
			    .explain = probe_explain},
	[SCENARIO_STORM] = {.missing = storm_missing,
			    .together_missing = storm_together_missing,
			    .explain = storm_explain},
	[SCENARIO_ATTACH_RACE] = {.rule = rule_attach,
				  .missing = attach_missing,
				  .explain = attach_explain},
	[SCENARIO_DRIVER] = {.rule = rule_driver,
			     .missing = driver_missing,
			     .explain = driver_explain},
	[SCENARIO_VF] = {.missing = proof_blocked_reset, .explain = vf_explain},
	[SCENARIO_PASID] = {.missing = pasid_missing, .explain = pasid_explain},
	[SCENARIO_VFIO] = {.rule = rule_vfio, .missing = vfio_missing, .explain = vfio_explain},
};

int case_initial_domain(const struct step_case *c, const struct subject *subject)
{
	return c->step->scenario == SCENARIO_VFIO ? vfio_domain(c, subject)
						  : domain_type_of(subject->domain_type);
}

int rule_scenario(struct step_case *c)
{
	const struct scenario_rules *rules = &scenario_rules[c->step->scenario];

	return rules->rule ? rules->rule(c) : 0;
}
