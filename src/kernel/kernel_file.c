// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/kernel_file.h"

#include <errno.h>
#include <fcntl.h>

#include "kernel/image.h"
#include "kernel/regular.h"

#define FILE_MAX_BYTES (2UL << 30)

static int read_file(const char *path, unsigned char **data, size_t *length_bytes,
		     struct strbuf *error)
{
	_cleanup_close_ int fd = open(path, REGULAR_OPEN_FLAGS);
	int r = fd < 0 ? -errno : regular_read(fd, FILE_MAX_BYTES, data, length_bytes);

	if (r == -EISDIR)
		strbuf_puts(error, "a directory: name the kernel image in it");
	else if (r == -ENOTSUP)
		strbuf_puts(error, "not a regular file: copy it to one first");
	else if (r == -EFBIG)
		strbuf_puts(error, "larger than 2 GiB: no kernel is that large");
	else if (r < 0)
		strbuf_puts(error, strerror(-r));
	return r;
}

static enum tri is_running(const struct kernel_image *image, const struct build_note *running)
{
	size_t offset = 0;

	/* A BTF file holds no notes. */
	if (!running || running->length == 0 || image->btf.data == image->data.data)
		return TRI_UNKNOWN;
	return tri_of(bytes_find(image->data, running->data, running->length, &offset));
}

int facts_read_file(const char *path, const struct build_note *running, struct file_facts *out,
		    struct strbuf *error)
{
	_cleanup_free_ unsigned char *data = NULL;
	_cleanup_image_ struct kernel_image image = {0};
	size_t length = 0;
	int r = read_file(path, &data, &length, error);

	if (r < 0)
		return r;
	r = image_open((struct bytes){data, length}, &image, error);
	if (r < 0)
		return r;
	image_read_facts(&image, &out->facts);
	memcpy(out->format, image.format, sizeof(out->format));
	out->running = is_running(&image, running);
	return 0;
}
