// SPDX-License-Identifier: GPL-2.0-or-later
/* What a line of the kernel log says besides its function: process, place, number. */
#include <ctype.h>

#include "judge/klog_match.h"

/* DMA_FSTS_PPF; DMA_FSTS_IQE, _ICE and _ITE of drivers/iommu/intel/iommu.h */
#define FAULT_STATUS_PENDING 0x02
#define FAULT_STATUS_QUEUE 0x70

static void copy_symbol(const char *text, char symbol[SYMBOL_MAX])
{
	size_t length = klog_symbol_length(text);

	if (!length || length >= SYMBOL_MAX)
		return;
	memcpy(symbol, text, length);
	symbol[length] = '\0';
}

static void copy_comm(const char *from, const char *end, struct klog_event *event)
{
	if (end > from && end - from < KLOG_COMM_MAX) {
		memcpy(event->comm, from, (size_t)(end - from));
		event->comm[end - from] = '\0';
	}
}

static void copy_pid(const char *text, struct klog_event *event)
{
	if (isdigit((unsigned char)*text))
		event->pid = (int)strtol(text, NULL, 10);
}

/* Where the first "+0x1e0/0x200" of a symbol begins; NULL: there is none. */
static const char *find_offset(const char *text)
{
	const char *at = text;

	while ((at = strstr(at, "+0x"))) {
		size_t digits;

		at += strlen("+0x");
		digits = strspn(at, "0123456789abcdef");
		if (digits && starts_with(at + digits, "/0x"))
			return at - strlen("+0x");
	}
	return NULL;
}

/* The first "symbol+0x1e0/0x200" in @text. */
static void read_place(const char *text, struct klog_event *event)
{
	const char *at = find_offset(text);

	while (at && at > text && at[-1] != ' ')
		at--;
	if (at)
		copy_symbol(at, event->symbol);
}

/*
 * Since 6.19: "file:line at symbol+0x../0x.., CPU#0: comm/pid".
 * Before:     "CPU: 0 PID: 123 at file:line symbol+0x../0x..".
 * File and line may be missing; with CONFIG_DEBUG_BUGVERBOSE_DETAILED "[condition] " is before
 * them.
 */
static void read_warning(const char *text, struct klog_event *event)
{
	const char *cpu = strstr(text, ", CPU#"), *slash;

	read_place(text, event);
	if (starts_with(text, "WARNING: CPU: ")) {
		const char *pid = strstr(text, " PID: ");

		if (pid)
			copy_pid(pid + strlen(" PID: "), event);
		return;
	}
	/* A process may have blanks and slashes in its name, which stands before the last. */
	slash = cpu ? strrchr(cpu, '/') : NULL;
	cpu = slash ? strstr(cpu, ": ") : NULL;
	if (!cpu || cpu + 2 > slash)
		return;
	copy_comm(cpu + 2, slash, event);
	copy_pid(slash + 1, event);
}

/* "INFO: task comm:pid blocked for more than ...", which a name may contain. */
static void read_hung_task(const char *text, struct klog_event *event)
{
	const char *comm = text + strlen("INFO: task "), *end = NULL;

	for (const char *at = comm; (at = strstr(at, " blocked")); at++)
		end = at;
	while (end && end > comm && *end != ':')
		end--;
	if (end && *end == ':') {
		copy_comm(comm, end, event);
		copy_pid(end + 1, event);
	}
}

/* "BUG: soft lockup - CPU#1 stuck for 26s! [comm:pid]" */
static void read_lockup(const char *text, struct klog_event *event)
{
	const char *comm = strstr(text, "! ["), *end = strrchr(text, ':');

	if (starts_with(text, "BUG: soft lockup") && comm && end > comm) {
		copy_comm(comm + 3, end, event);
		copy_pid(end + 1, event);
	}
}

static int read_severity(const char *text)
{
	if (strstr(text, "Correct") || starts_with(text, "aer_cor_"))
		return KLOG_CORRECTABLE;
	if (strstr(text, "(Fatal)"))
		return KLOG_FATAL;
	if (strstr(text, "Uncorrect") || starts_with(text, "aer_uncor_"))
		return KLOG_NONFATAL;
	return KLOG_UNKNOWN_SEVERITY;
}

/* "dmar_fault: 25 callbacks suppressed": the function that has limited itself. */
static void read_suppressed(const char *text, struct klog_event *event)
{
	size_t length = strcspn(text, ": ");

	if (!length || length >= SYMBOL_MAX || text[length] != ':' || text[length + 1] != ' ' ||
	    !isdigit((unsigned char)text[length + 2])) {
		event->kind = KLOG_OTHER;
		return;
	}
	memcpy(event->symbol, text, length);
	event->symbol[length] = '\0';
	event->value = (int)strtol(text + length + 2, NULL, 10);
}

/*
 * "DRHD: handling fault status reg 2": a pending fault, whose record follows unless a rate limit
 * hides it. Errors of the invalidation queue alone have lines of their own, without a limit.
 */
static void read_fault_status(const char *text, struct klog_event *event)
{
	static const char label[] = "DRHD: handling fault status reg ";
	unsigned long status =
		starts_with(text, label) ? strtoul(text + strlen(label), NULL, 16) : 0;

	event->value = (int)(status & 0xff);
	if ((status & FAULT_STATUS_QUEUE) && !(status & FAULT_STATUS_PENDING))
		event->kind = KLOG_OTHER;
}

/* The first number in @text, 0 when there is none. */
static int first_number(const char *text)
{
	text += strcspn(text, "-0123456789");
	return (int)strtol(text, NULL, 10);
}

void klog_read_process(const struct klog_line *line, struct klog_event *event)
{
	const char *text = line->message;

	switch (event->kind) {
	case KLOG_WARNING:
		read_warning(text, event);
		break;
	case KLOG_HUNG_TASK:
		read_hung_task(text, event);
		break;
	case KLOG_OOPS:
		read_lockup(text, event);
		break;
	case KLOG_PREPARE_FAILED:
		event->value = first_number(strrchr(text, ':') + 1);
		break;
	case KLOG_RESET_VIA:
		event->value = strstr(text, " failed with ")
				       ? first_number(strstr(text, " failed with "))
				       : 0;
		break;
	case KLOG_READY:
	case KLOG_NOT_READY:
	case KLOG_GIVING_UP:
	case KLOG_LINK_INACTIVE:
	case KLOG_DROPPED:
		event->value = first_number(text);
		break;
	case KLOG_IOMMU_FAULT:
		read_fault_status(text, event);
		break;
	case KLOG_AER:
		event->value = read_severity(text);
		break;
	case KLOG_SUPPRESSED:
		read_suppressed(text, event);
		break;
	default:
		break;
	}
}
