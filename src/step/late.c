// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/late.h"

#include <errno.h>
#include <poll.h>

#include "base/array.h"
#include "step/worker.h"

int late_add(struct late_resets *list, const struct late_reset *late)
{
	struct late_reset *added = ARRAY_APPEND(list->items, list->count);

	if (!added) {
		close(late->fd);
		return -ENOMEM;
	}
	*added = *late;
	return 0;
}

/* Returns the index of one that can be read, -ETIMEDOUT, or -errno. */
static int wait_for_any(const struct late_resets *list, int timeout_ms)
{
	_cleanup_free_ struct pollfd *polled = calloc(list->count, sizeof(*polled));
	int ready;

	if (!polled)
		return -ENOMEM;
	for (size_t i = 0; i < list->count; i++)
		polled[i] = (struct pollfd){.fd = list->items[i].fd, .events = POLLIN};
	do
		ready = poll(polled, list->count, timeout_ms);
	while (ready < 0 && errno == EINTR);
	if (ready < 0)
		return -errno;
	for (size_t i = 0; i < list->count; i++)
		if (polled[i].revents)
			return (int)i;
	return -ETIMEDOUT;
}

int late_take(struct late_resets *list, int timeout_ms, struct late_reset *late, bool *sound)
{
	uint64_t end_ns;
	int error, at;

	if (list->count == 0)
		return 0;
	at = wait_for_any(list, timeout_ms);
	if (at < 0)
		return at == -ETIMEDOUT ? 0 : at;
	*late = list->items[at];
	*sound = worker_late(late->fd, &error, &end_ns) == 0 &&
		 (error == 0 || end_ns <= late->deadline_ns);
	close(late->fd);
	late->fd = -1;
	list->items[at] = list->items[--list->count];
	return 1;
}

void late_free(struct late_resets *list)
{
	for (size_t i = 0; i < list->count; i++)
		close(list->items[i].fd);
	free(list->items);
	*list = (struct late_resets){0};
}
