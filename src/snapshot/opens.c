// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/opens.h"

#include <errno.h>

#include "base/array.h"
#include "snapshot/node.h"
#include "snapshot/opens_search.h"
#include "snapshot/process.h"

#define PATH_TEXT_MAX 400

struct walk {
	struct search search;
	struct openless *openless;
	bool mapped, refreshed;
};

static bool same(const struct opened *one, const struct opened *other)
{
	if (one->kind != other->kind || one->major != other->major || one->minor != other->minor ||
	    one->start != other->start || one->end != other->end)
		return false;
	return !one->path || !other->path ? one->path == other->path
					  : streq(one->path, other->path);
}

/* "812 (smartd)" */
static void name_process(const struct search *search, char *name, size_t size_bytes)
{
	char path[PATH_TEXT_MAX], command[64];

	snprintf(path, sizeof(path), "%s/comm", search->process);
	if (root_read_line(search->root, path, command, sizeof(command)) < 0)
		strcpy(command, "?");
	snprintf(name, size_bytes, "%.12s (%.40s)", search->process + strlen("proc/"), command);
}

void search_note_missed(const struct search *search)
{
	if (!search->opens->missed[0])
		name_process(search, search->opens->missed, sizeof(search->opens->missed));
}

int search_add(const struct search *search, const char *name, const char *how,
	       const struct opened *wanted)
{
	struct opens *opens = search->opens;
	struct opened *opened;
	char process[64];

	for (size_t i = 0; i < opens->count; i++)
		if (same(&opens->list[i], wanted)) {
			opens->list[i].more++;
			return 0;
		}
	opened = ARRAY_APPEND(opens->list, opens->count);
	if (!opened)
		return -ENOMEM;
	*opened = *wanted;
	if (wanted->path) {
		opened->path = strdup(wanted->path);
		if (!opened->path)
			return -ENOMEM;
	}
	name_process(search, process, sizeof(process));
	snprintf(opened->what, sizeof(opened->what), "%.80s %s process %s", name, how, process);
	return 0;
}

bool search_read_captured(const struct root *root, const char *path, struct opened *opened)
{
	char line[32], kind;

	if (!starts_with(path, "/dev/") || root_read_line(root, path + 1, line, sizeof(line)) < 0 ||
	    sscanf(line, "%c %u:%u", &kind, &opened->major, &opened->minor) != 3)
		return false;
	opened->kind = kind == 'b' ? OPEN_BLOCK : OPEN_CHAR;
	return kind == 'b' || kind == 'c';
}

/* ".../bus/pci/01/00.0", ".../bus/pci/0001:01/00.0" (pci_proc_attach_device()) */
static bool is_in_proc(const char *path, char text[BDF_MAX])
{
	const char *at = strstr(path, "/bus/pci/");
	struct bdf bdf = {0};
	unsigned int bus, slot, func;

	if (!at)
		return false;
	at += strlen("/bus/pci/");
	if (sscanf(at, "%x:%x/%x.%x", &bdf.domain, &bus, &slot, &func) != 4) {
		bdf.domain = 0;
		if (sscanf(at, "%x/%x.%x", &bus, &slot, &func) != 3)
			return false;
	}
	if (bdf.domain > 0x7fffffff || bus > 0xff || slot > 0x1f || func > 7)
		return false;
	bdf.bus = (uint8_t)bus;
	bdf.slot = (uint8_t)slot;
	bdf.func = (uint8_t)func;
	bdf_format(&bdf, text);
	return true;
}

bool search_is_function(const char *path, char bdf[BDF_MAX], bool *by_config)
{
	const char *name = strrchr(path, '/'), *at = path;
	char component[BDF_MAX];

	*by_config = true;
	if (is_in_proc(path, bdf))
		return true;
	*by_config = name && starts_with(name, "/config");
	/* The last is that of memory for peer-to-peer DMA (drivers/pci/p2pdma.c). */
	if (!name || (!*by_config && !starts_with(name, "/resource") &&
		      !starts_with(name, "/rom") && !starts_with(name, "/allocate")))
		return false;
	/* Processes in a mount namespace of their own may have sysfs anywhere. */
	bdf[0] = '\0';
	while ((at = bdf_next_in_path(at, component)))
		strcpy(bdf, component);
	return bdf[0];
}

/* Returns how many descriptors and mappings there were, or -errno. */
static int read_one(struct walk *walk, const char *directory)
{
	int descriptors = search_descriptors(&walk->search, directory), mappings;

	if (descriptors < 0 || !walk->mapped)
		return descriptors;
	mappings = search_maps(&walk->search, directory);
	/* A kernel thread, or a process that ended meanwhile. */
	if (mappings == -ESRCH || mappings == -ENOENT)
		mappings = 0;
	return mappings < 0 ? mappings : descriptors + mappings;
}

/* A first thread that has ended shows no files, while the others still use them. */
static int read_threads(struct walk *walk)
{
	_cleanup_names_ struct names threads = {0};
	char path[PATH_TEXT_MAX];
	int r;

	snprintf(path, sizeof(path), "%s/task", walk->search.process);
	r = names_read(walk->search.root, path, &threads);
	if (r < 0)
		return r == -ENOMEM ? r : 0;
	for (size_t i = 0; r >= 0 && i < threads.count; i++) {
		snprintf(path, sizeof(path), "%s/task/%.20s", walk->search.process,
			 threads.list[i]);
		r = read_one(walk, path);
		r = r == -ENOMEM ? r : 0;
	}
	return r;
}

static bool has_no_device(struct walk *walk, const char *directory)
{
	int pid = (int)strtol(directory + strlen("proc/"), NULL, 10);

	/* Only now are the processes listed. */
	if (walk->openless && !walk->refreshed)
		openless_refresh(walk->openless);
	walk->refreshed = true;
	return openless_has(walk->search.root, walk->openless, pid, directory);
}

static int visit_process(const char *directory, void *arg)
{
	struct walk *walk = arg;
	int r;

	if (has_no_device(walk, directory))
		return 0;
	walk->search.process = directory;
	walk->search.has_vfio_device = false;
	r = read_one(walk, directory);
	if (r >= 0)
		walk->search.opens->saw_any = true;
	else if (r != -ENOMEM && r != -ENOENT && r != -ESRCH)
		search_note_missed(&walk->search);
	if (r == -ENOMEM || r > 0)
		return r < 0 ? r : 0;
	return read_threads(walk);
}

int opens_read(const struct root *root, bool mapped, struct openless *openless, struct opens *opens)
{
	struct walk walk = {
		.search = {.root = root, .opens = opens}, .openless = openless, .mapped = mapped};

	return process_for_each(root, visit_process, &walk);
}

void opened_describe(const struct opened *opened, char *text, size_t size_bytes)
{
	if (opened->more)
		snprintf(text, size_bytes, "%s and %zu more", opened->what, opened->more);
	else
		snprintf(text, size_bytes, "%s", opened->what);
}

void opens_free(struct opens *opens)
{
	for (size_t i = 0; i < opens->count; i++)
		free(opens->list[i].path);
	free(opens->list);
	*opens = (struct opens){0};
}
