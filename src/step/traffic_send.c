// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/traffic_send.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if_arp.h>
#include <net/ethernet.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/monotonic.h"

#define TYPE_LOCAL_EXPERIMENT 0x88b5 /* IEEE Std 802, local experimental EtherType 1 */
#define PACE_NS 2000000L
#define FRAMES 64 /* that must go out after the reset */

static int bind_to(int fd, int index)
{
	const struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_ifindex = index,
	};
	const int on = 1;
	struct sockaddr_ll bound = {0};
	socklen_t size = sizeof(bound);

	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	/* Straight to the driver: what waits in a queue is no proof of anything. */
	if (setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)) < 0)
		return -errno;
	if (getsockname(fd, (struct sockaddr *)&bound, &size) < 0)
		return -errno;
	return bound.sll_hatype == ARPHRD_ETHER && bound.sll_halen == ETH_ALEN ? 0
									       : -EPROTONOSUPPORT;
}

int traffic_send_open(const struct root *root, int index, const char *name, int fds[2])
{
	char path[80];
	int r;

	snprintf(path, sizeof(path), "sys/class/net/%s/statistics/tx_packets", name);
	fds[1] = root_open_file(root, path, O_RDONLY);
	if (fds[1] < 0)
		return fds[1];
	/* Protocol 0: it gets nothing. */
	fds[0] = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	r = fds[0] < 0 ? -errno : bind_to(fds[0], index);
	if (r < 0) {
		if (fds[0] >= 0)
			close(fds[0]);
		close(fds[1]);
	}
	return r;
}

static int make_frame(int fd, unsigned char frame[ETH_ZLEN])
{
	struct ether_header header = {.ether_type = htons(TYPE_LOCAL_EXPERIMENT)};
	struct sockaddr_ll own = {0};
	socklen_t size = sizeof(own);

	if (getsockname(fd, (struct sockaddr *)&own, &size) < 0)
		return errno;
	memcpy(header.ether_dhost, own.sll_addr, ETH_ALEN);
	memcpy(header.ether_shost, own.sll_addr, ETH_ALEN);
	memset(frame, 0, ETH_ZLEN);
	memcpy(frame, &header, sizeof(header));
	memcpy(frame + sizeof(header), "iommu-resettest", sizeof("iommu-resettest"));
	return 0;
}

/* Returns 0 or an errno. */
static int read_count(int fd, uint64_t *count)
{
	char text[32];
	ssize_t length = pread(fd, text, sizeof(text) - 1, 0);

	if (length <= 0)
		return length < 0 ? errno : EIO;
	text[length] = '\0';
	*count = strtoull(text, NULL, 10);
	return 0;
}

struct sending {
	uint64_t sent, counted; /* by what send() and what the driver said */
	uint64_t enough;	/* counted, to be done with the last phase; 0: not yet in it */
	uint64_t counted_ns;	/* the last time that more were counted */
};

static void note_counted(struct sending *sending, uint64_t more, int phase,
			 struct traffic_shared *shared)
{
	uint64_t now_ns = monotonic_ns(), gap_ns = now_ns - sending->counted_ns;

	sending->counted += more;
	sending->counted_ns = now_ns;
	atomic_fetch_add(&shared->reads[phase], more);
	if (atomic_load(&shared->ready) && gap_ns > atomic_load(&shared->longest_ns))
		atomic_store(&shared->longest_ns, gap_ns);
	atomic_store(&shared->ready, true);
}

/* What was on its way when the reset ended does not show that anything goes out now. */
static void begin_after(struct sending *sending)
{
	uint64_t under_way =
		sending->sent > sending->counted ? sending->sent - sending->counted : 0;

	sending->enough = sending->counted + under_way + FRAMES;
}

static int send_on(const int fds[2], const unsigned char frame[ETH_ZLEN],
		   struct traffic_shared *shared)
{
	const struct timespec pace = {.tv_nsec = PACE_NS};
	struct sending sending = {.counted_ns = monotonic_ns()};
	uint64_t last, now;
	int error = read_count(fds[1], &last);

	while (error == 0 && (!sending.enough || sending.counted < sending.enough)) {
		int phase = atomic_load(&shared->phase);

		if (phase == TRAFFIC_AFTER && !sending.enough)
			begin_after(&sending);
		/* Without carrier, or in the middle of a reset, it is refused: then later. */
		if (send(fds[0], frame, ETH_ZLEN, 0) == ETH_ZLEN)
			sending.sent++;
		nanosleep(&pace, NULL);
		error = read_count(fds[1], &now);
		/* A driver may begin to count anew with a reset. */
		if (error == 0 && now > last)
			note_counted(&sending, now - last, phase, shared);
		last = now;
	}
	return error;
}

int traffic_send(const int fds[2], struct traffic_shared *shared)
{
	unsigned char frame[ETH_ZLEN];
	int error = make_frame(fds[0], frame);

	if (error == 0)
		error = send_on(fds, frame, shared);
	atomic_store(&shared->error, error);
	atomic_store(&shared->complete, error == 0);
	return error != 0;
}
