// SPDX-License-Identifier: GPL-2.0-or-later
/* What is planned for machines that are made up here. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "model/slug.h"
#include "plan/plan.h"
#include "quiet_host.h"

struct setup {
	struct snapshot snapshot;
	struct kernel_facts facts;
	struct filter filter;
	struct plan_options options;
	struct plan plan;
};

static void begin(struct setup *setup)
{
	*setup = (struct setup){.facts = KERNEL_FACTS_INIT, .filter = FILTER_INIT};
	setup->snapshot.host = quiet_host();
	setup->facts.prepare = setup->facts.done = TRI_YES;
	setup->facts.resetting_domain = TRI_NO;
	setup->facts.recovery_cnt = setup->facts.blocked = setup->facts.reset_depth = TRI_YES;
	for (int i = 0; i < SCENARIO_COUNT; i++)
		setup->options.scenarios[i] = scenario_infos[i].by_default;
}

static void only(struct setup *setup, enum scenario scenario)
{
	for (int i = 0; i < SCENARIO_COUNT; i++)
		setup->options.scenarios[i] = i == (int)scenario;
}

static void set_methods(struct function *function, const char *methods)
{
	assert_int_equal(method_list_parse(methods, &function->methods), 0);
	function->has_reset = methods[0] != '\0';
	function->methods_known = TRI_YES;
}

/* A kernel that never blocks the IOMMU. */
static void deny_prepare(struct setup *setup)
{
	struct kernel_facts *facts = &setup->facts;

	facts->prepare = facts->done = TRI_NO;
	facts->recovery_cnt = facts->blocked = facts->reset_depth = TRI_NO;
}

/* A function with ATS that nothing uses. The pointer lives until the next one is added. */
static struct function *add(struct setup *setup, const char *bdf, int group, const char *upstream,
			    const char *methods)
{
	struct function *function = snapshot_add_function(&setup->snapshot);

	assert_non_null(function);
	strcpy(function->bdf, bdf);
	strcpy(function->upstream, upstream);
	function->vendor = 0x1af4;
	function->device = 0x1041;
	function->group = group;
	function->ats = TRI_YES;
	function->untrusted = function->cxl_port = function->sbr_masked = TRI_NO;
	set_methods(function, methods);
	if (group != NO_GROUP && !snapshot_group(&setup->snapshot, group))
		assert_non_null(snapshot_add_group(&setup->snapshot, group));
	return function;
}

static void make(struct setup *setup)
{
	setup->options.filter = &setup->filter;
	snapshot_sort(&setup->snapshot);
	assert_int_equal(plan_make(&setup->snapshot, &setup->facts, &setup->options, &setup->plan),
			 0);
	/* Each reason is a word that can be explained. */
	for (size_t i = 0; i < setup->plan.skip_count; i++)
		assert_non_null(slug_find(setup->plan.skips[i].reason));
	for (size_t i = 0; i < setup->plan.refusal_count; i++)
		assert_non_null(slug_find(setup->plan.refusals[i].reason));
}

static void end(struct setup *setup)
{
	plan_free(&setup->plan);
	filter_free(&setup->filter);
	snapshot_free(&setup->snapshot);
}

/* Whether a step of this scenario, method and number of functions begins with this function. */
static bool planned(const struct setup *setup, enum scenario scenario, const char *method,
		    const char *bdf, size_t count)
{
	for (size_t i = 0; i < setup->plan.step_count; i++) {
		const struct plan_step *step = &setup->plan.steps[i];

		if (step->scenario == scenario && streq(step->method, method) &&
		    step->function_count == count && streq(step->functions[0]->bdf, bdf))
			return true;
	}
	return false;
}

static const char *refused(const struct setup *setup, const char *bdf)
{
	for (size_t i = 0; i < setup->plan.refusal_count; i++)
		if (streq(setup->plan.refusals[i].function, bdf))
			return setup->plan.refusals[i].reason;
	return "";
}

static const char *skipped(const struct setup *setup, enum scenario scenario, const char *bdf)
{
	for (size_t i = 0; i < setup->plan.skip_count; i++)
		if (setup->plan.skips[i].scenario == scenario &&
		    streq(setup->plan.skips[i].function->bdf, bdf))
			return setup->plan.skips[i].reason;
	return "";
}

