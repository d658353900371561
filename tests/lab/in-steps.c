// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * in-steps HOOK COMMAND [ARG...]: runs iommu-resettest, and `HOOK MARKER` whenever it has written
 * the marker with which a step begins. The tool stands still until the hook has returned, so that
 * all of what it does falls into the step.
 * Exit status: that of the command.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RECORD_BYTES 8192
#define POLL_MS 20

static void fail(const char *what)
{
	perror(what);
	exit(125);
}

static pid_t start(char *const arguments[])
{
	pid_t pid = fork();

	if (pid < 0)
		fail("in-steps: fork");
	if (pid == 0) {
		execvp(arguments[0], arguments);
		fail(arguments[0]);
	}
	return pid;
}

/* One record for each read. A marker forged from one that was seen begins nothing. */
static char *begin_marker(int kmsg)
{
	static char record[RECORD_BYTES], seen[RECORD_BYTES];
	ssize_t length;

	while ((length = read(kmsg, record, sizeof(record) - 1)) > 0 || errno == EPIPE) {
		char *marker;

		if (length <= 0)
			continue;
		record[length] = '\0';
		record[strcspn(record, "\n")] = '\0';
		marker = strstr(record, ";iommu-resettest: begin ");
		if (marker && strcmp(marker + 1, seen) != 0)
			return strcpy(seen, marker + 1);
	}
	return NULL;
}

static void run_hook(char *hook, char *marker)
{
	char *arguments[] = {hook, marker, NULL};
	int status;

	if (waitpid(start(arguments), &status, 0) < 0 || status != 0)
		fprintf(stderr, "in-steps: %s failed\n", hook);
}

int main(int argc, char **argv)
{
	struct pollfd log = {.fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC),
			     .events = POLLIN};
	int status;
	pid_t tool;

	if (argc < 3) {
		fprintf(stderr, "usage: in-steps HOOK COMMAND [ARG...]\n");
		return 125;
	}
	if (log.fd < 0 || lseek(log.fd, 0, SEEK_END) < 0)
		fail("in-steps: /dev/kmsg");
	tool = start(argv + 2);
	while (waitpid(tool, &status, WNOHANG) == 0) {
		char *marker = poll(&log, 1, POLL_MS) > 0 ? begin_marker(log.fd) : NULL;

		if (!marker)
			continue;
		kill(tool, SIGSTOP);
		run_hook(argv[1], marker);
		kill(tool, SIGCONT);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
