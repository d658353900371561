// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/driver.h"

/*
 * Every driver of Linux 7.3 with .reset_prepare and .reset_done, by the name that sysfs shows.
 * virtio-pci hands the two on and is looked at apart. VFIO variant drivers have them for the state
 * of a migration; the guest that uses the device is not told.
 */
static const char *const bearing[] = {
	"420xx",
	"4xxx",
	"6xxx",
	"c3xxx",
	"c6xx",
	"cxgb4",
	"dh895xcc",
	"fm10k",
	"habanalabs",
	"hibmcge",
	"hisi_hpre",
	"hisi_sas_v3_hw",
	"hisi_sec2",
	"hisi_zip",
	"hns3",
	"i40e",
	"ice",
	"idxd",
	"igbvf",
	"intel-ipu6",
	"intel-ipu7",
	"intel_vpu",
	"ionic",
	"mhi-pci-generic",
	"mlxsw_spectrum",
	"mlxsw_spectrum2",
	"mlxsw_spectrum3",
	"mlxsw_spectrum4",
	"mwifiex_pcie",
	"nvme",
	"pds_core",
	"qaic",
	"qla2xxx",
};

/* virtio_pci_reset_prepare() does nothing for a virtio driver that lacks reset_prepare. */
static bool virtio_bears_reset(const char *virtio_driver)
{
	return !virtio_driver[0] || streq(virtio_driver, "virtio_blk");
}

bool function_driver_bears_reset(const struct function *function)
{
	if (streq(function->driver, "virtio-pci"))
		return virtio_bears_reset(function->virtio_driver);
	for (size_t i = 0; i < ARRAY_SIZE(bearing); i++)
		if (streq(function->driver, bearing[i]))
			return true;
	return false;
}
