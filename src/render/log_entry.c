// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/log_entry.h"

#include <inttypes.h>
#include <syslog.h>

#include "base/escape.h"

static void put(struct strbuf *out, const char *name, const char *value)
{
	if (!*value)
		return;
	strbuf_printf(out, "%s=", name);
	escape_printable(out, value);
	strbuf_puts(out, "\n");
}

static void put_number(struct strbuf *out, const char *name, uint64_t number)
{
	strbuf_printf(out, "%s=%" PRIu64 "\n", name, number);
}

static void put_head(struct strbuf *out, const char *message_id, int level,
		     const struct run_evidence *run)
{
	put(out, "MESSAGE_ID", message_id);
	put_number(out, "PRIORITY", (uint64_t)level);
	put(out, "SYSLOG_IDENTIFIER", PACKAGE_NAME);
	put(out, "IOMMU_RESETTEST_RUN_ID", run->run_id);
}

static int step_level(enum step_verdict verdict)
{
	switch (verdict) {
	case STEP_FAIL:
		return LOG_ERR;
	case STEP_INCONCLUSIVE:
		return LOG_WARNING;
	case STEP_PASS:
	case STEP_SKIP:
		break;
	}
	return LOG_INFO;
}

/* "step 3: nested, cxl_bus, 0000:01:00.0: fail, nested-prepare-busy: ..." */
static void put_step_message(struct strbuf *out, const struct step_evidence *step,
			     const struct step_result *result)
{
	strbuf_printf(out, "MESSAGE=step %u: %s", step->number, scenario_names[step->scenario]);
	if (step->method[0]) {
		strbuf_puts(out, ", ");
		escape_printable(out, step->method);
	}
	for (size_t i = 0; i < step->subject_count; i++) {
		strbuf_puts(out, i ? " " : ", ");
		escape_printable(out, step->subjects[i].function);
	}
	strbuf_printf(out, ": %s", step_verdict_names[result->verdict]);
	if (result->reason)
		strbuf_printf(out, ", %s", result->reason->name);
	if (result->text[0]) {
		strbuf_puts(out, ": ");
		escape_printable(out, result->text);
	}
	strbuf_puts(out, "\n");
}

int log_entry_step(struct strbuf *out, const struct run_evidence *run,
		   const struct step_evidence *step, const struct step_result *result)
{
	int level = step_level(result->verdict);

	strbuf_reset(out);
	put_step_message(out, step, result);
	put_head(out, LOG_ENTRY_STEP_ID, level, run);
	put_number(out, "IOMMU_RESETTEST_STEP", step->number);
	put_number(out, "IOMMU_RESETTEST_ROUND", step->round ? step->round : 1);
	put(out, "IOMMU_RESETTEST_SCENARIO", scenario_names[step->scenario]);
	put(out, "IOMMU_RESETTEST_METHOD", step->method);
	for (size_t i = 0; i < step->subject_count; i++)
		put(out, "IOMMU_RESETTEST_FUNCTION", step->subjects[i].function);
	put(out, "IOMMU_RESETTEST_VERDICT", step_verdict_names[result->verdict]);
	put(out, "IOMMU_RESETTEST_REASON", result->reason ? result->reason->name : "");
	put_number(out, "IOMMU_RESETTEST_DURATION_NS", result->duration_ns);
	return level;
}

static int run_level(enum run_verdict verdict)
{
	switch (verdict) {
	case RUN_FIXED:
	case RUN_NOT_AFFECTED:
		return LOG_NOTICE;
	case RUN_VULNERABLE:
	case RUN_BROKEN:
		return LOG_ERR;
	case RUN_INCONCLUSIVE:
	case RUN_SKIPPED:
		break;
	}
	return LOG_WARNING;
}

int log_entry_verdict(struct strbuf *out, const struct run_evidence *run,
		      const struct run_result *result, int exit_status)
{
	int level = run_level(result->verdict);
	const char *verdict = run_verdict_names[result->verdict];

	strbuf_reset(out);
	strbuf_printf(out, "MESSAGE=%s: ", verdict);
	escape_printable(out, result->summary);
	strbuf_puts(out, "\n");
	put_head(out, LOG_ENTRY_VERDICT_ID, level, run);
	put(out, "IOMMU_RESETTEST_VERDICT", verdict);
	put_number(out, "IOMMU_RESETTEST_EXIT_STATUS", (uint64_t)exit_status);
	put_number(out, "IOMMU_RESETTEST_STEPS", totals_steps(&result->totals));
	put_number(out, "IOMMU_RESETTEST_FAILED", result->totals.counts[STEP_FAIL]);
	return level;
}

int log_entry_gap(struct strbuf *out, const struct run_evidence *run, uint64_t lost)
{
	strbuf_reset(out);
	strbuf_printf(out,
		      "MESSAGE=%" PRIu64 " %s of this run %s lost here: the log did not take %s\n",
		      lost, lost == 1 ? "entry" : "entries", lost == 1 ? "was" : "were",
		      lost == 1 ? "it" : "them");
	put_head(out, LOG_ENTRY_GAP_ID, LOG_WARNING, run);
	put_number(out, "IOMMU_RESETTEST_LOST", lost);
	return LOG_WARNING;
}
