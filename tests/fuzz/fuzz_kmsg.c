// SPDX-License-Identifier: GPL-2.0-or-later
/* Records of /dev/kmsg, parted by empty lines, and the events that they make together. */
#include "fuzz.h"
#include "judge/klog.h"
#include "observe/kmsg_record.h"

#define RECORDS_MAX 64

static void check(const struct log_record *records, const struct klog_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		MUST(events[i].kind < KLOG_KIND_COUNT);
		MUST(events[i].head < count);
		MUST(strnlen(events[i].function, BDF_MAX) < BDF_MAX);
		MUST(strnlen(events[i].symbol, SYMBOL_MAX) < SYMBOL_MAX);
		/* Anybody may write the others. */
		if (records[i].facility != KMSG_FACILITY_KERNEL)
			MUST(events[i].kind == KLOG_OTHER);
		if (klog_classify(&records[i]).kind != KLOG_OTHER)
			MUST(klog_is_interesting(&records[i]));
		(void)klog_names(events[i].function, "0000:01:00.0");
		(void)klog_may_name(events[i].function, "0001:01:00.0");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct log_record records[RECORDS_MAX];
	struct klog_event events[RECORDS_MAX];
	char *buffers[RECORDS_MAX];
	size_t count = 0;

	while (size > 0 && count < RECORDS_MAX) {
		const uint8_t *end = memmem(data, size, "\n\n", 2);
		size_t length = end ? (size_t)(end - data) : size;
		char *buffer = fuzz_text(data, length);

		if (kmsg_record_parse(buffer, length, &records[count]) == 0)
			buffers[count++] = buffer;
		else
			free(buffer);
		length += end ? 2 : 0;
		data += length;
		size -= length;
	}
	klog_read(records, count, events);
	check(records, events, count);
	for (size_t i = 0; i < count; i++)
		free(buffers[i]);
	return 0;
}
