// SPDX-License-Identifier: GPL-2.0-or-later
/* Configuration spaces before and after a reset: the second differs from the first as told. */
#include "fuzz.h"
#include "judge/config_space.h"
#include "judge/config_walk.h"

static void walk(const struct config_space *config)
{
	for (unsigned int id = 0; id < 0x40; id++) {
		MUST(config_capability(config, id) < 256);
		MUST(config_extended(config, id) < CONFIG_BYTES_MAX);
	}
	MUST(config_cxl_port(config) < CONFIG_BYTES_MAX);
	(void)config_all_ones(config);
	(void)config_value(config, config->length_bytes - 1, 4);
}

/* The input: how long the spaces are, changes of three bytes up to the first 0xffff, the bytes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned int lengths[] = {0, 64, 256, 4096};
	static struct config_space before, after;
	_cleanup_result_ struct run_result owner = {.steps = calloc(1, sizeof(*owner.steps)),
						    .step_count = 1};
	size_t at = 1, changes;

	MUST(owner.steps);
	if (size < 3)
		return 0;
	memset(&before, 0, sizeof(before));
	before.readable = true;
	before.length_bytes = lengths[data[0] & 3];
	while (at + 3 <= size && (data[at] != 0xff || data[at + 1] != 0xff))
		at += 3;
	changes = at;
	at = at + 2 < size ? at + 2 : size;
	memcpy(before.bytes, data + at,
	       size - at < CONFIG_BYTES_MAX ? size - at : CONFIG_BYTES_MAX);
	after = before;
	after.length_bytes = lengths[data[0] >> 2 & 3];
	for (size_t i = 1; i + 3 <= changes; i += 3)
		after.bytes[(data[i] << 8 | data[i + 1]) % CONFIG_BYTES_MAX] ^= data[i + 2];
	walk(&before);
	walk(&after);
	MUST(config_compare(&owner.steps[0], "0000:01:00.0", &before, &after, data[0] & 16) == 0);
	return 0;
}
