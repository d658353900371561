// SPDX-License-Identifier: GPL-2.0-or-later
/* Cycles read from traces that are written down in short. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "judge/cycle.h"

#define FUNCTION "0000:0d:00.0"
#define SIBLING "0000:0e:00.0"

/*
 * A word for each event, one nanosecond apart, the first at 1:
 *	P p<n>		prepare entered, returned n
 *	D		done
 *	A<type> a<n>	attach of a domain type entered, returned n
 *	R r<n>		the primitive entered, returned n
 *	Q q<n>		.. only probing
 *	W w<n>		the method's wrapper
 * A word that begins with / is of the sibling.
 */
static void add_word(struct step_evidence *step, const char *word, const char *primitive)
{
	static const char letters[] = "PpDAaRrQqWw";
	static const enum trace_kind kinds[] = {
		TRACE_PREPARE,	     TRACE_PREPARE_RETURN, TRACE_DONE,	       TRACE_ATTACH,
		TRACE_ATTACH_RETURN, TRACE_RESET,	   TRACE_RESET_RETURN, TRACE_RESET,
		TRACE_RESET_RETURN,  TRACE_RESET,	   TRACE_RESET_RETURN,
	};
	struct trace_event *event = step_add_trace(step);
	bool sibling = word[0] == '/';
	const char *letter = strchr(letters, word[sibling]);

	assert_true(event && letter && *letter);
	event->kind = kinds[letter - letters];
	event->time_ns = step->trace_count;
	event->pid = sibling ? 8 : 7;
	event->value = (int)strtol(word + sibling + 1, NULL, 10);
	event->probe = strchr("Qq", *letter) != NULL;
	strcpy(event->function, sibling ? SIBLING : FUNCTION);
	strcpy(event->symbol, strchr("Pp", *letter)   ? "pci_dev_reset_iommu_prepare"
			      : *letter == 'D'	      ? "pci_dev_reset_iommu_done"
			      : strchr("Aa", *letter) ? "__iommu_attach_device"
			      : strchr("Ww", *letter) ? "wrapper"
						      : primitive);
}

static struct function_trace read_behind(const char *iommu, const char *words, const char *method,
					 const char *function)
{
	_cleanup_free_ char *copy = strdup(words);
	const struct method_info *info = method_info_find(method);
	struct step_evidence step = {0};
	struct function_trace trace;
	char *rest = copy, *word;

	assert_non_null(copy);
	if (iommu) {
		struct subject *subject = step_add_subject(&step);

		assert_non_null(subject);
		strcpy(subject->function, FUNCTION);
		strcpy(subject->iommu, iommu);
	}
	while (words[0] && (word = strsep(&rest, " ")))
		add_word(&step, word, info ? info->primitive : "vendor_reset");
	trace = function_trace_read(&step, function, method);
	step_clear(&step);
	return trace;
}

static struct function_trace read_one(const char *words, const char *method, const char *function)
{
	return read_behind(NULL, words, method, function);
}

static struct function_trace read_nested(const char *words)
{
	return read_one(words, "cxl_bus", FUNCTION);
}

#define NESTED "W P A0 a0 p0 R P p0 D r0 D A11 a0 w0"

static void nested(void **state)
{
	struct function_trace trace = read_nested(NESTED);
	const struct cycle *cycle = &trace.cycles[0];

	(void)state;
	assert_int_equal(trace.cycle_count, 1);
	assert_int_equal(cycle->prepares, 2);
	assert_int_equal(cycle->dones, 2);
	assert_int_equal(cycle->depth_max, 2);
	assert_int_equal(cycle->error, 0);
	assert_int_equal(cycle->blocks, 1);
	assert_int_equal(cycle->restores, 1);
	assert_int_equal(cycle->restore_type, 11);
	assert_int_equal(cycle->begin_ns, 2);
	assert_int_equal(cycle->block_ns, 4);
	assert_int_equal(cycle->end_ns, 11);
	assert_true(cycle->closed && cycle->reset_blocked && trace.reset_ok);
	assert_false(cycle->early_unblock || cycle->restore_failed || trace.torn);
	assert_int_equal(trace.stray_dones, 0);
}

