// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/traffic.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "step/traffic_read.h"

#define POLL_MS 20
#define OPEN_POLL_MS 200
/* Drivers look for their disks after they are bound, and so does udev. */
#define START_LIMIT_MS 20000
/* Longer than the time after which the NVMe and virtio drivers give an I/O up. */
#define END_LIMIT_MS 75000

struct reader {
	struct traffic_shared *shared; /* with the process */
	pid_t pid;
};

static void pause_ms(struct meanwhile *meanwhile, uint64_t ms)
{
	meanwhile_pause(meanwhile, ms * 1000000);
}

/* Waits for the process; false: it goes on. */
static bool has_ended(const struct reader *reader, struct meanwhile *meanwhile,
		      unsigned int limit_ms)
{
	for (unsigned int waited_ms = 0; waited_ms < limit_ms; waited_ms += POLL_MS) {
		if (waitpid(reader->pid, NULL, WNOHANG) != 0)
			return true;
		pause_ms(meanwhile, POLL_MS);
	}
	return false;
}

static void reader_free(struct reader *reader)
{
	munmap(reader->shared, sizeof(*reader->shared));
	free(reader);
}

/* One that sleeps in the kernel dies when it wakes; nobody waits for that. */
static void stop(const struct reader *reader, struct meanwhile *meanwhile)
{
	kill(reader->pid, SIGKILL);
	(void)has_ended(reader, meanwhile, 10 * POLL_MS);
}

static int start_on(int disk, struct reader **out)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	int r;

	if (!reader)
		return -ENOMEM;
	reader->shared = mmap(NULL, sizeof(*reader->shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (reader->shared == MAP_FAILED) {
		free(reader);
		return -ENOMEM;
	}
	reader->pid = fork();
	r = -errno;
	if (reader->pid == 0)
		_exit(traffic_read(disk, reader->shared));
	if (reader->pid < 0) {
		reader_free(reader);
		return r;
	}
	*out = reader;
	return 0;
}

/* Until it was read once. */
static void await_start(const struct reader *reader, struct meanwhile *meanwhile,
			struct traffic *traffic)
{
	for (unsigned int waited_ms = 0; waited_ms < START_LIMIT_MS; waited_ms += POLL_MS) {
		if (atomic_load(&reader->shared->ready)) {
			traffic->started = true;
			return;
		}
		if (waitpid(reader->pid, NULL, WNOHANG) != 0) {
			traffic->error = atomic_load(&reader->shared->error);
			return;
		}
		pause_ms(meanwhile, POLL_MS);
	}
	traffic->error = ETIMEDOUT;
	stop(reader, meanwhile);
}

int traffic_start(const struct root *root, disk_open_fn open_disk, struct meanwhile *meanwhile,
		  struct traffic *traffic, struct reader **out)
{
	_cleanup_close_ int disk = -1;
	struct reader *reader = NULL;
	int r = -ENODEV;

	for (unsigned int waited_ms = 0; r < 0 && waited_ms < START_LIMIT_MS;
	     waited_ms += OPEN_POLL_MS) {
		r = open_disk(root, traffic->function, traffic->device, sizeof(traffic->device));
		if (r < 0)
			pause_ms(meanwhile, OPEN_POLL_MS);
	}
	if (r < 0) {
		traffic->error = -r;
		return 0;
	}
	disk = r;
	r = start_on(disk, &reader);
	if (r < 0)
		return r;
	await_start(reader, meanwhile, traffic);
	if (traffic->started)
		*out = reader;
	else
		reader_free(reader);
	return 0;
}

void traffic_phase(struct reader *reader, enum traffic_phase phase)
{
	atomic_store(&reader->shared->phase, (int)phase);
}

void traffic_end(struct reader *reader, struct meanwhile *meanwhile, struct traffic *traffic,
		 bool wait)
{
	struct traffic_shared *shared = reader->shared;

	if (!has_ended(reader, meanwhile, wait ? END_LIMIT_MS : POLL_MS))
		stop(reader, meanwhile);
	traffic->ended = atomic_load(&shared->complete);
	traffic->error = atomic_load(&shared->error);
	traffic->mismatches = atomic_load(&shared->mismatches);
	traffic->longest_ns = atomic_load(&shared->longest_ns);
	traffic->reads_before = atomic_load(&shared->reads[TRAFFIC_BEFORE]);
	traffic->reads_within = atomic_load(&shared->reads[TRAFFIC_WITHIN]);
	traffic->reads_after = atomic_load(&shared->reads[TRAFFIC_AFTER]);
	reader_free(reader);
}
