// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Journals. A line that begins with '!' is taken as it is; the others get the checksum without
 * which hardly one would get further. What a state writes is a journal that tells the same.
 */
#include "base/crc32.h"
#include "fuzz.h"
#include "journal/lines.h"
#include "journal/state.h"

static void add_line(struct strbuf *text, const char *line, size_t length)
{
	size_t start = text->length_bytes;

	if (length && *line == '!') {
		strbuf_add(text, line + 1, length - 1);
	} else {
		strbuf_add(text, line, length);
		strbuf_printf(text, " crc32=%08x", crc32_of(text->text + start, length));
	}
	strbuf_puts(text, "\n");
}

static void check_again(const struct journal_state *state)
{
	_cleanup_journal_state_ struct journal_state again = {0};
	_cleanup_strbuf_ struct strbuf text = {0};

	journal_state_write(&text, state);
	MUST(text.error == 0);
	MUST(journal_state_parse(text.text, text.length_bytes, &again) == 0);
	MUST(again.damaged_count == 0 && !again.torn);
	MUST(again.change_count == state->change_count);
	MUST(again.completed_count == state->completed_count);
	MUST(again.down_count == state->down_count);
	MUST(again.in_flight == state->in_flight && again.ended == state->ended);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_journal_state_ struct journal_state state = {0};
	_cleanup_strbuf_ struct strbuf text = {0};
	char *input = fuzz_text(data, size), *line = input;

	while (line < input + size) {
		size_t length = (size_t)(input + size - line);
		const char *end = memchr(line, '\n', length);

		length = end ? (size_t)(end - line) : length;
		add_line(&text, line, length);
		line += length + 1;
	}
	/* The last line may be half a one. */
	if (size && data[size - 1] == '!' && text.length_bytes > 5)
		text.length_bytes -= 5;
	free(input);
	if (journal_state_parse(text.text ? text.text : "", text.length_bytes, &state) == 0 &&
	    state.present)
		check_again(&state);
	return 0;
}
