// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/slug.h"

#include "base/attr.h"
#include "model/slug_tables.h"

/* In the order of the classes. */
static const struct slug_table *const tables[] = {&slug_findings, &slug_reasons, &slug_refusals};

const struct slug *slug_at(size_t index)
{
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		if (index < tables[i]->count)
			return &tables[i]->slugs[index];
		index -= tables[i]->count;
	}
	return NULL;
}

const struct slug *slug_find(const char *name)
{
	const struct slug *slug;

	for (size_t i = 0; (slug = slug_at(i)); i++)
		if (streq(slug->name, name))
			return slug;
	return NULL;
}

const char *slug_class_name(enum slug_class class)
{
	static const char *const names[] = {
		[SLUG_BUG] = "bug",
		[SLUG_BROKEN] = "broken",
		[SLUG_INCONCLUSIVE] = "inconclusive",
		[SLUG_SKIP] = "skipped",
		[SLUG_REFUSED] = "refused",
	};

	return names[class];
}
