// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/errname.h"

#include <string.h>

const char *errno_name(int error)
{
	const char *name = error == 0 ? "success" : strerrorname_np(error);

	return name ? name : "an unknown error";
}
