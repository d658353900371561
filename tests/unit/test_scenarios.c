// SPDX-License-Identifier: GPL-2.0-or-later
/* The scenarios that are run on request: what they plan, and for which functions. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "plan/plan.h"
#include "quiet_host.h"

#define ONE "0000:01:00.0"
#define TWO "0000:02:00.0"
#define METHODS "flr  pm bus "

struct setup {
	struct snapshot snapshot;
	struct kernel_facts facts;
	struct filter filter;
	struct plan_options options;
	struct plan plan;
};

/* Two functions of group 5 below two bridges, with ATS, that nothing uses. */
static void begin(struct setup *setup, enum scenario scenario)
{
	*setup = (struct setup){.facts = KERNEL_FACTS_INIT, .filter = {.group = FILTER_ANY}};
	setup->snapshot.host = quiet_host();
	setup->facts.prepare = setup->facts.done = TRI_YES;
	setup->facts.recovery_cnt = setup->facts.blocked = setup->facts.reset_depth = TRI_YES;
	setup->options.scenarios[scenario] = true;
	strcpy(snapshot_add_group(&setup->snapshot, 5)->type, "DMA-FQ");
	for (int i = 0; i < 2; i++) {
		struct function *function = snapshot_add_function(&setup->snapshot);

		assert_non_null(function);
		strcpy(function->bdf, i == 0 ? ONE : TWO);
		strcpy(function->upstream, i == 0 ? "0000:00:01.0" : "0000:00:02.0");
		function->group = 5;
		function->ats = TRI_YES;
		function->untrusted = function->cxl_port = function->sbr_masked = TRI_NO;
		function->has_reset = true;
		function->methods_known = TRI_YES;
		assert_int_equal(method_list_parse(METHODS, &function->methods), 0);
	}
}

/* A kernel that never blocks the IOMMU. */
static void deny_prepare(struct setup *setup)
{
	struct kernel_facts *facts = &setup->facts;

	facts->prepare = facts->done = TRI_NO;
	facts->recovery_cnt = facts->blocked = facts->reset_depth = TRI_NO;
}

static struct function *function_at(struct setup *setup, int index)
{
	return &setup->snapshot.functions[index];
}

static void make(struct setup *setup)
{
	setup->options.filter = &setup->filter;
	assert_int_equal(plan_make(&setup->snapshot, &setup->facts, &setup->options, &setup->plan),
			 0);
}

static void end(struct setup *setup)
{
	plan_free(&setup->plan);
	snapshot_free(&setup->snapshot);
	filter_free(&setup->filter);
}

static const char *skipped(const struct setup *setup, const char *bdf)
{
	for (size_t i = 0; i < setup->plan.skip_count; i++)
		if (streq(setup->plan.skips[i].function->bdf, bdf))
			return setup->plan.skips[i].reason;
	return "";
}

static void assert_write(const struct planned_write *write, enum write_role role, const char *path,
			 const char *value)
{
	assert_int_equal(write->role, role);
	assert_string_equal(write->path, path);
	assert_string_equal(write->value, value);
}

#define LIST "sys/bus/pci/devices/" ONE "/reset_method"

static void probe_alone_and_beside_a_sibling(void **state)
{
	struct planned_write writes[PLANNED_WRITES_MAX];
	const struct plan_step *step;
	struct setup setup;

	(void)state;
	begin(&setup, SCENARIO_PROBE);
	make(&setup);
	assert_int_equal(setup.plan.step_count, 4);
	assert_int_equal(setup.plan.skip_count, 0);
	step = &setup.plan.steps[0];
	assert_int_equal(step->function_count, 1);
	assert_string_equal(step->method, "");
	assert_int_equal(step->roles[0], SUBJECT_PROBED);
	/* "default", each name, the list itself; and it is put back, though it should stand there.
	 */
	assert_int_equal(plan_writes(step, 0, writes), 6);
	assert_write(&writes[0], WRITE_PROBE, LIST, "default");
	assert_write(&writes[1], WRITE_PROBE, LIST, "flr");
	assert_write(&writes[2], WRITE_PROBE, LIST, "pm");
	assert_write(&writes[3], WRITE_PROBE, LIST, "bus");
	assert_write(&writes[4], WRITE_PROBE, LIST, METHODS);
	assert_write(&writes[5], WRITE_RESTORE, LIST, METHODS);
	step = &setup.plan.steps[1];
	assert_int_equal(step->function_count, 2);
	assert_string_equal(step->method, "flr");
	assert_string_equal(step->functions[0]->bdf, ONE);
	assert_string_equal(step->functions[1]->bdf, TWO);
	assert_int_equal(step->roles[0], SUBJECT_PROBED);
	assert_int_equal(step->roles[1], SUBJECT_RESET);
	assert_int_equal(plan_writes(step, 1, writes), 3);
	assert_int_equal(writes[1].role, WRITE_TRIGGER);
	end(&setup);
}

