// SPDX-License-Identifier: GPL-2.0-or-later
/* Each rule of refusal on a tree where it holds and on one where it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <ftw.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/strbuf.h"
#include "cli/taken.h"
#include "interlocks.h"
#include "model/slug.h"
#include "snapshot/again.h"
#include "snapshot/build.h"
#include "snapshot/opens.h"

#define TESTED "0000:01:00.0"
#define MATE "0000:02:00.0"
#define BUS_MATE "0000:01:00.1"
#define FREE "0000:03:00.0"
#define TESTED_PLACE "devices/pci0000:00/0000:00:01.0/" TESTED
#define TESTED_PLACE_IN_SYS "sys/" TESTED_PLACE
#define BUS_MATE_PLACE "devices/pci0000:00/0000:00:01.0/" BUS_MATE
#define MATE_PLACE "devices/pci0000:00/0000:02:00.0"

static char top[40];
static size_t hits, misses;

/* The place in the tree of @path, up to @end; its directories are made. */
static void place(const char *path, char out[1024])
{
	snprintf(out, 1024, "%s/root/%s", top, path);
	for (char *slash = strchr(out + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		assert_true(mkdir(out, 0755) == 0 || errno == EEXIST);
		*slash = '/';
	}
}

static void write_file(const char *path, const char *mode, const char *text)
{
	_cleanup_fclose_ FILE *file = fopen(path, mode);

	assert_non_null(file);
	assert_true(fprintf(file, "%s\n", text) > 0);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

static void remove_tree(const char *path)
{
	assert_true(nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT);
}

/* One line of a tree. */
static void apply(char *line)
{
	char path[1024], *name = line + 2, *value;

	if (line[0] == 'l') {
		value = strstr(name, " -> ");
		assert_non_null(value);
		*value = '\0';
		place(name, path);
		unlink(path);
		assert_int_equal(symlink(value + 4, path), 0);
	} else if (line[0] == 'd') {
		place(name, path);
		assert_true(mkdir(path, 0755) == 0 || errno == EEXIST);
	} else if (line[0] == 'f' || line[0] == 'a') {
		value = strstr(name, " = ");
		if (value)
			*value = '\0';
		place(name, path);
		if (line[0] == 'f')
			unlink(path);
		write_file(path, "a", value ? value + 3 : "");
	} else {
		assert_int_equal(line[0], 'r');
		place(name, path);
		remove_tree(path);
	}
}

static void append_expanded(struct strbuf *out, const char *text)
{
	for (; *text; text++)
		if (starts_with(text, "@D") || starts_with(text, "@M"))
			strbuf_puts(out, *++text == 'D' ? TESTED_PLACE : MATE_PLACE);
		else
			strbuf_add(out, text, 1);
}

static void apply_lines(const char *text)
{
	_cleanup_strbuf_ struct strbuf lines = {0};
	char *next, *line;

	append_expanded(&lines, text);
	next = lines.text;
	while (next && (line = strsep(&next, "\n")))
		if (*line && *line != '#')
			apply(line);
}

static void make_base(void)
{
	_cleanup_free_ char *text = NULL;
	_cleanup_root_ struct root root = ROOT_INIT;
	char path[64];

	snprintf(path, sizeof(path), "%s/root", top);
	remove_tree(path);
	assert_int_equal(root_open(&root, TESTS_DIR "/roots"), 0);
	assert_int_equal(root_read(&root, "interlocks.tree", 1U << 20, &text, NULL), 0);
	apply_lines(text);
}

static const char *find_refusal(const struct plan *plan, const char *bdf)
{
	for (size_t i = 0; i < plan->refusal_count; i++)
		if (streq(plan->refusals[i].function, bdf))
			return plan->refusals[i].reason;
	return "";
}

static void check_plan(const struct interlock_case *wanted, const struct plan *plan)
{
	bool found = !wanted->warning;
	const char *skip = "";

	assert_string_equal(find_refusal(plan, TESTED), wanted->reason);
	for (size_t i = 0; i < plan->refusal_count; i++) {
		const struct slug *slug = slug_find(plan->refusals[i].reason);

		assert_non_null(slug);
		assert_int_equal(slug->class, SLUG_REFUSED);
		assert_true(plan->refusals[i].text[0] != '\0');
	}
	for (size_t i = 0; i < plan->warning_count && !found; i++)
		found = strstr(plan->warnings[i], wanted->warning) != NULL;
	if (!found)
		fail_msg("no warning has '%s'", wanted->warning);
	for (size_t i = 0; wanted->skip && i < plan->skip_count; i++)
		if (streq(plan->skips[i].function->bdf, TESTED) &&
		    streq(plan->skips[i].reason, wanted->skip))
			skip = wanted->skip;
	assert_string_equal(skip, wanted->skip ? wanted->skip : "");
}

/* What does not concern the machine as a whole does not concern a function without a driver. */
static void check_free(const struct interlock_case *wanted, const struct snapshot *snapshot)
{
	const struct function *function = snapshot_find(snapshot, FREE);

	assert_non_null(function);
	assert_int_equal(function->use_count > 0, wanted->all);
}

static void set_facts(struct kernel_facts *facts, bool unaffected)
{
	facts->prepare = facts->done = tri_of(!unaffected);
	facts->resetting_domain = TRI_NO;
	facts->recovery_cnt = facts->blocked = facts->reset_depth = tri_of(!unaffected);
}

static void test_case(void **state)
{
	static const enum driver_mode modes[] = {
		[KEEP] = DRIVER_KEEP, [REFUSE] = DRIVER_REFUSE, [UNBIND] = DRIVER_UNBIND};
	const struct interlock_case *wanted = *state;
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_plan_ struct plan plan = {0};
	_cleanup_filter_ struct filter filter = FILTER_INIT;
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	struct plan_options options = {.filter = &filter,
				       .scenarios = {[SCENARIO_SINGLE] = true},
				       .driver = modes[wanted->driver],
				       .force_in_use = wanted->forced,
				       .with_vfs = wanted->vfs};
	char path[64];

	set_facts(&facts, wanted->unaffected);
	make_base();
	apply_lines(wanted->edits);
	snprintf(path, sizeof(path), "%s/root", top);
	assert_int_equal(root_open(&root, path), 0);
	assert_int_equal(snapshot_read_for_reset(&root, &snapshot), 0);
	if (wanted->forced || wanted->named || wanted->vfs)
		assert_null(filter_add_function(&filter, TESTED));
	assert_int_equal(plan_make(&snapshot, &facts, &options, &plan), 0);
	check_free(wanted, &snapshot);
	check_plan(wanted, &plan);
	if (wanted->reason[0])
		hits++;
	else
		misses++;
}

static void add_bus_mate(void)
{
	apply_lines("l sys/bus/pci/devices/" BUS_MATE " -> ../../../" BUS_MATE_PLACE "\n"
		    "f sys/" BUS_MATE_PLACE "/vendor = 0x8086\n"
		    "f sys/" BUS_MATE_PLACE "/device = 0x10d3\n"
		    "f sys/" BUS_MATE_PLACE "/class = 0x020000\n"
		    "l sys/" BUS_MATE_PLACE "/iommu_group -> ../../../../kernel/iommu_groups/9\n");
}

static void test_late(void **state)
{
	const struct late_case *late = *state;
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_snapshot_ struct snapshot then = {0}, now = {0};
	_cleanup_filter_ struct filter filter = FILTER_INIT;
	const struct plan_options options = {
		.filter = &filter, .force_in_use = late->probed, .with_vfs = late->vfs};
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	struct plan_step step = {.scenario = late->scenario ? late->scenario : SCENARIO_SINGLE,
				 .function_count = 1};
	struct refusal refusal = {0};
	char path[64];

	make_base();
	apply_lines("r sys/@D/driver\nr sys/@M/driver\n");
	add_bus_mate();
	if (late->vfs)
		apply_lines(TWO_VFS);
	snprintf(path, sizeof(path), "%s/root", top);
	assert_int_equal(root_open(&root, path), 0);
	assert_int_equal(snapshot_read_for_reset(&root, &then), 0);
	set_facts(&facts, late->unaffected);
	strcpy(step.method, late->method ? late->method : "flr");
	step.functions[0] = snapshot_find(&then, TESTED);
	assert_non_null(step.functions[0]);
	if (late->probed || late->vfs)
		assert_null(filter_add_function(&filter, TESTED));
	if (late->probed)
		step.roles[0] = SUBJECT_PROBED;
	assert_int_equal(plan_recheck(&then, &facts, &options, &step, &refusal), 0);
	apply_lines(late->edits);
	assert_int_equal(snapshot_look_again(&root, &then, step.functions, 1, NULL, &now), 0);
	assert_int_equal(plan_recheck(&now, &facts, &options, &step, &refusal), !!late->reason[0]);
	assert_string_equal(refusal.reason, late->reason);
}

#define NIC_UP                                                                                     \
	"l sys/class/net/eth0 -> ../../@D/net/eth0\n"                                              \
	"f sys/@D/net/eth0/flags = 0x1003\n"                                                       \
	"f sys/@D/net/eth0/ifindex = 3\n"
#define LISTENERS(protocol, index)                                                                 \
	"f proc/net/packet = sk RefCnt Type Proto Iface R Rmem User Inode\n"                       \
	"a proc/net/packet = 0 3 3 " protocol " " index " 1 0 0 7001\n"

/* What others have done with 01:00.0 since a step was planned. */
static const struct taken_case {
	const char *edits;
	const char *why;
} taken_cases[] = {
	{"", ""},
	/* The step itself, or whoever looks for a carrier. */
	{NIC_UP, ""},
	{NIC_UP "l sys/@D/net/eth0/upper_br0 -> x/br0\n", "eth0 is part of br0"},
	{NIC_UP "f proc/net/route = Iface\tDestination\n"
		"a proc/net/route = eth0\t00000000\t0100000A\n",
	 "eth0 has a route"},
	{NIC_UP LISTENERS("0003", "3"), "listens"},
	{NIC_UP LISTENERS("0003", "4"), ""},
	{NIC_UP LISTENERS("0000", "3"), ""},
	{"r sys/class/net\n", "could not be read"},
};

static void test_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(taken_cases); i++) {
		_cleanup_root_ struct root root = ROOT_INIT;
		_cleanup_snapshot_ struct snapshot then = {0};
		char path[64], why[WHY_MAX] = "before";

		make_base();
		snprintf(path, sizeof(path), "%s/root", top);
		assert_int_equal(root_open(&root, path), 0);
		assert_int_equal(snapshot_read_for_reset(&root, &then), 0);
		apply_lines(taken_cases[i].edits);
		assert_false(taken_find(&root, &then, snapshot_find(&then, TESTED), why));
		if (taken_cases[i].why[0])
			assert_non_null(strstr(why, taken_cases[i].why));
		else
			assert_string_equal(why, "");
	}
}

