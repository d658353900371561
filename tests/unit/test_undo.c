// SPDX-License-Identifier: GPL-2.0-or-later
/* Putting back what a dead run left, over a made tree whose files keep what is written. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <net/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/root.h"
#include "observe/pstore.h"
#include "snapshot/interface.h"
#include "step/undo.h"

#define FUNCTION "0000:01:00.0"
#define DEVICE "sys/bus/pci/devices/" FUNCTION
#define UNBIND "sys/bus/pci/drivers/e1000e/unbind"

struct fixture {
	char path[64];
	struct root root;
	struct snapshot snapshot;
	struct recovery recovery;
};

static void put(const struct fixture *fixture, const char *path, const char *text)
{
	char copy[512], full[600];
	FILE *file;

	snprintf(copy, sizeof(copy), "%s", path);
	for (char *slash = strchr(copy, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdirat(fixture->root.fd, copy, 0755);
		*slash = '/';
	}
	snprintf(full, sizeof(full), "%s/%s", fixture->path, path);
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void assert_holds(const struct fixture *fixture, const char *path, const char *text)
{
	char line[256];

	assert_int_equal(root_read_line(&fixture->root, path, line, sizeof(line)), 0);
	assert_string_equal(line, text);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct function *function;

	strcpy(fixture->path, "/tmp/test_undo.XXXXXX");
	assert_non_null(mkdtemp(fixture->path));
	assert_int_equal(root_open(&fixture->root, fixture->path), 0);
	put(fixture, DEVICE "/vendor", "0x8086\n");
	put(fixture, DEVICE "/device", "0x10d3\n");
	put(fixture, DEVICE "/reset_method", "pm\n");
	function = snapshot_add_function(&fixture->snapshot);
	strcpy(function->bdf, FUNCTION);
	function->vendor = 0x8086;
	function->device = 0x10d3;
	*state = fixture;
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	nftw(fixture->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	root_close(&fixture->root);
	snapshot_free(&fixture->snapshot);
	recovery_free(&fixture->recovery);
	free(fixture);
	return 0;
}

static const struct change methods = {
	.id = 1,
	.kind = CHANGE_METHODS,
	.function = FUNCTION,
	.vendor = 0x8086,
	.device = 0x10d3,
	.before = "flr pm bus",
	.after = "pm",
};

static const struct change driver = {
	.id = 2,
	.kind = CHANGE_DRIVER,
	.function = FUNCTION,
	.vendor = 0x8086,
	.device = 0x10d3,
	.driver = "e1000e",
};

static const struct change type = {
	.kind = CHANGE_TYPE,
	.function = FUNCTION,
	.vendor = 0x8086,
	.device = 0x10d3,
	.group = 12,
	.before = "DMA-FQ",
	.after = "DMA",
};

static void undo_all(struct fixture *fixture, const struct change *changes, size_t count)
{
	recovery_free(&fixture->recovery);
	assert_int_equal(undo_changes(&fixture->root, &fixture->snapshot, interface_listened,
				      changes, count, NULL, &fixture->recovery),
			 0);
}

/* Returns what became of one change. */
static enum recovery_outcome undo(struct fixture *fixture, const struct change *change)
{
	undo_all(fixture, change, 1);
	assert_int_equal(fixture->recovery.item_count, 1);
	assert_true(fixture->recovery.items[0].text[0]);
	assert_int_equal(fixture->recovery.items[0].remedy[0] != '\0',
			 fixture->recovery.items[0].outcome == RECOVERY_FAILED);
	return fixture->recovery.items[0].outcome;
}

static void test_methods(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(undo(fixture, &methods), RECOVERY_DONE);
	assert_holds(fixture, DEVICE "/reset_method", "flr pm bus");
	assert_int_equal(undo(fixture, &methods), RECOVERY_NOTHING);
	/* What a write that half worked leaves is ours too. */
	put(fixture, DEVICE "/reset_method", "flr bus\n");
	assert_int_equal(undo(fixture, &methods), RECOVERY_DONE);
	assert_holds(fixture, DEVICE "/reset_method", "flr pm bus");
}

