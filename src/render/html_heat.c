// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>

#include "base/array.h"
#include "render/html.h"
#include "render/html_page.h"

#define COLUMNS_MAX 24
#define FEW_COLUMNS 8 /* have room for larger letters on paper */
#define HOSTS_MAX 2000

/* A column of the table: a series, or all that share a method and a scenario. */
struct column {
	const char *functions; /* NULL: of any */
	const char *method, *scenario;
	size_t row_count; /* of all hosts */
};

struct heat {
	const struct host_result **hosts; /* worst first */
	size_t host_count;
	struct column *columns;
	size_t column_count;
	const char *what; /* each host is: "host", "run" */
};

static bool was_run(const struct host_row *row)
{
	return host_row_verdict(row) != STEP_SKIP;
}

static bool is_of(const struct host_row *row, const struct column *column)
{
	return streq(row->method, column->method) && streq(row->scenario, column->scenario) &&
	       (!column->functions || streq(row->functions, column->functions));
}

static struct column *find_column(const struct heat *heat, const struct host_row *row)
{
	for (size_t i = 0; i < heat->column_count; i++)
		if (is_of(row, &heat->columns[i]))
			return &heat->columns[i];
	return NULL;
}

/* Returns 0, -ENOMEM, or -E2BIG when there are more than @max. */
static int collect_columns(struct heat *heat, bool by_function, size_t max)
{
	for (size_t i = 0; i < heat->host_count; i++)
		for (size_t j = 0; j < heat->hosts[i]->row_count; j++) {
			const struct host_row *row = &heat->hosts[i]->rows[j];
			struct column *column = was_run(row) ? find_column(heat, row) : NULL;

			if (column)
				column->row_count++;
			if (column || !was_run(row))
				continue;
			if (heat->column_count == max)
				return -E2BIG;
			column = ARRAY_APPEND(heat->columns, heat->column_count);
			if (!column)
				return -ENOMEM;
			*column = (struct column){by_function ? row->functions : NULL, row->method,
						  row->scenario, 1};
		}
	return 0;
}

/* Hosts of one kind have the same functions; where they do not, methods have to do. */
static int choose_columns(struct heat *heat)
{
	int r = collect_columns(heat, true, COLUMNS_MAX);

	if (r != -E2BIG)
		return r;
	heat->column_count = 0;
	r = collect_columns(heat, false, COLUMNS_MAX);
	return r == -E2BIG ? 0 : r;
}

/* What most hosts tested comes first: of many columns the others are far to the right. */
static int compare_columns(const void *a, const void *b)
{
	const struct column *one = a, *other = b;
	int r = (one->row_count < other->row_count) - (one->row_count > other->row_count);

	if (r == 0)
		r = strcmp(one->functions ? one->functions : "",
			   other->functions ? other->functions : "");
	if (r == 0)
		r = strcmp(one->method, other->method);
	return r ? r : strcmp(one->scenario, other->scenario);
}

static int compare_hosts(const void *a, const void *b)
{
	return host_result_compare(*(const struct host_result *const *)a,
				   *(const struct host_result *const *)b);
}

static int heat_make(struct heat *heat, const struct host_result *hosts, size_t count)
{
	int r;

	heat->hosts = calloc(count + 1, sizeof(const struct host_result *));
	if (!heat->hosts)
		return -ENOMEM;
	heat->host_count = count;
	for (size_t i = 0; i < count; i++)
		heat->hosts[i] = &hosts[i];
	qsort(heat->hosts, count, sizeof(const struct host_result *), compare_hosts);
	r = choose_columns(heat);
	if (r == 0 && heat->column_count)
		qsort(heat->columns, heat->column_count, sizeof(*heat->columns), compare_columns);
	return r;
}

static void heat_free(struct heat *heat)
{
	free(heat->hosts);
	free(heat->columns);
}

static bool is_worse(enum step_verdict one, enum step_verdict other)
{
	static const unsigned int ranks[STEP_VERDICT_COUNT] = {
		[STEP_FAIL] = 0, [STEP_INCONCLUSIVE] = 1, [STEP_PASS] = 2, [STEP_SKIP] = 3};

	return ranks[one] < ranks[other];
}

/* The worst of the host's rows that belong to the column, and how often it was come to. */
static const struct host_row *worst_row(const struct host_result *host, const struct column *column,
					uint64_t *times, uint64_t *of)
{
	const struct host_row *worst = NULL;

	*times = *of = 0;
	for (size_t i = 0; i < host->row_count; i++) {
		const struct host_row *row = &host->rows[i];

		if (is_of(row, column) &&
		    (!worst || is_worse(host_row_verdict(row), host_row_verdict(worst))))
			worst = row;
	}
	for (size_t i = 0; worst && i < host->row_count; i++) {
		const struct host_row *row = &host->rows[i];

		if (!is_of(row, column))
			continue;
		*times += row->counts[host_row_verdict(worst)];
		*of += row->counts[STEP_PASS] + row->counts[STEP_FAIL] +
		       row->counts[STEP_INCONCLUSIVE];
	}
	return worst;
}

