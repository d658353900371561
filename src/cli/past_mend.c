// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>

#include "base/escape.h"
#include "base/strbuf.h"
#include "cli/cmd.h"
#include "cli/past.h"
#include "cli/problem.h"
#include "cli/signals.h"
#include "snapshot/build.h"

static int complain(const char *name, const struct past *past)
{
	const struct recovery *recovery = &past->recovery;

	for (size_t i = 0; i < recovery->item_count; i++) {
		_cleanup_strbuf_ struct strbuf line = {0};

		if (recovery->items[i].outcome != RECOVERY_FAILED)
			continue;
		escape_printable(&line, recovery->items[i].text);
		strbuf_puts(&line, "; ");
		escape_printable(&line, recovery->items[i].remedy);
		fprintf(stderr, "%s: a run that died left: %s\n", name,
			line.error ? strerror(-line.error) : line.text);
	}
	return EXIT_ERROR;
}

int past_mend(const char *name, const struct root *root, struct past *past,
	      struct snapshot *snapshot)
{
	int r;

	if (!past_pending(past))
		return EXIT_GOOD;
	if (past->state.damaged_count > 0) {
		fprintf(stderr,
			"%s: %s/" JOURNAL_FILE " is damaged (line %u), and what the run before "
			"changed may not be known; run `iommu-resettest recover` first\n",
			name, past->state_dir, past->state.damaged_line);
		return EXIT_ERROR;
	}
	signals_catch();
	r = past_undo(root, snapshot, past);
	if (r < 0)
		return problem(name, "recovering", r);
	if (recovery_count(&past->recovery, RECOVERY_FAILED) > 0)
		return complain(name, past);
	snapshot_free(snapshot);
	r = snapshot_read_for_reset(root, snapshot);
	return r < 0 ? problem(name, "reading the machine", r) : EXIT_GOOD;
}
