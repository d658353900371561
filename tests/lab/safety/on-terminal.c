// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * on-terminal FILE COMMAND...: runs a command on a terminal of its own, which is closed as soon as
 * there is FILE. What it prints until then is printed. Exits as the command does.
 */
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_MS 20

/* Until the file is there, or nobody has the terminal any more. */
static void pass_on(int terminal, const char *file)
{
	char block[4096];
	ssize_t got;

	while (access(file, F_OK) < 0) {
		struct pollfd ready = {.fd = terminal, .events = POLLIN};

		if (poll(&ready, 1, LOOK_MS) <= 0)
			continue;
		got = read(terminal, block, sizeof(block));
		if (got <= 0 || write(STDOUT_FILENO, block, (size_t)got) != got)
			return;
	}
}

int main(int argc, char **argv)
{
	int terminal, status;
	pid_t child;

	if (argc < 3) {
		fprintf(stderr, "usage: on-terminal FILE COMMAND...\n");
		return 2;
	}
	child = forkpty(&terminal, NULL, NULL, NULL);
	if (child < 0) {
		perror("forkpty");
		return 126;
	}
	if (child == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	pass_on(terminal, argv[1]);
	close(terminal);
	if (waitpid(child, &status, 0) < 0)
		return 126;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
