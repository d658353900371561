// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/counter_text.h"

#include <ctype.h>
#include <errno.h>

#include "base/array.h"
#include "base/errname.h"

/* Looks at those from @first on. */
static struct reading *find_reading(const struct readings *readings, size_t first, const char *name)
{
	for (size_t i = first; i < readings->count; i++)
		if (streq(readings->items[i].name, name))
			return &readings->items[i];
	return NULL;
}

bool readings_has(const struct readings *readings, const char *name)
{
	return find_reading(readings, 0, name) != NULL;
}

static struct reading *reading_named(struct readings *readings, size_t first, const char *name)
{
	struct reading *reading = find_reading(readings, first, name);

	if (!reading) {
		reading = ARRAY_APPEND(readings->items, readings->count);
		if (reading)
			snprintf(reading->name, sizeof(reading->name), "%s", name);
	}
	return reading;
}

static int add_from(struct readings *readings, size_t first, const char *name, uint64_t value)
{
	struct reading *reading = reading_named(readings, first, name);

	if (!reading)
		return -ENOMEM;
	reading->value += value;
	return 0;
}

int readings_add(struct readings *readings, const char *name, uint64_t value)
{
	return add_from(readings, 0, name, value);
}

int readings_unknown(struct readings *readings, const char *name, const char *why)
{
	struct reading *reading = reading_named(readings, 0, name);

	if (!reading)
		return -ENOMEM;
	snprintf(reading->why, sizeof(reading->why), "%s", why);
	return 0;
}

int readings_take(struct readings *readings, const char *name, int r, uint64_t value)
{
	char why[sizeof(readings->items->why)];

	if (r == -ENOMEM)
		return r;
	if (r == -ENOENT)
		return 0;
	if (r == 0)
		return readings_add(readings, name, value);
	snprintf(why, sizeof(why), "reading it: %s", errno_name(-r));
	return readings_unknown(readings, name, why);
}

void readings_free(struct readings *readings)
{
	free(readings->items);
	*readings = (struct readings){0};
}

/* "NAME N", and nothing else. */
static bool parse_error_line(const char *line, size_t length, int *name_length, uint64_t *value)
{
	size_t word = strcspn(line, " \n");
	char *end;

	if (word == 0 || word >= length || !isdigit((unsigned char)line[word + 1]))
		return false;
	errno = 0;
	*value = strtoull(line + word + 1, &end, 10);
	*name_length = (int)word;
	return errno == 0 && end == line + length;
}

int readings_add_aer(struct readings *readings, const char *name, const char *text)
{
	/* These are hundreds, and no other file has them. */
	size_t first = readings->count;
	bool total = false;

	while (*text) {
		size_t length = strcspn(text, "\n");
		char full[sizeof(readings->items->name)];
		uint64_t value;
		int word, r;

		if (parse_error_line(text, length, &word, &value)) {
			bool is_total = starts_with(text, "TOTAL_ERR_");

			r = 0;
			if (is_total) {
				r = add_from(readings, first, name, value);
			} else if (value) {
				snprintf(full, sizeof(full), "%s:%.*s", name, word, text);
				r = add_from(readings, first, full, value);
			}
			if (r < 0)
				return r;
			total |= is_total;
		}
		text += length + (text[length] == '\n');
	}
	return total ? 0 : readings_unknown(readings, name, "no total could be read");
}

static int add_counter(struct step_evidence *step, const struct reading *reading,
		       struct counter **out)
{
	*out = step_add_counter(step);
	if (!*out)
		return -ENOMEM;
	memcpy((*out)->name, reading->name, sizeof((*out)->name));
	memcpy((*out)->why, reading->why, sizeof((*out)->why));
	return 0;
}

int counters_before(struct step_evidence *step, const struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++) {
		struct counter *counter;
		int r = add_counter(step, &readings->items[i], &counter);

		if (r < 0)
			return r;
		counter->before = counter->after = readings->items[i].value;
	}
	return 0;
}

/* They mostly stand in the order in which they are asked for: @next is where to begin. */
static const struct reading *next_reading(const struct readings *readings, size_t *next,
					  const char *name)
{
	for (size_t i = 0; i < readings->count; i++) {
		size_t at = (*next + i) % readings->count;

		if (streq(readings->items[at].name, name)) {
			*next = at + 1;
			return &readings->items[at];
		}
	}
	return NULL;
}

static bool has_counter(const struct step_evidence *step, size_t *next, const char *name)
{
	for (size_t i = 0; i < step->counter_count; i++) {
		size_t at = (*next + i) % step->counter_count;

		if (streq(step->counters[at].name, name)) {
			*next = at + 1;
			return true;
		}
	}
	return false;
}

/* "aer:DDDD:BB:DD.F:fatal:DLP", but not "aer:DDDD:BB:DD.F:fatal". */
static bool is_detail(const char *name)
{
	unsigned int colons = 0;

	if (!starts_with(name, "aer:"))
		return false;
	for (; *name; name++)
		colons += *name == ':';
	return colons >= 5;
}

static void read_again(struct counter *counter, const struct readings *readings, size_t *next)
{
	const struct reading *reading = next_reading(readings, next, counter->name);

	if (!reading) {
		snprintf(counter->why, sizeof(counter->why), "it was gone afterwards");
		return;
	}
	counter->after = reading->value;
	if (!counter->why[0])
		memcpy(counter->why, reading->why, sizeof(counter->why));
}

static void drop_idle_details(struct step_evidence *step)
{
	size_t kept = 0;

	for (size_t i = 0; i < step->counter_count; i++) {
		const struct counter *counter = &step->counters[i];

		if (is_detail(counter->name) &&
		    (counter->why[0] || counter->after <= counter->before))
			continue;
		step->counters[kept++] = *counter;
	}
	step->counter_count = kept;
}

int counters_after(struct step_evidence *step, const struct readings *readings)
{
	size_t next = 0;

	for (size_t i = 0; i < step->counter_count; i++)
		read_again(&step->counters[i], readings, &next);
	next = 0;
	for (size_t i = 0; i < readings->count; i++) {
		struct counter *counter;
		int r;

		if (has_counter(step, &next, readings->items[i].name))
			continue;
		r = add_counter(step, &readings->items[i], &counter);
		if (r < 0)
			return r;
		counter->after = readings->items[i].value;
	}
	drop_idle_details(step);
	return 0;
}
