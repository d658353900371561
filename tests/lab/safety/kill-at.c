// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kill-at [-c] N COMMAND [ARG...]: sends SIGKILL to the command just before the Nth system call, its
 * own or of a process it forked, that changes something outside or, without -c, waits for such a
 * change. Those processes are left to go on, and are waited for.
 * Exit status: 137 when it was killed, else that of the command. Names the call on stderr.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CHANGE(name) {SYS_##name, #name, true}
#define WAIT(name) {SYS_##name, #name, false}

static const struct point {
	int number;
	const char *name;
	bool changes;
} points[] = {
	CHANGE(write),	   CHANGE(pwrite64), CHANGE(fsync),  CHANGE(fdatasync), CHANGE(ftruncate),
	CHANGE(rename),	   CHANGE(renameat), CHANGE(renameat2), CHANGE(unlink), CHANGE(unlinkat),
	CHANGE(mkdir),	   CHANGE(mkdirat),  CHANGE(rmdir),  CHANGE(mount),	CHANGE(umount2),
	CHANGE(sendmsg),
	WAIT(fork),	   WAIT(vfork),	     WAIT(clone),    WAIT(clone3),	WAIT(wait4),
	WAIT(poll),	   WAIT(ppoll),	     WAIT(flock),
};

static void fail(const char *what)
{
	perror(what);
	exit(125);
}

/* Stops the process at those calls and at no other, which is what makes this fast. */
static void filter_calls(bool changes_only)
{
	struct sock_filter filter[COUNT(points) + 3];
	struct sock_fprog program = {.len = COUNT(filter), .filter = filter};
	size_t i;

	filter[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						 offsetof(struct seccomp_data, nr));
	for (i = 0; i < COUNT(points); i++)
		filter[i + 1] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)points[i].number,
			points[i].changes || !changes_only ? COUNT(points) - i : 0, 0);
	filter[i + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	filter[i + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0)
		fail("kill-at: PR_SET_SECCOMP");
}

static const char *call_of(pid_t pid)
{
	struct __ptrace_syscall_info info;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof(info), &info) > 0)
		for (size_t i = 0; i < COUNT(points); i++)
			if ((__u64)points[i].number == info.seccomp.nr)
				return points[i].name;
	return "?";
}

static pid_t start(char **command, bool changes_only)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		fail("kill-at: fork");
	if (pid == 0) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		filter_calls(changes_only);
		execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL,
		   PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
			   PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC) < 0)
		fail("kill-at: PTRACE_SETOPTIONS");
	ptrace(PTRACE_CONT, pid, NULL, NULL);
	return pid;
}

int main(int argc, char **argv)
{
	long at, seen = 0;
	bool killed = false, changes_only = argc > 1 && !strcmp(argv[1], "-c");
	int result = 125, status;
	pid_t tool, pid;

	argv += changes_only;
	argc -= changes_only;
	if (argc < 3) {
		fprintf(stderr, "usage: kill-at [-c] N COMMAND [ARG...]\n");
		return 125;
	}
	at = atol(argv[1]);
	tool = start(argv + 2, changes_only);
	while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
		long deliver = 0;

		if (pid < 0)
			continue;
		if (!WIFSTOPPED(status)) {
			if (pid == tool)
				result = WIFEXITED(status) ? WEXITSTATUS(status)
							   : 128 + WTERMSIG(status);
			continue;
		}
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8)) {
			if (++seen == at) {
				fprintf(stderr, "kill-at: %ld is %s of %s\n", at, call_of(pid),
					pid == tool ? "the tool" : "a process of it");
				kill(tool, SIGKILL);
				killed = true;
			}
		} else if (status >> 16 == 0 && WSTOPSIG(status) != SIGSTOP) {
			deliver = WSTOPSIG(status);
		}
		ptrace(PTRACE_CONT, pid, NULL, (void *)deliver);
	}
	return killed ? 137 : result;
}
