// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/recovery.h"

#include <stdarg.h>

#include "base/array.h"
#include "base/lines.h"

const char *const recovery_outcome_names[RECOVERY_OUTCOME_COUNT] = {
	[RECOVERY_DONE] = "undone", [RECOVERY_NOTHING] = "nothing-to-do", [RECOVERY_GONE] = "gone",
	[RECOVERY_LEFT] = "left",   [RECOVERY_FAILED] = "failed",
};

struct recovery_item *recovery_add_item(struct recovery *recovery)
{
	return ARRAY_APPEND(recovery->items, recovery->item_count);
}

struct recovery_down *recovery_add_down(struct recovery *recovery)
{
	return ARRAY_APPEND(recovery->downs, recovery->down_count);
}

int recovery_note(struct recovery *recovery, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = lines_add(&recovery->notes, &recovery->note_count, format, args);
	va_end(args);
	return r;
}

size_t recovery_count(const struct recovery *recovery, enum recovery_outcome outcome)
{
	size_t count = 0;

	for (size_t i = 0; i < recovery->item_count; i++)
		count += recovery->items[i].outcome == outcome;
	return count;
}

void recovery_free(struct recovery *recovery)
{
	free(recovery->items);
	free(recovery->downs);
	lines_free(recovery->notes, recovery->note_count);
	*recovery = (struct recovery){0};
}
