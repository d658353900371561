// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/traffic_read.h"

#include <errno.h>
#include <unistd.h>

#include "base/crc32.h"
#include "base/monotonic.h"

#define READ_BYTES 4096
#define PLACES 64 /* spread over the whole disk */

/* One place, and its sum. Returns 0 or an errno. */
static int read_place(int disk, off_t offset, void *buffer, struct traffic_shared *shared,
		      uint32_t *sum)
{
	uint64_t begin_ns = monotonic_ns(), took_ns;
	ssize_t got = pread(disk, buffer, READ_BYTES, offset);
	int error = got < 0 ? errno : got == READ_BYTES ? 0 : EIO;

	took_ns = monotonic_ns() - begin_ns;
	if (took_ns > atomic_load(&shared->longest_ns))
		atomic_store(&shared->longest_ns, took_ns);
	if (error == 0)
		*sum = crc32_of(buffer, READ_BYTES);
	return error;
}

static int read_all(int disk, off_t stride, void *buffer, struct traffic_shared *shared)
{
	uint32_t sums[PLACES], sum = 0;
	unsigned int after = 0;
	int error = 0;

	for (unsigned int i = 0; i < PLACES && error == 0; i++)
		error = read_place(disk, stride * i, buffer, shared, &sums[i]);
	if (error)
		return error;
	for (unsigned int i = 0; after < PLACES; i = (i + 1) % PLACES) {
		/* Only those count that began after the reset. */
		bool is_after = atomic_load(&shared->phase) == TRAFFIC_AFTER;

		error = read_place(disk, stride * i, buffer, shared, &sum);
		if (error)
			return error;
		if (sum != sums[i])
			atomic_fetch_add(&shared->mismatches, 1);
		atomic_fetch_add(&shared->reads[atomic_load(&shared->phase)], 1);
		/* The reset follows at once, and needs a read that was counted before it. */
		atomic_store(&shared->ready, true);
		after = is_after ? after + 1 : 0;
	}
	atomic_store(&shared->complete, true);
	return 0;
}

int traffic_read(const int fds[2], struct traffic_shared *shared)
{
	int disk = fds[0];
	off_t size_bytes, stride;
	void *buffer;
	int error;

	size_bytes = lseek(disk, 0, SEEK_END);
	stride = size_bytes / PLACES / READ_BYTES * READ_BYTES;
	if (stride <= 0)
		error = ENOSPC;
	else if (posix_memalign(&buffer, READ_BYTES, READ_BYTES) != 0)
		error = ENOMEM;
	else
		error = read_all(disk, stride, buffer, shared);
	atomic_store(&shared->error, error);
	return error != 0;
}
