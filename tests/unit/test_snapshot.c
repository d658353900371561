// SPDX-License-Identifier: GPL-2.0-or-later
/* Snapshots of the trees in tests/roots, and the parsers below them. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "snapshot/build.h"
#include "snapshot/host.h"
#include "snapshot/mounts.h"
#include "snapshot/config_space.h"

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

static void test_accelerator(void **state)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};

	(void)state;
	unpack("accelerator.tree", &snapshot);
	assert_string_equal(uses(&snapshot, "0000:01:00.0"), "held");
	assert_string_equal(find(&snapshot, "0000:01:00.0")->uses[0].what,
			    "the kernel uses its algorithm virtio_crypto_aes_cbc");
	assert_string_equal(uses(&snapshot, "0000:02:00.0"), "");
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

/* Writes @length_bytes as "config" and says what is read of it, word by word and in one piece. */
static struct config_caps read_config(const uint8_t *bytes, size_t length_bytes)
{
	struct config_caps caps[2];
	char path[sizeof(directory) + 16];
	FILE *file;
	int fd = open(directory, O_PATH | O_DIRECTORY);

	assert_true(fd >= 0);
	snprintf(path, sizeof(path), "%s/config", directory);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length_bytes, file), length_bytes);
	assert_int_equal(fclose(file), 0);
	for (int live = 0; live < 2; live++) {
		struct config_space space;

		memset(&caps[live], 0, sizeof(caps[live]));
		assert_int_equal(config_space_open(&space, fd, live), 0);
		config_space_read_caps(&space, &caps[live]);
		config_space_close(&space);
	}
	close(fd);
	assert_int_equal(caps[0].is_absent, caps[1].is_absent);
	assert_int_equal(caps[0].is_cut, caps[1].is_cut);
	assert_int_equal(caps[0].is_bridge, caps[1].is_bridge);
	assert_int_equal(caps[0].ats, caps[1].ats);
	assert_int_equal(caps[0].pri, caps[1].pri);
	assert_int_equal(caps[0].pasid, caps[1].pasid);
	assert_int_equal(caps[0].pasid_enabled, caps[1].pasid_enabled);
	assert_int_equal(caps[0].cxl_port, caps[1].cxl_port);
	assert_int_equal(caps[0].sbr_masked, caps[1].sbr_masked);
	return caps[0];
}

/* The extended space cannot be read, which is not that there is none. */
static void test_config_unreadable(const uint8_t *config)
{
	struct config_space space = {.live = true, .length_bytes = 256};
	struct config_caps caps;

	memcpy(space.bytes, config, 256);
	/* A directory fails as a device does that cannot be woken. */
	space.fd = open(directory, O_RDONLY | O_DIRECTORY);
	assert_true(space.fd >= 0);
	config_space_read_caps(&space, &caps);
	config_space_close(&space);
	assert_true(caps.is_cut);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	assert_int_equal(caps.cxl_port, TRI_UNKNOWN);
}

/* Where the file ends decides what is known. */
static void test_config_lengths(void **state)
{
	uint8_t config[CONFIG_SPACE_BYTES];
	struct config_caps caps;

	(void)state;
	memset(config, 0xff, sizeof(config));
	caps = read_config(config, sizeof(config));
	assert_true(caps.is_absent);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	memset(config, 0, sizeof(config));
	config[0x0e] = 0x81;
	caps = read_config(config, 0);
	assert_true(caps.is_absent);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	assert_false(caps.is_bridge);
	for (size_t length = 64; length <= 128; length += 64) {
		caps = read_config(config, length);
		assert_true(caps.is_bridge);
		assert_false(caps.is_cut);
		assert_int_equal(caps.ats, TRI_UNKNOWN);
	}
	/* The kernel itself saw no extended space. */
	caps = read_config(config, 256);
	assert_int_equal(caps.ats, TRI_NO);
	/* There is one, of which nobody tells now. */
	memset(config + 0x100, 0xff, 4);
	caps = read_config(config, sizeof(config));
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	assert_int_equal(caps.cxl_port, TRI_UNKNOWN);
	assert_true(caps.is_cut);
	caps = read_config(config, 256);
	assert_int_equal(caps.ats, TRI_NO);
	caps = read_config(config, 258);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	assert_true(caps.is_cut);
	test_config_unreadable(config);
}

static void put_word(uint8_t *at, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(word >> 8 * i);
}

