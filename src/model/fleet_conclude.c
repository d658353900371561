// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <strings.h>

#include "base/array.h"
#include "model/fleet.h"

static int compare_ranks(const struct host_result *a, const struct host_result *b)
{
	unsigned int rank = host_result_rank(a), other = host_result_rank(b);

	return (rank > other) - (rank < other);
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int compare_results(const void *a, const void *b)
{
	const struct host_result *one = a, *other = b;
	int r = strcasecmp(one->name, other->name);

	if (r == 0)
		r = compare_ranks(one, other);
	if (r == 0)
		r = strcmp(other->started, one->started);
	return r ? r : compare_texts(one->source, other->source);
}

static int compare_names(const void *a, const void *b)
{
	return strcasecmp(*(char *const *)a, *(char *const *)b);
}

/* What was tested is the host's, whichever of its results says so. */
static int move_rows(struct host_result *to, struct host_result *from)
{
	for (size_t i = 0; i < from->row_count; i++) {
		struct host_row *row = host_result_add_row(to);

		if (!row)
			return -ENOMEM;
		*row = from->rows[i];
		from->rows[i].functions = NULL;
	}
	free(from->rows);
	from->rows = NULL;
	from->row_count = 0;
	return 0;
}

/* The results are sorted by name. */
static int make_hosts(struct fleet *fleet)
{
	struct fleet_host *host = NULL;
	int r = 0;

	for (size_t i = 0; i < fleet->result_count && r == 0; i++) {
		struct host_result *result = &fleet->results[i];

		if (host && strcasecmp(fleet->results[host->first].name, result->name) == 0) {
			r = move_rows(&fleet->results[host->first], result);
			host->count++;
			continue;
		}
		host = ARRAY_APPEND(fleet->hosts, fleet->host_count);
		if (!host)
			return -ENOMEM;
		*host = (struct fleet_host){.first = i, .count = 1};
	}
	return r;
}

static const char *name_at(const struct fleet *fleet, size_t index)
{
	return fleet->results[fleet->hosts[index].first].name;
}

/* The first host, by name, that is not before @name; the hosts are still sorted so. */
static size_t find_from(const struct fleet *fleet, const char *name)
{
	size_t low = 0, high = fleet->host_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcasecmp(name_at(fleet, middle), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct fleet_host *find_exact(struct fleet *fleet, const char *name)
{
	size_t at = find_from(fleet, name);

	if (at == fleet->host_count || strcasecmp(name_at(fleet, at), name) != 0)
		return NULL;
	return &fleet->hosts[at];
}

/* The only host that is called so where one of the two names has a domain and the other has none.
 */
static struct fleet_host *find_alike(struct fleet *fleet, const char *name)
{
	char label[257];
	size_t length = strcspn(name, "."), at;

	if (length + 2 > sizeof(label))
		return NULL;
	snprintf(label, sizeof(label), "%.*s", (int)length, name);
	if (name[length])
		return find_exact(fleet, label);
	label[length] = '.';
	label[length + 1] = '\0';
	at = find_from(fleet, label);
	if (at == fleet->host_count || strncasecmp(name_at(fleet, at), label, length + 1) != 0)
		return NULL;
	if (at + 1 < fleet->host_count &&
	    strncasecmp(name_at(fleet, at + 1), label, length + 1) == 0)
		return NULL;
	return &fleet->hosts[at];
}

static bool claim(struct fleet_host *host)
{
	if (!host || host->expected)
		return false;
	host->expected = true;
	return true;
}

/* Those that are called exactly so come first: they are not for others to take. */
static int find_expected(struct fleet *fleet, bool *found)
{
	char **names = fleet->expected;
	size_t count = fleet->expected_count;

	for (size_t i = 0; i < count; i++)
		found[i] = (i && strcasecmp(names[i - 1], names[i]) == 0) ||
			   claim(find_exact(fleet, names[i]));
	for (size_t i = 0; i < count; i++)
		found[i] = found[i] || claim(find_alike(fleet, names[i]));
	for (size_t i = 0; i < count; i++) {
		struct fleet_host *host;

		if (found[i])
			continue;
		if (fleet_add_unknown(fleet, names[i], NULL, "no result") < 0)
			return -ENOMEM;
		host = ARRAY_APPEND(fleet->hosts, fleet->host_count);
		if (!host)
			return -ENOMEM;
		*host = (struct fleet_host){fleet->result_count - 1, 1, true};
	}
	return 0;
}

static int compare_hosts(const void *a, const void *b, void *context)
{
	const struct host_result *one = fleet_host_result(context, a);
	const struct host_result *other = fleet_host_result(context, b);
	int r = compare_ranks(one, other);

	return r ? r : strcasecmp(one->name, other->name);
}

int fleet_conclude(struct fleet *fleet)
{
	_cleanup_free_ bool *found = calloc(fleet->expected_count + 1, sizeof(*found));
	int r = found ? 0 : -ENOMEM;

	if (r == 0 && fleet->result_count)
		qsort(fleet->results, fleet->result_count, sizeof(*fleet->results),
		      compare_results);
	if (r == 0)
		r = make_hosts(fleet);
	if (r == 0 && fleet->expected_count) {
		qsort(fleet->expected, fleet->expected_count, sizeof(*fleet->expected),
		      compare_names);
		r = find_expected(fleet, found);
	}
	if (r < 0 || !fleet->host_count)
		return r;
	qsort_r(fleet->hosts, fleet->host_count, sizeof(*fleet->hosts), compare_hosts, fleet);
	for (size_t i = 0; i < fleet->host_count; i++)
		fleet->counts[host_result_rank(fleet_host_result(fleet, &fleet->hosts[i]))]++;
	return 0;
}