#define DUT "0000:0d:00.0"
#define PORT "0000:0c:00.0"

static void each_method_in_its_scenario(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	add(&setup, DUT, 5, PORT, "device_specific acpi flr af_flr pm bus cxl_bus");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 7);
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", DUT, 1));
	/* Mainline knows no such quirk: whether it nests is what the run shows. */
	assert_true(planned(&setup, SCENARIO_NESTED, "device_specific", DUT, 1));
	assert_true(planned(&setup, SCENARIO_SINGLE, "acpi", DUT, 1));
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	assert_true(planned(&setup, SCENARIO_SINGLE, "af_flr", DUT, 1));
	assert_true(planned(&setup, SCENARIO_SINGLE, "pm", DUT, 1));
	assert_true(planned(&setup, SCENARIO_SINGLE, "bus", DUT, 1));
	/* The controls come first. */
	assert_int_equal(setup.plan.steps[0].scenario, SCENARIO_SINGLE);
	assert_int_equal(setup.plan.steps[6].scenario, SCENARIO_NESTED);
	assert_string_equal(skipped(&setup, SCENARIO_SIBLINGS, DUT), "no-sibling");
	assert_int_equal(setup.plan.refusal_count, 0);
	end(&setup);
}

/* A quirk whose reset calls no other is a simple one. */
static void quirks(void **state)
{
	struct setup setup;
	struct function *function;

	(void)state;
	begin(&setup);
	function = add(&setup, DUT, 5, PORT, "device_specific flr");
	function->vendor = 0x8086;
	function->device = 0x0156;
	make(&setup);
	assert_true(planned(&setup, SCENARIO_SINGLE, "device_specific", DUT, 1));
	assert_false(planned(&setup, SCENARIO_NESTED, "device_specific", DUT, 1));
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, DUT), "no-nesting-method");
	end(&setup);
}

/* Whatever uses a function, and whatever uses another of its group. */
static void uses(void **state)
{
	(void)state;
	for (int kind = 0; kind < USE_KIND_COUNT; kind++) {
		const char *name = use_kind_name((enum use_kind)kind);
		struct setup setup;

		if (!name || !slug_find(name))
			fail_msg("use %d (%s) has no reason in model/slug_refusals.c", kind,
				 name ? name : "without a name");
		begin(&setup);
		add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "flr");
		add(&setup, "0000:0f:00.0", 6, "0000:0c:02.0", "flr");
		assert_non_null(function_add_use(add(&setup, DUT, 5, PORT, "flr cxl_bus"),
						 (enum use_kind)kind, "the use"));
		make(&setup);
		assert_string_equal(refused(&setup, DUT), name);
		assert_string_equal(refused(&setup, "0000:0e:00.0"), "group-mate-in-use");
		assert_string_equal(refused(&setup, "0000:0f:00.0"), "");
		assert_int_equal(setup.plan.step_count, 1);
		end(&setup);
	}
}

static void bridges_and_drivers(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	add(&setup, PORT, 4, "", "pm")->is_bridge = true;
	strcpy(add(&setup, DUT, 5, PORT, "flr")->driver, "nvme");
	make(&setup);
	assert_string_equal(refused(&setup, PORT), "bridge");
	assert_string_equal(refused(&setup, DUT), "driver-bound");
	assert_int_equal(setup.plan.step_count, 0);
	assert_int_equal(setup.plan.warning_count, 0);
	end(&setup);
}

