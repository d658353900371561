/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells whether bytes are still what they were. */
#ifndef BASE_CRC32_H
#define BASE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of IEEE 802.3, as gzip and cksum -a crc32b have it. Pure. */
uint32_t crc32_of(const void *bytes, size_t length_bytes);

#endif
