// SPDX-License-Identifier: GPL-2.0-or-later
/* What a run reports of the rest of the machine, and what it notes of its own functions. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "golden.h"
#include "golden_edit.h"
#include "judge/judge.h"
#include "judge/klog.h"
#include "model/background.h"

/* Evidence of a reset that passes, with log lines in their order. */
static void judge_with(const char *const *texts, size_t count, struct run_evidence *run,
		       struct run_result *result)
{
	_cleanup_lines_ struct lines lines = golden_lines("7.3.4-cxl");

	for (size_t i = 0; i < count; i++) {
		_cleanup_free_ char *edit = NULL;

		assert_true(asprintf(&edit,
				     "add %s => log sequence=%zu time_us=11800000 facility=0 "
				     "level=3 device=\"\" text=\"%s\"",
				     i ? "log sequence=*" : "log-state *", i + 1, texts[i]) > 0);
		golden_edit(&lines, edit);
	}
	assert_int_equal(lines_parse(&lines, run), 0);
	assert_int_equal(judge_run(run, result), 0);
}

static uint64_t events_of(const struct run_result *result, const char *function, const char *kind)
{
	uint64_t events = 0;

	for (size_t i = 0; i < result->background_count; i++)
		if (streq(result->background[i].function, function) &&
		    streq(result->background[i].kind, kind))
			events += result->background[i].events;
	return events;
}

/* Where the kernel leaves the domain out, what is meant depends on how many there are. */
static void names_without_a_domain(void **state)
{
	static const struct {
		unsigned int segments;
		const char *function; /* the one that was reset instead of 0000:01:00.0 */
		enum run_verdict verdict;
	} machines[] = {
		{0, "0000:01:00.0", RUN_BROKEN},       {1, "0000:01:00.0", RUN_BROKEN},
		{2, "0000:01:00.0", RUN_INCONCLUSIVE}, {0, "0001:01:00.0", RUN_INCONCLUSIVE},
		{1, "0001:01:00.0", RUN_BROKEN},       {2, "0001:01:00.0", RUN_INCONCLUSIVE},
		{0, "0001:02:00.0", RUN_FIXED},	       {1, "0001:02:00.0", RUN_FIXED},
		{2, "0001:02:00.0", RUN_FIXED},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		_cleanup_lines_ struct lines lines = golden_lines("7.3.4-cxl");
		_cleanup_evidence_ struct run_evidence run = {0};
		_cleanup_result_ struct run_result result = {0};
		char *at;

		for (size_t j = 0; j < lines.count; j++)
			while ((at = strstr(lines.list[j], "0000:01:00.0")) &&
			       !streq(machines[i].function, "0000:01:00.0"))
				memcpy(at, machines[i].function, strlen("0000:01:00.0"));
		golden_edit(&lines, "add log-state * => log sequence=1 time_us=11800000 facility=0 "
				    "level=3 device=\"\" text=\"DMAR: [DMA Read NO_PASID] Request "
				    "device [01:00.0] fault addr 0x0 x\"");
		assert_int_equal(lines_parse(&lines, &run), 0);
		run.host.segments = machines[i].segments;
		assert_int_equal(judge_run(&run, &result), 0);
		if (result.verdict != machines[i].verdict)
			fail_msg("%u segments, %s: %s", machines[i].segments, machines[i].function,
				 run_verdict_names[result.verdict]);
	}
}