/* With its driver it may be reset, and the hazard of selecting a method is told. */
static void under_the_driver(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	setup.options.driver = DRIVER_KEEP;
	add(&setup, PORT, 4, "", "pm")->is_bridge = true;
	strcpy(add(&setup, DUT, 5, PORT, "flr bus")->driver, "nvme");
	make(&setup);
	assert_string_equal(refused(&setup, PORT), "bridge");
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	assert_int_equal(setup.plan.warning_count, 1);
	assert_non_null(strstr(setup.plan.warnings[0], DUT));
	assert_false(setup.plan.steps[0].unbind);
	end(&setup);

	/* Not where the gate is closed, nor where no name makes the kernel probe. */
	begin(&setup);
	setup.options.driver = DRIVER_KEEP;
	strcpy(add(&setup, DUT, 5, PORT, "flr bus")->driver, "nvme");
	setup.snapshot.functions[0].ats = TRI_NO;
	strcpy(add(&setup, "0000:0e:00.0", 6, "", "flr pm")->driver, "nvme");
	make(&setup);
	assert_int_equal(setup.plan.warning_count, 0);
	end(&setup);

	begin(&setup);
	setup.options.driver = DRIVER_UNBIND;
	strcpy(add(&setup, DUT, 5, PORT, "flr bus")->driver, "nvme");
	make(&setup);
	assert_true(setup.plan.step_count > 0 && setup.plan.steps[0].unbind);
	assert_int_equal(setup.plan.warning_count, 0);
	end(&setup);
}

/* What cannot be read counts as set. */
static void a_kernel_that_panics(void **state)
{
	static const enum tri values[] = {TRI_YES, TRI_UNKNOWN};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		struct setup setup;

		begin(&setup);
		add(&setup, DUT, 5, PORT, "flr cxl_bus");
		setup.snapshot.host.panic_on_warn = values[i];
		make(&setup);
		assert_string_equal(refused(&setup, DUT), "panic-on-warn");
		end(&setup);

		begin(&setup);
		add(&setup, DUT, 5, PORT, "flr cxl_bus");
		setup.snapshot.host.warn_limit = values[i];
		make(&setup);
		assert_string_equal(refused(&setup, DUT), "warn-limit");
		end(&setup);

		/* A kernel without prepare/done has nothing to warn about. */
		begin(&setup);
		add(&setup, DUT, 5, PORT, "flr cxl_bus");
		deny_prepare(&setup);
		setup.snapshot.host.panic_on_warn = values[i];
		make(&setup);
		assert_string_equal(refused(&setup, DUT), "");
		end(&setup);
	}
}

static void closed_gates(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	add(&setup, "0000:01:00.0", NO_GROUP, "", "flr cxl_bus");
	add(&setup, "0000:02:00.0", 2, "", "flr cxl_bus")->ats = TRI_NO;
	add(&setup, "0000:03:00.0", 3, "", "flr cxl_bus")->ats = TRI_UNKNOWN;
	/* A VF needs the ATS of its PF. */
	add(&setup, "0000:05:00.0", 5, "", "flr")->ats = TRI_NO;
	strcpy(add(&setup, "0000:05:00.1", 6, "", "flr cxl_bus")->physfn, "0000:05:00.0");
	make(&setup);
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, "0000:01:00.0"), "no-iommu");
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, "0000:02:00.0"), "no-ats");
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, "0000:03:00.0"), "ats-unknown");
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, "0000:05:00.1"), "no-ats");
	assert_string_equal(skipped(&setup, SCENARIO_SIBLINGS, "0000:01:00.0"), "no-iommu");
	assert_string_equal(skipped(&setup, SCENARIO_SIBLINGS, "0000:02:00.0"), "no-ats");
	/* The control runs all the same. */
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", "0000:01:00.0", 1));
	for (size_t i = 0; i < setup.plan.step_count; i++)
		assert_int_equal(setup.plan.steps[i].scenario, SCENARIO_SINGLE);
	end(&setup);

	begin(&setup);
	setup.snapshot.host.ats_disabled = TRI_YES;
	add(&setup, DUT, 5, PORT, "cxl_bus");
	make(&setup);
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, DUT), "no-ats");
	end(&setup);
}

/* Without prepare/done there is no gate: what has no ATS is reset too. */
static void a_kernel_that_is_not_affected(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	deny_prepare(&setup);
	add(&setup, DUT, NO_GROUP, PORT, "cxl_bus")->ats = TRI_NO;
	add(&setup, "0000:0e:00.0", 7, "0000:0c:01.0", "flr")->ats = TRI_NO;
	add(&setup, "0000:0f:00.0", 7, "0000:0c:02.0", "flr")->ats = TRI_NO;
	make(&setup);
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", DUT, 1));
	assert_true(planned(&setup, SCENARIO_SIBLINGS, "flr", "0000:0e:00.0", 2));
	end(&setup);
}

