// SPDX-License-Identifier: GPL-2.0-or-later
/* Events as the ring buffers hand them out: sorted, paired, and read as cycles. */
#include "fuzz.h"
#include "judge/cycle.h"
#include "observe/trace_pair.h"

#define FUNCTION "0000:01:00.0"

static const char *const symbols[] = {
	"pci_dev_reset_iommu_prepare", "pci_dev_reset_iommu_done",
	"__iommu_attach_device",       "pcie_flr",
	"cxl_reset_bus_function",      "pci_reset_bus_function",
};

/* Six bytes an event. */
static struct raw_event make(const uint8_t *data, size_t index)
{
	struct raw_event raw = {
		.event = {.time_ns = (uint64_t)data[0] << 8 | data[1],
			  .cpu = data[2] & 3,
			  .pid = data[2] >> 2 & 3,
			  .kind = (enum trace_kind)(data[3] % (TRACE_ATTACHED + 1)),
			  .value = (int8_t)data[4],
			  .probe = data[5] & 1},
		.foreign = data[5] & 2,
		.index = index,
	};

	raw.enters = raw.event.kind == TRACE_PREPARE || raw.event.kind == TRACE_ATTACH ||
		     raw.event.kind == TRACE_RESET;
	raw.returns = raw.event.kind == TRACE_PREPARE_RETURN ||
		      raw.event.kind == TRACE_ATTACH_RETURN || raw.event.kind == TRACE_RESET_RETURN;
	strcpy(raw.event.symbol, symbols[(data[5] >> 2) % ARRAY_SIZE(symbols)]);
	if (!raw.returns)
		strcpy(raw.event.function, data[5] & 0x80 ? "0000:02:00.0" : FUNCTION);
	return raw;
}

static void check_cycles(const struct raw_events *raw)
{
	struct step_evidence step = {.number = 1};
	struct function_trace trace;

	for (size_t i = 0; i < raw->count; i++) {
		struct trace_event *event = step_add_trace(&step);

		MUST(event);
		*event = raw->items[i].event;
		MUST(i == 0 || event->time_ns >= event[-1].time_ns);
	}
	trace = function_trace_read(&step, FUNCTION, "flr");
	for (unsigned int i = 0; i < trace.cycle_count && i < CYCLES_MAX; i++) {
		const struct cycle *cycle = &trace.cycles[i];

		MUST(trace.torn ||
		     (cycle->depth_max <= cycle->prepares && cycle->dones <= cycle->prepares));
		MUST(!cycle->reset_blocked || cycle->blocks > 0);
	}
	(void)cycles_overlap(&trace, &trace);
	step_clear(&step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct raw_events raw = {.count = size / 6};
	uint64_t lost = 0;

	raw.items = calloc(raw.count + 1, sizeof(*raw.items));
	MUST(raw.items);
	for (size_t i = 0; i < raw.count; i++)
		raw.items[i] = make(data + 6 * i, i);
	raw_events_sort(&raw);
	raw_events_keep_step(&raw, 1);
	MUST(raw_events_pair(&raw, &lost) == 0);
	MUST(lost <= raw.count);
	check_cycles(&raw);
	free(raw.items);
	return 0;
}
