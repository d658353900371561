// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/setting.h"

#include <errno.h>

#include "base/array.h"
#include "journal/setting.h"
#include "step/writer.h"

/* Each brings the guess nearer by the ratio of HZ; rounding takes two more. */
#define RESTORE_TRIES 6
/* No limit. */
#define LIFTED "0"
#define LIFTED_LINE LIFTED "\n"

struct setting {
	unsigned int id;
	char path[SETTING_PATH_MAX];
	char before[16];
};

/* The write takes no lock and no wait: a worker would cost more than it. */
static int write_value(const struct root *root, const char *path, const char *value)
{
	_cleanup_close_ int fd = writer_open(root, path);

	return fd < 0 ? fd : writer_write(fd, value);
}

static int read_value(const struct root *root, const char *path, char *value, size_t size_bytes)
{
	int r = root_read_line(root, path, value, size_bytes);

	return r == 0 && !setting_is_value(value) ? -EINVAL : r;
}

unsigned long setting_next_try(unsigned long before, unsigned long written, unsigned long shown)
{
	unsigned long next;

	if (shown == 0 || shown == before)
		return 0;
	next = (unsigned long)((unsigned long long)written * before / shown);
	return next == written ? 0 : next;
}

int setting_restore(const struct root *root, const char *path, const char *before)
{
	unsigned long wanted = strtoul(before, NULL, 10), next = wanted;
	char value[16], shown[16];

	if (!setting_allowed(path) || !setting_is_value(before))
		return -EPERM;
	for (int i = 0; i < RESTORE_TRIES; i++) {
		int r;

		snprintf(value, sizeof(value), "%lu\n", next);
		r = write_value(root, path, value);
		if (r == 0)
			r = read_value(root, path, shown, sizeof(shown));
		if (r < 0)
			return r;
		if (streq(shown, before))
			return 0;
		next = setting_next_try(wanted, next, strtoul(shown, NULL, 10));
		if (next == 0)
			break;
	}
	return -EIO;
}

static const struct function *root_port_of(const struct snapshot *snapshot,
					   const struct function *function)
{
	const struct function *port = function;

	/* A cycle cannot be, but the snapshot is read from outside. */
	for (size_t i = 0; port && port->upstream[0] && i < snapshot->function_count; i++)
		port = snapshot_find(snapshot, port->upstream);
	return port;
}

static bool is_known(const struct settings *settings, const char *path)
{
	for (size_t i = 0; i < settings->count; i++)
		if (streq(settings->items[i].path, path))
			return true;
	return false;
}

static int announce(struct settings *settings, const struct function *function, const char *name)
{
	struct change change = {
		.kind = CHANGE_SETTING, .vendor = function->vendor, .device = function->device};
	struct setting *added;
	int r;

	snprintf(change.function, sizeof(change.function), "%s", function->bdf);
	snprintf(change.path, sizeof(change.path),
		 "sys/bus/pci/devices/%s/aer/%s_ratelimit_interval_ms", function->bdf, name);
	snprintf(change.after, sizeof(change.after), LIFTED);
	if (!setting_allowed(change.path) || is_known(settings, change.path) ||
	    read_value(settings->root, change.path, change.before, sizeof(added->before)) < 0 ||
	    streq(change.before, LIFTED))
		return 0;
	r = journal_announce(settings->journal, &change);
	if (r < 0)
		return r;
	added = ARRAY_APPEND(settings->items, settings->count);
	if (!added)
		return -ENOMEM;
	added->id = change.id;
	strcpy(added->path, change.path);
	snprintf(added->before, sizeof(added->before), "%.15s", change.before);
	return 0;
}

static int announce_all(struct settings *settings, const struct snapshot *snapshot,
			const struct plan *plan)
{
	static const char *const names[] = {"correctable", "nonfatal"};
	int r = 0;

	for (size_t i = 0; i < plan->step_count; i++)
		for (size_t j = 0; j < plan->steps[i].function_count; j++) {
			const struct function *function = plan->steps[i].functions[j];
			const struct function *port = root_port_of(snapshot, function);

			for (size_t k = 0; k < ARRAY_SIZE(names) && r == 0; k++) {
				r = announce(settings, function, names[k]);
				if (r == 0 && port)
					r = announce(settings, port, names[k]);
			}
		}
	return r;
}

int settings_open(const struct root *root, const struct snapshot *snapshot, const struct plan *plan,
		  struct journal *journal, struct settings *settings)
{
	int r;

	settings->root = root;
	settings->journal = journal;
	r = announce_all(settings, snapshot, plan);
	if (r == 0 && settings->count)
		r = journal_sync(journal);
	for (size_t i = 0; i < settings->count && r == 0; i++)
		(void)write_value(root, settings->items[i].path, LIFTED_LINE);
	return r;
}

/* Whether nothing is left to be done: also where a function is gone with its limits. */
static bool put_back(const struct settings *settings, const struct setting *item)
{
	char now[16];
	int r = read_value(settings->root, item->path, now, sizeof(now));

	if (r == -ENOENT || (r == 0 && streq(now, item->before)))
		return true;
	return setting_restore(settings->root, item->path, item->before) == 0;
}

size_t settings_close(struct settings *settings)
{
	size_t left = 0;

	for (size_t i = settings->count; i-- > 0;) {
		if (put_back(settings, &settings->items[i]))
			journal_undone(settings->journal, settings->items[i].id);
		else
			left++;
	}
	free(settings->items);
	*settings = (struct settings){0};
	return left;
}