/* Behind one lock, with no method to reset it by, or not asked for: nobody resets beside it. */
static void probe_without_a_sibling(void **state)
{
	struct setup setup;

	(void)state;
	for (int kind = 0; kind < 4; kind++) {
		begin(&setup, SCENARIO_PROBE);
		if (kind == 0)
			strcpy(function_at(&setup, 1)->upstream, "0000:00:01.0");
		else if (kind == 1)
			function_at(&setup, 1)->group = 6;
		else if (kind == 2)
			strcpy(function_at(&setup, 1)->driver, "e1000e");
		else
			assert_null(filter_add_method(&setup.filter, "cxl_bus"));
		make(&setup);
		assert_string_equal(setup.plan.steps[0].functions[0]->bdf, ONE);
		assert_int_equal(setup.plan.steps[0].function_count, 1);
		assert_string_equal(skipped(&setup, ONE), "no-sibling");
		for (size_t i = 0; i < setup.plan.step_count; i++)
			assert_int_equal(setup.plan.steps[i].function_count, 1);
		end(&setup);
	}
}

static void probe_nothing_that_works(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup, SCENARIO_PROBE);
	setup.options.driver = DRIVER_KEEP;
	strcpy(function_at(&setup, 0)->driver, "nvme");
	make(&setup);
	assert_string_equal(skipped(&setup, ONE), "probing-unsafe");
	end(&setup);

	/* A group mate in use stands against both; the one in use may be forced, not probed. */
	begin(&setup, SCENARIO_PROBE);
	setup.options.force_in_use = true;
	assert_null(filter_add_function(&setup.filter, ONE));
	assert_non_null(function_add_use(function_at(&setup, 0), USE_OPEN, "/dev/vfio/5"));
	make(&setup);
	assert_string_equal(skipped(&setup, ONE), "probing-unsafe");
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);

	begin(&setup, SCENARIO_PROBE);
	setup.options.driver = DRIVER_UNBIND;
	strcpy(function_at(&setup, 0)->driver, "nvme");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 4);
	assert_true(setup.plan.steps[0].unbind);
	end(&setup);
}

static void probe_what_shows_nothing(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup, SCENARIO_PROBE);
	assert_int_equal(method_list_parse("flr pm", &function_at(&setup, 0)->methods), 0);
	function_at(&setup, 1)->ats = TRI_NO;
	make(&setup);
	assert_string_equal(skipped(&setup, ONE), "no-probing-method");
	assert_string_equal(skipped(&setup, TWO), "no-ats");
	assert_int_equal(setup.plan.step_count, 0);
	end(&setup);
}

/* The first function is below a port that masks bus resets: nothing is blocked where that is known.
 */
