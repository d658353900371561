// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/decompress.h"

static const struct {
	enum compression compression;
	const char *name;
	const char *magic;
	size_t length;
} formats[] = {
	{COMPRESSION_GZIP, "gzip", "\x1f\x8b\x08", 3},
	{COMPRESSION_XZ, "xz",
	 "\xfd"
	 "7zXZ\0",
	 6},
	{COMPRESSION_ZSTD, "zstd", "\x28\xb5\x2f\xfd", 4},
	{COMPRESSION_LZ4, "lz4", "\x02\x21\x4c\x18", 4},
	{COMPRESSION_BZIP2, "bzip2", "BZh", 3},
	{COMPRESSION_LZMA, "lzma", "\x5d\0\0", 3},
	{COMPRESSION_LZO, "lzo", "\x89LZO", 4},
};

enum compression compression_detect(struct bytes data)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (bytes_match(data, 0, formats[i].magic, formats[i].length))
			return formats[i].compression;
	return COMPRESSION_NONE;
}

const char *compression_name(enum compression compression)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (formats[i].compression == compression)
			return formats[i].name;
	return "none";
}
