// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/system_log.h"

#include <errno.h>
#include <inttypes.h>
#include <paths.h>
#include <syslog.h>
#include <time.h>

#include "base/strbuf.h"
#include "cli/log_socket.h"
#include "render/log_entry.h"

#define JOURNAL_SOCKET "/run/systemd/journal/socket"

struct system_log {
	struct log_socket socket;
	enum system_log_form form;
	struct strbuf entry, gap, line;
	uint64_t entries, lost;
	uint64_t untold; /* of those that were lost, in the log itself */
	int error;	 /* of the last one that was lost */
	char name[128];
};

/* "<11>Nov 22 14:03:05 iommu-resettest[241]: MESSAGE", as syslog(3) writes it. */
static void put_line(struct strbuf *line, const char *fields, int level)
{
	const char *message = fields + strlen("MESSAGE=");
	char time_text[32] = "";
	time_t now = time(NULL);
	struct tm local;

	strbuf_reset(line);
	if (localtime_r(&now, &local))
		strftime(time_text, sizeof(time_text), "%b %e %T", &local);
	strbuf_printf(line, "<%d>%s %s[%d]: ", LOG_USER | level, time_text, PACKAGE_NAME,
		      (int)getpid());
	strbuf_add(line, message, strcspn(message, "\n"));
}

static int send_entry(struct system_log *log, const struct strbuf *entry, int level, bool last)
{
	const struct strbuf *sent = entry;

	if (!entry->error && log->form == SYSTEM_LOG_LINE) {
		put_line(&log->line, entry->text, level);
		sent = &log->line;
	}
	return sent->error ? sent->error
			   : log_socket_put(&log->socket, sent->text, sent->length_bytes, last);
}

/* An entry is not sent before the log knows that others are missing before it. */
static int send_both(struct system_log *log, const struct run_evidence *run, int level, bool last)
{
	int r = 0, gap_level;

	if (log->untold) {
		gap_level = log_entry_gap(&log->gap, run, log->untold);
		r = send_entry(log, &log->gap, gap_level, last);
	}
	if (r < 0)
		return r;
	log->untold = 0;
	return send_entry(log, &log->entry, level, last);
}

static void put(struct system_log *log, const struct run_evidence *run, int level, bool last)
{
	int r = send_both(log, run, level, last);

	log->entries++;
	if (r == 0)
		return;
	log->lost++;
	log->untold++;
	log->error = r;
}

static int step_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		    const struct step_evidence *step, const struct step_result *result)
{
	struct system_log *log = data;

	(void)progress;
	put(log, run, log_entry_step(&log->entry, run, step, result), false);
	return 0;
}

static int run_end(void *data, const struct run_progress *progress, const struct run_evidence *run,
		   const struct run_result *result, int exit_status)
{
	struct system_log *log = data;

	(void)progress;
	put(log, run, log_entry_verdict(&log->entry, run, result, exit_status), true);
	if (log->lost)
		snprintf(log->name, sizeof(log->name),
			 "the system log lacks %" PRIu64 " of %" PRIu64 " entries%s", log->lost,
			 log->entries, log->untold ? ", among them the verdict" : "");
	return log->error;
}

static void system_log_free(void *data)
{
	struct system_log *log = data;

	log_socket_close(&log->socket);
	strbuf_free(&log->entry);
	strbuf_free(&log->gap);
	strbuf_free(&log->line);
	free(log);
}

int system_log_follow_at(struct followers *followers, const char *path, enum system_log_form form)
{
	struct follower follower = {
		.step_end = step_end,
		.run_end = run_end,
		.free = system_log_free,
	};
	struct system_log *log = calloc(1, sizeof(*log));
	int r;

	if (!log)
		return -ENOMEM;
	snprintf(log->name, sizeof(log->name), "the system log");
	log->form = form;
	follower.name = log->name;
	follower.data = log;
	r = log_socket_open(path, &log->socket);
	if (r < 0) {
		system_log_free(log);
		return r;
	}
	return followers_add(followers, &follower);
}

int system_log_follow(struct followers *followers)
{
	int r = system_log_follow_at(followers, JOURNAL_SOCKET, SYSTEM_LOG_FIELDS);

	return r == 0 || r == -ENOMEM ? r
				      : system_log_follow_at(followers, _PATH_LOG, SYSTEM_LOG_LINE);
}