static void probe_where_the_bus_is_masked(void **state)
{
	static const struct {
		const char *methods;
		enum tri masked;
		bool unaffected, probed;
	} rows[] = {
		{"flr pm bus cxl_bus", TRI_YES, false, false},
		{"flr pm bus cxl_bus", TRI_UNKNOWN, false, true},
		{"flr pm bus cxl_bus", TRI_NO, false, true},
		{"flr pm bus cxl_bus", TRI_YES, true, true},
		{"device_specific bus", TRI_YES, false, true},
		{"flr bus unheard_of", TRI_YES, false, true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct setup setup;
		struct function *function;

		begin(&setup, SCENARIO_PROBE);
		function = function_at(&setup, 0);
		assert_int_equal(method_list_parse(rows[i].methods, &function->methods), 0);
		function->sbr_masked = rows[i].masked;
		if (rows[i].unaffected)
			deny_prepare(&setup);
		make(&setup);
		assert_string_equal(skipped(&setup, ONE),
				    rows[i].probed ? "" : "no-probing-method");
		end(&setup);
	}
}

#define TYPE "sys/kernel/iommu_groups/5/type"

/* The second function alone holds the driver that the group must not have. */
static void attach_in_the_middle(void **state)
{
	struct planned_write writes[PLANNED_WRITES_MAX];
	const struct plan_step *step;
	struct setup setup;

	(void)state;
	begin(&setup, SCENARIO_ATTACH_RACE);
	make(&setup);
	assert_int_equal(setup.plan.step_count, 2);
	step = &setup.plan.steps[0];
	assert_string_equal(step->method, "flr");
	assert_int_equal(step->roles[0], SUBJECT_RESET);
	assert_int_equal(plan_writes(step, 0, writes), 6);
	assert_int_equal(writes[0].role, WRITE_SELECT);
	assert_int_equal(writes[1].role, WRITE_TRIGGER);
	assert_write(&writes[2], WRITE_ATTACH, TYPE, "DMA");
	assert_write(&writes[3], WRITE_ATTACH_AFTER, TYPE, "DMA");
	assert_write(&writes[4], WRITE_RETYPE, TYPE, "DMA-FQ");
	assert_int_equal(writes[5].role, WRITE_RESTORE);
	end(&setup);

	begin(&setup, SCENARIO_ATTACH_RACE);
	strcpy(setup.snapshot.groups[0].type, "identity");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 2);
	assert_string_equal(setup.plan.steps[0].type, "DMA");
	assert_string_equal(setup.plan.steps[0].type_before, "identity");
	end(&setup);
}

/* A function's own driver goes with --unbind, a mate's stays; a bridge's is no matter. */
static void attach_beside_drivers(void **state)
{
	struct setup setup;

	(void)state;
	begin(&setup, SCENARIO_ATTACH_RACE);
	setup.options.driver = DRIVER_UNBIND;
	strcpy(function_at(&setup, 1)->driver, "nvme");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_string_equal(setup.plan.steps[0].functions[0]->bdf, TWO);
	assert_string_equal(skipped(&setup, ONE), "group-driven");
	end(&setup);

	begin(&setup, SCENARIO_ATTACH_RACE);
	function_at(&setup, 1)->is_bridge = true;
	strcpy(function_at(&setup, 1)->driver, "pcieport");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_string_equal(setup.plan.steps[0].functions[0]->bdf, ONE);
	end(&setup);
}

static void attach_nowhere(void **state)
{
	static const char *const reasons[] = {
		"no-window",	 "no-window",	  "no-ats",
		"no-other-type", "no-other-type", "method-not-listed",
	};
	struct setup setup;

	(void)state;
	for (size_t kind = 0; kind < ARRAY_SIZE(reasons); kind++) {
		begin(&setup, SCENARIO_ATTACH_RACE);
		if (kind == 0)
			setup.facts.prepare = TRI_UNKNOWN;
		else if (kind == 1)
			deny_prepare(&setup);
		else if (kind == 2)
			function_at(&setup, 0)->ats = TRI_NO;
		else if (kind == 3)
			strcpy(setup.snapshot.groups[0].type, "DMA");
		else if (kind == 4)
			setup.snapshot.groups[0].type[0] = '\0';
		else
			assert_null(filter_add_method(&setup.filter, "cxl_bus"));
		make(&setup);
		assert_string_equal(skipped(&setup, ONE), reasons[kind]);
		end(&setup);
	}
}

