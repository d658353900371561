// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/features.h"

#include "base/attr.h"

#ifdef HAVE_TRACEFS
#define BUILT_TRACEFS 1
#else
#define BUILT_TRACEFS 0
#endif

#ifdef HAVE_BTF
#define BUILT_BTF 1
#else
#define BUILT_BTF 0
#endif

static const struct feature features[] = {
	{"tracefs", BUILT_TRACEFS, "resets cannot be traced, so no run can prove the fix"},
	{"btf", BUILT_BTF, "the kernel's structures cannot be read, so `check` knows little"},
};

const struct feature *feature_at(size_t index)
{
	return index < ARRAY_SIZE(features) ? &features[index] : NULL;
}