/* From an IOMMU driver that has no blocking domain; elsewhere such a domain is the function's own.
 */
static void blocked_by_empty_domain(void **state)
{
	static const char nest[] = "W P A1 a0 p0 R P p0 D r0 D A1 a0 w0", virtio[] = "0000:00:1e.0";
	struct function_trace trace = read_behind(virtio, nest, "cxl_bus", FUNCTION);
	const struct cycle *cycle = &trace.cycles[0];

	(void)state;
	assert_int_equal(cycle->blocks, 1);
	assert_int_equal(cycle->block_ns, 4);
	assert_int_equal(cycle->restores, 1);
	assert_int_equal(cycle->restore_type, 1);
	assert_true(cycle->closed && cycle->reset_blocked && trace.reset_ok);
	assert_false(cycle->early_unblock || trace.torn || trace.stray_block);
	assert_int_equal(read_behind("dmar0", nest, "cxl_bus", FUNCTION).cycles[0].blocks, 0);
	assert_int_equal(read_behind("", nest, "cxl_bus", FUNCTION).cycles[0].blocks, 0);
	assert_int_equal(read_nested(nest).cycles[0].blocks, 0);
	trace = read_behind(virtio, "W P p0 A1 a0 R P p0 D r0 D w0", "cxl_bus", FUNCTION);
	assert_int_equal(trace.cycles[0].blocks, 0);
	assert_true(trace.cycles[0].early_unblock);
	/* Another process is in prepare, for another function. */
	trace = read_behind(virtio, "/P P p0 A1 a0 /p0 R r0 D", "flr", FUNCTION);
	assert_int_equal(trace.cycles[0].blocks, 0);
	trace = read_behind(virtio, "W P A1 a-12 p-12 w-12", "cxl_bus", FUNCTION);
	assert_true(trace.cycles[0].block_failed);
	assert_int_equal(trace.cycles[0].blocks, 0);
}

static void refused_inside(void **state)
{
	struct function_trace trace = read_nested("W P A0 a0 p0 R P p-16 r-16 D A11 a0 w-16");
	const struct cycle *cycle = &trace.cycles[0];

	(void)state;
	assert_int_equal(trace.cycle_count, 1);
	assert_int_equal(cycle->error, -16);
	assert_int_equal(cycle->error_depth, 1);
	assert_int_equal(cycle->depth_max, 1);
	assert_true(cycle->closed);
	assert_false(trace.reset_ok || cycle->reset_blocked || trace.torn);
	assert_int_equal(trace.reset_error, -16);
}

static void sibling_refused(void **state)
{
	const char *words = "R /R P A0 a0 p0 /P /p-16 /r-16 D A11 a0 r0";
	struct function_trace first = read_one(words, "flr", FUNCTION);
	struct function_trace second = read_one(words, "flr", SIBLING);

	(void)state;
	assert_int_equal(first.cycles[0].error, 0);
	assert_true(first.cycles[0].reset_blocked);
	assert_int_equal(second.cycle_count, 1);
	assert_int_equal(second.cycles[0].error, -16);
	assert_int_equal(second.cycles[0].error_depth, 0);
	assert_true(second.cycles[0].closed);
	assert_int_equal(second.cycles[0].end_ns, 8);
	assert_false(cycles_overlap(&first, &second));
}

/* The first version of the fix: the inner done restores, the outer one does nothing. */
static void early_unblock(void **state)
{
	struct function_trace trace = read_nested("W P A0 a0 p0 R P p0 D A11 a0 r0 D w0");

	(void)state;
	assert_true(trace.cycles[0].early_unblock && trace.cycles[0].closed);
	/* It is the beginning that counts. */
	trace = read_nested("W P A0 a0 p0 R P p0 D r0 A11 D a0 w0");
	assert_true(trace.cycles[0].early_unblock);
	assert_false(read_nested(NESTED).cycles[0].early_unblock);
}

static void dones_that_do_not_fit(void **state)
{
	struct function_trace trace = read_nested("W P A0 a0 p0 R P p0 D r0 w0");

	(void)state;
	assert_false(trace.cycles[0].closed || trace.torn);
	assert_int_equal(trace.cycles[0].dones, 1);
	trace = read_nested(NESTED " D");
	assert_int_equal(trace.stray_dones, 1);
	assert_true(trace.cycles[0].closed);
	trace = read_nested("D");
	assert_int_equal(trace.stray_dones, 1);
	assert_int_equal(trace.cycle_count, 0);
}