static void functions_without_reset(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	add(&setup, DUT, 5, PORT, "");
	for (int i = 0; i < SCENARIO_COUNT; i++)
		setup.options.scenarios[i] = true;
	make(&setup);
	for (int i = 0; i < SCENARIO_COUNT; i++)
		assert_string_equal(skipped(&setup, (enum scenario)i, DUT), "no-reset");
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);
}

static void methods_that_were_asked_for(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	assert_null(filter_add_method(&setup.filter, "flr"));
	add(&setup, DUT, 5, PORT, "flr pm cxl_bus");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, DUT), "no-nesting-method");
	end(&setup);

	/* One that the function lacks is a skip, not silence. */
	begin(&setup);
	assert_null(filter_add_method(&setup.filter, "cxl_bus"));
	assert_null(filter_add_method(&setup.filter, "af_flr"));
	add(&setup, DUT, 5, PORT, "flr pm");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	assert_string_equal(skipped(&setup, SCENARIO_NESTED, DUT), "method-not-listed");
	assert_string_equal(skipped(&setup, SCENARIO_SINGLE, DUT), "method-not-listed");
	end(&setup);

	/* Lacking one does not take another away. */
	begin(&setup);
	assert_null(filter_add_method(&setup.filter, "flr"));
	assert_null(filter_add_method(&setup.filter, "af_flr"));
	add(&setup, DUT, 5, PORT, "flr pm");
	make(&setup);
	assert_string_equal(skipped(&setup, SCENARIO_SINGLE, DUT), "method-not-listed");
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	end(&setup);
}

static void selection(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	assert_null(filter_add_function(&setup.filter, DUT));
	add(&setup, DUT, 5, PORT, "flr");
	add(&setup, "0000:0e:00.0", 6, "", "flr");
	add(&setup, PORT, 7, "", "pm")->is_bridge = true;
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	/* Of what was not selected nothing is said. */
	assert_int_equal(setup.plan.refusal_count, 0);
	end(&setup);
}

static void below_a_cxl_port(void **state)
{
	struct setup setup;
	struct function *function;

	(void)state;
	begin(&setup);
	only(&setup, SCENARIO_SINGLE);
	function = add(&setup, DUT, 5, PORT, "flr bus cxl_bus");
	function->cxl_port = function->sbr_masked = TRI_YES;
	make(&setup);
	assert_string_equal(skipped(&setup, SCENARIO_SINGLE, DUT), "sbr-masked");
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	assert_false(planned(&setup, SCENARIO_SINGLE, "bus", DUT, 1));
	end(&setup);

	/* Unmasked, or not known to be masked: it is tried. */
	begin(&setup);
	function = add(&setup, DUT, 5, PORT, "bus cxl_bus");
	function->sbr_masked = TRI_UNKNOWN;
	make(&setup);
	assert_true(planned(&setup, SCENARIO_SINGLE, "bus", DUT, 1));
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", DUT, 1));
	end(&setup);
}

/*
 * The first function of a device lists bus, and would lose it: the kernel takes the name in only
 * from one that is alone. What comes first in the list is tried with the list as it is, whoever
 * uses the other function, for the kernel resets no bus that functions share.
 */
