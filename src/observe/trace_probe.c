// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/trace_probe.h"

#include <errno.h>

#include "base/words.h"
#include "model/method.h"
#include "observe/trace.h"

/* So many calls are followed at once: what others do to their devices must not use them up. */
#define KRETPROBE_CALLS "256"

#define RESET(name, symbol, arguments, methods)                                                    \
	{                                                                                          \
		name, symbol, arguments, TRACE_RESET, true, TRACE_RESET_RETURN, methods            \
	}

const struct probe_target probe_targets[PROBE_TARGET_COUNT] = {
	[TARGET_PREPARE] = {"prepare", "pci_dev_reset_iommu_prepare", ARGUMENTS_PCI_DEV,
			    TRACE_PREPARE, true, TRACE_PREPARE_RETURN, NULL},
	[TARGET_DONE] = {"done", "pci_dev_reset_iommu_done", ARGUMENTS_PCI_DEV, TRACE_DONE, false,
			 TRACE_DONE, NULL},
	[TARGET_ATTACH] = {"attach", "__iommu_attach_device", ARGUMENTS_DOMAIN_DEV, TRACE_ATTACH,
			   true, TRACE_ATTACH_RETURN, NULL},
	[TARGET_CORE_COUNT] = RESET("flr", "pcie_flr", ARGUMENTS_PCI_DEV, "flr device_specific"),
	RESET("af_flr", "pci_af_flr", ARGUMENTS_PCI_DEV_PROBE, "af_flr device_specific"),
	RESET("pm", "pci_pm_reset", ARGUMENTS_PCI_DEV_PROBE, "pm device_specific"),
	RESET("bus", "pci_reset_bus_function", ARGUMENTS_PCI_DEV_PROBE,
	      "bus cxl_bus device_specific"),
	RESET("cxl_bus", "cxl_reset_bus_function", ARGUMENTS_PCI_DEV_PROBE, "cxl_bus"),
	RESET("acpi", "pci_dev_acpi_reset", ARGUMENTS_PCI_DEV_PROBE, "acpi"),
	RESET("device_specific", "pci_dev_specific_reset", ARGUMENTS_PCI_DEV_PROBE,
	      "device_specific"),
	RESET("secondary_bus", "pci_bridge_secondary_bus_reset", ARGUMENTS_PCI_DEV,
	      "bus cxl_bus device_specific"),
};

static const char *probe_flag(const struct probe_target *target)
{
	return target->arguments == ARGUMENTS_PCI_DEV_PROBE ? " value=$arg2:u8" : "";
}

/* Arguments by their names in BTF, which both forms take at the entry of a function. */
static int named_text(const struct probe_target *target, char type, unsigned int attempt,
		      char text[PROBE_TEXT_MAX])
{
	static const char *const pci_dev_names[] = {"dev", "pdev"};

	if (target->arguments == ARGUMENTS_DOMAIN_DEV) {
		if (attempt > 0)
			return -ENOENT;
		snprintf(text, PROBE_TEXT_MAX,
			 "%c:%s/%s %s name=dev->kobj.name:string value=domain->type", type,
			 TRACE_GROUP, target->event, target->symbol);
		return 0;
	}
	if (attempt >= ARRAY_SIZE(pci_dev_names))
		return -ENOENT;
	snprintf(text, PROBE_TEXT_MAX, "%c:%s/%s %s name=%s->dev.kobj.name:string%s", type,
		 TRACE_GROUP, target->event, target->symbol, pci_dev_names[attempt],
		 probe_flag(target));
	return 0;
}

static int offset_text(const struct probe_target *target, const struct kernel_offsets *offsets,
		       char text[PROBE_TEXT_MAX])
{
	if (target->arguments == ARGUMENTS_DOMAIN_DEV) {
		if (offsets->device_name < 0 || offsets->domain_type < 0)
			return -ENODATA;
		snprintf(text, PROBE_TEXT_MAX,
			 "p:%s/%s %s name=+0(+%ld($arg2)):string value=+%ld($arg1):u32",
			 TRACE_GROUP, target->event, target->symbol, offsets->device_name,
			 offsets->domain_type);
		return 0;
	}
	if (offsets->pci_dev_name < 0)
		return -ENODATA;
	snprintf(text, PROBE_TEXT_MAX, "p:%s/%s %s name=+0(+%ld($arg1)):string%s", TRACE_GROUP,
		 target->event, target->symbol, offsets->pci_dev_name, probe_flag(target));
	return 0;
}

int probe_entry_text(const struct probe_target *target, enum probe_form form, unsigned int attempt,
		     const struct kernel_offsets *offsets, char text[PROBE_TEXT_MAX])
{
	switch (form) {
	case PROBE_FPROBE:
		return named_text(target, 'f', attempt, text);
	case PROBE_KPROBE:
		return named_text(target, 'p', attempt, text);
	case PROBE_KPROBE_OFFSET:
		return attempt == 0 ? offset_text(target, offsets, text) : -ENOENT;
	}
	return -EINVAL;
}

void probe_return_text(const struct probe_target *target, enum probe_form form,
		       char text[PROBE_TEXT_MAX])
{
	snprintf(text, PROBE_TEXT_MAX, "%s:%s/%s%s %s%s value=$retval:s32",
		 form == PROBE_FPROBE ? "f" : "r" KRETPROBE_CALLS, TRACE_GROUP, target->event,
		 PROBE_RETURN_SUFFIX, target->symbol, form == PROBE_FPROBE ? "%return" : "");
}

bool probe_target_reached(const struct probe_target *target, const char *methods)
{
	if (!target->methods || !methods)
		return true;
	for (const char *at = methods; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		char name[METHOD_NAME_MAX];

		if (length >= sizeof(name))
			return true;
		memcpy(name, at, length);
		name[length] = '\0';
		if (!method_info_find(name) || words_have(target->methods, name, length))
			return true;
		at += length;
	}
	return false;
}

bool probe_target_absent(const struct probe_target *target, const struct kernel_facts *facts)
{
	return (target == &probe_targets[TARGET_PREPARE] && facts->prepare == TRI_NO) ||
	       (target == &probe_targets[TARGET_DONE] && facts->done == TRI_NO);
}
