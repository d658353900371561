// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/refuse.h"

#include <stdio.h>

#include "model/slug.h"

static bool refuse(struct refusal *refusal, const struct function *function, const char *reason,
		   const char *text)
{
	*refusal = (struct refusal){0};
	snprintf(refusal->function, sizeof(refusal->function), "%s", function->bdf);
	snprintf(refusal->reason, sizeof(refusal->reason), "%s", reason);
	snprintf(refusal->text, sizeof(refusal->text), "%s", text);
	snprintf(refusal->override, sizeof(refusal->override), "%s", slug_find(reason)->remedy);
	return true;
}

static bool refuse_host(const struct host *host, const struct function *function, bool unaffected,
			struct refusal *refusal)
{
	if (unaffected)
		return false;
	if (host->panic_on_warn != TRI_NO)
		return refuse(refusal, function, "panic-on-warn",
			      host->panic_on_warn == TRI_YES
				      ? "kernel.panic_on_warn is set"
				      : "kernel.panic_on_warn could not be read");
	if (host->warn_limit != TRI_NO)
		return refuse(refusal, function, "warn-limit",
			      host->warn_limit == TRI_YES ? "kernel.warn_limit is set"
							  : "kernel.warn_limit could not be read");
	return false;
}

static bool refuse_mate(const struct snapshot *snapshot, const struct function *function,
			struct refusal *refusal)
{
	char text[WHY_MAX];

	if (function->group == NO_GROUP)
		return false;
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct function *mate = &snapshot->functions[i];

		if (mate == function || mate->group != function->group || mate->use_count == 0)
			continue;
		snprintf(text, sizeof(text), "%s in group %d is in use: %.180s", mate->bdf,
			 mate->group, mate->uses[0].what);
		return refuse(refusal, function, "group-mate-in-use", text);
	}
	return false;
}

bool refuse_function(const struct snapshot *snapshot, const struct function *function,
		     bool with_driver, bool unaffected, struct refusal *refusal)
{
	char text[WHY_MAX];

	if (function->is_bridge)
		return refuse(refusal, function, "bridge", "bridges are never reset");
	if (function->use_count > 0)
		return refuse(refusal, function, use_kind_name(function->uses[0].kind),
			      function->uses[0].what);
	if (refuse_mate(snapshot, function, refusal))
		return true;
	if (function->driver[0] && !with_driver) {
		snprintf(text, sizeof(text), "driver %s is bound", function->driver);
		return refuse(refusal, function, "driver-bound", text);
	}
	return refuse_host(&snapshot->host, function, unaffected, refusal);
}

const struct function *refuse_bus_mate(const struct snapshot *snapshot,
				       const struct function *function, bool with_driver)
{
	for (size_t i = 0; i < snapshot->function_count; i++) {
		const struct function *mate = &snapshot->functions[i];

		if (mate == function || !function->upstream[0] ||
		    !streq(mate->upstream, function->upstream))
			continue;
		if (mate->use_count > 0 || mate->is_bridge || (mate->driver[0] && !with_driver))
			return mate;
	}
	return NULL;
}
