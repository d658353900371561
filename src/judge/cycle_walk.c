// SPDX-License-Identifier: GPL-2.0-or-later
#include "judge/cycle_walk.h"

#include "base/attr.h"
#include "model/blocking.h"

static void enter_call(struct cycle_walk *walk, const struct trace_event *event)
{
	if (walk->call_count == CALLS_MAX) {
		walk->trace.torn = true;
		return;
	}
	walk->calls[walk->call_count++] = (struct call){
		.entry = event,
		.depth = walk->depth,
		.blocks = walk->blocks,
		.blocking = event->kind == TRACE_ATTACH &&
			    attach_blocks(walk->step, (size_t)(event - walk->step->trace)),
	};
}

/*
 * Takes out the call that @event returns from: the last one its process has entered. Anything else
 * means that an event between them is missing, and false is returned.
 */
static bool leave_call(struct cycle_walk *walk, const struct trace_event *event, struct call *call)
{
	unsigned int at = walk->call_count;

	while (at > 0 && walk->calls[at - 1].entry->pid != event->pid)
		at--;
	if (at == 0 || walk->calls[at - 1].entry->kind + 1 != event->kind ||
	    !streq(walk->calls[at - 1].entry->symbol, event->symbol)) {
		walk->trace.torn = true;
		return false;
	}
	*call = walk->calls[at - 1];
	walk->call_count--;
	memmove(&walk->calls[at - 1], &walk->calls[at],
		(walk->call_count - (at - 1)) * sizeof(*call));
	return true;
}

static bool within_prepare(const struct cycle_walk *walk)
{
	for (unsigned int i = 0; i < walk->call_count; i++)
		if (walk->calls[i].entry->kind == TRACE_PREPARE)
			return true;
	return false;
}

static bool is_writer(const struct cycle_walk *walk, int pid)
{
	if (walk->subject->pid == pid)
		return true;
	if (walk->write)
		return walk->write->pid == pid;
	for (size_t i = 0; i < walk->step->write_count; i++)
		if (walk->step->writes[i].pid == pid &&
		    streq(walk->step->writes[i].function, walk->subject->function))
			return true;
	return false;
}

/* In a PID namespace the tool knows its workers by other numbers than the kernel. */
static bool pids_are_known(struct cycle_walk *walk)
{
	for (size_t i = 0; i < walk->step->trace_count && !walk->pids_known; i++)
		walk->pids_known = walk->step->trace[i].pid == walk->subject->pid &&
				   streq(walk->step->trace[i].function, walk->subject->function);
	return walk->pids_known;
}

/* Whether the event is of a process that is known to be none of the step's. */
static bool is_others(struct cycle_walk *walk, const struct trace_event *event)
{
	return walk->subject && walk->subject->started && !is_writer(walk, event->pid) &&
	       pids_are_known(walk);
}

static void open_cycle(struct cycle_walk *walk, const struct trace_event *event)
{
	unsigned int index = walk->trace.cycle_count++;

	walk->overflow = (struct cycle){0};
	walk->cycle = index < CYCLES_MAX ? &walk->trace.cycles[index] : &walk->overflow;
	walk->cycle->begin_ns = event->time_ns;
	walk->cycle->pid = event->pid;
	walk->cycle->others = is_others(walk, event);
	walk->cycle->restore_type = -1;
}

static void on_prepare(struct cycle_walk *walk, const struct trace_event *event)
{
	/* It never calls itself: a return is missing, or this is another task's. */
	walk->trace.torn |= within_prepare(walk);
	if (!walk->cycle || walk->cycle->closed)
		open_cycle(walk, event);
	walk->cycle->prepares++;
}

