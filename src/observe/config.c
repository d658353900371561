// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/pci_regs.h>

#define PATH_MAX_BYTES 96

int config_read(const struct root *root, const char *bdf, struct config_space *config)
{
	char path[PATH_MAX_BYTES];
	_cleanup_close_ int fd = -1;
	size_t length = 0;

	*config = (struct config_space){0};
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/config", bdf);
	fd = root_open_file(root, path, O_RDONLY);
	if (fd < 0)
		return fd;
	/* The kernel gives 64 bytes to the unprivileged, 256 where there is no extended space. */
	while (length < sizeof(config->bytes)) {
		ssize_t got = pread(fd, config->bytes + length, sizeof(config->bytes) - length,
				    (off_t)length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int error = -errno;

			*config = (struct config_space){0};
			return error;
		}
		if (got == 0)
			break;
		length += (size_t)got;
	}
	config->length_bytes = (unsigned int)length;
	config->readable = length > 0;
	return config->readable ? 0 : -ENODATA;
}

int config_read_header(const struct root *root, const char *bdf, char *text, size_t size_bytes)
{
	char path[PATH_MAX_BYTES];
	uint8_t bytes[PCI_STD_HEADER_SIZEOF];
	size_t count = size_bytes / 3;
	_cleanup_close_ int fd = -1;
	ssize_t got;

	text[0] = '\0';
	if (count > sizeof(bytes))
		return -EINVAL;
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/config", bdf);
	fd = root_open_file(root, path, O_RDONLY);
	if (fd < 0)
		return fd;
	do
		got = pread(fd, bytes, count, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	if ((size_t)got != count)
		return -ENODATA;
	for (size_t i = 0; i < count; i++)
		snprintf(text + 3 * i, size_bytes - 3 * i, "%02x%s", bytes[i],
			 i + 1 < count ? " " : "");
	return 0;
}

static int id_is(const struct root *root, const char *bdf, const char *name, uint16_t expected)
{
	char path[PATH_MAX_BYTES];
	uint64_t value;
	int r;

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/%s", bdf, name);
	r = root_read_u64(root, path, &value);
	if (r == -ENOENT || r == -ENODEV)
		return 0;
	return r < 0 ? r : value == expected;
}

int function_present(const struct root *root, const char *bdf, uint16_t vendor, uint16_t device)
{
	int r = id_is(root, bdf, "vendor", vendor);

	return r > 0 ? id_is(root, bdf, "device", device) : r;
}
