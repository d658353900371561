// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Evidence of a pass, taken apart: without any one of its lines, with any two trace events changed
 * about, with any field changed it must not pass any more, except where that line or field is
 * listed here as one on which nothing rests. And evidence of the bug never becomes a good answer.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fnmatch.h>

#include "golden.h"
#include "judge/judge.h"

static const char *const passing[] = {
	"7.3.4-cxl", "7.3.4-cxl-amd", "7.3.4-quirk", "7.3.4-siblings", "7.3.4-probe", "6.19.14-cxl",
};

static const char *const failing[] = {
	"7.0.4-cxl",
	"7.0.4-cxl-nomount",
	"7.0.4-quirk",
	"7.0.4-siblings",
	"7.0.4-probe",
};

/* What is not needed for a pass, and why it is not. */
static const char *const idle_lines[] = {
	/* Who, where and when. */
	"run *",
	"host *",
	"kernel *",
	/* What was not tested. */
	"refusal *",
	"warning *",
	"step * skip_reason=no-*",
	"subject * started=no *",
	/* Behaviour decides; the facts only make it not-affected, or siblings the whole fix. */
	"fact *",
	/* It can only add a finding. */
	"config *",
	"row *",
	"counter *",
	"uevent *",
	/* A bridge's own reset, seen for the timeline; the function's primitive is the proof. */
	"trace * symbol=pci_bridge_secondary_bus_reset *",
};

/* On this kernel the static answer is needed, and one reset that can be shown to have worked. */
static bool line_is_idle(const char *base, const char *line)
{
	if (streq(base, "6.19.14-cxl")) {
		/* Proven twice: by the primitive's return, and by the time it took. */
		if (fnmatch("trace*", line, 0) == 0)
			return true;
		if (fnmatch("fact name=pci_dev_reset_iommu_prepare *", line, 0) == 0)
			return false;
	}
	if (streq(base, "7.3.4-siblings") &&
	    (fnmatch("fact name=pci_dev_reset_iommu_prepare *", line, 0) == 0 ||
	     fnmatch("fact name=group_device.reset_depth *", line, 0) == 0))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(idle_lines); i++)
		if (fnmatch(idle_lines[i], line, 0) == 0)
			return true;
	return false;
}

/* Fields of lines that are needed, in which nothing rests on this one. */
static const struct {
	const char *line, *field;
} idle_fields[] = {
	{"step *", "skip_text"},
	/* flr ends in the same primitive. */
	{"step * method=device_specific *", "method"},
	{"subject *", "vendor"},
	{"subject *", "device"},
	{"subject *", "upstream"},
	{"subject *", "driver"},
	{"subject *", "is_vf"},
	/* Where the block was seen the gate was open. */
	{"subject *", "gate"},
	{"subject *", "method_written"},
	/* What counts is the list that stands there. */
	{"subject *", "restore_errno"},
	/* Tells the own warnings from those of others. */
	{"subject *", "pid"},
	{"subject *", "hung_where"},
	{"subject *", "begin_ns"},
	{"subject *", "end_ns"},
	{"trace-state *", "why"},
	/* None of the values tried is a function that the proof needs. */
	{"trace-state *", "missing"},
	{"trace-state *", "unarmed"},
	{"log-state *", "why"},
	/* Without markers the place in the log's sequence will do. */
	{"log-state *", "marked"},
	/* 0 is what a file of an older version says. */
	{"log-state *", "begin_sequence"},
	{"log-state *", "end_sequence"},
	/* For pictures alone. */
	{"log-state *", "begin_us"},
	{"log-state *", "begin_ns"},
	{"trace *", "cpu"},
	/* Of these the entry says nothing by its value, done returns nothing. */
	{"trace * kind=prepare *", "value"},
	{"trace * kind=prepare*", "probe"},
	{"trace * kind=done *", "value"},
	{"trace * kind=done *", "probe"},
	{"trace * kind=done *", "symbol"},
	{"trace * kind=attach*", "probe"},
	{"trace * kind=mark-*", "pid"},
	{"trace * kind=mark-*", "time_ns"},
	{"trace * kind=mark-*", "function"},
	{"trace * kind=mark-*", "probe"},
	{"trace * kind=mark-*", "symbol"},
	/* Without a driver there is none to bind again; what is bound by others is theirs. */
	{"subject * driver=\"\" *", "unbound"},
	{"subject * driver=\"\" *", "bind_errno"},
	{"subject * driver=\"\" *", "driver_after"},
	/* The windows may be wider, as long as they do not touch. */
	{"write *", "begin_ns"},
	{"write *", "end_ns"},
	{"write *", "pid"},
	/* What only probes proves nothing. */
	{"trace * kind=reset* probe=yes", "time_ns"},
	{"trace * kind=reset-return * probe=yes", "value"},
	{"trace * kind=reset *", "value"},
	/* The wrapper's answer is that of the write. */
	{"trace * symbol=cxl_reset_bus_function *", "value"},
	{"trace * symbol=cxl_reset_bus_function *", "probe"},
	{"trace * symbol=pci_dev_specific_reset *", "value"},
	{"trace * symbol=pci_dev_specific_reset *", "probe"},
};

