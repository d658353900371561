// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "kernel/btf.h"
#include "kernel/image.h"

/* 15dd29ca6206, in done() */
#define ALIAS_MESSAGE "DMA-aliased sibling may be prematurely unblocked"

static bool has_text(const struct kernel_image *image, const char *text, size_t length)
{
	size_t offset = 0;

	return bytes_find(image->data, text, length, &offset);
}

/* True when the image exports @name to modules: __ksymtab_strings holds it between two NULs. */
static bool exports(const struct kernel_image *image, const char *name)
{
	char needle[64];
	int length = snprintf(needle, sizeof(needle), "%c%s", '\0', name);

	return has_text(image, needle, (size_t)length + 1);
}

static bool has_caller_message(const struct kernel_image *image)
{
	static const char message[] = "failed to stop IOMMU";

	return has_text(image, message, sizeof(message) - 1);
}

/* What has the message of those who call prepare has prepare, whatever it is called there. */
static void doubt_absence(const struct kernel_image *image, struct kernel_facts *facts)
{
	if (facts->prepare != TRI_NO ||
	    (!has_caller_message(image) && !exports(image, "pci_dev_reset_iommu_prepare")))
		return;
	facts->prepare = facts->done = TRI_UNKNOWN;
	snprintf(facts->note, sizeof(facts->note),
		 "BTF lists no pci_dev_reset_iommu_prepare(), but the image has what calls it");
}

/*
 * kallsyms is packed in images. What is left are the names of exported functions, which a trimmed
 * kernel may lack, and the message of the callers; only both absences together mean no.
 */
static void read_strings(const struct kernel_image *image, struct kernel_facts *facts)
{
	static const char core[] = "ms after %s; giving up";
	bool message = has_caller_message(image);
	bool has_core =
		has_text(image, core, sizeof(core) - 1) && exports(image, "pci_reset_function");

	if (exports(image, "pci_dev_reset_iommu_prepare") || message)
		facts->prepare = TRI_YES;
	else if (has_core && !exports(image, EARLIER_PREPARE))
		facts->prepare = TRI_NO;
	if (exports(image, "pci_dev_reset_iommu_done"))
		facts->done = TRI_YES;
	else if (facts->prepare == TRI_NO)
		facts->done = TRI_NO;
}

void image_read_facts(const struct kernel_image *image, struct kernel_facts *facts)
{
	int r = -ENOENT;

	*facts = (struct kernel_facts)KERNEL_FACTS_INIT;
	memcpy(facts->release, image->release, sizeof(facts->release));
	snprintf(facts->source, sizeof(facts->source), "%s",
		 image->btf.data == image->data.data ? "btf-file" : "image");
	if (image->btf.length)
		r = btf_read_facts(image->btf, facts);
	if (image->btf.data == image->data.data)
		return;
	facts->alias_message = tri_of(has_text(image, ALIAS_MESSAGE, sizeof(ALIAS_MESSAGE) - 1));
	if (r == 0) {
		doubt_absence(image, facts);
		return;
	}
	read_strings(image, facts);
	if (r == -ENOENT)
		snprintf(facts->note, sizeof(facts->note),
			 "the image has no BTF: only names and messages in it could be read");
}
