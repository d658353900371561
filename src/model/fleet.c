// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/fleet.h"

#include <errno.h>
#include <strings.h>

#include "base/array.h"

struct host_result *fleet_add(struct fleet *fleet)
{
	return ARRAY_APPEND(fleet->results, fleet->result_count);
}

int fleet_add_unknown(struct fleet *fleet, const char *name, const char *source, const char *why)
{
	struct host_result *result = fleet_add(fleet);

	if (!result)
		return -ENOMEM;
	result->name = strdup(name);
	result->source = source ? strdup(source) : NULL;
	result->why = strdup(why);
	return result->name && result->why && (result->source || !source) ? 0 : -ENOMEM;
}

int fleet_expect(struct fleet *fleet, const char *name)
{
	char **slot = ARRAY_APPEND(fleet->expected, fleet->expected_count);

	if (slot)
		*slot = strdup(name);
	return slot && *slot ? 0 : -ENOMEM;
}

const struct host_result *fleet_host_result(const struct fleet *fleet,
					    const struct fleet_host *host)
{
	return &fleet->results[host->first];
}

unsigned int fleet_rank(const struct fleet *fleet)
{
	return host_result_rank(fleet_host_result(fleet, &fleet->hosts[0]));
}

int fleet_exit_status(const struct fleet *fleet)
{
	const struct host_result *worst;

	if (!fleet->host_count)
		return 4;
	worst = fleet_host_result(fleet, &fleet->hosts[0]);
	return worst->known ? run_verdict_exit_status(worst->verdict) : 4;
}

struct fleet_notes fleet_notes(const struct fleet *fleet)
{
	struct fleet_notes notes = {0};

	for (size_t i = 0; i < fleet->host_count; i++) {
		const struct fleet_host *host = &fleet->hosts[i];
		const struct host_result *worst = fleet_host_result(fleet, host);
		bool all_checked = true;

		for (size_t j = host->first; j < host->first + host->count; j++)
			all_checked &= fleet->results[j].checked;
		notes.several += host->count > 1;
		notes.checked += all_checked;
		notes.unexpected += fleet->expected_count && !host->expected;
		notes.missing += !worst->known && !worst->source;
		notes.unread += !worst->known && worst->source;
	}
	return notes;
}

void fleet_name_of_file(const char *path, char *out, size_t size_bytes)
{
	static const char *const endings[] = {".json", ".jsonl", ".ev", ".txt"};
	const char *slash = strrchr(path, '/');
	size_t length;

	snprintf(out, size_bytes, "%s", slash && slash[1] ? slash + 1 : path);
	length = strlen(out);
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++) {
		size_t ending = strlen(endings[i]);

		if (length > ending && streq(out + length - ending, endings[i])) {
			out[length - ending] = '\0';
			return;
		}
	}
}

bool fleet_is_name(const char *nodename)
{
	/* "(none)" is the kernel's word for a name that nobody has set. */
	static const char *const common[] = {"", "(none)", "localhost", "localhost.localdomain"};

	for (size_t i = 0; i < ARRAY_SIZE(common); i++)
		if (strcasecmp(nodename, common[i]) == 0)
			return false;
	return true;
}

void fleet_free(struct fleet *fleet)
{
	for (size_t i = 0; i < fleet->result_count; i++)
		host_result_clear(&fleet->results[i]);
	for (size_t i = 0; i < fleet->expected_count; i++)
		free(fleet->expected[i]);
	free(fleet->results);
	free(fleet->expected);
	free(fleet->hosts);
	*fleet = (struct fleet){0};
}
