// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/cycle.h"

#include "base/attr.h"

/* The state machine over one function's events. */
struct walk {
	struct function_trace trace;
	struct cycle *cycle;	      /* NULL: outside */
	struct cycle overflow;	      /* where cycles past CYCLES_MAX go */
	unsigned int depth;	      /* prepares that hold */
	int attach_type;	      /* domain type of the attach under way */
	unsigned int blocks;	      /* over all cycles */
	unsigned int blocks_at_reset; /* .. when the primitive was entered */
	const char *method;
};

static void open_cycle(struct walk *walk, uint64_t time_ns)
{
	unsigned int index = walk->trace.cycle_count++;

	walk->overflow = (struct cycle){0};
	walk->cycle = index < CYCLES_MAX ? &walk->trace.cycles[index] : &walk->overflow;
	walk->cycle->begin_ns = time_ns;
	walk->cycle->restore_type = -1;
}

static void on_prepare(struct walk *walk, const struct trace_event *event)
{
	if (!walk->cycle || walk->cycle->closed)
		open_cycle(walk, event->time_ns);
	walk->cycle->prepares++;
}

static void on_prepare_return(struct walk *walk, const struct trace_event *event)
{
	struct cycle *cycle = walk->cycle;

	if (!cycle)
		return;
	if (event->value == 0) {
		if (++walk->depth > cycle->depth_max)
			cycle->depth_max = walk->depth;
		return;
	}
	if (cycle->error == 0) {
		cycle->error = event->value;
		cycle->error_depth = walk->depth;
	}
	if (walk->depth == 0) {
		cycle->end_ns = event->time_ns;
		cycle->closed = true;
	}
}

static void on_done(struct walk *walk, const struct trace_event *event)
{
	if (!walk->cycle || walk->depth == 0) {
		walk->trace.stray_dones++;
		return;
	}
	walk->cycle->dones++;
	walk->cycle->end_ns = event->time_ns;
	walk->cycle->closed = --walk->depth == 0;
}

static void on_attach_return(struct walk *walk, const struct trace_event *event)
{
	struct cycle *cycle = walk->cycle;
	bool blocks = walk->attach_type == DOMAIN_BLOCKED;

	if (!cycle)
		return;
	if (event->value != 0) {
		cycle->restore_failed |= !blocks;
		return;
	}
	if (blocks) {
		walk->blocks++;
		cycle->blocks++;
		cycle->block_ns = event->time_ns;
		return;
	}
	cycle->restores++;
	cycle->restore_type = walk->attach_type;
	cycle->early_unblock |= walk->depth > 0;
}

/* Device-specific resets end in some generic one; the wrapper's own return value is no proof. */
static bool proves_reset(const char *method, const char *symbol)
{
	const struct method_info *info = method_info_find(method);

	if (streq(method, "device_specific"))
		return streq(symbol, "pcie_flr") || streq(symbol, "pci_af_flr") ||
		       streq(symbol, "pci_pm_reset") || streq(symbol, "pci_reset_bus_function");
	return info && info->primitive && streq(info->primitive, symbol);
}

static void on_reset(struct walk *walk, const struct trace_event *event)
{
	if (event->probe || !proves_reset(walk->method, event->symbol))
		return;
	walk->trace.reset_seen = true;
	if (event->kind != TRACE_RESET_RETURN) {
		walk->blocks_at_reset = walk->blocks;
		return;
	}
	if (event->value != 0) {
		if (walk->trace.reset_error == 0)
			walk->trace.reset_error = event->value;
		return;
	}
	walk->trace.reset_ok = true;
	/*
	 * The primitives of single resets prepare, reset and undo all within themselves, so by
	 * their return the block is over: then it must have begun since their entry.
	 */
	if (walk->cycle &&
	    (walk->cycle->blocks > walk->cycle->restores || walk->blocks > walk->blocks_at_reset))
		walk->cycle->reset_blocked = true;
}

static void step_event(struct walk *walk, const struct trace_event *event)
{
	switch (event->kind) {
	case TRACE_PREPARE:
		on_prepare(walk, event);
		break;
	case TRACE_PREPARE_RETURN:
		on_prepare_return(walk, event);
		break;
	case TRACE_DONE:
		on_done(walk, event);
		break;
	case TRACE_ATTACH:
		walk->attach_type = event->value;
		break;
	case TRACE_ATTACH_RETURN:
		on_attach_return(walk, event);
		break;
	case TRACE_RESET:
	case TRACE_RESET_RETURN:
		on_reset(walk, event);
		break;
	case TRACE_ATTACHED:
		walk->trace.attaches++;
		break;
	case TRACE_MARK_BEGIN:
	case TRACE_MARK_END:
		break;
	}
}

struct function_trace function_trace_read(const struct step_evidence *step, const char *function,
					  const char *method)
{
	struct walk walk = {.method = method};

	for (size_t i = 0; i < step->trace_count; i++)
		if (streq(step->trace[i].function, function))
			step_event(&walk, &step->trace[i]);
	return walk.trace;
}

bool cycles_overlap(const struct function_trace *a, const struct function_trace *b)
{
	unsigned int count_a = a->cycle_count < CYCLES_MAX ? a->cycle_count : CYCLES_MAX;
	unsigned int count_b = b->cycle_count < CYCLES_MAX ? b->cycle_count : CYCLES_MAX;

	for (unsigned int i = 0; i < count_a; i++)
		for (unsigned int j = 0; j < count_b; j++) {
			const struct cycle *x = &a->cycles[i], *y = &b->cycles[j];

			if (x->blocks && y->blocks && x->block_ns < y->end_ns &&
			    y->block_ns < x->end_ns)
				return true;
		}
	return false;
}
