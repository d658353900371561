// SPDX-License-Identifier: GPL-2.0-or-later
#include "journal/step.h"

#include "base/attr.h"

bool journal_step_same(const struct journal_step *a, const struct journal_step *b)
{
	return a->scenario == b->scenario && streq(a->method, b->method) &&
	       streq(a->targets, b->targets);
}

static void format_target(char text[BDF_MAX + 16], const char *function, uint16_t vendor,
			  uint16_t device)
{
	snprintf(text, BDF_MAX + 16, "%s/%04x:%04x", function, vendor, device);
}

/* Whether one of the targets begins with @text and ends there, or at one of @stops. */
static bool has_target(const struct journal_step *step, const char *text, const char *stops)
{
	for (const char *at = step->targets; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, stops);

		if (length == strlen(text) && strncmp(at, text, length) == 0)
			return true;
		at += strcspn(at, " ");
	}
	return false;
}

bool journal_step_names(const struct journal_step *step, const char *function)
{
	return has_target(step, function, "/ ");
}

bool journal_step_has(const struct journal_step *step, const char *function, uint16_t vendor,
		      uint16_t device)
{
	char target[BDF_MAX + 16];

	format_target(target, function, vendor, device);
	return has_target(step, target, " ");
}

void journal_step_target(struct journal_step *step, const char *function, uint16_t vendor,
			 uint16_t device)
{
	char target[BDF_MAX + 16];
	size_t used = strlen(step->targets);

	format_target(target, function, vendor, device);
	snprintf(step->targets + used, sizeof(step->targets) - used, "%s%s", used ? " " : "",
		 target);
}
