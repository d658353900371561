// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/past.h"

#include <errno.h>

#include "base/escape.h"
#include "base/strbuf.h"
#include "cli/cmd.h"
#include "cli/problem.h"
#include "journal/statedir.h"
#include "observe/pstore.h"
#include "snapshot/interface.h"
#include "step/undo.h"

static int complain(const char *name, const struct past *past, const char *what)
{
	fprintf(stderr, "%s: %s/" JOURNAL_FILE ": %s\n", name, past->state_dir, what);
	return EXIT_ERROR;
}

static int complain_unreadable(const char *name, const struct past *past, int error)
{
	switch (error) {
	case -EBADMSG:
		return complain(name, past,
				"damaged, or no journal of this program; if a run died since the "
				"last boot, reboot or write `default` to each reset_method, then "
				"remove the file");
	case -EPROTO:
		return complain(name, past,
				"written by another version of this program; run `recover` of that "
				"version, or reboot and remove the file");
	case -ELOOP:
		return complain(name, past, "a symbolic link; remove it");
	case -EPERM:
		return complain(name, past, "not a regular file of root's alone; remove it");
	default:
		return complain(name, past, strerror(-error));
	}
}

/* What two machines write to one directory, each takes for its own. */
static int complain_foreign(const char *name, const struct past *past)
{
	_cleanup_strbuf_ struct strbuf what = {0};

	strbuf_puts(&what, "of ");
	escape_printable(&what, past->state.head.nodename);
	strbuf_puts(&what, ", which may still need it; give each machine a directory of its own "
			   "(--state-dir), or remove the file if this machine had that name");
	return complain(name, past, what.error ? strerror(-what.error) : what.text);
}

static void functions_of(const struct journal_step *step, char *text, size_t size_bytes)
{
	size_t used = 0;

	text[0] = '\0';
	/* A target is "BDF/VENDOR:DEVICE". */
	for (const char *at = step->targets; *at && used < size_bytes; at += strspn(at, " ")) {
		used += (size_t)snprintf(text + used, size_bytes - used, "%s%.*s", used ? " " : "",
					 (int)strcspn(at, "/ "), at);
		at += strcspn(at, " ");
	}
}

static int tell_down(struct past *past, const struct journal_down *down)
{
	struct recovery_down *told = recovery_add_down(&past->recovery);

	if (!told)
		return -ENOMEM;
	snprintf(told->scenario, sizeof(told->scenario), "%s", scenario_names[down->step.scenario]);
	snprintf(told->method, sizeof(told->method), "%s",
		 down->step.method[0] ? down->step.method : told->scenario);
	functions_of(&down->step, told->functions, sizeof(told->functions));
	snprintf(told->started, sizeof(told->started), "%s", down->started);
	snprintf(told->release, sizeof(told->release), "%s", down->release);
	snprintf(told->source, sizeof(told->source), "%.200s/" JOURNAL_FILE, past->state_dir);
	return 0;
}

static int add_down(struct journal_state *state, const struct journal_step *step)
{
	struct journal_down down = {.step = *step};

	snprintf(down.run_id, sizeof(down.run_id), "%s", state->head.run_id);
	snprintf(down.started, sizeof(down.started), "%s", state->head.started);
	snprintf(down.release, sizeof(down.release), "%s", state->head.release);
	return journal_state_add_down(state, &down);
}

/* What a reboot cut short goes to what took the host down: any of it may have. */
static int find_down(struct past *past)
{
	struct journal_state *state = &past->state;
	bool rebooted = state->present && !past->same_boot;
	int r = 0;

	for (size_t i = 0; rebooted && i < state->hung_count && r == 0; i++)
		if (!state->in_flight || state->hung[i].number != state->step.number)
			r = add_down(state, &state->hung[i]);
	if (rebooted && state->in_flight && r == 0)
		r = add_down(state, &state->step);
	for (size_t i = 0; i < state->down_count && r == 0; i++)
		r = tell_down(past, &state->downs[i]);
	return r;
}

/* The kernel log of a crash, where the firmware keeps it, when the journal does not know of it. */
static int add_pstore(const struct root *root, struct past *past)
{
	struct pstore_mark *marks = NULL;
	size_t count = 0;
	int r = pstore_unfinished(root, &marks, &count);

	for (size_t i = 0; i < count && r == 0; i++) {
		bool known = streq(marks[i].run_id, past->state.head.run_id);
		struct recovery_down *told;

		for (size_t j = 0; j < past->state.down_count; j++)
			known |= streq(marks[i].run_id, past->state.downs[j].run_id);
		if (known)
			continue;
		told = recovery_add_down(&past->recovery);
		if (!told) {
			r = -ENOMEM;
			break;
		}
		snprintf(told->scenario, sizeof(told->scenario), "%s", marks[i].scenario);
		snprintf(told->method, sizeof(told->method), "%s",
			 streq(marks[i].method, "-") ? marks[i].scenario : marks[i].method);
		snprintf(told->functions, sizeof(told->functions), "%s", marks[i].functions);
		snprintf(told->source, sizeof(told->source), "%s", marks[i].path);
	}
	free(marks);
	return r;
}