static void the_first_function_of_a_device(void **state)
{
	struct planned_write writes[PLANNED_WRITES_MAX];
	struct setup setup;

	(void)state;
	begin(&setup);
	add(&setup, DUT, 5, PORT, "flr pm bus");
	strcpy(add(&setup, "0000:0d:00.1", 6, PORT, "flr pm")->driver, "e1000e");
	make(&setup);
	assert_string_equal(skipped(&setup, SCENARIO_SINGLE, DUT), "list-not-kept");
	assert_int_equal(setup.plan.step_count, 1);
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
	assert_true(setup.plan.steps[0].as_listed);
	assert_int_equal(plan_writes(&setup.plan.steps[0], 0, writes), 1);
	assert_int_equal(writes[0].role, WRITE_TRIGGER);
	end(&setup);

	/* A name that nobody knows may reach the other one. */
	begin(&setup);
	add(&setup, DUT, 5, PORT, "flr other");
	strcpy(add(&setup, "0000:0d:00.1", 6, PORT, "flr pm")->driver, "e1000e");
	make(&setup);
	assert_string_equal(skipped(&setup, SCENARIO_SINGLE, DUT), "bus-mate-in-use");
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);

	/* cxl_bus is taken in again; and so is bus where the other one has it too. */
	begin(&setup);
	add(&setup, DUT, 5, PORT, "flr cxl_bus");
	add(&setup, "0000:0d:00.1", 6, PORT, "flr cxl_bus");
	make(&setup);
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", DUT, 1));
	assert_false(setup.plan.steps[0].as_listed);
	end(&setup);
	begin(&setup);
	add(&setup, DUT, 5, PORT, "flr bus cxl_bus");
	add(&setup, "0000:0d:00.1", 6, PORT, "flr bus cxl_bus");
	make(&setup);
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", DUT, 1));
	assert_false(setup.plan.steps[0].as_listed);
	end(&setup);

	/* Behind the same bridge, but on a bus of its own, as VFs may be. */
	begin(&setup);
	add(&setup, DUT, 5, PORT, "flr bus");
	add(&setup, "0000:0e:00.1", 6, PORT, "flr");
	make(&setup);
	assert_true(planned(&setup, SCENARIO_SINGLE, "bus", DUT, 1));
	end(&setup);
}

/* A bus reset hits all below the bridge. */
static void mates_on_the_bus(void **state)
{
	struct setup setup;

	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		struct function *mate;

		begin(&setup);
		add(&setup, DUT, 5, PORT, "flr cxl_bus");
		mate = add(&setup, "0000:0d:00.1", 6, PORT, "");
		if (kind == 0)
			assert_non_null(function_add_use(mate, USE_NETWORK, "eth0"));
		else if (kind == 1)
			strcpy(mate->driver, "e1000e");
		else
			mate->is_bridge = true;
		make(&setup);
		assert_string_equal(skipped(&setup, SCENARIO_NESTED, DUT), "bus-mate-in-use");
		assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 1));
		assert_int_equal(setup.plan.step_count, 1);
		end(&setup);

		begin(&setup);
		add(&setup, DUT, 5, PORT, "bus");
		mate = add(&setup, "0000:0d:00.1", 6, PORT, "");
		strcpy(mate->driver, "e1000e");
		make(&setup);
		assert_string_equal(skipped(&setup, SCENARIO_SINGLE, DUT), "bus-mate-in-use");
		assert_int_equal(setup.plan.step_count, 0);
		end(&setup);
	}
	/* One that is free may be hit, and so may one below another bridge. */
	begin(&setup);
	add(&setup, DUT, 5, PORT, "bus");
	add(&setup, "0000:0d:00.1", 6, PORT, "");
	assert_non_null(function_add_use(add(&setup, "0000:0e:00.0", 7, "0000:0c:01.0", ""),
					 USE_NETWORK, "eth0"));
	make(&setup);
	assert_true(planned(&setup, SCENARIO_SINGLE, "bus", DUT, 1));
	end(&setup);
}

