// SPDX-License-Identifier: GPL-2.0-or-later
/* Kernel images of every kind, compressed and not. */
#include "fuzz.h"
#include "kernel/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_strbuf_ struct strbuf error = {0};
	struct kernel_image image = {0};
	char *copy = fuzz_text(data, size);
	struct kernel_facts facts = KERNEL_FACTS_INIT;

	if (image_open((struct bytes){(unsigned char *)copy, size}, &image, &error) == 0) {
		image_read_facts(&image, &facts);
		(void)facts_judge(&facts, NULL);
	} else {
		/* Whoever asked is told. */
		MUST(error.length_bytes > 0);
	}
	image_close(&image);
	free(copy);
	return 0;
}