static void test_setting(void **state)
{
	struct fixture *fixture = *state;
	struct change setting = methods;

	setting.kind = CHANGE_SETTING;
	strcpy(setting.path, DEVICE "/aer/nonfatal_ratelimit_interval_ms");
	strcpy(setting.before, "1250");
	strcpy(setting.after, "0");
	assert_int_equal(undo(fixture, &setting), RECOVERY_GONE);
	put(fixture, DEVICE "/aer/nonfatal_ratelimit_interval_ms", "0\n");
	assert_int_equal(undo(fixture, &setting), RECOVERY_DONE);
	assert_holds(fixture, DEVICE "/aer/nonfatal_ratelimit_interval_ms", "1250");
	assert_int_equal(undo(fixture, &setting), RECOVERY_NOTHING);
	/* A restore that was cut short. */
	put(fixture, DEVICE "/aer/nonfatal_ratelimit_interval_ms", "313\n");
	assert_int_equal(undo(fixture, &setting), RECOVERY_DONE);
	/* None of those that may be written. */
	strcpy(setting.path, DEVICE "/reset_method");
	assert_int_equal(undo(fixture, &setting), RECOVERY_FAILED);
	assert_holds(fixture, DEVICE "/reset_method", "pm");
}

/* A run died among its probes, which leave one name or whatever the kernel finds. */
static void test_probed_methods(void **state)
{
	struct fixture *fixture = *state;
	struct change probed = methods;

	strcpy(probed.after, METHODS_DEFAULT);
	put(fixture, DEVICE "/reset_method", "flr pm bus\n");
	assert_int_equal(undo(fixture, &probed), RECOVERY_NOTHING);
	put(fixture, DEVICE "/reset_method", "bus\n");
	assert_int_equal(undo(fixture, &probed), RECOVERY_DONE);
	put(fixture, DEVICE "/reset_method", "bus pm flr\n");
	assert_int_equal(undo(fixture, &probed), RECOVERY_DONE);
	assert_holds(fixture, DEVICE "/reset_method", "flr pm bus");
}

static void test_changed_by_others(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, DEVICE "/reset_method", "bus flr\n");
	assert_int_equal(undo(fixture, &methods), RECOVERY_LEFT);
	put(fixture, DEVICE "/reset_method", "acpi\n");
	assert_int_equal(undo(fixture, &methods), RECOVERY_LEFT);
	assert_holds(fixture, DEVICE "/reset_method", "acpi");
	/* Nobody but an administrator leaves none. */
	put(fixture, DEVICE "/reset_method", "\n");
	assert_int_equal(undo(fixture, &methods), RECOVERY_LEFT);
	assert_holds(fixture, DEVICE "/reset_method", "");
}

static void test_other_device(void **state)
{
	struct fixture *fixture = *state;
	struct change absent = methods;

	put(fixture, DEVICE "/device", "0x1521\n");
	assert_int_equal(undo(fixture, &methods), RECOVERY_GONE);
	assert_int_equal(undo(fixture, &driver), RECOVERY_GONE);
	assert_holds(fixture, DEVICE "/reset_method", "pm");
	strcpy(absent.function, "0000:02:00.0");
	assert_int_equal(undo(fixture, &absent), RECOVERY_GONE);
	/* What cannot be read may still be there: the record is kept. */
	put(fixture, DEVICE "/vendor", "junk\n");
	assert_int_equal(undo(fixture, &methods), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, "is unknown"));
	assert_holds(fixture, DEVICE "/reset_method", "pm");
}

/* The mere write detaches the function for a moment: never under somebody's work. */
static void test_in_use(void **state)
{
	struct fixture *fixture = *state;
	struct change forced = methods;

	assert_non_null(function_add_use(&fixture->snapshot.functions[0], USE_MOUNT, "/srv"));
	assert_int_equal(undo(fixture, &methods), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, "/srv"));
	assert_holds(fixture, DEVICE "/reset_method", "pm");
	forced.in_use = true;
	assert_int_equal(undo(fixture, &forced), RECOVERY_DONE);
}

static void link_driver(const struct fixture *fixture, const char *target)
{
	unlinkat(fixture->root.fd, DEVICE "/driver", 0);
	if (target)
		assert_int_equal(symlinkat(target, fixture->root.fd, DEVICE "/driver"), 0);
}

static void test_driver_bound_since(void **state)
{
	struct fixture *fixture = *state;
	struct change with_driver = methods;

	link_driver(fixture, "../../drivers/vfio-pci");
	assert_int_equal(undo(fixture, &methods), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, "vfio-pci"));
	assert_int_equal(undo(fixture, &driver), RECOVERY_LEFT);
	strcpy(with_driver.driver, "vfio-pci");
	assert_int_equal(undo(fixture, &with_driver), RECOVERY_DONE);
}

