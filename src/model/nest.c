// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/nest.h"

enum tri function_method_nests(const struct function *function, const char *method)
{
	return function->is_bridge ? TRI_NO
				   : method_nests(method, function->vendor, function->device);
}

bool function_selecting_blocks(const struct function *function)
{
	if (reset_quirk_find(function->vendor, function->device))
		return true;
	for (unsigned int i = 0; i < function->methods.count; i++) {
		const struct method_info *info = method_info_find(function->methods.names[i]);

		if (!info || info->probe_blocks)
			return true;
	}
	return false;
}

const char *function_gate_reason(const struct snapshot *snapshot, const struct function *function)
{
	if (function->group == NO_GROUP)
		return "no-iommu";
	switch (function_gate_open(snapshot, function)) {
	case TRI_YES:
		return NULL;
	case TRI_NO:
		return "no-ats";
	default:
		return "ats-unknown";
	}
}
