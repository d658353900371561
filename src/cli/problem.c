// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/problem.h"

#include <errno.h>

#include "base/attr.h"
#include "cli/cmd.h"

const char *problem_advice(int error)
{
	switch (-error) {
	case EACCES:
	case EPERM:
		return geteuid() == 0
			       ? "; something other than permissions forbids it: a read-only "
				 "mount, lockdown or a container"
			       : "; run it as root";
	case ENOENT:
		return "; is the name right?";
	case EISDIR:
		return "; name a file";
	case ENOTDIR:
		return "; name a directory";
	case ENOSPC:
	case EDQUOT:
		return "; make room there and run it again";
	case EROFS:
		return "; name a place that can be written to";
	case ENOMEM:
		return "; end something else that takes memory and run it again";
	case EMFILE:
	case ENFILE:
		return "; too many files are open: see ulimit -n";
	case EIO:
		return "; the kernel log (dmesg) may say why";
	default:
		return "";
	}
}

int problem(const char *name, const char *what, int error)
{
	fprintf(stderr, "%s: %s: %s%s\n", name, what, strerror(-error), problem_advice(error));
	return EXIT_ERROR;
}

int problem_no_functions(const char *name, const char *tree, int error)
{
	fprintf(stderr, "%s: %s/sys/bus/pci/devices: %s; %s\n", name, tree ? tree : "",
		strerror(-error),
		tree ? "name the directory of a captured tree"
		     : "is there PCI, and is sysfs mounted on /sys?");
	return EXIT_ERROR;
}