static void siblings_by_lock(void **state)
{
	struct setup setup;

	(void)state;
	/* Behind one bridge a lock serialises them. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0d:00.1", 5, PORT, "flr");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	assert_string_equal(skipped(&setup, SCENARIO_SIBLINGS, DUT), "no-sibling");
	end(&setup);

	/* One of each bridge is taken. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0d:00.1", 5, PORT, "flr");
	add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "flr");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_true(planned(&setup, SCENARIO_SIBLINGS, "flr", DUT, 2));
	assert_string_equal(setup.plan.steps[0].functions[1]->bdf, "0000:0e:00.0");
	end(&setup);

	/* On a root bus there is no bridge to lock. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:00:04.0", 5, "", "flr");
	add(&setup, "0000:00:04.1", 5, "", "flr");
	make(&setup);
	assert_true(planned(&setup, SCENARIO_SIBLINGS, "flr", "0000:00:04.0", 2));
	end(&setup);

	/* VFs are locked by the bridge above their PF. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 4, PORT, "flr");
	strcpy(add(&setup, "0000:0d:10.0", 5, "", "flr")->physfn, "0000:0d:00.0");
	strcpy(add(&setup, "0000:0d:10.1", 5, "", "flr")->physfn, "0000:0d:00.0");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);

	/* Groups are not mixed. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0e:00.0", 6, "0000:0c:01.0", "flr");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	assert_int_equal(setup.plan.skip_count, 2);
	end(&setup);
}

static void siblings_by_method(void **state)
{
	struct setup setup;

	(void)state;
	/* The same method for all: the longest that concerns one function alone. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "pm flr bus");
	add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "pm flr bus");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_true(planned(&setup, SCENARIO_SIBLINGS, "flr", DUT, 2));
	end(&setup);

	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr pm");
	add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "pm bus");
	make(&setup);
	assert_true(planned(&setup, SCENARIO_SIBLINGS, "pm", DUT, 2));
	end(&setup);

	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "pm");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);

	/* One without ATS is left out. */
	begin(&setup);
	only(&setup, SCENARIO_SIBLINGS);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "flr")->ats = TRI_NO;
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);
}

/* The functions of step @index as "0d:00.0 0e:00.0". */
static const char *functions_of(const struct setup *setup, size_t index)
{
	static char text[SUBJECTS_MAX * BDF_MAX];
	const struct plan_step *step = &setup->plan.steps[index];
	size_t used = 0;

	assert_true(index < setup->plan.step_count);
	for (size_t i = 0; i < step->function_count; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", i ? " " : "",
					 step->functions[i]->bdf + strlen("0000:"));
	return text;
}

static void storms(void **state)
{
	struct setup setup;
	char bdf[BDF_MAX], port[BDF_MAX];

	(void)state;
	/* Functions of many groups behind many bridges, for each method that they share. */
	begin(&setup);
	only(&setup, SCENARIO_STORM);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr cxl_bus");
	add(&setup, "0000:0e:00.0", 6, "0000:0c:01.0", "flr");
	add(&setup, "0000:0f:00.0", 7, "0000:0c:02.0", "flr cxl_bus");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 2);
	assert_true(planned(&setup, SCENARIO_STORM, "flr", DUT, 3));
	assert_true(planned(&setup, SCENARIO_STORM, "cxl_bus", DUT, 2));
	assert_int_equal(setup.plan.steps[0].resets, RESETS_MAX);
	assert_int_equal(setup.plan.skip_count, 0);
	end(&setup);

	/* What shares a group, a bridge, or is below the other's bridge comes in a step of its own.
	 */
	begin(&setup);
	only(&setup, SCENARIO_STORM);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0d:00.1", 6, PORT, "flr");
	add(&setup, "0000:0e:00.0", 5, "0000:0c:01.0", "flr");
	add(&setup, "0000:0d:01.0", 8, PORT, "")->is_bridge = true;
	add(&setup, "0000:0f:00.0", 9, "0000:0d:01.0", "flr");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 3);
	assert_string_equal(functions_of(&setup, 0), "0d:00.0");
	assert_string_equal(functions_of(&setup, 1), "0d:00.1 0e:00.0");
	assert_string_equal(functions_of(&setup, 2), "0f:00.0");
	end(&setup);

	/* More than fit into one step go on in the next; each function is in one. */
	begin(&setup);
	only(&setup, SCENARIO_STORM);
	for (unsigned int i = 0; i < 2 * SUBJECTS_MAX + 1; i++) {
		snprintf(bdf, sizeof(bdf), "0000:%02x:00.0", 0x20 + i);
		snprintf(port, sizeof(port), "0000:00:%02x.0", i);
		add(&setup, bdf, (int)i, port, "flr");
	}
	make(&setup);
	assert_int_equal(setup.plan.step_count, 3);
	assert_true(planned(&setup, SCENARIO_STORM, "flr", "0000:20:00.0", SUBJECTS_MAX));
	assert_true(planned(&setup, SCENARIO_STORM, "flr", "0000:28:00.0", SUBJECTS_MAX));
	assert_true(planned(&setup, SCENARIO_STORM, "flr", "0000:30:00.0", 1));
	end(&setup);

	/* One function is reset again and again; one without ATS says why not. */
	begin(&setup);
	only(&setup, SCENARIO_STORM);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	add(&setup, "0000:0e:00.0", 6, "0000:0c:01.0", "flr")->ats = TRI_NO;
	add(&setup, "0000:0f:00.0", 7, "0000:0c:02.0", "");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_true(planned(&setup, SCENARIO_STORM, "flr", DUT, 1));
	assert_string_equal(skipped(&setup, SCENARIO_STORM, "0000:0e:00.0"), "no-ats");
	assert_string_equal(skipped(&setup, SCENARIO_STORM, "0000:0f:00.0"), "no-reset");
	end(&setup);

	/* Nobody asked for a method that it has. */
	begin(&setup);
	only(&setup, SCENARIO_STORM);
	add(&setup, "0000:0d:00.0", 5, PORT, "flr");
	assert_int_equal(filter_add_method(&setup.filter, "cxl_bus"), 0);
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	assert_string_equal(skipped(&setup, SCENARIO_STORM, DUT), "method-not-listed");
	end(&setup);
}

