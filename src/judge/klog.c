// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/klog.h"

#include <ctype.h>

#include "base/attr.h"

/* A line belongs to the first row whose needles it contains. */
static const struct {
	const char *needle;
	const char *and_needle; /* may be NULL */
	enum klog_kind kind;
} patterns[] = {
	{"failed to stop IOMMU for ", " reset: ", KLOG_PREPARE_FAILED},
	{"WARNING: possible ", NULL, KLOG_OOPS},
	{"WARNING: inconsistent lock state", NULL, KLOG_OOPS},
	{"WARNING: suspicious RCU usage", NULL, KLOG_OOPS},
	{"WARNING: ", " at ", KLOG_WARNING},
	{"BUG: unable to handle", NULL, KLOG_OOPS},
	{"BUG: kernel NULL pointer", NULL, KLOG_OOPS},
	{"BUG: KASAN", NULL, KLOG_OOPS},
	{"[ BUG: ", NULL, KLOG_OOPS},
	{"kernel BUG at ", NULL, KLOG_OOPS},
	{"Oops: ", NULL, KLOG_OOPS},
	{"general protection fault", " [#", KLOG_OOPS}, /* without: of a program */
	{"watchdog: BUG: soft lockup", NULL, KLOG_OOPS},
	{"Watchdog detected hard LOCKUP", NULL, KLOG_OOPS},
	{"rcu: INFO: ", "detected stall", KLOG_OOPS},
	{"rcu: INFO: ", "detected expedited stall", KLOG_OOPS},
	{"INFO: task ", " blocked", KLOG_OOPS},
	{" not ready ", "; giving up", KLOG_GIVING_UP},
	{" not ready ", "; waiting", KLOG_NOT_READY},
	{"Data Link Layer Link Active not set in ", NULL, KLOG_LINK_INACTIVE},
	{"Device config space inaccessible", NULL, KLOG_CONFIG_INACCESSIBLE},
	{"DMA-aliased sibling may be prematurely unblocked", NULL, KLOG_ALIAS},
	{"Invalidation Time-out Error", NULL, KLOG_ATS_TIMEOUT},
	{"IOTLB_INV_TIMEOUT", NULL, KLOG_ATS_TIMEOUT},
	{"ATC invalidate timeout", NULL, KLOG_ATS_TIMEOUT},
	{"Completion-Wait loop timed out", NULL, KLOG_ATS_TIMEOUT},
	{"CMD_SYNC timeout at ", NULL, KLOG_ATS_TIMEOUT},
	{"CMDQ timeout", NULL, KLOG_ATS_TIMEOUT},
	{"DMAR: [DMA ", " Request device ", KLOG_IOMMU_FAULT},
	{"DMAR: [INTR-REMAP]", " Request device ", KLOG_IOMMU_FAULT},
	{"Event logged [IO_PAGE_FAULT", NULL, KLOG_IOMMU_FAULT},
	{"Event logged [ILLEGAL_DEV_TABLE_ENTRY", NULL, KLOG_IOMMU_FAULT},
	{"Event logged [INVALID_DEVICE_REQUEST", NULL, KLOG_IOMMU_FAULT},
	{"Event logged [Device not attached to domain", NULL, KLOG_IOMMU_FAULT},
	{"Event logged [DEV_TAB_HARDWARE_ERROR", NULL, KLOG_IOMMU_FAULT},
	{"Event logged [PAGE_TAB_HARDWARE_ERROR", NULL, KLOG_IOMMU_FAULT},
	{"Event logged [INVALID_PPR_REQUEST", NULL, KLOG_IOMMU_FAULT},
	{" event: ", " client: ", KLOG_IOMMU_FAULT},
	{" event 0x", " received:", KLOG_IOMMU_FAULT},
	{"Unhandled context fault", NULL, KLOG_IOMMU_FAULT},
	{" fault from EP ", NULL, KLOG_IOMMU_FAULT},
	{"EVTQ overflow detected", NULL, KLOG_SUPPRESSED},
	{" callbacks suppressed", NULL, KLOG_SUPPRESSED},
	{" printk messages dropped", NULL, KLOG_DROPPED},
};

static bool is_hex(const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isxdigit((unsigned char)text[i]))
			return false;
	return true;
}

/* The length of a "BB:DD.F" at @text, or 0. */
static size_t short_bdf_length(const char *text)
{
	/* Compared one after the other, so that a short string is never read past its end. */
	if (!is_hex(text, 2) || text[2] != ':' || !is_hex(text + 3, 2) || text[5] != '.' ||
	    text[6] < '0' || text[6] > '7' || isxdigit((unsigned char)text[7]))
		return 0;
	return 7;
}

/* The length of a "DDDD:BB:DD.F" or "BB:DD.F" at @text, or 0. */
static size_t bdf_length(const char *text)
{
	size_t domain = 0;

	while (domain < 8 && isxdigit((unsigned char)text[domain]))
		domain++;
	if (domain >= 4 && text[domain] == ':') {
		size_t rest = short_bdf_length(text + domain + 1);

		return rest ? domain + 1 + rest : 0;
	}
	return short_bdf_length(text);
}

static void copy_bdf(const char *text, char function[BDF_MAX])
{
	size_t length = bdf_length(text);

	if (length && length < BDF_MAX) {
		memcpy(function, text, length);
		function[length] = '\0';
	}
}

