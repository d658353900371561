// SPDX-License-Identifier: GPL-2.0-or-later
/* BTF, which libbpf takes apart. */
#include "fuzz.h"
#include "kernel/btf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kernel_facts facts = KERNEL_FACTS_INIT;
	char *copy = fuzz_text(data, size);
	int r = btf_read_facts((struct bytes){(unsigned char *)copy, size}, &facts);

	if (r < 0)
		MUST(facts.prepare == TRI_UNKNOWN && facts.reset_depth == TRI_UNKNOWN);
	(void)facts_judge(&facts, NULL);
	free(copy);
	return 0;
}