/* Three functions of three groups, two of them behind one bridge. */
static void plan_jobs(struct setup *setup, unsigned int jobs)
{
	begin(setup);
	setup->options.jobs = jobs;
	add(setup, "0000:0d:00.0", 5, PORT, "flr cxl_bus");
	add(setup, "0000:0d:00.1", 6, PORT, "flr cxl_bus");
	add(setup, "0000:0e:00.0", 7, "0000:0c:01.0", "flr pm cxl_bus");
	make(setup);
}

static void steps_at_the_same_time(void **state)
{
	struct setup setup;

	(void)state;
	for (unsigned int jobs = 0; jobs <= 1; jobs++) {
		plan_jobs(&setup, jobs);
		assert_int_equal(setup.plan.step_count, 7);
		for (size_t i = 0; i < setup.plan.step_count; i++)
			assert_int_equal(setup.plan.steps[i].function_count, 1);
		end(&setup);
	}
	plan_jobs(&setup, 8);
	assert_int_equal(setup.plan.step_count, 5);
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", DUT, 2));
	assert_string_equal(functions_of(&setup, 0), "0d:00.0 0e:00.0");
	assert_true(setup.plan.steps[0].independent);
	assert_true(planned(&setup, SCENARIO_SINGLE, "flr", "0000:0d:00.1", 1));
	assert_true(planned(&setup, SCENARIO_SINGLE, "pm", "0000:0e:00.0", 1));
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", DUT, 2));
	assert_true(planned(&setup, SCENARIO_NESTED, "cxl_bus", "0000:0d:00.1", 1));
	end(&setup);
}

static void no_more_than_asked_for(void **state)
{
	struct setup setup;
	char bdf[BDF_MAX], port[BDF_MAX];

	(void)state;
	begin(&setup);
	setup.options.jobs = 3;
	for (unsigned int i = 0; i < 8; i++) {
		snprintf(bdf, sizeof(bdf), "0000:%02x:00.0", 0x20 + i);
		snprintf(port, sizeof(port), "0000:00:%02x.0", i);
		add(&setup, bdf, (int)i, port, "flr");
	}
	make(&setup);
	assert_int_equal(setup.plan.step_count, 3);
	assert_string_equal(functions_of(&setup, 0), "20:00.0 21:00.0 22:00.0");
	assert_string_equal(functions_of(&setup, 1), "23:00.0 24:00.0 25:00.0");
	assert_string_equal(functions_of(&setup, 2), "26:00.0 27:00.0");
	end(&setup);
}

static void a_large_group(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	for (unsigned int i = 0; i < 128; i++) {
		char bdf[BDF_MAX], upstream[BDF_MAX];

		snprintf(bdf, sizeof(bdf), "0000:%02x:00.0", i + 1);
		snprintf(upstream, sizeof(upstream), "0000:00:%02x.%x", i / 8, i % 8);
		add(&setup, bdf, 5, upstream, "flr cxl_bus");
	}
	make(&setup);
	/* Two for each, and as many at the same time as a step takes. */
	assert_int_equal(setup.plan.step_count, 257);
	assert_true(planned(&setup, SCENARIO_SIBLINGS, "flr", "0000:01:00.0", SUBJECTS_MAX));
	end(&setup);
}

