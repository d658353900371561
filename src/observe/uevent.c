// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/uevent.h"

#include <errno.h>
#include <libudev.h>

#define RECEIVE_BUFFER_BYTES (1024 * 1024)

struct uevent_observer {
	struct udev *udev;
	struct udev_monitor *monitor; /* NULL: nothing can be received */
	char note[WHY_MAX];
};

static int start(struct uevent_observer *observer)
{
	int r;

	observer->udev = udev_new();
	if (!observer->udev)
		return -ENOMEM;
	observer->monitor = udev_monitor_new_from_netlink(observer->udev, "kernel");
	if (!observer->monitor)
		return errno ? -errno : -ENODEV;
	r = udev_monitor_filter_add_match_subsystem_devtype(observer->monitor, "pci", NULL);
	if (r < 0)
		return r;
	/* Without it the default size will do. */
	(void)udev_monitor_set_receive_buffer_size(observer->monitor, RECEIVE_BUFFER_BYTES);
	return udev_monitor_enable_receiving(observer->monitor);
}

int uevent_open(struct uevent_observer **out)
{
	struct uevent_observer *observer = calloc(1, sizeof(*observer));
	int r;

	if (!observer)
		return -ENOMEM;
	errno = 0;
	r = start(observer);
	if (r < 0) {
		snprintf(observer->note, sizeof(observer->note),
			 "hotplug events cannot be received: %s", strerror(-r));
		observer->monitor = udev_monitor_unref(observer->monitor);
	}
	*out = observer;
	return 0;
}

const char *uevent_note(const struct uevent_observer *observer)
{
	return observer->note;
}

/* The next event; NULL at the end. What the socket could not hold is told once, as *lost. */
static struct udev_device *receive(const struct uevent_observer *observer, bool *lost)
{
	struct udev_device *device;

	do {
		errno = 0;
		device = udev_monitor_receive_device(observer->monitor);
		*lost |= !device && errno == ENOBUFS;
	} while (!device && (errno == ENOBUFS || errno == EINTR));
	return device;
}

int uevent_begin(struct uevent_observer *observer)
{
	struct udev_device *device;
	bool lost = false;

	if (!observer->monitor)
		return 0;
	while ((device = receive(observer, &lost)))
		udev_device_unref(device);
	return 0;
}

static int add_lost(struct step_evidence *step)
{
	struct uevent *uevent = step_add_uevent(step);

	if (!uevent)
		return -ENOMEM;
	strcpy(uevent->action, UEVENT_LOST);
	return 0;
}

static int add_event(struct step_evidence *step, struct udev_device *device)
{
	const char *action = udev_device_get_action(device);
	const char *function = udev_device_get_sysname(device);
	struct uevent *uevent = step_add_uevent(step);

	if (!uevent)
		return -ENOMEM;
	snprintf(uevent->action, sizeof(uevent->action), "%s", action ? action : "");
	snprintf(uevent->function, sizeof(uevent->function), "%s", function ? function : "");
	return 0;
}

int uevent_end(struct uevent_observer *observer, struct step_evidence *step)
{
	struct udev_device *device;
	bool lost = false;
	int r = 0;

	if (!observer->monitor)
		return 0;
	while (r == 0 && (device = receive(observer, &lost))) {
		r = add_event(step, device);
		udev_device_unref(device);
	}
	return r == 0 && lost ? add_lost(step) : r;
}

void uevent_close(struct uevent_observer *observer)
{
	if (!observer)
		return;
	udev_monitor_unref(observer->monitor);
	udev_unref(observer->udev);
	free(observer);
}
