// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe/pstore.h"

#include <errno.h>

#include "base/array.h"
#include "model/bdf.h"

#define PSTORE_PATH "sys/fs/pstore"
#define DUMP_BYTES_MAX (4U << 20)

/* What was found so far: the last step that began in each run, and those that ended. */
struct search {
	struct pstore_mark *begun, *ended;
	size_t begun_count, ended_count;
};

static bool are_functions(const char *text)
{
	for (const char *at = text; *at; at += strspn(at, " ")) {
		char word[BDF_MAX];
		struct bdf bdf;
		size_t length = strcspn(at, " ");

		if (length >= sizeof(word))
			return false;
		memcpy(word, at, length);
		word[length] = '\0';
		if (bdf_parse(word, &bdf) < 0)
			return false;
		at += length;
	}
	return *text != '\0';
}

int pstore_parse(const char *line, struct pstore_mark *mark)
{
	const char *at = strstr(line, "iommu-resettest: "), *end;
	char what[8];
	int used = 0, length;

	if (!at || sscanf(at, "iommu-resettest: %7s run=%39[0-9a-f] step=%u %15s %23s %n", what,
			  mark->run_id, &mark->step, mark->scenario, mark->method, &used) != 5)
		return 0;
	if (!used || scenario_parse(mark->scenario) < 0)
		return 0;
	at += used;
	end = strstr(at, " mark=");
	length = end ? (int)(end - at) : (int)strlen(at);
	if (snprintf(mark->functions, sizeof(mark->functions), "%.*s", length, at) != length ||
	    length >= (int)sizeof(mark->functions) || !are_functions(mark->functions))
		return 0;
	return streq(what, "begin") ? 1 : streq(what, "end") ? 2 : 0;
}

static int take_line(struct search *search, const char *line, const char *path)
{
	struct pstore_mark mark = {0}, *added;
	int kind = pstore_parse(line, &mark);

	if (kind == 0)
		return 0;
	snprintf(mark.path, sizeof(mark.path), "/%.250s", path);
	if (kind == 2) {
		added = ARRAY_APPEND(search->ended, search->ended_count);
	} else {
		for (size_t i = 0; i < search->begun_count; i++)
			if (streq(search->begun[i].run_id, mark.run_id)) {
				if (search->begun[i].step < mark.step)
					search->begun[i] = mark;
				return 0;
			}
		added = ARRAY_APPEND(search->begun, search->begun_count);
	}
	if (!added)
		return -ENOMEM;
	*added = mark;
	return 0;
}

static int read_dump(const struct root *root, const char *name, struct search *search)
{
	_cleanup_free_ char *text = NULL;
	char path[WHY_MAX];
	char *saved = NULL;
	int r;

	snprintf(path, sizeof(path), PSTORE_PATH "/%.200s", name);
	if (root_read(root, path, DUMP_BYTES_MAX, &text, NULL) < 0)
		return 0;
	for (char *line = strtok_r(text, "\n", &saved); line; line = strtok_r(NULL, "\n", &saved)) {
		r = take_line(search, line, path);
		if (r < 0)
			return r;
	}
	return 0;
}

static bool has_ended(const struct search *search, const struct pstore_mark *begun)
{
	for (size_t i = 0; i < search->ended_count; i++)
		if (streq(search->ended[i].run_id, begun->run_id) &&
		    search->ended[i].step == begun->step)
			return true;
	return false;
}

int pstore_unfinished(const struct root *root, struct pstore_mark **marks, size_t *count)
{
	struct search search = {0};
	DIR *dir = root_open_dir(root, PSTORE_PATH);
	struct dirent *entry;
	int r = 0;

	*marks = NULL;
	*count = 0;
	if (!dir)
		return 0;
	while (r == 0 && (entry = readdir(dir)))
		if (starts_with(entry->d_name, "dmesg-"))
			r = read_dump(root, entry->d_name, &search);
	closedir(dir);
	for (size_t i = 0; i < search.begun_count && r == 0; i++)
		if (!has_ended(&search, &search.begun[i]))
			search.begun[(*count)++] = search.begun[i];
	free(search.ended);
	if (r < 0 || *count == 0) {
		free(search.begun);
		*count = 0;
		return r;
	}
	*marks = search.begun;
	return 0;
}
