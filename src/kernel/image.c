// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/image.h"

#include <errno.h>

#include "kernel/boot.h"
#include "kernel/btf_locate.h"
#include "kernel/decompress.h"
#include "kernel/elf.h"

#define IMAGE_MAX_BYTES (1UL << 30)
/* A bzImage in a UKI in gzip, for example; deeper nesting is no kernel. */
#define WRAPPERS_MAX 4

static void add_format(struct kernel_image *image, const char *name)
{
	size_t used = strlen(image->format);

	snprintf(image->format + used, sizeof(image->format) - used, "%s%s", used ? ", " : "",
		 name);
}

static int unpack(struct kernel_image *image, enum compression compression, struct strbuf *error)
{
	const char *name = compression_name(compression);
	unsigned char *unpacked = NULL;
	size_t length;
	int r = decompress(compression, image->data, IMAGE_MAX_BYTES, &unpacked, &length);

	if (r == -EOPNOTSUPP)
		strbuf_printf(error,
			      "compressed with %s, which this build does not read; "
			      "name the vmlinux of that kernel or its BTF instead",
			      name);
	else if (r == -EBADMSG)
		strbuf_printf(error, "damaged or cut off: its %s data does not decompress", name);
	else if (r == -EFBIG)
		strbuf_printf(error, "more than 1 GiB of %s data: no kernel is that large", name);
	else if (r < 0)
		strbuf_printf(error, "decompressing %s: %s", name, strerror(-r));
	if (r < 0)
		return r == -EBADMSG ? -EINVAL : r;
	free(image->owned);
	image->owned = unpacked;
	image->data = (struct bytes){unpacked, length};
	add_format(image, name);
	return 0;
}

static int unwrap(struct kernel_image *image, struct strbuf *error)
{
	for (int i = 0; i < WRAPPERS_MAX; i++) {
		enum compression compression;
		const char *format;
		bool wrapped;
		int r = boot_payload(image->data, &format, &image->data);

		if (r == -EINVAL) {
			strbuf_printf(error,
				      "damaged or cut off: the payload of this %s lies "
				      "outside of the file",
				      format);
			return r;
		}
		wrapped = r == 0;
		if (wrapped)
			add_format(image, format);
		compression = compression_detect(image->data);
		if (compression == COMPRESSION_NONE && wrapped)
			continue;
		if (compression == COMPRESSION_NONE)
			return 0;
		r = unpack(image, compression, error);
		if (r < 0)
			return r;
	}
	return 0;
}

static int find_elf_btf(struct kernel_image *image, struct strbuf *error)
{
	int r = elf_section(image->data, ".BTF", &image->btf);

	add_format(image, "ELF");
	if (r == -EINVAL)
		strbuf_puts(error, "damaged or cut off: the section headers of this ELF file are "
				   "not valid");
	return r == -ENOENT ? 0 : r;
}

static int find_btf(struct kernel_image *image, struct strbuf *error)
{
	const char *raw = boot_raw_format(image->data);

	if (btf_at_start(image->data, NULL)) {
		image->btf = image->data;
		add_format(image, "BTF");
		return 0;
	}
	if (elf_is(image->data))
		return find_elf_btf(image, error);
	if (raw)
		add_format(image, raw);
	btf_scan(image->data, &image->btf);
	return 0;
}

static void find_release(struct kernel_image *image)
{
	static const char banner[] = "Linux version ";
	size_t offset = 0;

	for (; bytes_find(image->data, banner, sizeof(banner) - 1, &offset); offset++) {
		size_t begin = offset + sizeof(banner) - 1, length = 0;

		while (begin + length < image->data.length && length < sizeof(image->release) &&
		       image->data.data[begin + length] > ' ' &&
		       image->data.data[begin + length] <= '~')
			length++;
		/* The format of /proc/version looks alike, but has %s here. */
		if (length == 0 || length == sizeof(image->release) ||
		    image->data.data[begin] < '0' || image->data.data[begin] > '9')
			continue;
		memcpy(image->release, image->data.data + begin, length);
		image->release[length] = '\0';
		return;
	}
}

int image_open(struct bytes file, struct kernel_image *image, struct strbuf *error)
{
	int r;

	*image = (struct kernel_image){.data = file};
	if (file.length == 0) {
		strbuf_puts(error, "the file is empty");
		return -EINVAL;
	}
	r = unwrap(image, error);
	if (r == 0)
		r = find_btf(image, error);
	if (r == 0)
		find_release(image);
	if (r == 0 && image->btf.length == 0 && !image->release[0]) {
		strbuf_puts(error,
			    "not a kernel: neither BTF nor a \"Linux version\" banner in it; "
			    "name a bzImage, EFI zboot image, UKI, raw Image, vmlinux or "
			    "BTF file");
		r = -EINVAL;
	}
	if (r < 0)
		image_close(image);
	return r;
}

void image_close(struct kernel_image *image)
{
	free(image->owned);
	*image = (struct kernel_image){0};
}
