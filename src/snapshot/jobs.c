// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/jobs.h"

static void *run(void *arg)
{
	struct job *job = arg;

	job->error = job->run(job->arg);
	return NULL;
}

int jobs_run(struct job *jobs, size_t count)
{
	int r = 0;

	for (size_t i = 0; i + 1 < count; i++)
		jobs[i].started = pthread_create(&jobs[i].thread, NULL, run, &jobs[i]) == 0;
	for (size_t i = 0; i < count; i++)
		if (!jobs[i].started)
			run(&jobs[i]);
	for (size_t i = 0; i < count; i++) {
		if (jobs[i].started)
			pthread_join(jobs[i].thread, NULL);
		r = r < 0 ? r : jobs[i].error;
	}
	return r;
}