/* Off to select, on for the reset, off to put the list back, and on as before. */
static void reset_under_a_driver(void **state)
{
	static const enum write_role roles[] = {
		WRITE_UNBIND,  WRITE_SELECT,  WRITE_REBIND, WRITE_TRIGGER,
		WRITE_RELEASE, WRITE_RESTORE, WRITE_BIND,
	};
	struct planned_write writes[PLANNED_WRITES_MAX];
	struct setup setup;

	(void)state;
	begin(&setup, SCENARIO_DRIVER);
	setup.options.driver = DRIVER_UNBIND;
	strcpy(function_at(&setup, 0)->driver, "nvme");
	function_at(&setup, 0)->has_disk = true;
	make(&setup);
	assert_int_equal(setup.plan.step_count, 3);
	assert_false(setup.plan.steps[0].sends);
	assert_string_equal(skipped(&setup, TWO), "no-driver");
	assert_int_equal(plan_writes(&setup.plan.steps[0], 0, writes), ARRAY_SIZE(roles));
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		assert_int_equal(writes[i].role, roles[i]);
	assert_write(&writes[2], WRITE_REBIND, "sys/bus/pci/drivers/nvme/bind", ONE);
	assert_write(&writes[4], WRITE_RELEASE, "sys/bus/pci/drivers/nvme/unbind", ONE);
	end(&setup);

	/* What stands there alone needs no selecting, and the driver stays. */
	begin(&setup, SCENARIO_DRIVER);
	setup.options.driver = DRIVER_KEEP;
	strcpy(function_at(&setup, 0)->driver, "nvme");
	function_at(&setup, 0)->has_disk = true;
	assert_int_equal(method_list_parse("flr", &function_at(&setup, 0)->methods), 0);
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	assert_int_equal(plan_writes(&setup.plan.steps[0], 0, writes), 1);
	assert_int_equal(writes[0].role, WRITE_TRIGGER);
	end(&setup);
}

/* A disk is read without asking; an interface sends only when that was asked for. */
static void what_goes_through(void **state)
{
	static const struct {
		bool disk, interface, asked;
		const char *reason; /* NULL: it is reset */
		bool sends;
	} cases[] = {
		{true, true, false, NULL, false},
		{true, true, true, NULL, false},
		{false, true, false, "needs-traffic", false},
		{false, true, true, NULL, true},
		{false, false, true, "nothing-to-use", false},
	};
	struct setup setup;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		begin(&setup, SCENARIO_DRIVER);
		setup.options.driver = DRIVER_UNBIND;
		setup.options.with_traffic = cases[i].asked;
		strcpy(function_at(&setup, 0)->driver, "ice");
		strcpy(function_at(&setup, 0)->interface, cases[i].interface ? "eth0" : "");
		function_at(&setup, 0)->has_disk = cases[i].disk;
		make(&setup);
		if (cases[i].reason) {
			assert_string_equal(skipped(&setup, ONE), cases[i].reason);
			assert_int_equal(setup.plan.step_count, 0);
		} else {
			assert_int_equal(setup.plan.step_count, 3);
			assert_true(setup.plan.steps[0].sends == cases[i].sends);
		}
		/* What will be seen on a network is said beforehand. */
		assert_int_equal(setup.plan.warning_count, cases[i].sends);
		end(&setup);
	}
}

static void under_no_driver(void **state)
{
	static const struct {
		const char *driver;
		enum driver_mode mode;
		const char *reason;
	} cases[] = {
		{"nvme", DRIVER_KEEP, "needs-unbind"},
		{"e1000e", DRIVER_UNBIND, "no-reset-handler"},
		{"", DRIVER_UNBIND, "no-driver"},
	};
	struct setup setup;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		begin(&setup, SCENARIO_DRIVER);
		setup.options.driver = cases[i].mode;
		strcpy(function_at(&setup, 0)->driver, cases[i].driver);
		make(&setup);
		assert_string_equal(skipped(&setup, ONE), cases[i].reason);
		assert_int_equal(setup.plan.step_count, 0);
		end(&setup);
	}
}

/* The first function is a VF of the second. */
static void make_vf(struct setup *setup, const char *methods)
{
	begin(setup, SCENARIO_VF);
	strcpy(function_at(setup, 0)->physfn, TWO);
	assert_int_equal(method_list_parse(methods, &function_at(setup, 0)->methods), 0);
}

static void vf_by_each_method(void **state)
{
	static const char *const methods[] = {"flr", "pm", "device_specific"};
	struct setup setup;

	(void)state;
	make_vf(&setup, "device_specific flr pm");
	make(&setup);
	assert_string_equal(skipped(&setup, TWO), "no-vf");
	assert_string_equal(skipped(&setup, ONE), "");
	assert_int_equal(setup.plan.step_count, ARRAY_SIZE(methods));
	for (size_t i = 0; i < ARRAY_SIZE(methods); i++) {
		assert_int_equal(setup.plan.steps[i].scenario, SCENARIO_VF);
		assert_int_equal(setup.plan.steps[i].function_count, 1);
		assert_string_equal(setup.plan.steps[i].functions[0]->bdf, ONE);
		assert_string_equal(setup.plan.steps[i].method, methods[i]);
	}
	end(&setup);

	/* A bus reset would hit its PF. */
	make_vf(&setup, "bus");
	strcpy(function_at(&setup, 1)->upstream, "0000:00:01.0");
	strcpy(function_at(&setup, 1)->driver, "ice");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 0);
	assert_string_equal(skipped(&setup, ONE), "bus-mate-in-use");
	end(&setup);
}