static void write_cell(struct strbuf *out, const struct host_result *host,
		       const struct column *column)
{
	uint64_t times, of;
	const struct host_row *row = worst_row(host, column, &times, &of);
	enum step_verdict verdict = row ? host_row_verdict(row) : STEP_SKIP;
	bool linked = row && host->anchor[0] && row->step;
	char word[64];

	if (verdict == STEP_SKIP) {
		html_not_tested(out);
		return;
	}
	if (of > 1)
		snprintf(word, sizeof(word), "%s %" PRIu64 " of %" PRIu64,
			 step_verdict_names[verdict], times, of);
	else
		snprintf(word, sizeof(word), "%s", step_verdict_names[verdict]);
	strbuf_puts(out, "<td>");
	if (linked)
		strbuf_printf(out, "<a href=\"#%s-s%u\">", host->anchor, row->step);
	html_badge(out, html_tone_of_step(verdict), word);
	strbuf_puts(out, linked ? "</a></td>" : "</td>");
}

static void write_host(struct strbuf *out, const struct heat *heat, const struct host_result *host)
{
	strbuf_puts(out, "<tr><th scope=\"row\">");
	if (host->anchor[0])
		strbuf_printf(out, "<a href=\"#%s-run\">", host->anchor);
	html_text(out, host->name ? host->name : "no name");
	strbuf_puts(out, host->anchor[0] ? "</a>" : "");
	strbuf_puts(out, "<small>");
	html_text(out, host->release);
	strbuf_puts(out, host->release[0] && host->started[0] ? ", " : "");
	html_text(out, host->started);
	if (host->why || host->slug[0]) {
		strbuf_puts(out, host->release[0] || host->started[0] ? ", " : "");
		html_text(out, host->why ? host->why : host->slug);
	}
	strbuf_puts(out, host->known && host->checked ? ", checked alone" : "");
	strbuf_puts(out, "</small></th>\n<td>");
	html_badge(out, html_tone_of_host(host), host_result_word(host));
	strbuf_puts(out, "</td>");
	for (size_t i = 0; i < heat->column_count; i++)
		write_cell(out, host, &heat->columns[i]);
	strbuf_puts(out, "</tr>\n");
}

static void write_column(struct strbuf *out, const struct column *column)
{
	strbuf_puts(out, "<th scope=\"col\">");
	html_text(out, column->method[0] ? column->method : "no method");
	strbuf_puts(out, ", ");
	html_text(out, column->scenario);
	if (column->functions) {
		strbuf_puts(out, "<small>");
		html_text(out, column->functions);
		strbuf_puts(out, "</small>");
	}
	strbuf_puts(out, "</th>");
}

static void write_table(struct strbuf *out, const struct heat *heat)
{
	strbuf_printf(out, "<h2 id=\"overview\">All %ss, the worst first</h2>\n", heat->what);
	html_table_begin(out, heat->column_count > FEW_COLUMNS ? "scroll heat" : "scroll heat few",
			 "What came of each test; \xe2\x80\x93 was not tested");
	strbuf_printf(out, "<thead><tr><th scope=\"col\">%c%s</th><th scope=\"col\">Verdict</th>",
		      toupper((unsigned char)heat->what[0]), heat->what + 1);
	for (size_t i = 0; i < heat->column_count; i++)
		write_column(out, &heat->columns[i]);
	strbuf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < heat->host_count && i < HOSTS_MAX; i++)
		write_host(out, heat, heat->hosts[i]);
	strbuf_puts(out, "</tbody>\n");
	html_table_end(out);
	if (heat->host_count > HOSTS_MAX)
		strbuf_printf(out,
			      "<p>%zu more, none of them worse than the last one, are counted "
			      "above and not listed.</p>\n",
			      heat->host_count - HOSTS_MAX);
}

static void write_verdict(struct strbuf *out, const struct heat *heat)
{
	const struct host_result *worst = heat->hosts[0];
	enum html_tone tone = html_tone_of_host(worst);
	const char *before = "";

	strbuf_printf(out,
		      "<div class=\"verdict %s\">\n<p class=\"word\"><span "
		      "aria-hidden=\"true\">%s</span> Worst verdict: %s</p>\n<p>Of %zu %s%s: ",
		      html_tone_class(tone), html_tone_symbol(tone), host_result_word(worst),
		      heat->host_count, heat->what, heat->host_count == 1 ? "" : "s");
	/* They are sorted by it. */
	for (size_t i = 0, first = 0; i < heat->host_count; i++) {
		bool last = i + 1 == heat->host_count || host_result_rank(heat->hosts[i + 1]) !=
								 host_result_rank(heat->hosts[i]);

		if (!last)
			continue;
		strbuf_printf(out, "%s%zu %s", before, i + 1 - first,
			      host_result_word(heat->hosts[i]));
		before = ", ";
		first = i + 1;
	}
	strbuf_puts(out, ".</p>\n</div>\n");
}

void html_overview(struct strbuf *out, const struct host_result *hosts, size_t count,
		   const char *what)
{
	struct heat heat = {.what = what};
	int r = count ? heat_make(&heat, hosts, count) : 0;

	if (r < 0)
		out->error = r;
	else if (count) {
		write_verdict(out, &heat);
		write_table(out, &heat);
	}
	heat_free(&heat);
}
