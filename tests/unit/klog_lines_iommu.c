// SPDX-License-Identifier: GPL-2.0-or-later
/* What IOMMU drivers print, from 6.12 to 7.3. */
#include "klog_lines.h"

#include "base/attr.h"

#define FAULT KLOG_IOMMU_FAULT
#define TIMEOUT KLOG_ATS_TIMEOUT
#define V3 "arm-smmu-v3 arm-smmu-v3.0.auto: "
#define V2 "arm-smmu 3000000.iommu: "

const struct line iommu_lines[] = {
	/* VT-d: up to 7.1 without the segment, from 7.2 with it */
	OF("DMAR: [DMA Read NO_PASID] Request device [0d:00.0] fault addr 0xfffff000 [fault reason "
	   "0x06] PTE Read access is not set",
	   FAULT, "0d:00.0"),
	OF("DMAR: [DMA Write NO_PASID] Request device [0000:01:00.0] fault addr 0x1000000 [fault "
	   "reason 0x05] PTE Write access is not set",
	   FAULT, "0000:01:00.0"),
	OF("DMAR: [DMA Write PASID 0x5] Request device [0001:0d:00.7] fault addr 0x1000 [fault "
	   "reason 0x59] SM: Present bit in PASID Table Entry is clear",
	   FAULT, "0001:0d:00.7"),
	OF("DMAR: [INTR-REMAP] Request device [0000:0d:00.0] fault index 0x12 [fault reason 0x22] "
	   "Present field in the IRTE entry is clear",
	   FAULT, "0000:0d:00.0"),
	OF("DMAR: [INTR-REMAP] Request device [0d:00.0] fault index 0x12 [fault reason 0x22] x",
	   FAULT, "0d:00.0"),
	/* Older spellings */
	OF("DMAR: [DMA Read] Request device [06:00.0] PASID ffffffff fault addr 1a5e12000 [fault "
	   "reason 06] PTE Read access is not set",
	   FAULT, "06:00.0"),
	OF("DMAR: [DMA Read NO_PASID] Request device [0x00:0x02.0] fault addr 0x1000 [fault reason "
	   "0x06] PTE Read access is not set",
	   FAULT, "00:02.0"),
	OF("DMAR: [DMA Write] Request device [0xe1:0x1f.7] fault addr 0x1000 [fault reason 0x05]",
	   FAULT, "e1:1f.7"),
	{.text = "DMAR: DRHD: handling fault status reg 2", .kind = FAULT, .value = 2},
	{.text = "DMAR: DRHD: handling fault status reg 3", .kind = FAULT, .value = 3},
	/* The invalidation queue alone: it has its own lines. */
	{.text = "DMAR: DRHD: handling fault status reg 40", .kind = KLOG_OTHER, .value = 0x40},
	PLAIN("DMAR: Dump dmar0 table entries for IOVA 0x1000000", KLOG_OTHER),
	PLAIN("DMAR: root entry: 0x0000000101ab2001", KLOG_OTHER),
	PLAIN("DMAR: VT-d detected Invalidation Time-out Error: SID 0", TIMEOUT),
	PLAIN("DMAR: VT-d detected Invalidation Time-out Error: SID 5300", TIMEOUT),
	PLAIN("DMAR: VT-d detected Invalidation Completion Error: SID 100", TIMEOUT),
	PLAIN("DMAR: VT-d detected Invalidation Queue Error: Reason 2", FAULT),
	OF("DMAR: QI PRIOR: Device-TLB Invalidation qw0 = 0x5300530000000003, qw1 = "
	   "0x7ffffffffffff001",
	   TIMEOUT, "53:00.0"),
	OF("DMAR: QI PRIOR: PASID-based Device-TLB Invalidation qw0 = 0x80000001a9000008, qw1 = "
	   "0x0",
	   TIMEOUT, "a9:00.0"),
	/* A wait, and other entries that name no device */
	PLAIN("DMAR: QI HEAD: Invalidation Wait qw0 = 0x200000025, qw1 = 0x1004a5f90", TIMEOUT),
	PLAIN("DMAR: QI HEAD: UNKNOWN qw0 = 0x0, qw1 = 0x0", TIMEOUT),
	PLAIN("DMAR: QI PRIOR: IOTLB Invalidation qw0 = 0x5300f2, qw1 = 0x0", TIMEOUT),
	PLAIN("DMAR: Invalidation Time-out Error (ITE) cleared", KLOG_OTHER),
	PLAIN("DMAR: Invalidation Queue Error (IQE) cleared", KLOG_OTHER),
	PLAIN("DMAR: Invalidation Completion Error (ICE) cleared", KLOG_OTHER),
	PLAIN("DMAR: IOMMU enabled", KLOG_OTHER),

	/* AMD: the device in front, or within behind the IOMMU's own name */
	OF("vfio-pci 0000:0d:00.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0012 "
	   "address=0x1000 flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	OF("AMD-Vi: Event logged [IO_PAGE_FAULT device=0000:0d:00.0 domain=0x0012 address=0x1000 "
	   "flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	/* Up to 5.17 without the segment */
	OF("AMD-Vi: Event logged [IO_PAGE_FAULT device=0d:00.0 domain=0x0012 address=0x1000 "
	   "flags=0x0000]",
	   FAULT, "0d:00.0"),
	{.text = "pci 0000:00:00.2: AMD-Vi: Event logged [ILLEGAL_DEV_TABLE_ENTRY "
		 "device=0000:0d:00.0 pasid=0x00000 address=0x1000 flags=0x0080]",
	 .kind = FAULT,
	 .function = "0000:0d:00.0",
	 .device = "+pci:0000:00:00.2"},
	OF("pci 0000:00:00.2: AMD-Vi: Event logged [INVALID_DEVICE_REQUEST device=0000:0d:00.0 "
	   "pasid=0x00000 address=0x0 flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	OF("pci 0000:00:00.2: AMD-Vi: Event logged [DEV_TAB_HARDWARE_ERROR device=0000:0d:00.0 "
	   "address=0x0 flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	OF("pci 0000:00:00.2: AMD-Vi: Event logged [PAGE_TAB_HARDWARE_ERROR device=0000:0d:00.0 "
	   "pasid=0x0000 address=0x0 flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	OF("pci 0000:00:00.2: AMD-Vi: Event logged [INVALID_PPR_REQUEST device=0000:0d:00.0 "
	   "pasid=0x00001 address=0x1000 flags=0x0000 tag=0x001]",
	   FAULT, "0000:0d:00.0"),
	OF("vfio-pci 0000:0d:00.0: AMD-Vi: Event logged [RMP_HW_ERROR vmg_tag=0x0000, spa=0x1000, "
	   "flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	OF("AMD-Vi: Event logged [RMP_PAGE_FAULT device=0000:0d:00.0, vmg_tag=0x0000, gpa=0x1000, "
	   "flags_rmp=0x00, flags=0x0000]",
	   FAULT, "0000:0d:00.0"),
	OF("pci 0000:00:00.2: AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=0000:0d:00.0 "
	   "address=0x1000]",
	   TIMEOUT, "0000:0d:00.0"),
	OF("AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=0000:0d:00.0 address=0x1000]", TIMEOUT,
	   "0000:0d:00.0"),
	PLAIN("pci 0000:00:00.2: AMD-Vi: Event logged [COMMAND_HARDWARE_ERROR address=0x1000 "
	      "flags=0x0000]",
	      FAULT),
	PLAIN("pci 0000:00:00.2: AMD-Vi: Event logged [ILLEGAL_COMMAND_ERROR address=0x1000]",
	      FAULT),
	PLAIN("pci 0000:00:00.2: AMD-Vi: Event logged [UNKNOWN event[0]=0x00000100 event[1]=0x0 "
	      "event[2]=0x0 event[3]=0x0",
	      FAULT),
	/* The device stands in the line after this one. */
	PLAIN("AMD-Vi: Event logged [Device not attached to domain properly]", FAULT),
	OF("AMD-Vi:   device=0000:0d:00.0 domain=0x0012", FAULT, "0000:0d:00.0"),
	PLAIN("pci 0000:00:00.2: AMD-Vi: Control Reg : 0x180b", KLOG_OTHER),
	PLAIN("AMD-Vi: DTE[0]: 7400000000000003", KLOG_OTHER),
	/* The IOMMU's own name; up to 6.1 without it */
	PLAIN("AMD-Vi: IOMMU 0000:00:00.2: Completion-Wait loop timed out", TIMEOUT),
	PLAIN("AMD-Vi: Completion-Wait loop timed out", TIMEOUT),
	PLAIN("AMD-Vi: Command buffer timeout", TIMEOUT),
	PLAIN("AMD-Vi: IOMMU Event log restarting", KLOG_DROPPED),

	/* SMMUv3: 7.3 names the client, 6.12 does not */
	OF(V3 "event: F_TRANSLATION client: 0000:0d:00.0 sid: 0xd00 ssid: 0x0 iova: 0x1000 ipa: "
	      "0x0",
	   FAULT, "0000:0d:00.0"),
	OF(V3 "event: F_STE_FETCH client: 0000:0d:00.0 sid: 0xd00 ssid: 0x0 fetch_addr: 0x1000",
	   FAULT, "0000:0d:00.0"),
	PLAIN(V3 "event: C_BAD_STREAMID client: (unassigned sid) sid: 0xd00 ssid: 0x0", FAULT),
	OF(V3 "event: F_TRANSLATION client: 2b600000.dma sid: 0x7 ssid: 0x0 iova: 0x1000 ipa: 0x0",
	   FAULT, "2b600000.dma"),
	PLAIN(V3 "event 0x10 received:", FAULT),
	PLAIN(V3 "\t0x0000010000000010", KLOG_OTHER),
	PLAIN(V3 "unpriv data write s1 \"Input address caused fault\" stag: 0x0", KLOG_OTHER),
	PLAIN(V3 "unexpected global error reported (0x00000001), this could be serious", FAULT),
	PLAIN(V3 "CMDQ error (cons 0x03000005): ATC invalidate timeout", TIMEOUT),
	PLAIN(V3 "CMDQ error (cons 0x01000005): Illegal command", FAULT),
	PLAIN(V3 "skipping command in error state:", KLOG_OTHER),
	PLAIN(V3 "CMD_SYNC timeout at 0x00000123 [hwprod 0x00000123, hwcons 0x00000122]", TIMEOUT),
	PLAIN(V3 "CMDQ timeout", TIMEOUT),
	PLAIN(V3 "device has entered Service Failure Mode!", FAULT),
	PLAIN(V3 "EVTQ overflow detected -- events lost", KLOG_DROPPED),
	PLAIN(V3 "PRIQ overflow detected -- requests lost", KLOG_DROPPED),
	PLAIN(V3 "EVTQ write aborted -- events may have been lost", KLOG_DROPPED),
	PLAIN(V3 "unexpected PRI request received:", FAULT),
	GUESS(V3 "\tsid 0x00000d01.0x00000: [3L] unprivileged RW access at iova 0x1000", FAULT,
	      "0d:00.1"),
	PLAIN(V3 "\tsid 0x00010d01.0x00000: [3L] unprivileged RW access at iova 0x1000", FAULT),

	GUESS(V2 "Unhandled context fault: fsr=0x402, iova=0x1000, fsynr=0x1, cbfrsynra=0xd00, "
		 "cb=0",
	      FAULT, "0d:00.0"),
	PLAIN(V2 "FSR    = 00000402 [Format=2 TF], SID=0xd00", KLOG_OTHER),
	PLAIN(V2 "FSYNR0 = 00000001 [S1CBNDX=0 PLVL=1]", KLOG_OTHER),
	PLAIN(V2 "Unexpected global fault, this could be serious", FAULT),
	GUESS(V2 "Blocked unknown Stream ID 0xd00; boot with \"arm-smmu.disable_bypass=0\" to "
		 "allow, but this may have security implications",
	      FAULT, "0d:00.0"),
	PLAIN(V2 "\tGFSR 0x00000002, GFSYNR0 0x00000000, GFSYNR1 0x00000d00, GFSYNR2 0x00000000",
	      KLOG_OTHER),
	PLAIN(V2 "TLB sync timed out -- SMMU may be deadlocked", FAULT),

	/* RISC-V, since 6.13 */
	GUESS("riscv,iommu 3010000.iommu: Fault 12 devid: 0xd01 iotval: 1000 iotval2: 0", FAULT,
	      "0d:00.1"),
	GUESS("iommu_pci 0000:00:01.0: Fault 12 devid: 0xd00 iotval: 1000 iotval2: 0", FAULT,
	      "0d:00.0"),
	PLAIN("iommu_pci 0000:00:01.0: Fault 12 devid: 0x10d00 iotval: 1000 iotval2: 0", FAULT),
	PLAIN("iommu_pci 0000:00:01.0: Queue #0 error; fault:0 timeout:1 illegal:0 fence_w_ip:0",
	      FAULT),
	PLAIN("iommu_pci 0000:00:01.0: Queue #1 error; memory fault:0 overflow:1", FAULT),
	PLAIN("iommu_pci 0000:00:01.0: Hardware error: command execution timeout", TIMEOUT),
	PLAIN("iommu_pci 0000:00:01.0: Hardware error: command enqueue failed", FAULT),

	/* virtio, with the requester id in decimal: 3328 is 0d:00.0, 3329 its function 1 */
	GUESS("virtio_iommu virtio0: page fault from EP 3328 at 0x1000 [R]", FAULT, "0d:00.0"),
	GUESS("virtio_iommu virtio0: domain fault from EP 3329", FAULT, "0d:00.1"),
	PLAIN("virtio_iommu virtio0: unknown fault from EP 4294967295", FAULT),

	/* Of drivers that do not drive an IOMMU */
	PLAIN("usb 1-1: page fault from EP 3328 at 0x1000 [R]", KLOG_OTHER),
	PLAIN("nvme 0000:0d:00.0: Fault 12 devid: 0xd00 iotval: 1000 iotval2: 0", KLOG_OTHER),
	PLAIN("usb 1-1: CMD_SYNC timeout at 0x00000123 [hwprod 0x0, hwcons 0x0]", KLOG_OTHER),
};
const size_t iommu_line_count = ARRAY_SIZE(iommu_lines);
