// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "step/action.h"
#include "step/traffic.h"

static void mark_within(void *data)
{
	traffic_phase(data, TRAFFIC_WITHIN);
}

int action_driver(struct execution *x, const struct step_options *options)
{
	struct traffic *traffic = step_add_traffic(x->step);
	struct reader *reader = NULL;
	int r;

	if (!traffic)
		return -ENOMEM;
	snprintf(traffic->function, sizeof(traffic->function), "%s", x->step->subjects[0].function);
	r = traffic_start(x->root, options->open_disk, &x->meanwhile, traffic, &reader);
	/* Without it a reset under the driver is what other scenarios do. */
	if (r < 0 || !traffic->started)
		return r;
	r = action_trigger_beside(x, options, mark_within, reader);
	traffic_phase(reader, TRAFFIC_AFTER);
	/* A reset that has not returned keeps the disk waiting. */
	traffic_end(reader, &x->meanwhile, traffic, r == 0 && !x->step->subjects[0].hung);
	return r;
}
