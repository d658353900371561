// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Steps over a made tree, as far as they come without a kernel that resets: what is no longer as it
 * was planned for is not touched, and what cannot be made ready is put back. The rest is the lab's.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>

#include "observe_tree.h"
#include "step/step.h"

#define ONE "0000:01:00.0"
#define TWO "0000:02:00.0"
#define DEVICES "sys/bus/pci/devices/"
#define METHODS "flr pm bus"

#define UNBIND "sys/bus/pci/drivers/nvme/unbind"

struct setup {
	struct tree *tree;
	struct snapshot snapshot;
	struct plan_step planned;
	struct journal *journal;
	struct step_evidence step;
	char failed[WHY_MAX];
	int directory;
	claim_disks_fn claim;
};

static void make_function(struct setup *setup, const char *bdf)
{
	struct function *function = snapshot_add_function(&setup->snapshot);
	char path[96];

	assert_non_null(function);
	strcpy(function->bdf, bdf);
	function->vendor = 0x1af4;
	function->device = 0x1041;
	function->group = NO_GROUP;
	function->has_reset = true;
	function->methods_known = TRI_YES;
	assert_int_equal(method_list_parse(METHODS, &function->methods), 0);
	snprintf(path, sizeof(path), DEVICES "%s/vendor", bdf);
	tree_text(setup->tree, path, "0x1af4\n");
	snprintf(path, sizeof(path), DEVICES "%s/device", bdf);
	tree_text(setup->tree, path, "0x1041\n");
	snprintf(path, sizeof(path), DEVICES "%s/reset_method", bdf);
	tree_text(setup->tree, path, METHODS "\n");
	snprintf(path, sizeof(path), DEVICES "%s/reset", bdf);
	tree_text(setup->tree, path, "never written\n");
}

/* Two functions for which the same step is planned. */
static void begin(struct setup *setup, struct tree *tree)
{
	struct journal_state state = {.head = {.version = JOURNAL_VERSION,
					       .tool_version = "0",
					       .boot_id = "c4f3c1f0-0000-4000-8000-000000000001",
					       .run_id = "0123456789abcdef",
					       .started = "2026-11-22T08:00:00Z",
					       .release = "7.3.4"}};

	*setup = (struct setup){.tree = tree};
	tree_text(tree, "state/none", "");
	setup->directory = openat(tree->root.fd, "state", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(setup->directory >= 0);
	assert_int_equal(journal_begin(setup->directory, &state, &setup->journal), 0);
	make_function(setup, ONE);
	make_function(setup, TWO);
	setup->planned = (struct plan_step){.scenario = SCENARIO_SIBLINGS, .method = "bus"};
	for (size_t i = 0; i < 2; i++)
		setup->planned.functions[i] = &setup->snapshot.functions[i];
	setup->planned.function_count = 2;
	setup->step.number = 1;
}

static int run(struct setup *setup)
{
	const struct step_options options = {
		.journal = setup->journal, .timeout_s = 5, .claim_disks = setup->claim};
	/* None of these steps comes to where they are asked. */
	struct observers observers = {.root = &setup->tree->root};

	return step_run(&setup->tree->root, &setup->snapshot, &setup->planned, &options, &observers,
			&setup->step, setup->failed);
}

/* @left: changes that the journal still has to be undone. */
static void end_with(struct setup *setup, size_t left_count)
{
	_cleanup_journal_state_ struct journal_state left = {0};

	journal_close(setup->journal);
	assert_int_equal(journal_read(setup->directory, &left), 0);
	assert_int_equal(left.change_count, left_count);
	assert_false(left.in_flight);
	close(setup->directory);
	step_clear(&setup->step);
	snapshot_free(&setup->snapshot);
}

static void end(struct setup *setup)
{
	end_with(setup, 0);
}

static void assert_holds(const struct setup *setup, const char *path, const char *wanted)
{
	char text[192];

	assert_int_equal(root_read_line(&setup->tree->root, path, text, sizeof(text)), 0);
	assert_string_equal(text, wanted);
}

static void assert_untouched(const struct setup *setup, const char *bdf, const char *methods)
{
	char path[96];

	snprintf(path, sizeof(path), DEVICES "%s/reset_method", bdf);
	assert_holds(setup, path, methods);
	snprintf(path, sizeof(path), DEVICES "%s/reset", bdf);
	assert_holds(setup, path, "never written");
}

static void another_list(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	tree_text(setup.tree, DEVICES TWO "/reset_method", "flr bus\n");
	assert_int_equal(run(&setup), -ESTALE);
	assert_non_null(strstr(setup.failed, TWO "/reset_method"));
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, "flr bus");
	end(&setup);
}

