// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/meanwhile.h"

#include <time.h>

#include "base/attr.h"
#include "base/monotonic.h"
#include "model/evidence.h"

static void read_some(struct meanwhile *meanwhile)
{
	if (!meanwhile->read(meanwhile->data))
		meanwhile->fd = -1;
}

int meanwhile_poll(struct meanwhile *meanwhile, struct pollfd *polled, size_t count, int timeout_ms)
{
	struct pollfd all[SUBJECTS_MAX + 1] = {
		{.fd = meanwhile ? meanwhile->fd : -1, .events = POLLIN}};
	int ready;

	if (count)
		memcpy(all + 1, polled, count * sizeof(*polled));
	ready = poll(all, count + 1, timeout_ms);
	if (count)
		memcpy(polled, all + 1, count * sizeof(*polled));
	if (ready <= 0 || !all[0].revents)
		return ready;
	read_some(meanwhile);
	return ready - 1;
}

void meanwhile_pause(struct meanwhile *meanwhile, uint64_t pause_ns)
{
	uint64_t now_ns = monotonic_ns(), end_ns = now_ns + pause_ns;

	for (; now_ns < end_ns; now_ns = monotonic_ns()) {
		struct timespec left = {.tv_sec = (time_t)((end_ns - now_ns) / 1000000000),
					.tv_nsec = (long)((end_ns - now_ns) % 1000000000)};
		struct pollfd one = {.fd = meanwhile ? meanwhile->fd : -1, .events = POLLIN};

		if (ppoll(&one, 1, &left, NULL) > 0)
			read_some(meanwhile);
	}
}
