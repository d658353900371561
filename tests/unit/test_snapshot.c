// SPDX-License-Identifier: GPL-2.0-or-later
/* Snapshots of the trees in tests/roots, and the parsers below them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "snapshot/build.h"
#include "snapshot/host.h"
#include "snapshot/mounts.h"
#include "snapshot/pcilib.h"

static char directory[] = "/tmp/test_snapshot.XXXXXX";

static void unpack(const char *trees, struct snapshot *snapshot)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	char command[1024], path[64];

	snprintf(command, sizeof(command),
		 "rm -rf '%s/root' && cd '" TESTS_DIR
		 "/roots' && sh unpack.sh '%s/root' names.tree %s",
		 directory, directory, trees);
	assert_int_equal(system(command), 0);
	snprintf(path, sizeof(path), "%s/root", directory);
	assert_int_equal(root_open(&root, path), 0);
	assert_int_equal(snapshot_read(&root, snapshot), 0);
}

static const struct function *find(const struct snapshot *snapshot, const char *bdf)
{
	const struct function *function = snapshot_find(snapshot, bdf);

	if (!function)
		fail_msg("%s is not there", bdf);
	return function;
}

/* The kinds of use as words, "" for a free function. */
static const char *uses(const struct snapshot *snapshot, const char *bdf)
{
	static char text[256];
	const struct function *function = find(snapshot, bdf);

	text[0] = '\0';
	for (size_t i = 0; i < function->use_count; i++) {
		strcat(text, i ? " " : "");
		strcat(text, use_kind_name(function->uses[i].kind));
	}
	return text;
}

static void test_pasid(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	unpack("intel-cxl.tree pasid.tree", &snapshot);
	assert_int_equal(find(&snapshot, "0000:0d:00.0")->iommu_pasid, TRI_YES);
	assert_int_equal(find(&snapshot, "0000:0e:00.0")->iommu_pasid, TRI_UNKNOWN);
}

static void test_server(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *function;

	(void)state;
	unpack("intel-cxl.tree", &snapshot);
	assert_int_equal(snapshot.function_count, 7);
	assert_int_equal(snapshot.group_count, 8);
	assert_int_equal(snapshot.note_count, 0);
	assert_int_equal(snapshot.host.iommu, TRI_YES);
	assert_string_equal(snapshot.host.iommu_names, "dmar0 dmar1");
	assert_int_equal(snapshot.host.segments, 1);
	assert_string_equal(snapshot.host.release, "7.3.4+deb13-amd64");
	assert_string_equal(snapshot.host.machine, "x86_64");
	assert_int_equal(snapshot.host.ats_disabled, TRI_NO);
	assert_int_equal(snapshot.host.panic_on_warn, TRI_NO);
	assert_string_equal(snapshot_group(&snapshot, 2)->type, "identity");
	assert_string_equal(snapshot_group(&snapshot, 9)->type, "");

	function = find(&snapshot, "0000:0d:00.0");
	assert_int_equal(function->vendor, 0x1af4);
	assert_int_equal(function->class_code, 0x020000);
	assert_string_equal(function->class_name, "Ethernet controller");
	assert_string_equal(function->vendor_name, "Red Hat, Inc.");
	assert_string_equal(function->upstream, "0000:0c:00.0");
	assert_int_equal(function->group, 4);
	assert_string_equal(function->methods.text, "flr pm bus cxl_bus");
	assert_int_equal(function->ats, TRI_YES);
	assert_int_equal(function->pri, TRI_YES);
	assert_int_equal(function->pasid, TRI_YES);
	assert_int_equal(function->iommu_pasid, TRI_UNKNOWN);
	assert_int_equal(function->cxl_port, TRI_YES);
	assert_int_equal(function->sbr_masked, TRI_NO);
	assert_int_equal(function->untrusted, TRI_NO);
	assert_true(function->has_reset);
	assert_false(function->is_bridge);
	assert_string_equal(function->driver, "");

	function = find(&snapshot, "0000:0e:00.0");
	assert_int_equal(function->cxl_port, TRI_YES);
	assert_int_equal(function->sbr_masked, TRI_YES);
	assert_int_equal(function->pasid, TRI_NO);
	assert_string_equal(function->driver, "virtio-pci");
	assert_string_equal(uses(&snapshot, "0000:0e:00.0"), "network-up");

	/* A port is not below itself. */
	function = find(&snapshot, "0000:0c:00.0");
	assert_true(function->is_bridge);
	assert_string_equal(function->upstream, "");
	assert_int_equal(function->cxl_port, TRI_NO);
	assert_true(find(&snapshot, "0000:00:00.0")->is_bridge);
	assert_false(find(&snapshot, "0000:00:00.0")->has_reset);
}

