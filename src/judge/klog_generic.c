// SPDX-License-Identifier: GPL-2.0-or-later
/* What the kernel says of itself and of its log. */
#include "judge/klog_match.h"

/* kernel/panic.c, lib/ubsan.c, mm/kasan, kernel/locking, arch */
static const struct klog_row reports[] = {
	LEAD("------------[ cut here ]------------", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("WARNING: possible ", NULL, KLOG_LOCKDEP, WHERE_NOWHERE, GROUP_STALL),
	MAIN("WARNING: inconsistent lock state", NULL, KLOG_LOCKDEP, WHERE_NOWHERE, GROUP_STALL),
	MAIN("WARNING: suspicious RCU usage", NULL, KLOG_LOCKDEP, WHERE_NOWHERE, GROUP_STALL),
	MAIN("WARNING: bad unlock balance detected", NULL, KLOG_LOCKDEP, WHERE_NOWHERE,
	     GROUP_STALL),
	MAIN("WARNING: ", " lock order detected", KLOG_LOCKDEP, WHERE_NOWHERE, GROUP_STALL),
	MAIN("WARNING: held lock freed!", NULL, KLOG_LOCKDEP, WHERE_NOWHERE, GROUP_STALL),
	MAIN("WARNING: at ", NULL, KLOG_WARNING, WHERE_NOWHERE, GROUP_REPORT),
	/* Up to 6.18, and since; programs and drivers may begin their lines with the word, too. */
	MAIN("WARNING: CPU: ", " at ", KLOG_WARNING, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("WARNING: ", ", CPU#", KLOG_WARNING, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("[ BUG: ", NULL, KLOG_LOCKDEP, WHERE_NOWHERE, GROUP_STALL),
	MAIN("UBSAN: ", NULL, KLOG_UBSAN, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("BUG: KASAN: ", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	MAIN("BUG: KFENCE: ", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	MAIN("BUG: KCSAN: ", NULL, KLOG_UBSAN, WHERE_NOWHERE, GROUP_STALL),
	MAIN("BUG: workqueue lockup", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	/* net/ipv6/addrconf.c: of an address, and nothing worse */
	ALONE("BUG: Address ", " is missing its host route.", KLOG_OTHER, WHERE_NOWHERE),
	MAIN("BUG: ", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("kernel BUG at ", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	PART("Oops: ", " [#", KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	PART("Oops - ", " [#", KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	PART("Internal error: ", " [#", KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("Unable to handle kernel ", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	/* Without the second part: of a program. */
	MAIN("general protection fault", " [#", KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	MAIN("SError Interrupt on CPU", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
	PART("Kernel panic - not syncing: ", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_REPORT),
};

/* kernel/hung_task.c */
static const struct klog_row tasks[] = {
	MAIN("INFO: task ", " blocked for more than ", KLOG_HUNG_TASK, WHERE_NOWHERE, GROUP_STALL),
	MAIN("INFO: task ", " blocked in I/O wait for more than ", KLOG_HUNG_TASK, WHERE_NOWHERE,
	     GROUP_STALL),
	PART("INFO: task ", " is blocked on a ", KLOG_OTHER, WHERE_NOWHERE, GROUP_STALL),
	PART("INFO: task ", " blocked on a ", KLOG_OTHER, WHERE_NOWHERE, GROUP_STALL),
};

/* kernel/watchdog.c; up to 6.12 with "NMI " where an interrupt of that kind found it */
static const struct klog_row watchdog[] = {
	MAIN("BUG: soft lockup - CPU#", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	MAIN("Watchdog detected hard LOCKUP", NULL, KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	MAIN("CPU", ": Watchdog detected hard LOCKUP", KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
};

/* kernel/rcu/tree_stall.h, tree_exp.h, tasks.h */
static const struct klog_row rcu[] = {
	MAIN("INFO: ", " self-detected stall", KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	MAIN("INFO: ", " detected stall", KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	MAIN("INFO: ", " detected expedited stall", KLOG_OOPS, WHERE_NOWHERE, GROUP_STALL),
	PART("\t", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_STALL),
};

/* arch/x86/kernel/cpu/mce; drivers/firmware/efi/cper.c, drivers/acpi/apei/ghes.c */
static const struct klog_row hardware[] = {
	ALONE("mce: [Hardware Error]: ", NULL, KLOG_HARDWARE_ERROR, WHERE_NOWHERE),
	ALONE("[Hardware Error]: ", NULL, KLOG_HARDWARE_ERROR, WHERE_NOWHERE),
	MAIN("{", "}[Hardware Error]: Hardware error from APEI ", KLOG_HARDWARE_ERROR,
	     WHERE_NOWHERE, GROUP_FIRMWARE),
	PART("{", "}[Hardware Error]: ", KLOG_OTHER, WHERE_DEVICE_ID, GROUP_FIRMWARE),
};

/* lib/ratelimit.c, kernel/printk */
static const struct klog_row losses[] = {
	ALONE("** ", " printk messages dropped **", KLOG_DROPPED, WHERE_NOWHERE),
	ALONE("", " callbacks suppressed", KLOG_SUPPRESSED, WHERE_NOWHERE),
};

const struct klog_table klog_generic_tables[] = {
	KLOG_TABLE(ON('-') | ON('W') | ON('[') | ON('U') | ON('B') | ON('k') | ON('O') | ON('I') |
			   ON('g') | ON('S') | ON('K'),
		   "", "", reports),
	KLOG_TABLE(ON('I'), "", "", tasks),
	KLOG_TABLE(ON('w'), "", "watchdog: ", watchdog),
	KLOG_TABLE(ON('N'), "", "NMI watchdog: ", watchdog),
	KLOG_TABLE(ON('r'), "", "rcu: ", rcu),
	KLOG_TABLE(ON('m') | ON('[') | ON('{'), "", "", hardware),
	KLOG_TABLE(ON_ANY, "", "", losses),
};
const size_t klog_generic_table_count = ARRAY_SIZE(klog_generic_tables);