static void vanished(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	tree_remove(setup.tree, DEVICES TWO);
	assert_int_equal(run(&setup), -ENOENT);
	assert_non_null(strstr(setup.failed, TWO));
	assert_untouched(&setup, ONE, METHODS);
	end(&setup);
}

static void another_device(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	tree_text(setup.tree, DEVICES ONE "/device", "0x1000\n");
	assert_int_equal(run(&setup), -ENODEV);
	assert_non_null(strstr(setup.failed, ONE));
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end(&setup);
}

static void a_driver_that_came(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	tree_link(setup.tree, DEVICES TWO "/driver", "../../drivers/nvme");
	assert_int_equal(run(&setup), -ESTALE);
	assert_non_null(strstr(setup.failed, TWO "/driver"));
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end(&setup);
}

/* False where this process may not. */
static bool make_read_only(const struct setup *setup, const char *path)
{
	_cleanup_free_ char *full = NULL;

	assert_true(asprintf(&full, "%s/%s", setup->tree->path, path) > 0);
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount(full, full, NULL, MS_BIND, NULL) < 0 ||
	    mount(NULL, full, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) < 0)
		return false;
	/* The old descriptor does not lead over the mount. */
	root_close(&setup->tree->root);
	return root_open(&setup->tree->root, setup->tree->path) == 0;
}

static void undo_read_only(const struct setup *setup, const char *path)
{
	_cleanup_free_ char *full = NULL;

	assert_true(asprintf(&full, "%s/%s", setup->tree->path, path) > 0);
	assert_int_equal(umount(full), 0);
}

/* The second cannot be selected: nothing is reset, and the first gets its list back. */
static void a_method_that_cannot_be_selected(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	if (!make_read_only(&setup, DEVICES TWO "/reset_method")) {
		end(&setup);
		skip();
	}
	assert_int_equal(run(&setup), 0);
	assert_int_equal(setup.step.subject_count, 2);
	assert_true(setup.step.subjects[0].method_written);
	assert_int_equal(setup.step.subjects[0].select_errno, 0);
	assert_int_equal(setup.step.subjects[0].restore_errno, 0);
	assert_string_equal(setup.step.subjects[0].methods_after, METHODS);
	assert_int_equal(setup.step.subjects[1].select_errno, EROFS);
	assert_string_equal(setup.step.subjects[1].methods_after, METHODS);
	for (size_t i = 0; i < 2; i++) {
		assert_false(setup.step.subjects[i].started);
		assert_true(setup.step.subjects[i].present_after);
	}
	undo_read_only(&setup, DEVICES TWO "/reset_method");
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end_with(&setup, 1);
}

/*
 * A driver is taken off before the method is selected, and bound again where it is gone: here it is
 * not, since nobody acts on what is written.
 */
static void a_driver_that_was_to_go(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	tree_link(setup.tree, DEVICES ONE "/driver", "../../drivers/nvme");
	strcpy(setup.snapshot.functions[0].driver, "nvme");
	tree_text(setup.tree, "sys/bus/pci/drivers/nvme/unbind", "\n");
	tree_text(setup.tree, "sys/bus/pci/drivers/nvme/bind", "never written\n");
	setup.planned.unbind = true;
	if (!make_read_only(&setup, DEVICES ONE "/reset_method")) {
		end(&setup);
		skip();
	}
	assert_int_equal(run(&setup), 0);
	undo_read_only(&setup, DEVICES ONE "/reset_method");
	assert_holds(&setup, "sys/bus/pci/drivers/nvme/unbind", ONE);
	assert_holds(&setup, "sys/bus/pci/drivers/nvme/bind", "never written");
	assert_true(setup.step.subjects[0].unbound);
	assert_int_equal(setup.step.subjects[0].select_errno, EROFS);
	assert_string_equal(setup.step.subjects[0].driver_after, "nvme");
	/* The second one was not even begun with. */
	assert_false(setup.step.subjects[1].method_written);
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end_with(&setup, 1);
}

static void plan_unbind(struct setup *setup)
{
	tree_link(setup->tree, DEVICES ONE "/driver", "../../drivers/nvme");
	strcpy(setup->snapshot.functions[0].driver, "nvme");
	tree_text(setup->tree, UNBIND, "not yet\n");
	tree_text(setup->tree, "sys/bus/pci/drivers/nvme/bind", "never written\n");
	setup->planned.unbind = true;
}

