// SPDX-License-Identifier: GPL-2.0-or-later
#include "mutations.h"

#include <linux/pci_regs.h>
#include <string.h>

#include "base/attr.h"

#define PASSED GOLDEN_PASS
#define WORKED (GOLDEN_PASS | GOLDEN_UNAFFECTED)
#define ANY (WORKED | GOLDEN_BUG | GOLDEN_BROKEN | GOLDEN_NOTHING)

/* The primitives that prove a reset; neither wrappers nor a bridge's own reset. */
#define PRIMITIVE "symbol=pci[_e][_apr]*"
#define ANY_EVENT                                                                                  \
	"prepare *|prepare-return *|done *|attach *|attach-return *|reset * " PRIMITIVE            \
	"|reset-return * " PRIMITIVE
#define BLOCK "trace * kind=attach * value=0 *"
#define RESTORE "trace * kind=attach * value=[1-9]*"
/* Of probing nothing is wanted but that prepare and done are balanced. */
#define RESET "trace * kind=reset * " PRIMITIVE " probe=no*"
#define RESET_RETURN "trace * kind=reset-return * " PRIMITIVE " probe=no*"
#define STEP "step * skip_reason=\"\" *"
#define SUBJECT "subject * started=yes *"
/* Of an attach-race: the write while the function is blocked, and the one after the reset. */
#define WITHIN "write kind=attach *"
#define AFTER "write kind=attach-after *"
#define OWN_RESTORE "trace * kind=attach function=* value=11 *"
#define NEW_DOMAIN "trace * kind=attach function=* value=3 *"
#define KERNEL_LINE "log " SUBJECT " => facility=0 level=4 device=\"\" text="
#define FORGED_LINE "log " SUBJECT " => facility=1 level=4 device=\"\" text="

/* Three records that mean nothing, between two markers. */
#define SOME_RECORDS                                                                               \
	"put log-state * => begin_sequence=700", "put log-state * => end_sequence=701",            \
		KERNEL_LINE "\"one\"", KERNEL_LINE "\"two\"", KERNEL_LINE "\"three\""

static bool flip_config(struct subject *subject, unsigned int offset, uint8_t bits)
{
	if (!subject->before || !subject->after || subject->after->length_bytes <= offset)
		return false;
	subject->after->bytes[offset] ^= bits;
	return true;
}

static bool config_all_ones(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	if (!subject->after)
		return false;
	memset(subject->after->bytes, 0xff, sizeof(subject->after->bytes));
	return true;
}

static bool config_unreadable(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	if (!subject->before || !subject->after)
		return false;
	subject->after->readable = false;
	return true;
}

static bool config_cut(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	if (!subject->before || !subject->after || subject->before->length_bytes <= 256)
		return false;
	subject->after->length_bytes = 64;
	return true;
}

static bool config_bar(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	return flip_config(subject, PCI_BASE_ADDRESS_1 + 3, 0x40);
}

/* A driver that is bound sets these bits as it likes; vfio-pci does when it opens the device. */
static bool config_master(struct step_evidence *step, struct subject *subject)
{
	return step->scenario != SCENARIO_VFIO && !(subject->driver[0] && !subject->unbound) &&
	       flip_config(subject, PCI_COMMAND, PCI_COMMAND_MASTER);
}

static bool config_memory(struct step_evidence *step, struct subject *subject)
{
	return step->scenario != SCENARIO_VFIO && !(subject->driver[0] && !subject->unbound) &&
	       flip_config(subject, PCI_COMMAND, PCI_COMMAND_MEMORY);
}

/* The worker's events of the step once more. */
static bool repeat_events(struct step_evidence *step, const struct subject *subject,
			  uint64_t later_ns)
{
	size_t count = step->trace_count;
	struct trace_event end;

	if (count < 3 || step->trace[count - 1].kind != TRACE_MARK_END)
		return false;
	end = step->trace[count - 1];
	end.time_ns += later_ns;
	step->trace_count--;
	for (size_t i = 1; i < count - 1; i++) {
		struct trace_event event = step->trace[i];
		struct trace_event *copy;

		if (!streq(event.function, subject->function))
			continue;
		copy = step_add_trace(step);
		if (!copy)
			return false;
		*copy = event;
		copy->time_ns += later_ns;
	}
	if (step->trace_count == count - 1)
		return false;
	*step_add_trace(step) = end;
	return true;
}

static bool cycle_again_later(struct step_evidence *step, struct subject *subject)
{
	return repeat_events(step, subject, 1000000000);
}

static bool cycle_again_at_once(struct step_evidence *step, struct subject *subject)
{
	return repeat_events(step, subject, 0);
}

