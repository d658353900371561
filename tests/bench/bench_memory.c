// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: bench_memory EVIDENCE STEPS EARLY
 * The steps of a saved run come again and again, round after round, until there were STEPS: each is
 * saved, judged, counted and told to a stream of events, as `run` does it. Prints the resident
 * memory in kB when EARLY steps were done, and the most there was after those.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/ledger.h"
#include "cli/stream.h"
#include "golden.h"
#include "model/evidence_text.h"

struct bench {
	struct run_evidence source, run;
	struct evidence_writer writer;
	struct evidence_reader reader;
	struct ledger ledger;
	unsigned long taken, early;
	unsigned long early_kb, late_kb;
};

static void check(int r, const char *what)
{
	if (r == 0)
		return;
	fprintf(stderr, "bench_memory: %s: %s\n", what, strerror(-r));
	exit(1);
}

/* Of its own memory: parts of a library that are used late are not growth. */
static unsigned long resident_kb(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	unsigned long kb = 0;
	char line[128];

	while (file && !kb && fgets(line, sizeof(line), file))
		(void)sscanf(line, "RssAnon: %lu", &kb);
	if (!kb)
		check(-EIO, "/proc/self/status");
	fclose(file);
	return kb;
}

static int take(struct run_evidence *run, void *data)
{
	struct bench *bench = data;
	int r = ledger_take(&bench->ledger, run);
	unsigned long now_kb;

	bench->taken++;
	if (bench->taken != bench->early && bench->taken % 1000)
		return r;
	now_kb = resident_kb();
	if (bench->taken == bench->early)
		bench->early_kb = now_kb;
	if (bench->taken >= bench->early && now_kb > bench->late_kb)
		bench->late_kb = now_kb;
	return r;
}

static void feed(struct bench *bench, struct strbuf *text)
{
	char *at = text->text, *end;

	check(text->error, "memory");
	for (; (end = strchr(at, '\n')); at = end + 1) {
		*end = '\0';
		check(evidence_reader_line(&bench->reader, at), "reading a line");
	}
	strbuf_reset(text);
}

/* As the same step of that round. */
static void number_step(struct step_evidence *step, unsigned int number, unsigned int round)
{
	step->number = number;
	step->round = round;
	for (size_t i = 0; i < step->trace_count; i++)
		if (step->trace[i].kind == TRACE_MARK_BEGIN ||
		    step->trace[i].kind == TRACE_MARK_END)
			step->trace[i].value = (int)number;
}

static void rounds(struct bench *bench, unsigned long steps)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	struct followers *followers = &bench->ledger.followers;

	evidence_write_head(&bench->writer, &text, &bench->source);
	feed(bench, &text);
	followers_run_begin(followers, &bench->run, &bench->ledger.result.totals);
	for (unsigned int round = 1; bench->taken < steps; round++) {
		followers_round_begin(followers, round);
		for (size_t i = 0; i < bench->source.step_count; i++) {
			struct step_evidence *step = &bench->source.steps[i];

			number_step(step, bench->writer.steps + 1, round);
			evidence_write_step(&bench->writer, &text, &bench->source, step);
			feed(bench, &text);
		}
		followers_round_end(followers);
	}
	evidence_write_end(&bench->writer, &text, &bench->source);
	feed(bench, &text);
	ledger_end(&bench->ledger, &bench->run);
}

static void read_source(struct bench *bench, const char *path)
{
	_cleanup_free_ char *text = golden_text(path);
	size_t line;

	check(evidence_parse(text, &bench->source, &line), path);
	if (bench->source.step_count == 0)
		check(-ENODATA, path);
}

int main(int argc, char **argv)
{
	struct bench bench = {.ledger = LEDGER_INIT};

	if (argc != 4)
		return 2;
	read_source(&bench, argv[1]);
	bench.early = strtoul(argv[3], NULL, 10);
	bench.ledger.path = "/dev/null";
	check(stream_follow(&bench.ledger.followers, "/dev/null", true), "a stream of events");
	evidence_reader_init(&bench.reader, &bench.run, take, &bench);
	rounds(&bench, strtoul(argv[2], NULL, 10));
	check(bench.ledger.save_error, "saving");
	printf("%lu %lu\n", bench.early_kb, bench.late_kb);
	ledger_free(&bench.ledger);
	evidence_free(&bench.run);
	evidence_free(&bench.source);
	return 0;
}