static void on_prepare_return(struct cycle_walk *walk, const struct trace_event *event)
{
	struct cycle *cycle = walk->cycle;

	if (!cycle)
		return;
	walk->trace.torn |= cycle->closed;
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

static void on_done(struct cycle_walk *walk, const struct trace_event *event)
{
	if (!walk->cycle || walk->depth == 0) {
		/* Its prepare may have come before the trace did. */
		if (is_others(walk, event))
			walk->trace.outside = true;
		else
			walk->trace.stray_dones++;
		return;
	}
	/* A reset is one call from its prepare to its done. */
	walk->trace.torn |= event->pid != walk->cycle->pid;
	walk->cycle->dones++;
	walk->cycle->end_ns = event->time_ns;
	walk->cycle->closed = --walk->depth == 0;
}

/* Only prepare blocks: an attach that stands elsewhere has lost what stood around it. */
static void on_attach(struct cycle_walk *walk, const struct trace_event *event)
{
	if (event->value != DOMAIN_BLOCKED || within_prepare(walk))
		return;
	walk->trace.torn |= walk->cycle != NULL;
	walk->trace.stray_block |= walk->cycle == NULL;
}

static void on_attach_return(struct cycle_walk *walk, const struct trace_event *event,
			     const struct call *call)
{
	struct cycle *cycle = walk->cycle;
	bool blocks = call->blocking;

	if (!cycle)
		return;
	/* What others attach before it is blocked, or once the cycle is over, is no part of it. */
	if ((cycle->closed || cycle->blocks == 0) && !blocks && event->pid != cycle->pid)
		return;
	if (event->value != 0) {
		cycle->block_failed |= blocks;
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
	cycle->restore_type = call->entry->value;
	cycle->early_unblock |= call->depth > 0;
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

/*
 * Whether the function was blocked while the call ran. A reset inside a cycle must be over before
 * the cycle is. The primitives of single resets prepare, reset and undo all within themselves, so
 * by their return the block is over: then it must have begun since their entry.
 */
static bool ran_blocked(const struct cycle_walk *walk, const struct call *call)
{
	if (!walk->cycle)
		return false;
	if (call->depth > 0)
		return walk->depth > 0 && walk->cycle->blocks > walk->cycle->restores;
	return walk->blocks > call->blocks;
}

static void on_reset_return(struct cycle_walk *walk, const struct trace_event *event,
			    const struct call *call)
{
	if (call->entry->probe || event->probe || !proves_reset(walk->method, event->symbol))
		return;
	if (event->value != 0) {
		if (walk->trace.reset_error == 0)
			walk->trace.reset_error = event->value;
		return;
	}
	walk->trace.reset_ok = true;
	if (ran_blocked(walk, call))
		walk->cycle->reset_blocked = true;
}

static void on_return(struct cycle_walk *walk, const struct trace_event *event)
{
	struct call call;

	if (!leave_call(walk, event, &call))
		return;
	if (event->kind == TRACE_PREPARE_RETURN)
		on_prepare_return(walk, event);
	else if (event->kind == TRACE_ATTACH_RETURN)
		on_attach_return(walk, event, &call);
	else
		on_reset_return(walk, event, &call);
}

void cycle_walk_event(struct cycle_walk *walk, const struct trace_event *event)
{
	switch (event->kind) {
	case TRACE_PREPARE:
		on_prepare(walk, event);
		enter_call(walk, event);
		break;
	case TRACE_ATTACH:
		on_attach(walk, event);
		enter_call(walk, event);
		break;
	case TRACE_RESET:
		enter_call(walk, event);
		break;
	case TRACE_PREPARE_RETURN:
	case TRACE_ATTACH_RETURN:
	case TRACE_RESET_RETURN:
		on_return(walk, event);
		break;
	case TRACE_DONE:
		on_done(walk, event);
		break;
	case TRACE_ATTACHED:
	case TRACE_PASID_BLOCK:
	case TRACE_PASID_RESTORE:
	case TRACE_MARK_BEGIN:
	case TRACE_MARK_END:
		break;
	}
}

struct function_trace cycle_walk_end(struct cycle_walk *walk)
{
	walk->trace.torn |= walk->call_count > 0;
	/* Its done may come after the trace. */
	walk->trace.outside |= walk->cycle && walk->cycle->others && !walk->cycle->closed;
	return walk->trace;
}
