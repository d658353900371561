// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * as-job FILE COMMAND...: runs a command as a shell with job control does, in a process group of
 * its own and with all signals as usual, and writes its process number to FILE. Exits as the
 * command does.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void start(const char *file, char **command)
{
	FILE *out = fopen(file, "w");

	setpgid(0, 0);
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGTSTP, SIG_DFL);
	if (!out || fprintf(out, "%d\n", (int)getpid()) < 0 || fclose(out) == EOF)
		_exit(126);
	execvp(command[0], command);
	_exit(127);
}

int main(int argc, char **argv)
{
	int status;
	pid_t child;

	if (argc < 3) {
		fprintf(stderr, "usage: as-job FILE COMMAND...\n");
		return 2;
	}
	child = fork();
	if (child == 0)
		start(argv[1], argv + 2);
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return 126;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
