// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * VFIO resets a function three times: when it opens the device (vfio_pci_core_enable()), when it is
 * asked (VFIO_DEVICE_RESET, by pci_try_reset_function()), and when it closes it, if it gets the
 * locks. Before all that the group is attached to a domain of VFIO's, which each reset must bring
 * back, and after it the group must get its own. A hot reset does not block the IOMMU.
 */
#include <errno.h>

#include "base/errname.h"
#include "judge/scenario.h"

static const struct step_write *find_write(const struct step_case *c, enum write_kind kind)
{
	for (size_t i = 0; i < c->step->write_count; i++)
		if (c->step->writes[i].kind == kind)
			return &c->step->writes[i];
	return NULL;
}

static bool worked(const struct step_write *write)
{
	return write && write->started && !write->hung && write->error == 0;
}

static bool is_hot(const struct step_case *c)
{
	return streq(c->step->method, "hot_reset");
}

/* What the trace shows of one of the two stages in which VFIO attaches domains. */
enum attaching {
	ATTACHING_SOUND,     /* the blocking domain, then another one, and nothing else */
	ATTACHING_TORN,	     /* entries and returns do not match */
	ATTACHING_UNCLAIMED, /* it did not begin with the blocking domain */
	ATTACHING_FAILED,    /* there is no other domain, or an attach failed */
};

static bool is_of_stage(const struct trace_event *event, const struct subject *subject,
			const struct step_write *write)
{
	return streq(event->function, subject->function) && event->time_ns >= write->begin_ns &&
	       event->time_ns <= write->end_ns;
}

/* __iommu_take_dma_ownership(), iommu_attach_group(); and back the same way. */
static enum attaching read_attaching(const struct step_case *c, const struct subject *subject,
				     const struct step_write *write, int *type)
{
	const struct trace_event *entry = NULL;
	int types[2] = {-1, -1};
	size_t count = 0;
	bool failed = false;

	*type = -1;
	for (size_t i = 0; i < c->step->trace_count; i++) {
		const struct trace_event *event = &c->step->trace[i];

		if (!is_of_stage(event, subject, write))
			continue;
		if (event->kind != (entry ? TRACE_ATTACH_RETURN : TRACE_ATTACH) ||
		    event->pid != write->pid || count == ARRAY_SIZE(types))
			return ATTACHING_TORN;
		if (!entry) {
			entry = event;
			continue;
		}
		failed |= event->value != 0;
		types[count++] = entry->value;
		entry = NULL;
	}
	if (entry)
		return ATTACHING_TORN;
	if (count == 0 || types[0] != DOMAIN_BLOCKED)
		return ATTACHING_UNCLAIMED;
	if (failed || count < ARRAY_SIZE(types) || types[1] == DOMAIN_BLOCKED)
		return ATTACHING_FAILED;
	*type = types[1];
	return ATTACHING_SOUND;
}

int vfio_domain(const struct step_case *c, const struct subject *subject)
{
	const struct step_write *write = find_write(c, WRITTEN_VFIO_ATTACH);

	int type = -1;

	if (worked(write))
		(void)read_attaching(c, subject, write, &type);
	return type;
}

static int check_return(struct step_case *c, const struct subject *subject)
{
	const struct step_write *write = find_write(c, WRITTEN_VFIO_DETACH);
	int own = domain_type_of(subject->domain_type);
	struct finding *finding;
	enum attaching seen;
	int now;

	if (!worked(write) || own < 0 || case_trace_missing(c))
		return 0;
	seen = read_attaching(c, subject, write, &now);
	if (seen != ATTACHING_FAILED && (seen != ATTACHING_SOUND || now == own))
		return 0;
	finding = result_add_finding(c->result, "domain-not-restored", subject->function,
				     "%s had a %s domain before VFIO took it, and %s when VFIO "
				     "had left it",
				     subject->function, subject->domain_type,
				     now < 0 ? "none" : domain_type_name(now));
	return finding ? finding_add_evidence(finding, "%s: %s", write->value,
					      errno_name(write->error))
		       : -ENOMEM;
}

static int check_release(struct step_case *c, const struct subject *subject)
{
	const struct step_write *write = find_write(c, WRITTEN_VFIO_UNBIND);
	struct finding *finding;

	/* Under a reset that hangs it is left to whoever recovers. */
	if (subject->hung || !write || write->error == 0)
		return 0;
	finding = result_add_finding(c->result, "vfio-left", subject->function,
				     "vfio-pci or its driver_override could not be taken off %s",
				     subject->function);
	return finding ? finding_add_evidence(finding, "%s: %s; bound now: %s", write->value,
					      errno_name(write->error),
					      subject->driver_after[0] ? subject->driver_after
								       : "none")
		       : -ENOMEM;
}

int rule_vfio(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		int r = check_return(c, &c->step->subjects[i]);

		if (r == 0)
			r = check_release(c, &c->step->subjects[i]);
		if (r < 0)
			return r;
	}
	return 0;
}