#define ASKED_WITHIN_S 60

/* Waits until the pipe is opened, and takes the driver's link away before it takes what is written.
 */
static int unbind_on_open(const struct fixture *fixture, int opened_fd, int pipe_fd, char *filling,
			  size_t filling_bytes)
{
	char event[256], line[64] = "";

	/* Whoever is never asked ends all the same. */
	alarm(ASKED_WITHIN_S);
	if (read(opened_fd, event, sizeof(event)) <= 0 ||
	    unlinkat(fixture->root.fd, DEVICE "/driver", 0) < 0 ||
	    read(pipe_fd, filling, filling_bytes) != (ssize_t)filling_bytes ||
	    read(pipe_fd, line, sizeof(line) - 1) <= 0)
		return 1;
	return strncmp(line, FUNCTION, strlen(FUNCTION)) == 0 ? 0 : 1;
}

/*
 * A driver that is gone when the write to its unbind returns, as with the kernel: the pipe in its
 * place is full, so that the writer waits until the link is away.
 */
static pid_t unbind_when_asked(const struct fixture *fixture)
{
	int opened_fd, pipe_fd, filling_bytes;
	char path[128], *filling;
	pid_t pid;

	assert_int_equal(mkfifoat(fixture->root.fd, UNBIND, 0600), 0);
	pipe_fd = openat(fixture->root.fd, UNBIND, O_RDWR | O_CLOEXEC);
	assert_true(pipe_fd >= 0);
	filling_bytes = fcntl(pipe_fd, F_GETPIPE_SZ);
	assert_true(filling_bytes > 0);
	filling = calloc(1, (size_t)filling_bytes);
	assert_int_equal(write(pipe_fd, filling, (size_t)filling_bytes), filling_bytes);
	snprintf(path, sizeof(path), "%s/%s", fixture->path, UNBIND);
	opened_fd = inotify_init1(IN_CLOEXEC);
	assert_true(opened_fd >= 0);
	assert_true(inotify_add_watch(opened_fd, path, IN_OPEN) >= 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(unbind_on_open(fixture, opened_fd, pipe_fd, filling, (size_t)filling_bytes));
	close(opened_fd);
	close(pipe_fd);
	free(filling);
	return pid;
}

/* A list that was changed with the driver off is not written under it. */
static void test_driver_bound_again(void **state)
{
	struct fixture *fixture = *state;
	struct change both[] = {driver, methods};
	int status;
	pid_t pid;

	strcpy(both[1].driver, "e1000e");
	both[1].unbound = true;
	put(fixture, "sys/bus/pci/drivers/e1000e/bind", "");
	link_driver(fixture, "../../drivers/e1000e");
	/* It is not to be bound again, so it is not taken off. */
	assert_int_equal(undo(fixture, &both[1]), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].remedy, "drivers/e1000e/unbind"));
	assert_holds(fixture, DEVICE "/reset_method", "pm");
	/* It has come into use, and was once forced. */
	put(fixture, UNBIND, "never written");
	assert_non_null(function_add_use(&fixture->snapshot.functions[0], USE_MOUNT, "/srv"));
	both[1].in_use = true;
	undo_all(fixture, both, 2);
	assert_int_equal(fixture->recovery.items[0].outcome, RECOVERY_FAILED);
	assert_holds(fixture, UNBIND, "never written");
	assert_holds(fixture, DEVICE "/reset_method", "pm");
	fixture->snapshot.functions[0].use_count = 0;
	both[1].in_use = false;
	/* It does not go. */
	put(fixture, UNBIND, "");
	undo_all(fixture, both, 2);
	assert_holds(fixture, UNBIND, FUNCTION);
	assert_holds(fixture, DEVICE "/reset_method", "pm");
	assert_int_equal(fixture->recovery.items[0].outcome, RECOVERY_FAILED);
	assert_int_equal(fixture->recovery.items[1].outcome, RECOVERY_NOTHING);
	/* It goes, the list is written, and it is bound again. */
	assert_int_equal(unlinkat(fixture->root.fd, UNBIND, 0), 0);
	pid = unbind_when_asked(fixture);
	undo_all(fixture, both, 2);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(fixture->recovery.items[0].outcome, RECOVERY_DONE);
	assert_holds(fixture, DEVICE "/reset_method", "flr pm bus");
	assert_holds(fixture, "sys/bus/pci/drivers/e1000e/bind", FUNCTION);
	/* Selected under the driver, put back under it. */
	put(fixture, DEVICE "/reset_method", "pm\n");
	link_driver(fixture, "../../drivers/e1000e");
	both[1].unbound = false;
	assert_int_equal(undo(fixture, &both[1]), RECOVERY_DONE);
}