/* The second function is a PF that has the first for a VF. */
static void make_pf(struct setup *setup, const char *methods)
{
	struct function *pf;

	make_vf(setup, "flr");
	pf = function_at(setup, 1);
	pf->vf_count = 1;
	assert_non_null(function_add_use(pf, USE_VFS, "1 VFs enabled"));
	assert_int_equal(method_list_parse(methods, &pf->methods), 0);
	setup->options.with_vfs = true;
	assert_null(filter_add_function(&setup->filter, ONE));
	assert_null(filter_add_function(&setup->filter, TWO));
}

static void pf_after_its_vfs(void **state)
{
	struct planned_write writes[PLANNED_WRITES_MAX];
	struct setup setup;

	(void)state;
	make_pf(&setup, "flr pm");
	/* What becomes of its VFs shows without ATS as well. */
	function_at(&setup, 1)->ats = TRI_NO;
	make(&setup);
	assert_string_equal(skipped(&setup, ONE), "no-ats");
	assert_int_equal(setup.plan.step_count, 2);
	assert_string_equal(setup.plan.steps[1].functions[0]->bdf, TWO);
	assert_string_equal(setup.plan.steps[1].method, "pm");
	assert_int_equal(plan_writes(&setup.plan.steps[1], 0, writes), 3);
	end(&setup);

	make_pf(&setup, "flr");
	setup.options.scenarios[SCENARIO_SINGLE] = true;
	make(&setup);
	assert_int_equal(setup.plan.step_count, 4);
	assert_string_equal(setup.plan.steps[2].functions[0]->bdf, ONE);
	assert_string_equal(setup.plan.steps[3].functions[0]->bdf, TWO);
	end(&setup);

	make_pf(&setup, "flr pm");
	setup.options.with_vfs = false;
	make(&setup);
	assert_int_equal(setup.plan.refusal_count, 1);
	assert_string_equal(setup.plan.refusals[0].reason, "has-vfs");
	end(&setup);
}

/* A list with bus in it cannot be put back: it is left alone, and what comes first is tried. */
static void pf_with_a_list_of_old(void **state)
{
	static const char *const lists[] = {"flr bus", "flr nonsense", "flr pm cxl_bus"};
	struct planned_write writes[PLANNED_WRITES_MAX];
	struct function *other;
	struct setup setup;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		make_pf(&setup, lists[i]);
		setup.options.scenarios[SCENARIO_SINGLE] = true;
		setup.options.scenarios[SCENARIO_NESTED] = true;
		setup.options.scenarios[SCENARIO_STORM] = true;
		setup.options.scenarios[SCENARIO_ATTACH_RACE] = true;
		setup.options.scenarios[SCENARIO_PROBE] = true;
		make(&setup);
		assert_string_equal(skipped(&setup, TWO), "list-not-kept");
		for (size_t j = 0; j < setup.plan.step_count; j++) {
			const struct plan_step *step = &setup.plan.steps[j];

			if (!streq(step->functions[0]->bdf, TWO))
				continue;
			assert_true(step->as_listed);
			assert_string_equal(step->method, "flr");
			assert_int_equal(plan_writes(step, 0, writes), 1);
			assert_int_equal(writes[0].role, WRITE_TRIGGER);
		}
		end(&setup);
	}
	/* Beside one whose method is selected it would not be. */
	make_pf(&setup, "flr bus");
	setup.options.scenarios[SCENARIO_VF] = false;
	setup.options.scenarios[SCENARIO_SINGLE] = true;
	setup.options.jobs = SUBJECTS_MAX;
	other = snapshot_add_function(&setup.snapshot);
	assert_non_null(other);
	*other = *function_at(&setup, 0);
	strcpy(other->bdf, "0000:03:00.0");
	strcpy(other->upstream, "0000:00:03.0");
	other->physfn[0] = '\0';
	other->group = 6;
	function_at(&setup, 0)->has_reset = false;
	assert_int_equal(method_list_parse("flr pm", &other->methods), 0);
	assert_null(filter_add_function(&setup.filter, "0000:03:00.0"));
	make(&setup);
	assert_int_equal(setup.plan.step_count, 3);
	for (size_t j = 0; j < setup.plan.step_count; j++) {
		assert_int_equal(setup.plan.steps[j].function_count, 1);
		assert_true(setup.plan.steps[j].as_listed ==
			    streq(setup.plan.steps[j].functions[0]->bdf, TWO));
	}
	end(&setup);

	/* Alone in its list, it needs no selecting. */
	make_pf(&setup, "bus");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 2);
	assert_false(setup.plan.steps[1].as_listed);
	end(&setup);
}

