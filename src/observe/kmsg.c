// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/kmsg.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <sys/random.h>

#include "base/monotonic.h"
#include "observe/kmsg_reader.h"
#include "observe/kmsg_record.h"

#define MARKER_BYTES_MAX 512 /* the kernel refuses more than PRINTKRB_RECORD_MAX, 1024 */
#define RUN_ID_MAX 40
#define WHAT_BYTES_MAX 400 /* cut short there, which leaves room for the rest of a marker */
/* A record that another CPU has reserved and not yet written hides those after it. */
#define SETTLE_POLLS 50
#define SETTLE_POLL_MS 10
/* A flood that outruns the reader takes the marker with it: there is no end to wait for. */
#define READ_NS_MAX 10000000000
#define READS_PER_LOOK 1024 /* at the clock */
#define READS_PER_TAKE 256  /* a moment: whoever calls waits for something else */

struct kmsg_observer {
	struct kmsg_device kernel; /* that of the machine, fd -1 when it is another */
	struct kmsg_device *device;
	struct kmsg_reader reader;
	kmsg_interest interest;
	char run_id[RUN_ID_MAX];
	struct log_state state;	  /* what holds for every step */
	struct log_state current; /* of the step being observed */
	char what[WHAT_BYTES_MAX];
	char begin[MARKER_BYTES_MAX], end[MARKER_BYTES_MAX];
	uint64_t begin_ns; /* when the begin marker was written */
	int error;	   /* -ENOMEM: not all that was read in this step could be kept */
};

static struct kmsg_observer *new_observer(const char *run_id, kmsg_interest interest)
{
	struct kmsg_observer *observer = calloc(1, sizeof(*observer));

	if (!observer)
		return NULL;
	snprintf(observer->run_id, sizeof(observer->run_id), "%s", run_id);
	observer->interest = interest;
	observer->kernel.fd = -1;
	return observer;
}

int kmsg_open(const char *run_id, kmsg_interest interest, struct kmsg_observer **out)
{
	struct kmsg_observer *observer;
	int r;

	if (strlen(run_id) >= RUN_ID_MAX)
		return -EINVAL;
	observer = new_observer(run_id, interest);
	if (!observer)
		return -ENOMEM;
	r = kmsg_device_open(&observer->kernel);
	observer->device = &observer->kernel;
	observer->reader.device = observer->device;
	observer->state.readable = r == 0;
	if (r < 0)
		snprintf(observer->state.why, sizeof(observer->state.why), "%s: %s", KMSG_PATH,
			 strerror(-r));
	*out = observer;
	return 0;
}

int kmsg_open_device(const char *run_id, kmsg_interest interest, struct kmsg_device *device,
		     struct kmsg_observer **out)
{
	struct kmsg_observer *observer;

