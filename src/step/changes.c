// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/changes.h"

#include <errno.h>

#include "observe/config.h"
#include "step/worker.h"
#include "step/writer.h"

/* Selecting and restoring wait for runtime resume and a probe, never for a reset. */
#define METHOD_WRITE_DEADLINE_S 10
/* A driver's probe or remove may wait for its device several times over. */
#define DRIVER_WRITE_DEADLINE_S 120

static int read_methods(const struct root *root, const char *bdf, char *text, size_t size_bytes)
{
	char path[64];

	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/reset_method", bdf);
	return root_read_line(root, path, text, size_bytes);
}

/* "" when no driver is bound. Returns 0 or -errno. */
static int read_driver(const struct root *root, const char *bdf, char *driver, size_t size_bytes)
{
	char path[64];
	int r;

	driver[0] = '\0';
	snprintf(path, sizeof(path), "sys/bus/pci/devices/%s/driver", bdf);
	r = root_read_link_name(root, path, driver, size_bytes);
	return r == -ENOENT ? 0 : r;
}

int changes_check(const struct execution *x, const struct function *function,
		  struct subject *subject)
{
	char driver[sizeof(subject->driver)];
	int r;

	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/reset_method", function->bdf);
	r = read_methods(x->root, function->bdf, subject->methods_before,
			 sizeof(subject->methods_before));
	if (r < 0)
		return r;
	if (!streq(subject->methods_before, function->methods.text))
		return -ESTALE;
	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s", function->bdf);
	if (!function_present(x->root, function->bdf, function->vendor, function->device))
		return -ENODEV;
	snprintf(x->failed, WHY_MAX, "/sys/bus/pci/devices/%s/driver", function->bdf);
	r = read_driver(x->root, function->bdf, driver, sizeof(driver));
	if (r < 0)
		return r;
	return streq(driver, function->driver) ? 0 : -ESTALE;
}

/* Carries out one write in a worker; returns a positive errno, 0 for success. */
static int carry_out(const struct execution *x, const struct planned_write *write,
		     unsigned int deadline_s)
{
	struct work work = {.path = write->path, .value = write->value};
	int r = worker_run(x->root, &work, 1, deadline_s, NULL);

	if (r < 0)
		return -r;
	return work.hung ? ETIMEDOUT : work.error;
}

/*
 * Like carry_out(), but where no worker can be had, or it was killed, for want of memory or
 * processes, the tool writes on its own: it may then wait longer than it should, and leaves nothing
 * changed.
 */
static int put_back(const struct execution *x, const struct planned_write *write,
		    unsigned int deadline_s)
{
	struct work work = {.path = write->path, .value = write->value};
	_cleanup_close_ int fd = -1;

	if (worker_run(x->root, &work, 1, deadline_s, NULL) == 0 &&
	    (work.hung || work.error != ECHILD))
		return work.hung ? ETIMEDOUT : work.error;
	fd = writer_open(x->root, write->path);
	return fd < 0 ? -fd : -writer_write(fd, write->value);
}

static bool unbind(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_UNBIND);
	struct subject *subject = &x->step->subjects[index];

	if (!write)
		return true;
	subject->unbound = true;
	subject->unbind_errno = carry_out(x, write, DRIVER_WRITE_DEADLINE_S);
	return subject->unbind_errno == 0;
}

static bool select_method(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_SELECT);
	struct subject *subject = &x->step->subjects[index];

	if (!write)
		return true;
	subject->method_written = true;
	subject->select_errno = carry_out(x, write, METHOD_WRITE_DEADLINE_S);
	return subject->select_errno == 0;
}

bool changes_make(struct execution *x)
{
	/* A method is selected only once no driver can notice. */
	for (size_t i = 0; i < x->step->subject_count; i++)
		if (!unbind(x, i) || !select_method(x, i))
			return false;
	return true;
}

static void restore_method(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_RESTORE);
	struct subject *subject = &x->step->subjects[index];

	if (write && subject->method_written)
		subject->restore_errno = put_back(x, write, METHOD_WRITE_DEADLINE_S);
	if (read_methods(x->root, subject->function, subject->methods_after,
			 sizeof(subject->methods_after)) < 0)
		subject->methods_after[0] = '\0';
}

static void bind_driver(struct execution *x, size_t index)
{
	const struct planned_write *write = execution_write(x, index, WRITE_BIND);
	struct subject *subject = &x->step->subjects[index];
	char driver[sizeof(subject->driver)];

	/* The driver may never have let go, or hotplug may have bound it meanwhile. */
	if (write && subject->unbound &&
	    (read_driver(x->root, subject->function, driver, sizeof(driver)) < 0 || !driver[0]))
		subject->bind_errno = put_back(x, write, DRIVER_WRITE_DEADLINE_S);
	if (read_driver(x->root, subject->function, subject->driver_after,
			sizeof(subject->driver_after)) < 0)
		subject->driver_after[0] = '\0';
}

void changes_undo(struct execution *x)
{
	for (size_t i = x->step->subject_count; i-- > 0;) {
		restore_method(x, i);
		bind_driver(x, i);
	}
}

int changes_left(const struct execution *x)
{
	for (size_t i = 0; i < x->step->subject_count; i++) {
		const struct subject *subject = &x->step->subjects[i];

		if (subject->restore_errno) {
			snprintf(x->failed, WHY_MAX,
				 "reset_method of %s held \"%.160s\", which could not be put back",
				 subject->function, subject->methods_before);
			return -subject->restore_errno;
		}
		if (subject->bind_errno) {
			snprintf(x->failed, WHY_MAX, "driver %s could not be bound to %s again",
				 subject->driver, subject->function);
			return -subject->bind_errno;
		}
	}
	return 0;
}
