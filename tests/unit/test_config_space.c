// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/attr.h"
#include "judge/config_registers.h"
#include "judge/config_space.h"
#include "judge/config_walk.h"

#define NIC "0000:01:00.0"

/* Where the capabilities stand below. */
#define EXPRESS 0x40
#define MSI 0x80
#define MSIX 0x98
#define POWER 0xa8
#define AER 0x100
#define ATS 0x148
#define ACS 0x158
#define SRIOV 0x168
#define REBAR 0x1a8
#define LTR 0x1c8
#define L1SS 0x1d0
#define PASID 0x1e0
#define PRI 0x1e8
#define DVSEC_OTHER 0x200
#define DVSEC_PORT 0x210

static void put(struct config_space *config, unsigned int at, uint32_t value, unsigned int bytes)
{
	for (unsigned int i = 0; i < bytes; i++)
		config->bytes[at + i] = (uint8_t)(value >> (8 * i));
}

static void extended(struct config_space *config, unsigned int at, unsigned int id,
		     unsigned int next)
{
	put(config, at, id | 1U << 16 | next << 20, 4);
}

static void put_extended(struct config_space *config)
{
	extended(config, AER, 0x01, ATS);
	put(config, AER + 0x08, 0x00400000, 4);
	put(config, AER + 0x0c, 0x00462030, 4);
	put(config, AER + 0x18, 0x00000140, 4);
	extended(config, ATS, 0x0f, ACS);
	put(config, ATS + 6, 0x8000, 2);
	extended(config, ACS, 0x0d, SRIOV);
	put(config, ACS + 6, 0x001d, 2);
	extended(config, SRIOV, 0x10, REBAR);
	put(config, SRIOV + 0x08, 0x0019, 2);
	put(config, SRIOV + 0x10, 2, 2);
	put(config, SRIOV + 0x24, 0xfe600000, 4);
	extended(config, REBAR, 0x15, LTR);
	put(config, REBAR + 8, 0x00000820, 4); /* one BAR */
	put(config, REBAR + 16, 0x00000100, 4);
	extended(config, LTR, 0x18, L1SS);
	put(config, LTR + 4, 0x10031003, 4);
	extended(config, L1SS, 0x1e, PASID);
	put(config, L1SS + 8, 0x0000000f, 4);
	extended(config, PASID, 0x1b, PRI);
	put(config, PASID + 6, 0x0001, 2);
	extended(config, PRI, 0x13, DVSEC_OTHER);
	put(config, PRI + 4, 0x0001, 2);
	put(config, PRI + 12, 0x20, 4);
	extended(config, DVSEC_OTHER, 0x23, DVSEC_PORT);
	put(config, DVSEC_OTHER + 4, 0x00c01e98, 4);
	put(config, DVSEC_OTHER + 8, 8, 2);
	extended(config, DVSEC_PORT, 0x23, 0);
	put(config, DVSEC_PORT + 4, 0x02801e98, 4);
	put(config, DVSEC_PORT + 8, 3, 2);
}

/* A function with every capability that is looked at; a link of width 8 at 8 GT/s. */
static struct config_space usual(void)
{
	struct config_space config = {.readable = true, .length_bytes = CONFIG_BYTES_MAX};

	put(&config, 0x00, 0x10411af4, 4);
	put(&config, 0x04, 0x0006, 2);	   /* memory, bus master */
	put(&config, 0x06, 0x0010, 2);	   /* capability list */
	put(&config, 0x10, 0xfe400000, 4); /* BAR 0 */
	put(&config, 0x24, 0xfe500000, 4); /* BAR 5 */
	put(&config, 0x30, 0xfe700000, 4);
	put(&config, 0x34, EXPRESS, 1);
	put(&config, EXPRESS, 0x0010 | MSI << 8, 2);
	put(&config, EXPRESS + 0x08, 0x2810, 2);
	put(&config, EXPRESS + 0x10, 0x0042, 2);
	put(&config, EXPRESS + 0x12, 0x0083, 2);
	put(&config, EXPRESS + 0x18, 0x0008, 2);
	put(&config, EXPRESS + 0x28, 0x0420, 2);
	put(&config, EXPRESS + 0x30, 0x0003, 2);
	put(&config, MSI, 0x0005 | MSIX << 8, 2);
	put(&config, MSI + 2, 0x0081, 2);
	put(&config, MSI + 4, 0xfee00000, 4);
	put(&config, MSI + 12, 0x4021, 2);
	put(&config, MSIX, 0x0011 | POWER << 8, 2);
	put(&config, MSIX + 2, 0x8003, 2);
	put(&config, MSIX + 4, 0x00000001, 4);
	put(&config, POWER, 0x0001, 2);
	put_extended(&config);
	return config;
}

