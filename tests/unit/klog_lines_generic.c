// SPDX-License-Identifier: GPL-2.0-or-later
/* What the kernel prints of itself, from 6.12 to 7.3. */
#include "klog_lines.h"

#include "base/attr.h"

#define WARN(text_, symbol_, pid_)                                                                 \
	{                                                                                          \
		.text = (text_), .kind = KLOG_WARNING, .symbol = (symbol_), .pid = (pid_)          \
	}
#define BY(text_, kind_, pid_)                                                                     \
	{                                                                                          \
		.text = (text_), .kind = (kind_), .pid = (pid_)                                    \
	}

const struct line generic_lines[] = {
	/* Since 6.19, and before */
	WARN("WARNING: drivers/iommu/iommu.c:3975 at pci_dev_reset_iommu_prepare+0x1e0/0x200, "
	     "CPU#0: iommu-resettest/149",
	     "pci_dev_reset_iommu_prepare", 149),
	WARN("WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#12: kworker/u8:3/77", "f", 77),
	WARN("WARNING: kernel/x.c:1 at g+0x1/0x2 [module], CPU#1: sh/5", "g", 5),
	WARN("WARNING: at f+0x1/0x2, CPU#12: sh/77", "f", 77),
	WARN("WARNING: CPU: 3 PID: 1234 at drivers/iommu/iommu.c:3500 "
	     "__iommu_group_set_domain_nofail+0x1e0/0x200",
	     "__iommu_group_set_domain_nofail", 1234),
	/* CONFIG_DEBUG_BUGVERBOSE=n, CONFIG_DEBUG_BUGVERBOSE_DETAILED=y */
	WARN("WARNING: CPU: 3 PID: 1234 at f+0x1/0x2", "f", 1234),
	WARN("WARNING: CPU: 3 PID: 1234 at [a + b > c] drivers/iommu/iommu.c:3500 f+0x1/0x2", "f",
	     1234),
	WARN("WARNING: CPU: 3 PID: 1234 at [a +0x1 > b+0x10] drivers/iommu/iommu.c:3500 f+0x1/0x2",
	     "f", 1234),
	WARN("WARNING: [a at b] drivers/iommu/iommu.c:3500 at f+0x1/0x2, CPU#0: sh/9", "f", 9),
	PLAIN("WARNING: unmapped area at 0x1000", KLOG_OTHER),
	/* What compilers put behind names */
	WARN("WARNING: drivers/iommu/iommu.c:3975 at pci_dev_reset_iommu_prepare.cold+0x1e0/0x200, "
	     "CPU#0: iommu-resettest/149",
	     "pci_dev_reset_iommu_prepare", 149),
	WARN("WARNING: CPU: 3 PID: 1234 at drivers/iommu/iommu.c:3500 f.isra.0.llvm.99+0x1/0x2",
	     "f", 1234),
	/* A process that is called so */
	WARN("WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#0: x PID: 149 at/77", "f", 77),
	WARN("WARNING: kernel/x.c:1 at f+0x1/0x2, CPU#0: a, CPU#1: b/77", "f", 77),
	WARN("WARNING: kernel/x.c:1 at 0xffffffffc0001234, CPU#0: sh/9", NULL, 9),
	PLAIN("------------[ cut here ]------------", KLOG_OTHER),
	PLAIN("---[ end trace 0000000000000000 ]---", KLOG_OTHER),

	PLAIN("BUG: unable to handle page fault for address: ffffffffdeadbeef", KLOG_OOPS),
	PLAIN("BUG: kernel NULL pointer dereference, address: 0000000000000000", KLOG_OOPS),
	PLAIN("BUG: scheduling while atomic: sh/7/0x00000002", KLOG_OOPS),
	PLAIN("BUG: sleeping function called from invalid context at kernel/locking/mutex.c:591",
	      KLOG_OOPS),
	PLAIN("BUG: KASAN: slab-use-after-free in iommu_group_get+0x1/0x2", KLOG_OOPS),
	PLAIN("BUG: KFENCE: use-after-free read in iommu_group_get+0x1/0x2", KLOG_OOPS),
	PLAIN("kernel BUG at drivers/pci/pci.c:4711!", KLOG_OOPS),
	PLAIN("Oops: Oops: 0000 [#1] SMP NOPTI", KLOG_OOPS),
	PLAIN("Oops: 0002 [#1] PREEMPT SMP NOPTI", KLOG_OOPS),
	PLAIN("Oops: general protection fault, probably for non-canonical address 0xdead: 0000 "
	      "[#1] SMP",
	      KLOG_OOPS),
	PLAIN("general protection fault, probably for non-canonical address 0xdead: 0000 [#1] SMP",
	      KLOG_OOPS),
	PLAIN("traps: cat[99] general protection fault ip:55 sp:7f error:0 in cat[55+1]",
	      KLOG_OTHER),
	PLAIN("Unable to handle kernel paging request at virtual address dead000000000100",
	      KLOG_OOPS),
	PLAIN("Internal error: Oops: 0000000096000004 [#1]  SMP", KLOG_OOPS),
	PLAIN("SError Interrupt on CPU1, code 0x00000000be000011 -- SError", KLOG_OOPS),
	PLAIN("Kernel panic - not syncing: Fatal exception", KLOG_OOPS),
	BY("watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [sh:7]", KLOG_OOPS, 7),
	PLAIN("NMI watchdog: Watchdog detected hard LOCKUP on cpu 2", KLOG_OOPS),
	PLAIN("watchdog: Watchdog detected hard LOCKUP on cpu 2", KLOG_OOPS),
	PLAIN("watchdog: CPU0: Watchdog detected hard LOCKUP on cpu 2", KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_preempt self-detected stall on CPU", KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:", KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 1-...D }",
	      KLOG_OOPS),
	PLAIN("rcu: INFO: rcu_tasks detected stalls on tasks:", KLOG_OOPS),
	PLAIN("rcu: Hierarchical RCU implementation.", KLOG_OTHER),

	BY("INFO: task iommu-resettest:149 blocked for more than 120 seconds.", KLOG_HUNG_TASK,
	   149),
	BY("INFO: task sh:1 blocked in I/O wait for more than 120 seconds.", KLOG_HUNG_TASK, 1),
	BY("INFO: task x:5 blocked for:99 blocked for more than 120 seconds.", KLOG_HUNG_TASK, 99),
	PLAIN("INFO: task sh:1 is blocked on a mutex likely owned by task cat:2.", KLOG_OTHER),

	PLAIN("WARNING: possible circular locking dependency detected", KLOG_LOCKDEP),
	PLAIN("WARNING: possible recursive locking detected", KLOG_LOCKDEP),
	PLAIN("WARNING: possible irq lock inversion dependency detected", KLOG_LOCKDEP),
	PLAIN("WARNING: HARDIRQ-safe -> HARDIRQ-unsafe lock order detected", KLOG_LOCKDEP),
	PLAIN("WARNING: inconsistent lock state", KLOG_LOCKDEP),
	PLAIN("WARNING: suspicious RCU usage", KLOG_LOCKDEP),
	PLAIN("[ BUG: Invalid wait context ]", KLOG_LOCKDEP),
	PLAIN("UBSAN: shift-out-of-bounds in drivers/pci/pci.c:100:5", KLOG_UBSAN),
	PLAIN("BUG: KCSAN: data-race in f / g", KLOG_UBSAN),

	PLAIN("mce: [Hardware Error]: Machine check events logged", KLOG_HARDWARE_ERROR),
	PLAIN("mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 5: be00000000800400",
	      KLOG_HARDWARE_ERROR),
	PLAIN("[Hardware Error]: event severity: corrected", KLOG_HARDWARE_ERROR),
	PLAIN("{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 0",
	      KLOG_HARDWARE_ERROR),
	PLAIN("{1}[Hardware Error]:   device_id: 0000:01:00.0", KLOG_OTHER),

	{.text = "dmar_fault: 25 callbacks suppressed",
	 .kind = KLOG_SUPPRESSED,
	 .symbol = "dmar_fault",
	 .value = 25},
	{.text = "aer_ratelimit: 3 callbacks suppressed",
	 .kind = KLOG_SUPPRESSED,
	 .symbol = "aer_ratelimit",
	 .value = 3},
	PLAIN("usb 1-1: Product: 12 callbacks suppressed", KLOG_OTHER),
	{.text = "** 12 printk messages dropped **", .kind = KLOG_DROPPED, .value = 12},

	PLAIN("", KLOG_OTHER),
	PLAIN(":", KLOG_OTHER),
	PLAIN(": ", KLOG_OTHER),
	PLAIN(" : ", KLOG_OTHER),
};
const size_t generic_line_count = ARRAY_SIZE(generic_lines);