static void vf_that_shows_nothing(void **state)
{
	struct setup setup;

	(void)state;
	/* Where the PF has no ATS, the VF's own is of no use. */
	for (int without = 0; without < 2; without++) {
		make_vf(&setup, "flr");
		function_at(&setup, without)->ats = TRI_NO;
		make(&setup);
		assert_string_equal(skipped(&setup, ONE), "no-ats");
		assert_int_equal(setup.plan.step_count, 0);
		end(&setup);

		make_vf(&setup, "flr");
		function_at(&setup, without)->ats = TRI_UNKNOWN;
		make(&setup);
		assert_string_equal(skipped(&setup, ONE), "ats-unknown");
		assert_int_equal(setup.plan.step_count, 0);
		end(&setup);
	}
	/* A kernel that blocks nothing has no gate. */
	make_vf(&setup, "flr");
	function_at(&setup, 0)->ats = TRI_NO;
	deny_prepare(&setup);
	make(&setup);
	assert_int_equal(setup.plan.step_count, 1);
	end(&setup);

	make_vf(&setup, "");
	make(&setup);
	assert_string_equal(skipped(&setup, ONE), "no-reset");
	end(&setup);
}

static void begin_vfio(struct setup *setup)
{
	begin(setup, SCENARIO_VFIO);
	setup->snapshot.host.vfio = setup->snapshot.host.vfio_pci = true;
	setup->snapshot.host.vfio_type1 = true;
}

/* Each method of each function, and its bus where it is alone behind it. */
static void give_to_vfio(void **state)
{
	static const enum write_role roles[] = {
		WRITE_UNBIND,	     WRITE_SELECT,  WRITE_OVERRIDE,
		WRITE_VFIO_BIND,     WRITE_TRIGGER, WRITE_VFIO_UNBIND,
		WRITE_OVERRIDE_BACK, WRITE_RESTORE, WRITE_BIND,
	};
	struct planned_write writes[PLANNED_WRITES_MAX];
	struct setup setup;

	(void)state;
	begin_vfio(&setup);
	setup.options.driver = DRIVER_UNBIND;
	strcpy(function_at(&setup, 0)->driver, "e1000e");
	/* It needs no more than not to be used. */
	strcpy(function_at(&setup, 1)->driver, "vfio-pci");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 4);
	assert_string_equal(skipped(&setup, TWO), "group-driven");
	assert_int_equal(plan_writes(&setup.plan.steps[0], 0, writes), ARRAY_SIZE(roles));
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		assert_int_equal(writes[i].role, roles[i]);
	assert_write(&writes[2], WRITE_OVERRIDE, "sys/bus/pci/devices/" ONE "/driver_override",
		     "vfio-pci");
	assert_write(&writes[3], WRITE_VFIO_BIND, "sys/bus/pci/drivers/vfio-pci/bind", ONE);
	assert_write(&writes[4], WRITE_TRIGGER, "dev/vfio/5", "VFIO_DEVICE_RESET");
	assert_write(&writes[5], WRITE_VFIO_UNBIND, "sys/bus/pci/drivers/vfio-pci/unbind", ONE);
	/* All methods stay for a hot reset. */
	assert_string_equal(setup.plan.steps[3].method, "hot_reset");
	assert_int_equal(plan_writes(&setup.plan.steps[3], 0, writes), ARRAY_SIZE(roles) - 2);
	assert_write(&writes[3], WRITE_TRIGGER, "dev/vfio/5", "VFIO_DEVICE_PCI_HOT_RESET");
	end(&setup);

	begin_vfio(&setup);
	strcpy(function_at(&setup, 1)->upstream, "0000:00:01.0");
	make(&setup);
	assert_int_equal(setup.plan.step_count, 6);
	assert_int_equal(setup.plan.skip_count, 2);
	assert_string_equal(skipped(&setup, ONE), "hot-reset-mates");
	end(&setup);

	begin_vfio(&setup);
	assert_null(filter_add_method(&setup.filter, "flr"));
	make(&setup);
	assert_int_equal(setup.plan.step_count, 2);
	assert_int_equal(setup.plan.skip_count, 0);
	end(&setup);
}