static struct step_result result;

static int clear(void **state)
{
	(void)state;
	free(result.registers);
	result = (struct step_result){0};
	return 0;
}

static size_t compare(const struct config_space *before, const struct config_space *after,
		      bool driven)
{
	clear(NULL);
	assert_int_equal(config_compare(&result, NIC, before, after, driven), 0);
	return result.register_count;
}

struct edit {
	unsigned int at, value, bytes;
	const char *name;	       /* of the register; NULL: no difference */
	enum register_verdict verdict; /* with no driver bound */
	enum register_verdict driven;  /* with one */
	const char *bits;
};

static const struct edit edits[] = {
	{0x00, 0xffffffff, 4, "Vendor and Device", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{0x04, 0x0002, 2, "Command", REGISTER_NOT_KEPT, REGISTER_DRIVERS, "Bus Master lost"},
	{0x04, 0x0400, 2, "Command", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "Memory Space lost, Bus Master lost, INTx Disable set"},
	{0x06, 0x8010, 2, "Status", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Detected Parity Error set"},
	{0x06, 0x0018, 2, NULL, 0, 0, ""}, /* an interrupt pends */
	{0x08, 0x02000001, 4, "Class and Revision", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{0x0c, 0x10, 1, "Cache Line Size", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{0x0f, 0x80, 1, NULL, 0, 0, ""}, /* BIST */
	{0x10, 0, 4, "BAR 0", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{0x24, 0xffffffff, 4, "BAR 5", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{0x30, 0, 4, "ROM BAR", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{0x3c, 0x0a, 1, "Interrupt Line", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{EXPRESS + 0x08, 0x2010, 2, "Device Control", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "No Snoop lost"},
	{EXPRESS + 0x08, 0x2830, 2, "Device Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "Max Payload Size 0 -> 1"},
	{EXPRESS + 0x0a, 0x0009, 2, "Device Status", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Correctable Error set, Unsupported Request set"},
	{EXPRESS + 0x0a, 0x0010, 2, NULL, 0, 0, ""}, /* auxiliary power */
	{EXPRESS + 0x10, 0x0040, 2, "Link Control", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "ASPM L1 -> off"},
	{EXPRESS + 0x10, 0x0442, 2, "Link Control", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Bandwidth Management Interrupt set"},
	{EXPRESS + 0x10, 0x0052, 2, "Link Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "Link Disable set"},
	{EXPRESS + 0x12, 0x0082, 2, "Link Status", REGISTER_LINK_LESS, REGISTER_LINK_LESS,
	 "Speed 8 GT/s -> 5 GT/s"},
	{EXPRESS + 0x12, 0x0043, 2, "Link Status", REGISTER_LINK_LESS, REGISTER_LINK_LESS,
	 "Width 8 -> 4"},
	{EXPRESS + 0x12, 0x0044, 2, "Link Status", REGISTER_LINK_LESS, REGISTER_LINK_LESS,
	 "Speed 8 GT/s -> 16 GT/s, Width 8 -> 4"},
	{EXPRESS + 0x12, 0x0104, 2, "Link Status", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Speed 8 GT/s -> 16 GT/s, Width 8 -> 16"},
	{EXPRESS + 0x18, 0x0408, 2, "Slot Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "Power Off set"},
	{EXPRESS + 0x18, 0x0048, 2, "Slot Control", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE, ""},
	{EXPRESS + 0x28, 0x0020, 2, "Device Control 2", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "LTR lost"},
	{EXPRESS + 0x30, 0x0001, 2, "Link Control 2", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "Target Speed 8 GT/s -> 2.5 GT/s"},
	{MSI + 2, 0x0080, 2, "MSI Control", REGISTER_NOT_KEPT, REGISTER_DRIVERS, "MSI lost"},
	{MSI + 4, 0xfee01000, 4, "MSI Address", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{MSI + 8, 1, 4, "MSI Address Upper", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{MSI + 12, 0x4022, 2, "MSI Data", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{MSIX + 2, 0x0003, 2, "MSI-X Control", REGISTER_NOT_KEPT, REGISTER_DRIVERS, "MSI-X lost"},
	{MSIX + 2, 0xc003, 2, "MSI-X Control", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Function Mask set"},
	{MSIX + 4, 0x00002001, 4, "MSI-X Table", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{POWER + 4, 0x0003, 2, "Power Management Control", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Power State D0 -> D3hot"},
	{AER + 0x08, 0, 4, "AER Uncorrectable Mask", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{AER + 0x0c, 0, 4, "AER Uncorrectable Severity", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{AER + 0x04, 0x4000, 4, NULL, 0, 0, ""}, /* its status is counted elsewhere */
	{AER + 0x18, 0x00000054, 4, "AER Control", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "First Error 0 -> 20, ECRC Check lost"},
	{ATS + 6, 0x0000, 2, "ATS Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, "ATS lost"},
	{ATS + 6, 0x8001, 2, "ATS Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "Smallest Translation Unit 0 -> 1"},
	{ACS + 6, 0x001c, 2, "ACS Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "Source Validation lost"},
	{ACS + 6, 0x007f, 2, "ACS Control", REGISTER_MAY_CHANGE, REGISTER_MAY_CHANGE,
	 "Translation Blocking set, P2P Egress Control set, Direct Translated P2P set"},
	{SRIOV + 0x08, 0x0009, 2, "SR-IOV Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "ARI lost"},
	{SRIOV + 0x08, 0x0018, 2, "SR-IOV Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "VFs lost"},
	{SRIOV + 0x10, 0, 2, "SR-IOV NumVFs", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{SRIOV + 0x24, 0, 4, "VF BAR 0", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{REBAR + 8, 0x00000420, 4, "Resizable BAR 0", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT,
	 "BAR Size 8 -> 4"},
	{REBAR + 16, 0x00000200, 4, NULL, 0, 0, ""}, /* there is no second one */
	{LTR + 4, 0, 4, "LTR Latencies", REGISTER_NOT_KEPT, REGISTER_DRIVERS, ""},
	{L1SS + 8, 0x0000000e, 4, "L1 Substates Control 1", REGISTER_NOT_KEPT, REGISTER_DRIVERS,
	 "PCI-PM L1.2 lost"},
	{PASID + 6, 0, 2, "PASID Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, "PASID lost"},
	{PRI + 4, 0x0000, 2, "PRI Control", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, "PRI lost"},
	{PRI + 12, 0, 4, "PRI Allocation", REGISTER_NOT_KEPT, REGISTER_NOT_KEPT, ""},
	{DVSEC_OTHER + 12, 1, 2, NULL, 0, 0, ""},
	{DVSEC_PORT + 12, 1, 2, "CXL Port Control", REGISTER_SBR_OPEN, REGISTER_SBR_OPEN,
	 "Unmask SBR set"},
	{0xf0, 0x12345678, 4, NULL, 0, 0, ""}, /* something of its own */
};

static void check_edit(const struct edit *edit, bool driven)
{
	struct config_space before = usual(), after = usual();
	enum register_verdict verdict = driven ? edit->driven : edit->verdict;
	size_t count;

	put(&after, edit->at, edit->value, edit->bytes);
	count = compare(&before, &after, driven);
	if (!edit->name) {
		assert_int_equal(count, 0);
		return;
	}
	if (count != 1)
		fail_msg("%s at 0x%x: %zu differences", edit->name, edit->at, count);
	assert_string_equal(result.registers[0].name, edit->name);
	assert_string_equal(result.registers[0].function, NIC);
	assert_string_equal(result.registers[0].bits, edit->bits);
	if (result.registers[0].verdict != verdict)
		fail_msg("%s: %s", edit->name, register_verdict_names[result.registers[0].verdict]);
	assert_non_null(result.registers[0].why);
}

static void each_register(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(edits); i++) {
		check_edit(&edits[i], false);
		check_edit(&edits[i], true);
	}
}

/* What message interrupts, ATS and L1 substates hold means nothing while they are off. */
static void only_while_switched_on(void **state)
{
	static const struct {
		unsigned int at, off, bytes, also, value;
	} cases[] = {
		{MSI + 2, 0x0080, 2, MSI + 4, 0},	   {MSI + 2, 0x0080, 2, MSI + 12, 0},
		{ATS + 6, 0x0000, 2, ATS + 6, 0x0003},	   {L1SS + 8, 0, 4, L1SS + 12, 0x28},
		{PRI + 4, 0x0000, 2, PRI + 12, 0},	   {SRIOV + 8, 0x0010, 2, SRIOV + 0x24, 0},
		{SRIOV + 8, 0x0000, 2, SRIOV + 8, 0x0010},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct config_space before = usual(), after;

		put(&before, cases[i].at, cases[i].off, cases[i].bytes);
		after = before;
		put(&after, cases[i].also, cases[i].value, 2);
		assert_int_equal(compare(&before, &after, false), 0);
	}
}

/* Without the 64-bit address the data stands where its upper half would. */
static void short_messages(void **state)
{
	struct config_space before = usual(), after;

	(void)state;
	put(&before, MSI + 2, 0x0001, 2);
	after = before;
	put(&after, MSI + 8, 0x4022, 2);
	put(&after, MSI + 12, 0x1234, 2);
	assert_int_equal(compare(&before, &after, false), 1);
	assert_string_equal(result.registers[0].name, "MSI Data");
}

static void the_mask_that_was_open(void **state)
{
	struct config_space before = usual(), after = usual();

	(void)state;
	put(&before, DVSEC_PORT + 12, 1, 2);
	assert_int_equal(compare(&before, &after, true), 1);
	assert_int_equal(result.registers[0].verdict, REGISTER_NOT_KEPT);
	put(&after, DVSEC_PORT + 12, 1, 2);
	assert_int_equal(compare(&before, &after, true), 0);
}

static void texts(void **state)
{
	struct config_space before = usual(), after = usual();
	char text[256];

	(void)state;
	put(&after, 0x04, 0x0002, 2);
	put(&after, 0x10, 0, 4);
	assert_int_equal(compare(&before, &after, false), 2);
	register_change_text(&result.registers[0], text, sizeof(text));
	assert_string_equal(text, "Command: 0x0006 -> 0x0002: Bus Master lost");
	register_change_text(&result.registers[1], text, sizeof(text));
	assert_string_equal(text, "BAR 0: 0xfe400000 -> 0x00000000");
}

static void lengths(void **state)
{
	struct config_space before = usual(), after = usual();

	(void)state;
	/* Without privilege there are 64 bytes, and the capabilities are out of reach. */
	before.length_bytes = after.length_bytes = 64;
	put(&after, EXPRESS + 0x08, 0, 2);
	assert_int_equal(compare(&before, &after, false), 0);
	put(&after, 0x10, 0, 4);
	assert_int_equal(compare(&before, &after, false), 1);
	before = after = usual();
	after.length_bytes = 256;
	assert_int_equal(compare(&before, &after, false), 1);
	assert_string_equal(result.registers[0].name, "Length");
	assert_int_equal(compare(&after, &before, false), 0);
	before.length_bytes = 16;
	assert_int_equal(compare(&before, &after, false), 0);
	before = after = usual();
	put(&after, 0x10, 0, 4);
	after.readable = false;
	assert_int_equal(compare(&before, &after, false), 0);
	assert_int_equal(compare(&after, &before, false), 0);
}

/* Base address registers of a bridge are bus numbers and windows. */
static void bridges(void **state)
{
	struct config_space before = usual(), after;

	(void)state;
	before.bytes[0x0e] = 0x01;
	after = before;
	put(&after, 0x18, 0x00020100, 4);
	assert_int_equal(compare(&before, &after, true), 1);
	assert_string_equal(result.registers[0].name, "Bus Numbers");
	assert_int_equal(result.registers[0].verdict, REGISTER_NOT_KEPT);
	after = before;
	put(&after, 0x3e, 0x0040, 2);
	assert_int_equal(compare(&before, &after, true), 1);
	assert_string_equal(result.registers[0].bits, "Secondary Bus Reset set");
	/* A CardBus bridge has neither. */
	before.bytes[0x0e] = 0x02;
	after = before;
	put(&after, 0x18, 0x00020100, 4);
	assert_int_equal(compare(&before, &after, true), 0);
}

static void a_capability_that_goes(void **state)
{
	struct config_space before = usual(), after = usual();

	(void)state;
	memset(after.bytes + EXPRESS, 0xff, MSI - EXPRESS);
	assert_int_equal(compare(&before, &after, true), 1);
	assert_string_equal(result.registers[0].name, "Capability at 0x040");
	assert_int_equal(result.registers[0].before, 0x10);
	assert_int_equal(result.registers[0].after, 0xff);
	assert_int_equal(result.registers[0].verdict, REGISTER_NOT_KEPT);
	after = usual();
	extended(&after, ATS, 0x0b, ACS);
	assert_int_equal(compare(&before, &after, false), 1);
	assert_int_equal(result.registers[0].after, 0x0b);
}

/* Lists that loop, point outside, or never end. */
static void hostile_lists(void **state)
{
	(void)state;
	for (unsigned int next = 0; next < 256; next++) {
		struct config_space before = usual(), after;

		before.bytes[EXPRESS + 1] = (uint8_t)next;
		before.bytes[EXPRESS] = 0x09;
		extended(&before, AER, 0x0b, (next << 4 | next >> 4) & 0xfff);
		after = before;
		assert_int_equal(compare(&before, &after, false), 0);
		memset(after.bytes + 0x40, (int)next, sizeof(after.bytes) - 0x40);
		assert_true(compare(&before, &after, false) < 200);
	}
}

/* Each capability in turn points back to itself and to the first one. */
static void loops(void **state)
{
	static const unsigned int capabilities[] = {EXPRESS, MSI, MSIX, POWER};
	static const unsigned int more[] = {AER,  ATS,	 ACS, SRIOV,	   REBAR,     LTR,
					    L1SS, PASID, PRI, DVSEC_OTHER, DVSEC_PORT};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(capabilities); i++) {
		struct config_space config = usual();

		config.bytes[capabilities[i] + 1] = (uint8_t)capabilities[i];
		assert_int_equal(config_capability(&config, 0x55), 0);
		config.bytes[capabilities[i] + 1] = EXPRESS;
		assert_int_equal(config_capability(&config, 0x55), 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(more); i++) {
		struct config_space config = usual();

		put(&config, more[i] + 2, 0x0001 | more[i] << 4, 2);
		assert_int_equal(config_extended(&config, 0x5555), 0);
		put(&config, DVSEC_PORT + 8, 9, 2);
		assert_int_equal(config_cxl_port(&config), 0);
	}
}

static void all_ones(void **state)
{
	struct config_space before = usual();
	struct config_space ones = {.readable = true, .length_bytes = CONFIG_BYTES_MAX};

	(void)state;
	memset(ones.bytes, 0xff, sizeof(ones.bytes));
	assert_true(config_all_ones(&ones));
	assert_false(config_all_ones(&before));
	assert_int_equal(compare(&ones, &ones, false), 0);
	assert_int_equal(compare(&ones, &before, false), 0);
	/* The other way round it is lost, and every part of it says so once. */
	assert_true(compare(&before, &ones, false) > 10);
	ones.length_bytes = 0;
	assert_false(config_all_ones(&ones));
}

/* A capability at the very end, whose registers would lie behind it. */
static void a_capability_at_the_end(void **state)
{
	struct config_space before = usual(), after;

	(void)state;
	before.length_bytes = 256;
	put(&before, 0x34, 0xfc, 1);
	put(&before, 0xfc, 0x0010, 2);
	after = before;
	assert_int_equal(compare(&before, &after, false), 0);
	before = usual();
	extended(&before, AER, 0x0b, 0xffc);
	put(&before, 0xffc, 0x0001000f, 4);
	after = before;
	assert_int_equal(compare(&before, &after, false), 0);
}

/* The table itself: registers within their width, fields that do not overlap. */
static void the_table(void **state)
{
	const struct config_row *row;
	size_t count = 0;

	(void)state;
	for (; (row = config_row_at(count)); count++) {
		uint32_t seen = 0, whole = row->width_bytes == 4
						   ? UINT32_MAX
						   : (1U << (8 * row->width_bytes)) - 1;

		assert_in_range(row->width_bytes, 1, 4);
		assert_true(strlen(row->name) < sizeof(result.registers->name));
		assert_non_null(row->why);
		for (const struct config_field *field = row->fields; field && field->mask;
		     field++) {
			assert_non_null(field->name);
			assert_int_equal(field->mask & ~whole, 0);
			assert_int_equal(field->mask & seen, 0);
			seen |= field->mask;
		}
		/* A row of which nothing is looked at is a mistake. */
		assert_true(seen || row->rest != CONFIG_IGNORED);
	}
	assert_true(count > 60);
}

#define TEST(name) cmocka_unit_test_teardown(name, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_register),  TEST(only_while_switched_on),
		TEST(short_messages), TEST(the_mask_that_was_open),
		TEST(texts),	      TEST(lengths),
		TEST(bridges),	      TEST(a_capability_that_goes),
		TEST(hostile_lists),  TEST(loops),
		TEST(all_ones),	      TEST(a_capability_at_the_end),
		TEST(the_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
