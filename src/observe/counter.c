// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/counter.h"

#include <errno.h>

#include "observe/counter_irq.h"
#include "observe/counter_text.h"
#include "observe/perf.h"

#define PATH_BYTES 128
#define AER_BYTES_MAX 4097 /* the kernel gives a page at most */

static const struct {
	const char *name, *path;
} kernel_counters[] = {
	{"warn_count", "sys/kernel/warn_count"},
	{"oops_count", "sys/kernel/oops_count"},
	{"softlockup_count", "sys/kernel/softlockup_count"},
	{"hardlockup_count", "sys/kernel/hardlockup_count"},
	{"rcu_stall_count", "sys/kernel/rcu_stall_count"},
	{"tainted", "proc/sys/kernel/tainted"},
};

static const char *const device_severities[] = {"correctable", "nonfatal", "fatal"};
static const char *const rootport_severities[] = {"cor", "nonfatal", "fatal"};

static int read_kernel(const struct root *root, struct readings *readings)
{
	for (size_t i = 0; i < ARRAY_SIZE(kernel_counters); i++) {
		uint64_t value = 0;
		int r = root_read_u64(root, kernel_counters[i].path, &value);

		r = readings_take(readings, kernel_counters[i].name, r, value);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Functions are met several times: as a subject, above one, above another. */
static int read_device_errors(const struct root *root, const char *bdf, struct readings *readings)
{
	for (size_t i = 0; i < ARRAY_SIZE(device_severities); i++) {
		char path[PATH_BYTES], name[PATH_BYTES], text[AER_BYTES_MAX];
		int r;

		snprintf(name, sizeof(name), "aer:%s:%s", bdf, device_severities[i]);
		snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/aer_dev_%s", bdf,
			 device_severities[i]);
		if (readings_has(readings, name))
			continue;
		r = root_read_record(root, path, text, sizeof(text));
		r = r == 0 ? readings_add_aer(readings, name, text)
			   : readings_take(readings, name, r, 0);
		if (r < 0)
			return r;
	}
	return 0;
}

static int read_rootport_errors(const struct root *root, const char *bdf, struct readings *readings)
{
	for (size_t i = 0; i < ARRAY_SIZE(rootport_severities); i++) {
		char path[PATH_BYTES], name[PATH_BYTES];
		uint64_t total = 0;
		int r;

		snprintf(name, sizeof(name), "aer:%s:rootport_%s", bdf, rootport_severities[i]);
		snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/aer_rootport_total_err_%s",
			 bdf, rootport_severities[i]);
		if (readings_has(readings, name))
			continue;
		r = root_read_u64(root, path, &total);
		r = readings_take(readings, name, r, total);
		if (r < 0)
			return r;
	}
	return 0;
}

/* The function, the bridge above it, and the root port, which is first in its sysfs path. */
static int read_errors(const struct root *root, const struct subject *subject,
		       struct readings *readings)
{
	char path[PATH_BYTES], target[4096], rootport[BDF_MAX];
	int r = read_device_errors(root, subject->function, readings);

	if (r == 0 && subject->upstream[0])
		r = read_device_errors(root, subject->upstream, readings);
	if (r < 0)
		return r;
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s", subject->function);
	/* A function that is gone still has its bridge, which is the root port or tells of it. */
	if (root_read_link(root, path, target, sizeof(target)) < 0) {
		if (!subject->upstream[0])
			return 0;
		snprintf(path, sizeof(path), "sys/bus/pci/devices/%s", subject->upstream);
		if (root_read_link(root, path, target, sizeof(target)) < 0)
			return 0;
	}
	if (!bdf_next_in_path(target, rootport) || streq(rootport, subject->function))
		return 0;
	return read_rootport_errors(root, rootport, readings);
}

static void find_iommu(const struct root *root, struct subject *subject)
{
	char path[PATH_BYTES];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/iommu", subject->function);
	if (root_read_link_name(root, path, subject->iommu, sizeof(subject->iommu)) < 0)
		subject->iommu[0] = '\0';
}

int counters_read(const struct root *root, struct perf_observer *perf, struct step_evidence *step,
		  bool after)
{
	_cleanup_readings_ struct readings readings = {0};
	int r = read_kernel(root, &readings);

	if (r == 0)
		r = irq_read(root, &readings);
	for (size_t i = 0; r == 0 && i < step->subject_count; i++) {
		if (!after)
			find_iommu(root, &step->subjects[i]);
		r = read_errors(root, &step->subjects[i], &readings);
	}
	if (r == 0)
		r = perf_read(perf, &readings);
	if (r < 0)
		return r;
	return after ? counters_after(step, &readings) : counters_before(step, &readings);
}
