// SPDX-License-Identifier: GPL-2.0-or-later
/* Texts of the kernel. The first byte of an input says which one it is. */
#include "base/strbuf.h"
#include "fuzz.h"
#include "kernel/kallsyms.h"
#include "observe/counter_irq.h"
#include "observe/pstore.h"
#include "snapshot/algorithms.h"
#include "snapshot/mounts.h"

static void read_mounts(char *text, bool swaps)
{
	_cleanup_mounts_ struct mounts mounts = {0};

	if (swaps)
		(void)!mounts_parse_swaps(&mounts, text);
	else if (mounts_parse(&mounts, text) == 0)
		for (size_t i = 0; i < mounts.count; i++)
			MUST(mounts.list[i].target && mounts.list[i].type);
}

/* /proc/interrupts, and /proc/stat behind an empty line. */
static void read_interrupts(char *text)
{
	static char names[][16] = {"dmar0", "14"};
	static char *const list[] = {names[0], names[1]};
	const struct irq_devices devices = {list, ARRAY_SIZE(list)};
	_cleanup_readings_ struct readings readings = {0};
	char *rest = strstr(text, "\n\n");
	FILE *interrupts, *stat = NULL;

	if (rest) {
		*rest = '\0';
		stat = fmemopen(rest + 2, strlen(rest + 2) + 1, "r");
	}
	interrupts = fmemopen(text, strlen(text) + 1, "r");
	MUST(interrupts && irq_add(&readings, interrupts, stat, &devices) == 0);
	for (size_t i = 0; i < readings.count; i++)
		MUST(strncmp(readings.items[i].name, "irq:", 4) == 0);
	fclose(interrupts);
	if (stat)
		fclose(stat);
}

static void read_aer(const char *text)
{
	_cleanup_readings_ struct readings readings = {0};

	MUST(readings_add_aer(&readings, "aer:0000:01:00.0:fatal", text) == 0);
	MUST(readings_has(&readings, "aer:0000:01:00.0:fatal"));
}

static void read_algorithms(char *text)
{
	_cleanup_algorithms_ struct algorithms algorithms = {0};

	(void)!algorithms_parse(text, &algorithms);
	for (size_t i = 0; i < algorithms.count; i++)
		MUST(algorithms.list[i].module[0] && !strchr(algorithms.list[i].module, '/'));
}

static void read_pstore(const char *text)
{
	struct pstore_mark mark = {0};

	if (pstore_parse(text, &mark) > 0)
		MUST(strnlen(mark.functions, sizeof(mark.functions)) < sizeof(mark.functions));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kallsyms found;
	char *text;

	if (size == 0)
		return 0;
	text = fuzz_text(data + 1, size - 1);
	switch (*data) {
	case 'm':
		read_mounts(text, false);
		break;
	case 's':
		read_mounts(text, true);
		break;
	case 'i':
		read_interrupts(text);
		break;
	case 'a':
		read_aer(text);
		break;
	case 'p':
		read_pstore(text);
		break;
	case 'c':
		read_algorithms(text);
		break;
	case 'k':
		(void)!kallsyms_parse((struct bytes){(unsigned char *)text, size - 1}, &found);
		break;
	default:
		break;
	}
	free(text);
	return 0;
}
