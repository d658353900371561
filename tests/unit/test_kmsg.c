// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of the kernel log over a log of the test's own: what is lost is noticed, and a flood
 * fills no memory. KMSG_RECORDS sets the size of the flood.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "base/monotonic.h"
#include "judge/klog.h"
#include "observe/kmsg.h"
#include "observe/kmsg_device.h"

/* More than is kept, and read in the time that the reader has by a hundredth of a processor. */
#define FLOOD 20000
/* More than a socket holds, and so few that the reader does not look at the clock meanwhile. */
#define OVER_SOCKET 1000
#define FIRST_SEQUENCE 500UL
/* Of a flood, which a sanitizer's own memory is a good part of; a_long_step() sees single bytes. */
#define FLOOD_KB_MAX 4096L
#define LONG_STEP_KB_MAX 8192L
#define FAULT_EVERY 1000

static const char fault[] =
	"3,%" PRIu64 ",%" PRIu64
	",-;DMAR: [DMA Write NO_PASID] Request device [0000:02:00.0] fault "
	"addr 0x%" PRIx64 "000 [fault reason 0x05] PTE Write access is not set\n";
static const char chatter[] =
	"6,%" PRIu64 ",%" PRIu64 ",-;usb 1-1: new high-speed USB device number %" PRIu64
	" using xhci_hcd\n SUBSYSTEM=usb\n DEVICE=+usb:1-1\n";

/* A log that makes its records while it is read: a begin marker, a flood, an end marker. */
struct flood {
	struct kmsg_device device; /* first: it is what the reader hands back */
	uint64_t count, made;
	uint64_t fault_every;	/* 0: none */
	uint64_t lose_at, lose; /* so many are overwritten before that one is read */
	uint64_t skip_at;	/* that one is missing without a word; 0: none */
	bool end_lost;
	bool user_floods; /* the flood is a user's, in the kernel's words */
	uint64_t sequence;
	char markers[2][600];
	unsigned int marker_count, markers_read;
	unsigned int interrupted;
};

static int note_marker(struct kmsg_device *device, const char *text)
{
	struct flood *flood = (struct flood *)device;

	assert_true(flood->marker_count < 2);
	assert_true(strlen(text) < sizeof(flood->markers[0]));
	strcpy(flood->markers[flood->marker_count++], text);
	return 0;
}

static ssize_t give_marker(struct flood *flood, char *buffer, size_t size)
{
	return snprintf(buffer, size, "14,%" PRIu64 ",%" PRIu64 ",-;%s\n", flood->sequence,
			flood->sequence, flood->markers[flood->markers_read++]);
}

static ssize_t give_record(struct flood *flood, char *buffer, size_t size)
{
	uint64_t number = flood->made++;
	bool is_fault = flood->fault_every && number % flood->fault_every == 0;
	int length;

	/* A pattern is printed for each record: what they say differs. */
	length = snprintf(buffer, size, is_fault || flood->user_floods ? fault : chatter,
			  flood->sequence, flood->sequence * 10, number);
	if (flood->user_floods)
		length = snprintf(buffer, size, "11,%" PRIu64 ",5,-;BUG: KASAN: %" PRIu64 "\n",
				  flood->sequence, number);
	return length;
}

static ssize_t read_flood(struct kmsg_device *device, char *buffer, size_t size)
{
	struct flood *flood = (struct flood *)device;
	bool begun = flood->markers_read > 0;

	flood->sequence++;
	if (!begun && flood->marker_count > 0)
		return give_marker(flood, buffer, size);
	if (begun && flood->made < flood->count && flood->marker_count > 1) {
		if (flood->lose && flood->made == flood->lose_at) {
			flood->sequence += flood->lose - 1;
			flood->made += flood->lose;
			flood->lose = 0;
			errno = EPIPE;
			return -1;
		}
		if (flood->skip_at && flood->made == flood->skip_at) {
			flood->made++;
			flood->sequence++;
		}
		/* A signal now and then */
		if (flood->made % 10000 == 9999 && flood->interrupted++ % 2 == 0) {
			flood->sequence--;
			errno = EINTR;
			return -1;
		}
		return give_record(flood, buffer, size);
	}
	if (flood->markers_read < flood->marker_count && !flood->end_lost)
		return give_marker(flood, buffer, size);
	flood->sequence--;
	errno = EAGAIN;
	return -1;
}