static void give_nothing_to_vfio(void **state)
{
	static const char *const reasons[] = {
		"no-vfio",  "no-vfio",	    "no-vfio",	    "no-iommu",
		"no-reset", "group-driven", "group-driven", "group-in-use",
	};
	struct setup setup;

	(void)state;
	for (size_t kind = 0; kind < ARRAY_SIZE(reasons); kind++) {
		begin_vfio(&setup);
		setup.options.driver = DRIVER_KEEP;
		if (kind == 0)
			setup.snapshot.host.vfio = false;
		else if (kind == 1)
			setup.snapshot.host.vfio_pci = false;
		else if (kind == 2)
			setup.snapshot.host.vfio_type1 = false;
		else if (kind == 3)
			function_at(&setup, 0)->group = NO_GROUP;
		else if (kind == 4)
			function_at(&setup, 0)->has_reset = false;
		else if (kind == 5)
			strcpy(function_at(&setup, 0)->driver, "nvme");
		else if (kind == 6)
			strcpy(function_at(&setup, 1)->driver, "nvme");
		else
			assert_non_null(function_add_use(function_at(&setup, 1), USE_VFIO, "x"));
		if (kind == 7) {
			setup.options.force_in_use = true;
			assert_null(filter_add_function(&setup.filter, ONE));
		}
		make(&setup);
		assert_string_equal(skipped(&setup, ONE), reasons[kind]);
		end(&setup);
	}
}

/* What keeps a PASID from being tried, in the order in which it can be changed. */
static void pasid_obstacles(void **state)
{
	static const char *const reasons[] = {
		"no-pasid",
		"pasid-unknown",
		"no-ats",
		"no-iommu",
		"pasid-disabled",
		"pasid-disabled",
		"iommu-without-pasid",
		"no-iommufd",
		"no-iommufd",
		"pasid-not-attached",
	};
	struct setup setup;

	(void)state;
	for (size_t kind = 0; kind < ARRAY_SIZE(reasons); kind++) {
		struct function *function;

		begin(&setup, SCENARIO_PASID);
		function = function_at(&setup, 0);
		function->pasid = kind == 0 ? TRI_NO : kind == 1 ? TRI_UNKNOWN : TRI_YES;
		function->ats = tri_of(kind != 2);
		function->group = kind == 3 ? NO_GROUP : 5;
		function->pasid_enabled = kind == 4 ? TRI_NO : kind == 5 ? TRI_UNKNOWN : TRI_YES;
		function->iommu_pasid = kind == 6 ? TRI_NO : TRI_UNKNOWN;
		setup.snapshot.host.iommufd = kind > 7;
		setup.snapshot.host.vfio_devices = kind > 8;
		make(&setup);
		assert_string_equal(skipped(&setup, ONE), reasons[kind]);
		assert_int_equal(setup.plan.step_count, 0);
		end(&setup);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probe_alone_and_beside_a_sibling),
		cmocka_unit_test(probe_without_a_sibling),
		cmocka_unit_test(probe_nothing_that_works),
		cmocka_unit_test(probe_what_shows_nothing),
		cmocka_unit_test(probe_where_the_bus_is_masked),
		cmocka_unit_test(attach_in_the_middle),
		cmocka_unit_test(attach_beside_drivers),
		cmocka_unit_test(attach_nowhere),
		cmocka_unit_test(reset_under_a_driver),
		cmocka_unit_test(what_goes_through),
		cmocka_unit_test(under_no_driver),
		cmocka_unit_test(vf_by_each_method),
		cmocka_unit_test(vf_that_shows_nothing),
		cmocka_unit_test(pf_after_its_vfs),
		cmocka_unit_test(pf_with_a_list_of_old),
		cmocka_unit_test(give_to_vfio),
		cmocka_unit_test(give_nothing_to_vfio),
		cmocka_unit_test(pasid_obstacles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