static bool field_is_idle(const char *base, const char *line, const char *field)
{
	/* Siblings are so by their group. */
	if (streq(field, "group"))
		return !streq(base, "7.3.4-siblings");
	for (size_t i = 0; i < ARRAY_SIZE(idle_fields); i++)
		if (streq(idle_fields[i].field, field) &&
		    fnmatch(idle_fields[i].line, line, 0) == 0)
			return true;
	return false;
}

/* The answer to evidence; -1 when it is not even read. */
static int judge_lines(const struct lines *lines)
{
	_cleanup_evidence_ struct run_evidence run = {0};
	_cleanup_result_ struct run_result result = {0};

	if (lines_parse(lines, &run) < 0)
		return -1;
	assert_int_equal(judge_run(&run, &result), 0);
	return result.verdict;
}

static bool is_good(int verdict)
{
	return verdict >= 0 && run_verdict_exit_status((enum run_verdict)verdict) == 0;
}

static void without_a_line(void **state)
{
	unsigned int tried = 0, wrong = 0;

	(void)state;
	for (size_t b = 0; b < ARRAY_SIZE(passing); b++) {
		_cleanup_lines_ struct lines whole = golden_lines(passing[b]);

		assert_true(is_good(judge_lines(&whole)));
		for (size_t i = 0; i + 1 < whole.count; i++, tried++) {
			_cleanup_lines_ struct lines lines = lines_copy(&whole);
			int verdict;

			lines_remove(&lines, i);
			lines_count(&lines);
			verdict = judge_lines(&lines);
			if (verdict == RUN_VULNERABLE ||
			    (is_good(verdict) && !line_is_idle(passing[b], whole.list[i]))) {
				print_error("%s: %s without: %s\n", passing[b],
					    run_verdict_names[verdict], whole.list[i]);
				wrong++;
			}
		}
	}
	print_message("# %u lines left out\n", tried);
	assert_int_equal(wrong, 0);
}

static bool names_function(const char *line, const char *other)
{
	const char *at = strstr(line, "function="), *end = strstr(other, "function=");

	return strncmp(at, end, strcspn(at, " ")) == 0;
}

/* Events that may stand in either order. */
static bool swap_is_idle(const char *a, const char *b)
{
	/* Of two functions: for these only overlapping counts. */
	if (!names_function(a, b))
		return fnmatch("* kind=mark-begin *", a, 0) != 0 &&
		       fnmatch("* kind=mark-end *", b, 0) != 0;
	/* A bridge's own reset is no proof. */
	if (fnmatch("trace * symbol=pci_bridge_secondary_bus_reset *", a, 0) == 0)
		return true;
	/* The inner done unblocks nothing, whether the reset around it has returned or not. */
	return fnmatch("trace * kind=done *", a, 0) == 0 &&
	       (fnmatch("trace * symbol=pci_reset_bus_function *", b, 0) == 0 ||
		fnmatch("trace * symbol=pcie_flr *", b, 0) == 0);
}

static void events_changed_about(void **state)
{
	unsigned int tried = 0, wrong = 0;

	(void)state;
	/* The last has neither prepare nor done, and so no order to keep. */
	for (size_t b = 0; b < ARRAY_SIZE(passing) - 1; b++) {
		_cleanup_lines_ struct lines whole = golden_lines(passing[b]);

		for (size_t i = 0; i + 1 < whole.count; i++) {
			_cleanup_lines_ struct lines lines = lines_copy(&whole);
			const char *a = whole.list[i], *next = whole.list[i + 1];
			int verdict;

			if (!starts_with(a, "trace ") || !starts_with(next, "trace "))
				continue;
			lines_replace(&lines, i, next);
			lines_replace(&lines, i + 1, a);
			/* As they are, their times give them away. */
			assert_false(is_good(judge_lines(&lines)));
			lines_retime(&lines);
			verdict = judge_lines(&lines);
			tried++;
			if (verdict == RUN_VULNERABLE ||
			    (is_good(verdict) && !swap_is_idle(a, next))) {
				print_error("%s: %s with changed about:\n  %s\n  %s\n", passing[b],
					    run_verdict_names[verdict], a, next);
				wrong++;
			}
		}
	}
	print_message("# %u pairs changed about\n", tried);
	assert_int_equal(wrong, 0);
}

static const char *const values[] = {
	"0",	    "1",
	"-16",	    "5",
	"11",	    "18446744073709551615",
	"yes",	    "no",
	"none",	    "tracepoint",
	"single",   "siblings",
	"flr",	    "pcie_flr",
	"prepare",  "attach-return",
	"mark-end", "0000:00:01.0",
	"\"\"",
};

/* Each field of a line in turn, as "FIELD="; NULL after the last. */
static const char *next_field(const char *at, char field[32])
{
	bool quoted = false;

	for (; *at; at++) {
		if (*at == '"')
			quoted = !quoted;
		if (*at == '\\' && at[1])
			at++;
		if (*at == ' ' && !quoted && at[1 + strcspn(at + 1, "= ")] == '=') {
			snprintf(field, 32, "%.*s", (int)strcspn(at + 1, "="), at + 1);
			return at + 1;
		}
	}
	return NULL;
}

