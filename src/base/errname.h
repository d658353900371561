/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of errnos, as people look them up. */
#ifndef BASE_ERRNAME_H
#define BASE_ERRNAME_H

/* "EBUSY" for 16, "success" for 0, "an unknown error" for what is no errno. Never NULL. Pure. */
const char *errno_name(int error);

#endif
