// SPDX-License-Identifier: GPL-2.0-or-later
/* The lines below a warning or an oops: registers, call trace, process. */
#include <ctype.h>

#include "judge/klog_match.h"

static const char *const beginnings[] = {
	"CPU: ",
	"Call Trace:",
	"Call trace:",
	"Code: ",
	"CS:  ",
	"CR2: ",
	"DR0: ",
	"DR3: ",
	"FS:  ",
	"GS:  ",
	"Hardware name: ",
	"Modules linked in:",
	"Mem abort info:",
	"NMI backtrace for cpu ",
	"PGD ",
	"PKRU: ",
	"R10: ",
	"R13: ",
	"RAX: ",
	"RBP: ",
	"RDX: ",
	"RIP: ",
	"RSP: ",
	"Stopper: ",
	"Tainted: ",
	"Workqueue: ",
	"#PF: ",
	"[<",
	"epc : ",
	"lr : ",
	"pc : ",
	"pstate: ",
	"sp : ",
	"task:",
	"---[ end trace ",
	"\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\"",
};

/* Functions that a reset runs through, as drivers/pci and drivers/iommu of 6.12 to 7.3 have them.
 */
static const char *const reset_symbols[] = {
	"__iommu_group_set_domain_internal",
	"__iommu_group_set_domain_nofail",
	"__pci_reset_function_locked",
	"cxl_reset_bus_function",
	"iommu_dev_reset_done",
	"iommu_dev_reset_prepare",
	"pci_af_flr",
	"pci_bridge_secondary_bus_reset",
	"pci_dev_acpi_reset",
	"pci_dev_reset_iommu_done",
	"pci_dev_reset_iommu_prepare",
	"pci_dev_specific_reset",
	"pci_pm_reset",
	"pci_reset_bus_function",
	"pci_reset_function",
	"pci_reset_function_locked",
	"pci_try_reset_function",
	"pcie_flr",
	"pcie_reset_flr",
	"reset_store",
};

bool klog_is_reset_symbol(const char *symbol)
{
	for (size_t i = 0; i < ARRAY_SIZE(reset_symbols); i++)
		if (streq(symbol, reset_symbols[i]))
			return true;
	return false;
}

size_t klog_symbol_length(const char *text)
{
	size_t length = strcspn(text, "+ ,");

	return text[length] == '+' ? strcspn(text, ".+") : 0;
}

/* "x29: ffff80008000ba20 x28: ..." of arm64 */
static bool is_register(const char *text)
{
	return text[0] == 'x' && isdigit((unsigned char)text[1]) &&
	       (text[2] == ' ' || isdigit((unsigned char)text[2])) && text[3] == ':';
}

bool klog_is_trace(const char *text)
{
	/* " func+0x10/0x20", " ? func+...", " <TASK>" */
	if (text[0] == ' ')
		return text[1] == '<' || strstr(text, "+0x") || strstr(text, "ainted");
	for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++)
		if (beginnings[i][0] == text[0] && starts_with(text, beginnings[i]))
			return true;
	return is_register(text);
}

bool klog_ends_trace(const char *text)
{
	return starts_with(text, "---[ end trace ");
}

/* "CPU: 1 UID: 0 PID: 151 Comm: iommu-resettest Not tainted 7.0.4 #1 ..." */
static void read_cpu(const char *text, struct klog_event *event)
{
	const char *pid = strstr(text, " PID: "), *comm = strstr(text, " Comm: ");
	const char *end = comm ? strstr(comm, "ainted") : NULL;

	if (!pid || event->pid != KLOG_NO_PID)
		return;
	event->pid = (int)strtol(pid + strlen(" PID: "), NULL, 10);
	if (!end)
		return;
	/* Back over "Not t", "T", or "Kdump: loaded ..." */
	comm += strlen(" Comm: ");
	while (end > comm && *end != ' ')
		end--;
	if (end - comm >= 4 && starts_with(end - 4, " Not"))
		end -= 4;
	if (end - comm < KLOG_COMM_MAX && end > comm) {
		memcpy(event->comm, comm, (size_t)(end - comm));
		event->comm[end - comm] = '\0';
	}
}

void klog_read_trace(const char *text, struct klog_event *event)
{
	char symbol[SYMBOL_MAX];
	size_t length;

	if (starts_with(text, "CPU: ")) {
		read_cpu(text, event);
		return;
	}
	if (starts_with(text, " <IRQ>"))
		event->interrupt = true;
	/* What the unwinder is not sure of stands behind a question mark. */
	if (text[0] != ' ' || text[1] == '?' || text[1] == '<' || event->frame[0])
		return;
	text += strspn(text, " ");
	length = klog_symbol_length(text);
	if (!length || length >= sizeof(symbol))
		return;
	memcpy(symbol, text, length);
	symbol[length] = '\0';
	if (klog_is_reset_symbol(symbol))
		memcpy(event->frame, symbol, sizeof(symbol));
}
