// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/filter.h"

#include <ctype.h>

#include "base/array.h"
#include "model/bdf.h"

#define TEXT_MAX 64

/* Cuts @text at each @separator; returns how many fields there are, 0 for more than @max. */
static size_t split(char *text, char separator, char **fields, size_t max)
{
	size_t count = 0;

	for (;;) {
		if (count == max)
			return 0;
		fields[count++] = text;
		text = strchr(text, separator);
		if (!text)
			return count;
		*text++ = '\0';
	}
}

static int hex_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	return tolower((unsigned char)digit) - 'a' + 10;
}

/* An empty field and "*" leave *value alone. A @mask allows digits that are not compared. */
static bool parse_hex(const char *field, long max, long *value, long *mask)
{
	/* A digit more than @max has must fit. */
	int64_t number = 0, bound = 0;
	long compared = ~0L;

	if (!*field || streq(field, "*"))
		return true;
	for (; *field; field++) {
		bool any = mask && tolower((unsigned char)*field) == 'x';

		if (!any && !isxdigit((unsigned char)*field))
			return false;
		number = number * 16 + (any ? 0 : hex_value(*field));
		bound = bound * 16 + (any ? 1 : hex_value(*field));
		compared = (long)((unsigned long)compared << 4) | (any ? 0 : 0xf);
		if (bound > max)
			return false;
	}
	*value = (long)number;
	if (mask)
		*mask = compared;
	return true;
}

static const char *parse_slot_func(struct filter *filter, char *text)
{
	char *fields[2];
	size_t count;

	if (streq(text, "*"))
		return NULL;
	count = split(text, '.', fields, ARRAY_SIZE(fields));
	if (!count)
		return "invalid slot or function number";
	if (!parse_hex(fields[0], 0x1f, &filter->slot, NULL))
		return "invalid slot number";
	if (count > 1 && !parse_hex(fields[1], 7, &filter->func, NULL))
		return "invalid function number";
	return NULL;
}

const char *filter_parse_slot(struct filter *filter, const char *text)
{
	char copy[TEXT_MAX], *fields[3];
	size_t count, at = 0;

	if (!*text || strlen(text) >= sizeof(copy))
		return "not of the form [[[domain]:]bus]:[slot][.func]";
	strcpy(copy, text);
	count = split(copy, ':', fields, ARRAY_SIZE(fields));
	if (!count)
		return "too many colons";
	if (count == 3 && !parse_hex(fields[at++], 0x7fffffff, &filter->domain, NULL))
		return "invalid domain number";
	if (count >= 2 && !parse_hex(fields[at++], 0xff, &filter->bus, NULL))
		return "invalid bus number";
	filter->has_slot = true;
	return parse_slot_func(filter, fields[at]);
}

const char *filter_parse_id(struct filter *filter, const char *text)
{
	char copy[TEXT_MAX], *fields[4];
	size_t count;

	if (strlen(text) >= sizeof(copy))
		return "not of the form [vendor]:[device][:class]";
	strcpy(copy, text);
	count = split(copy, ':', fields, ARRAY_SIZE(fields));
	if (!count)
		return "too many colons";
	if (count < 2)
		return "not of the form [vendor]:[device][:class]";
	if (!parse_hex(fields[0], 0xffff, &filter->vendor, NULL))
		return "invalid vendor id";
	if (!parse_hex(fields[1], 0xffff, &filter->device, NULL))
		return "invalid device id";
	if (count > 2 && !parse_hex(fields[2], 0xffff, &filter->class_code, &filter->class_mask))
		return "invalid class code";
	if (count > 3 && !parse_hex(fields[3], 0xff, &filter->interface, NULL))
		return "invalid programming interface";
	filter->has_id = true;
	return NULL;
}

const char *filter_parse_group(struct filter *filter, const char *text)
{
	int number = 0;

	if (!*text)
		return "not a group number";
	for (; *text; text++)
		if (!isdigit((unsigned char)*text) || __builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, *text - '0', &number))
			return "not a group number";
	filter->group = number;
	return NULL;
}

const char *filter_add_method(struct filter *filter, const char *name)
{
	if (!*name || strlen(name) >= METHOD_NAME_MAX)
		return "not a reset method";
	if (filter->method_count && filter_wants_method(filter, name))
		return NULL;
	if (filter->method_count == METHODS_MAX)
		return "too many reset methods";
	strcpy(filter->methods[filter->method_count++], name);
	return NULL;
}

const char *filter_add_function(struct filter *filter, const char *text)
{
	char(*slot)[BDF_MAX];
	struct bdf bdf;

	if (bdf_parse_loose(text, &bdf) < 0)
		return "not a PCI address of the form [domain:]bus:slot.func";
	slot = ARRAY_APPEND(filter->named, filter->named_count);
	if (!slot)
		return "out of memory";
	bdf_format(&bdf, *slot);
	return NULL;
}

bool filter_selects_all(const struct filter *filter)
{
	return !filter->has_slot && !filter->has_id && filter->group == FILTER_ANY &&
	       !filter->named_count;
}

bool filter_names(const struct filter *filter, const char *bdf)
{
	for (size_t i = 0; i < filter->named_count; i++)
		if (streq(filter->named[i], bdf))
			return true;
	return false;
}

bool filter_wants_method(const struct filter *filter, const char *method)
{
	for (size_t i = 0; i < filter->method_count; i++)
		if (streq(filter->methods[i], method))
			return true;
	return filter->method_count == 0;
}

static bool matches(long wanted, long value)
{
	return wanted == FILTER_ANY || wanted == value;
}

bool filter_match(const struct filter *filter, const struct function *function)
{
	struct bdf bdf;

	if (filter->named_count && !filter_names(filter, function->bdf))
		return false;
	if (filter->has_slot &&
	    (bdf_parse(function->bdf, &bdf) < 0 || !matches(filter->domain, bdf.domain) ||
	     !matches(filter->bus, bdf.bus) || !matches(filter->slot, bdf.slot) ||
	     !matches(filter->func, bdf.func)))
		return false;
	if (!matches(filter->vendor, function->vendor) ||
	    !matches(filter->device, function->device) ||
	    !matches(filter->interface, function->class_code & 0xff) ||
	    !matches(filter->group, function->group))
		return false;
	return filter->class_code == FILTER_ANY ||
	       ((filter->class_code ^ (long)(function->class_code >> 8)) & filter->class_mask) == 0;
}

const char *filter_missing_function(const struct filter *filter, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < filter->named_count; i++)
		if (!snapshot_find(snapshot, filter->named[i]))
			return filter->named[i];
	return NULL;
}

const char *filter_unknown_method(const struct filter *filter, const struct snapshot *snapshot)
{
	for (size_t i = 0; i < filter->method_count; i++) {
		bool known = method_info_find(filter->methods[i]) != NULL;

		for (size_t k = 0; !known && k < snapshot->function_count; k++)
			known = method_list_has(&snapshot->functions[k].methods,
						filter->methods[i]);
		if (!known)
			return filter->methods[i];
	}
	return NULL;
}

void filter_free(struct filter *filter)
{
	free(filter->named);
	filter->named = NULL;
	filter->named_count = 0;
}
