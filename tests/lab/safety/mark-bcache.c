// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mark-bcache DISK: writes the superblock of a bcache backing device (struct cache_sb_disk of
 * drivers/md/bcache/bcache_ondisk.h, version 1), so that the kernel takes it when it is registered.
 */
#include <endian.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SB_SECTOR 8L
#define SECTOR_BYTES 512
#define CRC64_POLYNOMIAL 0x42f0e1eba9ea3693 /* ECMA-182 */

struct superblock {
	uint64_t csum, offset, version;
	uint8_t magic[16], uuid[16], set_uuid[16], label[32];
	uint64_t flags, seq, features[3], pad[5], nbuckets;
	uint16_t block_size, bucket_size, nr_in_set, nr_this_dev;
	uint32_t last_mount;
	uint16_t first_bucket, keys;
	uint64_t d[256];
};

static uint64_t crc64(const void *data, size_t size)
{
	const uint8_t *bytes = data;
	uint64_t crc = ~0ULL;

	for (size_t i = 0; i < size; i++) {
		crc ^= (uint64_t)bytes[i] << 56;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 63 ? crc << 1 ^ CRC64_POLYNOMIAL : crc << 1;
	}
	return ~crc;
}

int main(int argc, char **argv)
{
	struct superblock sb = {
		.offset = htole64(SB_SECTOR),
		.version = htole64(1),
		.magic = {0xc6, 0x85, 0x73, 0xf6, 0x4e, 0x1a, 0x45, 0xca, 0x82, 0x65, 0xf5, 0x7f,
			  0x48, 0xba, 0x6d, 0x81},
		.uuid = {1},
		.set_uuid = {2},
		.block_size = htole16(1),
		.bucket_size = htole16(1024),
		.nr_in_set = htole16(1),
	};
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: mark-bcache DISK\n");
		return 2;
	}
	sb.csum = htole64(crc64(&sb.offset, offsetof(struct superblock, d) - sizeof(sb.csum)));
	fd = open(argv[1], O_WRONLY | O_SYNC);
	if (fd < 0 || pwrite(fd, &sb, sizeof(sb), SB_SECTOR * SECTOR_BYTES) != sizeof(sb)) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
