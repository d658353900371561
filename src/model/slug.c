// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/slug.h"

#include "base/attr.h"

#define FIXED_KERNELS                                                                              \
	"mainline 7.1, stable 7.0.10, or a vendor's backport; the same series closes "             \
	"CVE-2026-52952"

static const struct slug slugs[] = {
	{"nested-prepare-busy", SLUG_BUG,
	 "A reset that blocks the IOMMU twice for one function was refused with EBUSY the second "
	 "time; the device was not reset. Whoever needs that reset (virtual machines that are "
	 "given the device, error recovery) gets an error, or a device with the state of its last "
	 "user.",
	 "pci_dev_reset_iommu_prepare() cannot be entered again for a function that is being "
	 "reset.",
	 "Boot a kernel with commit 0d5fd7a9323c (" FIXED_KERNELS ")."},
	{"sibling-prepare-busy", SLUG_BUG,
	 "Two functions of one IOMMU group were reset at the same time and the second was refused "
	 "with EBUSY. Resets of such functions fail now and then, by chance.",
	 "The kernel keeps the reset state for the whole IOMMU group instead of per device.",
	 "Boot a kernel with commit b296ca1fb43a (" FIXED_KERNELS ")."},
	{"reset-silently-skipped", SLUG_BUG,
	 "The kernel reported a successful reset, but the function level reset inside it was "
	 "refused with EBUSY and never issued. The device keeps its state, and nobody is told: its "
	 "next user may see what the last one left in it.",
	 "The device-specific reset ignores the error of its inner reset, which entered "
	 "pci_dev_reset_iommu_prepare() a second time.",
	 "Boot a kernel with commit 0d5fd7a9323c (" FIXED_KERNELS "). Until then do not trust this "
	 "device's state after a reset."},

	{"prepare-failed", SLUG_BROKEN,
	 "pci_dev_reset_iommu_prepare() failed, so the reset was not tried.",
	 "The IOMMU driver could not attach the blocking domain, or another reset of the group was "
	 "under way.",
	 "Read the kernel log of the step; report it to the IOMMU driver's maintainers."},
	{"reset-failed", SLUG_BROKEN, "The write to the function's reset file failed.",
	 "The device, the bridge above it or the method does not work.",
	 "Read the errno and the kernel log of the step; try another method from reset_method."},
	{"link-not-back", SLUG_BROKEN,
	 "The bus above was reset, but its link was not active again in time, so the kernel "
	 "reported "
	 "ENOTTY.",
	 "The port or the device trains its link more slowly than the kernel waits for.",
	 "Check slot, cable, retimer and firmware; avoid the bus method for this slot."},
	{"not-ready", SLUG_BROKEN,
	 "The function did not answer configuration reads after its reset.",
	 "The device hangs or takes longer than the kernel's limit of 60 seconds.",
	 "Power-cycle the device; avoid this method (write the others to reset_method)."},
	{"inner-reset-failed", SLUG_BROKEN,
	 "The reset inside the method failed although the write was reported as successful.",
	 "Device-specific resets ignore the result of their inner reset.",
	 "Do not trust the device's state; avoid this method."},
	{"reset-hung", SLUG_BROKEN, "The reset did not return by its deadline.",
	 "The worker is stuck in the kernel, most likely waiting for the device.",
	 "Do not touch the function or the bridge above it; plan a reboot."},
	{"device-lost", SLUG_BROKEN,
	 "After the reset the function is gone, reads all ones, or is another one.",
	 "It did not come back, or hotplug removed and added it in the middle.",
	 "Rescan the bus or power-cycle the device; look for hotplug messages in the log."},
	{"unbalanced-prepare-done", SLUG_BROKEN,
	 "pci_dev_reset_iommu_prepare() and _done() were not called equally often.",
	 "A path through the reset leaves without undoing its block.",
	 "Report it with the saved evidence: the function's DMA may stay blocked."},
	{"early-unblock", SLUG_BROKEN,
	 "The function was attached to a working domain again before its outermost reset had "
	 "ended.",
	 "The kernel does not count how deep the reset is nested, or loses count.",
	 "Report it with the saved evidence: the device could issue ATS requests while it reset."},
	{"domain-not-restored", SLUG_BROKEN,
	 "After the reset the function was not attached to the kind of domain it had before.",
	 "The attach failed, or the kernel picked another domain.",
	 "Unbind and bind the driver, or reboot; report it with the saved evidence."},
	{"attach-count", SLUG_BROKEN,
	 "The function was not blocked exactly once and restored exactly once in a reset.",
	 "The kernel's bookkeeping of blocked devices is wrong.",
	 "Report it with the saved evidence."},
	{"kernel-warning", SLUG_BROKEN, "The kernel printed a WARNING in the path of this reset.",
	 "A kernel invariant did not hold.", "Report it with the saved evidence."},
	{"kernel-oops", SLUG_BROKEN,
	 "The kernel printed a BUG, oops, lockup or stall during the step.",
	 "A kernel bug, or a device that hung the machine.",
	 "Save the log and reboot; do not repeat the test on this kernel."},
	{"iommu-fault", SLUG_BROKEN, "The IOMMU reported a fault of this function during the step.",
	 "The device issued DMA while it was blocked, or to an address that is not mapped.",
	 "Quiesce the device before resetting it; report it if it was idle."},
	{"ats-timeout", SLUG_BROKEN,
	 "An ATS invalidation timed out during the step: what blocking the IOMMU is meant to "
	 "prevent.",
	 "The IOMMU asked a resetting device to drop its translations and got no answer.",
	 "Report it with the saved evidence; such timeouts can take the host down."},
	{"aer-error", SLUG_BROKEN,
	 "PCIe errors of this function or its port were counted during the step.",
	 "The reset or the link produced errors.",
	 "Check slot and link; compare with other methods."},
	{"config-not-restored", SLUG_BROKEN,
	 "Configuration registers that a reset must keep differ after it.",
	 "The kernel's save and restore, or the device, lost them.",
	 "Rebind the driver or rescan; report it with the saved evidence."},
	{"method-not-restored", SLUG_BROKEN, "reset_method does not hold the list it had before.",
	 "The kernel refused a name that it had listed, or another program wrote the file.",
	 "Write the list shown in the evidence back to reset_method."},
	{"rebind-failed", SLUG_BROKEN, "A driver that was taken off could not be bound again.",
	 "The driver's probe failed, or the function does not answer after its reset.",
	 "Read the driver's messages in the log; write the function to the driver's bind file, "
	 "rescan the bus, or reboot."},

	{"static-contradiction", SLUG_INCONCLUSIVE,
	 "The kernel's structures and its behaviour give different answers.",
	 "BTF is not of the running kernel, or a vendor changed the design.",
	 "Report it with the saved evidence; trust neither answer."},
	{"no-trace", SLUG_INCONCLUSIVE,
	 "The reset could not be traced, so nothing shows what it did inside.",
	 "tracefs is not mounted or locked down, probes are not built in, or BTF is missing.",
	 "Mount tracefs (mount -t tracefs tracefs /sys/kernel/tracing) and run without lockdown."},
	{"trace-incomplete", SLUG_INCONCLUSIVE, "Part of the trace is missing.",
	 "Events were lost, recording was switched off in the middle, or a function could not be "
	 "probed.",
	 "Run again on a quiet machine; check traceoff_on_warning."},
	{"log-incomplete", SLUG_INCONCLUSIVE, "Part of the kernel log of the step is missing.",
	 "The log could not be read, records were overwritten, or messages were rate-limited.",
	 "Run as root on a quiet machine; boot with a larger log_buf_len."},
	{"gate-closed", SLUG_INCONCLUSIVE,
	 "The reset entered prepare and done, but the IOMMU was never blocked.",
	 "The kernel does this only for functions with ATS behind an IOMMU.",
	 "Test a function with ATS; check that pci=noats is not set."},
	{"not-nested", SLUG_INCONCLUSIVE, "The method entered prepare only once on this function.",
	 "The device's own reset does not call another one.", "Test another function or method."},
	{"no-overlap", SLUG_INCONCLUSIVE,
	 "The resets of the group's functions did not overlap in time.",
	 "A lock serialised them, or one was over before the other began.",
	 "Run again; use a method that takes longer (flr)."},
	{"reset-not-proven", SLUG_INCONCLUSIVE,
	 "The write succeeded, but nothing shows that the reset was issued.",
	 "No trace of the reset itself, and the time it took proves nothing.",
	 "Make tracing available and run again."},
	{"warning-elsewhere", SLUG_INCONCLUSIVE,
	 "The kernel counted a warning during the step that could not be told apart from the "
	 "reset's.",
	 "Something else warned at the same time, or the record was lost.",
	 "Run again on a quiet machine."},
	{"faults-unattributed", SLUG_INCONCLUSIVE,
	 "The IOMMU raised fault interrupts during the step that the log does not explain.",
	 "Fault messages are rate-limited, or come from another device.",
	 "Run again on a quiet machine."},
	{"select-failed", SLUG_INCONCLUSIVE,
	 "The method could not be selected, so nothing was reset.",
	 "The write to reset_method failed.", "Read the errno and the kernel log of the step."},
	{"unbind-failed", SLUG_INCONCLUSIVE,
	 "The driver could not be taken off, so nothing was reset.",
	 "The write to the driver's unbind file failed or took too long.",
	 "Stop what uses the device, or give --with-driver."},
	{"interrupted", SLUG_INCONCLUSIVE, "The run was ended before this step was complete.",
	 "A signal.", "Run again."},
	{"domain-unknown", SLUG_INCONCLUSIVE,
	 "It is not known which domain the function had before, so its return cannot be judged.",
	 "The group's type could not be read.", "Run as root."},

	{"no-iommu", SLUG_SKIP, "The function is in no IOMMU group.", "The IOMMU is off or absent.",
	 "Turn it on in the firmware; intel_iommu=on or amd_iommu=on on the kernel command line."},
	{"no-ats", SLUG_SKIP, "The kernel does not block the IOMMU for this function.",
	 "It has no ATS capability, is untrusted, or the kernel runs with pci=noats.",
	 "Test a function with ATS."},
	{"ats-unknown", SLUG_SKIP, "Whether the function has ATS could not be read.",
	 "Only root can read the extended configuration space.", "Run as root."},
	{"no-nesting-method", SLUG_SKIP, "None of the function's methods blocks the IOMMU twice.",
	 "Only cxl_bus (below a CXL port) and device_specific resets nest.",
	 "Test a function that has one of them."},
	{"method-not-listed", SLUG_SKIP, "The function does not offer the method.",
	 "reset_method does not list it.", "Choose one that `list` shows."},
	{"sbr-masked", SLUG_SKIP, "A bus reset cannot work here.",
	 "The CXL port above masks secondary bus resets.", "Use cxl_bus, which unmasks them."},
	{"no-sibling", SLUG_SKIP,
	 "The group has no second function that could reset at the same time.",
	 "Functions behind one bridge are reset one after the other.",
	 "Test a group with functions behind different bridges."},
	{"behind-hung", SLUG_SKIP, "An earlier reset that hangs holds its bridge or its group.",
	 "The kernel keeps locks while it resets.", "Reboot, and test the function on its own."},
	{"function-gone", SLUG_SKIP, "An earlier reset lost the function.",
	 "It was removed, or did not come back.", "Rescan the bus or power-cycle the device."},
	{"no-reset", SLUG_SKIP, "The function cannot be reset.",
	 "The kernel found no method for it.", ""},

	{"bridge", SLUG_REFUSED, "It is a bridge: everything below it would lose its bus.",
	 "Bridges are never reset.", ""},
	{"driver-bound", SLUG_REFUSED, "A driver is bound.",
	 "A reset under a driver can disturb it.",
	 "Give --with-driver, or unbind the driver first."},
	{"boot-vga", SLUG_REFUSED, "It is the boot display.", "A reset would lose the console.",
	 ""},
	{"mounted", SLUG_REFUSED, "A mounted file system is on it.", "Its data would be at risk.",
	 "Unmount it first."},
	{"swap", SLUG_REFUSED, "Swap space is on it.", "Memory would be lost.", "swapoff first."},
	{"held", SLUG_REFUSED, "Another block device (dm, md, loop ...) is on it.",
	 "Its data would be at risk.", "Stop that device first."},
	{"network-up", SLUG_REFUSED, "A network interface on it is up.",
	 "Connections would be lost, perhaps this one.", "Take the interface down first."},
	{"vfio-in-use", SLUG_REFUSED, "A virtual machine or other VFIO user has it open.",
	 "The guest would lose its device.", "Stop the user first."},
	{"console", SLUG_REFUSED, "A console runs on it.", "Messages and logins would be lost.",
	 "Use another console."},
	{"has-vfs", SLUG_REFUSED, "It is a PF with virtual functions enabled.",
	 "Its reset takes the hardware state of the VFs away.", "Write 0 to sriov_numvfs first."},
	{"cxl-memory", SLUG_REFUSED, "CXL memory in use hangs off it.", "The memory would be lost.",
	 "Take the memory offline and destroy the region first."},
	{"use-unknown", SLUG_REFUSED, "It could not be determined whether it is in use.",
	 "What cannot be determined counts as in use.",
	 "Make the named file readable and run again."},
	{"group-mate-in-use", SLUG_REFUSED, "A function of the same IOMMU group is in use.",
	 "The kernel keeps reset state for the group.", "Free the other function first."},
	{"bus-mate-in-use", SLUG_REFUSED,
	 "A function that the method resets along with it is in use.",
	 "Bus resets hit every function below the bridge.",
	 "Use flr or pm, or free the other function first."},
	{"panic-on-warn", SLUG_REFUSED, "The kernel is set to panic on a warning.",
	 "A vulnerable kernel warns, and would go down.",
	 "sysctl kernel.panic_on_warn=0 for the time of the test."},
	{"warn-limit", SLUG_REFUSED, "The kernel is set to panic after some number of warnings.",
	 "A vulnerable kernel warns, and could go down.",
	 "sysctl kernel.warn_limit=0 for the time of the test."},
};

const struct slug *slug_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(slugs); i++)
		if (streq(slugs[i].name, name))
			return &slugs[i];
	return NULL;
}

const struct slug *slug_at(size_t index)
{
	return index < ARRAY_SIZE(slugs) ? &slugs[index] : NULL;
}

const char *slug_class_name(enum slug_class class)
{
	static const char *const names[] = {
		[SLUG_BUG] = "bug",
		[SLUG_BROKEN] = "broken",
		[SLUG_INCONCLUSIVE] = "inconclusive",
		[SLUG_SKIP] = "skipped",
		[SLUG_REFUSED] = "refused",
	};

	return names[class];
}
