// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Results in JSON, as others wrote them: whatever the text, there is a result; however it is cut
 * into pieces, the same one; and a good one has passed something.
 */
#include <stdio.h>

#include "fuzz.h"
#include "render/formats.h"
#include "render/json_result_read.h"

static void read_pieces(struct fleet *fleet, const char *text, size_t size, size_t piece)
{
	_cleanup_json_result_reader_ struct json_result_reader reader = {0};

	MUST(json_result_reader_init(&reader, fleet, "folder/node1.json") == 0);
	for (size_t at = 0; at < size; at += piece)
		MUST(json_result_reader_take(&reader, text + at,
					     size - at < piece ? size - at : piece) == 0);
	MUST(json_result_reader_end(&reader, 0) == 0);
}

static void check_result(const struct host_result *result)
{
	MUST(result->name && *result->name && result->source);
	MUST(result->known || result->why);
	if (!result->known || result->checked || run_verdict_exit_status(result->verdict) != 0)
		return;
	MUST(result->counts[STEP_PASS] > 0);
	MUST(result->counts[STEP_FAIL] == 0);
}

/* The first form, and one of the others: all of them for each input would leave few inputs. */
static char *write_answer(const struct fleet *fleet, size_t number)
{
	const struct text_style style = {
		.verbosity = 1, .colour = true, .columns = 40, .wrap_columns = 58};
	const struct format *format;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	MUST(out);
	for (size_t i = 0; (format = format_at(i)); i++)
		if (format_has_fleet(format) && (i == 0 || i % 8 == number % 8))
			MUST(format_write_fleet(format, out, fleet, 4, &style) == 0);
	MUST(fclose(out) == 0);
	return text;
}

/* What comes of the text; a host that has no result is never lost. */
static char *answer(const char *text, size_t size, size_t piece)
{
	_cleanup_fleet_ struct fleet fleet = {0};
	/* So long that no result can have it. */
	char nobody[300] = "";

	memset(nobody, 'x', sizeof(nobody) - 1);
	read_pieces(&fleet, text, size, piece);
	MUST(fleet.result_count > 0);
	for (size_t i = 0; i < fleet.result_count; i++)
		check_result(&fleet.results[i]);
	MUST(fleet_expect(&fleet, "node1") == 0);
	MUST(fleet_expect(&fleet, "node2.example.com") == 0);
	MUST(fleet_expect(&fleet, nobody) == 0);
	MUST(fleet_conclude(&fleet) == 0);
	MUST(fleet.host_count > 0 && fleet_exit_status(&fleet) != 0);
	return write_answer(&fleet, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	char *whole = answer(text, size, size + 1);
	char *parts = answer(text, size, 1 + size % 7);

	MUST(strcmp(whole, parts) == 0);
	free(whole);
	free(parts);
	free(text);
	return 0;
}
