/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes in each step of a run as soon as it has ended: saves it where asked to, has it judged, and
 * tells the followers.
 */
#ifndef CLI_LEDGER_H
#define CLI_LEDGER_H

#include "base/attr.h"
#include "base/strbuf.h"
#include "cli/follower.h"
#include "cli/save.h"
#include "model/evidence_text.h"
#include "model/verdict.h"

struct ledger {
	const char *path; /* borrowed; NULL: nothing is saved */
	struct save file;
	struct evidence_writer writer;
	struct strbuf text; /* not yet in the file */
	bool begun;
	int save_error; /* the first; nothing is saved after it */
	struct run_result result;
	struct followers followers;
};

#define LEDGER_INIT                                                                                \
	{                                                                                          \
		.file = SAVE_INIT                                                                  \
	}
#define _cleanup_ledger_ _cleanup_(ledger_free)

/*
 * The last step of @run has ended, or was left out. With many rounds it may be gone from @run
 * afterwards. The first step that was run is what begins the file; each is on disk when this
 * returns. What cannot be saved is remembered, warned of, and stops nothing. Returns 0 or -ENOMEM.
 */
int ledger_take(struct ledger *ledger, struct run_evidence *run) _must_check_;

/* How many steps failed so far. Pure. */
uint64_t ledger_failures(const struct ledger *ledger);

/* The run has ended: completes the file and the result. */
void ledger_end(struct ledger *ledger, const struct run_evidence *run);

void ledger_free(struct ledger *ledger);

#endif
