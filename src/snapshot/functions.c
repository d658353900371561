// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/functions.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>

#include "snapshot/jobs.h"
#include "snapshot/node.h"
#include "snapshot/pcilib.h"
#include "snapshot/sysfs.h"

/* Configuration space takes a hardware access for each word, so few functions are worth a thread.
 */
#define SHARE_MIN 16
#define SHARES_MAX 8

/* What one thread reads; its functions and notes become the snapshot's. */
struct share {
	const struct root *root;
	int devices_fd;
	char *const *names;
	size_t count;
	unsigned int parts;
	struct snapshot found;
};

static int read_share(void *arg)
{
	struct share *share = arg;

	return sysfs_read_functions(share->root, share->devices_fd, share->names, share->count,
				    share->parts, &share->found);
}

static size_t count_shares(size_t functions)
{
	cpu_set_t cpus;
	size_t count = functions / SHARE_MIN;
	size_t available =
		sched_getaffinity(0, sizeof(cpus), &cpus) == 0 ? (size_t)CPU_COUNT(&cpus) : 1;

	count = count < available ? count : available;
	count = count < SHARES_MAX ? count : SHARES_MAX;
	return count ? count : 1;
}

static int take_share(struct snapshot *snapshot, struct share *share)
{
	struct snapshot *found = &share->found;
	int r = 0;

	/* The first share is taken as it is. */
	if (!snapshot->function_count) {
		free(snapshot->functions);
		snapshot->functions = TAKE_PTR(found->functions);
		snapshot->function_count = found->function_count;
		found->function_count = 0;
	}
	for (size_t i = 0; i < found->function_count; i++) {
		struct function *function = snapshot_add_function(snapshot);

		if (!function)
			return -ENOMEM;
		*function = found->functions[i];
		/* Its parts have another owner now. */
		found->functions[i] = (struct function){0};
	}
	for (size_t i = 0; r == 0 && i < found->note_count; i++)
		r = snapshot_note(snapshot, "%s", found->notes[i]);
	return r;
}

static int read_shares(struct share *shares, size_t count, struct snapshot *snapshot)
{
	struct job jobs[SHARES_MAX] = {0};
	int r;

	for (size_t i = 0; i < count; i++)
		jobs[i] = (struct job){.run = read_share, .arg = &shares[i]};
	r = jobs_run(jobs, count);
	for (size_t i = 0; i < count; i++) {
		if (r == 0)
			r = take_share(snapshot, &shares[i]);
		snapshot_free(&shares[i].found);
	}
	return r;
}

static int read_all(const struct root *root, unsigned int parts, struct snapshot *snapshot)
{
	_cleanup_close_ int fd = root_open_file(root, SYSFS_FUNCTIONS, O_PATH | O_DIRECTORY);
	_cleanup_names_ struct names names = {0};
	struct share shares[SHARES_MAX] = {0};
	size_t count, begin = 0;
	int r = fd < 0 ? fd : names_read(root, SYSFS_FUNCTIONS, &names);

	if (r < 0)
		return r;
	count = count_shares(names.count);
	for (size_t i = 0; i < count; i++) {
		size_t end = names.count * (i + 1) / count;

		shares[i] = (struct share){.root = root,
					   .devices_fd = fd,
					   .names = names.list + begin,
					   .count = end - begin,
					   .parts = parts};
		begin = end;
	}
	return read_shares(shares, count, snapshot);
}

struct reading {
	const struct root *root;
	unsigned int parts;
	struct snapshot *snapshot;
	struct pcilib *lib; /* with the names; NULL when they are not asked for */
};

static int load_names(void *arg)
{
	struct reading *in = arg;
	int r;

	if (!(in->parts & SNAPSHOT_NAMES))
		return 0;
	r = pcilib_open(in->root, &in->lib);
	return r < 0 ? r : pcilib_load_names(in->lib, in->root);
}

static int read_devices(void *arg)
{
	const struct reading *in = arg;

	return read_all(in->root, in->parts, in->snapshot);
}

static void take_names(struct snapshot *snapshot, struct pcilib *lib)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		function->vendor_name = pcilib_vendor_name(lib, function->vendor);
		function->device_name = pcilib_device_name(lib, function->vendor, function->device);
		function->class_name = pcilib_class_name(lib, function->class_code);
	}
}

int functions_read(const struct root *root, unsigned int parts, struct snapshot *snapshot)
{
	struct reading in = {.root = root, .parts = parts, .snapshot = snapshot};
	struct job jobs[] = {{.run = load_names, .arg = &in}, {.run = read_devices, .arg = &in}};
	int r = jobs_run(jobs, ARRAY_SIZE(jobs));

	if (r == 0 && in.lib)
		take_names(snapshot, in.lib);
	pcilib_close(in.lib);
	return r;
}
