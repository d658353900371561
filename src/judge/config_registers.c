// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/config_registers.h"

#include <linux/pci_regs.h>

#include "base/attr.h"

#define CXL_PORT_CONTROL 0x0c
#define CXL_PORT_UNMASK_SBR 0x0001
#define REBAR_SIZE 0x3f00 /* older headers know five bits of it */

/* Who writes a register again, or why it need not be the same. */
#define RESTORED "saved and restored by the kernel around the reset"
#define BY_DRIVER RESTORED "; a driver sets it up again"
#define FIXED "read-only"
#define EVENTS "bits latched by events, cleared by a reset and by the kernel"
#define IOMMU "the IOMMU driver sets it when it attaches the function again"
#define UNTOUCHED "of the port above, which is not reset itself"
#define PORT_DRIVER "the port's own services (hotplug, bandwidth, AER, PME) write it"

static const char *const speeds[] = {"unknown", "2.5 GT/s", "5 GT/s",  "8 GT/s",
				     "16 GT/s", "32 GT/s",  "64 GT/s", NULL};
static const char *const aspm[] = {"off", "L0s", "L1", "L0s and L1", NULL};
static const char *const power_states[] = {"D0", "D1", "D2", "D3hot", NULL};

#define END                                                                                        \
	{                                                                                          \
		.mask = 0                                                                          \
	}

static const struct config_field command[] = {
	{PCI_COMMAND_IO, "I/O Space", CONFIG_DRIVER, NULL},
	{PCI_COMMAND_MEMORY, "Memory Space", CONFIG_DRIVER, NULL},
	{PCI_COMMAND_MASTER, "Bus Master", CONFIG_DRIVER, NULL},
	{PCI_COMMAND_INVALIDATE, "Memory Write and Invalidate", CONFIG_DRIVER, NULL},
	{PCI_COMMAND_PARITY, "Parity Error Response", CONFIG_DRIVER, NULL},
	{PCI_COMMAND_SERR, "SERR#", CONFIG_DRIVER, NULL},
	{PCI_COMMAND_INTX_DISABLE, "INTx Disable", CONFIG_DRIVER, NULL},
	END,
};

static const struct config_field status[] = {
	{PCI_STATUS_INTERRUPT, "Interrupt", CONFIG_IGNORED, NULL},
	{PCI_STATUS_CAP_LIST, "Capability List", CONFIG_KEPT, NULL},
	{PCI_STATUS_PARITY, "Master Data Parity Error", CONFIG_MAY, NULL},
	{PCI_STATUS_SIG_TARGET_ABORT, "Signaled Target Abort", CONFIG_MAY, NULL},
	{PCI_STATUS_REC_TARGET_ABORT, "Received Target Abort", CONFIG_MAY, NULL},
	{PCI_STATUS_REC_MASTER_ABORT, "Received Master Abort", CONFIG_MAY, NULL},
	{PCI_STATUS_SIG_SYSTEM_ERROR, "Signaled System Error", CONFIG_MAY, NULL},
	{PCI_STATUS_DETECTED_PARITY, "Detected Parity Error", CONFIG_MAY, NULL},
	END,
};

static const struct config_field bridge_control[] = {
	{PCI_BRIDGE_CTL_BUS_RESET, "Secondary Bus Reset", CONFIG_KEPT, NULL},
	{0x0400, "Discard Timer Status", CONFIG_MAY, NULL},
	END,
};

static const struct config_field power[] = {
	{PCI_PM_CTRL_STATE_MASK, "Power State", CONFIG_MAY, power_states},
	{PCI_PM_CTRL_PME_ENABLE, "PME", CONFIG_MAY, NULL},
	{PCI_PM_CTRL_PME_STATUS, "PME Status", CONFIG_MAY, NULL},
	END,
};

