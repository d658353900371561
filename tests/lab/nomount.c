// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * nomount COMMAND [ARG...]: runs the command where nothing can be mounted, as in a container whose
 * seccomp profile denies mount(2). Everything else root may do stays allowed, so that only the
 * tracing file system is missing.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD_SYSCALL_NUMBER \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))
#define DENY(number)                                          \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), \
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

int main(int argc, char **argv)
{
	struct sock_filter filter[] = {
		LOAD_SYSCALL_NUMBER,
		DENY(SYS_mount),
		DENY(SYS_fsopen),
		DENY(SYS_fsmount),
		DENY(SYS_move_mount),
		DENY(SYS_open_tree),
		ALLOW,
	};
	struct sock_fprog program = {
		.len = sizeof(filter) / sizeof(filter[0]),
		.filter = filter,
	};

	if (argc < 2) {
		fprintf(stderr, "usage: nomount COMMAND [ARG...]\n");
		return 125;
	}
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
		perror("nomount: PR_SET_SECCOMP");
		return 125;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 127;
}
