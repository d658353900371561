// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of the kernel log as 6.12 to 7.3 print them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/attr.h"
#include "judge/klog.h"

struct line {
	const char *text;
	enum klog_kind kind;
	const char *function, *symbol; /* NULL: "" */
	int pid, value;
	const char *device; /* DEVICE= of the record; NULL: none */
};

#define PLAIN(text_, kind_)                                                                        \
	{                                                                                          \
		.text = (text_), .kind = (kind_)                                                   \
	}
#define OF(text_, kind_, function_)                                                                \
	{                                                                                          \
		.text = (text_), .kind = (kind_), .function = (function_)                          \
	}

static const struct line lines[] = {
	/* Six callers, and one in the trees of NVIDIA */
	{"pci 0000:0d:00.0: failed to stop IOMMU for a PCI reset: -16", KLOG_PREPARE_FAILED,
	 "0000:0d:00.0", NULL, 0, -16, "+pci:0000:0d:00.0"},
	{"vfio-pci 10000:e1:00.1: failed to stop IOMMU for a PCI reset: -12", KLOG_PREPARE_FAILED,
	 "10000:e1:00.1", NULL, 0, -12, NULL},
	{"nvidia 0009:01:00.0: failed to stop IOMMU for CXL reset: -16", KLOG_PREPARE_FAILED,
	 "0009:01:00.0", NULL, 0, -16, "+pci:0009:01:00.0"},

	/* Since 6.19, and before */
	{"WARNING: drivers/iommu/iommu.c:3975 at pci_dev_reset_iommu_prepare+0x1e0/0x200, CPU#0: "
	 "iommu-resettest/149",
	 KLOG_WARNING, NULL, "pci_dev_reset_iommu_prepare", 149, 0, NULL},
	{"WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#12: kworker/u8:3/77", KLOG_WARNING, NULL, "f", 77,
	 0, NULL},
	{"WARNING: kernel/x.c:1 at g+0x1/0x2 [module], CPU#1: sh/5", KLOG_WARNING, NULL, "g", 5, 0,
	 NULL},
	{"WARNING: CPU: 3 PID: 1234 at drivers/iommu/iommu.c:3500 "
	 "__iommu_group_set_domain_nofail+0x1e0/0x200",
	 KLOG_WARNING, NULL, "__iommu_group_set_domain_nofail", 1234, 0, NULL},
	/* A process that is called so */
	{"WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#0: x PID: 149 at/77", KLOG_WARNING, NULL, "f", 77,
	 0, NULL},
	{"WARNING: kernel/x.c:1 at 0xffffffffc0001234, CPU#0: sh/9", KLOG_WARNING, NULL, NULL, 9, 0,
	 NULL},

	PLAIN("BUG: unable to handle page fault for address: ffffffffdeadbeef", KLOG_OOPS),
	PLAIN("BUG: kernel NULL pointer dereference, address: 0000000000000000", KLOG_OOPS),
	PLAIN("BUG: KASAN: slab-use-after-free in iommu_group_get+0x1/0x2", KLOG_OOPS),
	PLAIN("[ BUG: Invalid wait context ]", KLOG_OOPS),
	PLAIN("kernel BUG at drivers/pci/pci.c:4711!", KLOG_OOPS),
	PLAIN("Oops: Oops: 0000 [#1] SMP NOPTI", KLOG_OOPS),
	PLAIN("Oops: general protection fault, probably for non-canonical address 0xdead: 0000 "
	      "[#1] SMP",
	      KLOG_OOPS),
	PLAIN("general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP",
	      KLOG_OOPS),
	PLAIN("traps: cat[99] general protection fault ip:55 sp:7f error:0 in cat[55+1]",
	      KLOG_OTHER),
	PLAIN("watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [sh:7]", KLOG_OOPS),
	PLAIN("NMI watchdog: Watchdog detected hard LOCKUP on cpu 2", KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_preempt self-detected stall on CPU", KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:", KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 1-...D }",
	      KLOG_OOPS),
	{"INFO: task iommu-resettest:149 blocked for more than 120 seconds.", KLOG_OOPS, NULL, NULL,
	 149, 0, NULL},
	{"INFO: task sh:1 blocked in I/O wait for more than 120 seconds.", KLOG_OOPS, NULL, NULL, 1,
	 0, NULL},
	PLAIN("WARNING: possible circular locking dependency detected", KLOG_OOPS),
	PLAIN("WARNING: possible recursive locking detected", KLOG_OOPS),
	PLAIN("WARNING: inconsistent lock state", KLOG_OOPS),
	PLAIN("WARNING: suspicious RCU usage", KLOG_OOPS),

	OF("pci 0000:01:00.0: not ready 1023ms after FLR; waiting", KLOG_NOT_READY, "0000:01:00.0"),
	OF("pci 0000:01:00.0: not ready 65535ms after bus reset; giving up", KLOG_GIVING_UP,
	   "0000:01:00.0"),
	PLAIN("pci 0000:01:00.0: ready 2047ms after FLR", KLOG_OTHER),
	{"pcieport 0000:00:01.0: Data Link Layer Link Active not set in 100 msec",
	 KLOG_LINK_INACTIVE, "0000:00:01.0", NULL, 0, 0, "+pci:0000:00:01.0"},
	OF("pci 0000:01:00.0: Device config space inaccessible; unable to FLR",
	   KLOG_CONFIG_INACCESSIBLE, "0000:01:00.0"),
	OF("pci 0000:01:00.0: DMA-aliased sibling may be prematurely unblocked", KLOG_ALIAS,
	   "0000:01:00.0"),

	/* VT-d: up to 7.1, from 7.2 */
	OF("DMAR: [DMA Read NO_PASID] Request device [0d:00.0] fault addr 0xfffff000 [fault reason "
	   "0x06] PTE Read access is not set",
	   KLOG_IOMMU_FAULT, "0d:00.0"),
	OF("DMAR: [DMA Write PASID 0x5] Request device [0001:0d:00.7] fault addr 0x1000 [fault "
	   "reason "
	   "0x59] SM: Present bit in PASID Table Entry is clear",
	   KLOG_IOMMU_FAULT, "0001:0d:00.7"),
	OF("DMAR: [INTR-REMAP] Request device [0000:0d:00.0] fault index 0x12 [fault reason 0x22]",
	   KLOG_IOMMU_FAULT, "0000:0d:00.0"),
	PLAIN("DMAR: DRHD: handling fault status reg 2", KLOG_OTHER),
	/* The number is not to be trusted. */
	PLAIN("DMAR: VT-d detected Invalidation Time-out Error: SID 0", KLOG_ATS_TIMEOUT),

	/* AMD: the device in front, or within behind the IOMMU's own name */
	OF("vfio-pci 0000:0d:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0012 "
	   "address=0x1000 "
	   "flags=0x0000]",
	   KLOG_IOMMU_FAULT, "0000:0d:00.0"),
	OF("AMD-Vi: Event logged [IO_PAGE_FAULT device=0000:0d:00.0 domain=0x0012 address=0x1000 "
	   "flags=0x0000]",
	   KLOG_IOMMU_FAULT, "0000:0d:00.0"),
	{"pci 0000:00:00.2: AMD-Vi: Event logged [ILLEGAL_DEV_TABLE_ENTRY device=0000:0d:00.0 "
	 "pasid=0x00000 address=0x1000 flags=0x0080]",
	 KLOG_IOMMU_FAULT, "0000:0d:00.0", NULL, 0, 0, "+pci:0000:00:00.2"},
	OF("AMD-Vi: Event logged [INVALID_DEVICE_REQUEST device=0000:0d:00.0 pasid=0x00000]",
	   KLOG_IOMMU_FAULT, "0000:0d:00.0"),
	OF("AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=0000:0d:00.0 address=0x1000]",
	   KLOG_ATS_TIMEOUT, "0000:0d:00.0"),
	/* The device stands in the line after this one. */
	PLAIN("AMD-Vi: Event logged [Device not attached to domain properly]", KLOG_IOMMU_FAULT),

	/* SMMUv3: 7.3 names the client, 6.12 does not */
	OF("arm-smmu-v3 arm-smmu-v3.0.auto: event: F_TRANSLATION client: 0000:0d:00.0 sid: 0xd00 "
	   "ssid: 0x0 iova: 0x1000 ipa: 0x0",
	   KLOG_IOMMU_FAULT, "0000:0d:00.0"),
	PLAIN("arm-smmu-v3 arm-smmu-v3.0.auto: event: C_BAD_STREAMID client: (unassigned sid) sid: "
	      "0xd00 "
	      "ssid: 0x0",
	      KLOG_IOMMU_FAULT),
	PLAIN("arm-smmu-v3 arm-smmu-v3.0.auto: event 0x10 received:", KLOG_IOMMU_FAULT),
	PLAIN("arm-smmu-v3 arm-smmu-v3.0.auto: CMDQ error (cons 0x03000005): ATC invalidate "
	      "timeout",
	      KLOG_ATS_TIMEOUT),
	PLAIN("arm-smmu 3000000.iommu: Unhandled context fault: fsr=0x402, iova=0x1000, fsynr=0x1, "
	      "cbfrsynra=0xd00, cb=0",
	      KLOG_IOMMU_FAULT),

	/* virtio, with the requester id in decimal: 3328 is 0d:00.0, 3329 its function 1 */
	OF("virtio_iommu virtio0: page fault from EP 3328 at 0x1000 [R]", KLOG_IOMMU_FAULT,
	   "0d:00.0"),
	OF("virtio_iommu virtio0: domain fault from EP 3329", KLOG_IOMMU_FAULT, "0d:00.1"),
	PLAIN("virtio_iommu virtio0: unknown fault from EP 4294967295", KLOG_IOMMU_FAULT),

	PLAIN("dmar_fault: 25 callbacks suppressed", KLOG_SUPPRESSED),
	PLAIN("aer_ratelimit: 3 callbacks suppressed", KLOG_SUPPRESSED),
	PLAIN("** 12 printk messages dropped **", KLOG_DROPPED),

	/* Said by the kernel, and no sign of anything */
	PLAIN("pci 0000:01:00.0: All device reset methods disabled by user", KLOG_OTHER),
	PLAIN("pci 0000:01:00.0: resetting", KLOG_OTHER),
	PLAIN("------------[ cut here ]------------", KLOG_OTHER),
	PLAIN("", KLOG_OTHER),
	PLAIN(":", KLOG_OTHER),
};

