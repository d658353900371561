// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/crc32.h"

#define POLYNOMIAL_REVERSED 0xedb88320U

uint32_t crc32_of(const void *bytes, size_t length_bytes)
{
	const unsigned char *byte = bytes;
	uint32_t crc = 0xffffffffU;

	for (size_t i = 0; i < length_bytes; i++) {
		crc ^= byte[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? POLYNOMIAL_REVERSED : 0);
	}
	return ~crc;
}
