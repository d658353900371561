// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/perf_event.h"

#include <ctype.h>
#include <errno.h>

#include "base/errname.h"

#define DEVICES "sys/bus/event_source/devices/"
#define PATH_BYTES 192
#define LINE_BYTES 256

static __u64 *format_field(const char *format, size_t length, struct perf_event_attr *attr)
{
	static const char *const names[] = {"config", "config1", "config2"};
	__u64 *const fields[] = {&attr->config, &attr->config1, &attr->config2};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == length && strncmp(format, names[i], length) == 0)
			return fields[i];
	return NULL;
}

/* "3" or "3-7" at *at, which is moved behind it. */
static bool parse_range(const char **at, unsigned long *first, unsigned long *last)
{
	char *end;

	if (!isdigit((unsigned char)**at))
		return false;
	*first = *last = strtoul(*at, &end, 10);
	if (*end == '-') {
		if (!isdigit((unsigned char)end[1]))
			return false;
		*last = strtoul(end + 1, &end, 10);
	}
	*at = end;
	return *first <= *last && *last < 64;
}

int perf_format_apply(const char *format, uint64_t value, struct perf_event_attr *attr)
{
	size_t length = strcspn(format, ":");
	const char *at = format + length;
	__u64 *field;
	uint64_t bits = 0;

	if (*at != ':')
		return -EINVAL;
	field = format_field(format, length, attr);
	if (!field)
		return -ENOTSUP;
	do {
		unsigned long first, last, width;
		uint64_t mask;

		at++;
		if (!parse_range(&at, &first, &last))
			return -EINVAL;
		width = last - first + 1;
		mask = width == 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
		bits |= (value & mask) << first;
		value = width == 64 ? 0 : value >> width;
	} while (*at == ',');
	if (*at)
		return -EINVAL;
	if (value)
		return -EOVERFLOW;
	*field |= bits;
	return 0;
}

static int apply_term(const struct root *root, const char *pmu, char *term,
		      struct perf_event_attr *attr)
{
	char path[PATH_BYTES], format[LINE_BYTES], *equals = strchr(term, '='), *end;
	uint64_t value = 1;
	int r;

	if (equals) {
		*equals++ = '\0';
		errno = 0;
		value = strtoull(equals, &end, 0);
		if (errno || end == equals || *end || *equals == '-')
			return -EINVAL;
	}
	if (!*term || strchr(term, '/'))
		return -EINVAL;
	snprintf(path, sizeof(path), DEVICES "%s/format/%s", pmu, term);
	r = root_read_line(root, path, format, sizeof(format));
	return r < 0 ? r : perf_format_apply(format, value, attr);
}

static int apply_terms(const struct root *root, const char *pmu, char *terms,
		       struct perf_event_attr *attr, char why[PERF_WHY_BYTES])
{
	char *saved = NULL;

	for (char *term = strtok_r(terms, ",", &saved); term; term = strtok_r(NULL, ",", &saved)) {
		int r = apply_term(root, pmu, term, attr);

		if (r < 0) {
			snprintf(why, PERF_WHY_BYTES, "term %.24s: %s", term, errno_name(-r));
			/* The event is there; what it is made of is not. */
			return r == -ENOENT ? -EINVAL : r;
		}
	}
	return 0;
}

/* The first CPU of "0,8-15". A PMU without a mask counts the same on each. */
static int find_cpu(const struct root *root, const char *pmu, int *cpu)
{
	char path[PATH_BYTES], line[LINE_BYTES], *end;
	unsigned long first;
	int r;

	*cpu = 0;
	snprintf(path, sizeof(path), DEVICES "%s/cpumask", pmu);
	r = root_read_line(root, path, line, sizeof(line));
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	first = strtoul(line, &end, 10);
	if (end == line || !isdigit((unsigned char)line[0]) || first > 1U << 20)
		return -EINVAL;
	*cpu = (int)first;
	return 0;
}

int perf_event_find(const struct root *root, const char *pmu, const char *event,
		    struct perf_event_attr *attr, int *cpu, char why[PERF_WHY_BYTES])
{
	char path[PATH_BYTES], terms[LINE_BYTES];
	uint64_t type;
	int r;

	snprintf(path, sizeof(path), DEVICES "%s/events/%s", pmu, event);
	r = root_read_line(root, path, terms, sizeof(terms));
	if (r < 0) {
		snprintf(why, PERF_WHY_BYTES, "events/%.24s: %s", event, errno_name(-r));
		return r;
	}
	*attr = (struct perf_event_attr){.size = sizeof(*attr)};
	r = apply_terms(root, pmu, terms, attr, why);
	if (r < 0)
		return r;
	snprintf(path, sizeof(path), DEVICES "%s/type", pmu);
	r = root_read_u64(root, path, &type);
	if (r == 0 && type > UINT32_MAX)
		r = -EINVAL;
	if (r == 0) {
		attr->type = (uint32_t)type;
		r = find_cpu(root, pmu, cpu);
	}
	if (r < 0)
		snprintf(why, PERF_WHY_BYTES, "type or cpumask: %s", errno_name(-r));
	return r == -ENOENT ? -EINVAL : r;
}
