// SPDX-License-Identifier: GPL-2.0-or-later
/* What the drivers of IOMMUs say. */
#include "judge/klog_match.h"

#define FAULT KLOG_IOMMU_FAULT
#define TIMEOUT KLOG_ATS_TIMEOUT

/* drivers/iommu/intel: dmar.c, iommu.c */
static const struct klog_row vtd[] = {
	MAIN("[DMA Read", " Request device [", FAULT, WHERE_REQUEST, GROUP_VTD_FAULT),
	MAIN("[DMA Write", " Request device [", FAULT, WHERE_REQUEST, GROUP_VTD_FAULT),
	MAIN("[INTR-REMAP]", " Request device [", FAULT, WHERE_REQUEST, GROUP_VTD_FAULT),
	LEAD("DRHD: handling fault status reg ", NULL, FAULT, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("Dump ", " table entries for IOVA ", KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("root ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("scalable mode root entry: ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("context ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("pasid ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("pte level: ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("page table not present", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_VTD_FAULT),
	PART("legacy mode page table is not present", NULL, KLOG_OTHER, WHERE_NOWHERE,
	     GROUP_VTD_FAULT),

	/* The source id that they print is not to be trusted; the queue's entry has it. */
	MAIN("VT-d detected Invalidation Time-out Error: ", NULL, TIMEOUT, WHERE_NOWHERE,
	     GROUP_VTD_QUEUE),
	MAIN("VT-d detected Invalidation Completion Error: ", NULL, TIMEOUT, WHERE_NOWHERE,
	     GROUP_VTD_QUEUE),
	MAIN("VT-d detected Invalidation Queue Error: ", NULL, FAULT, WHERE_NOWHERE,
	     GROUP_VTD_QUEUE),
	PART("QI HEAD: ", "qw0 = 0x", TIMEOUT, WHERE_QUEUE_HEAD, GROUP_VTD_QUEUE),
	PART("QI PRIOR: ", "qw0 = 0x", TIMEOUT, WHERE_QUEUE_PRIOR, GROUP_VTD_QUEUE),
	PART("Invalidation Time-out Error (ITE) cleared", NULL, KLOG_OTHER, WHERE_NOWHERE,
	     GROUP_VTD_QUEUE),
	PART("Invalidation Completion Error (ICE) cleared", NULL, KLOG_OTHER, WHERE_NOWHERE,
	     GROUP_VTD_QUEUE),
	PART("Invalidation Queue Error (IQE) cleared", NULL, KLOG_OTHER, WHERE_NOWHERE,
	     GROUP_VTD_QUEUE),
};

/* drivers/iommu/amd/iommu.c. Faults stand behind the device itself when the driver knows it. */
static const struct klog_row amd[] = {
	ALONE("Event logged [IO_PAGE_FAULT ", NULL, FAULT, WHERE_DEVICE),
	ALONE("Event logged [RMP_HW_ERROR ", NULL, FAULT, WHERE_DEVICE),
	ALONE("Event logged [RMP_PAGE_FAULT ", NULL, FAULT, WHERE_DEVICE),
	MAIN("Event logged [Device not attached to domain", NULL, FAULT, WHERE_NOWHERE,
	     GROUP_AMD_UNATTACHED),
	PART("  device=", NULL, FAULT, WHERE_INSIDE, GROUP_AMD_UNATTACHED),
	ALONE("Event logged [IOTLB_INV_TIMEOUT ", NULL, TIMEOUT, WHERE_INSIDE),
	MAIN("Event logged [ILLEGAL_DEV_TABLE_ENTRY ", NULL, FAULT, WHERE_INSIDE, GROUP_AMD_EVENT),
	ALONE("Event logged [INVALID_DEVICE_REQUEST ", NULL, FAULT, WHERE_INSIDE),
	ALONE("Event logged [DEV_TAB_HARDWARE_ERROR ", NULL, FAULT, WHERE_INSIDE),
	ALONE("Event logged [PAGE_TAB_HARDWARE_ERROR ", NULL, FAULT, WHERE_INSIDE),
	ALONE("Event logged [INVALID_PPR_REQUEST ", NULL, FAULT, WHERE_INSIDE),
	ALONE("Event logged [COMMAND_HARDWARE_ERROR ", NULL, FAULT, WHERE_NOWHERE),
	MAIN("Event logged [ILLEGAL_COMMAND_ERROR ", NULL, FAULT, WHERE_NOWHERE, GROUP_AMD_EVENT),
	ALONE("Event logged [UNKNOWN ", NULL, FAULT, WHERE_NOWHERE),
	ALONE("No event written to event log", NULL, FAULT, WHERE_NOWHERE),
	PART("Control Reg : ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_AMD_EVENT),
	PART("DTE[", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_AMD_EVENT),
	PART("CMD[", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_AMD_EVENT),
	/* The name in it is the IOMMU's own. */
	ALONE("IOMMU ", ": Completion-Wait loop timed out", TIMEOUT, WHERE_NOWHERE),
	ALONE("Completion-Wait loop timed out", NULL, TIMEOUT, WHERE_NOWHERE),
	/* Full of invalidations that nobody answers. */
	ALONE("Command buffer timeout", NULL, TIMEOUT, WHERE_NOWHERE),
	ALONE("IOMMU Event log restarting", NULL, KLOG_DROPPED, WHERE_NOWHERE),
};

/* Printed for a device, which is the IOMMU: SMMUv3 and SMMUv2 */
static const struct klog_row smmu[] = {
	PART("event: ", " client: ", FAULT, WHERE_CLIENT, GROUP_SMMU_EVENT),
	MAIN("event 0x", " received:", FAULT, WHERE_NOWHERE, GROUP_SMMU_EVENT),
	PART("\t0x", NULL, KLOG_OTHER, WHERE_WORD, GROUP_SMMU_EVENT),
	PART("priv ", " stag: 0x", KLOG_OTHER, WHERE_NOWHERE, GROUP_SMMU_EVENT),
	PART("unpriv ", " stag: 0x", KLOG_OTHER, WHERE_NOWHERE, GROUP_SMMU_EVENT),

	MAIN("CMDQ error (cons ", "): ATC invalidate timeout", TIMEOUT, WHERE_NOWHERE,
	     GROUP_SMMU_ERROR),
	MAIN("CMDQ error (cons ", NULL, FAULT, WHERE_NOWHERE, GROUP_SMMU_ERROR),
	LEAD("unexpected global error reported (", NULL, FAULT, WHERE_NOWHERE, GROUP_SMMU_ERROR),
	PART("skipping command in error state:", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_SMMU_ERROR),
	PART("retrying command fetch", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_SMMU_ERROR),
	MAIN("device has entered Service Failure Mode!", NULL, FAULT, WHERE_NOWHERE,
	     GROUP_SMMU_ERROR),
	ALONE("CMD_SYNC timeout at ", NULL, TIMEOUT, WHERE_NOWHERE),
	ALONE("CMDQ timeout", NULL, TIMEOUT, WHERE_NOWHERE),
	ALONE("EVTQ overflow detected", NULL, KLOG_DROPPED, WHERE_NOWHERE),
	ALONE("EVTQ write aborted", NULL, KLOG_DROPPED, WHERE_NOWHERE),
	ALONE("PRIQ overflow detected", NULL, KLOG_DROPPED, WHERE_NOWHERE),
	ALONE("PRIQ write aborted", NULL, KLOG_DROPPED, WHERE_NOWHERE),
	MAIN("unexpected PRI request received:", NULL, FAULT, WHERE_NOWHERE,
	     GROUP_SMMU_PAGE_REQUEST),
	PART("\tsid 0x", " access at iova ", FAULT, WHERE_REQUESTED_BY, GROUP_SMMU_PAGE_REQUEST),

	MAIN("Unhandled context fault: ", NULL, FAULT, WHERE_CBFRSYNRA, GROUP_SMMU2),
	PART("FSR ", "SID=0x", KLOG_OTHER, WHERE_SID, GROUP_SMMU2),
	PART("FSYNR0 = ", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_SMMU2),
	MAIN("Unexpected global fault", NULL, FAULT, WHERE_NOWHERE, GROUP_SMMU2),
	MAIN("Blocked unknown Stream ID 0x", NULL, FAULT, WHERE_STREAM, GROUP_SMMU2),
	PART("\tGFSR 0x", NULL, KLOG_OTHER, WHERE_NOWHERE, GROUP_SMMU2),
	ALONE("TLB sync timed out", NULL, FAULT, WHERE_NOWHERE),
};

/* drivers/iommu/riscv/iommu.c, since 6.13 */
static const struct klog_row riscv[] = {
	ALONE("Fault ", " devid: 0x", FAULT, WHERE_DEVID),
	ALONE("Queue #", " error; ", FAULT, WHERE_NOWHERE),
	ALONE("Hardware error: command execution timeout", NULL, TIMEOUT, WHERE_NOWHERE),
	ALONE("Hardware error: queue access timeout", NULL, TIMEOUT, WHERE_NOWHERE),
	ALONE("Hardware error: command enqueue failed", NULL, FAULT, WHERE_NOWHERE),
};

/* drivers/iommu/virtio-iommu.c */
static const struct klog_row virtio[] = {
	ALONE("domain fault from EP ", NULL, FAULT, WHERE_ENDPOINT),
	ALONE("page fault from EP ", NULL, FAULT, WHERE_ENDPOINT),
	ALONE("unknown fault from EP ", NULL, FAULT, WHERE_ENDPOINT),
};

const struct klog_table klog_iommu_device_tables[] = {
	KLOG_TABLE(ON('A'), "", "AMD-Vi: ", amd),
	KLOG_TABLE(ON('e') | ON('\t') | ON('p') | ON('u') | ON('C') | ON('s') | ON('r') | ON('d') |
			   ON('E') | ON('P') | ON('U') | ON('F') | ON('B') | ON('T'),
		   "arm-smmu", "", smmu),
	KLOG_TABLE(ON('F') | ON('Q') | ON('H'), "riscv", "", riscv),
	KLOG_TABLE(ON('F') | ON('Q') | ON('H'), "iommu_pci ", "", riscv),
	KLOG_TABLE(ON('d') | ON('p') | ON('u'), "virtio_iommu ", "", virtio),
};
const size_t klog_iommu_device_table_count = ARRAY_SIZE(klog_iommu_device_tables);

const struct klog_table klog_iommu_tables[] = {
	KLOG_TABLE(ON('D'), "", "DMAR: ", vtd),
	KLOG_TABLE(ON('A'), "", "AMD-Vi: ", amd),
};
const size_t klog_iommu_table_count = ARRAY_SIZE(klog_iommu_tables);