static void test_driver(void **state)
{
	struct fixture *fixture = *state;

	/* The driver's module is gone. */
	assert_int_equal(undo(fixture, &driver), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].remedy, "modprobe e1000e"));
	/* The file takes the name, but nothing is bound by that here: it is read back. */
	put(fixture, "sys/bus/pci/drivers/e1000e/bind", "");
	assert_int_equal(undo(fixture, &driver), RECOVERY_FAILED);
	assert_holds(fixture, "sys/bus/pci/drivers/e1000e/bind", FUNCTION);
	assert_non_null(strstr(fixture->recovery.items[0].remedy, "drivers/e1000e/bind"));
	link_driver(fixture, "../../drivers/e1000e");
	assert_int_equal(undo(fixture, &driver), RECOVERY_NOTHING);
}

static const struct change vfio = {
	.id = 3,
	.kind = CHANGE_VFIO,
	.function = FUNCTION,
	.vendor = 0x8086,
	.device = 0x10d3,
	.driver = "e1000e",
	.before = "some-driver",
};

static void test_vfio(void **state)
{
	static const char override[] = DEVICE "/driver_override";
	static const char unbind[] = "sys/bus/pci/drivers/vfio-pci/unbind";
	struct fixture *fixture = *state;

	/* Killed before anything was written, and before the function was bound. */
	put(fixture, override, "(null)\n");
	assert_int_equal(undo(fixture, &vfio), RECOVERY_NOTHING);
	put(fixture, override, "vfio-pci\n");
	assert_int_equal(undo(fixture, &vfio), RECOVERY_DONE);
	assert_holds(fixture, override, "some-driver");
	assert_int_equal(undo(fixture, &vfio), RECOVERY_NOTHING);
	/* Others have written there since. */
	put(fixture, override, "another\n");
	assert_int_equal(undo(fixture, &vfio), RECOVERY_NOTHING);
	assert_holds(fixture, override, "another");
	/* It stays bound here, which is read back; what is still open is not touched. */
	link_driver(fixture, "../../drivers/vfio-pci");
	put(fixture, override, "vfio-pci\n");
	put(fixture, unbind, "");
	assert_int_equal(undo(fixture, &vfio), RECOVERY_FAILED);
	assert_holds(fixture, unbind, FUNCTION);
	assert_holds(fixture, override, "vfio-pci");
	put(fixture, unbind, "");
	assert_non_null(function_add_use(&fixture->snapshot.functions[0], USE_VFIO, "a machine"));
	assert_int_equal(undo(fixture, &vfio), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, "a machine"));
	assert_holds(fixture, unbind, "");
}

/* Nothing else of the function is given up meanwhile. */
static void test_behind_vfio(void **state)
{
	struct change all[] = {driver, methods, vfio};
	struct fixture *fixture = *state;

	put(fixture, DEVICE "/driver_override", "vfio-pci\n");
	put(fixture, "sys/bus/pci/drivers/vfio-pci/unbind", "");
	link_driver(fixture, "../../drivers/vfio-pci");
	undo_all(fixture, all, 3);
	assert_int_equal(recovery_count(&fixture->recovery, RECOVERY_FAILED), 3);
	assert_holds(fixture, DEVICE "/reset_method", "pm");
	link_driver(fixture, NULL);
	undo_all(fixture, all, 3);
	assert_holds(fixture, DEVICE "/reset_method", "flr pm bus");
	assert_holds(fixture, DEVICE "/driver_override", "some-driver");
}