static long peak_memory_kb(void)
{
	struct rusage usage;

	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return usage.ru_maxrss;
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Reads the flood as a step. */
static void read_step(struct flood *flood, struct step_evidence *step)
{
	_cleanup_kmsg_ struct kmsg_observer *observer = NULL;
	uint64_t before_ns = monotonic_ns(), after_ns;

	*step = (struct step_evidence){.number = 1};
	assert_int_equal(kmsg_open_device("a1", klog_is_interesting, &flood->device, &observer), 0);
	assert_int_equal(kmsg_begin(observer, 1, "nested cxl_bus 0000:01:00.0"), 0);
	after_ns = monotonic_ns();
	assert_int_equal(kmsg_end(observer, step), 0);
	/* What a record's time is by the other clock. */
	if (step->log_state.begin_seen) {
		assert_int_equal(step->log_state.begin_us, step->log_state.begin_sequence);
		assert_true(step->log_state.begin_ns >= before_ns &&
			    step->log_state.begin_ns <= after_ns);
	}
}

static struct flood new_flood(uint64_t count)
{
	return (struct flood){.device = {.read = read_flood, .mark = note_marker, .fd = -1},
			      .count = count,
			      .fault_every = FAULT_EVERY,
			      .sequence = FIRST_SEQUENCE};
}

/* Every record between the markers is kept, or counted as one that is not. */
static void assert_accounted(const struct step_evidence *step)
{
	const struct log_state *state = &step->log_state;
	uint64_t between = state->end_sequence - state->begin_sequence - 1;

	assert_true(state->begin_seen && state->end_seen);
	assert_int_equal(step->log_count + state->passed_over + state->over_limit + state->lost,
			 between);
}

static uint64_t count_kind(const struct step_evidence *step, enum klog_kind kind)
{
	struct klog_event *events = calloc(step->log_count + 1, sizeof(*events));
	uint64_t count = 0;

	assert_non_null(events);
	klog_read(step->log, step->log_count, events);
	for (size_t i = 0; i < step->log_count; i++)
		count += events[i].kind == kind;
	free(events);
	return count;
}

static void whole_log(void **state)
{
	struct flood flood = new_flood(KMSG_WHOLE_MAX);
	struct step_evidence step;

	(void)state;
	read_step(&flood, &step);
	assert_accounted(&step);
	assert_int_equal(step.log_count, KMSG_WHOLE_MAX);
	assert_int_equal(step.log_state.lost, 0);
	assert_int_equal(step.log_state.passed_over, 0);
	step_clear(&step);
}

static uint64_t flood_size(void)
{
	const char *wanted = getenv("KMSG_RECORDS");

	return wanted ? strtoull(wanted, NULL, 10) : FLOOD;
}

static void a_flood(void **state)
{
	struct flood flood = new_flood(flood_size());
	long before_kb = peak_memory_kb(), after_kb;
	double began = seconds_now(), took;
	struct step_evidence step;

	(void)state;
	read_step(&flood, &step);
	took = seconds_now() - began;
	after_kb = peak_memory_kb();
	print_message("# %" PRIu64
		      " records in %.2f s, %.0f ns each: kept %zu, passed over %" PRIu64
		      ", lost %" PRIu64 "; memory grew by %ld kB\n",
		      flood.count, took, took * 1e9 / (double)flood.count, step.log_count,
		      step.log_state.passed_over, step.log_state.lost, after_kb - before_kb);
	assert_accounted(&step);
	assert_int_equal(step.log_state.lost, 0);
	assert_int_equal(step.log_state.over_limit, 0);
	assert_true(step.log_count < flood.count);
	/* Nothing that matters was passed over. */
	assert_int_equal(count_kind(&step, KLOG_IOMMU_FAULT),
			 (flood.count + FAULT_EVERY - 1) / FAULT_EVERY);
	assert_true(after_kb - before_kb < FLOOD_KB_MAX);
	step_clear(&step);
}

static void too_many_that_matter(void **state)
{
	struct flood flood = new_flood(KMSG_KEPT_MAX + 1000);
	struct step_evidence step;

	(void)state;
	flood.fault_every = 1;
	read_step(&flood, &step);
	assert_accounted(&step);
	assert_int_equal(step.log_count, KMSG_KEPT_MAX);
	assert_int_equal(step.log_state.over_limit, 1000);
	step_clear(&step);
}

/* A user can neither push out what matters nor make it look like too much. */
static void a_users_flood(void **state)
{
	struct flood flood = new_flood(KMSG_KEPT_MAX + 1000);
	struct step_evidence step;

	(void)state;
	flood.user_floods = true;
	read_step(&flood, &step);
	assert_accounted(&step);
	assert_int_equal(step.log_count, KMSG_WHOLE_MAX);
	assert_int_equal(step.log_state.over_limit, 0);
	assert_int_equal(count_kind(&step, KLOG_OOPS), 0);
	step_clear(&step);
}

/* In the part that is kept whole, and in the part that is not */
static void overwritten_records(void **state)
{
	static const uint64_t places[] = {0, 1, 100, KMSG_WHOLE_MAX + 5000, 19990};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct flood flood = new_flood(20000);
		struct step_evidence step;

		flood.lose_at = places[i];
		flood.lose = 7;
		read_step(&flood, &step);
		assert_accounted(&step);
		assert_int_equal(step.log_state.lost, 7);
		step_clear(&step);
	}
}