struct attack {
	const char *base;
	const struct lines *whole;
	size_t at;
	const char *field;
	unsigned int tried, wrong;
};

/* What came of one changed field. */
static void look_at(struct attack *attack, const char *value, int verdict)
{
	const char *line = attack->whole->list[attack->at];
	bool refused = streq(value, "-16") && fnmatch("* kind=prepare-return *", line, 0) == 0;

	attack->tried++;
	if (verdict == RUN_VULNERABLE && refused)
		return;
	if (verdict != RUN_VULNERABLE &&
	    (!is_good(verdict) || field_is_idle(attack->base, line, attack->field)))
		return;
	print_error("%s: %s with %s=%s in: %s\n", attack->base, run_verdict_names[verdict],
		    attack->field, value, line);
	attack->wrong++;
}

static void change_field(struct attack *attack)
{
	for (size_t v = 0; v < ARRAY_SIZE(values); v++) {
		_cleanup_lines_ struct lines lines = lines_copy(attack->whole);
		char assignment[80];

		snprintf(assignment, sizeof(assignment), "%s=%s", attack->field, values[v]);
		assert_true(line_set(&lines, attack->at, assignment));
		if (!streq(lines.list[attack->at], attack->whole->list[attack->at]))
			look_at(attack, values[v], judge_lines(&lines));
	}
}

static void fields_changed(void **state)
{
	unsigned int tried = 0, wrong = 0;

	(void)state;
	for (size_t b = 0; b < ARRAY_SIZE(passing) - 1; b++) {
		_cleanup_lines_ struct lines whole = golden_lines(passing[b]);

		for (size_t i = 1; i + 1 < whole.count; i++) {
			const char *at = whole.list[i];
			char field[32];

			if (line_is_idle(passing[b], at))
				continue;
			while ((at = next_field(at, field))) {
				struct attack attack = {.base = passing[b],
							.whole = &whole,
							.at = i,
							.field = field};

				change_field(&attack);
				tried += attack.tried;
				wrong += attack.wrong;
			}
		}
	}
	print_message("# %u fields changed\n", tried);
	assert_int_equal(wrong, 0);
}

static void the_bug_stays_a_bug(void **state)
{
	unsigned int tried = 0, wrong = 0;

	(void)state;
	for (size_t b = 0; b < ARRAY_SIZE(failing); b++) {
		_cleanup_lines_ struct lines whole = golden_lines(failing[b]);

		assert_int_equal(judge_lines(&whole), RUN_VULNERABLE);
		for (size_t i = 0; i + 1 < whole.count; i++, tried++) {
			_cleanup_lines_ struct lines lines = lines_copy(&whole);
			int verdict;

			lines_remove(&lines, i);
			lines_count(&lines);
			verdict = judge_lines(&lines);
			if (!is_good(verdict))
				continue;
			print_error("%s: %s without: %s\n", failing[b], run_verdict_names[verdict],
				    whole.list[i]);
			wrong++;
		}
	}
	print_message("# %u lines left out\n", tried);
	assert_int_equal(wrong, 0);
}

/* The same sequence in each run. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void damage(struct lines *lines, uint32_t *seed)
{
	static const char bytes[] = "0123456789abcdef=\" \\x-:.\n";
	size_t at = next_random(seed) % (lines->count - 1);
	size_t other = next_random(seed) % (lines->count - 1);
	size_t length = strlen(lines->list[at]);

	switch (next_random(seed) % 4) {
	case 0:
		lines_insert(lines, other, lines->list[at]);
		break;
	case 1:
		lines_replace(lines, at, lines->list[other]);
		break;
	case 2:
		lines->list[at][next_random(seed) % length] =
			bytes[next_random(seed) % (sizeof(bytes) - 1)];
		break;
	default:
		lines->list[at][next_random(seed) % length] = (char)(1 + next_random(seed) % 255);
		break;
	}
	lines_count(lines);
}

/* It may be refused or judged, whatever it is. */
static void damaged_at_random(void **state)
{
	uint32_t seed = 20260101;
	unsigned int read = 0;

	(void)state;
	for (unsigned int round = 0; round < 4000; round++) {
		_cleanup_lines_ struct lines lines =
			golden_lines(round % 2 ? passing[round / 2 % ARRAY_SIZE(passing)]
					       : failing[round / 2 % ARRAY_SIZE(failing)]);

		for (unsigned int i = 0; i <= round % 5; i++)
			damage(&lines, &seed);
		read += judge_lines(&lines) >= 0;
	}
	print_message("# %u of 4000 could still be read\n", read);
	assert_true(read > 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_line),    cmocka_unit_test(events_changed_about),
		cmocka_unit_test(fields_changed),    cmocka_unit_test(the_bug_stays_a_bug),
		cmocka_unit_test(damaged_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