/* The first function named after @label, which ends where the name begins. */
static bool bdf_after(const char *text, const char *label, char function[BDF_MAX])
{
	const char *at = strstr(text, label);

	if (!at)
		return false;
	copy_bdf(at + strlen(label), function);
	return function[0] != '\0';
}

/* "driver 0000:0d:00.0: message", as dev_printk() begins its lines. */
static void prefix_bdf(const char *text, char function[BDF_MAX])
{
	const char *at = strchr(text, ' ');

	copy_bdf(text, function);
	if (!function[0] && at)
		copy_bdf(at + 1, function);
}

/* A requester id as the kernel prints it for the named device class: bus << 8 | devfn. */
static bool rid_after(const char *text, const char *label, int base, char function[BDF_MAX])
{
	const char *at = strstr(text, label);
	unsigned long rid;
	char *end;

	if (!at)
		return false;
	at += strlen(label);
	rid = strtoul(at, &end, base);
	if (end == at || rid > 0xffff)
		return false;
	snprintf(function, BDF_MAX, "%02lx:%02lx.%lx", rid >> 8, rid >> 3 & 0x1f, rid & 7);
	return true;
}

static void read_function(const struct log_record *record, struct klog_event *event)
{
	const char *text = record->text;

	if (event->kind == KLOG_IOMMU_FAULT || event->kind == KLOG_ATS_TIMEOUT) {
		/* These lines begin with the IOMMU's own name; the victim stands further on. */
		if (bdf_after(text, "Request device [", event->function) ||
		    bdf_after(text, "device=", event->function) ||
		    bdf_after(text, "client: ", event->function) ||
		    rid_after(text, "fault from EP ", 10, event->function))
			return;
		/* AMD prefixes a fault with the device itself when it knows it. */
		if (strstr(text, "IO_PAGE_FAULT"))
			prefix_bdf(text, event->function);
		return;
	}
	if (starts_with(record->device, "+pci:"))
		copy_bdf(record->device + strlen("+pci:"), event->function);
	if (!event->function[0])
		prefix_bdf(text, event->function);
}

/* Copies "name" out of "name+0x1f0/0x2a0". */
static void copy_symbol(const char *text, char symbol[SYMBOL_MAX])
{
	size_t length = strcspn(text, "+ ,");

	if (text[length] != '+' || length >= SYMBOL_MAX)
		return;
	memcpy(symbol, text, length);
	symbol[length] = '\0';
}

/*
 * Since 6.19: "WARNING: file:line at symbol+0x../0x.., CPU#0: comm/pid".
 * Before:     "WARNING: CPU: 0 PID: 123 at file:line symbol+0x../0x..".
 */
static void read_warning(const char *text, struct klog_event *event)
{
	/* A process may have that in its name, which ends the newer form. */
	const char *pid = starts_with(text, "WARNING: CPU: ") ? strstr(text, " PID: ") : NULL;
	const char *at = strstr(text, " at ");
	const char *cpu = strstr(text, ", CPU#");

	if (pid) {
		event->pid = (int)strtol(pid + strlen(" PID: "), NULL, 10);
		at = at ? strchr(at + strlen(" at "), ' ') : NULL;
		if (at)
			copy_symbol(at + 1, event->symbol);
		return;
	}
	if (at)
		copy_symbol(at + strlen(" at "), event->symbol);
	pid = cpu ? strrchr(cpu, '/') : NULL;
	if (pid)
		event->pid = (int)strtol(pid + 1, NULL, 10);
}

/* "INFO: task comm:pid blocked for more than ..." */
static void read_hung_task(const char *text, struct klog_event *event)
{
	const char *end = starts_with(text, "INFO: task ") ? strstr(text, " blocked") : NULL;

	while (end && end > text && *end != ':')
		end--;
	if (end && end > text && isdigit((unsigned char)end[1]))
		event->pid = (int)strtol(end + 1, NULL, 10);
}

struct klog_event klog_classify(const struct log_record *record)
{
	struct klog_event event = {.pid = KLOG_NO_PID};

	if (record->facility != 0)
		return event;
	for (size_t i = 0; i < ARRAY_SIZE(patterns) && event.kind == KLOG_OTHER; i++)
		if (strstr(record->text, patterns[i].needle) &&
		    (!patterns[i].and_needle || strstr(record->text, patterns[i].and_needle)))
			event.kind = patterns[i].kind;
	if (event.kind == KLOG_OTHER)
		return event;
	read_function(record, &event);
	if (event.kind == KLOG_OOPS)
		read_hung_task(record->text, &event);
	if (event.kind == KLOG_WARNING)
		read_warning(record->text, &event);
	if (event.kind == KLOG_PREPARE_FAILED)
		event.value = (int)strtol(strrchr(record->text, ':') + 1, NULL, 10);
	return event;
}

static bool is_end_of(const char *printed, const char *function)
{
	size_t printed_length = strlen(printed), length = strlen(function);

	return printed_length > 0 && printed_length <= length &&
	       streq(function + (length - printed_length), printed);
}

bool klog_names(const char *printed, const char *function)
{
	/* Without its domain a name stands for domain 0. */
	return is_end_of(printed, function) &&
	       (streq(printed, function) || starts_with(function, "0000:"));
}

bool klog_may_name(const char *printed, const char *function)
{
	return is_end_of(printed, function) && !klog_names(printed, function);
}