static bool drop_event(struct step_evidence *step, size_t at)
{
	step->trace_count--;
	memmove(&step->trace[at], &step->trace[at + 1],
		(step->trace_count - at) * sizeof(*step->trace));
	return true;
}

/* The function's next event of that kind from index @from on; trace_count when there is none. */
static size_t find_event(const struct step_evidence *step, const struct subject *subject,
			 enum trace_kind kind, size_t from)
{
	while (from < step->trace_count && (step->trace[from].kind != kind ||
					    !streq(step->trace[from].function, subject->function)))
		from++;
	return from;
}

/* The function's first prepare that begins before the done of another one. */
static size_t find_inner_prepare(const struct step_evidence *step, const struct subject *subject)
{
	size_t outer = find_event(step, subject, TRACE_PREPARE, 0);

	while (outer < step->trace_count) {
		size_t next = find_event(step, subject, TRACE_PREPARE, outer + 1);

		if (next < find_event(step, subject, TRACE_DONE, outer))
			return next;
		outer = next;
	}
	return outer;
}

/* Dones of a cycle count from 0, the innermost. */
static bool lose_prepare(struct step_evidence *step, const struct subject *subject, size_t done)
{
	size_t inner = find_inner_prepare(step, subject), at = inner;

	if (inner == step->trace_count)
		return false;
	for (size_t i = 0; i <= done; i++)
		at = find_event(step, subject, TRACE_DONE, at + 1);
	return at < step->trace_count && drop_event(step, at) &&
	       drop_event(step, find_event(step, subject, TRACE_PREPARE_RETURN, inner)) &&
	       drop_event(step, inner);
}

static bool lose_inner_prepare(struct step_evidence *step, struct subject *subject)
{
	return lose_prepare(step, subject, 0);
}

/* What one function lacks another one has too much of. */
static bool give_inner_prepare_away(struct step_evidence *step, struct subject *subject)
{
	size_t prepare = find_inner_prepare(step, subject);
	size_t returned = find_event(step, subject, TRACE_PREPARE_RETURN, prepare);
	size_t done = find_event(step, subject, TRACE_DONE, returned);
	size_t next = (size_t)(subject - step->subjects + 1) % step->subject_count;

	if (done == step->trace_count || step->subject_count < 2)
		return false;
	for (size_t at = prepare; at <= done; at++)
		if (at == prepare || at == returned || at == done)
			memcpy(step->trace[at].function, step->subjects[next].function, BDF_MAX);
	return true;
}

static bool lose_inner_prepare_and_outer_done(struct step_evidence *step, struct subject *subject)
{
	return lose_prepare(step, subject, 1);
}

static bool lose_inner_prepares(struct step_evidence *step, struct subject *subject)
{
	bool lost = lose_prepare(step, subject, 0);

	while (lost && lose_prepare(step, subject, 0))
		;
	return lost;
}

/* Of one whose methods are probed the writes stand apart. */
static bool is_reset(const struct subject *subject)
{
	return subject->started && subject->role == SUBJECT_RESET;
}

static bool write_ends_early(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	subject->end_ns = subject->begin_ns + (subject->end_ns - subject->begin_ns) / 2;
	return is_reset(subject);
}

static bool write_begins_late(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	subject->begin_ns += (subject->end_ns - subject->begin_ns) * 9 / 10;
	return is_reset(subject);
}

static bool write_takes_no_time(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	subject->end_ns = subject->begin_ns;
	return is_reset(subject);
}

/* Nothing but the write itself says that it worked. */
static bool nothing_shows_the_reset(struct step_evidence *step, struct subject *subject)
{
	(void)step;
	subject->end_ns = subject->begin_ns + 1000;
	step->trace_count = 0;
	return is_reset(subject);
}