static int note_damage(struct past *past)
{
	const struct journal_state *state = &past->state;
	int r = 0;

	if (state->torn)
		r = recovery_note(&past->recovery, "the last record of the journal is not whole: "
						   "what it announced was never done");
	if (r == 0 && state->damaged_count)
		r = recovery_note(&past->recovery,
				  "%u record%s of the journal, the first in line %u, %s damaged: a "
				  "change may not be known",
				  state->damaged_count, state->damaged_count == 1 ? "" : "s",
				  state->damaged_line, state->damaged_count == 1 ? "is" : "are");
	if (r == 0 && state->present && !past->same_boot && state->change_count)
		r = recovery_note(&past->recovery,
				  "the journal is of an earlier boot: what that run changed went "
				  "with it");
	return r;
}

static int open_directory(const char *name, const char *state_dir, bool create)
{
	char why[WHY_MAX];
	int fd = statedir_open(state_dir, create, why);

	if (fd >= 0 || (fd == -ENOENT && !create))
		return fd;
	fprintf(stderr, "%s: state directory: %s; --state-dir names another\n", name, why);
	return -EINVAL;
}

/* Without its domain, which may come and go. What many machines are called is no name. */
static void read_nodename(const struct root *root, char nodename[65])
{
	if (root_read_line(root, "proc/sys/kernel/hostname", nodename, 65) < 0)
		nodename[0] = '\0';
	nodename[strcspn(nodename, ".")] = '\0';
	if (streq(nodename, "(none)") || streq(nodename, "localhost"))
		nodename[0] = '\0';
}

int past_read(const char *name, const struct root *root, const char *state_dir, struct past *past)
{
	int r = root_read_line(root, "proc/sys/kernel/random/boot_id", past->boot_id,
			       sizeof(past->boot_id));

	past->state_dir = state_dir;
	if (r < 0) {
		return problem(name, "/proc/sys/kernel/random/boot_id", r);
	}
	read_nodename(root, past->nodename);
	past->directory_fd = open_directory(name, state_dir, false);
	if (past->directory_fd < 0 && past->directory_fd != -ENOENT)
		return EXIT_ERROR;
	r = past->directory_fd < 0 ? 0 : journal_read(past->directory_fd, &past->state);
	past->same_boot = streq(past->state.head.boot_id, past->boot_id);
	/* What another version changed went with its boot. */
	if (r == -EPROTO && !past->same_boot && past->state.head.boot_id[0])
		r = 0;
	if (r < 0)
		return complain_unreadable(name, past, r);
	if (!past->same_boot && journal_state_is_foreign(&past->state, past->nodename))
		return complain_foreign(name, past);
	r = find_down(past);
	if (r == 0)
		r = note_damage(past);
	if (r == 0)
		r = add_pstore(root, past);
	return r < 0 ? complain(name, past, strerror(-r)) : EXIT_GOOD;
}

bool past_pending(const struct past *past)
{
	return past->same_boot && (past->state.change_count > 0 || past->state.damaged_count > 0);
}

int past_undo(const struct root *root, const struct snapshot *snapshot, struct past *past)
{
	_cleanup_journal_ struct journal *journal = NULL;
	_cleanup_free_ struct change *changes = NULL;
	size_t count = past->state.change_count;
	int r = 0;

	if (!past_pending(past) && !(past->same_boot && journal_state_unsettled(&past->state)))
		return 0;
	changes = calloc(count + 1, sizeof(*changes));
	if (!changes)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		changes[i] = past->state.changes[i];
	/* Whoever has the lock is alone: a reset that goes on would hold it. */
	journal_state_settle(&past->state);
	if (journal_continue(past->directory_fd, &past->state, &journal) < 0)
		r = recovery_note(&past->recovery,
				  "the journal cannot be written, so this is not recorded there; "
				  "doing it again harms nothing");
	if (r == 0)
		r = undo_changes(root, snapshot, interface_listened, changes, count, journal,
				 &past->recovery);
	if (r < 0 || !journal)
		return r;
	/* What is left, and the rest of what it told, is in the file. */
	return journal_read(past->directory_fd, &past->state);
}

int past_forget(struct past *past)
{
	_cleanup_journal_ struct journal *journal = NULL;

	if (past->directory_fd < 0 || !past->state.present)
		return 0;
	free(past->state.downs);
	past->state.downs = NULL;
	past->state.down_count = 0;
	if (!past->same_boot)
		journal_state_settle(&past->state);
	return journal_continue(past->directory_fd, &past->state, &journal);
}

int past_begin(const char *name, struct past *past, const struct run_evidence *run,
	       struct journal **out)
{
	struct journal_head head = {0};
	int r;

	if (past->directory_fd < 0)
		past->directory_fd = open_directory(name, past->state_dir, true);
	if (past->directory_fd < 0)
		return EXIT_ERROR;
	snprintf(head.tool_version, sizeof(head.tool_version), "%s", run->tool_version);
	snprintf(head.boot_id, sizeof(head.boot_id), "%s", past->boot_id);
	snprintf(head.run_id, sizeof(head.run_id), "%s", run->run_id);
	snprintf(head.started, sizeof(head.started), "%s", run->started);
	snprintf(head.release, sizeof(head.release), "%s", run->host.release);
	snprintf(head.nodename, sizeof(head.nodename), "%s", past->nodename);
	past->state.head = head;
	if (!past->same_boot)
		past->state.change_count = 0;
	r = journal_begin(past->directory_fd, &past->state, out);
	return r < 0 ? complain(name, past, strerror(-r)) : EXIT_GOOD;
}

void past_free(struct past *past)
{
	if (past->directory_fd >= 0)
		close(past->directory_fd);
	journal_state_free(&past->state);
	recovery_free(&past->recovery);
	*past = (struct past)PAST_INIT;
}