/* What a real kernel shows, as far as the scenarios go by it. */
static void test_captured(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *function;

	(void)state;
	unpack("qemu-intel.tree", &snapshot);
	function = find(&snapshot, "0000:01:00.0");
	assert_string_equal(function->methods.text, "flr pm cxl_bus");
	assert_int_equal(function->ats, TRI_YES);
	assert_int_equal(function->cxl_port, TRI_YES);
	assert_int_equal(function->sbr_masked, TRI_YES);
	assert_string_equal(function->driver, "virtio-pci");
	assert_int_equal(find(&snapshot, "0000:02:00.0")->group,
			 find(&snapshot, "0000:03:00.0")->group);
	assert_string_equal(find(&snapshot, "0000:03:00.0")->upstream, "0000:00:05.1");
	assert_string_equal(snapshot_group(&snapshot, 4)->type, "DMA-FQ");
	assert_string_equal(snapshot.host.iommu_names, "dmar0");
}

static void test_no_iommu(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	unpack("no-iommu.tree", &snapshot);
	assert_int_equal(snapshot.host.iommu, TRI_NO);
	assert_int_equal(snapshot.group_count, 0);
	assert_int_equal(find(&snapshot, "0000:0d:00.0")->group, NO_GROUP);
}

static void test_siblings(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *one, *other;

	(void)state;
	unpack("siblings.tree noats.tree", &snapshot);
	one = find(&snapshot, "0000:01:00.0");
	other = find(&snapshot, "0000:02:00.0");
	assert_int_equal(one->group, other->group);
	assert_string_not_equal(function_lock_key(&snapshot, one),
				function_lock_key(&snapshot, other));
	assert_int_equal(snapshot.host.ats_disabled, TRI_YES);
}

static void test_virtual_functions(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *vf;

	(void)state;
	unpack("sriov.tree", &snapshot);
	vf = find(&snapshot, "0000:01:10.0");
	assert_int_equal(vf->vendor, 0x8086);
	assert_int_equal(vf->device, 0x10ed);
	assert_string_equal(vf->physfn, "0000:01:00.0");
	assert_int_equal(vf->ats, TRI_YES);
	assert_int_equal(find(&snapshot, "0000:01:10.2")->ats, TRI_NO);
	assert_string_equal(function_lock_key(&snapshot, vf), "0000:00:05.0");
	assert_string_equal(uses(&snapshot, "0000:01:00.0"), "has-vfs");
	assert_string_equal(uses(&snapshot, "0000:01:10.0"), "");
}

static void test_storage(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *function;

	(void)state;
	unpack("storage.tree", &snapshot);
	function = find(&snapshot, "0000:01:00.0");
	assert_string_equal(uses(&snapshot, "0000:01:00.0"), "mounted swap held held mounted");
	assert_string_equal(function->uses[0].what,
			    "nvme0n1p1 mounted on /srv/data set and 1 more");
	assert_string_equal(function->uses[1].what, "nvme0n1p2 is swap");
	assert_string_equal(function->uses[4].what, "dm-0 (vg-var) mounted on /var");
	assert_string_equal(uses(&snapshot, "0000:02:00.0"), "");
	assert_string_equal(uses(&snapshot, "0000:03:00.0"), "mounted");
	assert_string_equal(uses(&snapshot, "0000:04:00.0"), "mounted");
	assert_string_equal(uses(&snapshot, "0000:05:00.0"), "held");
	assert_string_equal(uses(&snapshot, "0000:06:00.0"), "mounted");
	assert_string_equal(uses(&snapshot, "0000:07:00.0"), "held");
	assert_string_equal(uses(&snapshot, "0000:08:00.0"), "mounted");
	assert_string_equal(uses(&snapshot, "0000:00:01.0"), "");
}

static void test_other_uses(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	unpack("busy.tree", &snapshot);
	assert_string_equal(uses(&snapshot, "0000:01:00.0"), "vfio-in-use");
	assert_string_equal(uses(&snapshot, "0000:02:00.0"), "");
	assert_string_equal(uses(&snapshot, "0000:03:00.0"), "vfio-in-use");
	assert_string_equal(uses(&snapshot, "0000:04:00.0"), "boot-vga");
	assert_string_equal(uses(&snapshot, "0000:05:00.0"), "console");
	assert_string_equal(uses(&snapshot, "0000:06:00.0"), "cxl-memory");
	assert_string_equal(uses(&snapshot, "0000:07:00.0"), "use-unknown");
	assert_string_equal(uses(&snapshot, "0000:08:00.0"), "");
}

