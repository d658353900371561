// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <sys/random.h>

#include "observe/kmsg_record.h"

#define KMSG_PATH "/dev/kmsg"
#define RECORD_BYTES_MAX 16384 /* the kernel's CONSOLE_EXT_LOG_MAX is 8192 */
#define MARKER_BYTES_MAX 512   /* the kernel refuses more than PRINTKRB_RECORD_MAX, 1024 */
#define RUN_ID_MAX 40
#define WHAT_BYTES_MAX 400 /* cut short there, which leaves room for the rest of a marker */
/* A record that another CPU has reserved and not yet written hides those after it. */
#define SETTLE_POLLS 50
#define SETTLE_POLL_MS 10

struct kmsg_observer {
	int fd;
	char run_id[RUN_ID_MAX];
	struct log_state state;	  /* what holds for every step */
	struct log_state current; /* of the step being observed */
	bool sequence_known;
	uint64_t sequence_next;
	char what[WHAT_BYTES_MAX];
	char begin[MARKER_BYTES_MAX], end[MARKER_BYTES_MAX];
};

int kmsg_open(const char *run_id, struct kmsg_observer **out)
{
	struct kmsg_observer *observer;

	if (strlen(run_id) >= RUN_ID_MAX)
		return -EINVAL;
	observer = calloc(1, sizeof(*observer));
	if (!observer)
		return -ENOMEM;
	strcpy(observer->run_id, run_id);
	observer->fd = open(KMSG_PATH, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	observer->state.readable = observer->fd >= 0 && lseek(observer->fd, 0, SEEK_END) >= 0;
	if (!observer->state.readable)
		snprintf(observer->state.why, sizeof(observer->state.why), "%s: %s", KMSG_PATH,
			 strerror(errno));
	*out = observer;
	return 0;
}

const struct log_state *kmsg_state(const struct kmsg_observer *observer)
{
	return &observer->state;
}

/*
 * The random mark is what nobody can have written before the tool did: a marker that others forge
 * would take records out of the step.
 */
static int make_marker(const struct kmsg_observer *observer, const char *word,
		       char marker[MARKER_BYTES_MAX])
{
	uint64_t mark;
	ssize_t length = getrandom(&mark, sizeof(mark), 0);

	if (length < 0)
		return -errno;
	if (length != sizeof(mark))
		return -EIO;
	snprintf(marker, MARKER_BYTES_MAX, "iommu-resettest: %s run=%s %s mark=%016" PRIx64, word,
		 observer->run_id, observer->what, mark);
	return 0;
}

/* Each descriptor may write 10 records in 5 seconds (printk.devkmsg=ratelimit): take a new one. */
static int write_marker(const char *text)
{
	_cleanup_close_ int fd = open(KMSG_PATH, O_WRONLY | O_CLOEXEC);
	char line[MARKER_BYTES_MAX + 8];
	int length = snprintf(line, sizeof(line), "<6>%s\n", text);
	ssize_t written;

	if (fd < 0)
		return -errno;
	written = write(fd, line, (size_t)length);
	if (written < 0)
		return -errno;
	return written == length ? 0 : -EIO;
}

/* Counts what lies between the last record and this one. */
static void count_missing(struct kmsg_observer *observer, uint64_t sequence, bool overrun)
{
	uint64_t missing = 0;

	if (observer->sequence_known && sequence > observer->sequence_next)
		missing = sequence - observer->sequence_next;
	if (overrun && missing == 0)
		missing = 1;
	observer->current.lost += missing;
	observer->sequence_next = sequence + 1;
	observer->sequence_known = true;
}

/*
 * Reads one record into @buffer. Returns 1, 0 at the end of what there is, or -errno. Records that
 * went missing or are none are counted in the current state.
 */
static int read_record(struct kmsg_observer *observer, char buffer[RECORD_BYTES_MAX],
		       struct log_record *record)
{
	bool overrun = false;

	for (;;) {
		ssize_t length = read(observer->fd, buffer, RECORD_BYTES_MAX - 1);

		if (length < 0 && errno == EAGAIN)
			return 0;
		if (length < 0 && errno == EPIPE) {
			overrun = true;
		} else if (length < 0 && errno != EINTR) {
			return -errno;
		} else if (length >= 0 && kmsg_record_parse(buffer, (size_t)length, record) < 0) {
			observer->current.lost++;
			observer->sequence_next++;
		} else if (length >= 0) {
			count_missing(observer, record->sequence, overrun);
			return 1;
		}
	}
}

/* The kernel log can no longer be read: that is said once and for every step from here on. */
static void give_up(struct kmsg_observer *observer, int error)
{
	observer->state.readable = false;
	snprintf(observer->state.why, sizeof(observer->state.why), "%s: %s", KMSG_PATH,
		 strerror(-error));
	observer->current.readable = false;
	memcpy(observer->current.why, observer->state.why, sizeof(observer->current.why));
}

/* Only records written through /dev/kmsg can be markers: the kernel's own have facility 0. */
static bool is_marker(const struct log_record *record, const char *marker)
{
	return marker[0] && record->facility != KMSG_FACILITY_KERNEL && streq(record->text, marker);
}

static void forget_log(struct step_evidence *step)
{
	for (size_t i = 0; i < step->log_count; i++) {
		free(step->log[i].text);
		free(step->log[i].device);
	}
	free(step->log);
	step->log = NULL;
	step->log_count = 0;
}

/* Without a @step, records only go by. */
static int take_record(struct kmsg_observer *observer, struct step_evidence *step,
		       const struct log_record *record)
{
	if (!observer->current.begin_seen && is_marker(record, observer->begin)) {
		/* What came before the marker is not of this step. */
		if (step)
			forget_log(step);
		observer->current.lost = 0;
		observer->current.begin_seen = true;
		observer->current.begin_sequence = record->sequence;
		return 0;
	}
	if (is_marker(record, observer->end)) {
		observer->current.end_seen = true;
		observer->current.end_sequence = record->sequence;
		return 0;
	}
	return step ? step_add_log(step, record) : 0;
}

/* Reads until *@seen, or for a while after the last record. Returns 0 or -ENOMEM. */
static int read_until(struct kmsg_observer *observer, const bool *seen, struct step_evidence *step)
{
	struct pollfd wait = {.fd = observer->fd, .events = POLLIN};
	char buffer[RECORD_BYTES_MAX];
	struct log_record record;
	int polls = 0;

	while (!*seen) {
		int r = read_record(observer, buffer, &record);

		if (r < 0) {
			give_up(observer, r);
			return 0;
		}
		if (r > 0) {
			r = take_record(observer, step, &record);
			if (r < 0)
				return r;
		} else {
			if (!observer->current.marked || polls++ == SETTLE_POLLS)
				return 0;
			poll(&wait, 1, SETTLE_POLL_MS);
		}
	}
	return 0;
}

int kmsg_begin(struct kmsg_observer *observer, unsigned int step, const char *what)
{
	int r;

	snprintf(observer->what, sizeof(observer->what), "step=%u %s", step, what);
	observer->current = observer->state;
	observer->end[0] = '\0'; /* that of the step before may be written again */
	r = make_marker(observer, "begin", observer->begin);
	if (r == 0)
		r = write_marker(observer->begin);
	observer->current.marked = r == 0;
	if (r < 0 && observer->current.readable)
		snprintf(observer->current.why, sizeof(observer->current.why),
			 "%s: markers cannot be written: %s", KMSG_PATH, strerror(-r));
	if (!observer->current.readable)
		return 0;
	/* To see the marker now is to know the number of the first record that is looked for. */
	r = read_until(observer, &observer->current.begin_seen, NULL);
	if (!observer->current.begin_seen)
		observer->current.lost = 0;
	return r;
}

int kmsg_end(struct kmsg_observer *observer, struct step_evidence *step)
{
	int r;

	if (observer->current.marked) {
		r = make_marker(observer, "end", observer->end);
		if (r == 0)
			r = write_marker(observer->end);
		if (r < 0) {
			observer->current.marked = false;
			snprintf(observer->current.why, sizeof(observer->current.why),
				 "%s: the end marker cannot be written: %s", KMSG_PATH,
				 strerror(-r));
		}
	}
	if (observer->current.readable) {
		r = read_until(observer, &observer->current.end_seen, step);
		if (r < 0)
			return r;
	}
	step->log_state = observer->current;
	return 0;
}

void kmsg_close(struct kmsg_observer *observer)
{
	if (!observer)
		return;
	if (observer->fd >= 0)
		close(observer->fd);
	free(observer);
}
