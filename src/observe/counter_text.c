// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/counter_text.h"

#include <ctype.h>
#include <errno.h>

#include "base/array.h"

static const struct reading *find_reading(const struct readings *readings, const char *name)
{
	for (size_t i = 0; i < readings->count; i++)
		if (streq(readings->items[i].name, name))
			return &readings->items[i];
	return NULL;
}

bool readings_has(const struct readings *readings, const char *name)
{
	return find_reading(readings, name) != NULL;
}

int readings_add(struct readings *readings, const char *name, uint64_t value)
{
	struct reading *reading = (struct reading *)find_reading(readings, name);

	if (!reading) {
		reading = ARRAY_APPEND(readings->items, readings->count);
		if (!reading)
			return -ENOMEM;
		snprintf(reading->name, sizeof(reading->name), "%s", name);
	}
	reading->value += value;
	return 0;
}

void readings_free(struct readings *readings)
{
	free(readings->items);
	*readings = (struct readings){0};
}

/* "dmar0", but not "dmar0-prq" or "dmar0-perf". */
static bool is_dmar(const char *action)
{
	if (!starts_with(action, "dmar") || !isdigit((unsigned char)action[4]))
		return false;
	return action[4 + strspn(action + 4, "0123456789")] == '\0';
}

static bool is_iommu_action(const char *action)
{
	return is_dmar(action) || starts_with(action, "AMD-Vi") ||
	       starts_with(action, "arm-smmu-v3") || streq(action, "arm-smmu-context-fault");
}

/* Skips "  24:" and the counts of the CPUs; returns what follows them, NULL for another row. */
static char *sum_cpus(char *row, unsigned int cpus, uint64_t *sum)
{
	char *at = strchr(row, ':');

	if (!at)
		return NULL;
	at++;
	*sum = 0;
	for (unsigned int cpu = 0; cpu < cpus; cpu++) {
		char *end;
		unsigned long long count = strtoull(at, &end, 10);

		if (end == at)
			return NULL;
		*sum += count;
		at = end;
	}
	return at;
}

/* The actions stand last, separated by ", "; chip, hardware number and trigger before them. */
static int add_row(struct readings *readings, char *row, unsigned int cpus)
{
	char name[sizeof(readings->items->name)];
	uint64_t sum;
	char *saved = NULL;
	char *rest = sum_cpus(row, cpus, &sum);

	if (!rest)
		return 0;
	for (char *word = strtok_r(rest, " \t,", &saved); word;
	     word = strtok_r(NULL, " \t,", &saved)) {
		int r;

		if (!is_iommu_action(word))
			continue;
		snprintf(name, sizeof(name), "irq:%s", word);
		r = readings_add(readings, name, sum);
		if (r < 0)
			return r;
	}
	return 0;
}

static unsigned int count_cpus(const char *heading)
{
	unsigned int cpus = 0;

	for (const char *at = heading; (at = strstr(at, "CPU")); at += strlen("CPU"))
		cpus++;
	return cpus;
}

int readings_add_interrupts(struct readings *readings, char *text)
{
	char *saved = NULL;
	char *row = strtok_r(text, "\n", &saved);
	unsigned int cpus = row ? count_cpus(row) : 0;

	if (cpus == 0)
		return 0;
	while ((row = strtok_r(NULL, "\n", &saved))) {
		int r = add_row(readings, row, cpus);

		if (r < 0)
			return r;
	}
	return 0;
}

bool aer_total(const char *text, uint64_t *total)
{
	const char *line = strstr(text, "TOTAL_ERR_");
	char *end;

	if (!line || (line != text && line[-1] != '\n'))
		return false;
	line += strcspn(line, " \n");
	if (*line != ' ' || !isdigit((unsigned char)line[1]))
		return false;
	errno = 0;
	*total = strtoull(line + 1, &end, 10);
	return errno == 0 && (*end == '\n' || *end == '\0');
}

int counters_before(struct step_evidence *step, const struct readings *readings)
{
	for (size_t i = 0; i < readings->count; i++) {
		struct counter *counter = step_add_counter(step);

		if (!counter)
			return -ENOMEM;
		memcpy(counter->name, readings->items[i].name, sizeof(counter->name));
		counter->before = readings->items[i].value;
		counter->after = counter->before;
	}
	return 0;
}

static bool has_counter(const struct step_evidence *step, const char *name)
{
	for (size_t i = 0; i < step->counter_count; i++)
		if (streq(step->counters[i].name, name))
			return true;
	return false;
}

int counters_after(struct step_evidence *step, const struct readings *readings)
{
	size_t kept = 0;

	for (size_t i = 0; i < step->counter_count; i++) {
		struct counter counter = step->counters[i];
		const struct reading *reading = find_reading(readings, counter.name);

		if (!reading)
			continue;
		counter.after = reading->value;
		step->counters[kept++] = counter;
	}
	step->counter_count = kept;
	for (size_t i = 0; i < readings->count; i++) {
		struct counter *counter;

		if (has_counter(step, readings->items[i].name))
			continue;
		counter = step_add_counter(step);
		if (!counter)
			return -ENOMEM;
		memcpy(counter->name, readings->items[i].name, sizeof(counter->name));
		counter->after = readings->items[i].value;
	}
	return 0;
}
