// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/attr.h"
#include "kernel/btf.h"
#include "kernel/btf_locate.h"
#include "kernel_samples.h"

#ifdef HAVE_BTF

static struct kernel_facts read_shape(const struct btf_shape *shape)
{
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	struct sample btf = sample_btf(shape);

	assert_int_equal(btf_read_facts(sample_bytes(btf), &facts), 0);
	free(btf.data);
	return facts;
}

static enum static_verdict verdict_of(const struct btf_shape *shape)
{
	struct kernel_facts facts = read_shape(shape);

	return facts_judge(&facts, NULL);
}

static void test_shapes(void **state)
{
	struct btf_shape bare = {.prepare = true, .done = true};

	(void)state;
	assert_int_equal(verdict_of(&shape_absent), STATIC_NOT_AFFECTED);
	assert_int_equal(verdict_of(&shape_vulnerable), STATIC_VULNERABLE);
	assert_int_equal(verdict_of(&shape_partial), STATIC_VULNERABLE);
	assert_int_equal(verdict_of(&shape_fixed), STATIC_FIXED);
	assert_int_equal(verdict_of(&bare), STATIC_UNKNOWN);
}

static void test_members(void **state)
{
	struct kernel_facts facts = read_shape(&shape_partial);

	(void)state;
	assert_int_equal(facts.prepare, TRI_YES);
	assert_int_equal(facts.done, TRI_YES);
	assert_int_equal(facts.resetting_domain, TRI_NO);
	assert_int_equal(facts.recovery_cnt, TRI_YES);
	assert_int_equal(facts.blocked, TRI_YES);
	assert_int_equal(facts.reset_depth, TRI_NO);
	assert_int_equal(facts.alias_message, TRI_UNKNOWN);
	assert_string_equal(facts.note, "");
}

static void test_offsets(void **state)
{
	struct kernel_facts facts = read_shape(&shape_fixed);
	struct btf_shape no_pci = {.prepare = true, .no_pci = true};

	(void)state;
	assert_int_equal(facts.offsets.pci_dev_name, 224);
	assert_int_equal(facts.offsets.device_name, 24);
	assert_int_equal(facts.offsets.domain_type, 4);
	facts = read_shape(&no_pci);
	assert_int_equal(facts.offsets.pci_dev_name, -1);
	assert_int_equal(facts.offsets.device_name, -1);
	assert_int_equal(facts.offsets.domain_type, -1);
}

static void test_declarations_and_copies(void **state)
{
	struct btf_shape shape = shape_fixed;

	(void)state;
	shape.forward_first = true;
	assert_int_equal(verdict_of(&shape), STATIC_FIXED);
	shape.group_twice = true;
	assert_int_equal(read_shape(&shape).recovery_cnt, TRI_YES);
	shape = shape_vulnerable;
	shape.group_twice = true;
	assert_int_equal(verdict_of(&shape), STATIC_VULNERABLE);
	/* Only the declaration: whether it has the members is not known. */
	shape.forward_first = true;
	shape.group_twice = false;
	shape.no_group = true;
	assert_int_equal(read_shape(&shape).resetting_domain, TRI_UNKNOWN);
	assert_int_equal(verdict_of(&shape), STATIC_UNKNOWN);
}

static void test_anonymous_members(void **state)
{
	struct btf_shape shape = shape_fixed;

	(void)state;
	shape.anonymous = true;
	assert_int_equal(verdict_of(&shape), STATIC_FIXED);
}

/* A vendor's own way to count: it may be the fix, so that the first version's state proves nothing.
 */
static void test_other_counters(void **state)
{
	static const struct {
		const struct btf_shape *base;
		const char *in_group, *in_group_device, *in_pci_dev, *named;
		enum static_verdict verdict;
	} cases[] = {
		{&shape_vulnerable, "reset_depth", NULL, NULL, "iommu_group.reset_depth",
		 STATIC_UNKNOWN},
		{&shape_vulnerable, "reset_cnt", NULL, NULL, "iommu_group.reset_cnt",
		 STATIC_UNKNOWN},
		{&shape_vulnerable, NULL, "nested", NULL, "group_device.nested", STATIC_UNKNOWN},
		{&shape_partial, NULL, "reset_cnt", NULL, "group_device.reset_cnt", STATIC_UNKNOWN},
		{&shape_partial, NULL, NULL, "iommu_reset_nesting", "pci_dev.iommu_reset_nesting",
		 STATIC_UNKNOWN},
		{&shape_fixed, "reset_cnt", NULL, NULL, NULL, STATIC_FIXED},
		{&shape_absent, "reset_cnt", NULL, NULL, NULL, STATIC_NOT_AFFECTED},
		/* These count nothing of the kind. */
		{&shape_vulnerable, "owner_cnt", NULL, NULL, NULL, STATIC_VULNERABLE},
		{&shape_vulnerable, "blocking_domain", NULL, NULL, NULL, STATIC_VULNERABLE},
		{&shape_vulnerable, "iommu_data", NULL, NULL, NULL, STATIC_VULNERABLE},
		{&shape_vulnerable, "vendor_reserved1", NULL, NULL, NULL, STATIC_VULNERABLE},
		{&shape_vulnerable, NULL, NULL, "reset_methods", NULL, STATIC_VULNERABLE},
		{&shape_vulnerable, NULL, NULL, "enable_cnt", NULL, STATIC_VULNERABLE},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct btf_shape shape = *cases[i].base;
		struct kernel_facts facts;

		shape.in_group = cases[i].in_group;
		shape.in_group_device = cases[i].in_group_device;
		shape.in_pci_dev = cases[i].in_pci_dev;
		for (int j = 0; j < 2; j++, shape.anonymous = true) {
			facts = read_shape(&shape);
			assert_int_equal(facts_judge(&facts, NULL), cases[i].verdict);
			if (cases[i].named)
				assert_non_null(strstr(facts.note, cases[i].named));
			else
				assert_string_equal(facts.note, "");
		}
	}
}

