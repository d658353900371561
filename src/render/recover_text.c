// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "render/recover.h"
#include "render/wrap.h"

static void write_item(struct strbuf *out, const struct text_style *style,
		       const struct recovery_item *item)
{
	static const char *const labels[RECOVERY_OUTCOME_COUNT] = {
		[RECOVERY_DONE] = "put back  ",	  [RECOVERY_NOTHING] = "unchanged ",
		[RECOVERY_GONE] = "gone      ",	  [RECOVERY_LEFT] = "left      ",
		[RECOVERY_FAILED] = "NOT BACK  ",
	};

	static const enum tone tones[RECOVERY_OUTCOME_COUNT] = {
		[RECOVERY_DONE] = TONE_GOOD,
		[RECOVERY_LEFT] = TONE_UNSURE,
		[RECOVERY_FAILED] = TONE_BAD,
	};

	/* What needs nobody's attention is not the answer. */
	if (style->verbosity < 0 && item->outcome != RECOVERY_FAILED)
		return;
	wrap_toned(out, style, tones[item->outcome], 10, labels[item->outcome], item->text);
	if (item->remedy[0])
		wrap_labelled(out, 22, "          What to do: ", item->remedy);
}

static const char *what_next(const struct recovery_down *down, bool forgotten)
{
	if (starts_with(down->source, "/sys/fs/pstore/"))
		return "The next run leaves it alone until that file is removed; --resume goes on "
		       "after it.";
	return forgotten ? "That is forgotten now."
			 : "The next run leaves it alone; --resume goes on after it, "
			   "`recover --forget` lets it be tested again.";
}

static void write_down(struct strbuf *out, const struct recovery_down *down, bool forgotten)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	strbuf_printf(&line, "The host went down during %s on %s (%s", down->method,
		      down->functions, down->scenario);
	if (down->started[0])
		strbuf_printf(&line, ", run of %s, kernel %s", down->started, down->release);
	strbuf_printf(&line, "; known from %s). ", down->source);
	strbuf_puts(&line, what_next(down, forgotten));
	wrap_buffer(out, 0, "", &line);
}

int recover_text_write(FILE *out, const struct text_style *style, const struct recovery *recovery,
		       bool forgotten)
{
	_cleanup_strbuf_ struct strbuf text = {.wrap_columns = style->wrap_columns};

	for (size_t i = 0; i < recovery->item_count; i++)
		write_item(&text, style, &recovery->items[i]);
	for (size_t i = 0; i < recovery->down_count; i++)
		write_down(&text, &recovery->downs[i], forgotten);
	for (size_t i = 0; style->verbosity >= 0 && i < recovery->note_count; i++)
		wrap_labelled(&text, 6, "Note: ", recovery->notes[i]);
	if (recovery->item_count == 0 && style->verbosity >= 0)
		strbuf_puts(&text, "There is nothing to put back.\n");
	if (text.error)
		return text.error;
	return text.text && fputs(text.text, out) < 0 ? -EIO : 0;
}