/* Others' faults never fail a step, and each function is told of with its count. */
static void others_are_counted(void **state)
{
	static const char *const texts[] = {
		"DMAR: DRHD: handling fault status reg 2",
		"DMAR: [DMA Read NO_PASID] Request device [0000:02:00.0] fault addr 0x0 x",
		"DMAR: DRHD: handling fault status reg 2",
		"DMAR: [DMA Read NO_PASID] Request device [02:00.0] fault addr 0x0 x",
		"DMAR: DRHD: handling fault status reg 2",
		"DMAR: [DMA Read NO_PASID] Request device [0000:02:00.0] fault addr 0x0 x",
		"nvme 0000:03:00.0: PCIe Bus Error: severity=Correctable",
		"nvme 0000:03:00.0:   [ 0] RxErr",
		"vfio-pci 0000:04:00.0: failed to stop IOMMU for a PCI reset: -16",
		"WARNING: mm/slub.c:1 at kmem_cache_free+0x1e0/0x200, CPU#0: cat/999",
	};
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};

	(void)state;
	judge_with(texts, ARRAY_SIZE(texts), &run, &result);
	assert_int_equal(result.verdict, RUN_FIXED);
	assert_int_equal(result.background_count, 5);
	assert_int_equal(events_of(&result, "0000:02:00.0", "iommu-fault"), 2);
	assert_int_equal(events_of(&result, "02:00.0", "iommu-fault"), 1);
	assert_int_equal(events_of(&result, "0000:03:00.0", "pcie-error"), 1);
	assert_int_equal(events_of(&result, "0000:04:00.0", "prepare-failed"), 1);
	assert_int_equal(events_of(&result, "", "kernel-warning"), 1);
	/* The step's are the run's. */
	assert_int_equal(result.steps[result.step_count - 1].background_count, 5);
}

static bool has_note(const struct step_result *step, const char *part)
{
	for (size_t i = 0; i < step->note_count; i++)
		if (strstr(step->notes[i], part))
			return true;
	return false;
}

/* Known, and no fault of this reset: a note that names the function, once. */
static void alias_is_a_note(void **state)
{
	static const char *const texts[] = {
		"pci 0000:01:00.0: DMA-aliased sibling may be prematurely unblocked",
		"pci 0000:01:00.0: DMA-aliased sibling may be prematurely unblocked",
		"pci 0000:01:00.0: ready 2047ms after FLR",
	};
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	const struct step_result *step;

	(void)state;
	judge_with(texts, ARRAY_SIZE(texts), &run, &result);
	step = &result.steps[result.step_count - 1];
	assert_int_equal(step->verdict, STEP_PASS);
	assert_int_equal(step->note_count, 2);
	assert_true(has_note(step, "0000:01:00.0 shares a requester id"));
	assert_true(has_note(step, "0000:01:00.0 was late to answer: 2047 ms after its reset"));
	assert_int_equal(result.background_count, 0);
}

/* Behind a slow port one reset is waited for twice. What others, or users, say counts for nobody. */
static void late_answer_is_told(void **state)
{
	static const char *const texts[] = {
		"pci 0000:01:00.0: not ready 1023ms after bus reset; giving up",
		"pci 0000:01:00.0: not ready 1023ms after bus reset; waiting",
		"pci 0000:02:00.0: ready 16383ms after FLR",
		"pci 0000:01:00.0: ready 2047ms after bus reset",
		"pci 0000:01:00.0: ready 1023ms after FLR",
	};
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};
	const struct step_result *step;

	(void)state;
	judge_with(texts, ARRAY_SIZE(texts), &run, &result);
	step = &result.steps[result.step_count - 1];
	assert_int_equal(step->verdict, STEP_PASS);
	assert_int_equal(step->subjects[0].ready_ms, 3070);
	assert_int_equal(step->note_count, 1);
	assert_true(has_note(step, "0000:01:00.0 was late to answer: 3070 ms after its reset"));
}

/* However many origins there are, none is lost from the count and the list stays short. */
static void list_stays_short(void **state)
{
	struct background *list = NULL;
	uint64_t events = 0;
	size_t count = 0;

	(void)state;
	for (unsigned int i = 0; i < 1000; i++) {
		struct background one = {.pid = KLOG_NO_PID, .kind = "iommu-fault", .events = 2};

		snprintf(one.function, sizeof(one.function), "0000:%02x:%02x.%x", i >> 8,
			 i >> 3 & 31, i & 7);
		assert_int_equal(background_add(&list, &count, &one), 0);
	}
	assert_int_equal(count, BACKGROUND_MAX);
	for (size_t i = 0; i < count; i++)
		events += list[i].events;
	assert_int_equal(events, 2000);
	assert_string_equal(list[count - 1].kind, background_more);
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_without_a_domain),
		cmocka_unit_test(others_are_counted),
		cmocka_unit_test(alias_is_a_note),
		cmocka_unit_test(late_answer_is_told),
		cmocka_unit_test(list_stays_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