/* Who does not even see the first process does not see the others either. */
static void test_hidden_processes(void **state)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	struct opens opens = {0};
	char path[64];

	(void)state;
	make_base();
	apply_lines("r proc/1\n");
	snprintf(path, sizeof(path), "%s/root", top);
	assert_int_equal(root_open(&root, path), 0);
	assert_int_equal(opens_read(&root, true, NULL, &opens), 0);
	opens_free(&opens);
	root.live = true;
	assert_int_equal(opens_read(&root, true, NULL, &opens), -EACCES);
	opens_free(&opens);
	apply_lines("d proc/1/fd\n");
	assert_int_equal(opens_read(&root, true, NULL, &opens), 0);
	opens_free(&opens);
}

/* In another namespace: what is below /sys/devices/virtual/net there stands in for a function's. */
static _Noreturn void show_hidden_beside(void)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *function;
	char path[1024];
	bool listed;

	place(TESTED_PLACE_IN_SYS "/net", path);
	if (unshare(CLONE_NEWNS | CLONE_NEWNET) < 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || mkdir(path, 0755) < 0 ||
	    mount("/sys/devices/virtual/net", path, NULL, MS_BIND, NULL) < 0)
		_exit(77);
	snprintf(path, sizeof(path), "%s/root", top);
	if (root_open(&root, path) < 0 || snapshot_read(&root, &snapshot) < 0)
		_exit(2);
	listed = root_exists(&root, TESTED_PLACE_IN_SYS "/net/lo");
	function = snapshot_find(&snapshot, TESTED);
	_exit(listed && function && function->use_count == 1 &&
			      function->uses[0].kind == USE_NETWORK_MOVED
		      ? 0
		      : 1);
}

