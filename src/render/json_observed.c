// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/json_observed.h"

#include <json-c/json.h>

#include "base/escape.h"
#include "model/counter.h"
#include "render/json_head.h"

static void add(struct json_object *object, const char *key, struct json_object *value)
{
	json_object_object_add(object, key, value);
}

static void add_number(struct json_object *object, const char *name, const uint64_t *value)
{
	_cleanup_strbuf_ struct strbuf key = {0};

	escape_utf8(&key, name);
	if (!key.error && key.text)
		add(object, key.text, value ? json_object_new_uint64(*value) : NULL);
}

static void add_why(struct json_object *object, const char *name, const char *why)
{
	_cleanup_strbuf_ struct strbuf key = {0};

	escape_utf8(&key, name);
	if (!key.error && key.text)
		add(object, key.text, json_text(why));
}

void json_add_counters(struct json_object *object, const struct step_evidence *step)
{
	struct json_object *counters = json_object_new_object();
	struct json_object *unknown = json_object_new_object();

	for (size_t i = 0; i < step->counter_count; i++) {
		const struct counter *counter = &step->counters[i];
		const char *why = counter_unknown(counter);
		uint64_t delta = counter_delta(counter);

		add_number(counters, counter->name, why ? NULL : &delta);
		if (why)
			add_why(unknown, counter->name, why);
	}
	add(object, "counters", counters);
	add(object, "counters_unknown", unknown);
}

void json_add_totals(struct json_object *object, const struct totals *totals)
{
	struct json_object *counters = json_object_new_object();
	struct json_object *unknown = json_object_new_object();

	for (size_t i = 0; i < totals->counter_count; i++) {
		const struct counter_sum *sum = &totals->counters[i];

		add_number(counters, sum->name, sum->known ? &sum->delta : NULL);
		if (sum->why[0])
			add_why(unknown, sum->name, sum->why);
	}
	add(object, "counters", counters);
	add(object, "counters_unknown", unknown);
}

static struct json_object *register_object(const struct register_change *change)
{
	struct json_object *object = json_object_new_object();
	char text[16];

	add(object, "function", json_text(change->function));
	add(object, "register", json_text(change->name));
	snprintf(text, sizeof(text), "0x%0*x", (int)change->width_bytes * 2, change->before);
	add(object, "before", json_object_new_string(text));
	snprintf(text, sizeof(text), "0x%0*x", (int)change->width_bytes * 2, change->after);
	add(object, "after", json_object_new_string(text));
	add(object, "bits", change->bits[0] ? json_text(change->bits) : NULL);
	add(object, "verdict", json_text(register_verdict_names[change->verdict]));
	add(object, "why", json_text(change->why));
	return object;
}

void json_add_registers(struct json_object *object, const struct step_result *result)
{
	struct json_object *list = json_object_new_array();

	for (size_t i = 0; i < result->register_count; i++)
		json_object_array_add(list, register_object(&result->registers[i]));
	add(object, "registers", list);
}