static const struct config_field msi_control[] = {
	{PCI_MSI_FLAGS_ENABLE, "MSI", CONFIG_DRIVER, NULL},
	{PCI_MSI_FLAGS_64BIT | PCI_MSI_FLAGS_MASKBIT, "layout", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field msi_vectors[] = {
	{PCI_MSI_FLAGS_QSIZE, "Multiple Message", CONFIG_DRIVER, NULL},
	END,
};

static const struct config_field msix_control[] = {
	{PCI_MSIX_FLAGS_ENABLE, "MSI-X", CONFIG_DRIVER, NULL},
	{PCI_MSIX_FLAGS_MASKALL, "Function Mask", CONFIG_MAY, NULL},
	{PCI_MSIX_FLAGS_QSIZE, "Table Size", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field device_control[] = {
	{PCI_EXP_DEVCTL_CERE, "Correctable Error Reporting", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_NFERE, "Non-Fatal Error Reporting", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_FERE, "Fatal Error Reporting", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_URRE, "Unsupported Request Reporting", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_RELAX_EN, "Relaxed Ordering", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_PAYLOAD, "Max Payload Size", CONFIG_KEPT, NULL},
	{PCI_EXP_DEVCTL_EXT_TAG, "Extended Tag", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_NOSNOOP_EN, "No Snoop", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_READRQ, "Max Read Request Size", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL_BCR_FLR, "Initiate FLR", CONFIG_IGNORED, NULL},
	END,
};

static const struct config_field device_status[] = {
	{PCI_EXP_DEVSTA_CED, "Correctable Error", CONFIG_MAY, NULL},
	{PCI_EXP_DEVSTA_NFED, "Non-Fatal Error", CONFIG_MAY, NULL},
	{PCI_EXP_DEVSTA_FED, "Fatal Error", CONFIG_MAY, NULL},
	{PCI_EXP_DEVSTA_URD, "Unsupported Request", CONFIG_MAY, NULL},
	{PCI_EXP_DEVSTA_TRPND, "Transactions Pending", CONFIG_MAY, NULL},
	END,
};

static const struct config_field link_control[] = {
	{PCI_EXP_LNKCTL_ASPMC, "ASPM", CONFIG_DRIVER, aspm},
	{PCI_EXP_LNKCTL_LD, "Link Disable", CONFIG_KEPT, NULL},
	{PCI_EXP_LNKCTL_RL, "Retrain Link", CONFIG_IGNORED, NULL},
	{PCI_EXP_LNKCTL_CCC, "Common Clock", CONFIG_DRIVER, NULL},
	{PCI_EXP_LNKCTL_CLKREQ_EN, "Clock Power Management", CONFIG_DRIVER, NULL},
	{PCI_EXP_LNKCTL_LBMIE, "Bandwidth Management Interrupt", CONFIG_MAY, NULL},
	{PCI_EXP_LNKCTL_LABIE, "Autonomous Bandwidth Interrupt", CONFIG_MAY, NULL},
	END,
};

static const struct config_field link_status[] = {
	{PCI_EXP_LNKSTA_CLS, "Speed", CONFIG_NOT_LESS, speeds},
	{PCI_EXP_LNKSTA_NLW, "Width", CONFIG_NOT_LESS, NULL},
	{PCI_EXP_LNKSTA_DLLLA, "Link Active", CONFIG_NOT_LESS, NULL},
	{PCI_EXP_LNKSTA_LT, "Training", CONFIG_MAY, NULL},
	{PCI_EXP_LNKSTA_LBMS, "Bandwidth Management", CONFIG_MAY, NULL},
	{PCI_EXP_LNKSTA_LABS, "Autonomous Bandwidth", CONFIG_MAY, NULL},
	END,
};

static const struct config_field slot_control[] = {
	{PCI_EXP_SLTCTL_PCC, "Power Off", CONFIG_KEPT, NULL},
	{PCI_EXP_SLTCTL_EIC, "Interlock", CONFIG_IGNORED, NULL},
	{PCI_EXP_SLTCTL_HPIE, "Hot-Plug Interrupt", CONFIG_DRIVER, NULL},
	{PCI_EXP_SLTCTL_PDCE, "Presence Detect", CONFIG_DRIVER, NULL},
	{PCI_EXP_SLTCTL_DLLSCE, "Link State", CONFIG_DRIVER, NULL},
	END,
};

static const struct config_field device_control_2[] = {
	{PCI_EXP_DEVCTL2_COMP_TIMEOUT, "Completion Timeout", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL2_ARI, "ARI Forwarding", CONFIG_KEPT, NULL},
	{PCI_EXP_DEVCTL2_ATOMIC_REQ, "AtomicOp Requester", CONFIG_DRIVER, NULL},
	{PCI_EXP_DEVCTL2_LTR_EN, "LTR", CONFIG_DRIVER, NULL},
	END,
};

static const struct config_field link_control_2[] = {
	{PCI_EXP_LNKCTL2_TLS, "Target Speed", CONFIG_DRIVER, speeds},
	END,
};

static const struct config_field aer_control[] = {
	{0x001f, "First Error", CONFIG_MAY, NULL},
	{PCI_ERR_CAP_ECRC_GENE, "ECRC Generation", CONFIG_DRIVER, NULL},
	{PCI_ERR_CAP_ECRC_CHKE, "ECRC Check", CONFIG_DRIVER, NULL},
	END,
};

static const struct config_field acs_control[] = {
	{PCI_ACS_SV, "Source Validation", CONFIG_KEPT, NULL},
	/* pci_std_enable_acs() sets four bits; what firmware has set besides is not saved. */
	{PCI_ACS_TB, "Translation Blocking", CONFIG_MAY, NULL},
	{PCI_ACS_RR, "P2P Request Redirect", CONFIG_KEPT, NULL},
	{PCI_ACS_CR, "P2P Completion Redirect", CONFIG_KEPT, NULL},
	{PCI_ACS_UF, "Upstream Forwarding", CONFIG_KEPT, NULL},
	{PCI_ACS_EC, "P2P Egress Control", CONFIG_MAY, NULL},
	{PCI_ACS_DT, "Direct Translated P2P", CONFIG_MAY, NULL},
	END,
};

static const struct config_field ats_enable[] = {
	{PCI_ATS_CTRL_ENABLE, "ATS", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field ats_unit[] = {
	{PCI_ATS_CTRL_STU(0x1f), "Smallest Translation Unit", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field pri_control[] = {
	{PCI_PRI_CTRL_ENABLE, "PRI", CONFIG_KEPT, NULL},
	{PCI_PRI_CTRL_RESET, "Reset", CONFIG_IGNORED, NULL},
	END,
};

static const struct config_field pasid_control[] = {
	{PCI_PASID_CTRL_ENABLE, "PASID", CONFIG_KEPT, NULL},
	{PCI_PASID_CTRL_EXEC, "Execute Permission", CONFIG_KEPT, NULL},
	{PCI_PASID_CTRL_PRIV, "Privileged Mode", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field sriov_control[] = {
	{PCI_SRIOV_CTRL_VFE, "VFs", CONFIG_KEPT, NULL},
	{PCI_SRIOV_CTRL_MSE, "VF Memory Space", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field sriov_ari[] = {
	{PCI_SRIOV_CTRL_ARI, "ARI", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field rebar_control[] = {
	{REBAR_SIZE, "BAR Size", CONFIG_KEPT, NULL},
	END,
};

static const struct config_field l1ss_control[] = {
	{PCI_L1SS_CTL1_PCIPM_L1_2, "PCI-PM L1.2", CONFIG_DRIVER, NULL},
	{PCI_L1SS_CTL1_PCIPM_L1_1, "PCI-PM L1.1", CONFIG_DRIVER, NULL},
	{PCI_L1SS_CTL1_ASPM_L1_2, "ASPM L1.2", CONFIG_DRIVER, NULL},
	{PCI_L1SS_CTL1_ASPM_L1_1, "ASPM L1.1", CONFIG_DRIVER, NULL},
	END,
};

static const struct config_field cxl_port_control[] = {
	{CXL_PORT_UNMASK_SBR, "Unmask SBR", CONFIG_NOT_OPEN, NULL},
	END,
};

#define HEADER(name_, place_, offset_, width_, rest_, why_, fields_)                               \
	{                                                                                          \
		.name = (name_), .place = (place_), .offset_bytes = (offset_),                     \
		.width_bytes = (width_), .rest = (rest_), .why = (why_), .fields = (fields_)       \
	}
#define BAR(number, place)                                                                         \
	HEADER("BAR " #number, place, PCI_BASE_ADDRESS_0 + 4 * (number), 4, CONFIG_KEPT, RESTORED, \
	       NULL)
#define BRIDGE(name, offset, width, fields)                                                        \
	HEADER(name, CONFIG_HEADER_BRIDGE, offset, width, CONFIG_KEPT, UNTOUCHED, fields)
#define CAPABILITY(name_, id_, offset_, width_, rest_, why_, fields_)                              \
	{                                                                                          \
		.name = (name_), .place = CONFIG_CAPABILITY, .id = (id_),                          \
		.offset_bytes = (offset_), .width_bytes = (width_), .rest = (rest_),               \
		.why = (why_), .fields = (fields_)                                                 \
	}
#define EXPRESS(name, offset, rest, why, fields)                                                   \
	CAPABILITY(name, PCI_CAP_ID_EXP, offset, 2, rest, why, fields)
/* Message registers mean something only while the message interrupts are on. */
#define MSI(name_, offset_, width_, rest_, fields_, mask_, wanted_)                                \
	{                                                                                          \
		.name = (name_), .place = CONFIG_CAPABILITY, .id = PCI_CAP_ID_MSI,                 \
		.offset_bytes = (offset_), .width_bytes = (width_), .rest = (rest_),               \
		.why = BY_DRIVER " and moves it between CPUs", .fields = (fields_), .when = {      \
			PCI_MSI_FLAGS,                                                             \
			(mask_),                                                                   \
			(wanted_),                                                                 \
			(wanted_)                                                                  \
		}                                                                                  \
	}
#define EXTENDED(name_, id_, offset_, width_, rest_, why_, fields_)                                \
	{                                                                                          \
		.name = (name_), .place = CONFIG_EXTENDED, .id = PCI_EXT_CAP_ID_##id_,             \
		.offset_bytes = (offset_), .width_bytes = (width_), .rest = (rest_),               \
		.why = (why_), .fields = (fields_)                                                 \
	}
#define EXTENDED_WHEN(name_, id_, offset_, width_, rest_, why_, fields_, at_, mask_, min_)         \
	{                                                                                          \
		.name = (name_), .place = CONFIG_EXTENDED, .id = PCI_EXT_CAP_ID_##id_,             \
		.offset_bytes = (offset_), .width_bytes = (width_), .rest = (rest_),               \
		.why = (why_), .fields = (fields_), .when = {                                      \
			(at_),                                                                     \
			(mask_),                                                                   \
			(min_),                                                                    \
			UINT16_MAX                                                                 \
		}                                                                                  \
	}
/* Without CONFIG_PCI_IOV the kernel leaves them to firmware, and has no VFs. */
#define WITH_VFS(name_, offset_, width_, rest_, fields_)                                           \
	EXTENDED_WHEN(name_, SRIOV, offset_, width_, rest_, RESTORED, fields_, PCI_SRIOV_CTRL,     \
		      PCI_SRIOV_CTRL_VFE, 1)
#define VF_BAR(number)                                                                             \
	WITH_VFS("VF BAR " #number, PCI_SRIOV_BAR + 4 * (number), 4, CONFIG_KEPT, NULL)
#define REBAR(number)                                                                              \
	EXTENDED_WHEN("Resizable BAR " #number, REBAR, PCI_REBAR_CTRL + 8 * (number), 4,           \
		      CONFIG_IGNORED, RESTORED, rebar_control, PCI_REBAR_CTRL,                     \
		      PCI_REBAR_CTRL_NBAR_MASK, ((number) + 1) << 5)

static const struct config_row rows[] = {
	HEADER("Vendor and Device", CONFIG_HEADER, PCI_VENDOR_ID, 4, CONFIG_KEPT, FIXED, NULL),
	HEADER("Command", CONFIG_HEADER, PCI_COMMAND, 2, CONFIG_IGNORED, BY_DRIVER, command),
	HEADER("Status", CONFIG_HEADER, PCI_STATUS, 2, CONFIG_IGNORED, EVENTS, status),
	HEADER("Class and Revision", CONFIG_HEADER, PCI_CLASS_REVISION, 4, CONFIG_KEPT, FIXED,
	       NULL),
	HEADER("Cache Line Size", CONFIG_HEADER, PCI_CACHE_LINE_SIZE, 1, CONFIG_DRIVER, BY_DRIVER,
	       NULL),
	HEADER("Latency Timer", CONFIG_HEADER, PCI_LATENCY_TIMER, 1, CONFIG_DRIVER, BY_DRIVER,
	       NULL),
	BAR(0, CONFIG_HEADER_DEVICE),
	BAR(1, CONFIG_HEADER_DEVICE),
	BAR(2, CONFIG_HEADER_DEVICE),
	BAR(3, CONFIG_HEADER_DEVICE),
	BAR(4, CONFIG_HEADER_DEVICE),
	BAR(5, CONFIG_HEADER_DEVICE),
	HEADER("Subsystem", CONFIG_HEADER_DEVICE, PCI_SUBSYSTEM_VENDOR_ID, 4, CONFIG_KEPT, FIXED,
	       NULL),
	HEADER("ROM BAR", CONFIG_HEADER_DEVICE, PCI_ROM_ADDRESS, 4, CONFIG_DRIVER, BY_DRIVER, NULL),
	HEADER("Interrupt Line", CONFIG_HEADER, PCI_INTERRUPT_LINE, 1, CONFIG_DRIVER, BY_DRIVER,
	       NULL),
	BAR(0, CONFIG_HEADER_BRIDGE),
	BAR(1, CONFIG_HEADER_BRIDGE),
	BRIDGE("Bus Numbers", PCI_PRIMARY_BUS, 3, NULL),
	BRIDGE("I/O Window", PCI_IO_BASE, 2, NULL),
	BRIDGE("Memory Window", PCI_MEMORY_BASE, 4, NULL),
	BRIDGE("Prefetchable Window", PCI_PREF_MEMORY_BASE, 4, NULL),
	BRIDGE("Prefetchable Base Upper", PCI_PREF_BASE_UPPER32, 4, NULL),
	BRIDGE("Prefetchable Limit Upper", PCI_PREF_LIMIT_UPPER32, 4, NULL),
	BRIDGE("I/O Window Upper", PCI_IO_BASE_UPPER16, 4, NULL),
	BRIDGE("Bridge Control", PCI_BRIDGE_CONTROL, 2, bridge_control),

	CAPABILITY("Power Management Control", PCI_CAP_ID_PM, PCI_PM_CTRL, 2, CONFIG_IGNORED,
		   "power management moves functions between D0 and D3 at any time", power),

	CAPABILITY("MSI Control", PCI_CAP_ID_MSI, PCI_MSI_FLAGS, 2, CONFIG_IGNORED, BY_DRIVER,
		   msi_control),
	MSI("MSI Vectors", PCI_MSI_FLAGS, 2, CONFIG_IGNORED, msi_vectors, PCI_MSI_FLAGS_ENABLE,
	    PCI_MSI_FLAGS_ENABLE),
	MSI("MSI Address", PCI_MSI_ADDRESS_LO, 4, CONFIG_DRIVER, NULL, PCI_MSI_FLAGS_ENABLE,
	    PCI_MSI_FLAGS_ENABLE),
	MSI("MSI Address Upper", PCI_MSI_ADDRESS_HI, 4, CONFIG_DRIVER, NULL,
	    PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_64BIT, PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_64BIT),
	MSI("MSI Data", PCI_MSI_DATA_64, 2, CONFIG_DRIVER, NULL,
	    PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_64BIT, PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_64BIT),
	MSI("MSI Data", PCI_MSI_DATA_32, 2, CONFIG_DRIVER, NULL,
	    PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_64BIT, PCI_MSI_FLAGS_ENABLE),

	CAPABILITY("MSI-X Control", PCI_CAP_ID_MSIX, PCI_MSIX_FLAGS, 2, CONFIG_IGNORED,
		   BY_DRIVER ", and masks all vectors meanwhile", msix_control),
	CAPABILITY("MSI-X Table", PCI_CAP_ID_MSIX, PCI_MSIX_TABLE, 4, CONFIG_KEPT, FIXED, NULL),
	CAPABILITY("MSI-X Pending Array", PCI_CAP_ID_MSIX, PCI_MSIX_PBA, 4, CONFIG_KEPT, FIXED,
		   NULL),

	EXPRESS("Device Control", PCI_EXP_DEVCTL, CONFIG_DRIVER, BY_DRIVER, device_control),
	EXPRESS("Device Status", PCI_EXP_DEVSTA, CONFIG_IGNORED, EVENTS, device_status),
	EXPRESS("Link Control", PCI_EXP_LNKCTL, CONFIG_DRIVER,
		BY_DRIVER "; so do a port's services", link_control),
	EXPRESS("Link Status", PCI_EXP_LNKSTA, CONFIG_IGNORED, "the link is trained anew",
		link_status),
	EXPRESS("Slot Control", PCI_EXP_SLTCTL, CONFIG_MAY, PORT_DRIVER, slot_control),
	EXPRESS("Root Control", PCI_EXP_RTCTL, CONFIG_DRIVER, PORT_DRIVER, NULL),
	EXPRESS("Device Control 2", PCI_EXP_DEVCTL2, CONFIG_DRIVER,
		BY_DRIVER "; a port loses LTR with its link", device_control_2),
	EXPRESS("Link Control 2", PCI_EXP_LNKCTL2, CONFIG_DRIVER,
		BY_DRIVER "; so does bandwidth "
			  "control",
		link_control_2),

	EXTENDED("AER Uncorrectable Mask", ERR, PCI_ERR_UNCOR_MASK, 4, CONFIG_DRIVER, BY_DRIVER,
		 NULL),
	EXTENDED("AER Uncorrectable Severity", ERR, PCI_ERR_UNCOR_SEVER, 4, CONFIG_DRIVER,
		 BY_DRIVER, NULL),
	EXTENDED("AER Correctable Mask", ERR, PCI_ERR_COR_MASK, 4, CONFIG_DRIVER, BY_DRIVER, NULL),
	EXTENDED("AER Control", ERR, PCI_ERR_CAP, 4, CONFIG_IGNORED, BY_DRIVER, aer_control),
	EXTENDED("ACS Control", ACS, PCI_ACS_CTRL, 2, CONFIG_MAY,
		 "the kernel enables it again after the reset", acs_control),
	EXTENDED("ATS Control", ATS, PCI_ATS_CTRL, 2, CONFIG_IGNORED, IOMMU, ats_enable),
	EXTENDED_WHEN("ATS Control", ATS, PCI_ATS_CTRL, 2, CONFIG_IGNORED, IOMMU, ats_unit,
		      PCI_ATS_CTRL, PCI_ATS_CTRL_ENABLE, 1),
	EXTENDED("PRI Control", PRI, PCI_PRI_CTRL, 2, CONFIG_IGNORED, IOMMU, pri_control),
	EXTENDED_WHEN("PRI Allocation", PRI, PCI_PRI_ALLOC_REQ, 4, CONFIG_KEPT, IOMMU, NULL,
		      PCI_PRI_CTRL, PCI_PRI_CTRL_ENABLE, 1),
	EXTENDED("PASID Control", PASID, PCI_PASID_CTRL, 2, CONFIG_IGNORED, IOMMU, pasid_control),
	EXTENDED("SR-IOV Control", SRIOV, PCI_SRIOV_CTRL, 2, CONFIG_IGNORED, RESTORED,
		 sriov_control),
	WITH_VFS("SR-IOV Control", PCI_SRIOV_CTRL, 2, CONFIG_IGNORED, sriov_ari),
	WITH_VFS("SR-IOV NumVFs", PCI_SRIOV_NUM_VF, 2, CONFIG_KEPT, NULL),
	WITH_VFS("SR-IOV Page Size", PCI_SRIOV_SYS_PGSIZE, 4, CONFIG_KEPT, NULL),
	VF_BAR(0),
	VF_BAR(1),
	VF_BAR(2),
	VF_BAR(3),
	VF_BAR(4),
	VF_BAR(5),
	REBAR(0),
	REBAR(1),
	REBAR(2),
	REBAR(3),
	REBAR(4),
	REBAR(5),
	EXTENDED("LTR Latencies", LTR, PCI_LTR_MAX_SNOOP_LAT, 4, CONFIG_DRIVER, BY_DRIVER, NULL),
	EXTENDED_WHEN("L1 Substates Control 1", L1SS, PCI_L1SS_CTL1, 4, CONFIG_DRIVER, BY_DRIVER,
		      l1ss_control, PCI_L1SS_CTL1, PCI_L1SS_CTL1_L1SS_MASK, 1),
	EXTENDED_WHEN("L1 Substates Control 2", L1SS, PCI_L1SS_CTL2, 4, CONFIG_DRIVER, BY_DRIVER,
		      NULL, PCI_L1SS_CTL1, PCI_L1SS_CTL1_L1SS_MASK, 1),
	EXTENDED("DPC Control", DPC, PCI_EXP_DPC_CTL, 2, CONFIG_DRIVER, PORT_DRIVER, NULL),

	{.name = "CXL Port Control",
	 .place = CONFIG_CXL_PORT,
	 .offset_bytes = CXL_PORT_CONTROL,
	 .width_bytes = 2,
	 .rest = CONFIG_KEPT,
	 .why = "cxl_bus lets resets through while it resets, and closes the mask again",
	 .fields = cxl_port_control},
};

const struct config_row *config_row_at(size_t index)
{
	return index < ARRAY_SIZE(rows) ? &rows[index] : NULL;
}
