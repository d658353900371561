// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "step/action.h"
#include "step/changes.h"
#include "step/taken.h"
#include "step/traffic.h"

#define FIND_LIMIT_MS 20000 /* a driver makes its interface after it is bound */
#define FIND_POLL_MS 200

struct interface {
	int index;     /* 0: none was taken */
	bool is_raced; /* the driver still brings it up: it may be up at any time later */
	char ipv6[LINK_VALUE_MAX];
};

static void mark_within(void *data)
{
	traffic_phase(data, TRAFFIC_WITHIN);
}

/* One that somebody has brought up since is his. */
static int find_interface(struct execution *x, const struct step_options *options,
			  struct traffic *traffic, int *index)
{
	char name[LINK_NAME_MAX];
	int r = -ENODEV;

	for (unsigned int waited_ms = 0; r == -ENODEV && waited_ms < FIND_LIMIT_MS;
	     waited_ms += FIND_POLL_MS) {
		r = options->find_link(x->root, traffic->function, index, name);
		if (r == -ENODEV)
			meanwhile_pause(&x->meanwhile, FIND_POLL_MS * 1000000ULL);
	}
	if (r == 0)
		snprintf(traffic->device, sizeof(traffic->device), "%s", name);
	return r;
}

static void forget_interface(struct execution *x)
{
	journal_undone(x->journal, x->link_change[0]);
	x->link_change[0] = 0;
}

/* Returns 0, or -errno of the journal; what else stands against it is in @traffic. */
static int take_interface(struct execution *x, const struct step_options *options,
			  struct traffic *traffic, struct interface *interface)
{
	struct change change = {.kind = CHANGE_LINK};
	int index, r = find_interface(x, options, traffic, &index);

	if (r == 0)
		r = link_read_ipv6(x->root, index, interface->ipv6);
	if (r < 0) {
		traffic->error = -r;
		return 0;
	}
	change.interface = index;
	snprintf(change.before, sizeof(change.before), "%s", interface->ipv6);
	if (!changes_record(x, 0, &change))
		return x->error;
	x->link_change[0] = change.id;
	traffic->error = -link_raise(x->root, index);
	interface->is_raced = traffic->error == ETIMEDOUT;
	if (traffic->error == EBUSY)
		forget_interface(x);
	else
		interface->index = index;
	return 0;
}

/* It is somebody else's by now, and stays up; what cannot be given back is told. */
static void leave_to_others(struct execution *x, const struct interface *interface)
{
	struct subject *subject = &x->step->subjects[0];
	size_t used = strlen(subject->kept_for);

	if (link_give_ipv6_back(x->root, interface->index, interface->ipv6) < 0)
		snprintf(subject->kept_for + used, sizeof(subject->kept_for) - used,
			 "; IPv6 stays off on it (disable_ipv6 was %s)", interface->ipv6);
	else if (!interface->is_raced)
		forget_interface(x);
}

/*
 * Under a reset that goes on the driver may not let go: whoever recovers does it later. That it
 * cannot be done is evidence, and its record stays.
 */
static void leave_interface(struct execution *x, const struct interface *interface,
			    struct traffic *traffic)
{
	bool changed;
	int r;

	if (!interface->index || x->step->subjects[0].hung)
		return;
	if (taken_by_others(x, 0)) {
		leave_to_others(x, interface);
		return;
	}
	r = link_lower(x->root, interface->index, interface->ipv6, &changed);
	if (r == 0 && !interface->is_raced) {
		forget_interface(x);
		return;
	}
	traffic->lower_error = r < 0 ? -r : ETIMEDOUT;
	traffic->still_up = link_is_up(interface->index) > 0;
}

static int reset_meanwhile(struct execution *x, const struct step_options *options,
			   struct traffic *traffic, struct reader *reader)
{
	int r = action_trigger_beside(x, options, mark_within, reader);

	traffic_phase(reader, TRAFFIC_AFTER);
	/* A reset that has not returned keeps the disk or the interface waiting. */
	x->stuck_reader =
		traffic_end(reader, &x->meanwhile, traffic, r == 0 && !x->step->subjects[0].hung);
	return r;
}

int action_driver(struct execution *x, const struct step_options *options)
{
	struct traffic *traffic = step_add_traffic(x->step);
	struct interface interface = {0};
	struct reader *reader = NULL;
	int r = 0;

	if (!traffic)
		return -ENOMEM;
	snprintf(traffic->function, sizeof(traffic->function), "%s", x->step->subjects[0].function);
	if (x->planned->sends)
		r = take_interface(x, options, traffic, &interface);
	if (r == 0 && interface.index && !traffic->error)
		r = traffic_start_sending(x->root, interface.index, &x->meanwhile, traffic,
					  &reader);
	if (r == 0 && !x->planned->sends)
		r = traffic_start(x->root, options->open_disk, &x->meanwhile, traffic, &reader);
	/* Without it a reset under the driver is what other scenarios do. */
	if (r == 0 && traffic->started)
		r = reset_meanwhile(x, options, traffic, reader);
	leave_interface(x, &interface, traffic);
	return r;
}
