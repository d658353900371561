// SPDX-License-Identifier: GPL-2.0-or-later
/* What the rules ask for again and again, sorted: the evidence may be long. */
#include <errno.h>
#include <stdlib.h>

#include "judge/case.h"

#define NUMBER_LENGTH 7 /* "0d:00.0" */

static int compare_pids(const void *a, const void *b)
{
	int left = *(const int *)a, right = *(const int *)b;

	return (left > right) - (left < right);
}

/* Traces have few processes and many events. */
static void add_pid(struct step_case *c, int pid)
{
	if (c->pid_count == 0 || c->pids[c->pid_count - 1] != pid)
		c->pids[c->pid_count++] = pid;
}

static int know_pids(struct step_case *c)
{
	const struct step_evidence *step = c->step;

	c->pids = calloc(step->subject_count + step->write_count + step->trace_count + 1,
			 sizeof(*c->pids));
	if (!c->pids)
		return -ENOMEM;
	for (size_t i = 0; i < step->subject_count; i++)
		add_pid(c, step->subjects[i].pid);
	for (size_t i = 0; i < step->write_count; i++)
		if (step->writes[i].started)
			add_pid(c, step->writes[i].pid);
	/* In a PID namespace the tool knows its workers by other numbers than the kernel. */
	for (size_t i = 0; i < step->trace_count; i++)
		if (step_subject(step, step->trace[i].function))
			add_pid(c, step->trace[i].pid);
	qsort(c->pids, c->pid_count, sizeof(*c->pids), compare_pids);
	return 0;
}

bool case_has_pid(const struct step_case *c, int pid)
{
	return bsearch(&pid, c->pids, c->pid_count, sizeof(pid), compare_pids);
}

/* What all names of a function end with. */
static const char *number_of(const char *name)
{
	size_t length = strlen(name);

	return length > NUMBER_LENGTH ? name + (length - NUMBER_LENGTH) : name;
}

/* Those of one number as they stand in the evidence. */
static int compare_vfs(const void *a, const void *b)
{
	const struct step_vf *left = *(const struct step_vf *const *)a;
	const struct step_vf *right = *(const struct step_vf *const *)b;
	int order = strcmp(number_of(left->function), number_of(right->function));

	return order ? order : (left > right) - (left < right);
}

size_t case_find_vfs(const struct step_case *c, const char *name)
{
	const char *number = number_of(name);
	size_t low = 0, high = c->step->vf_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(number_of(c->vfs[middle]->function), number) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool case_vf_is(const struct step_case *c, size_t index, const char *name)
{
	return index < c->step->vf_count &&
	       streq(number_of(c->vfs[index]->function), number_of(name));
}

static void know_removed(struct step_case *c)
{
	for (size_t i = 0; i < c->step->uevent_count; i++) {
		const struct uevent *event = &c->step->uevents[i];

		if (!streq(event->action, "remove"))
			continue;
		for (size_t j = case_find_vfs(c, event->function);
		     case_vf_is(c, j, event->function); j++)
			if (streq(c->vfs[j]->function, event->function))
				c->vfs_removed[c->vfs[j] - c->step->vfs] = true;
	}
}

static int know_vfs(struct step_case *c)
{
	c->vfs = calloc(c->step->vf_count + 1, sizeof(struct step_vf *));
	c->vfs_removed = calloc(c->step->vf_count + 1, sizeof(*c->vfs_removed));
	if (!c->vfs || !c->vfs_removed)
		return -ENOMEM;
	for (size_t i = 0; i < c->step->vf_count; i++)
		c->vfs[i] = &c->step->vfs[i];
	if (c->step->vf_count == 0)
		return 0;
	qsort(c->vfs, c->step->vf_count, sizeof(struct step_vf *), compare_vfs);
	know_removed(c);
	return 0;
}

int case_index(struct step_case *c)
{
	int r = know_pids(c);

	return r < 0 ? r : know_vfs(c);
}

void case_index_clear(struct step_case *c)
{
	free(c->pids);
	free(c->vfs);
	free(c->vfs_removed);
}
