// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/perf.h"

#include <errno.h>
#include <sys/syscall.h>

#include "base/array.h"
#include "base/errname.h"
#include "observe/perf_event.h"

#define EVENTS_MAX 6
#define SHARED "its PMU has too few counters for all events"

/* Few of each: a PMU that must take turns between events knows none of them exactly. */
static const struct {
	const char *prefix;
	const char *events[EVENTS_MAX]; /* ending with NULL */
} pmus[] = {
	{"dmar", {"ats_blocked", "iommu_requests", "iotlb_lookup", "pg_req_posted", NULL}},
	{"amd_iommu_", {"mem_target_abort", "mem_trans_total", "cmd_processed_inv", NULL}},
	{"smmuv3_pmcg_", {"pcie_ats_trans_rq", "pcie_ats_trans_passed", NULL}},
};

struct perf_counter {
	char name[sizeof(((struct reading *)NULL)->name)];
	int fd;			  /* -1 when it could not be opened */
	char why[PERF_WHY_BYTES]; /* ... and why */
};

struct perf_observer {
	struct perf_counter *items;
	size_t count;
};

/* What read(2) gives with these two times. */
struct perf_value {
	uint64_t value, enabled_ns, running_ns;
};

int perf_open_event(const struct perf_event_attr *attr, int cpu)
{
	long fd = syscall(SYS_perf_event_open, attr, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : (int)fd;
}

static int open_counter(const struct root *root, perf_opener open, const char *pmu,
			const char *event, struct perf_observer *perf)
{
	struct perf_event_attr attr;
	struct perf_counter *counter;
	char why[PERF_WHY_BYTES] = "";
	int cpu, fd = -1;
	int r = perf_event_find(root, pmu, event, &attr, &cpu, why);

	if (r == -ENOMEM)
		return r;
	/* Not every version of an IOMMU counts everything. */
	if (r == -ENOENT)
		return 0;
	if (r == 0) {
		attr.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
		fd = open(&attr, cpu);
		if (fd < 0)
			snprintf(why, sizeof(why), "perf_event_open: %s", errno_name(-fd));
	}
	counter = ARRAY_APPEND(perf->items, perf->count);
	if (!counter) {
		if (fd >= 0)
			close(fd);
		return -ENOMEM;
	}
	snprintf(counter->name, sizeof(counter->name), "perf:%.32s:%s", pmu, event);
	memcpy(counter->why, why, sizeof(counter->why));
	counter->fd = fd < 0 ? -1 : fd;
	return 0;
}

static int open_pmu(const struct root *root, perf_opener open, const char *pmu,
		    struct perf_observer *perf)
{
	for (size_t i = 0; i < ARRAY_SIZE(pmus); i++) {
		if (!starts_with(pmu, pmus[i].prefix))
			continue;
		for (size_t j = 0; pmus[i].events[j]; j++) {
			int r = open_counter(root, open, pmu, pmus[i].events[j], perf);

			if (r < 0)
				return r;
		}
	}
	return 0;
}

int perf_open(const struct root *root, perf_opener open, struct perf_observer **out)
{
	struct perf_observer *perf = calloc(1, sizeof(*perf));
	const struct dirent *entry;
	DIR *dir;
	int r = 0;

	if (!perf)
		return -ENOMEM;
	dir = root_open_dir(root, "sys/bus/event_source/devices");
	while (dir && r == 0 && (entry = readdir(dir)))
		r = open_pmu(root, open, entry->d_name, perf);
	if (dir)
		closedir(dir);
	if (r < 0) {
		perf_close(perf);
		return r;
	}
	*out = perf;
	return 0;
}

static int read_counter(const struct perf_counter *counter, struct readings *readings)
{
	struct perf_value value;
	char why[PERF_WHY_BYTES];
	ssize_t got;

	if (counter->fd < 0)
		return readings_unknown(readings, counter->name, counter->why);
	got = read(counter->fd, &value, sizeof(value));
	if (got != (ssize_t)sizeof(value)) {
		snprintf(why, sizeof(why), "reading it: %s", errno_name(got < 0 ? errno : EIO));
		return readings_unknown(readings, counter->name, why);
	}
	if (value.running_ns < value.enabled_ns)
		return readings_unknown(readings, counter->name, SHARED);
	return readings_add(readings, counter->name, value.value);
}

int perf_read(const struct perf_observer *perf, struct readings *readings)
{
	for (size_t i = 0; perf && i < perf->count; i++) {
		int r = read_counter(&perf->items[i], readings);

		if (r < 0)
			return r;
	}
	return 0;
}

void perf_close(struct perf_observer *perf)
{
	if (!perf)
		return;
	for (size_t i = 0; i < perf->count; i++)
		if (perf->items[i].fd >= 0)
			close(perf->items[i].fd);
	free(perf->items);
	free(perf);
}
