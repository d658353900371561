/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the system refused, worded for people: the thing, the cause, and what to do. */
#ifndef CLI_PROBLEM_H
#define CLI_PROBLEM_H

#include <stdarg.h>

#include "base/attr.h"

/* Prints "NAME: TEXT" on stderr. Names of files may be anybody's: the text is escaped. */
void problem_say(const char *name, const char *format, ...) _printf_(2, 3);
void problem_say_list(const char *name, const char *format, va_list args) _printf_(2, 0);

/* Prints "NAME: WHAT: CAUSE; ADVICE" on stderr for a -errno. Returns EXIT_ERROR. */
int problem(const char *name, const char *what, int error);

/* The same for what save_prepare() says of @path. */
int problem_place(const char *name, const char *path, int error);

/* Which functions there are could not be read, of a captured tree or (NULL) this machine. */
int problem_no_functions(const char *name, const char *tree, int error);

/* "; run it as root" and the like; "" where there is nothing to say. */
const char *problem_advice(int error);

#endif
