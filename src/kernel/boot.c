// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/boot.h"

#include <errno.h>

#define SECTOR_BYTES 512
#define X86_SETUP_SECTS 0x1f1
#define X86_BOOT_FLAG 0x1fe
#define X86_HEADER_MAGIC 0x202
#define X86_VERSION 0x206
#define X86_VERSION_WITH_PAYLOAD 0x208
#define X86_PAYLOAD_OFFSET 0x248
#define X86_PAYLOAD_LENGTH 0x24c

#define ZBOOT_MAGIC 4
#define ZBOOT_PAYLOAD_OFFSET 8
#define ZBOOT_PAYLOAD_LENGTH 12

#define RAW_MAGIC 0x38

/* The Microsoft PE format: where its header begins, and what stands there. */
#define PE_OFFSET 0x3c
#define PE_SECTION_COUNT 6
#define PE_OPTIONAL_LENGTH 20
#define PE_OPTIONAL 24
#define PE_SECTION_BYTES 40
#define PE_SECTION_VIRTUAL_LENGTH 8
#define PE_SECTION_LENGTH 16
#define PE_SECTION_OFFSET 20

static bool is_bzimage(struct bytes file)
{
	return bytes_match(file, X86_BOOT_FLAG, "\x55\xaa", 2) &&
	       bytes_match(file, X86_HEADER_MAGIC, "HdrS", 4);
}

static int bzimage_payload(struct bytes file, struct bytes *payload)
{
	uint64_t sectors, version, offset, length;

	if (!bytes_number(file, X86_SETUP_SECTS, 1, false, &sectors) ||
	    !bytes_number(file, X86_VERSION, 2, false, &version) ||
	    version < X86_VERSION_WITH_PAYLOAD ||
	    !bytes_number(file, X86_PAYLOAD_OFFSET, 4, false, &offset) ||
	    !bytes_number(file, X86_PAYLOAD_LENGTH, 4, false, &length))
		return -EINVAL;
	/* For backwards compatibility 0 stands for 4. */
	if (sectors == 0)
		sectors = 4;
	offset += (sectors + 1) * SECTOR_BYTES;
	return bytes_slice(file, offset, length, payload) ? 0 : -EINVAL;
}

static int zboot_payload(struct bytes file, struct bytes *payload)
{
	uint64_t offset, length;

	if (!bytes_number(file, ZBOOT_PAYLOAD_OFFSET, 4, false, &offset) ||
	    !bytes_number(file, ZBOOT_PAYLOAD_LENGTH, 4, false, &length))
		return -EINVAL;
	return bytes_slice(file, offset, length, payload) ? 0 : -EINVAL;
}

/* The headers of a PE file's sections; false when it is none. */
static bool pe_sections(struct bytes file, struct bytes *sections)
{
	uint64_t header, count, optional;

	return bytes_match(file, 0, "MZ", 2) && bytes_number(file, PE_OFFSET, 4, false, &header) &&
	       bytes_match(file, header, "PE\0\0", 4) &&
	       bytes_number(file, header + PE_SECTION_COUNT, 2, false, &count) &&
	       bytes_number(file, header + PE_OPTIONAL_LENGTH, 2, false, &optional) &&
	       bytes_slice(file, header + PE_OPTIONAL + optional, count * PE_SECTION_BYTES,
			   sections);
}

/* The kernel in a unified kernel image; beside it there may be others, in an initrd. */
static int uki_payload(struct bytes file, struct bytes *payload)
{
	struct bytes sections;

	if (!pe_sections(file, &sections))
		return -ENOENT;
	for (uint64_t at = 0; at < sections.length; at += PE_SECTION_BYTES) {
		uint64_t offset, length, used;

		if (!bytes_match(sections, at, ".linux\0", 8))
			continue;
		if (!bytes_number(sections, at + PE_SECTION_VIRTUAL_LENGTH, 4, false, &used) ||
		    !bytes_number(sections, at + PE_SECTION_LENGTH, 4, false, &length) ||
		    !bytes_number(sections, at + PE_SECTION_OFFSET, 4, false, &offset))
			return -EINVAL;
		/* In the file it is padded. */
		if (used && used < length)
			length = used;
		return bytes_slice(file, offset, length, payload) ? 0 : -EINVAL;
	}
	return -ENOENT;
}

int boot_payload(struct bytes file, const char **format, struct bytes *payload)
{
	if (is_bzimage(file)) {
		*format = "bzImage";
		return bzimage_payload(file, payload);
	}
	if (bytes_match(file, 0, "MZ", 2) && bytes_match(file, ZBOOT_MAGIC, "zimg", 4)) {
		*format = "EFI zboot";
		return zboot_payload(file, payload);
	}
	*format = "UKI";
	return uki_payload(file, payload);
}

const char *boot_raw_format(struct bytes file)
{
	if (bytes_match(file, RAW_MAGIC, "ARM\x64", 4))
		return "arm64 Image";
	if (bytes_match(file, RAW_MAGIC, "RSC\x05", 4))
		return "riscv Image";
	return NULL;
}
