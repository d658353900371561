// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/problem.h"

#include <errno.h>

#include "base/escape.h"
#include "cli/cmd.h"

void problem_say_list(const char *name, const char *format, va_list args)
{
	_cleanup_strbuf_ struct strbuf shown = {0};
	_cleanup_free_ char *text = NULL;

	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	if (text)
		escape_printable(&shown, text);
	fprintf(stderr, "%s: %s\n", name, shown.text ? shown.text : "");
}

void problem_say(const char *name, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	problem_say_list(name, format, args);
	va_end(args);
}

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
	case ECANCELED:
		return "; whoever reads it stands still, and a signal ended the wait";
	case ENXIO:
		return "; nobody reads it";
	case ENOBUFS:
		return "; whoever reads it stands still";
	case ECONNREFUSED:
		return "; does the daemon behind it run?";
	case EIDRM:
		return "; the file was removed while it was written";
	case EIO:
		return "; the kernel log (dmesg) may say why";
	default:
		return "";
	}
}

int problem(const char *name, const char *what, int error)
{
	problem_say(name, "%s: %s%s", what, strerror(-error), problem_advice(error));
	return EXIT_ERROR;
}

int problem_place(const char *name, const char *path, int error)
{
	if (error != -ESPIPE)
		return problem(name, path, error);
	problem_say(name,
		    "%s: a named pipe, which cannot be tried without ending it for its reader; "
		    "have the shell open it: name /dev/fd/3 instead, and add 3>%s",
		    path, path);
	return EXIT_ERROR;
}

int problem_no_functions(const char *name, const char *tree, int error)
{
	problem_say(name, "%s/sys/bus/pci/devices: %s; %s", tree ? tree : "", strerror(-error),
		    tree ? "name the directory of a captured tree"
			 : "is there PCI, and is sysfs mounted on /sys?");
	return EXIT_ERROR;
}