/* clang-format off */
const struct mutation mutations[] = {
	/* One event of the trace. */
	{"the entry of a prepare is lost", PASSED, {"drop #$N trace * kind=prepare *"},
	 .wanted = "trace-incomplete"},
	{"the return of a prepare is lost", PASSED, {"drop #$N trace * kind=prepare-return *"},
	 .wanted = "trace-incomplete"},
	{"a prepare is lost", PASSED, {"drop-call #$N trace * kind=prepare *"},
	 .wanted = "trace-incomplete unbalanced-prepare-done"},
	{"a done is lost", PASSED, {"drop #$N trace * kind=done *"},
	 .wanted = "unbalanced-prepare-done gate-closed"},
	{"an inner prepare and its done are lost", PASSED, .change = lose_inner_prepare,
	 .wanted = "not-nested"},
	{"an inner prepare and the outer done are lost", PASSED,
	 .change = lose_inner_prepare_and_outer_done,
	 .wanted = "not-nested reset-not-proven trace-incomplete"},
	{"an inner prepare and its done are of the next function", PASSED,
	 .change = give_inner_prepare_away, .wanted = "not-nested trace-incomplete"},
	{"all inner prepares and their dones are lost", PASSED, .change = lose_inner_prepares,
	 .wanted = "not-nested"},
	{"a block is lost", PASSED, {"drop-call #$N " BLOCK}, .wanted = "gate-closed"},
	/* The one after the reset of an attach-race is no restore. */
	{"a restore is lost", PASSED, {"drop-call #$N " RESTORE},
	 .wanted = "domain-not-restored attach-not-tried"},
	{"the entry of an attach is lost", PASSED, {"drop #$N trace * kind=attach *"},
	 .wanted = "trace-incomplete"},
	{"the return of an attach is lost", PASSED, {"drop #$N trace * kind=attach-return *"},
	 .wanted = "trace-incomplete"},
	{"the whole cycle is lost", PASSED,
	 {"drop trace * kind=prepare*", "drop trace * kind=done *", "drop trace * kind=attach*"},
	 .wanted = "gate-closed"},
	{"the reset is lost", PASSED, {"drop-call #$N " RESET}, .wanted = "reset-not-proven"},
	{"the entry of the reset is lost", PASSED, {"drop #$N " RESET},
	 .wanted = "trace-incomplete"},
	{"the return of the reset is lost", PASSED, {"drop #$N " RESET_RETURN},
	 .wanted = "trace-incomplete"},
	{"an event stands twice", PASSED, {"twice #$N trace * kind=$V"}, .values = ANY_EVENT},
	{"an event is of another function", PASSED,
	 {"set #$N trace * kind=$V => function=0000:fe:1f.7"}, .values = ANY_EVENT},
	{"an event is of another process", PASSED,
	 {"set #$N trace * kind=$V => pid=31999"}, .values = ANY_EVENT,
	 .wanted = "trace-incomplete"},
	{"another process's reset ends in the step", PASSED,
	 {"add trace * kind=mark-begin * => trace time_ns=1 cpu=0 pid=31999 kind=done "
	  "function=$function symbol=pci_dev_reset_iommu_done value=0 probe=no"},
	 .wanted = "trace-incomplete"},
	{"another process's reset begins in the step", PASSED,
	 {"add trace * kind=mark-begin * => trace time_ns=1 cpu=0 pid=31999 kind=prepare-return "
	  "function=$function symbol=pci_dev_reset_iommu_prepare value=0 probe=no",
	  "add trace * kind=mark-begin * => trace time_ns=1 cpu=0 pid=31999 kind=prepare "
	  "function=$function symbol=pci_dev_reset_iommu_prepare value=0 probe=no",
	  "move trace * pid=31999 * => trace * kind=mark-end *"},
	 .wanted = "trace-incomplete"},
	{"another process resets another function", PASSED,
	 {"add trace * kind=mark-begin * => trace time_ns=1 cpu=0 pid=31999 kind=$V "
	  "function=0000:fe:1f.7 symbol=pci_dev_reset_iommu_$V value=0 probe=no"},
	 .values = "prepare|done", .wanted = "same"},
	{"an event is earlier than it stands", PASSED,
	 {"set #$N trace * kind=$V => time_ns=1"}, .values = ANY_EVENT, .raw = true,
	 .wanted = "trace-incomplete"},
	{"an event comes after the end mark", PASSED,
	 {"delay #$N trace * kind=$V => trace * kind=mark-end *"}, .values = ANY_EVENT},
	{"an event comes before the begin mark", PASSED,
	 {"hasten #$N trace * kind=$V => trace * kind=mark-begin *"}, .values = ANY_EVENT,
	 .wanted = "trace-incomplete"},

	/* Their order. */
	{"a restore begins before a done", PASSED,
	 {"swap #$N trace * kind=done * => trace * kind=attach function=$own * value=[1-9]*"},
	 .wanted = "early-unblock trace-incomplete"},
	{"a restore is over before the outer done", PASSED,
	 {"hasten-call #$N " RESTORE " => trace * kind=done function=$own *"},
	 .wanted = "early-unblock"},
	{"a prepare begins before the outer one returned", PASSED,
	 {"swap #$N trace * kind=prepare-return * => trace * kind=prepare function=$own *"},
	 .scenario = "nested", .wanted = "trace-incomplete"},
	{"a block comes after its prepare returned", PASSED,
	 {"swap #$N " BLOCK " => trace * kind=prepare-return function=$own *"},
	 .wanted = "trace-incomplete"},
	{"a block comes before its prepare", PASSED,
	 {"hasten-call #$N " BLOCK " => trace * kind=prepare function=$own *"},
	 .wanted = "gate-closed trace-incomplete"},
	{"the reset is over before the block", PASSED,
	 {"move #$N " RESET_RETURN " => trace * kind=prepare *"},
	 .wanted = "reset-not-proven trace-incomplete"},
	{"the reset begins after the restore", PASSED,
	 {"move trace * kind=reset* " PRIMITIVE " => trace * kind=mark-end *"},
	 .wanted = "reset-not-proven trace-incomplete"},
	{"the restore comes before the reset is over", PASSED,
	 {"delay #$N " RESET_RETURN " => trace * kind=attach-return function=$own *"},
	 .scenario = "nested", .wanted = "reset-not-proven"},
	{"the cycle stands twice, at once", PASSED, .change = cycle_again_at_once,
	 .wanted = "trace-incomplete"},
	{"the cycle stands twice, a second later", PASSED, .change = cycle_again_later,
	 .wanted = "trace-incomplete"},

	/* What went through a function under its driver. */
	{"nothing was read or sent before", PASSED,
	 {"set traffic * => reads_before=0", "put traffic * => sent_before=0"},
	 .wanted = "no-traffic"},
	{"nothing was read or sent after", PASSED,
	 {"set traffic * => reads_after=0", "put traffic * => sent_after=0"},
	 .wanted = "no-traffic"},
	{"the traffic did not go on", PASSED, {"set traffic * => ended=no"}, .wanted = "io-hung"},
	{"the interface stays up", PASSED, {"put traffic * => lower_error=110",
	 "put traffic * => still_up=yes"}, .wanted = "interface-not-lowered"},
	{"the interface is not as it was", PASSED, {"put traffic * => lower_error=$V"},
	 .values = "1|5|11", .wanted = "left-changed"},
	{"a function came into use", PASSED, {"put subject * => kept_for=somebody"},
	 .wanted = "left-changed"},
	{"evidence could not be had", PASSED, {"put step * => incomplete=something"},
	 .wanted = "evidence-incomplete"},
	{"the traffic is not told of", PASSED, {"drop traffic *"}, .wanted = "no-traffic"},

	/* What the events say. */
	{"a block attaches another type of domain", PASSED, {"set #$N " BLOCK " => value=$V"},
	 .values = "1|3|4|11|99|-1", .wanted = "gate-closed"},
	{"a restore attaches another type of domain", PASSED, {"set #$N " RESTORE " => value=$V"},
	 .values = "0|1|2|5|99|-1"},
	{"an attach fails", PASSED, {"set #$N trace * kind=attach-return * => value=$V"},
	 .values = "-12|-16|-19", .wanted = "gate-closed domain-not-restored attach-not-tried"},
	{"a prepare is refused with EBUSY", PASSED,
	 {"set #$N trace * kind=prepare-return * => value=-16"},
	 .wanted = "prepare-failed reset-silently-skipped probe-refused-busy"},
	{"a prepare fails", PASSED, {"set #$N trace * kind=prepare-return * => value=$V"},
	 .values = "-19|-12|-110", .wanted = "prepare-failed"},
	{"the reset fails inside", PASSED, {"set #$N " RESET_RETURN " => value=$V"},
	 .values = "-25|-5|-110", .wanted = "inner-reset-failed"},
	{"the reset is refused inside", PASSED, {"set #$N " RESET_RETURN " => value=-16"},
	 .wanted = "reset-not-proven"},
	{"the reset was only probed", PASSED,
	 {"set trace * kind=reset* " PRIMITIVE " => probe=yes"}, .wanted = "reset-not-proven"},

	/* The trace as a whole. */
	{"the trace lost events", PASSED, {"set trace-state * => lost=$V"},
	 .values = "1|18446744073709551615", .wanted = "trace-incomplete"},
	{"the trace's begin mark is lost", PASSED, {"drop #$N trace * kind=mark-begin *"},
	 .wanted = "trace-incomplete"},
	{"the trace's end mark is lost", PASSED, {"drop #$N trace * kind=mark-end *"},
	 .wanted = "trace-incomplete"},
	{"a mark of the trace is another step's", PASSED,
	 {"set #$N trace * kind=mark-* => value=99"}, .wanted = "trace-incomplete"},
	{"the trace has nothing but the tracepoint", PASSED, {"set trace-state * => source=$V"},
	 .values = "none|tracepoint", .wanted = "no-trace"},
	{"a function could not be probed", PASSED, {"set trace-state * => missing=$V"},
	 .values = "pci_dev_reset_iommu_prepare|pci_dev_reset_iommu_done|__iommu_attach_device",
	 .wanted = "trace-incomplete"},
	{"there is no trace", PASSED, {"drop trace *"}, .wanted = "trace-incomplete"},

	/* The kernel log. */
	{"a log record is lost", WORKED, {SOME_RECORDS, "drop #$N log *"},
	 .wanted = "log-incomplete"},
	{"a log record stands twice", WORKED, {SOME_RECORDS, "twice #$N log *"},
	 .wanted = "log-incomplete"},
	{"two log records are changed about", WORKED, {SOME_RECORDS, "swap #$N log * => log *"},
	 .wanted = "log-incomplete"},
	{"a log record is past the end marker", WORKED,
	 {SOME_RECORDS, "set #$N log * => sequence=7000"}, .wanted = "log-incomplete"},
	{"a log record is before the begin marker", WORKED,
	 {SOME_RECORDS, "set #$N log * => sequence=699"}, .wanted = "log-incomplete"},
	{"a log marker was not seen", WORKED, {"set log-state * => $V"},
	 .values = "begin_seen=no|end_seen=no", .wanted = "log-incomplete"},
	{"the log lost records", WORKED, {"set log-state * => lost=$V"},
	 .values = "1|18446744073709551615", .wanted = "log-incomplete"},
	{"the log could not be read", WORKED, {"set log-state * => readable=no"},
	 .wanted = "log-incomplete"},
	{"the kernel dropped log records", WORKED,
	 {KERNEL_LINE "\"** 3 printk messages dropped **\""}, .wanted = "log-incomplete"},
	{"the kernel suppressed lines", WORKED,
	 {KERNEL_LINE "\"dmar_fault: 7 callbacks suppressed\""}, .wanted = "log-incomplete"},
	{"the kernel warned in prepare or done", WORKED,
	 {KERNEL_LINE "\"WARNING: drivers/iommu/iommu.c:3975 at pci_dev_reset_iommu_$V+0x1e0/0x200,"
		      " CPU#0: iommu-resettest/$pid\""},
	 .values = "prepare|done", .wanted = "kernel-warning"},
	{"another process got that warning", WORKED,
	 {KERNEL_LINE "\"WARNING: drivers/iommu/iommu.c:3975 at pci_dev_reset_iommu_$V+0x1e0/0x200,"
		      " CPU#0: other/1\""},
	 .values = "prepare|done", .wanted = "warning-elsewhere"},
	{"the kernel refused to stop the IOMMU", WORKED,
	 {KERNEL_LINE "\"pci $function: failed to stop IOMMU for a PCI reset: $V\""},
	 .values = "-16", .wanted = "prepare-failed reset-silently-skipped"},
	{"the kernel found a bug or a stall", WORKED, {KERNEL_LINE "\"$V\""},
	 .values = "BUG: unable to handle page fault for address: ffffffff00000000"
		   "|watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [kworker:7]"
		   "|rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:"
		   "|INFO: task iommu-resettest:$pid blocked for more than 120 seconds.",
	 .wanted = "kernel-oops"},
	{"the IOMMU reported a fault", WORKED, {KERNEL_LINE "\"$V\""},
	 .values = "DMAR: [DMA Read NO_PASID] Request device [$function] fault addr 0x1000 [fault "
		   "reason 0x06] PTE Read access is not set"
		   "|vfio-pci $function: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0001 "
		   "address=0x1000 flags=0x0000]"
		   "|arm-smmu-v3 arm-smmu-v3.0.auto: event: F_TRANSLATION client: $function sid: 0x8 "
		   "ssid: 0x0 iova: 0x1000 ipa: 0x0",
	 .wanted = "iommu-fault"},
	{"the IOMMU reported somebody's fault", WORKED,
	 {KERNEL_LINE "\"arm-smmu-v3 arm-smmu-v3.0.auto: event 0x10 received:\""},
	 .wanted = "faults-unattributed iommu-fault"},
	{"the IOMMU reported a fault of a number that nobody has", WORKED,
	 {KERNEL_LINE "\"virtio_iommu virtio0: page fault from EP 65535 at 0x1000 [R]\""},
	 .wanted = "faults-unattributed"},
	{"an ATS invalidation timed out", WORKED, {KERNEL_LINE "\"$V\""},
	 .values = "DMAR: VT-d detected Invalidation Time-out Error: SID 0"
		   "|AMD-Vi: Event logged [IOTLB_INV_TIMEOUT device=$function address=0x1000]"
		   "|arm-smmu-v3 arm-smmu-v3.0.auto: CMDQ error (cons 0x00000003): ATC invalidate "
		   "timeout",
	 .wanted = "ats-timeout"},
	{"somebody wrote such a line to the log", WORKED, {FORGED_LINE "\"$V\""},
	 .values = "BUG: unable to handle page fault for address: ffffffff00000000"
		   "|** 3 printk messages dropped **"
		   "|DMAR: [DMA Read] Request device [$function] fault addr 0x1000 [fault reason 06]"
		   "|DMAR: VT-d detected Invalidation Time-out Error: SID 0"
		   "|pci $function: failed to stop IOMMU for a PCI reset: -16"
		   "|WARNING: drivers/iommu/iommu.c:3975 at pci_dev_reset_iommu_prepare+0x1e0/0x200, "
		   "CPU#0: iommu-resettest/$pid",
	 .wanted = "same"},

	/* Counters. */
	{"a warning was counted", WORKED, {"bump #$N counter name=warn_count * => after="},
	 .wanted = "warning-elsewhere"},
	{"a bug or a stall was counted", WORKED, {"bump #$N counter name=$V * => after="},
	 .values = "oops_count|softlockup_count|hardlockup_count|rcu_stall_count",
	 .wanted = "kernel-oops"},
	{"the kernel became tainted", WORKED,
	 {"set #$N counter name=tainted * => before=0 after=$V"},
	 .values = "512|128|16384|16|32|4608", .wanted = "warning-elsewhere"},
	{"a fault interrupt was counted", WORKED, {"bump #$N counter name=$V * => after="},
	 .values = "irq:dmar[0-9]*|irq:AMD-Vi[0-9]|irq:arm-smmu-v3-evtq",
	 .wanted = "faults-unattributed"},
	{"a PCIe error was counted", WORKED, {"bump #$N counter name=aer:*:$V * => after="},
	 .values = "fatal|nonfatal", .wanted = "aer-error"},

	/* The write and the function. */
	{"the write failed", WORKED, {"set #$N " SUBJECT " => write_errno=$V"},
	 .values = "5|16|22|25|110", .wanted = "reset-failed"},
	{"the worker was killed", WORKED, {"set #$N " SUBJECT " => write_errno=10"},
	 .wanted = "interrupted"},
	{"the write was never made", WORKED, {"set #$N " SUBJECT " => started=no"},
	 .wanted = "interrupted"},
	{"the write did not return", WORKED, {"set #$N " SUBJECT " => hung=yes"},
	 .wanted = "reset-hung"},
	{"the write was not waited for", WORKED, {"put #$N " SUBJECT " => abandoned=yes"},
	 .wanted = "interrupted"},
	{"the write ends before its events", PASSED, .change = write_ends_early,
	 .wanted = "trace-incomplete"},
	{"the write begins after its events", PASSED, .change = write_begins_late,
	 .wanted = "trace-incomplete"},
	{"the write takes no time", PASSED, .change = write_takes_no_time,
	 .wanted = "trace-incomplete"},
	{"nothing shows the reset but its write", GOLDEN_UNAFFECTED,
	 .change = nothing_shows_the_reset, .wanted = "reset-not-proven"},
	{"the method could not be selected", WORKED, {"set #$N " SUBJECT " => select_errno=22"},
	 .wanted = "select-failed"},
	{"the driver could not be taken off", WORKED, {"put #$N " SUBJECT " => unbind_errno=16"},
	 .wanted = "unbind-failed"},
	{"the driver is not bound again", WORKED,
	 {"set #$N " SUBJECT " => driver=nvme", "put #$N " SUBJECT " => unbound=yes",
	  "put #$N " SUBJECT " => driver_after=$V"},
	 .values = "\"\"|vfio-pci", .wanted = "rebind-failed"},
	{"the list of methods is another", WORKED, {"set #$N " SUBJECT " => methods_after=$V"},
	 .values = "\"\"|flr|\"flr pm\"|default", .wanted = "method-not-restored"},
	{"the function is gone", WORKED, {"set #$N " SUBJECT " => present_after=no"},
	 .wanted = "device-lost"},
	{"the function was removed by hotplug", WORKED,
	 {"add counter * => uevent action=remove function=$function"}, .wanted = "device-lost"},
	{"the function reads all ones", WORKED, .change = config_all_ones, .wanted = "device-lost"},
	{"the function cannot be read", WORKED, .change = config_unreadable,
	 .wanted = "device-lost"},
	{"the function answers in part", WORKED, .change = config_cut,
	 .wanted = "config-not-restored"},
	{"a BAR differs", WORKED, .change = config_bar, .wanted = "config-not-restored"},
	{"bus mastering differs", WORKED, .change = config_master,
	 .wanted = "config-not-restored"},
	{"memory decoding differs", WORKED, .change = config_memory,
	 .wanted = "config-not-restored"},
	{"the domain was of another type", PASSED, {"set #$N " SUBJECT " => domain_type=$V"},
	 .values = "DMA|DMA-FQ|identity|unmanaged|blocked|\"\"|nonsense",
	 .wanted = "domain-not-restored domain-unknown group-type-changed"},
	{"the siblings are of two groups", PASSED, {"set #$N " SUBJECT " => group=77"},
	 .scenario = "siblings", .wanted = "no-overlap"},
	{"the method was another", WORKED, {"set #$N " STEP " => method=$V"},
	 .values = "acpi|nonsense|\"\"", .scenario = "nested single siblings vf",
	 .wanted = "reset-not-proven"},
	{"the scenario was another", PASSED, {"set #$N " STEP " => scenario=$V"},
	 .values = "siblings|nested", .needs = "step * scenario=single *",
	 .wanted = "no-overlap not-nested"},
	{"the nested step was one of siblings", PASSED, {"set #$N " STEP " => scenario=siblings"},
	 .needs = "step * scenario=nested *skip_reason=\"\"*", .wanted = "no-overlap"},
	{"the nested step was a VF's", PASSED, {"set #$N " STEP " => scenario=vf"},
	 .needs = "step * scenario=nested *skip_reason=\"\"*", .wanted = "same"},
	/* VFs that the function had, in whatever scenario. */
	{"a VF was not looked at", WORKED, 
	 {"put #$N " SUBJECT " => vfs_before=1", "put #$N " SUBJECT " => vfs_after=1"},
	 .wanted = "vfs-unknown"},
	{"a VF is no longer enabled", WORKED, {"put #$N " SUBJECT " => vfs_before=1"},
	 .wanted = "vf-lost"},
	{"how many VFs there were is not known", WORKED, {"put #$N " SUBJECT " => vfs_before=-1"},
	 .wanted = "vfs-unknown"},
	{"the step of siblings was a nested one", PASSED, {"set #$N " STEP " => scenario=nested"},
	 .needs = "step * scenario=siblings *skip_reason=\"\"*", .wanted = "not-nested"},

	/* Another domain for the group in the middle of a reset. */
	{"the attach within a reset worked", PASSED,
	 {"set " WITHIN " => error=0 after=$V"}, .values = "DMA|identity|nonsense",
	 .scenario = "attach-race", .wanted = "attach-within-reset"},
	{"the attach within it changed nothing", PASSED,
	 {"set " WITHIN " => error=0 after=$V"}, .values = "DMA-FQ|\"\"",
	 .scenario = "attach-race", .wanted = "attach-not-tried"},
	{"the attach within it failed otherwise", PASSED, {"set " WITHIN " => error=$V"},
	 .values = "1|5|12|19|22|110", .scenario = "attach-race", .wanted = "attach-not-tried"},
	{"the attach after it failed", PASSED, {"set " AFTER " => error=$V"},
	 .values = "1|5|12|19|22|110", .scenario = "attach-race", .wanted = "attach-not-tried"},
	{"the attach after it was refused", PASSED, {"set " AFTER " => error=16"},
	 .scenario = "attach-race", .wanted = "attach-still-refused"},
	{"the write within the reset was not", PASSED, {"set " WITHIN " => $V"},
	 .values = "begin_ns=1|end_ns=999999999999|begin_ns=999999999999 end_ns=999999999999"
		   "|begin_ns=1 end_ns=2|end_ns=1",
	 .scenario = "attach-race", .wanted = "window-missed"},
	{"the write after the reset was not", PASSED, {"set " AFTER " => begin_ns=1"},
	 .scenario = "attach-race", .wanted = "window-missed"},
	{"the writes to the group are changed about", PASSED,
	 {"set " AFTER " => kind=retype", "set " WITHIN " => kind=attach-after"},
	 .scenario = "attach-race"},
	{"a write to the group is lost", PASSED, {"drop write kind=$V *"},
	 .values = "attach|attach-after", .scenario = "attach-race",
	 .wanted = "interrupted trace-incomplete"},
	{"a write to the group was not made", PASSED, {"set write kind=$V * => started=no"},
	 .values = "attach|attach-after", .scenario = "attach-race", .wanted = "interrupted"},
	{"a write to the group did not return", PASSED, {"set write kind=$V * => hung=yes"},
	 .values = "attach|attach-after", .scenario = "attach-race", .wanted = "interrupted"},
	{"the writer to the group was killed", PASSED, {"set write kind=$V * => error=10"},
	 .values = "attach|attach-after", .scenario = "attach-race", .wanted = "interrupted"},
	{"the write after the reset was another", PASSED, {"set " AFTER " => value=$V"},
	 .values = "identity|DMA-FQ|nonsense", .scenario = "attach-race",
	 .wanted = "attach-not-tried"},
	{"the new domain was not attached", PASSED, {"drop-call " NEW_DOMAIN},
	 .scenario = "attach-race", .wanted = "attach-not-tried"},
	{"another domain was attached", PASSED, {"set " NEW_DOMAIN " => value=$V"},
	 .values = "1|4|11|99|-1", .scenario = "attach-race", .wanted = "attach-not-tried"},
	{"the restore of an attach-race is lost", PASSED, {"drop-call " OWN_RESTORE},
	 .scenario = "attach-race", .wanted = "domain-not-restored"},
	{"the group is of another type afterwards", PASSED,
	 {"set " SUBJECT " => type_after=$V"}, .values = "DMA|identity|nonsense|\"\"",
	 .scenario = "attach-race", .needs = WITHIN, .wanted = "group-type-changed"},
	{"it was written another type back", PASSED, {"set write kind=retype * => $V"},
	 .values = "value=DMA|error=16|started=no", .scenario = "attach-race",
	 .wanted = "same"},

	/* What the kernel is. */
	{"the facts deny prepare and done", PASSED,
	 {"set fact name=pci_dev_reset_iommu_prepare * => value=no"},
	 .needs = "trace * kind=prepare *", .wanted = "run:inconclusive"},
	{"the facts are a vulnerable kernel's", PASSED,
	 {"set fact name=iommu_group.resetting_domain * => value=yes",
	  "set fact name=group_device.reset_depth * => value=no"},
	 .wanted = "run:inconclusive"},
	{"the facts know of prepare and done", GOLDEN_UNAFFECTED,
	 {"set fact name=pci_dev_reset_iommu_prepare * => value=$V"}, .values = "yes|unknown",
	 .wanted = "run:inconclusive"},

	/* Evidence of the bug. */
	{"bug: the facts are a fixed kernel's", GOLDEN_BUG,
	 {"set fact name=iommu_group.resetting_domain * => value=no",
	  "set fact name=group_device.reset_depth * => value=yes"},
	 .wanted = "run:vulnerable"},
	{"bug: the facts deny prepare and done", GOLDEN_BUG,
	 {"set fact name=pci_dev_reset_iommu_prepare * => value=no"}, .needs = "log *",
	 .wanted = "run:vulnerable"},
	{"bug: the write is said to have worked", GOLDEN_BUG,
	 {"set " SUBJECT " => write_errno=0"}, .wanted = "run:vulnerable"},
	{"bug: no warning is counted", GOLDEN_BUG,
	 {"set counter name=warn_count * => before=0 after=0"}, .wanted = "run:vulnerable"},
	{"bug: there are no counters", GOLDEN_BUG, {"drop counter *"}, .wanted = "run:vulnerable"},
	{"bug: there is no trace", GOLDEN_BUG,
	 {"drop trace *", "set trace-state * => source=none"}, .needs = "log *",
	 .wanted = "run:vulnerable"},
	{"bug: trace and log lost records", GOLDEN_BUG,
	 {"set trace-state * => lost=5", "set log-state * => lost=5"}, .wanted = "run:vulnerable"},
	{"bug: the trace has no marks", GOLDEN_BUG, {"drop trace * kind=mark-*"},
	 .wanted = "run:vulnerable"},
	{"bug: the log is lost, the trace is not", GOLDEN_BUG,
	 {"drop log *", "set log-state * => lost=60"},
	 .needs = "trace * kind=prepare-return * value=-16 *", .wanted = "run:vulnerable"},
	{"bug: the log is forged, the trace is not", GOLDEN_BUG, {"set log * => facility=1"},
	 .needs = "trace * kind=prepare-return * value=-16 *", .wanted = "run:vulnerable"},
	{"bug: only a log that anybody could write", GOLDEN_BUG,
	 {"set log * => facility=1", "drop trace *", "set trace-state * => source=none",
	  "set counter name=warn_count * => before=0 after=0"},
	 .wanted = "run:broken run:inconclusive"},

	/* The file. */
	{"the end record is missing", ANY, {"drop end *"}, .raw = true, .wanted = "unreadable"},
	{"the end record counts other steps", ANY, {"bump end * => steps="}, .raw = true,
	 .wanted = "unreadable"},
	{"the end record counts other lines", ANY, {"bump end * => lines="}, .raw = true,
	 .wanted = "unreadable"},
	{"a line is missing", ANY, {"drop #$N [!e]*"}, .raw = true, .wanted = "unreadable"},
	{"a line stands twice", ANY, {"twice #$N *"}, .raw = true, .wanted = "unreadable"},
	{"the file is cut off", ANY, {"cut #$N *"}, .raw = true, .wanted = "unreadable"},
	{"a function stands twice in a step", ANY, {"twice #$N subject *"},
	 .wanted = "unreadable"},
	{"a line is of no kind", ANY, {"add run * => nonsense value=1"}, .wanted = "unreadable"},
};
/* clang-format on */

const size_t mutation_count = ARRAY_SIZE(mutations);
