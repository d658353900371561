// SPDX-License-Identifier: GPL-2.0-or-later
#include "interlocks.h"

#define PROCESS "f proc/812/comm = qemu\n"
#define VFIO_DRIVER(place) "l sys/" place "/driver -> ../../../../bus/pci/drivers/vfio-pci\n"
#define BUS_MATE "devices/pci0000:00/0000:00:01.0/0000:01:00.1"

/* An accelerator under its driver, and how often the kernel has its algorithm. */
#define MATE_ACCELERATOR(users)                                                                    \
	"l sys/@M/driver -> ../../../bus/pci/drivers/hisi_sec2\n"                                  \
	"l sys/module/hisi_sec2/drivers/pci:hisi_sec2 -> ../../../bus/pci/drivers/hisi_sec2\n"     \
	"l sys/bus/pci/drivers/hisi_sec2/0000:02:00.0 -> ../../../../@M\n"                         \
	"f proc/crypto = driver       : hisi_sec_cbc(aes)\n"                                       \
	"a proc/crypto = module       : hisi_sec2\n"                                               \
	"a proc/crypto = refcnt       : " users "\n"

#define LATE(what, lines, why, ...)                                                                \
	{                                                                                          \
		.name = what, .edits = lines, .reason = why, ##__VA_ARGS__                         \
	}

const struct late_case late_cases[] = {
	LATE("nothing", "", ""),
	LATE("a driver", "l sys/@D/driver -> ../../../../bus/pci/drivers/nvme\n", "driver-changed"),
	LATE("a virtual machine", VFIO_DRIVER("@D") PROCESS "l proc/812/fd/3 -> /dev/vfio/1\n",
	     "driver-changed"),
	LATE("a virtual machine that has a group mate",
	     VFIO_DRIVER("@M") PROCESS "l proc/812/fd/3 -> /dev/vfio/1\n", "group-mate-in-use"),
	LATE("a group mate that has a driver", VFIO_DRIVER("@M"), ""),
	LATE("a group mate that has a driver, before another domain", VFIO_DRIVER("@M"),
	     "group-driven", .scenario = SCENARIO_ATTACH_RACE),
	LATE("nothing, before another domain", "", "", .scenario = SCENARIO_ATTACH_RACE),
	LATE("a function of another group that has a driver, before another domain",
	     "l sys/" BUS_MATE "/driver -> ../../../../bus/pci/drivers/e1000e\n", "",
	     .scenario = SCENARIO_ATTACH_RACE),
	LATE("a group mate whose interface is up",
	     "l sys/@M/driver -> ../../../bus/pci/drivers/e1000e\n"
	     "l sys/class/net/eth1 -> ../../@M/net/eth1\nf sys/@M/net/eth1/flags = 0x1003\n",
	     "group-mate-in-use"),
	LATE("a group mate that encrypts for the kernel", MATE_ACCELERATOR("2"),
	     "group-mate-in-use"),
	LATE("a group mate that could encrypt for the kernel",
	     MATE_ACCELERATOR("1") "f sys/module/hisi_sec2/refcnt = 0\n", ""),
	LATE("registers", PROCESS "l proc/812/fd/3 -> /sys/@D/resource0\n", "open"),
	LATE("registers, mapped and closed",
	     PROCESS "d proc/812/fd\n"
		     "f proc/812/maps = 7f00-7f01 rw-s 00000000 00:16 77 /sys/@D/resource0\n",
	     "open"),
	LATE("registers of a function that is forced, before a probe",
	     PROCESS "l proc/812/fd/3 -> /sys/@D/resource0\n", "probing-unsafe", .probed = true),
	LATE("registers of another function, before a probe",
	     PROCESS "l proc/812/fd/3 -> /sys/devices/pci0000:00/0000:03:00.0/resource0\n", "",
	     .probed = true),
	LATE("registers of another function",
	     PROCESS "l proc/812/fd/3 -> /sys/devices/pci0000:00/0000:03:00.0/resource0\n", ""),
	LATE("configuration space, written", PROCESS "l proc/812/fd/3 -> /sys/@D/config\n", "open"),
	LATE("VFs", "f sys/@D/sriov_numvfs = 4\n", "has-vfs"),
	LATE("no VFs", "f sys/@D/sriov_numvfs = 0\n", ""),
	LATE("VFs as before", "f sys/@D/sriov_numvfs = 2\n", "", .vfs = true),
	LATE("more VFs", "f sys/@D/sriov_numvfs = 3\n", "vf-in-use", .vfs = true),
	LATE("VFs no more", "f sys/@D/sriov_numvfs = 0\n", "vf-in-use", .vfs = true),
	LATE("VFs of which nobody can tell", "f sys/@D/sriov_numvfs = x\n", "vf-in-use",
	     .vfs = true),
	LATE("a VF that a virtual machine has got", VFIO_DRIVER(VF_PLACE "1"), "vf-in-use",
	     .vfs = true),
	LATE("a VF that a process has opened",
	     PROCESS "l proc/812/fd/3 -> /sys/" VF_PLACE "0/resource0\n", "vf-in-use", .vfs = true),
	LATE("another function in the group",
	     "l sys/kernel/iommu_groups/1/devices/0000:01:00.0 -> x\n"
	     "l sys/kernel/iommu_groups/1/devices/0000:07:00.0 -> x\n",
	     "use-unknown"),
	LATE("the same functions in the group",
	     "l sys/kernel/iommu_groups/1/devices/0000:01:00.0 -> x\n"
	     "l sys/kernel/iommu_groups/1/devices/0000:02:00.0 -> x\n",
	     ""),
	LATE("a neighbour on the bus under a driver",
	     "l sys/" BUS_MATE "/driver -> ../../../../bus/pci/drivers/e1000e\n", "bus-mate-in-use",
	     .method = "bus"),
	LATE("a neighbour on the bus, for another method",
	     "l sys/" BUS_MATE "/driver -> ../../../../bus/pci/drivers/e1000e\n", ""),
	LATE("panic_on_warn", "f proc/sys/kernel/panic_on_warn = 1\n", "panic-on-warn"),
	LATE("panic_on_warn on a kernel that cannot warn", "f proc/sys/kernel/panic_on_warn = 1\n",
	     "", .unaffected = true),
	LATE("warn_limit", "f proc/sys/kernel/warn_limit = 5\n", "warn-limit"),
	LATE("panic_on_oops", "f proc/sys/kernel/panic_on_oops = 1\n", "panic-on-oops"),
	LATE("hung_task_panic",
	     "f proc/sys/kernel/hung_task_panic = 1\nf proc/sys/kernel/hung_task_timeout_secs = "
	     "10\n",
	     "hung-task-panic"),
	LATE("a watchdog",
	     "f sys/class/watchdog/watchdog0/state = active\n"
	     "f sys/class/watchdog/watchdog0/timeout = 10\n",
	     "watchdog"),
	LATE("an oops", "f proc/sys/kernel/tainted = 128\n", "kernel-died"),
	LATE("a warning", "f proc/sys/kernel/tainted = 512\n", ""),
};

const size_t late_case_count = sizeof(late_cases) / sizeof(late_cases[0]);