static void gate_closed(void **state)
{
	struct function_trace trace = read_nested("W P p0 R P p0 D r0 D w0");

	(void)state;
	assert_int_equal(trace.cycles[0].depth_max, 2);
	assert_int_equal(trace.cycles[0].blocks, 0);
	assert_int_equal(trace.cycles[0].restores, 0);
	assert_true(trace.cycles[0].closed && trace.reset_ok);
	assert_false(trace.cycles[0].reset_blocked);
}

static void failed_attaches(void **state)
{
	struct function_trace trace = read_nested("W P A0 a-22 p-22 w-22");

	(void)state;
	assert_true(trace.cycles[0].block_failed && trace.cycles[0].closed);
	assert_int_equal(trace.cycles[0].error, -22);
	assert_int_equal(trace.cycles[0].blocks, 0);
	trace = read_nested("W P A0 a0 p0 R P p0 D r0 D A11 a-5 w0");
	assert_true(trace.cycles[0].restore_failed);
	assert_int_equal(trace.cycles[0].restores, 0);
}

static void two_cycles(void **state)
{
	struct function_trace trace =
		read_nested("W P A0 a0 p0 R P p0 D r0 D A11 a0 P A0 a0 p0 D A3 a0 w0");

	(void)state;
	assert_int_equal(trace.cycle_count, 2);
	assert_int_equal(trace.cycles[0].depth_max, 2);
	assert_true(trace.cycles[0].reset_blocked);
	assert_int_equal(trace.cycles[1].depth_max, 1);
	assert_int_equal(trace.cycles[1].restore_type, 3);
	assert_false(trace.cycles[1].reset_blocked);
}

/* pcie_flr() prepares, resets and undoes all within itself. */
static void reset_around_its_cycle(void **state)
{
	struct function_trace trace = read_one("R P A0 a0 p0 D A11 a0 r0", "flr", FUNCTION);

	(void)state;
	assert_true(trace.reset_ok && trace.cycles[0].reset_blocked && !trace.torn);
	/* A second one that blocked nothing is not covered by the first one's block. */
	trace = read_one("P A0 a0 p0 D A11 a0 R P p0 D r0", "flr", FUNCTION);
	assert_int_equal(trace.cycle_count, 2);
	assert_true(trace.reset_ok);
	assert_false(trace.cycles[0].reset_blocked || trace.cycles[1].reset_blocked);
}

static void reset_outside_of_the_block(void **state)
{
	(void)state;
	assert_false(read_nested("W P A0 a0 p0 P p0 D D A11 a0 R r0 w0").cycles[0].reset_blocked);
	/* It returned only when the outermost done had been entered. */
	assert_false(read_nested("W P A0 a0 p0 R P p0 D D r0 A11 a0 w0").cycles[0].reset_blocked);
}

static void only_probing(void **state)
{
	struct function_trace trace = read_nested("P A0 a0 p0 Q q0 D A11 a0");

	(void)state;
	assert_int_equal(trace.cycle_count, 1);
	assert_true(trace.cycles[0].closed);
	assert_false(trace.reset_ok || trace.cycles[0].reset_blocked);
	assert_int_equal(read_nested("Q q-25").reset_error, 0);
}

static void other_primitives(void **state)
{
	(void)state;
	/* A method that mainline does not know has none. */
	assert_false(read_one("P A0 a0 p0 R r0 D A11 a0", "vendor", FUNCTION).reset_ok);
	assert_true(read_one("P A0 a0 p0 R r0 D A11 a0", "device_specific", FUNCTION).reset_ok);
}

static void more_cycles_than_are_kept(void **state)
{
	char words[32 * (CYCLES_MAX + 2)] = "R r0";
	struct function_trace trace;

	(void)state;
	for (int i = 0; i < CYCLES_MAX + 1; i++)
		strcat(words, " P A0 a0 p0 D A11 a0");
	trace = read_one(words, "flr", FUNCTION);
	assert_int_equal(trace.cycle_count, CYCLES_MAX + 1);
	for (unsigned int i = 0; i < CYCLES_MAX; i++)
		assert_true(trace.cycles[i].closed && trace.cycles[i].blocks == 1);
	assert_false(trace.torn);
}

