// SPDX-License-Identifier: GPL-2.0-or-later
/* What the PCI core says of resets, links and errors. All of it is printed for a device. */
#include "judge/klog_match.h"

/* drivers/pci: pci.c, pci-sysfs.c, pci-acpi.c, quirks.c; drivers/iommu/iommu.c */
static const struct klog_row core[] = {
	ALONE("failed to stop IOMMU for ", " reset: ", KLOG_PREPARE_FAILED, WHERE_PREFIX),
	ALONE("not ready ", "; giving up", KLOG_GIVING_UP, WHERE_PREFIX),
	ALONE("not ready ", "; waiting", KLOG_NOT_READY, WHERE_PREFIX),
	ALONE("ready ", "ms after ", KLOG_READY, WHERE_PREFIX),
	ALONE("timed out waiting for pending transaction; performing ", NULL, KLOG_PENDING,
	      WHERE_PREFIX),
	ALONE("Data Link Layer Link Active not set in ", NULL, KLOG_LINK_INACTIVE, WHERE_PREFIX),
	ALONE("broken device, retraining ", NULL, KLOG_LINK_RETRAIN, WHERE_PREFIX),
	ALONE("retraining failed", NULL, KLOG_LINK_RETRAIN, WHERE_PREFIX),
	ALONE("unlocked secondary bus reset via: ", NULL, KLOG_UNLOCKED_RESET, WHERE_PREFIX),
	ALONE("Device config space inaccessible; ", NULL, KLOG_CONFIG_INACCESSIBLE, WHERE_PREFIX),
	ALONE("ACPI _RST failed", NULL, KLOG_RESET_FAILED, WHERE_PREFIX),
	ALONE("Failed to reset Root Port: ", NULL, KLOG_RESET_FAILED, WHERE_PREFIX),
	ALONE("All device reset methods disabled by user", NULL, KLOG_METHODS, WHERE_PREFIX),
	ALONE("Device-specific reset disabled/de-prioritized by user", NULL, KLOG_METHODS,
	      WHERE_PREFIX),
	ALONE("Invalid reset method '", NULL, KLOG_METHOD_REFUSED, WHERE_PREFIX),
	ALONE("Unsupported reset method '", NULL, KLOG_METHOD_REFUSED, WHERE_PREFIX),
	ALONE("Too many reset methods", NULL, KLOG_METHOD_REFUSED, WHERE_PREFIX),
	ALONE("DMA-aliased sibling may be prematurely unblocked", NULL, KLOG_ALIAS, WHERE_PREFIX),
	ALONE("Firmware has requested this device have a 1:1 IOMMU mapping", NULL, KLOG_ONE_TO_ONE,
	      WHERE_PREFIX),
	ALONE("SBR happened without memory regions removal.", NULL, KLOG_CXL_MEMORY, WHERE_PREFIX),
};

/* pci.c, with dynamic debug */
static const struct klog_row debug[] = {
	ALONE("reset via ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("device_specific failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("acpi failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("flr failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("af_flr failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("pm failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("bus failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
	ALONE("cxl_bus failed with ", NULL, KLOG_RESET_VIA, WHERE_PREFIX),
};

/* drivers/pci/pcie: aer.c, err.c, with the tag */
static const struct klog_row aer[] = {
	LEAD("Correct", " message received from ", KLOG_AER, WHERE_SOURCE, GROUP_AER),
	LEAD("Uncorrect", " message received from ", KLOG_AER, WHERE_SOURCE, GROUP_AER),
	LEAD("Multiple ", " received from ", KLOG_AER, WHERE_SOURCE, GROUP_AER),
	LEAD("Multiple ", " received, first one from ", KLOG_AER, WHERE_SOURCE, GROUP_AER),
	PART("found no error details for ", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
	PART("aer_layer=", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
	ALONE("can't recover (", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("device recovery ", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("subordinate device reset failed", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("Root Port link has been reset (", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("Downstream Port link has been reset (", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("has been reset", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("not reset (no FLR support: ", NULL, KLOG_RECOVERY, WHERE_PREFIX),
};

/* .. and its details, most of them without. From 7.3 the bus may be CXL. */
static const struct klog_row details[] = {
	MAIN("aer_", "status: 0x", KLOG_AER, WHERE_PREFIX, GROUP_AER),
	PART("aer_uncor_severity: 0x", NULL, KLOG_AER, WHERE_PREFIX, GROUP_AER),
	MAIN("PCIe Bus Error: severity=", NULL, KLOG_AER, WHERE_PREFIX, GROUP_AER),
	MAIN("CXL Bus Error: severity=", NULL, KLOG_AER, WHERE_PREFIX, GROUP_AER),
	PART("  device [", "] error status/mask=", KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
	PART("   [", "]", KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
	PART("  [", "]", KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
	PART("  TLP Header", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
	PART("  Error of this Agent is reported first", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_AER),
};

/* dpc.c */
static const struct klog_row dpc[] = {
	MAIN("containment event, status:", NULL, KLOG_DPC, WHERE_SOURCE, GROUP_DPC),
	ALONE("Data Link Layer Link Active not cleared in ", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	ALONE("root port still busy", NULL, KLOG_RECOVERY, WHERE_PREFIX),
	/* Up to 6.12 in a line of its own */
	PART("unmasked uncorrectable error detected", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_DPC),
	PART("rp_pio_status: ", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_DPC),
	PART("RP PIO ", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_DPC),
	PART("[", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_DPC),
	PART("TLP Header", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_DPC),
	PART("TLP Prefix", NULL, KLOG_OTHER, WHERE_PREFIX, GROUP_DPC),
};

/* edr.c: firmware took the port down and hands it over. */
static const struct klog_row edr[] = {
	ALONE("EDR event received", NULL, KLOG_DPC, WHERE_PREFIX),
};

const struct klog_table klog_pci_device_tables[] = {
	KLOG_TABLE(ON('f') | ON('n') | ON('r') | ON('t') | ON('D') | ON('b') | ON('u') | ON('A') |
			   ON('F') | ON('I') | ON('U') | ON('T') | ON('S'),
		   "", "", core),
	KLOG_TABLE(ON('r') | ON('d') | ON('a') | ON('f') | ON('p') | ON('b') | ON('c'), "", "",
		   debug),
	KLOG_TABLE(ON('A'), "", "AER: ", aer),
	KLOG_TABLE(ON('A'), "", "AER: ", details),
	KLOG_TABLE(ON('a') | ON('P') | ON('C') | ON(' '), "", "", details),
	KLOG_TABLE(ON('D'), "", "DPC: ", dpc),
	KLOG_TABLE(ON('E'), "", "EDR: ", edr),
};
const size_t klog_pci_device_table_count = ARRAY_SIZE(klog_pci_device_tables);