/* What is known of a stage is known by its times. */
static bool are_in_order(const struct step_case *c, const struct subject *subject)
{
	static const enum write_kind order[] = {WRITTEN_VFIO_ATTACH, WRITTEN_VFIO_OPEN,
						WRITTEN_VFIO_RESET, WRITTEN_VFIO_CLOSE,
						WRITTEN_VFIO_DETACH};
	uint64_t last_ns = subject->begin_ns;

	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		const struct step_write *write = find_write(c, order[i]);

		if (!worked(write) || write->begin_ns < last_ns ||
		    write->end_ns < write->begin_ns || write->end_ns > subject->end_ns)
			return false;
		last_ns = write->end_ns;
	}
	return true;
}

/* Where the locks were not to be had, VFIO closes without a reset, and nothing is seen of one. */
static const char *close_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const struct step_write *write = find_write(c, WRITTEN_VFIO_CLOSE);

	for (size_t i = 0; i < c->step->trace_count; i++)
		if (is_of_stage(&c->step->trace[i], subject, write))
			return proof_blocked_write(c, index, write);
	return NULL;
}

static const char *resets_missing(const struct step_case *c, size_t index)
{
	const struct step_write *reset = find_write(c, WRITTEN_VFIO_RESET);
	const char *missing;

	if (is_hot(c) || c->unaffected || c->step->subjects[index].gate == TRI_NO)
		/* The kernel sleeps as long after a reset of a bus, however it was asked for. */
		return proof_plain_write(c, reset, is_hot(c) ? "bus" : c->step->method);
	missing = proof_blocked_write(c, index, find_write(c, WRITTEN_VFIO_OPEN));
	if (!missing)
		missing = proof_blocked_write(c, index, reset);
	if (!missing)
		missing = close_missing(c, index);
	return missing;
}

/* Before and after the resets: VFIO got the group, and it got back its own domain. */
static const char *stage_missing(const struct step_case *c, const struct subject *subject,
				 enum write_kind kind)
{
	static const char *const slugs[] = {
		[ATTACHING_SOUND] = NULL,
		[ATTACHING_TORN] = "trace-incomplete",
		[ATTACHING_UNCLAIMED] = "gate-closed",
		[ATTACHING_FAILED] = "attach-not-tried",
	};
	int type;

	return slugs[read_attaching(c, subject, find_write(c, kind), &type)];
}

/* Of a kernel that blocks the IOMMU; the proof rests on the trace. */
static const char *traced_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const char *missing = case_trace_missing(c);

	if (!missing &&
	    (c->traces[index].torn || c->traces[index].outside || !are_in_order(c, subject)))
		missing = "trace-incomplete";
	if (!missing)
		missing = stage_missing(c, subject, WRITTEN_VFIO_ATTACH);
	if (!missing)
		missing = stage_missing(c, subject, WRITTEN_VFIO_DETACH);
	if (!missing && domain_type_of(subject->domain_type) < 0)
		missing = "domain-unknown";
	return missing;
}

const char *vfio_missing(const struct step_case *c, size_t index)
{
	const struct subject *subject = &c->step->subjects[index];
	const char *missing;

	if (!worked(find_write(c, WRITTEN_VFIO_ATTACH)) ||
	    !worked(find_write(c, WRITTEN_VFIO_OPEN)) || !worked(find_write(c, WRITTEN_VFIO_RESET)))
		return "vfio-refused";
	missing = c->unaffected ? (are_in_order(c, subject) ? NULL : "interrupted")
				: traced_missing(c, index);
	return missing ? missing : resets_missing(c, index);
}

const char *vfio_not_bound(const struct step_case *c)
{
	const struct step_write *write = find_write(c, WRITTEN_VFIO_BIND);

	return write && write->error ? "vfio-refused" : NULL;
}

static bool was_blocked(const struct step_case *c)
{
	const struct step_write *write = find_write(c, WRITTEN_VFIO_RESET);

	return write && function_trace_within(c->step, write, c->step->method).cycle_count > 0;
}

void vfio_explain(struct step_case *c)
{
	const char *own = c->step->subjects[0].domain_type;
	char *text = c->result->text;
	size_t size_bytes = sizeof(c->result->text);

	if (is_hot(c))
		snprintf(text, size_bytes,
			 "a hot reset was issued, with%s the IOMMU blocked; then back to %s",
			 was_blocked(c) ? "" : "out", own);
	else if (c->result->blocked)
		snprintf(text, size_bytes,
			 "VFIO reset it %u times, depth %u, blocked throughout and back to the "
			 "domain of VFIO each time; then back to %s",
			 c->traces[0].cycle_count, c->result->depth_max, own);
	else
		snprintf(text, size_bytes, "VFIO reset it; the IOMMU is not involved");
}