static void test_group_type(void **state)
{
	static const char file[] = "sys/kernel/iommu_groups/12/type";
	struct fixture *fixture = *state;
	char path[128];

	/* In no group, then in another one. */
	assert_int_equal(undo(fixture, &type), RECOVERY_GONE);
	snprintf(path, sizeof(path), "%s/" DEVICE "/iommu_group", fixture->path);
	assert_int_equal(symlink("../../kernel/iommu_groups/1", path), 0);
	assert_int_equal(undo(fixture, &type), RECOVERY_GONE);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("../../kernel/iommu_groups/12", path), 0);
	assert_int_equal(undo(fixture, &type), RECOVERY_FAILED);
	put(fixture, file, "DMA\n");
	assert_int_equal(undo(fixture, &type), RECOVERY_DONE);
	assert_holds(fixture, file, "DMA-FQ");
	assert_int_equal(undo(fixture, &type), RECOVERY_NOTHING);
	put(fixture, file, "identity\n");
	assert_int_equal(undo(fixture, &type), RECOVERY_LEFT);
	assert_holds(fixture, file, "identity");
	/* It cannot be written. */
	assert_int_equal(unlinkat(fixture->root.fd, file, 0), 0);
	assert_int_equal(mkdirat(fixture->root.fd, file, 0755), 0);
	assert_int_equal(undo(fixture, &type), RECOVERY_FAILED);
}

/* No such interface; what is one is tried where it is nobody's (test_link.c). */
static void test_link(void **state)
{
	struct fixture *fixture = *state;
	struct change link_up = methods;

	link_up.kind = CHANGE_LINK;
	link_up.interface = 1 << 30;
	assert_int_equal(undo(fixture, &link_up), RECOVERY_GONE);
}

/* By the tree this machine's loopback interface, which is only looked at, is the function's. */
static void test_link_unknown(void **state)
{
	struct fixture *fixture = *state;
	struct change link_up = methods;
	char path[128];

	link_up.kind = CHANGE_LINK;
	link_up.interface = (int)if_nametoindex("lo");
	assert_int_not_equal(link_up.interface, 0);
	put(fixture, "sys/class/net/lo", "no link\n");
	assert_int_equal(undo(fixture, &link_up), RECOVERY_FAILED);
	snprintf(path, sizeof(path), "%s/sys/class/net/lo", fixture->path);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("../../devices/pci0000:00/" FUNCTION "/net/lo", path), 0);
	assert_non_null(function_add_use(&fixture->snapshot.functions[0], USE_UNKNOWN,
					 "cannot tell the addresses and routes of lo"));
	assert_int_equal(undo(fixture, &link_up), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, "addresses and routes"));
}

/* Nothing is taken from a DHCP client that has no address yet, nor from a sniffer. */
static void test_link_listened(void **state)
{
	static const char head[] =
		"sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n";
	struct fixture *fixture = *state;
	struct change link_up = methods;
	char path[128], text[256];

	link_up.kind = CHANGE_LINK;
	link_up.interface = (int)if_nametoindex("lo");
	snprintf(text, sizeof(text), "%d\n", link_up.interface);
	put(fixture, "sys/devices/pci0000:00/" FUNCTION "/net/lo/ifindex", text);
	put(fixture, "sys/class/net/none", "");
	snprintf(path, sizeof(path), "%s/sys/class/net/lo", fixture->path);
	assert_int_equal(symlink("../../devices/pci0000:00/" FUNCTION "/net/lo", path), 0);
	snprintf(text, sizeof(text), "%s0 3 3 0003 %d 1 0 0 4711\n", head, link_up.interface);
	put(fixture, "proc/net/packet", text);
	/* Its IPv6 was off and is given back, here in vain. */
	snprintf(link_up.before, sizeof(link_up.before), "0");
	assert_int_equal(undo(fixture, &link_up), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, "IPv6"));
	link_up.before[0] = '\0';
	assert_int_equal(undo(fixture, &link_up), RECOVERY_LEFT);
	assert_non_null(strstr(fixture->recovery.items[0].text, "listens"));
	/* One that only sends is not asked, and a tree's interfaces are not touched. */
	snprintf(text, sizeof(text), "%s0 3 3 0000 %d 1 0 0 4711\n", head, link_up.interface);
	put(fixture, "proc/net/packet", text);
	assert_int_equal(undo(fixture, &link_up), RECOVERY_FAILED);
	assert_non_null(strstr(fixture->recovery.items[0].text, strerror(EOPNOTSUPP)));
	put(fixture, "sys/devices/pci0000:00/" FUNCTION "/net/lo/ifindex", "x\n");
	assert_int_equal(undo(fixture, &link_up), RECOVERY_FAILED);
	assert_null(strstr(fixture->recovery.items[0].text, strerror(EOPNOTSUPP)));
}