static struct klog_event classify(const struct line *line, unsigned int facility)
{
	_cleanup_free_ char *text = strdup(line->text);
	_cleanup_free_ char *device = strdup(line->device ? line->device : "");
	struct log_record record = {
		.facility = facility, .level = 3, .text = text, .device = device};

	assert_true(text && device);
	return klog_classify(&record);
}

static void what_lines_mean(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const struct line *line = &lines[i];
		struct klog_event event = classify(line, 0);

		if (event.kind != line->kind)
			print_error("%s\n", line->text);
		assert_int_equal(event.kind, line->kind);
		assert_string_equal(event.function, line->function ? line->function : "");
		assert_string_equal(event.symbol, line->symbol ? line->symbol : "");
		/* In the table 0 stands for none. */
		assert_int_equal(event.pid, line->pid ? line->pid : KLOG_NO_PID);
		assert_int_equal(event.value, line->value);
	}
}

/* What users write through /dev/kmsg has facility 1 at least. */
static void what_users_write(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		for (unsigned int facility = 1; facility < 24; facility++) {
			struct klog_event event = classify(&lines[i], facility);

			assert_int_equal(event.kind, KLOG_OTHER);
			assert_string_equal(event.function, "");
		}
}

/* No line that ends too early is read past its end. */
static void cut_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		for (size_t length = 0; length < strlen(lines[i].text); length++) {
			_cleanup_free_ char *text = strndup(lines[i].text, length);
			struct line cut = {.text = text, .device = "+pci:"};
			struct klog_event event = classify(&cut, 0);

			assert_true(event.kind <= KLOG_ALIAS);
			assert_true(strlen(event.function) < BDF_MAX);
		}
}

static void whom_names_mean(void **state)
{
	(void)state;
	assert_true(klog_names("0000:0d:00.0", "0000:0d:00.0"));
	assert_true(klog_names("0d:00.0", "0000:0d:00.0"));
	assert_true(klog_names("10000:e1:00.0", "10000:e1:00.0"));
	assert_false(klog_names("", "0000:0d:00.0"));
	assert_false(klog_names("0d:00.0", "0001:0d:00.0"));
	assert_false(klog_names("0d:00.0", "10000:0d:00.0"));
	assert_false(klog_names("0000:0d:00.0", "10000:0d:00.0"));
	assert_false(klog_names("0000:0d:00.1", "0000:0d:00.0"));
	assert_false(klog_names("00.0", "0000:0d:01.0"));
	assert_false(klog_names("0000:0d:00.0", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_lines_mean),
		cmocka_unit_test(what_users_write),
		cmocka_unit_test(cut_lines),
		cmocka_unit_test(whom_names_mean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
