// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/ledger.h"

#include "judge/judge.h"

/* Puts the text into the file, which begins with it when there is none yet. */
static void flush(struct ledger *ledger)
{
	int r = ledger->text.error;

	if (ledger->save_error)
		return;
	if (ledger->followers.progress.deadline_ns)
		ledger->file.until_ns = ledger->followers.progress.deadline_ns;
	if (r == 0)
		r = ledger->begun ? save_append(&ledger->file, ledger->text.text,
						ledger->text.length_bytes)
				  : save_begin(ledger->path, ledger->text.text,
					       ledger->text.length_bytes, &ledger->file);
	ledger->begun |= r == 0;
	ledger->save_error = r;
	strbuf_reset(&ledger->text);
}

static int save_step(struct ledger *ledger, struct run_evidence *run)
{
	const struct step_evidence *step = &run->steps[run->step_count - 1];
	bool was_run = !step->skip_reason[0];

	if (ledger->writer.lines == 0)
		evidence_write_head(&ledger->writer, &ledger->text, run);
	evidence_write_step(&ledger->writer, &ledger->text, run, step);
	/* A run that comes to nothing leaves an older file alone. */
	if (ledger->begun || was_run)
		flush(ledger);
	if (!ledger->save_error)
		return 0;
	return evidence_warn(run, "from step %u on the evidence could not be saved: %s",
			     step->number, strerror(-ledger->save_error));
}

int ledger_take(struct ledger *ledger, struct run_evidence *run)
{
	int r = 0;

	if (ledger->path && !ledger->save_error)
		r = save_step(ledger, run);
	if (r == 0)
		r = judge_add(run, &ledger->result);
	/* For each step there is a result. */
	if (r < 0 && ledger->result.step_count < run->step_count)
		evidence_drop_step(run);
	if (r < 0)
		return r;
	followers_step_end(&ledger->followers, run, &run->steps[run->step_count - 1],
			   &ledger->result.steps[ledger->result.step_count - 1]);
	judge_trim(run, &ledger->result);
	return 0;
}

uint64_t ledger_failures(const struct ledger *ledger)
{
	return ledger->result.tally.bugs + ledger->result.tally.broken;
}

void ledger_end(struct ledger *ledger, const struct run_evidence *run)
{
	int r;

	judge_end(run, &ledger->result);
	if (!ledger->path || ledger->save_error)
		return;
	if (ledger->writer.lines == 0)
		evidence_write_head(&ledger->writer, &ledger->text, run);
	evidence_write_end(&ledger->writer, &ledger->text, run);
	flush(ledger);
	r = save_end(&ledger->file);
	if (!ledger->save_error)
		ledger->save_error = r;
}

void ledger_free(struct ledger *ledger)
{
	followers_free(&ledger->followers);
	save_close(&ledger->file);
	strbuf_free(&ledger->text);
	result_free(&ledger->result);
}
