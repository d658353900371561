// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/traffic.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "step/traffic_read.h"
#include "step/traffic_send.h"

#define POLL_MS 20
#define OPEN_POLL_MS 200
/* Drivers look for their disks after they are bound, and so does udev. */
#define START_LIMIT_MS 20000
/* Longer than the time after which the NVMe and virtio drivers give an I/O up. */
#define END_LIMIT_MS 75000
/* In which one that was killed runs once more, though others want the processors too. */
#define STOP_LIMIT_MS 5000
#define DESCRIPTORS_GUESSED 16384 /* where they cannot be closed in one piece */

struct reader {
	struct traffic_shared *shared; /* with the process */
	pid_t pid;
	bool sends;
};

/* What the process does, until it has done enough or cannot go on. */
typedef int (*work_fn)(const int fds[2], struct traffic_shared *shared);

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

/* One that sleeps in the kernel dies when it wakes; nobody waits for that: then it is false. */
static bool stop(const struct reader *reader, struct meanwhile *meanwhile)
{
	kill(reader->pid, SIGKILL);
	return has_ended(reader, meanwhile, STOP_LIMIT_MS);
}

/* From @first on, or what no shell has given, and before @end. */
static void close_between(unsigned int first, unsigned int end)
{
	if (first <= STDERR_FILENO)
		first = STDERR_FILENO + 1;
	if (first >= end || syscall(SYS_close_range, first, end - 1, 0) == 0)
		return;
	/* A kernel before 5.9, or a filter of system calls. */
	for (; first < end && first < DESCRIPTORS_GUESSED; first++)
		close((int)first);
}

/* All but its own, of which the second may be missing. */
static void close_others(const int fds[2])
{
	int second = fds[1] < 0 ? fds[0] : fds[1];
	unsigned int low = (unsigned int)(second < fds[0] ? second : fds[0]);
	unsigned int high = (unsigned int)(second < fds[0] ? fds[0] : second);

	close_between(0, low);
	close_between(low + 1, high);
	close_between(high + 1, ~0U);
}

/* It has its own alone: not the tool's lock, journal or pipes, which it might hold for ever. */
static void be_alone(const int fds[2], pid_t tool)
{
	static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have died before that. */
	if (getppid() != tool)
		_exit(1);
	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	close_others(fds);
}

static int start_on(const int fds[2], work_fn work, struct reader **out)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	pid_t tool = getpid();
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
	if (reader->pid == 0) {
		be_alone(fds, tool);
		_exit(work(fds, reader->shared));
	}
	if (reader->pid < 0) {
		reader_free(reader);
		return r;
	}
	*out = reader;
	return 0;
}

/* Until all was read, or something sent, once. */
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
	(void)stop(reader, meanwhile);
}

static int start(const int fds[2], work_fn work, struct meanwhile *meanwhile,
		 struct traffic *traffic, struct reader **out)
{
	struct reader *reader = NULL;
	int r = start_on(fds, work, &reader);

	if (r < 0)
		return r;
	await_start(reader, meanwhile, traffic);
	if (traffic->started)
		*out = reader;
	else
		reader_free(reader);
	return 0;
}

int traffic_start(const struct root *root, disk_open_fn open_disk, struct meanwhile *meanwhile,
		  struct traffic *traffic, struct reader **out)
{
	_cleanup_close_ int disk = -1;
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
	return start((const int[2]){disk, -1}, traffic_read, meanwhile, traffic, out);
}

int traffic_start_sending(const struct root *root, int index, struct meanwhile *meanwhile,
			  struct traffic *traffic, struct reader **out)
{
	int fds[2], r = traffic_send_open(root, index, traffic->device, fds);

	if (r < 0) {
		traffic->error = -r;
		return 0;
	}
	r = start(fds, traffic_send, meanwhile, traffic, out);
	if (*out)
		(*out)->sends = true;
	close(fds[0]);
	close(fds[1]);
	return r;
}

void traffic_phase(struct reader *reader, enum traffic_phase phase)
{
	atomic_store(&reader->shared->phase, (int)phase);
}

pid_t traffic_end(struct reader *reader, struct meanwhile *meanwhile, struct traffic *traffic,
		  bool wait)
{
	struct traffic_shared *shared = reader->shared;
	bool ended = has_ended(reader, meanwhile, wait ? END_LIMIT_MS : POLL_MS) ||
		     stop(reader, meanwhile);
	pid_t stuck = ended || reader->sends ? 0 : reader->pid;

	traffic->ended = atomic_load(&shared->complete);
	traffic->error = atomic_load(&shared->error);
	traffic->mismatches = atomic_load(&shared->mismatches);
	traffic->longest_ns = atomic_load(&shared->longest_ns);
	*(reader->sends ? &traffic->sent_before : &traffic->reads_before) =
		atomic_load(&shared->reads[TRAFFIC_BEFORE]);
	*(reader->sends ? &traffic->sent_within : &traffic->reads_within) =
		atomic_load(&shared->reads[TRAFFIC_WITHIN]);
	*(reader->sends ? &traffic->sent_after : &traffic->reads_after) =
		atomic_load(&shared->reads[TRAFFIC_AFTER]);
	reader_free(reader);
	return stuck;
}
