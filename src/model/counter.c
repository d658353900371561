// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/counter.h"

static bool is_bits(const struct counter *counter)
{
	return streq(counter->name, "tainted");
}

const char *counter_unknown(const struct counter *counter)
{
	if (counter->why[0])
		return counter->why;
	if (!is_bits(counter) && counter->after < counter->before)
		return "it went backwards: reset or wrapped";
	return NULL;
}

uint64_t counter_delta(const struct counter *counter)
{
	if (counter_unknown(counter))
		return 0;
	return is_bits(counter) ? counter->after & ~counter->before
				: counter->after - counter->before;
}

bool counter_is_traffic(const char *name)
{
	return starts_with(name, "perf:");
}