static void test_missing_structures(void **state)
{
	struct btf_shape shape = shape_fixed;
	struct kernel_facts facts;

	(void)state;
	shape.no_group_device = true;
	facts = read_shape(&shape);
	assert_int_equal(facts.reset_depth, TRI_UNKNOWN);
	assert_non_null(strstr(facts.note, "group_device"));
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
}

static void test_not_a_whole_kernel(void **state)
{
	struct btf_shape no_functions = {.no_functions = true};
	struct btf_shape module = {.no_pci = true, .no_group = true};
	struct btf_shape hidden = shape_vulnerable;
	struct kernel_facts facts;

	(void)state;
	facts = read_shape(&no_functions);
	assert_int_equal(facts.prepare, TRI_UNKNOWN);
	assert_non_null(strstr(facts.note, "functions"));
	facts = read_shape(&module);
	assert_int_equal(facts.prepare, TRI_UNKNOWN);
	assert_true(facts.note[0]);
	/* The state is there, so the functions must be: never "not affected". */
	hidden.prepare = hidden.done = false;
	facts = read_shape(&hidden);
	assert_int_equal(facts.prepare, TRI_UNKNOWN);
	assert_true(facts.note[0]);
}

static void test_other_byte_order(void **state)
{
	struct btf_shape shape = shape_partial;
	struct kernel_facts facts;

	(void)state;
	shape.big_endian = true;
	facts = read_shape(&shape);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_VULNERABLE);
	assert_int_equal(facts.offsets.pci_dev_name, 224);
}

static void refused(struct sample btf)
{
	struct kernel_facts facts = KERNEL_FACTS_INIT;

	assert_int_equal(btf_read_facts(sample_bytes(btf), &facts), -EINVAL);
	assert_int_equal(facts.prepare, TRI_UNKNOWN);
	assert_non_null(strstr(facts.note, "cannot be read"));
	for (const char *c = facts.note; *c; c++)
		assert_in_range(*c, ' ', '~');
}

static void test_unknown_kind(void **state)
{
	struct sample btf = sample_btf(&shape_fixed);

	(void)state;
	/* Kind 31 in the first type, which follows the header of 24 bytes. */
	btf.data[24 + 7] = 0x1f;
	refused(btf);
	free(btf.data);
}

static void test_damaged(void **state)
{
	struct sample whole = sample_btf(&shape_fixed);
	struct kernel_facts facts = KERNEL_FACTS_INIT;

	(void)state;
	for (size_t length = 0; length < whole.length; length++) {
		/* Of exactly this size, so that reading past it is seen. */
		struct sample part = {malloc(length ? length : 1), length};

		memcpy(part.data, whole.data, length);
		refused(part);
		free(part.data);
	}
	for (size_t at = 0; at < whole.length; at++)
		for (int bit = 0; bit < 8; bit++) {
			whole.data[at] ^= (unsigned char)(1 << bit);
			facts = (struct kernel_facts)KERNEL_FACTS_INIT;
			if (btf_read_facts(sample_bytes(whole), &facts) < 0)
				assert_true(facts.note[0]);
			whole.data[at] ^= (unsigned char)(1 << bit);
		}
	free(whole.data);
}

/* Small data that asks for 40 million lookups: refused in no time. */
static void test_endless(void **state)
{
	struct sample btf = sample_btf_endless();

	(void)state;
	refused(btf);
	free(btf.data);
}

static void test_scan(void **state)
{
	static const unsigned char magic[] = {0x9f, 0xeb, 1, 0};
	struct sample btf = sample_btf(&shape_fixed), small = sample_btf(&shape_absent);
	size_t gap = 37, length = gap + small.length + gap + btf.length + gap;
	unsigned char *image = calloc(1, length);
	struct bytes found;

	(void)state;
	memcpy(image, magic, sizeof(magic));
	memcpy(image + gap, small.data, small.length);
	memcpy(image + gap + small.length + gap, btf.data, btf.length);
	assert_true(btf_scan((struct bytes){image, length}, &found));
	assert_ptr_equal(found.data, image + gap + small.length + gap);
	assert_int_equal(found.length, btf.length);
	assert_false(btf_scan((struct bytes){image, gap}, &found));
	assert_false(btf_scan((struct bytes){NULL, 0}, &found));
	free(image);
	free(btf.data);
	free(small.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_members),
		cmocka_unit_test(test_offsets),
		cmocka_unit_test(test_declarations_and_copies),
		cmocka_unit_test(test_anonymous_members),
		cmocka_unit_test(test_other_counters),
		cmocka_unit_test(test_missing_structures),
		cmocka_unit_test(test_not_a_whole_kernel),
		cmocka_unit_test(test_other_byte_order),
		cmocka_unit_test(test_unknown_kind),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_scan),
	};

	return cmocka_run_group_tests_name("BTF", tests, NULL, NULL);
}

#else

static void test_built_without(void **state)
{
	struct kernel_facts facts = KERNEL_FACTS_INIT;

	(void)state;
	assert_int_equal(btf_read_facts((struct bytes){NULL, 0}, &facts), -EOPNOTSUPP);
	assert_int_equal(facts.prepare, TRI_UNKNOWN);
	assert_non_null(strstr(facts.note, "without BTF"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_built_without)};

	return cmocka_run_group_tests_name("BTF, built without", tests, NULL, NULL);
}

#endif
