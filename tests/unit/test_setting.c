// SPDX-License-Identifier: GPL-2.0-or-later
/* Rate limits that a run lifts for its time: which paths may be written, and that all come back. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "journal/lines.h"
#include "journal/setting.h"
#include "observe_tree.h"
#include "step/setting.h"

#define PORT "0000:00:02.0"
#define SWITCH "0000:01:00.0"
#define FUNCTION "0000:02:00.0"
#define DEVICES "sys/bus/pci/devices/"
#define CORRECTABLE "/aer/correctable_ratelimit_interval_ms"
#define NONFATAL "/aer/nonfatal_ratelimit_interval_ms"

static void test_allowed(void **state)
{
	static const char *const refused[] = {
		"",
		"sys/bus/pci/devices/",
		DEVICES FUNCTION "/reset",
		DEVICES FUNCTION "/aer",
		DEVICES FUNCTION "/aer/correctable_ratelimit_interval_ms/../../reset",
		DEVICES FUNCTION "/aer/correctable_ratelimit_burst",
		DEVICES "../../../../etc/passwd",
		DEVICES "../devices/" FUNCTION CORRECTABLE,
		DEVICES "0000:02:00.0 " CORRECTABLE,
		DEVICES "0000:2:0.0" CORRECTABLE,
		DEVICES ".." CORRECTABLE,
		DEVICES CORRECTABLE,
		"/" DEVICES FUNCTION CORRECTABLE,
		"etc/shadow",
	};

	(void)state;
	assert_true(setting_allowed(DEVICES FUNCTION CORRECTABLE));
	assert_true(setting_allowed(DEVICES FUNCTION NONFATAL));
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		assert_false(setting_allowed(refused[i]));
	assert_true(setting_is_value("0"));
	assert_true(setting_is_value("1250"));
	assert_false(setting_is_value(""));
	assert_false(setting_is_value("-1"));
	assert_false(setting_is_value("12 34"));
	assert_false(setting_is_value("12\nx"));
	assert_false(setting_is_value("12345678901"));
}

static const struct journal_head head = {
	.version = JOURNAL_VERSION,
	.tool_version = "0",
	.boot_id = "c4f3c1f0-0000-4000-8000-000000000001",
	.run_id = "0123456789abcdef",
	.started = "2026-11-22T08:00:00Z",
	.release = "7.3.4",
};

/* A checksum is soon made; what a journal may ask for is not up to who wrote it. */
static void test_forged(void **state)
{
	struct change change = {
		.id = 1, .kind = CHANGE_SETTING, .function = FUNCTION, .after = "0"};

	(void)state;
	for (int forged = 0; forged < 3; forged++) {
		_cleanup_journal_state_ struct journal_state read = {0};
		_cleanup_strbuf_ struct strbuf text = {0};

		strcpy(change.path, forged == 1 ? "etc/passwd" : DEVICES FUNCTION NONFATAL);
		strcpy(change.before, forged == 2 ? "root::0:0" : "1250");
		line_write(&text, LINE_HEAD, &head);
		line_write(&text, LINE_SETTING, &change);
		assert_int_equal(journal_state_parse(text.text, text.length_bytes, &read), 0);
		assert_int_equal(read.damaged_count, forged ? 1 : 0);
		assert_int_equal(read.change_count, forged ? 0 : 1);
		if (!forged) {
			assert_string_equal(read.changes[0].path, change.path);
			assert_string_equal(read.changes[0].before, "1250");
		}
	}
}

static unsigned long jiffies(unsigned long ms, unsigned long hz)
{
	return (ms * hz + 999) / 1000;
}

/* As kernels to 7.3 do it: what is shown is not what was written. */
static void test_other_unit(void **state)
{
	static const unsigned long rates[] = {100, 250, 300, 1000};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rates); i++)
		for (unsigned long before = 1; before <= 3 * rates[i] * 5; before += 7) {
			unsigned long written = before, shown = jiffies(written, rates[i]);
			int tries = 1;

			while (shown != before && tries++ < 6) {
				written = setting_next_try(before, written, shown);
				shown = jiffies(written, rates[i]);
			}
			assert_int_equal(shown, before);
		}
	assert_int_equal(setting_next_try(5, 5, 0), 0);
	assert_int_equal(setting_next_try(5, 5, 5), 0);
}

static void add(struct snapshot *snapshot, const char *bdf, const char *upstream)
{
	struct function *function = snapshot_add_function(snapshot);

	assert_non_null(function);
	strcpy(function->bdf, bdf);
	strcpy(function->upstream, upstream);
}

static void assert_holds(struct tree *tree, const char *path, const char *wanted)
{
	char text[32];

	assert_int_equal(root_read_line(&tree->root, path, text, sizeof(text)), 0);
	assert_string_equal(text, wanted);
}

/* The function and its root port; not the switch between; not what has no limit. */
static void test_lifted_and_back(void **state)
{
	struct tree *tree = *state;
	struct journal_state begun = {.head = head};
	_cleanup_journal_state_ struct journal_state read = {0}, after = {0};
	_cleanup_journal_ struct journal *journal = NULL;
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	struct plan_step steps[2] = {{.function_count = 1}, {.function_count = 1}};
	struct plan plan = {.steps = steps, .step_count = 2};
	struct settings settings = {0};
	_cleanup_close_ int directory = -1;

	add(&snapshot, PORT, "");
	add(&snapshot, SWITCH, PORT);
	add(&snapshot, FUNCTION, SWITCH);
	steps[0].functions[0] = steps[1].functions[0] = &snapshot.functions[2];
	tree_text(tree, "state/none", "");
	tree_text(tree, DEVICES PORT CORRECTABLE, "1250\n");
	tree_text(tree, DEVICES PORT NONFATAL, "0\n");
	tree_text(tree, DEVICES SWITCH CORRECTABLE, "1250\n");
	tree_text(tree, DEVICES FUNCTION NONFATAL, "77\n");
	directory = openat(tree->root.fd, "state", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(journal_begin(directory, &begun, &journal), 0);

	assert_int_equal(settings_open(&tree->root, &snapshot, &plan, journal, &settings), 0);
	assert_int_equal(journal_read(directory, &read), 0);
	assert_int_equal(read.change_count, 2);
	assert_holds(tree, DEVICES PORT CORRECTABLE, "0");
	assert_holds(tree, DEVICES FUNCTION NONFATAL, "0");
	assert_holds(tree, DEVICES SWITCH CORRECTABLE, "1250");

	assert_int_equal(settings_close(&settings), 0);
	assert_holds(tree, DEVICES PORT CORRECTABLE, "1250");
	assert_holds(tree, DEVICES FUNCTION NONFATAL, "77");
	assert_int_equal(journal_read(directory, &after), 0);
	assert_int_equal(after.change_count, 0);
	assert_int_equal(settings_close(&settings), 0);
	assert_int_equal(setting_restore(&tree->root, "state/none", "1"), -EPERM);
	assert_int_equal(setting_restore(&tree->root, DEVICES FUNCTION NONFATAL, "x"), -EPERM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_allowed),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_other_unit),
		cmocka_unit_test_setup_teardown(test_lifted_and_back, tree_set_up, tree_tear_down),
	};

	return cmocka_run_group_tests_name("setting", tests, NULL, NULL);
}
