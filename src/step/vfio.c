// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/vfio.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <sys/ioctl.h>

#include "base/monotonic.h"
#include "model/bdf.h"

#define HOT_DEVICES_MAX 64

/* What the worker holds; descriptors are -1 when closed. @call is told where it fails. */
struct holding {
	const struct vfio_target *target;
	int container, group, device;
	const char *call;
};

_Static_assert(VFIO_STAGE_COUNT <= WORK_WRITES_MAX, "a report has all stages");

/* Returns what ioctl(2) does, or -errno. */
#define CALL(holding_, fd_, request_, argument_)                                                   \
	((holding_)->call = #request_, call((fd_), (request_), (argument_)))

static int call(int fd, unsigned long request, void *argument)
{
	int r = ioctl(fd, request, argument);

	return r < 0 ? -errno : r;
}

static int open_file(struct holding *holding, const char *call_name, const char *path)
{
	holding->call = call_name;
	return root_open_file(holding->target->root, path, O_RDWR);
}

static int open_container(struct holding *holding)
{
	int r;

	holding->container = open_file(holding, "open the container", "dev/vfio/vfio");
	if (holding->container < 0)
		return holding->container;
	r = CALL(holding, holding->container, VFIO_GET_API_VERSION, NULL);
	if (r < 0)
		return r;
	if (r != VFIO_API_VERSION)
		return -EPROTO;
	r = CALL(holding, holding->container, VFIO_CHECK_EXTENSION, (void *)VFIO_TYPE1v2_IOMMU);
	if (r < 0)
		return r;
	return r ? 0 : -ENODEV;
}

/* One group is open once at a time: EBUSY when somebody has it. */
static int open_group(struct holding *holding)
{
	struct vfio_group_status status = {.argsz = sizeof(status)};
	char path[32];
	int r;

	snprintf(path, sizeof(path), "dev/vfio/%d", holding->target->group);
	holding->group = open_file(holding, "open the group", path);
	if (holding->group < 0)
		return holding->group;
	r = CALL(holding, holding->group, VFIO_GROUP_GET_STATUS, &status);
	if (r < 0)
		return r;
	return status.flags & VFIO_GROUP_FLAGS_VIABLE ? 0 : -EPERM;
}

static int attach(struct holding *holding)
{
	int r = open_container(holding);

	if (r == 0)
		r = open_group(holding);
	if (r == 0)
		r = CALL(holding, holding->group, VFIO_GROUP_SET_CONTAINER, &holding->container);
	if (r >= 0)
		r = CALL(holding, holding->container, VFIO_SET_IOMMU, (void *)VFIO_TYPE1v2_IOMMU);
	return r < 0 ? r : 0;
}

static int open_device(struct holding *holding)
{
	char name[BDF_MAX];

	snprintf(name, sizeof(name), "%s", holding->target->function);
	holding->device = CALL(holding, holding->group, VFIO_GROUP_GET_DEVICE_FD, name);
	return holding->device < 0 ? holding->device : 0;
}

/* Whether a reset of the bus concerns the function and nothing else. Returns 0 or -errno. */
static int check_alone(struct holding *holding)
{
	union {
		struct vfio_pci_hot_reset_info info;
		uint8_t bytes[sizeof(struct vfio_pci_hot_reset_info) +
			      HOT_DEVICES_MAX * sizeof(struct vfio_pci_dependent_device)];
	} hot = {.info.argsz = sizeof(hot)};
	const struct vfio_pci_dependent_device *device = hot.info.devices;
	char name[BDF_MAX];
	int r = CALL(holding, holding->device, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, &hot);

	if (r < 0)
		return r;
	if (hot.info.count != 1)
		return -EPERM;
	snprintf(name, sizeof(name), "%04x:%02x:%02x.%x", device->segment, device->bus,
		 device->devfn >> 3U, device->devfn & 7U);
	return streq(name, holding->target->function) &&
			       device->group_id == (unsigned int)holding->target->group
		       ? 0
		       : -EPERM;
}

static int hot_reset(struct holding *holding)
{
	union {
		struct vfio_pci_hot_reset head;
		uint8_t bytes[sizeof(struct vfio_pci_hot_reset) + sizeof(int32_t)];
	} hot = {.head = {.argsz = sizeof(hot), .count = 1}};
	int r = check_alone(holding);

	if (r < 0)
		return r;
	hot.head.group_fds[0] = holding->group;
	return CALL(holding, holding->device, VFIO_DEVICE_PCI_HOT_RESET, &hot);
}

static int reset(struct holding *holding)
{
	if (holding->target->hot)
		return hot_reset(holding);
	return CALL(holding, holding->device, VFIO_DEVICE_RESET, NULL);
}

static int close_device(struct holding *holding)
{
	holding->call = "close the device";
	close(holding->device);
	holding->device = -1;
	return 0;
}

static int detach(struct holding *holding)
{
	int r = CALL(holding, holding->group, VFIO_GROUP_UNSET_CONTAINER, NULL);

	close(holding->group);
	close(holding->container);
	holding->group = holding->container = -1;
	return r;
}

static void note(struct holding *holding, struct work_write *write,
		 int (*stage)(struct holding *holding))
{
	int r;

	holding->call = "";
	write->begin_ns = monotonic_ns();
	r = stage(holding);
	write->end_ns = monotonic_ns();
	write->error = r < 0 ? -r : 0;
	snprintf(write->what, sizeof(write->what), "%s", holding->call);
}

unsigned int vfio_act(const void *data, struct work_write writes[WORK_WRITES_MAX],
		      const volatile sig_atomic_t *stopped)
{
	static int (*const stages[])(struct holding *) = {
		[VFIO_ATTACH] = attach,
		[VFIO_OPEN] = open_device,
		[VFIO_RESET] = reset,
	};
	struct holding holding = {.target = data, .container = -1, .group = -1, .device = -1};
	int error = 0;

	for (size_t i = 0; i < ARRAY_SIZE(stages) && !error && !*stopped; i++) {
		note(&holding, &writes[i], stages[i]);
		error = writes[i].error;
	}
	if (holding.device >= 0)
		note(&holding, &writes[VFIO_CLOSE], close_device);
	if (writes[VFIO_ATTACH].begin_ns && !writes[VFIO_ATTACH].error)
		note(&holding, &writes[VFIO_DETACH], detach);
	return VFIO_STAGE_COUNT;
}