static void test_unprivileged(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	const struct function *function;

	(void)state;
	unpack("unprivileged.tree", &snapshot);
	function = find(&snapshot, "0000:0d:00.0");
	assert_int_equal(function->ats, TRI_UNKNOWN);
	assert_int_equal(function->pasid, TRI_UNKNOWN);
	assert_int_equal(function->cxl_port, TRI_UNKNOWN);
	assert_int_equal(function->sbr_masked, TRI_UNKNOWN);
	assert_true(find(&snapshot, "0000:0c:00.0")->is_bridge);
	assert_int_equal(snapshot.note_count, 1);
}

static void test_wide_domain(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	unpack("vmd.tree", &snapshot);
	assert_string_equal(find(&snapshot, "10000:e1:00.0")->upstream, "10000:e0:06.0");
	assert_string_equal(find(&snapshot, "10000:e0:06.0")->upstream, "");
	assert_string_equal(uses(&snapshot, "10000:e1:00.0"), "mounted");
	assert_string_equal(uses(&snapshot, "0000:00:0e.0"), "mounted");
	assert_string_equal(find(&snapshot, "0000:00:0e.0")->below, "10000:e0:06.0");
	assert_string_equal(find(&snapshot, "10000:e0:06.0")->below, "");
}

static void test_hostile(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	unpack("hostile.tree", &snapshot);
	assert_string_equal(find(&snapshot, "0000:01:00.0")->driver, "a\033[2J\nevil");
	assert_int_equal(find(&snapshot, "0000:02:00.0")->methods_known, TRI_UNKNOWN);
	assert_int_equal(find(&snapshot, "0000:02:00.0")->methods.count, 0);
	/* A link out of the tree leads nowhere. */
	assert_int_equal(find(&snapshot, "0000:03:00.0")->ats, TRI_UNKNOWN);
	/* A list that runs in a circle ends, and counts for what it held. */
	assert_int_equal(find(&snapshot, "0000:04:00.0")->ats, TRI_YES);
	assert_null(snapshot_find(&snapshot, "0000:05:00.0"));
	assert_int_equal(find(&snapshot, "0000:06:00.0")->ats, TRI_UNKNOWN);
	assert_null(snapshot_find(&snapshot, "0000:09:00.0"));
	assert_int_equal(snapshot.note_count, 6);
}

static void test_no_tree(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	_cleanup_root_ struct root root = ROOT_INIT;

	(void)state;
	assert_int_equal(root_open(&root, directory), 0);
	assert_int_equal(snapshot_read(&root, &snapshot), -ENOENT);
}

static void test_mountinfo(void **state)
{
	_cleanup_mounts_ struct mounts mounts = {0};
	char text[] = "36 35 98:0 /mnt1 /mnt\\0402 rw shared:1 master:2 - ext3 /dev/root rw\n"
		      "37 35 0:45 / /a\\134b\\011 rw - btrfs /dev/sda1 rw,subvol=/ - x\n";
	char no_separator[] = "36 35 98:0 /mnt1 /mnt2 rw ext3 /dev/root rw\n";
	char no_source[] = "36 35 98:0 /mnt1 /mnt2 rw - ext3\n";
	char no_number[] = "36 35 98 /mnt1 /mnt2 rw - ext3 /dev/root rw\n";
	char short_line[] = "36 35 - ext3 /dev/root\n";

	(void)state;
	assert_int_equal(mounts_parse(&mounts, text), 0);
	assert_int_equal(mounts.count, 2);
	assert_int_equal(mounts.list[0].major, 98);
	assert_string_equal(mounts.list[0].target, "/mnt 2");
	assert_string_equal(mounts.list[0].type, "ext3");
	assert_string_equal(mounts.list[0].source, "/dev/root");
	assert_string_equal(mounts.list[1].target, "/a\\b\t");
	assert_string_equal(mounts.list[1].source, "/dev/sda1");
	assert_int_equal(mounts_parse(&mounts, no_separator), -EINVAL);
	assert_int_equal(mounts_parse(&mounts, no_source), -EINVAL);
	assert_int_equal(mounts_parse(&mounts, no_number), -EINVAL);
	assert_int_equal(mounts_parse(&mounts, short_line), -EINVAL);
	assert_int_equal(mounts.count, 2);
}

