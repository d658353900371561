// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/use.h"

#include <errno.h>

#include "snapshot/node.h"

#define CXL "sys/bus/cxl/devices"
#define DAX "sys/bus/dax/devices"

#define PATH_TEXT_MAX 512
#define CLASS_CXL_MEMORY 0x0502

/*
 * Which memory device a region uses takes decoders and endpoints to find; any region makes every
 * CXL memory device count.
 */
static int mark_memory_devices(const struct root *root, struct snapshot *snapshot,
			       const struct names *devices, const char *region)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < devices->count; i++) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[2 * PATH_TEXT_MAX];

		snprintf(link, sizeof(link), CXL "/%s", devices->list[i]);
		if (!starts_with(devices->list[i], "mem") ||
		    root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		snprintf(what, sizeof(what), "CXL memory %s, and the machine has %s",
			 devices->list[i], region);
		r = use_mark_path_vital(snapshot, path, USE_CXL_MEM, true, what);
	}
	return r < 0 ? r : 0;
}

/* Firmware may have put a CXL device's memory to use that no driver here knows of. */
static int mark_unmanaged(struct snapshot *snapshot, bool bus_readable)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (function->class_code >> 8 != CLASS_CXL_MEMORY ||
		    (function->driver[0] && bus_readable))
			continue;
		if (!function_add_use(function, USE_UNKNOWN,
				      bus_readable ? "CXL memory without a driver: firmware may "
						     "have put it to use"
						   : "CXL memory devices could not be read (" CXL
						     ")"))
			return -ENOMEM;
	}
	return 0;
}

/* An endpoint's decoder (only those have a mode) that is programmed maps memory, region or not. */
static bool is_programmed(const struct root *root, const char *decoder)
{
	char path[PATH_TEXT_MAX];
	uint64_t size_bytes;
	int r;

	snprintf(path, sizeof(path), CXL "/%s/mode", decoder);
	if (root_is_absent(root, path))
		return false;
	snprintf(path, sizeof(path), CXL "/%s/size", decoder);
	r = root_read_u64(root, path, &size_bytes);
	return r < 0 ? r != -ENOENT : size_bytes != 0;
}

static bool is_memory_in_use(const struct root *root, const char *device)
{
	if (starts_with(device, "decoder"))
		return is_programmed(root, device);
	return starts_with(device, "region") || starts_with(device, "dax_region");
}

/* What shows that CXL memory of this machine is in use; NULL when nothing does. */
static const char *find_memory_in_use(const struct root *root, const struct names *devices,
				      struct names *dax)
{
	for (size_t i = 0; i < devices->count; i++)
		if (is_memory_in_use(root, devices->list[i]))
			return devices->list[i];
	/* Memory that firmware set up may be known to the dax bus alone. */
	if (devices->count && names_read(root, DAX, dax) == 0 && dax->count)
		return dax->list[0];
	return NULL;
}

/* The decoders of a memory device are there once cxl_mem has it. */
static int mark_undecoded(const struct root *root, struct snapshot *snapshot,
			  const struct names *devices)
{
	int r = 0;

	for (size_t i = 0; r >= 0 && i < devices->count; i++) {
		char link[PATH_TEXT_MAX], path[NODE_TEXT_MAX], what[2 * PATH_TEXT_MAX];

		snprintf(link, sizeof(link), CXL "/%s/driver", devices->list[i]);
		if (!starts_with(devices->list[i], "mem") || root_exists(root, link))
			continue;
		snprintf(link, sizeof(link), CXL "/%s", devices->list[i]);
		if (root_read_link(root, link, path, sizeof(path)) < 0)
			continue;
		snprintf(what, sizeof(what),
			 "CXL memory %s without cxl_mem: firmware may have put it to use",
			 devices->list[i]);
		r = use_mark_path(snapshot, path, USE_UNKNOWN, what);
	}
	return r < 0 ? r : 0;
}

int use_read_cxl(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_names_ struct names devices = {0}, dax = {0};
	int readable = names_read(root, CXL, &devices), r = 0;
	const char *in_use;

	if (readable == -ENOMEM)
		return readable;
	in_use = find_memory_in_use(root, &devices, &dax);
	if (in_use)
		r = mark_memory_devices(root, snapshot, &devices, in_use);
	else
		r = mark_undecoded(root, snapshot, &devices);
	return r < 0 ? r : mark_unmanaged(snapshot, readable == 0 || readable == -ENOENT);
}
