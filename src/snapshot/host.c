// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/host.h"

#include <errno.h>
#include <sys/utsname.h>

#include "base/array.h"
#include "snapshot/host_state.h"
#include "snapshot/node.h"

#define COPY(field, text) snprintf(field, sizeof(field), "%s", text)

static void read_names(const struct root *root, struct host *host)
{
	struct utsname name;

	if (root->live && uname(&name) == 0) {
		COPY(host->nodename, name.nodename);
		COPY(host->release, name.release);
		COPY(host->version, name.version);
		COPY(host->machine, name.machine);
		return;
	}
	if (root_read_line(root, "proc/sys/kernel/hostname", host->nodename,
			   sizeof(host->nodename)) < 0)
		host->nodename[0] = '\0';
	if (root_read_line(root, "proc/sys/kernel/osrelease", host->release,
			   sizeof(host->release)) < 0)
		host->release[0] = '\0';
	if (root_read_line(root, "proc/sys/kernel/version", host->version, sizeof(host->version)) <
	    0)
		host->version[0] = '\0';
	if (root_read_line(root, "proc/sys/kernel/arch", host->machine, sizeof(host->machine)) < 0)
		host->machine[0] = '\0';
}

/* None of it is loaded for being looked at. */
static void read_vfio(const struct root *root, struct host *host)
{
	host->vfio = root_exists(root, "dev/vfio/vfio");
	host->vfio_pci = root_exists(root, "sys/bus/pci/drivers/vfio-pci");
	host->iommufd = root_exists(root, "dev/iommu");
	host->vfio_devices = root_exists(root, "dev/vfio/devices");
	host->vfio_type1 = root_exists(root, "sys/module/vfio_iommu_type1");
}

static int compare_names(const void *a, const void *b)
{
	return strverscmp(a, b);
}

static int read_iommus(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_dir_ DIR *dir = root_open_dir(root, "sys/class/iommu");
	_cleanup_free_ char(*names)[256] = NULL;
	struct host *host = &snapshot->host;
	const struct dirent *entry;
	size_t count = 0, length = 0;
	int error = dir ? 0 : errno;

	while (dir && (entry = readdir(dir))) {
		char(*slot)[256];

		if (node_is_dot(entry->d_name))
			continue;
		slot = ARRAY_APPEND(names, count);
		if (!slot)
			return -ENOMEM;
		snprintf(*slot, sizeof(*slot), "%s", entry->d_name);
	}
	if (count)
		qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count && length + strlen(names[i]) + 2 <= sizeof(host->iommu_names);
	     i++)
		length +=
			(size_t)sprintf(host->iommu_names + length, "%s%s", i ? " " : "", names[i]);
	if (count || snapshot->group_count)
		host->iommu = TRI_YES;
	else
		host->iommu = !error || error == ENOENT ? TRI_NO : TRI_UNKNOWN;
	return 0;
}

bool host_cmdline_has_noats(const char *cmdline)
{
	const char *at = cmdline;

	while (*(at += strspn(at, " \t\n"))) {
		size_t length = strcspn(at, " \t\n");
		const char *option = at + strlen("pci="), *end = at + length;

		if (starts_with(at, "pci="))
			for (; option < end;
			     option += strcspn(option, ", \t\n"), option += option < end)
				if (strcspn(option, ", \t\n") == strlen("noats") &&
				    starts_with(option, "noats"))
					return true;
		at = end;
	}
	return false;
}

/* Those of VMD are beyond: its functions have the requester ids of the segment that VMD is in. */
#define SEGMENT_MAX 0xffff

/* Functions are sorted, so those of one segment stand together. */
static unsigned int count_segments(const struct snapshot *snapshot)
{
	unsigned int segments = 0;
	uint32_t last = UINT32_MAX;

	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct bdf bdf;

		if (bdf_parse(snapshot->functions[i].bdf, &bdf) < 0 || bdf.domain == last ||
		    bdf.domain > SEGMENT_MAX)
			continue;
		last = bdf.domain;
		segments++;
	}
	return segments;
}

int host_read(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_free_ char *cmdline = NULL;
	struct host *host = &snapshot->host;
	int r = host_state_read(root, host);

	if (r < 0)
		return r;
	read_names(root, host);
	read_vfio(root, host);
	host->segments = count_segments(snapshot);
	if (root_read(root, "proc/cmdline", 1U << 16, &cmdline, NULL) == 0)
		host->ats_disabled = tri_of(host_cmdline_has_noats(cmdline));
	return read_iommus(root, snapshot);
}