static void one_missing_record(void **state)
{
	static const uint64_t places[] = {1, 2, KMSG_WHOLE_MAX, KMSG_WHOLE_MAX + 1, 15000, 19998};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		struct flood flood = new_flood(20000);
		struct step_evidence step;

		flood.skip_at = places[i];
		read_step(&flood, &step);
		assert_accounted(&step);
		assert_int_equal(step.log_state.lost, 1);
		step_clear(&step);
	}
}

static void an_end_that_was_overwritten(void **state)
{
	struct flood flood = new_flood(100);
	struct step_evidence step;

	(void)state;
	flood.end_lost = true;
	read_step(&flood, &step);
	assert_true(step.log_state.begin_seen);
	assert_false(step.log_state.end_seen);
	assert_int_equal(step.log_count, 100);
	step_clear(&step);
}

static ssize_t read_nothing(struct kmsg_device *device, char *buffer, size_t size)
{
	(void)device;
	(void)buffer;
	(void)size;
	errno = EIO;
	return -1;
}

#define RING 1000

/* A log that keeps no more than RING records. */
struct ring {
	struct kmsg_device device;
	uint64_t written, next; /* sequence numbers */
	struct {
		uint64_t sequence;
		char text[600];
	} markers[2];
	unsigned int marker_count;
};

static int mark_ring(struct kmsg_device *device, const char *text)
{
	struct ring *ring = (struct ring *)device;

	assert_true(ring->marker_count < 2);
	ring->markers[ring->marker_count].sequence = ring->written++;
	snprintf(ring->markers[ring->marker_count++].text, 600, "%s", text);
	return 0;
}

static ssize_t read_ring(struct kmsg_device *device, char *buffer, size_t size)
{
	struct ring *ring = (struct ring *)device;
	uint64_t at = ring->next;

	if (at + RING < ring->written) {
		ring->next = ring->written - RING;
		errno = EPIPE;
		return -1;
	}
	if (at == ring->written) {
		errno = EAGAIN;
		return -1;
	}
	ring->next++;
	for (unsigned int i = 0; i < ring->marker_count; i++)
		if (ring->markers[i].sequence == at)
			return snprintf(buffer, size, "14,%" PRIu64 ",1,-;%s\n", at,
					ring->markers[i].text);
	return snprintf(buffer, size, at % FAULT_EVERY ? chatter : fault, at, at, at);
}

/* @rounds times @records come, and are read meanwhile, or are not. */
static void read_ring_step(unsigned int rounds, unsigned int records, bool meanwhile,
			   struct step_evidence *step)
{
	_cleanup_kmsg_ struct kmsg_observer *observer = NULL;
	struct ring ring = {.device = {.read = read_ring, .mark = mark_ring, .fd = -1},
			    .written = FIRST_SEQUENCE,
			    .next = FIRST_SEQUENCE};

	*step = (struct step_evidence){.number = 1};
	assert_int_equal(kmsg_open_device("a1", klog_is_interesting, &ring.device, &observer), 0);
	assert_int_equal(kmsg_begin(observer, 1, "nested cxl_bus 0000:01:00.0"), 0);
	for (unsigned int i = 0; i < rounds; i++) {
		ring.written += records;
		while (meanwhile && ring.next < ring.written)
			assert_true(kmsg_take(observer, step));
	}
	assert_int_equal(kmsg_end(observer, step), 0);
}

/* What comes in a long step is more than the kernel keeps. */
static void a_long_step(void **state)
{
	long before_kb = peak_memory_kb();
	struct step_evidence step;

	(void)state;
	read_ring_step(1000, RING - 100, true, &step);
	assert_accounted(&step);
	assert_int_equal(step.log_state.lost, 0);
	assert_int_equal(count_kind(&step, KLOG_IOMMU_FAULT), 900);
	assert_true(peak_memory_kb() - before_kb < LONG_STEP_KB_MAX);
	step_clear(&step);
	/* Read at its end alone, that is noticed. */
	read_ring_step(3, RING - 100, false, &step);
	assert_accounted(&step);
	assert_int_equal(step.log_state.lost, 3 * (RING - 100) - RING + 1);
	step_clear(&step);
}

