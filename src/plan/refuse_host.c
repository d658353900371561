// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/refuse.h"

#include <stdio.h>

/* A setting that must be known to be off. */
static bool refuse_setting(enum tri setting, const char *sysctl, const char *reason,
			   const struct function *function, struct refusal *refusal)
{
	char text[WHY_MAX];

	if (setting == TRI_NO)
		return false;
	snprintf(text, sizeof(text), "kernel.%s %s", sysctl,
		 setting == TRI_YES ? "is set" : "could not be read");
	return refuse(refusal, function, reason, text);
}

/*
 * Whoever waits for a lock that the reset holds (configuration space reads of other processes)
 * sleeps uninterruptibly for as long as the reset takes.
 */
static bool refuse_hung_task(const struct host *host, const struct function *function,
			     struct refusal *refusal)
{
	unsigned int budget_s = function_budget_s(function);
	char text[WHY_MAX];

	if (host->hung_task_panic != TRI_YES)
		return refuse_setting(host->hung_task_panic, "hung_task_panic", "hung-task-panic",
				      function, refusal);
	if (host->hung_task_timeout_s > budget_s)
		return false;
	snprintf(text, sizeof(text),
		 "kernel.hung_task_panic is set and the timeout is %u s; a reset of this function "
		 "may take %u s",
		 host->hung_task_timeout_s, budget_s);
	return refuse(refusal, function, "hung-task-panic", text);
}

static bool refuse_watchdog(const struct host *host, const struct function *function,
			    struct refusal *refusal)
{
	unsigned int budget_s = function_budget_s(function);
	char text[WHY_MAX];

	if (!host->watchdog[0] || host->watchdog_timeout_s > budget_s)
		return false;
	if (host->watchdog_timeout_s)
		snprintf(text, sizeof(text),
			 "%s runs with a timeout of %u s; a reset of this function may take %u s",
			 host->watchdog, host->watchdog_timeout_s, budget_s);
	else
		snprintf(text, sizeof(text), "cannot tell the timeout of %s, which may be running",
			 host->watchdog);
	return refuse(refusal, function, "watchdog", text);
}

/* No sysctl shows or changes it. */
static bool refuse_panic_on_taint(const struct host *host, const struct function *function,
				  struct refusal *refusal)
{
	if (host->panic_on_taint == TRI_NO)
		return false;
	return refuse(refusal, function, "panic-on-taint",
		      host->panic_on_taint == TRI_YES
			      ? "the kernel command line has panic_on_taint with 0x200"
			      : "the kernel command line (panic_on_taint) could not be read");
}

static bool refuse_taint(const struct host *host, const struct function *function,
			 struct refusal *refusal)
{
	if (host->tainted_known != TRI_UNKNOWN && !(host->tainted & TAINT_DIED))
		return false;
	return refuse(refusal, function, "kernel-died",
		      host->tainted & TAINT_DIED ? "kernel.tainted says that it died (D)"
						 : "kernel.tainted could not be read");
}

bool refuse_host(const struct planner *planner, const struct function *function,
		 struct refusal *refusal)
{
	const struct host *host = &planner->snapshot->host;

	if (host->container != TRI_NO)
		return refuse(refusal, function, "container",
			      host->container == TRI_YES
				      ? "this process is in a container"
				      : "cannot tell whether this process is in a container");
	if (refuse_taint(host, function, refusal))
		return true;
	/* Without prepare/done nothing here warns. */
	if (!planner->unaffected &&
	    (refuse_setting(host->panic_on_warn, "panic_on_warn", "panic-on-warn", function,
			    refusal) ||
	     refuse_setting(host->warn_limit, "warn_limit", "warn-limit", function, refusal) ||
	     refuse_panic_on_taint(host, function, refusal)))
		return true;
	return refuse_setting(host->panic_on_oops, "panic_on_oops", "panic-on-oops", function,
			      refusal) ||
	       refuse_setting(host->oops_limit, "oops_limit", "panic-on-oops", function, refusal) ||
	       refuse_hung_task(host, function, refusal) ||
	       refuse_watchdog(host, function, refusal);
}
