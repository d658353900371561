// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/auxv.h>

#include "cli/cmd.h"

/* Returns whether @fd was closed; it is not any more. */
static bool fill(int fd)
{
	int filled;

	if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
		return false;
	/* The lowest free descriptor is taken, and those below @fd are not free. */
	filled = open("/dev/null", O_RDWR);
	if (filled != fd)
		_exit(EXIT_ERROR);
	return true;
}

/*
 * Both are inherited. Children whose death is ignored leave a number that a stranger may get, and
 * a worker that does not hear the signal to stop would go on resetting.
 */
static void meet_children(void)
{
	sigset_t none;

	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

int surroundings_check(void)
{
	bool no_output;

	fill(STDIN_FILENO);
	no_output = fill(STDOUT_FILENO);
	fill(STDERR_FILENO);
	if (getauxval(AT_SECURE) || getuid() != geteuid() || getgid() != getegid()) {
		fprintf(stderr, PACKAGE_NAME ": does not run setuid or with file capabilities; "
					     "use sudo\n");
		return EXIT_ERROR;
	}
	if (no_output) {
		fprintf(stderr, PACKAGE_NAME ": standard output is closed; nobody would see the "
					     "answer\n");
		return EXIT_ERROR;
	}
	signal(SIGXFSZ, SIG_IGN);
	meet_children();
	return EXIT_GOOD;
}
