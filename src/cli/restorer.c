// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/restorer.h"

#include <errno.h>
#include <signal.h>

#include "base/detach.h"
#include "cli/lock.h"
#include "snapshot/again.h"
#include "snapshot/interface.h"
#include "step/undo.h"

/*
 * Only this function is looked at, and no configuration space: others may still hang. One that
 * failed after its deadline is not touched: to restore its list may probe its bridge and block its
 * IOMMU for a moment, and nobody waits for a device that may not answer.
 */
static int put_back(const struct restorer *restorer, const struct late_reset *late, bool sound,
		    struct recovery *recovery)
{
	const struct function *function = snapshot_find(restorer->snapshot, late->function);
	_cleanup_snapshot_ struct snapshot now = {0};
	struct change changes[ARRAY_SIZE(late->changes)];
	size_t count = 0;
	int r;

	journal_returned(restorer->journal, late->step, late->function);
	if (!sound || !function)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(late->changes); i++) {
		const struct change *change =
			journal_find_change(restorer->journal, late->changes[i]);

		if (change)
			changes[count++] = *change;
	}
	if (count == 0)
		return 0;
	r = snapshot_look_again(restorer->root, restorer->snapshot, &function, 1, NULL, &now);
	return r < 0 ? r
		     : undo_changes(restorer->root, &now, interface_listened, changes, count,
				    restorer->journal, recovery);
}

static int tell(struct run_evidence *run, const struct late_reset *late, bool sound,
		const struct recovery *recovery)
{
	int r;

	if (!sound)
		return evidence_warn(run,
				     "%s: its reset has failed since, after its deadline, so the "
				     "function is not touched again; `iommu-resettest recover` or "
				     "the next run puts back what was changed for it",
				     late->function);
	r = evidence_warn(run, "%s: its reset has returned since", late->function);
	for (size_t i = 0; i < recovery->item_count && r == 0; i++)
		r = evidence_warn(run, "%s", recovery->items[i].text);
	return r;
}

static int catch_up(const struct restorer *restorer, struct run_evidence *run)
{
	struct late_reset late;
	bool sound;
	int r;

	while ((r = late_take(restorer->late, 0, &late, &sound)) > 0) {
		_cleanup_recovery_ struct recovery recovery = {0};

		r = put_back(restorer, &late, sound, &recovery);
		if (r == 0)
			r = tell(run, &late, sound, &recovery);
		if (r < 0)
			return r;
	}
	return r;
}

/*
 * Whoever closes the terminal or interrupts what runs there does not mean this process. SIGTERM
 * ends it, as SIGKILL may at any moment: then recover has to do its work.
 */
static void meet_signals(void)
{
	static const int ignored[] = {SIGINT,  SIGHUP,	SIGPIPE, SIGQUIT,
				      SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU};

	for (size_t i = 0; i < ARRAY_SIZE(ignored); i++)
		signal(ignored[i], SIG_IGN);
	signal(SIGTERM, SIG_DFL);
}

static void __attribute__((noreturn)) child_main(const struct restorer *restorer)
{
	struct late_reset late;
	bool sound;

	meet_signals();
	process_detach();
	lock_pass_on(restorer->root);
	while (late_take(restorer->late, -1, &late, &sound) > 0) {
		_cleanup_recovery_ struct recovery recovery = {0};

		if (put_back(restorer, &late, sound, &recovery) < 0)
			break;
	}
	_exit(0);
}

static int announce(const struct restorer *restorer, struct run_evidence *run, pid_t child)
{
	int r = 0;

	for (size_t i = 0; i < restorer->late->count && r == 0; i++) {
		const struct late_reset *late = &restorer->late->items[i];

		if (child > 0)
			r = evidence_warn(run,
					  "%s: its reset (process %d) has not returned; once it "
					  "has, process %d puts back what was changed for the "
					  "function, and `iommu-resettest recover` waits for that",
					  late->function, late->pid, (int)child);
		else
			r = evidence_warn(
				run,
				"%s: its reset (process %d) has not returned, so what was "
				"changed for it is not put back yet; once it has, "
				"`iommu-resettest recover` or the next run does that",
				late->function, late->pid);
	}
	return r;
}

int restorer_run(const struct restorer *restorer, struct run_evidence *run)
{
	int r = catch_up(restorer, run);
	pid_t child;

	if (r < 0 || restorer->late->count == 0)
		return r;
	child = fork();
	if (child == 0)
		child_main(restorer);
	return announce(restorer, run, child);
}
