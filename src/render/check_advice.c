// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/check.h"

#define FIX                                                                                        \
	"upstream commit 0d5fd7a9323c (\"iommu: Fix nested pci_dev_reset_iommu_prepare/done()\")"

const char *check_meaning(const struct checked_kernel *kernel)
{
	switch (kernel->verdict) {
	case STATIC_FIXED:
		return "A reset may enter the IOMMU protection again while it is in it, as cxl_bus "
		       "and most device_specific resets do, and functions of one group may reset "
		       "at the same time.";
	case STATIC_VULNERABLE:
		if (kernel->facts->resetting_domain == TRI_NO)
			return "cxl_bus and most device_specific resets of functions with ATS "
			       "fail: "
			       "they enter the IOMMU protection twice, and this kernel refuses the "
			       "second time with EBUSY and a warning. A device_specific reset may "
			       "report success without having reset the function.";
		return "cxl_bus and most device_specific resets of functions with ATS fail: they "
		       "enter the IOMMU protection twice, and this kernel refuses the second time "
		       "with EBUSY and a warning. A device_specific reset may report success "
		       "without having reset the function. Of two functions of one IOMMU group "
		       "that reset at the same time, one fails in the same way.";
	case STATIC_NOT_AFFECTED:
		return "Resets do not block the IOMMU in this kernel, so there is nothing that "
		       "could fail by nesting.";
	case STATIC_UNKNOWN:
	default:
		return "Nothing is known about nested resets with this kernel, neither good nor "
		       "bad.";
	}
}

/* A hint and no more: vendors carry the bug and the fix in any version. */
static bool looks_like_first_stable(const char *release)
{
	return starts_with(release, "7.0.") && release[4] >= '0' && release[4] <= '9' &&
	       (release[5] < '0' || release[5] > '9');
}

static const char *unknown_remedy(const struct checked_kernel *kernel)
{
	if (kernel->facts->prepare == TRI_YES && looks_like_first_stable(kernel->facts->release))
		return "The bug is in mainline 7.0.0 to 7.0.9, and this version is one of them: "
		       "that is a hint, no proof. Only the behaviour can tell: boot this kernel "
		       "and use `iommu-resettest run`.";
	if (kernel->path)
		return "Name the vmlinux of this kernel, or its BTF (/sys/kernel/btf/vmlinux where "
		       "it runs). Or boot it and use `iommu-resettest run`, which tells by the "
		       "behaviour.";
	if (!kernel->facts->source[0])
		return "Run this as root, or name the image: `iommu-resettest check --kernel "
		       "/boot/vmlinuz-VERSION`. `iommu-resettest run` tells by the behaviour.";
	return "Only the behaviour can tell: use `iommu-resettest run`.";
}

const char *check_remedy(const struct checked_kernel *kernel)
{
	switch (kernel->verdict) {
	case STATIC_FIXED:
		return "Nothing. To see it at work on a machine's own functions, use "
		       "`iommu-resettest run`.";
	case STATIC_VULNERABLE:
		return "Boot a kernel with " FIX ": mainline 7.1, stable 7.0.10, or a vendor's "
		       "with the fix backported. The same series has the fix of CVE-2026-52952 "
		       "(5474e6e17a26), which this check cannot see.";
	case STATIC_NOT_AFFECTED:
		return "Nothing. When you change to 7.0 or a vendor's kernel with these functions, "
		       "see that it has " FIX ".";
	case STATIC_UNKNOWN:
	default:
		return unknown_remedy(kernel);
	}
}
