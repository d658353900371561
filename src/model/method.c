// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/method.h"

#include <errno.h>

#include "base/attr.h"

#define MS_NS 1000000ULL
#define RESET_BUDGET_S 75

static const struct method_info methods[] = {
	{.name = "device_specific", .nests = true, .probe_blocks = true, .primitive = "pcie_flr"},
	{.name = "acpi", .primitive = "pci_dev_acpi_reset"},
	{.name = "flr", .floor_ns = 100 * MS_NS, .primitive = "pcie_flr"},
	{.name = "af_flr", .floor_ns = 100 * MS_NS, .primitive = "pci_af_flr"},
	{.name = "pm", .floor_ns = 20 * MS_NS, .primitive = "pci_pm_reset"},
	{.name = "bus",
	 .probe_blocks = true,
	 .resets_bus = true,
	 .floor_ns = 100 * MS_NS,
	 .primitive = "pci_reset_bus_function"},
	{.name = "cxl_bus",
	 .nests = true,
	 .resets_bus = true,
	 .floor_ns = 100 * MS_NS,
	 .primitive = "pci_reset_bus_function"},
};

static const struct reset_quirk quirks[] = {
	{0x8086, 0x10ed, "Intel 82599 VF", true, RESET_BUDGET_S},
	{0x8086, 0x0156, "Intel Ivy Bridge IGD", false, RESET_BUDGET_S},
	{0x8086, 0x0166, "Intel Ivy Bridge IGD", false, RESET_BUDGET_S},
	{0x144d, 0xa804, "Samsung NVMe", true, 200},
	{0x8086, 0x0953, "Intel NVMe", true, RESET_BUDGET_S},
	{0x8086, 0x0a54, "Intel NVMe", true, RESET_BUDGET_S},
	{0x025e, 0xf1ac, "Solidigm NVMe", true, RESET_BUDGET_S},
	{0x1425, 0xffff, "Chelsio T4", true, RESET_BUDGET_S},
	{0x19e5, 0x375e, "Huawei hinic VF", true, 90},
};

int method_list_parse(const char *text, struct method_list *list)
{
	struct method_list parsed = {0};
	const char *at = text;

	if (strlen(text) >= sizeof(parsed.text))
		return -EINVAL;
	strcpy(parsed.text, text);
	while (*(at += strspn(at, " \t\n"))) {
		size_t length = strcspn(at, " \t\n");

		if (length >= METHOD_NAME_MAX || parsed.count == METHODS_MAX)
			return -EINVAL;
		memcpy(parsed.names[parsed.count++], at, length);
		at += length;
	}
	*list = parsed;
	return 0;
}

bool method_list_has(const struct method_list *list, const char *name)
{
	for (unsigned int i = 0; i < list->count; i++)
		if (streq(list->names[i], name))
			return true;
	return false;
}

const struct method_info *method_info_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(methods); i++)
		if (streq(methods[i].name, name))
			return &methods[i];
	return NULL;
}

const struct method_info *method_info_at(unsigned int index)
{
	return index < ARRAY_SIZE(methods) ? &methods[index] : NULL;
}

const struct reset_quirk *reset_quirk_find(uint16_t vendor, uint16_t device)
{
	for (size_t i = 0; i < ARRAY_SIZE(quirks); i++)
		if (quirks[i].vendor == vendor &&
		    (quirks[i].device == device || quirks[i].device == 0xffff))
			return &quirks[i];
	return NULL;
}

enum tri method_nests(const char *method, uint16_t vendor, uint16_t device)
{
	const struct method_info *info = method_info_find(method);
	const struct reset_quirk *quirk;

	if (!info || !info->nests)
		return TRI_NO;
	if (!streq(method, "device_specific"))
		return TRI_YES;
	quirk = reset_quirk_find(vendor, device);
	return quirk ? tri_of(quirk->nests) : TRI_UNKNOWN;
}

unsigned int method_budget_s(const char *method, uint16_t vendor, uint16_t device)
{
	const struct reset_quirk *quirk = reset_quirk_find(vendor, device);

	if (quirk && streq(method, "device_specific"))
		return quirk->budget_s;
	return RESET_BUDGET_S;
}