static struct {
	unsigned int asked;
	int fd; /* given once, for the first function */
	unsigned int recorded;
	char unbind[32]; /* what was written by then */
} claimed;

/* What has been done when the disks are claimed. */
static void look(const struct root *root)
{
	_cleanup_journal_state_ struct journal_state state = {0};
	_cleanup_close_ int directory = root_open_file(root, "state", O_RDONLY | O_DIRECTORY);

	assert_int_equal(journal_read(directory, &state), 0);
	claimed.recorded = (unsigned int)state.change_count;
	assert_int_equal(root_read_line(root, UNBIND, claimed.unbind, sizeof(claimed.unbind)), 0);
}

static int claim_one(const struct root *root, const char *function, int **fds)
{
	assert_string_equal(function, ONE);
	look(root);
	claimed.asked++;
	*fds = malloc(sizeof(**fds));
	assert_non_null(*fds);
	claimed.fd = **fds = root_open_file(root, UNBIND, O_RDONLY);
	return 1;
}

static int claim_none(const struct root *root, const char *function, int **fds)
{
	(void)function;
	(void)fds;
	look(root);
	claimed.asked++;
	return -EBUSY;
}

/* Its disks are held from when the record is on disk until the driver is off. */
static void disks_that_are_claimed(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	plan_unbind(&setup);
	claimed.asked = 0;
	setup.claim = claim_one;
	assert_int_equal(run(&setup), -ESTALE);
	assert_int_equal(claimed.asked, 1);
	assert_int_equal(claimed.recorded, 1);
	assert_string_equal(claimed.unbind, "not yet");
	assert_holds(&setup, UNBIND, ONE);
	assert_int_equal(fcntl(claimed.fd, F_GETFD), -1);
	end(&setup);
}

static void a_disk_that_somebody_has(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	plan_unbind(&setup);
	claimed.asked = 0;
	setup.claim = claim_none;
	assert_int_equal(run(&setup), 0);
	assert_true(claimed.asked > 1);
	assert_int_equal(claimed.recorded, 1);
	assert_holds(&setup, UNBIND, "not yet");
	assert_holds(&setup, "sys/bus/pci/drivers/nvme/bind", "never written");
	assert_int_equal(setup.step.subjects[0].unbind_errno, EBUSY);
	assert_false(setup.step.subjects[0].started);
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end(&setup);
}

/* Nobody takes the driver off here: as if another one had come while the journal was written. */
static void a_driver_that_came_late(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	tree_link(setup.tree, DEVICES ONE "/driver", "../../drivers/nvme");
	strcpy(setup.snapshot.functions[0].driver, "nvme");
	tree_text(setup.tree, "sys/bus/pci/drivers/nvme/unbind", "\n");
	tree_text(setup.tree, "sys/bus/pci/drivers/nvme/bind", "never written\n");
	setup.planned.unbind = true;
	assert_int_equal(run(&setup), -ESTALE);
	assert_non_null(strstr(setup.failed, ONE "/driver"));
	assert_holds(&setup, "sys/bus/pci/drivers/nvme/unbind", ONE);
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end(&setup);
}

/* Whoever has the VF by now, his PF is not reset. */
static void a_vf_that_was_taken(void **state)
{
	struct setup setup;

	begin(&setup, *state);
	assert_non_null(function_add_use(&setup.snapshot.functions[0], USE_VFS, "1 VFs enabled"));
	setup.snapshot.functions[0].vf_count = 1;
	strcpy(setup.snapshot.functions[1].physfn, ONE);
	setup.planned.function_count = 1;
	tree_text(setup.tree, DEVICES ONE "/sriov_numvfs", "1\n");
	tree_link(setup.tree, DEVICES TWO "/driver", "../../drivers/vfio-pci");
	assert_int_equal(run(&setup), -ESTALE);
	assert_non_null(strstr(setup.failed, TWO "/driver"));
	assert_int_equal(setup.step.vf_count, 1);
	assert_string_equal(setup.step.vfs[0].function, TWO);
	assert_int_equal(setup.step.subjects[0].vfs_before, 1);
	assert_untouched(&setup, ONE, METHODS);
	assert_untouched(&setup, TWO, METHODS);
	end(&setup);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(another_list),
		TEST(vanished),
		TEST(another_device),
		TEST(a_driver_that_came),
		TEST(a_method_that_cannot_be_selected),
		TEST(a_driver_that_was_to_go),
		TEST(a_driver_that_came_late),
		TEST(disks_that_are_claimed),
		TEST(a_disk_that_somebody_has),
		TEST(a_vf_that_was_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
