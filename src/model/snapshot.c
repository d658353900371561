// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/snapshot.h"

#include <stdarg.h>

#include "base/array.h"
#include "base/lines.h"

struct function *snapshot_add_function(struct snapshot *snapshot)
{
	struct function *function = ARRAY_APPEND(snapshot->functions, snapshot->function_count);

	if (function)
		function->group = NO_GROUP;
	return function;
}

struct group *snapshot_add_group(struct snapshot *snapshot, int id)
{
	struct group *group = ARRAY_APPEND(snapshot->groups, snapshot->group_count);

	if (group)
		group->id = id;
	return group;
}

struct use *function_add_use(struct function *function, enum use_kind kind, const char *what)
{
	struct use *use = ARRAY_APPEND(function->uses, function->use_count);

	if (use) {
		use->kind = kind;
		snprintf(use->what, sizeof(use->what), "%s", what);
	}
	return use;
}

int snapshot_note(struct snapshot *snapshot, const char *format, ...)
{
	va_list args;
	int r;

	va_start(args, format);
	r = lines_add_once(&snapshot->notes, &snapshot->note_count, format, args);
	va_end(args);
	return r;
}

/* Domains may differ in width, so the numeric value of the domain decides before the text. */
static int compare_bdf(const char *a, const char *b)
{
	unsigned long domain_a, domain_b;

	/* Domains are mostly one, and written alike. */
	if (strncmp(a, b, 5) == 0 && a[4] == ':')
		return strcmp(a, b);
	domain_a = strtoul(a, NULL, 16);
	domain_b = strtoul(b, NULL, 16);
	if (domain_a != domain_b)
		return domain_a < domain_b ? -1 : 1;
	return strcmp(a, b);
}

static int compare_functions(const void *a, const void *b)
{
	return compare_bdf(((const struct function *)a)->bdf, ((const struct function *)b)->bdf);
}

static int compare_groups(const void *a, const void *b)
{
	int id_a = ((const struct group *)a)->id, id_b = ((const struct group *)b)->id;

	return (id_a > id_b) - (id_a < id_b);
}

void snapshot_sort(struct snapshot *snapshot)
{
	if (snapshot->function_count)
		qsort(snapshot->functions, snapshot->function_count, sizeof(*snapshot->functions),
		      compare_functions);
	if (snapshot->group_count)
		qsort(snapshot->groups, snapshot->group_count, sizeof(*snapshot->groups),
		      compare_groups);
}

static int compare_to_function(const void *bdf, const void *function)
{
	return compare_bdf(bdf, ((const struct function *)function)->bdf);
}

const struct function *snapshot_find(const struct snapshot *snapshot, const char *bdf)
{
	if (!snapshot->function_count)
		return NULL;
	return bsearch(bdf, snapshot->functions, snapshot->function_count,
		       sizeof(*snapshot->functions), compare_to_function);
}

const struct group *snapshot_group(const struct snapshot *snapshot, int id)
{
	struct group key = {.id = id};

	if (!snapshot->group_count)
		return NULL;
	return bsearch(&key, snapshot->groups, snapshot->group_count, sizeof(key), compare_groups);
}

const struct function *snapshot_next_vf(const struct snapshot *snapshot, const struct function *pf,
					const struct function *last)
{
	size_t i = last ? (size_t)(last - snapshot->functions) + 1 : 0;

	for (; i < snapshot->function_count; i++)
		if (streq(snapshot->functions[i].physfn, pf->bdf))
			return &snapshot->functions[i];
	return NULL;
}

static const struct function *physical(const struct snapshot *snapshot,
				       const struct function *function)
{
	const struct function *pf = NULL;

	if (function->physfn[0])
		pf = snapshot_find(snapshot, function->physfn);
	return pf ? pf : function;
}

const char *function_lock_key(const struct snapshot *snapshot, const struct function *function)
{
	const struct function *pf = physical(snapshot, function);

	return pf->upstream[0] ? pf->upstream : function->bdf;
}

enum tri function_gate_open(const struct snapshot *snapshot, const struct function *function)
{
	const struct function *pf = physical(snapshot, function);

	if (function->group == NO_GROUP || snapshot->host.ats_disabled == TRI_YES ||
	    function->untrusted == TRI_YES || pf->ats == TRI_NO)
		return TRI_NO;
	/* A VF that pci_ats_init() found no capability on is refused even under a PF that has it.
	 */
	if (function->ats == TRI_NO)
		return TRI_NO;
	if (function->ats == TRI_UNKNOWN || pf->ats == TRI_UNKNOWN)
		return TRI_UNKNOWN;
	return TRI_YES;
}

bool function_has_vfs(const struct function *function)
{
	for (size_t i = 0; i < function->use_count; i++)
		if (function->uses[i].kind == USE_VFS)
			return true;
	return function->vf_count > 0;
}

const char *use_kind_name(enum use_kind kind)
{
	static const char *const names[USE_KIND_COUNT] = {
		[USE_MOUNT] = "mounted",
		[USE_SWAP] = "swap",
		[USE_HELD] = "held",
		[USE_OPEN] = "open",
		[USE_NETWORK] = "network-up",
		[USE_NETWORK_MEMBER] = "network-member",
		[USE_NETWORK_ROUTE] = "network-route",
		[USE_NETWORK_MOVED] = "network-moved",
		[USE_VFIO] = "vfio-in-use",
		[USE_BOOT_VGA] = "boot-vga",
		[USE_DISPLAY] = "display",
		[USE_CONSOLE] = "console",
		[USE_VFS] = "has-vfs",
		[USE_CXL_MEM] = "cxl-memory",
		[USE_UNKNOWN] = "use-unknown",
	};

	return names[kind];
}

unsigned int function_budget_s(const struct function *function)
{
	unsigned int longest_s = 0;

	for (unsigned int i = 0; i < function->methods.count; i++) {
		unsigned int budget_s = method_budget_s(function->methods.names[i],
							function->vendor, function->device);

		if (budget_s > longest_s)
			longest_s = budget_s;
	}
	return longest_s;
}

void snapshot_free(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		free(function->vendor_name);
		free(function->device_name);
		free(function->class_name);
		free(function->uses);
	}
	free(snapshot->functions);
	free(snapshot->groups);
	lines_free(snapshot->notes, snapshot->note_count);
	*snapshot = (struct snapshot){0};
}
