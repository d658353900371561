// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/system_log.h"

#include <errno.h>
#include <paths.h>
#include <syslog.h>

#include "base/strbuf.h"
#include "cli/journald.h"
#include "render/log_entry.h"

struct system_log {
	log_send_fn send;
	struct strbuf entry;
};

static int send_journal(const char *fields, int level)
{
	(void)level;
	return journald_send(fields);
}

/* The line alone. What the daemon does with it is not told. */
static int send_syslog(const char *fields, int level)
{
	const char *message = fields + strlen("MESSAGE=");

	syslog(level, "%.*s", (int)strcspn(message, "\n"), message);
	return access(_PATH_LOG, W_OK) < 0 ? -errno : 0;
}

static int put(const struct system_log *log, int level)
{
	return log->entry.error ? log->entry.error : log->send(log->entry.text, level);
}

static int step_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		    const struct step_evidence *step, const struct step_result *result)
{
	struct system_log *log = data;

	(void)progress;
	return put(log, log_entry_step(&log->entry, run, step, result));
}

static int run_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		   const struct run_result *result, int exit_status)
{
	struct system_log *log = data;

	(void)progress;
	return put(log, log_entry_verdict(&log->entry, run, result, exit_status));
}

static void system_log_free(void *data)
{
	struct system_log *log = data;

	if (log->send == send_syslog)
		closelog();
	strbuf_free(&log->entry);
	free(log);
}

int system_log_follow_by(struct followers *followers, log_send_fn send)
{
	struct follower follower = {
		.name = "the system log",
		.step_end = step_end,
		.run_end = run_end,
		.free = system_log_free,
	};
	struct system_log *log = calloc(1, sizeof(*log));

	if (!log)
		return -ENOMEM;
	log->send = send;
	follower.data = log;
	return followers_add(followers, &follower);
}

int system_log_follow(struct followers *followers)
{
	if (journald_is_there())
		return system_log_follow_by(followers, send_journal);
	if (access(_PATH_LOG, W_OK) < 0)
		return -errno;
	openlog(PACKAGE_NAME, LOG_PID, LOG_USER);
	return system_log_follow_by(followers, send_syslog);
}
