// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/untested_text.h"

#include <errno.h>

#include "model/slug.h"
#include "render/wrap.h"

/* Reasons come in the order in which the manual has them, unknown ones at the end. */
static size_t rank(const char *reason)
{
	const struct slug *slug;
	size_t i = 0;

	while ((slug = slug_at(i)) && !streq(slug->name, reason))
		i++;
	return i;
}

static int compare_reasons(const char *a, const char *b)
{
	size_t rank_a, rank_b;

	if (streq(a, b))
		return 0;
	rank_a = rank(a);
	rank_b = rank(b);
	return rank_a != rank_b ? (rank_a > rank_b) - (rank_a < rank_b) : strcmp(a, b);
}

/* What is alike stands on one line. */
static int compare_kinds(const struct untested *a, const struct untested *b)
{
	int r = compare_reasons(a->reason, b->reason);

	if (r == 0)
		r = (a->scenario > b->scenario) - (a->scenario < b->scenario);
	if (r == 0)
		r = strcmp(a->method, b->method);
	return r ? r : strcmp(a->text, b->text);
}

static int compare_untested(const void *a, const void *b)
{
	const struct untested *const *first = a, *const *second = b;
	int r = compare_kinds(*first, *second);

	/* As they came. */
	return r ? r : (*first > *second) - (*first < *second);
}

static int compare_refusal_kinds(const struct refusal *a, const struct refusal *b)
{
	int r = compare_reasons(a->reason, b->reason);

	if (r == 0)
		r = strcmp(a->text, b->text);
	return r ? r : strcmp(a->override, b->override);
}

static int compare_refusals(const void *a, const void *b)
{
	const struct refusal *const *first = a, *const *second = b;
	int r = compare_refusal_kinds(*first, *second);

	return r ? r : (*first > *second) - (*first < *second);
}

/* Pointers to the elements, in order; NULL, and the buffer's error, when memory is short. */
static void *sorted(struct strbuf *out, const void *list, size_t count, size_t element_bytes,
		    int (*compare)(const void *, const void *))
{
	const void **order = calloc(count, sizeof(*order));

	if (!order) {
		out->error = -ENOMEM;
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		order[i] = (const char *)list + i * element_bytes;
	qsort(order, count, sizeof(*order), compare);
	return order;
}

static void write_heading(struct strbuf *out, const struct text_style *style, const char *heading)
{
	style_word(out, style, TONE_UNSURE, heading);
	strbuf_puts(out, "\n");
}

static void write_reason(struct strbuf *out, const char *reason)
{
	const struct slug *slug = slug_find(reason);
	_cleanup_strbuf_ struct strbuf head = {0};

	strbuf_puts(&head, reason);
	if (slug)
		strbuf_printf(&head, ": %s %s", slug->meaning, slug->remedy);
	wrap_buffer(out, 4, "  ", &head);
}

void untested_text_write(struct strbuf *out, const struct text_style *style,
			 const struct untested *list, size_t count)
{
	_cleanup_free_ const struct untested **order = NULL;
	_cleanup_strbuf_ struct strbuf line = {0};

	if (!count)
		return;
	order = sorted(out, list, count, sizeof(*list), compare_untested);
	if (!order)
		return;
	write_heading(out, style, "Not tested");
	for (size_t i = 0; i < count; i++) {
		const struct untested *one = order[i];

		if (*one->reason && (i == 0 || !streq(order[i - 1]->reason, one->reason)))
			write_reason(out, one->reason);
		if (!line.length_bytes)
			strbuf_printf(&line, "%s%s%s ", scenario_names[one->scenario],
				      *one->method ? " " : "", one->method);
		else
			strbuf_puts(&line, ", ");
		strbuf_puts(&line, one->functions);
		if (i + 1 < count && compare_kinds(one, order[i + 1]) == 0)
			continue;
		if (*one->text)
			strbuf_printf(&line, ": %s", one->text);
		wrap_buffer(out, 6, "    ", &line);
		strbuf_reset(&line);
	}
}

void refused_text_write(struct strbuf *out, const struct text_style *style,
			const struct refusal *list, size_t count)
{
	_cleanup_free_ const struct refusal **order = NULL;
	_cleanup_strbuf_ struct strbuf line = {0};

	if (!count)
		return;
	order = sorted(out, list, count, sizeof(*list), compare_refusals);
	if (!order)
		return;
	write_heading(out, style, "Refused, and left alone");
	for (size_t i = 0; i < count; i++) {
		const struct refusal *one = order[i];

		if (i == 0 || compare_refusal_kinds(order[i - 1], one) != 0) {
			strbuf_printf(&line, "%s: %s. %s", one->reason, one->text, one->override);
			wrap_buffer(out, 4, "  ", &line);
			strbuf_reset(&line);
		}
		strbuf_printf(&line, "%s%s", line.length_bytes ? ", " : "", one->function);
		if (i + 1 < count && compare_refusal_kinds(one, order[i + 1]) == 0)
			continue;
		wrap_buffer(out, 6, "    ", &line);
		strbuf_reset(&line);
	}
}

void untested_free(struct untested *list, size_t count)
{
	for (size_t i = 0; list && i < count; i++)
		free(list[i].functions);
	free(list);
}
