// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/setting.h"

#include "base/attr.h"
#include "model/bdf.h"

#define DEVICES "sys/bus/pci/devices/"

static const char *const names[] = {
	"/aer/correctable_ratelimit_interval_ms",
	"/aer/nonfatal_ratelimit_interval_ms",
};

bool setting_allowed(const char *path)
{
	const char *at = path + strlen(DEVICES);
	char function[BDF_MAX], exact[BDF_MAX];
	struct bdf bdf;
	size_t length;

	if (!starts_with(path, DEVICES))
		return false;
	length = strcspn(at, "/");
	if (length >= sizeof(function))
		return false;
	memcpy(function, at, length);
	function[length] = '\0';
	if (bdf_parse(function, &bdf) < 0)
		return false;
	bdf_format(&bdf, exact);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (streq(at + length, names[i]))
			return streq(exact, function);
	return false;
}

bool setting_is_value(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits > 0 && digits < 10 && text[digits] == '\0';
}