static void test_read_back(void **state)
{
	struct fixture *fixture = *state;

	/* A directory cannot be written, and what cannot be written is said. */
	assert_int_equal(unlinkat(fixture->root.fd, DEVICE "/reset_method", 0), 0);
	assert_int_equal(mkdirat(fixture->root.fd, DEVICE "/reset_method", 0755), 0);
	assert_int_equal(undo(fixture, &methods), RECOVERY_FAILED);
}

static void test_order(void **state)
{
	struct fixture *fixture = *state;
	struct change both[] = {driver, methods};

	undo_all(fixture, both, 2);
	assert_int_equal(fixture->recovery.item_count, 2);
	assert_string_equal(fixture->recovery.items[0].kind, "methods");
	assert_string_equal(fixture->recovery.items[1].kind, "driver");
	assert_int_equal(recovery_count(&fixture->recovery, RECOVERY_DONE), 1);
}

static void test_pstore_lines(void **state)
{
	static const char *const bad[] = {
		"",
		"iommu-resettest: begin run=0123 step=1 nested cxl_bus",
		"iommu-resettest: begin run=0123 step=1 nested cxl_bus not-a-function",
		"iommu-resettest: begin run=xyz step=1 nested cxl_bus 0000:01:00.0",
		"iommu-resettest: begin run=0123 step=1 sideways cxl_bus 0000:01:00.0",
		"iommu-resettest: begin run=0123 step=1 nested cxl_bus mark=0123456789abcdef",
		"iommu-resettest: middle run=0123 step=1 nested cxl_bus 0000:01:00.0",
	};
	struct pstore_mark mark = {0};

	(void)state;
	assert_int_equal(pstore_parse("<13>[   12.345678] iommu-resettest: begin run=0123abcd "
				      "step=7 siblings flr 0000:01:00.0 10000:02:00.1 "
				      "mark=0123456789abcdef",
				      &mark),
			 1);
	assert_string_equal(mark.run_id, "0123abcd");
	assert_int_equal(mark.step, 7);
	assert_string_equal(mark.scenario, "siblings");
	assert_string_equal(mark.method, "flr");
	assert_string_equal(mark.functions, "0000:01:00.0 10000:02:00.1");
	assert_int_equal(
		pstore_parse("iommu-resettest: end run=0 step=7 single pm 0000:01:00.0", &mark), 2);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_int_equal(pstore_parse(bad[i], &mark), 0);
}

static void test_pstore(void **state)
{
	struct fixture *fixture = *state;
	struct pstore_mark *marks;
	size_t count;

	assert_int_equal(pstore_unfinished(&fixture->root, &marks, &count), 0);
	assert_int_equal(count, 0);
	put(fixture, "sys/fs/pstore/dmesg-efi-1",
	    "Panic#1 Part1\n"
	    "<13>[1.0] iommu-resettest: end run=aa step=1 single flr 0000:01:00.0\n"
	    "<13>[1.1] iommu-resettest: begin run=aa step=2 nested cxl_bus 0000:01:00.0\n"
	    "<0>[1.2] Kernel panic - not syncing: Fatal exception\n");
	put(fixture, "sys/fs/pstore/dmesg-efi-2",
	    "Panic#1 Part2\n"
	    "<13>[0.9] iommu-resettest: begin run=aa step=1 single flr 0000:01:00.0\n"
	    "<13>[0.1] iommu-resettest: begin run=bb step=1 single pm 0000:01:00.0\n"
	    "<13>[0.2] iommu-resettest: end run=bb step=1 single pm 0000:01:00.0\n");
	put(fixture, "sys/fs/pstore/console-ramoops-0",
	    "iommu-resettest: begin run=cc step=1 single pm 0000:01:00.0\n");
	assert_int_equal(pstore_unfinished(&fixture->root, &marks, &count), 0);
	assert_int_equal(count, 1);
	assert_string_equal(marks[0].run_id, "aa");
	assert_int_equal(marks[0].step, 2);
	assert_string_equal(marks[0].method, "cxl_bus");
	assert_string_equal(marks[0].path, "/sys/fs/pstore/dmesg-efi-1");
	free(marks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_methods, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_setting, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_probed_methods, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_changed_by_others, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_device, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_in_use, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_driver_bound_since, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_driver_bound_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_driver, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_vfio, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_behind_vfio, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_group_type, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_read_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_link_unknown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_link_listened, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_order, set_up, tear_down),
		cmocka_unit_test(test_pstore_lines),
		cmocka_unit_test_setup_teardown(test_pstore, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}
