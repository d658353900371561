// SPDX-License-Identifier: GPL-2.0-or-later
/* What is wrong: the findings that name the bug, then all others. */
#include "base/attr.h"
#include "model/slug_tables.h"

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
	{"probe-refused-busy", SLUG_BUG,
	 "A name was written to reset_method while another function of the group was being reset, "
	 "and the kernel's look whether the method works was refused with EBUSY. The write failed, "
	 "or it worked and left methods out that the function has.",
	 "The kernel keeps the reset state for the whole IOMMU group instead of per device, and "
	 "takes the refusal for a method that the device lacks.",
	 "Boot a kernel with commit b296ca1fb43a (" FIXED_KERNELS "). Until then look at "
	 "reset_method after each write."},
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
	 "Read the kernel log of the step, and run again where log and trace are whole; report it "
	 "to the IOMMU driver's maintainers."},
	{"probe-list-changed", SLUG_BROKEN,
	 "What was written to reset_method is not what stood in it afterwards.",
	 "The kernel left a method out, or refused one that it had offered, for a reason of its "
	 "own.",
	 "Read the kernel log of the step; report it with the evidence file."},
	{"attach-within-reset", SLUG_BROKEN,
	 "The group of a function was given another domain while the function was being reset.",
	 "The kernel did not fence the attach off: the IOMMU may have waited for a device that "
	 "cannot answer, or let its DMA through.",
	 "Report it with the saved evidence."},
	{"attach-still-refused", SLUG_BROKEN,
	 "The group of a function was refused another domain with EBUSY after the reset was over.",
	 "The kernel did not take down the fence that it had put up for the reset, so no driver "
	 "and no virtual machine can be given the group.",
	 "Report it with the saved evidence; reboot."},
	{"group-type-changed", SLUG_BROKEN,
	 "The IOMMU group does not have the type again that it had before.",
	 "The kernel refused it, or could not set up a flush queue and left the group at strict "
	 "invalidation.",
	 "Run `iommu-resettest recover`, or write the old type to "
	 "/sys/kernel/iommu_groups/N/type."},
	{"data-differs", SLUG_BROKEN, "A disk gave other data after the reset than before.",
	 "The device, its driver or the IOMMU mixed up reads that were under way.",
	 "Do not reset this function under its driver; check the disk's data."},
	{"io-error", SLUG_BROKEN,
	 "A read of the function's disk, or of its network interface's count of frames, failed "
	 "during or after the reset.",
	 "The driver did not wait with its I/O, or the device did not come back for it.",
	 "Do not reset this function under its driver; read the kernel log of the step."},
	{"io-hung", SLUG_BROKEN,
	 "The function's disk gave no more data after the reset, or its network interface sent no "
	 "more frames.",
	 "The driver waits for what the device has forgotten.",
	 "Do not reset this function under its driver; unbind it, or plan a reboot."},
	{"interface-not-lowered", SLUG_BROKEN,
	 "The network interface that was brought up to send could not be taken down again after "
	 "the reset.",
	 "The driver waits for what the device has forgotten, or refuses to stop it.",
	 "Run `iommu-resettest recover`; if that cannot do it either, plan a reboot. Do not reset "
	 "this function under its driver."},
	{"reset-failed", SLUG_BROKEN, "The write to the function's reset file failed.",
	 "The device, the bridge above it or the method does not work.",
	 "Read the errno and the kernel log of the step; try another method from reset_method."},
	{"link-not-back", SLUG_BROKEN,
	 "The bus above was reset, but its link was not active again in time, so the kernel "
	 "reported ENOTTY.",
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
	 "After the reset the function is gone, does not answer, or is another one.",
	 "It did not come back, or hotplug removed and added it in the middle.",
	 "Rescan the bus or power-cycle the device; look for hotplug messages in the log."},
	{"vf-lost", SLUG_BROKEN,
	 "A VF that answered before its PF was reset is gone or reads all ones after it.",
	 "The device did not enable its VFs again although the kernel told it to, or the PF's "
	 "driver disabled them.",
	 "Write 0 and then their number to sriov_numvfs of the PF before anybody uses the VFs; do "
	 "not reset this PF while its VFs are in use."},
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
	 "PCIe errors of this function or its port were counted or logged in the step.",
	 "The reset or the link produced errors.",
	 "Check slot and link; compare with other methods."},
	{"config-not-restored", SLUG_BROKEN,
	 "Configuration registers that a reset must keep differ after it.",
	 "The kernel's save and restore, or the device, lost them.",
	 "Rebind the driver or rescan; report it with the saved evidence."},
	{"link-degraded", SLUG_BROKEN,
	 "The link is slower or narrower after the reset than before.",
	 "It was trained anew and did not reach what it had: a bad slot, cable or riser, or a "
	 "device that lowers its link to save power.",
	 "Compare lspci -vv of both ends under load; reseat the card, or test another slot."},
	{"sbr-left-unmasked", SLUG_BROKEN,
	 "The CXL port above lets secondary bus resets through, which it did not before the step.",
	 "cxl_bus opens the mask for its own reset and did not close it again.",
	 "Report it with the saved evidence; until a reboot a bus reset can reach CXL memory."},
	{"method-not-restored", SLUG_BROKEN, "reset_method does not hold the list it had before.",
	 "The kernel refused a name that it had listed, or another program wrote the file.",
	 "Write the list shown in the evidence back to reset_method."},
	{"pasid-not-restored", SLUG_BROKEN,
	 "A PASID did not get its domain back, or not once, after a reset that took it away.",
	 "set_dev_pasid() of the IOMMU's driver failed, or a kernel without the PASID part of the "
	 "fix.",
	 "Read the log; whoever uses the PASID must attach it anew. Report it with the evidence."},
	{"vfio-left", SLUG_BROKEN, "vfio-pci, bound for the step, could not be taken off again.",
	 "Somebody has opened the function through VFIO meanwhile, or its driver_override was "
	 "written by others.",
	 "Read the log; `iommu-resettest recover` takes it off as soon as nobody uses it."},
	{"rebind-failed", SLUG_BROKEN, "A driver that was taken off could not be bound again.",
	 "The driver's probe failed, or the function does not answer after its reset.",
	 "Read the driver's messages in the log; write the function to the driver's bind file, "
	 "rescan the bus, or reboot."},
};

const struct slug_table slug_findings = {slugs, ARRAY_SIZE(slugs)};