static void test_swaps(void **state)
{
	_cleanup_mounts_ struct mounts mounts = {0};
	char text[] = "Filename\t\t\t\tType\t\tSize\n"
		      "/dev/dm-1                               partition\t8388604\t0\t-2\n"
		      "/swap\\040file file\t1\t0\t-3\n";
	char none[] = "";

	(void)state;
	assert_int_equal(mounts_parse_swaps(&mounts, none), 0);
	assert_int_equal(mounts_parse_swaps(&mounts, text), 0);
	assert_int_equal(mounts.swap_count, 2);
	assert_string_equal(mounts.swaps[0], "/dev/dm-1");
	assert_string_equal(mounts.swaps[1], "/swap file");
}

static void test_noats(void **state)
{
	(void)state;
	assert_true(host_cmdline_has_noats("ro pci=noats quiet"));
	assert_true(host_cmdline_has_noats("pci=realloc,noats"));
	assert_true(host_cmdline_has_noats("pci=a pci=noats,b\n"));
	assert_false(host_cmdline_has_noats(""));
	assert_false(host_cmdline_has_noats("pci= noats"));
	assert_false(host_cmdline_has_noats("xpci=noats pci=noatsx pci=xnoats,, noats"));
}

/* What libpci makes of bytes: every one of these must end, and say no more than it read. */
static void test_config_space(void **state)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_pcilib_ struct pcilib *lib = NULL;
	const struct bdf bdf = {.bus = 1};
	uint8_t config[CONFIG_SPACE_BYTES];
	struct pcilib_caps caps;
	uint32_t seed = 1;

	(void)state;
	assert_int_equal(root_open(&root, directory), 0);
	assert_int_equal(pcilib_open(&root, &lib), 0);
	memset(config, 0xff, sizeof(config));
	pcilib_read_caps(lib, &bdf, config, sizeof(config), &caps);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	pcilib_read_caps(lib, &bdf, config, 0, &caps);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	assert_false(caps.is_bridge);

	memset(config, 0, sizeof(config));
	config[0x0e] = 0x81;
	pcilib_read_caps(lib, &bdf, config, 64, &caps);
	assert_true(caps.is_bridge);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	/* The kernel itself saw no extended space. */
	pcilib_read_caps(lib, &bdf, config, 256, &caps);
	assert_int_equal(caps.ats, TRI_NO);

	for (int round = 0; round < 2000; round++) {
		for (size_t i = 0; i < sizeof(config); i++) {
			seed = seed * 1664525 + 1013904223;
			config[i] = (uint8_t)(seed >> 24);
		}
		config[0x06] |= 0x10;
		config[0x34] = 0x40;
		config[0x40] = 0x10;
		pcilib_read_caps(lib, &bdf, config, sizeof(config), &caps);
		assert_int_not_equal(caps.ats, TRI_UNKNOWN);
	}
	/* A DVSEC in the last bytes of the space. */
	memset(config + 0x100, 0, sizeof(config) - 0x100);
	memcpy(config + 0x100, (const uint8_t[]){0x01, 0x00, 0xc1, 0xff}, 4);
	memcpy(config + 0xffc, (const uint8_t[]){0x23, 0x00, 0x01, 0x00}, 4);
	pcilib_read_caps(lib, &bdf, config, sizeof(config), &caps);
	assert_int_equal(caps.cxl_port, TRI_NO);
}

static int setup(void **state)
{
	(void)state;
	return mkdtemp(directory) ? 0 : -1;
}

static int teardown(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", directory);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_server),	     cmocka_unit_test(test_pasid),
		cmocka_unit_test(test_captured),     cmocka_unit_test(test_no_iommu),
		cmocka_unit_test(test_siblings),     cmocka_unit_test(test_virtual_functions),
		cmocka_unit_test(test_storage),	     cmocka_unit_test(test_other_uses),
		cmocka_unit_test(test_unprivileged), cmocka_unit_test(test_wide_domain),
		cmocka_unit_test(test_hostile),	     cmocka_unit_test(test_no_tree),
		cmocka_unit_test(test_mountinfo),    cmocka_unit_test(test_swaps),
		cmocka_unit_test(test_noats),	     cmocka_unit_test(test_config_space),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
