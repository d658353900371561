// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/btf_locate.h"

#include <linux/btf.h>

/* Magic, version 1, no flags. */
static const unsigned char little[] = {0x9f, 0xeb, 1, 0};
static const unsigned char big[] = {0xeb, 0x9f, 1, 0};

/* More than this and it is some other data that looks like a header. */
#define HEADER_MAX_BYTES 256

bool btf_at_start(struct bytes blob, struct bytes *btf)
{
	uint64_t header, type_offset, type_length, string_offset, string_length;
	struct bytes strings;
	bool big_endian = bytes_match(blob, 0, big, sizeof(big));

	if (!big_endian && !bytes_match(blob, 0, little, sizeof(little)))
		return false;
#define FIELD(member, value)                                                                       \
	bytes_number(blob, offsetof(struct btf_header, member), 4, big_endian, value)
	if (!FIELD(hdr_len, &header) || !FIELD(type_off, &type_offset) ||
	    !FIELD(type_len, &type_length) || !FIELD(str_off, &string_offset) ||
	    !FIELD(str_len, &string_length))
		return false;
#undef FIELD
	/* Unaligned types would be read unaligned. */
	if (header < sizeof(struct btf_header) || header > HEADER_MAX_BYTES || header % 4 ||
	    type_offset % 4 || type_offset + type_length > string_offset || string_length == 0)
		return false;
	if (!bytes_slice(blob, header + string_offset, string_length, &strings))
		return false;
	if (strings.data[0] != '\0' || strings.data[string_length - 1] != '\0')
		return false;
	return !btf || bytes_slice(blob, 0, header + string_offset + string_length, btf);
}

static void scan_for(struct bytes image, const unsigned char magic[static 4], struct bytes *best)
{
	for (size_t offset = 0; bytes_find(image, magic, 4, &offset); offset++) {
		struct bytes rest = {image.data + offset, image.length - offset}, found;

		if (btf_at_start(rest, &found) && found.length > best->length)
			*best = found;
	}
}

bool btf_scan(struct bytes image, struct bytes *btf)
{
	struct bytes best = {0};

	scan_for(image, little, &best);
	scan_for(image, big, &best);
	if (best.length == 0)
		return false;
	*btf = best;
	return true;
}