	if (strlen(run_id) >= RUN_ID_MAX)
		return -EINVAL;
	observer = new_observer(run_id, interest);
	if (!observer)
		return -ENOMEM;
	observer->device = device;
	observer->reader.device = device;
	observer->state.readable = true;
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

/* What came before the marker is not of this step. */
static void begin_here(struct kmsg_observer *observer, struct step_evidence *step,
		       const struct log_record *record)
{
	if (step)
		forget_log(step);
	observer->reader.lost = 0;
	observer->current.passed_over = 0;
	observer->current.over_limit = 0;
	observer->current.begin_seen = true;
	observer->current.begin_sequence = record->sequence;
	observer->current.begin_us = record->time_us;
	observer->current.begin_ns = observer->begin_ns;
}

/* A log that fits is kept whole; of a flood what matters, and only so much. */
static int keep_record(struct kmsg_observer *observer, struct step_evidence *step,
		       const struct log_record *record)
{
	if (step->log_count >= KMSG_WHOLE_MAX && !observer->interest(record)) {
		observer->current.passed_over++;
		return 0;
	}
	if (step->log_count >= KMSG_KEPT_MAX) {
		observer->current.over_limit++;
		return 0;
	}
	return step_add_log(step, record);
}

/* Without a @step, records only go by. */
static int take_record(struct kmsg_observer *observer, struct step_evidence *step,
		       const struct log_record *record)
{
	if (!observer->current.begin_seen && is_marker(record, observer->begin)) {
		begin_here(observer, step, record);
		return 0;
	}
	if (is_marker(record, observer->end)) {
		observer->current.end_seen = true;
		observer->current.end_sequence = record->sequence;
		return 0;
	}
	return step ? keep_record(observer, step, record) : 0;
}

/* Waits a moment for records. Returns false when there were none for too long. */
static bool wait_for_more(const struct kmsg_observer *observer, int *polls)
{
	struct pollfd wait = {.fd = observer->device->fd, .events = POLLIN};

	if (!observer->current.marked || (*polls)++ == SETTLE_POLLS)
		return false;
	poll(&wait, 1, SETTLE_POLL_MS);
	return true;
}

/* Reads until *@seen, or for a while after the last record. Returns 0 or -ENOMEM. */
static int read_until(struct kmsg_observer *observer, const bool *seen, struct step_evidence *step)
{
	uint64_t deadline_ns = monotonic_ns() + READ_NS_MAX;
	struct log_record record;
	unsigned int reads = 0;
	int polls = 0;

	while (!*seen) {
		int r = kmsg_reader_next(&observer->reader, &record);

		if (r < 0) {
			give_up(observer, r);
			break;
		}
		if (r == 0 && !wait_for_more(observer, &polls))
			break;
		if (r > 0) {
			polls = 0;
			r = take_record(observer, step, &record);
			if (r < 0)
				return r;
			if (++reads % READS_PER_LOOK == 0 && monotonic_ns() > deadline_ns)
				break;
		}
	}
	return 0;
}

/* The record is stamped by another clock somewhere within the write. */
static int mark_begin(struct kmsg_observer *observer)
{
	uint64_t before_ns = monotonic_ns();
	int r = observer->device->mark(observer->device, observer->begin);

	observer->begin_ns = before_ns + (monotonic_ns() - before_ns) / 2;
	return r;
}

int kmsg_begin(struct kmsg_observer *observer, unsigned int step, const char *what)
{
	int r;

	snprintf(observer->what, sizeof(observer->what), "step=%u %s", step, what);
	observer->current = observer->state;
	observer->reader.lost = 0;
	observer->error = 0;
	observer->end[0] = '\0'; /* that of the step before may be written again */
	r = make_marker(observer, "begin", observer->begin);
	if (r == 0)
		r = mark_begin(observer);
	observer->current.marked = r == 0;
	if (r < 0 && observer->current.readable)
		snprintf(observer->current.why, sizeof(observer->current.why),
			 "%s: markers cannot be written: %s", KMSG_PATH, strerror(-r));
	if (!observer->current.readable)
		return 0;
	/* To see the marker now is to know the number of the first record that is looked for. */
	r = read_until(observer, &observer->current.begin_seen, NULL);
	if (!observer->current.begin_seen)
		observer->reader.lost = 0;
	return r;
}

int kmsg_fd(const struct kmsg_observer *observer)
{
	return observer->current.readable ? observer->device->fd : -1;
}

bool kmsg_take(struct kmsg_observer *observer, struct step_evidence *step)
{
	struct log_record record;

	for (unsigned int i = 0; i < READS_PER_TAKE; i++) {
		int r = kmsg_reader_next(&observer->reader, &record);

		if (r == 0)
			break;
		if (r < 0)
			give_up(observer, r);
		else
			observer->error = take_record(observer, step, &record);
		if (r < 0 || observer->error < 0)
			return false;
	}
	return true;
}

int kmsg_end(struct kmsg_observer *observer, struct step_evidence *step)
{
	int r;

	if (observer->error < 0)
		return observer->error;
	if (observer->current.marked) {
		r = make_marker(observer, "end", observer->end);
		if (r == 0)
			r = observer->device->mark(observer->device, observer->end);
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
	observer->current.lost = observer->reader.lost;
	step->log_state = observer->current;
	return 0;
}

void kmsg_close(struct kmsg_observer *observer)
{
	if (!observer)
		return;
	kmsg_device_close(&observer->kernel);
	free(observer);
}