/* Of a function with several interfaces, one of which is seen, and one in another namespace. */
static void test_hidden_beside(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	make_base();
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		show_hidden_beside();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	/* It takes root. */
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

static int make_top(void **state)
{
	/* In memory where it can be: trees are made by the hundred. */
	static const char *const places[] = {"/dev/shm", "/tmp"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		snprintf(top, sizeof(top), "%s/test_interlocks.XXXXXX", places[i]);
		if (mkdtemp(top))
			return 0;
	}
	return -1;
}

static int remove_top(void **state)
{
	(void)state;
	remove_tree(top);
	printf("# interlock cases tried: %zu (%zu refused, %zu not)\n", hits + misses, hits,
	       misses);
	return 0;
}

int main(void)
{
	size_t count = interlock_case_count + late_case_count + 3;
	struct CMUnitTest *tests = calloc(count, sizeof(*tests));
	int failed;

	if (!tests)
		return 1;
	for (size_t i = 0; i < interlock_case_count; i++)
		tests[i] = (struct CMUnitTest){.name = interlock_cases[i].name,
					       .test_func = test_case,
					       .initial_state = (void *)&interlock_cases[i]};
	for (size_t i = 0; i < late_case_count; i++)
		tests[interlock_case_count + i] =
			(struct CMUnitTest){.name = late_cases[i].name,
					    .test_func = test_late,
					    .initial_state = (void *)&late_cases[i]};
	tests[count - 3] = (struct CMUnitTest)cmocka_unit_test(test_hidden_beside);
	tests[count - 2] = (struct CMUnitTest)cmocka_unit_test(test_taken);
	tests[count - 1] = (struct CMUnitTest)cmocka_unit_test(test_hidden_processes);
	failed = _cmocka_run_group_tests("interlocks", tests, count, make_top, remove_top);
	free(tests);
	return failed;
}
