// SPDX-License-Identifier: GPL-2.0-or-later
/* Whom a line of the kernel log is about. */
#include <ctype.h>
#include <errno.h>

#include "judge/klog_match.h"

#define RID_MAX 0xffff
#define QUEUE_TYPE_MASK 0xf
#define QUEUE_DEVICE_TLB 3	 /* source id in bits 47:32 */
#define QUEUE_PASID_DEVICE_TLB 8 /* .. in bits 31:16 */

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

static bool copy_bdf(const char *text, struct klog_event *event)
{
	size_t length = bdf_length(text);

	if (!length || length >= BDF_MAX)
		return false;
	memcpy(event->function, text, length);
	event->function[length] = '\0';
	event->guessed = false;
	return true;
}

/* The name of the function with this requester id, which says nothing of its domain. */
static void name_rid(uint64_t rid, bool guessed, struct klog_event *event)
{
	if (rid > RID_MAX)
		return;
	snprintf(event->function, BDF_MAX, "%02x:%02x.%x", (unsigned int)(rid >> 8),
		 (unsigned int)(rid >> 3 & 0x1f), (unsigned int)(rid & 7));
	event->guessed = guessed;
}

/* What follows @label, NULL when it is not there. */
static const char *behind(const char *text, const char *label)
{
	const char *at = strstr(text, label);

	return at ? at + strlen(label) : NULL;
}

static bool number_behind(const char *text, const char *label, int base, uint64_t *value)
{
	const char *at = behind(text, label);
	char *end;

	if (!at || !isxdigit((unsigned char)*at))
		return false;
	errno = 0;
	*value = strtoull(at, &end, base);
	return end > at && errno == 0;
}

static void guess(const char *text, const char *label, int base, struct klog_event *event)
{
	uint64_t rid;

	if (number_behind(text, label, base, &rid))
		name_rid(rid, true, event);
}

static bool bdf_behind(const char *text, const char *label, struct klog_event *event)
{
	const char *at = behind(text, label);

	return at && copy_bdf(at, event);
}

static void read_prefix(const struct log_record *record, const struct klog_line *line,
			struct klog_event *event)
{
	const char *end = line->text + line->prefix_length, *at = end;

	if (starts_with(record->device, "+pci:") &&
	    copy_bdf(record->device + strlen("+pci:"), event))
		return;
	while (at > line->text && at[-1] != ' ')
		at--;
	if (line->prefix_length && bdf_length(at) == (size_t)(end - at))
		copy_bdf(at, event);
}

/* "[0d:00.0]", "[0000:0d:00.0]", and in old logs "[0x0d:0x00.0]" */
static void read_request(const char *text, struct klog_event *event)
{
	const char *at = behind(text, "Request device [");
	unsigned int bus, slot, number;

	if (!at || copy_bdf(at, event))
		return;
	if (sscanf(at, "0x%2x:0x%2x.%1u]", &bus, &slot, &number) == 3 && slot < 32 && number < 8)
		name_rid(bus << 8 | slot << 3 | number, false, event);
}

/* The device whose translations an entry of the invalidation queue is to drop. */
static void read_queue(const char *text, struct klog_event *event)
{
	uint64_t word;

	if (!number_behind(text, "qw0 = 0x", 16, &word))
		return;
	if ((word & QUEUE_TYPE_MASK) == QUEUE_DEVICE_TLB)
		name_rid(word >> 32 & RID_MAX, false, event);
	else if ((word & QUEUE_TYPE_MASK) == QUEUE_PASID_DEVICE_TLB)
		name_rid(word >> 16 & RID_MAX, false, event);
}

/* "client: 0000:0d:00.0", of a platform device "client: 2b600000.dma", or "(unassigned sid)" */
static void read_client(const char *text, struct klog_event *event)
{
	const char *at = behind(text, " client: ");
	size_t length = at ? strcspn(at, " ") : 0;

	if (!length || *at == '(' || copy_bdf(at, event))
		return;
	if (length >= BDF_MAX)
		length = BDF_MAX - 1;
	memcpy(event->function, at, length);
	event->function[length] = '\0';
}

static void read_cbfrsynra(const char *text, struct klog_event *event)
{
	uint64_t word;

	if (number_behind(text, "cbfrsynra=0x", 16, &word))
		name_rid(word & RID_MAX, true, event);
}

static void read_word(const char *text, struct klog_event *event)
{
	uint64_t word;

	if (number_behind(text, "\t0x", 16, &word))
		name_rid(word >> 32, true, event);
}

void klog_read_function(const struct log_record *record, const struct klog_line *line,
			struct klog_event *event)
{
	const char *text = line->message;

	switch (line->row->where) {
	case WHERE_NOWHERE:
		break;
	case WHERE_PREFIX:
		read_prefix(record, line, event);
		break;
	case WHERE_REQUEST:
		read_request(text, event);
		break;
	case WHERE_DEVICE:
		if (!bdf_behind(text, "device=", event))
			read_prefix(record, line, event);
		break;
	case WHERE_INSIDE:
		bdf_behind(text, "device=", event);
		break;
	case WHERE_CLIENT:
		read_client(text, event);
		break;
	case WHERE_SOURCE:
		if (!bdf_behind(text, " received from ", event) &&
		    !bdf_behind(text, " first one from ", event))
			read_prefix(record, line, event);
		break;
	case WHERE_DEVICE_ID:
		bdf_behind(text, " device_id: ", event);
		break;
	case WHERE_QUEUE_HEAD:
	case WHERE_QUEUE_PRIOR:
		read_queue(text, event);
		break;
	case WHERE_ENDPOINT:
		guess(text, " EP ", 10, event);
		break;
	case WHERE_DEVID:
		guess(text, " devid: 0x", 16, event);
		break;
	case WHERE_CBFRSYNRA:
		read_cbfrsynra(text, event);
		break;
	case WHERE_SID:
		guess(text, "SID=0x", 16, event);
		break;
	case WHERE_STREAM:
		guess(text, " Stream ID 0x", 16, event);
		break;
	case WHERE_REQUESTED_BY:
		guess(text, "\tsid 0x", 16, event);
		break;
	case WHERE_WORD:
		read_word(text, event);
		break;
	}
}