/* A log that is lost in the middle of a step is not read again in this one. */
static void a_log_that_fails_meanwhile(void **state)
{
	_cleanup_kmsg_ struct kmsg_observer *observer = NULL;
	struct flood flood = new_flood(1);
	struct step_evidence step = {.number = 1};

	(void)state;
	assert_int_equal(kmsg_open_device("a1", klog_is_interesting, &flood.device, &observer), 0);
	flood.device.fd = STDIN_FILENO;
	assert_int_equal(kmsg_begin(observer, 1, "nested cxl_bus 0000:01:00.0"), 0);
	assert_int_equal(kmsg_fd(observer), STDIN_FILENO);
	assert_true(kmsg_take(observer, &step));
	flood.device.read = read_nothing;
	assert_false(kmsg_take(observer, &step));
	assert_int_equal(kmsg_fd(observer), -1);
	assert_int_equal(kmsg_end(observer, &step), 0);
	assert_false(step.log_state.readable);
	step_clear(&step);
}

static void a_log_that_fails(void **state)
{
	struct flood flood = new_flood(1);
	struct step_evidence step;

	(void)state;
	flood.device.read = read_nothing;
	read_step(&flood, &step);
	assert_false(step.log_state.readable);
	assert_true(strstr(step.log_state.why, "Input/output error") != NULL);
	step_clear(&step);
}

/* One record for each read(2), as the kernel's file does it, from a process that writes meanwhile.
 */
struct socket_log {
	struct kmsg_device device; /* first, as above */
	int control;
	bool was_empty; /* at the last read */
};

static int tell_writer(struct kmsg_device *device, const char *text)
{
	struct socket_log *log = (struct socket_log *)device;

	return send(log->control, text, strlen(text), 0) < 0 ? -errno : 0;
}

/* The kernel's log is empty for a moment, however late the process runs that writes this one. */
static ssize_t read_socket(struct kmsg_device *device, char *buffer, size_t size)
{
	struct socket_log *log = (struct socket_log *)device;
	ssize_t length = recv(device->fd, buffer, size, log->was_empty ? 0 : MSG_DONTWAIT);

	log->was_empty = length < 0 && errno == EAGAIN;
	/* The end of a socket would be an empty record. */
	if (length == 0)
		errno = EIO;
	return length == 0 ? -1 : length;
}

static void send_text(int fd, const char *text)
{
	if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0)
		_exit(1);
}

static void send_marker(int control, int records, uint64_t sequence)
{
	char text[600], line[700];
	ssize_t length = recv(control, text, sizeof(text) - 1, 0);

	if (length <= 0)
		_exit(1);
	text[length] = '\0';
	snprintf(line, sizeof(line), "14,%" PRIu64 ",1,-;%s\n", sequence, text);
	send_text(records, line);
}

static void write_records(int control, int records)
{
	char line[256];

	send_marker(control, records, FIRST_SEQUENCE);
	for (uint64_t i = 0; i < OVER_SOCKET; i++) {
		snprintf(line, sizeof(line), i % FAULT_EVERY ? chatter : fault,
			 FIRST_SEQUENCE + 1 + i, i, i);
		send_text(records, line);
	}
	send_marker(control, records, FIRST_SEQUENCE + 1 + OVER_SOCKET);
	_exit(0);
}

static void over_a_socket(void **state)
{
	_cleanup_kmsg_ struct kmsg_observer *observer = NULL;
	struct step_evidence step = {.number = 1};
	int records[2], control[2], status;
	struct socket_log log;
	pid_t writer;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, records), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control), 0);
	writer = fork();
	assert_true(writer >= 0);
	if (writer == 0)
		write_records(control[1], records[1]);
	close(records[1]);
	close(control[1]);
	log = (struct socket_log){
		.device = {.read = read_socket, .mark = tell_writer, .fd = records[0]},
		.control = control[0]};
	assert_int_equal(kmsg_open_device("a1", klog_is_interesting, &log.device, &observer), 0);
	assert_int_equal(kmsg_begin(observer, 1, "nested cxl_bus 0000:01:00.0"), 0);
	assert_int_equal(kmsg_end(observer, &step), 0);
	assert_int_equal(waitpid(writer, &status, 0), writer);
	assert_int_equal(status, 0);
	assert_accounted(&step);
	assert_int_equal(step.log_state.lost, 0);
	assert_int_equal(count_kind(&step, KLOG_IOMMU_FAULT), OVER_SOCKET / FAULT_EVERY);
	close(control[0]);
	step_clear(&step);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_log),
		cmocka_unit_test(a_flood),
		cmocka_unit_test(too_many_that_matter),
		cmocka_unit_test(a_users_flood),
		cmocka_unit_test(overwritten_records),
		cmocka_unit_test(one_missing_record),
		cmocka_unit_test(an_end_that_was_overwritten),
		cmocka_unit_test(a_log_that_fails),
		cmocka_unit_test(a_long_step),
		cmocka_unit_test(a_log_that_fails_meanwhile),
		cmocka_unit_test(over_a_socket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