/* Entries without return, returns without entry, and pairs that cross. */
static void torn_traces(void **state)
{
	static const char *const torn[] = {
		/* A prepare within a prepare, and what that made of depth. */
		"P P p-1 p0 P p0",
		"W P A0 P p0 a0 p0 R r0 D D A11 a0 w0",
		"P",
		"p0",
		"A0",
		"a0",
		"R",
		"r0",
		"W w0 w0",
		"P A0 p0 D A11 a0",	    /* the block did not return */
		"P a0 p0 D A11 a0",	    /* .. was not entered */
		"P A0 a0 D A11 a0",	    /* prepare did not return */
		"A0 P a0 p0 D A11 a0",	    /* .. was entered within the attach */
		"P R A0 a0 p0 r0 D A11 a0", /* returned before what it contains */
		"P p0 A0 a0 D A11 a0",	    /* nobody blocks outside of prepare */
		"W P A0 a0 p0 R P p0 D w0 D A11 a0 r0",
		"R R R R R R R R R R R R R R R R R R",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(torn); i++) {
		if (!read_nested(torn[i]).torn)
			print_error("%s\n", torn[i]);
		assert_true(read_nested(torn[i]).torn);
	}
	assert_false(read_nested(NESTED).torn);
	assert_false(read_nested("").torn);
}

/* Two processes at the same function: each returns from what it entered. */
static void two_processes(void **state)
{
	struct step_evidence step = {0};
	struct function_trace trace;

	(void)state;
	add_word(&step, "W", "x");
	add_word(&step, "P", "x");
	add_word(&step, "p0", "x");
	step.trace[1].pid = step.trace[2].pid = 99;
	add_word(&step, "w0", "x");
	trace = function_trace_read(&step, FUNCTION, "cxl_bus");
	assert_false(trace.torn);
	step.trace[2].pid = 7;
	trace = function_trace_read(&step, FUNCTION, "cxl_bus");
	assert_true(trace.torn);
	step_clear(&step);
}

static bool overlap(const char *words)
{
	struct function_trace a = read_one(words, "flr", FUNCTION);
	struct function_trace b = read_one(words, "flr", SIBLING);

	assert_int_equal(cycles_overlap(&a, &b), cycles_overlap(&b, &a));
	return cycles_overlap(&a, &b);
}

static void overlapping(void **state)
{
	(void)state;
	assert_true(overlap("P A0 a0 p0 /P /A0 /a0 /p0 D A11 a0 /D /A11 /a0"));
	assert_true(overlap("P A0 a0 p0 /P /A0 /a0 /p0 /D /A11 /a0 D A11 a0"));
	assert_false(overlap("P A0 a0 p0 D A11 a0 /P /A0 /a0 /p0 /D /A11 /a0"));
	/* Entered at the same time, but blocked one after the other. */
	assert_false(overlap("P A0 a0 p0 /P D A11 a0 /A0 /a0 /p0 /D /A11 /a0"));
	/* Not blocked at all. */
	assert_false(overlap("P p0 /P /p0 D /D"));
	assert_false(overlap(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nested),
		cmocka_unit_test(blocked_by_empty_domain),
		cmocka_unit_test(refused_inside),
		cmocka_unit_test(sibling_refused),
		cmocka_unit_test(early_unblock),
		cmocka_unit_test(dones_that_do_not_fit),
		cmocka_unit_test(gate_closed),
		cmocka_unit_test(failed_attaches),
		cmocka_unit_test(two_cycles),
		cmocka_unit_test(reset_around_its_cycle),
		cmocka_unit_test(reset_outside_of_the_block),
		cmocka_unit_test(only_probing),
		cmocka_unit_test(other_primitives),
		cmocka_unit_test(more_cycles_than_are_kept),
		cmocka_unit_test(torn_traces),
		cmocka_unit_test(two_processes),
		cmocka_unit_test(overlapping),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
