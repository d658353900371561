// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Accelerators that the kernel itself uses: IPsec, TLS, dm-crypt, zswap. Such a user has an
 * algorithm and nothing else, and whichever device of the driver is there does the work, so all of
 * them count. A driver that has told the kernel of its algorithms is not in use by that alone, and
 * neither is one of which there are templates (crypto_register_instance() lets go of what it builds
 * upon).
 */
#include "snapshot/use.h"

#include <errno.h>

#include "model/accelerator.h"
#include "snapshot/algorithms.h"
#include "snapshot/match.h"
#include "snapshot/node.h"

#define MODULES "sys/module/"
#define PATH_TEXT_MAX 400
#define WHAT_MAX 192

struct serving {
	const struct root *root;
	struct snapshot *snapshot;
	const struct algorithms *used;
	const struct algorithm *algorithm; /* the one that is looked at */
	bool *served;			   /* for each: functions were found */
	int count;			   /* of functions, in one search */
};

static void describe(char what[WHAT_MAX], const struct algorithm *algorithm)
{
	snprintf(what, WHAT_MAX, "the kernel uses its algorithm %.100s", algorithm->name);
}

/* Whatever is bound to a driver, on any bus: its path has the function. */
static int mark_device(const char *path, void *arg)
{
	struct serving *in = arg;
	char place[NODE_TEXT_MAX], what[WHAT_MAX];
	int r;

	if (root_read_link(in->root, path, place, sizeof(place)) < 0)
		return 0;
	describe(what, in->algorithm);
	r = use_mark_path(in->snapshot, place, USE_HELD, what);
	if (r > 0)
		in->count += r;
	return r < 0 ? r : 0;
}

/* Returns how many functions the drivers of the module have, or -ENOMEM. */
static int mark_module(struct serving *in, const char *module, const struct algorithm *algorithm)
{
	char pattern[PATH_TEXT_MAX];
	int r;

	in->algorithm = algorithm;
	in->count = 0;
	snprintf(pattern, sizeof(pattern), MODULES "%.200s/drivers/*/*", module);
	r = match_each(in->root, pattern, mark_device, in);
	return r < 0 ? r : in->count;
}

static int mark_built_in(const struct serving *in, const struct algorithm *algorithm)
{
	char what[WHAT_MAX];

	describe(what, algorithm);
	for (size_t i = 0; i < in->snapshot->function_count; i++) {
		struct function *function = &in->snapshot->functions[i];

		if (function_serves_algorithm(function, algorithm->name) &&
		    !function_add_use(function, USE_HELD, what))
			return -ENOMEM;
	}
	return 0;
}

static int mark_accelerators(struct snapshot *snapshot, const char *what)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		struct function *function = &snapshot->functions[i];

		if (!function->is_bridge && function_is_accelerator(function) &&
		    !function_add_use(function, USE_UNKNOWN, what))
			return -ENOMEM;
	}
	return 0;
}

/*
 * A module that has no device of its own stands between the kernel and a driver: the driver's needs
 * it (qat_c62x intel_qat), or it needs the driver's (ccp_crypto ccp, chcr cxgb4). What software is
 * for is not told by who needs it (authenc for intel_qat).
 */
static int mark_related(const char *path, void *arg)
{
	struct serving *in = arg;
	const char *module = path + strlen(MODULES);
	const char *holder = strrchr(path, '/') + 1;
	const int length = (int)strcspn(module, "/");
	char needed[MODULE_NAME_MAX];
	int r = 0;

	if (snprintf(needed, sizeof(needed), "%.*s", length, module) >= (int)sizeof(needed))
		return 0;
	for (size_t i = 0; i < in->used->count && r >= 0; i++) {
		const struct algorithm *algorithm = &in->used->list[i];

		if (in->served[i])
			continue;
		if (streq(holder, algorithm->module))
			r = mark_module(in, needed, algorithm);
		else if (!algorithm->software && streq(needed, algorithm->module))
			r = mark_module(in, holder, algorithm);
	}
	return r < 0 ? r : 0;
}

/* Without it the kernel does not tell which modules need which (CONFIG_MODULE_UNLOAD). */
static bool has_relations(const struct root *root, const char *module)
{
	char path[PATH_TEXT_MAX];

	snprintf(path, sizeof(path), MODULES "%.200s/refcnt", module);
	return root_exists(root, path);
}

/* Returns whether there are modules whose functions are yet to be found, or -ENOMEM. */
static int mark_own(struct serving *in)
{
	bool open = false;
	int r = 0;

	for (size_t i = 0; i < in->used->count && r >= 0; i++) {
		const struct algorithm *algorithm = &in->used->list[i];

		if (streq(algorithm->module, ALGORITHM_BUILT_IN)) {
			r = mark_built_in(in, algorithm);
			in->served[i] = true;
			continue;
		}
		r = mark_module(in, algorithm->module, algorithm);
		in->served[i] = r > 0;
		if (r == 0 && !has_relations(in->root, algorithm->module))
			r = mark_accelerators(in->snapshot,
					      "cannot tell which functions the kernel's "
					      "algorithms are of (sys/module)");
		open |= !in->served[i];
	}
	return r < 0 ? r : open;
}

int use_read_crypto(const struct root *root, struct snapshot *snapshot)
{
	_cleanup_algorithms_ struct algorithms used = {0};
	int r = algorithms_read(root, &used);
	_cleanup_free_ bool *served = calloc(used.count + 1, sizeof(*served));
	struct serving serving = {
		.root = root, .snapshot = snapshot, .used = &used, .served = served};

	if (!served || r == -ENOMEM)
		return -ENOMEM;
	if (r < 0)
		r = mark_accelerators(snapshot,
				      "cannot tell whether the kernel uses it (proc/crypto)");
	if (r == 0)
		r = mark_own(&serving);
	return r <= 0 ? r : match_each(root, MODULES "*/holders/*", mark_related, &serving);
}
