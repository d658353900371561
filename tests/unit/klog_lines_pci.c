// SPDX-License-Identifier: GPL-2.0-or-later
/* What the PCI core prints, from 6.12 to 7.3. */
#include <errno.h>

#include "klog_lines.h"

#include "base/attr.h"

#define NIC "pci 0000:01:00.0: "
#define PORT "pcieport 0000:00:01.0: "
#define WITH_VALUE(text_, kind_, function_, value_)                                                \
	{                                                                                          \
		.text = (text_), .kind = (kind_), .function = (function_), .value = (value_)       \
	}

const struct line pci_lines[] = {
	/* Six callers, and one in the trees of NVIDIA */
	{.text = "pci 0000:0d:00.0: failed to stop IOMMU for a PCI reset: -16",
	 .kind = KLOG_PREPARE_FAILED,
	 .function = "0000:0d:00.0",
	 .value = -EBUSY,
	 .device = "+pci:0000:0d:00.0"},
	WITH_VALUE("vfio-pci 10000:e1:00.1: failed to stop IOMMU for a PCI reset: -12",
		   KLOG_PREPARE_FAILED, "10000:e1:00.1", -ENOMEM),
	{.text = "nvidia 0009:01:00.0: failed to stop IOMMU for CXL reset: -16",
	 .kind = KLOG_PREPARE_FAILED,
	 .function = "0009:01:00.0",
	 .value = -EBUSY,
	 .device = "+pci:0009:01:00.0"},

	WITH_VALUE(NIC "not ready 1023ms after FLR; waiting", KLOG_NOT_READY, "0000:01:00.0", 1023),
	WITH_VALUE(NIC "not ready 65535ms after bus reset; giving up", KLOG_GIVING_UP,
		   "0000:01:00.0", 65535),
	WITH_VALUE(NIC "ready 2047ms after FLR", KLOG_READY, "0000:01:00.0", 2047),
	WITH_VALUE(NIC "ready 2047ms after PM D3hot->D0", KLOG_READY, "0000:01:00.0", 2047),
	OF(NIC "timed out waiting for pending transaction; performing function level reset anyway",
	   KLOG_PENDING, "0000:01:00.0"),
	OF(NIC "timed out waiting for pending transaction; performing AF function level reset "
	       "anyway",
	   KLOG_PENDING, "0000:01:00.0"),
	{.text = PORT "Data Link Layer Link Active not set in 100 msec",
	 .kind = KLOG_LINK_INACTIVE,
	 .function = "0000:00:01.0",
	 .value = 100,
	 .device = "+pci:0000:00:01.0"},
	OF(PORT "broken device, retraining non-functional downstream link at 2.5GT/s",
	   KLOG_LINK_RETRAIN, "0000:00:01.0"),
	OF(PORT "retraining failed", KLOG_LINK_RETRAIN, "0000:00:01.0"),
	OF(PORT "unlocked secondary bus reset via: pci_reset_bus_function+0xa7/0x1e0",
	   KLOG_UNLOCKED_RESET, "0000:00:01.0"),
	OF(NIC "Device config space inaccessible; unable to FLR", KLOG_CONFIG_INACCESSIBLE,
	   "0000:01:00.0"),
	OF(NIC "ACPI _RST failed", KLOG_RESET_FAILED, "0000:01:00.0"),
	OF(PORT "Failed to reset Root Port: -110", KLOG_RESET_FAILED, "0000:00:01.0"),
	OF(NIC "All device reset methods disabled by user", KLOG_METHODS, "0000:01:00.0"),
	OF(NIC "Device-specific reset disabled/de-prioritized by user", KLOG_METHODS,
	   "0000:01:00.0"),
	OF(NIC "Invalid reset method 'foo'", KLOG_METHOD_REFUSED, "0000:01:00.0"),
	OF(NIC "Unsupported reset method 'bus'", KLOG_METHOD_REFUSED, "0000:01:00.0"),
	OF(NIC "Too many reset methods", KLOG_METHOD_REFUSED, "0000:01:00.0"),
	OF(NIC "DMA-aliased sibling may be prematurely unblocked", KLOG_ALIAS, "0000:01:00.0"),
	OF(NIC "Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring "
	       "the device without a 1:1 mapping. Contact your platform vendor.",
	   KLOG_ONE_TO_ONE, "0000:01:00.0"),
	OF("cxl_port endpoint2: SBR happened without memory regions removal.", KLOG_CXL_MEMORY, ""),
	OF("cxl_pci 0000:0d:00.0: SBR happened without memory regions removal.", KLOG_CXL_MEMORY,
	   "0000:0d:00.0"),
	OF(NIC "reset via cxl_bus", KLOG_RESET_VIA, "0000:01:00.0"),
	WITH_VALUE(NIC "device_specific failed with -25", KLOG_RESET_VIA, "0000:01:00.0", -ENOTTY),
	WITH_VALUE(NIC "af_flr failed with -16", KLOG_RESET_VIA, "0000:01:00.0", -EBUSY),
	PLAIN(NIC "firmware failed with -25", KLOG_OTHER),

	/* AER up to 7.2, then 7.3; "Corrected" is older still */
	WITH_VALUE(PORT "AER: Corrected error message received from 0000:01:00.0", KLOG_AER,
		   "0000:01:00.0", KLOG_CORRECTABLE),
	WITH_VALUE(PORT "AER: Correctable error message received from 0000:01:00.0", KLOG_AER,
		   "0000:01:00.0", KLOG_CORRECTABLE),
	WITH_VALUE(PORT "AER: Multiple Uncorrectable (Non-Fatal) error message received from "
			"0001:01:00.0",
		   KLOG_AER, "0001:01:00.0", KLOG_NONFATAL),
	WITH_VALUE(PORT "AER: Uncorrectable (Fatal) Error message received from 0000:01:00.0",
		   KLOG_AER, "0000:01:00.0", KLOG_FATAL),
	WITH_VALUE(PORT "AER: Uncorrectable (Fatal) Error message received from 0000:01:00.0 (no "
			"details found)",
		   KLOG_AER, "0000:01:00.0", KLOG_FATAL),
	WITH_VALUE(PORT "AER: Multiple Correctable Error messages received, first one from "
			"0000:01:00.0",
		   KLOG_AER, "0000:01:00.0", KLOG_CORRECTABLE),
	WITH_VALUE("nvme 0000:01:00.0: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), "
		   "type=Transaction Layer, (Requester ID)",
		   KLOG_AER, "0000:01:00.0", KLOG_NONFATAL),
	WITH_VALUE("nvme 0000:01:00.0: PCIe Bus Error: severity=Correctable", KLOG_AER,
		   "0000:01:00.0", KLOG_CORRECTABLE),
	WITH_VALUE("cxl_pci 0000:0d:00.0: CXL Bus Error: severity=Uncorrectable (Fatal)", KLOG_AER,
		   "0000:0d:00.0", KLOG_FATAL),
	WITH_VALUE("nvme 0000:01:00.0: AER: PCIe Bus Error: severity=Uncorrectable (Fatal), "
		   "type=Inaccessible, (Unregistered Agent ID)",
		   KLOG_AER, "0000:01:00.0", KLOG_FATAL),
	WITH_VALUE("nvme 0000:01:00.0: AER: PCIe Bus Error: severity=Uncorrectable (Fatal) "
		   "(Inaccessible)",
		   KLOG_AER, "0000:01:00.0", KLOG_FATAL),
	/* What firmware reports: up to 6.12, then 7.3 */
	WITH_VALUE("nvme 0000:01:00.0: AER: aer_status: 0x00100000, aer_mask: 0x00000000", KLOG_AER,
		   "0000:01:00.0", KLOG_UNKNOWN_SEVERITY),
	WITH_VALUE("nvme 0000:01:00.0: aer_uncor_status: 0x00100000, aer_uncor_mask: 0x00000000",
		   KLOG_AER, "0000:01:00.0", KLOG_NONFATAL),
	WITH_VALUE("nvme 0000:01:00.0: aer_cor_status: 0x00000001, aer_cor_mask: 0x00000000",
		   KLOG_AER, "0000:01:00.0", KLOG_CORRECTABLE),
	PLAIN("nvme 0000:01:00.0:   device [144d:a804] error status/mask=00100000/00000000",
	      KLOG_OTHER),
	PLAIN("nvme 0000:01:00.0:    [20] UnsupReq               (First)", KLOG_OTHER),
	PLAIN("nvme 0000:01:00.0:   [20] UnsupReq          | Requester   | Transaction Layer "
	      "(First)",
	      KLOG_OTHER),
	PLAIN("nvme 0000:01:00.0: AER:   TLP Header: 40000001 0000000f 00000000 00000000",
	      KLOG_OTHER),
	OF("nvme 0000:01:00.0: AER: can't recover (no error_detected callback)", KLOG_RECOVERY,
	   "0000:01:00.0"),
	OF("nvme 0000:01:00.0: AER: can't recover (state transition 2 -> 1 invalid)", KLOG_RECOVERY,
	   "0000:01:00.0"),
	OF(PORT "AER: device recovery successful", KLOG_RECOVERY, "0000:00:01.0"),
	OF(PORT "AER: device recovery failed", KLOG_RECOVERY, "0000:00:01.0"),
	OF(PORT "AER: subordinate device reset failed", KLOG_RECOVERY, "0000:00:01.0"),
	OF(PORT "AER: Root Port link has been reset (0)", KLOG_RECOVERY, "0000:00:01.0"),
	OF(PORT "AER: Downstream Port link has been reset (-25)", KLOG_RECOVERY, "0000:00:01.0"),

	OF(PORT "DPC: containment event, status:0x1f01: unmasked uncorrectable error detected",
	   KLOG_DPC, "0000:00:01.0"),
	OF(PORT "DPC: containment event, status:0x1f05, ERR_FATAL received from 0000:01:00.0",
	   KLOG_DPC, "0000:01:00.0"),
	OF(PORT "DPC: containment event, status:0x1f01 source:0x0000", KLOG_DPC, "0000:00:01.0"),
	PLAIN(PORT "DPC: unmasked uncorrectable error detected", KLOG_OTHER),
	PLAIN(PORT "DPC: rp_pio_status: 0x00010000, rp_pio_mask: 0x00000303", KLOG_OTHER),
	OF(PORT "DPC: Data Link Layer Link Active not cleared in 1000 msec", KLOG_RECOVERY,
	   "0000:00:01.0"),
	OF(PORT "EDR: EDR event received", KLOG_DPC, "0000:00:01.0"),

	/* Said by the kernel, and no sign of anything */
	PLAIN(NIC "resetting", KLOG_OTHER),
	PLAIN(NIC "reset done", KLOG_OTHER),
	PLAIN(NIC "enabling device (0000 -> 0002)", KLOG_OTHER),
	PLAIN(NIC "BAR 0 [mem 0xfe800000-0xfe803fff]: assigned", KLOG_OTHER),
	/* Where a device can give itself a name */
	PLAIN("usb 1-1: Product: failed to stop IOMMU for a PCI reset: -16", KLOG_OTHER),
	PLAIN("usb 1-1: Product: DMAR: [DMA Read NO_PASID] Request device [0d:00.0] fault addr 0x0",
	      KLOG_OTHER),
	PLAIN("usb 1-1: Manufacturer: WARNING: a.c:1 at pci_dev_reset_iommu_prepare+0x1/0x2, "
	      "CPU#0: sh/9",
	      KLOG_OTHER),
	PLAIN("audit: type=1400 comm=\"BUG: unable to handle\"", KLOG_OTHER),
};
const size_t pci_line_count = ARRAY_SIZE(pci_lines);
