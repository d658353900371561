// SPDX-License-Identifier: GPL-2.0-or-later
/* What users select by. The first byte of an input says with which option. */
#include "fuzz.h"
#include "model/bdf.h"
#include "model/filter.h"
#include "model/method.h"

static void check_bdf(const char *text)
{
	char made[BDF_MAX];
	struct bdf bdf, again;

	if (bdf_parse_loose(text, &bdf) == 0) {
		bdf_format(&bdf, made);
		MUST(bdf_parse(made, &again) == 0);
		MUST(again.domain == bdf.domain && again.bus == bdf.bus && again.slot == bdf.slot &&
		     again.func == bdf.func);
	}
	if (bdf_parse(text, &bdf) == 0)
		MUST(bdf_parse_loose(text, &again) == 0);
	for (const char *at = text; (at = bdf_next_in_path(at, made));)
		MUST(bdf_parse(made, &bdf) == 0);
}

static void check_methods(const char *text)
{
	struct method_list list, again;

	if (method_list_parse(text, &list) < 0)
		return;
	MUST(method_list_parse(list.text, &again) == 0);
	MUST(list.count == again.count);
}

static const char *parse(struct filter *filter, char option, const char *text)
{
	switch (option) {
	case 's':
		return filter_parse_slot(filter, text);
	case 'd':
		return filter_parse_id(filter, text);
	case 'g':
		return filter_parse_group(filter, text);
	case 'm':
		return filter_add_method(filter, text);
	default:
		return filter_add_function(filter, text);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_filter_ struct filter filter = FILTER_INIT;
	struct function function = {.bdf = "0000:0d:00.0"};
	char *text;

	if (size == 0)
		return 0;
	text = fuzz_text(data + 1, size - 1);
	if (*data == 'b')
		check_bdf(text);
	else if (*data == 'l')
		check_methods(text);
	else if (!parse(&filter, (char)*data, text))
		(void)filter_match(&filter, &function);
	free(text);
	return 0;
}