/* Extended capability headers: id, version 1, offset of the next. */
static void put_capability(uint8_t *config, unsigned int at, unsigned int id, unsigned int next)
{
	put_word(config + at, id | 1 << 16 | next << 20);
}

static void test_config_capabilities(void **state)
{
	uint8_t config[CONFIG_SPACE_BYTES] = {0x86, 0x80};
	struct config_caps caps;

	(void)state;
	put_capability(config, 0x100, 0x0001, 0x148);
	put_capability(config, 0x148, 0x000f, 0x160);
	put_capability(config, 0x160, 0x001b, 0x180);
	put_word(config + 0x164, 0x00010000); /* enabled */
	put_capability(config, 0x180, 0x0023, 0x1c0);
	put_word(config + 0x184, 0x00001e98); /* another of CXL's */
	put_word(config + 0x188, 0x00000007);
	put_capability(config, 0x1c0, 0x0023, 0xff8);
	put_word(config + 0x1c4, 0x02801e98);
	put_word(config + 0x1c8, 0x00000003);
	put_capability(config, 0xff8, 0x0013, 0);
	caps = read_config(config, sizeof(config));
	assert_int_equal(caps.ats, TRI_YES);
	assert_int_equal(caps.pri, TRI_YES);
	assert_int_equal(caps.pasid, TRI_YES);
	assert_int_equal(caps.pasid_enabled, TRI_YES);
	assert_int_equal(caps.cxl_port, TRI_YES);
	assert_int_equal(caps.sbr_masked, TRI_YES);
	put_word(config + 0x164, 0);
	put_word(config + 0x1cc, 1);
	put_word(config + 0x1c4, 0x02801e99);
	caps = read_config(config, sizeof(config));
	assert_int_equal(caps.pasid_enabled, TRI_NO);
	assert_int_equal(caps.cxl_port, TRI_NO);
	put_word(config + 0x1c4, 0x02801e98);
	assert_int_equal(read_config(config, sizeof(config)).sbr_masked, TRI_NO);

	/* What comes after the end of the file, or of what answers, is not "no". */
	caps = read_config(config, 0x180);
	assert_true(caps.is_cut);
	assert_int_equal(caps.ats, TRI_UNKNOWN);
	assert_int_equal(caps.cxl_port, TRI_UNKNOWN);
	put_word(config + 0x1c0, 0xffffffff);
	caps = read_config(config, sizeof(config));
	assert_true(caps.is_cut);
	assert_int_equal(caps.pri, TRI_UNKNOWN);
	/* The last bytes have no room for what a DVSEC says. */
	put_capability(config, 0x180, 0x000e, 0xffc);
	put_capability(config, 0xffc, 0x0023, 0);
	caps = read_config(config, sizeof(config));
	assert_false(caps.is_cut);
	assert_int_equal(caps.cxl_port, TRI_NO);
	/* A circle ends. */
	put_capability(config, 0x180, 0x000e, 0x100);
	caps = read_config(config, sizeof(config));
	assert_int_equal(caps.ats, TRI_YES);
	assert_int_equal(caps.pri, TRI_NO);
}

/* Whatever the bytes are, reading ends. */
static void test_config_noise(void **state)
{
	uint8_t config[CONFIG_SPACE_BYTES];
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct config_caps caps;

		for (size_t i = 0; i < sizeof(config); i++) {
			seed = seed * 1664525 + 1013904223;
			config[i] = (uint8_t)(seed >> 24);
		}
		caps = read_config(config, sizeof(config));
		assert_int_equal(caps.ats == TRI_UNKNOWN, caps.is_cut);
	}
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
		cmocka_unit_test(test_server),	       cmocka_unit_test(test_pasid),
		cmocka_unit_test(test_captured),       cmocka_unit_test(test_no_iommu),
		cmocka_unit_test(test_siblings),       cmocka_unit_test(test_virtual_functions),
		cmocka_unit_test(test_storage),	       cmocka_unit_test(test_other_uses),
		cmocka_unit_test(test_accelerator),    cmocka_unit_test(test_unprivileged),
		cmocka_unit_test(test_wide_domain),    cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_no_tree),	       cmocka_unit_test(test_mountinfo),
		cmocka_unit_test(test_swaps),	       cmocka_unit_test(test_noats),
		cmocka_unit_test(test_config_lengths), cmocka_unit_test(test_config_capabilities),
		cmocka_unit_test(test_config_noise),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
