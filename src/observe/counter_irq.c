// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/counter_irq.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>

#include "base/array.h"
#include "base/lines.h"

#define RISCV_PREFIX "riscv-iommu@"
#define NO_IRQ UINT64_MAX

/* A row that is of interest: which interrupt, and what its CPUs say. */
struct row {
	char name[sizeof(((struct reading *)NULL)->name)];
	uint64_t irq;
	uint64_t sum;
};

struct rows {
	struct row *items;
	size_t count;
};

static void rows_free(struct rows *rows)
{
	free(rows->items);
}

/* "dmar0", but not "dmar0-prq" or "dmar0-perf". */
static bool is_dmar(const char *action)
{
	if (!starts_with(action, "dmar") || !isdigit((unsigned char)action[4]))
		return false;
	return action[4 + strspn(action + 4, "0123456789")] == '\0';
}

static bool is_device(const struct irq_devices *devices, const char *action)
{
	for (size_t i = 0; i < devices->count; i++)
		if (streq(devices->names[i], action))
			return true;
	return false;
}

/*
 * Linux 6.12 to 7.3: "dmar%d"; "AMD-Vi" and "AMD-Vi%d-{Evt,PPR,GA}";
 * "arm-smmu-v3-{evtq,gerror,priq,combined-irq}"; "arm-smmu-context-fault"; on RISC-V the device.
 */
static bool is_iommu_action(const struct irq_devices *devices, const char *action)
{
	return is_dmar(action) || starts_with(action, "AMD-Vi") ||
	       starts_with(action, "arm-smmu-v3") || streq(action, "arm-smmu-context-fault") ||
	       is_device(devices, action);
}

static unsigned int count_cpus(const char *heading)
{
	unsigned int cpus = 0;

	for (const char *at = heading; (at = strstr(at, "CPU")); at += strlen("CPU"))
		cpus++;
	return cpus;
}

/* Sums the counts of the CPUs; returns what follows them, NULL for a damaged row. */
static char *sum_cpus(char *at, unsigned int cpus, uint64_t *sum)
{
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

static int add_row(struct rows *rows, const char *action, uint64_t irq, uint64_t sum)
{
	struct row *row = ARRAY_APPEND(rows->items, rows->count);

	if (!row)
		return -ENOMEM;
	snprintf(row->name, sizeof(row->name), "irq:%s", action);
	row->irq = irq;
	row->sum = sum;
	return 0;
}

/* "  24:" N N ... CHIP HWIRQ-TRIGGER ACTION, ACTION. One name has blanks: it is looked for first.
 */
static int parse_row(char *line, unsigned int cpus, const struct irq_devices *devices,
		     struct rows *rows)
{
	static const char global_fault[] = "arm-smmu global fault";
	char *saved = NULL, *end;
	uint64_t sum, irq = strtoull(line, &end, 10);
	char *rest;

	if (*end != ':')
		return 0;
	rest = sum_cpus(end + 1, cpus, &sum);
	if (!rest)
		return 0;
	if (strstr(rest, global_fault))
		return add_row(rows, "arm-smmu-global-fault", irq, sum);
	for (char *word = strtok_r(rest, " \t,\n", &saved); word;
	     word = strtok_r(NULL, " \t,\n", &saved)) {
		int r = is_iommu_action(devices, word) ? add_row(rows, word, irq, sum) : 0;

		if (r < 0)
			return r;
	}
	return 0;
}

static int stream_error(FILE *stream)
{
	return ferror(stream) ? -(errno ? errno : EIO) : 0;
}

static int parse_rows(FILE *stream, const struct irq_devices *devices, struct rows *rows)
{
	_cleanup_free_ char *line = NULL;
	size_t size = 0;
	unsigned int cpus = 0;

	while (getline(&line, &size, stream) > 0) {
		int r = 0;

		if (cpus)
			r = parse_row(line, cpus, devices, rows);
		else
			cpus = count_cpus(line);
		if (r < 0)
			return r;
		if (!cpus)
			break;
	}
	return stream_error(stream);
}

/* "intr TOTAL N N ...": the Nth number behind the total is interrupt N's. */
static void take_totals(const char *at, struct rows *rows)
{
	char *end;

	strtoull(at, &end, 10);
	for (uint64_t irq = 0; end != at; irq++) {
		uint64_t total = 0;

		at = end;
		/* Of hundreds most have never come. */
		if (starts_with(at, " 0 "))
			end += 2;
		else
			total = strtoull(at, &end, 10);
		for (size_t i = 0; end != at && i < rows->count; i++) {
			if (rows->items[i].irq != irq)
				continue;
			rows->items[i].sum = total;
			rows->items[i].irq = NO_IRQ;
		}
	}
}

static int read_totals(FILE *stat, struct rows *rows)
{
	_cleanup_free_ char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, stat) > 0)
		if (starts_with(line, "intr "))
			take_totals(line + strlen("intr "), rows);
	return stream_error(stat);
}

int irq_add(struct readings *readings, FILE *interrupts, FILE *stat,
	    const struct irq_devices *devices)
{
	_cleanup_(rows_free) struct rows rows = {0};
	int r = parse_rows(interrupts, devices, &rows);

	if (r == 0 && stat)
		r = read_totals(stat, &rows);
	for (size_t i = 0; i < rows.count && r == 0; i++)
		r = readings_add(readings, rows.items[i].name, rows.items[i].sum);
	return r;
}

static int open_stream(const struct root *root, const char *path, FILE **out)
{
	int fd = root_open_file(root, path, O_RDONLY);

	if (fd < 0)
		return fd;
	*out = fdopen(fd, "r");
	if (!*out) {
		int error = -errno;

		close(fd);
		return error;
	}
	return 0;
}

static int add_name(char ***names, size_t *count, const char *text)
{
	_cleanup_free_ char *copy = strdup(text);
	char **name = copy ? ARRAY_APPEND(*names, *count) : NULL;

	if (!name)
		return -ENOMEM;
	*name = TAKE_PTR(copy);
	return 0;
}

/* RISC-V's are called after their device, which /sys/class/iommu has behind a prefix. */
static int list_devices(const struct root *root, char ***names, size_t *count)
{
	DIR *dir = root_open_dir(root, "sys/class/iommu");
	const struct dirent *entry;
	int r = 0;

	if (!dir)
		return 0;
	while (r == 0 && (entry = readdir(dir)))
		if (starts_with(entry->d_name, RISCV_PREFIX))
			r = add_name(names, count, entry->d_name + strlen(RISCV_PREFIX));
	closedir(dir);
	return r;
}

int irq_read(const struct root *root, struct readings *readings)
{
	_cleanup_fclose_ FILE *interrupts = NULL, *stat = NULL;
	char **names = NULL;
	size_t count = 0;
	int r = list_devices(root, &names, &count);

	if (r == 0)
		r = open_stream(root, "proc/interrupts", &interrupts);
	if (r == 0 && open_stream(root, "proc/stat", &stat) == -ENOMEM)
		r = -ENOMEM;
	if (r == 0)
		r = irq_add(readings, interrupts, stat, &(struct irq_devices){names, count});
	lines_free(names, count);
	return r == 0 ? 0 : readings_take(readings, "irq", r, 0);
}
