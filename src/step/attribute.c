// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/attribute.h"

#include <errno.h>

#include "step/writer.h"

int attribute_read_methods(const struct root *root, const char *bdf, char *text, size_t size_bytes)
{
	char path[64];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/reset_method", bdf);
	return root_read_line(root, path, text, size_bytes);
}

int attribute_read_driver(const struct root *root, const char *bdf, char *driver, size_t size_bytes)
{
	char path[64];
	int r;

	driver[0] = '\0';
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/driver", bdf);
	r = root_read_link_name(root, path, driver, size_bytes);
	return r == -ENOENT ? 0 : r;
}

int attribute_write(const struct root *root, struct workers *workers, const char *path,
		    const char *value, unsigned int deadline_s)
{
	struct work work = {.path = path, .value = value, .by = workers};
	int r = worker_run(root, &work, 1, deadline_s, NULL, NULL);

	if (r < 0)
		return -r;
	return work.hung ? ETIMEDOUT : work.error;
}

int attribute_put_back(const struct root *root, struct workers *workers, const char *path,
		       const char *value, unsigned int deadline_s)
{
	struct work work = {.path = path, .value = value, .by = workers};
	_cleanup_close_ int fd = -1;

	if (worker_run(root, &work, 1, deadline_s, NULL, NULL) == 0 &&
	    (work.hung || work.error != ECHILD))
		return work.hung ? ETIMEDOUT : work.error;
	fd = writer_open(root, path);
	return fd < 0 ? -fd : -writer_write(fd, value);
}
