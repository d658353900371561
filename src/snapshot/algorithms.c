// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/algorithms.h"

#include <errno.h>

#include "base/array.h"

#define CRYPTO "proc/crypto"
#define CRYPTO_MAX_BYTES (8U << 20)

/* One entry, each of its lines seen at most once. NULL: not yet. */
struct entry {
	const char *name, *module, *users;
	bool wrong;
};

/* Registered and nothing else: one reference. Each user and each template at work takes another. */
#define USERS_NONE "1"

static bool is_module_name(const char *text)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t length = strlen(text);

	return length && length < MODULE_NAME_MAX && strspn(text, letters) == length;
}

static bool is_number(const char *text)
{
	size_t length = strlen(text);

	return length && strspn(text, "0123456789") == length;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), end_length = strlen(end);

	return length >= end_length && streq(text + length - end_length, end);
}

/* cbc(aes-generic), rsa-generic: drivers of hardware need modules of these for their parts. */
static bool is_software(const char *name)
{
	return strchr(name, '(') || ends_with(name, "-generic");
}

static struct algorithm *find_module(const struct algorithms *algorithms, const char *module)
{
	for (size_t i = 0; i < algorithms->count; i++)
		if (streq(algorithms->list[i].module, module))
			return &algorithms->list[i];
	return NULL;
}

static bool is_listed(const struct algorithms *algorithms, const struct entry *entry)
{
	for (size_t i = 0; i < algorithms->count; i++)
		if (streq(algorithms->list[i].name, entry->name) &&
		    streq(algorithms->list[i].module, entry->module))
			return true;
	return false;
}

static int add(struct algorithms *algorithms, const struct entry *entry)
{
	const bool built_in = streq(entry->module, ALGORITHM_BUILT_IN);
	struct algorithm *algorithm = built_in ? NULL : find_module(algorithms, entry->module);

	if (algorithm ? !algorithm->software || is_software(entry->name)
		      : is_listed(algorithms, entry))
		return 0;
	if (!algorithm)
		algorithm = ARRAY_APPEND(algorithms->list, algorithms->count);
	if (!algorithm)
		return -ENOMEM;
	snprintf(algorithm->name, sizeof(algorithm->name), "%s", entry->name);
	snprintf(algorithm->module, sizeof(algorithm->module), "%s", entry->module);
	algorithm->software = is_software(entry->name);
	return 0;
}

static int end_entry(struct algorithms *algorithms, struct entry *entry, bool begun)
{
	const struct entry done = *entry;

	*entry = (struct entry){0};
	if (!begun)
		return 0;
	if (done.wrong || !done.name || !done.module || !done.users || !is_number(done.users) ||
	    !is_module_name(done.module))
		return -EINVAL;
	return streq(done.users, USERS_NONE) ? 0 : add(algorithms, &done);
}

/* "refcnt       : 1". A name that somebody looks for may be anything, line feeds and all. */
static void take_line(struct entry *entry, char *line)
{
	const struct {
		const char *key;
		const char **value;
	} wanted[] = {
		{"driver", &entry->name}, {"module", &entry->module}, {"refcnt", &entry->users}};
	char *value = strstr(line, " : ");

	if (!value)
		return;
	*value = '\0';
	line[strcspn(line, " ")] = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		if (!streq(line, wanted[i].key))
			continue;
		entry->wrong |= *wanted[i].value != NULL;
		*wanted[i].value = value + strlen(" : ");
	}
}

int algorithms_parse(char *text, struct algorithms *algorithms)
{
	struct entry entry = {0};
	bool begun = false;
	int wrong = 0, r = 0;
	char *line;

	while (r != -ENOMEM && (line = strsep(&text, "\n"))) {
		if (*line) {
			take_line(&entry, line);
			begun = true;
			continue;
		}
		r = end_entry(algorithms, &entry, begun);
		wrong = r < 0 ? r : wrong;
		begun = false;
	}
	if (r != -ENOMEM)
		r = end_entry(algorithms, &entry, begun);
	return r < 0 ? r : wrong;
}

/*
 * The kernel hands out a page at a time and counts entries: when an earlier one goes between two
 * pages, one is left out. So it is read twice, and what either tells of is there.
 */
int algorithms_read(const struct root *root, struct algorithms *algorithms)
{
	int wrong = 0;

	for (int i = 0; i < 2; i++) {
		_cleanup_free_ char *text = NULL;
		int r = root_read(root, CRYPTO, CRYPTO_MAX_BYTES, &text, NULL);

		if (r == 0)
			r = algorithms_parse(text, algorithms);
		if (r == -ENOMEM)
			return r;
		wrong = r < 0 ? r : wrong;
	}
	return wrong;
}

void algorithms_free(struct algorithms *algorithms)
{
	free(algorithms->list);
	*algorithms = (struct algorithms){0};
}
