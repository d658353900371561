// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/tri.h"

#include "base/attr.h"

const char *tri_name(enum tri value)
{
	switch (value) {
	case TRI_NO:
		return "no";
	case TRI_YES:
		return "yes";
	default:
		return "unknown";
	}
}

enum tri tri_parse(const char *name)
{
	if (streq(name, "yes"))
		return TRI_YES;
	if (streq(name, "no"))
		return TRI_NO;
	return TRI_UNKNOWN;
}
