/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small kernels made for the tests: BTF of any shape, and the files that carry it. */
#ifndef KERNEL_SAMPLES_H
#define KERNEL_SAMPLES_H

#include <stdbool.h>

#include "kernel/bytes.h"

/* Which parts the BTF gets; all false: a kernel with PCI and IOMMU groups, without prepare/done. */
struct btf_shape {
	bool prepare, done;
	bool resetting_domain, recovery_cnt, blocked, reset_depth;
	bool no_group, no_group_device, no_pci, no_functions;
	bool forward_first; /* struct iommu_group also, and first, as a forward declaration */
	bool group_twice;   /* and a second time as a structure without any of the members */
	bool anonymous;	    /* the members lie in an anonymous union */
	bool big_endian;
	const char *in_group, *in_group_device, *in_pci_dev; /* one more member; NULL: none */
};

extern const struct btf_shape shape_absent, shape_vulnerable, shape_partial, shape_fixed;

/* An owned buffer; free(data). */
struct sample {
	unsigned char *data;
	size_t length;
};

static inline struct bytes sample_bytes(struct sample sample)
{
	return (struct bytes){sample.data, sample.length};
}

struct sample sample_btf(const struct btf_shape *shape);

/* Many structures with many anonymous members that are all the same large structure. */
struct sample sample_btf_endless(void);

#define SAMPLE_RELEASE "7.0.4-sample"
#define SAMPLE_BANNER "Linux version " SAMPLE_RELEASE " (builder) #1 SMP\n"

enum sample_compression { SAMPLE_PLAIN, SAMPLE_GZIP, SAMPLE_XZ, SAMPLE_ZSTD, SAMPLE_LZ4 };

/* @in compressed, with its size appended as the kernel's build does. */
struct sample sample_compress(struct bytes in, enum sample_compression compression);

/*
 * An ELF file with the sections .BTF (when @btf is not empty) and .rodata with the banner and
 * @text.
 */
struct sample sample_elf(struct bytes btf, struct bytes text, bool is64, bool big_endian);

/* An arm64 Image: banner, @text and BTF without a section table. */
struct sample sample_arm64(struct bytes btf, struct bytes text);

struct sample sample_bzimage(struct bytes payload);
struct sample sample_zboot(struct bytes payload);
/* A PE file with the sections .uname, .linux and, when it is not empty, .initrd. */
struct sample sample_uki(struct bytes linux_image, struct bytes initrd);

#endif