static void no_function_at_all(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup);
	make(&setup);
	assert_int_equal(setup.plan.step_count + setup.plan.skip_count, 0);
	end(&setup);
}

static void writes_of_a_step(void **state)
{
	struct function function = {.bdf = DUT};
	struct plan_step step = {
		.method = "cxl_bus", .functions = {&function}, .function_count = 1};
	struct planned_write writes[PLANNED_WRITES_MAX];

	(void)state;
	/* The list comes back as it stood, blanks and all. */
	set_methods(&function, "flr  pm cxl_bus ");
	assert_int_equal(plan_writes(&step, 0, writes), 3);
	assert_int_equal(writes[0].role, WRITE_SELECT);
	assert_string_equal(writes[0].path, "sys/bus/pci/devices/" DUT "/reset_method");
	assert_string_equal(writes[0].value, "cxl_bus");
	assert_int_equal(writes[1].role, WRITE_TRIGGER);
	assert_string_equal(writes[1].path, "sys/bus/pci/devices/" DUT "/reset");
	assert_string_equal(writes[1].value, "1");
	assert_int_equal(writes[2].role, WRITE_RESTORE);
	assert_string_equal(writes[2].path, writes[0].path);
	assert_string_equal(writes[2].value, "flr  pm cxl_bus ");

	/* Again and again, the list selected once. */
	step.resets = RESETS_MAX;
	assert_int_equal(plan_writes(&step, 0, writes), 2 + RESETS_MAX);
	for (unsigned int i = 1; i <= RESETS_MAX; i++)
		assert_int_equal(writes[i].role, WRITE_TRIGGER);
	assert_int_equal(writes[1 + RESETS_MAX].role, WRITE_RESTORE);
	step.resets = 0;

	/* What is already as wanted is not written. */
	set_methods(&function, "cxl_bus");
	assert_int_equal(plan_writes(&step, 0, writes), 1);
	assert_int_equal(writes[0].role, WRITE_TRIGGER);

	/* The driver goes first and comes back last. */
	strcpy(function.driver, "nvme");
	set_methods(&function, "flr cxl_bus");
	assert_int_equal(plan_writes(&step, 0, writes), 3);
	step.unbind = true;
	assert_int_equal(plan_writes(&step, 0, writes), 5);
	assert_int_equal(writes[0].role, WRITE_UNBIND);
	assert_string_equal(writes[0].path, "sys/bus/pci/drivers/nvme/unbind");
	assert_string_equal(writes[0].value, DUT);
	assert_int_equal(writes[4].role, WRITE_BIND);
	assert_string_equal(writes[4].path, "sys/bus/pci/drivers/nvme/bind");
	function.driver[0] = '\0';
	assert_int_equal(plan_writes(&step, 0, writes), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_method_in_its_scenario),
		cmocka_unit_test(quirks),
		cmocka_unit_test(uses),
		cmocka_unit_test(bridges_and_drivers),
		cmocka_unit_test(under_the_driver),
		cmocka_unit_test(a_kernel_that_panics),
		cmocka_unit_test(closed_gates),
		cmocka_unit_test(a_kernel_that_is_not_affected),
		cmocka_unit_test(functions_without_reset),
		cmocka_unit_test(methods_that_were_asked_for),
		cmocka_unit_test(selection),
		cmocka_unit_test(below_a_cxl_port),
		cmocka_unit_test(mates_on_the_bus),
		cmocka_unit_test(the_first_function_of_a_device),
		cmocka_unit_test(siblings_by_lock),
		cmocka_unit_test(siblings_by_method),
		cmocka_unit_test(storms),
		cmocka_unit_test(steps_at_the_same_time),
		cmocka_unit_test(no_more_than_asked_for),
		cmocka_unit_test(a_large_group),
		cmocka_unit_test(no_function_at_all),
		cmocka_unit_test(writes_of_a_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
