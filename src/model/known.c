// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/known.h"

#include <errno.h>

#include "base/array.h"

#define DOMAIN_LENGTH 5	 /* "0000:" */
#define NORMAL_LENGTH 12 /* "0000:0d:00.0" */

/* Sorted by what an IOMMU sees of a name. */
static int compare(const char *a, const char *b)
{
	int order = strcmp(a + DOMAIN_LENGTH, b + DOMAIN_LENGTH);

	return order ? order : strncmp(a, b, DOMAIN_LENGTH);
}

/* The index of the first function that does not stand before the name. */
static size_t find(const struct known *known, const char *name)
{
	size_t low = 0, high = known->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(known->functions[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_requester_id(const char *function)
{
	struct bdf bdf;

	return strlen(function) == NORMAL_LENGTH && bdf_parse(function, &bdf) == 0;
}

int known_add(struct known *known, const char *function)
{
	size_t at;

	if (!has_requester_id(function) || known->count == KNOWN_MAX)
		return 0;
	at = find(known, function);
	if (at < known->count && streq(known->functions[at].name, function))
		return 0;
	if (!ARRAY_APPEND(known->functions, known->count))
		return -ENOMEM;
	memmove(&known->functions[at + 1], &known->functions[at],
		(known->count - 1 - at) * sizeof(*known->functions));
	snprintf(known->functions[at].name, BDF_MAX, "%s", function);
	return 0;
}

bool known_has(const struct known *known, const char *printed)
{
	char first[BDF_MAX];
	size_t at;

	snprintf(first, sizeof(first), "0000:%s", printed);
	at = find(known, first);
	return at < known->count && streq(known->functions[at].name + DOMAIN_LENGTH, printed);
}

void known_clear(struct known *known)
{
	free(known->functions);
	*known = (struct known){0};
}
