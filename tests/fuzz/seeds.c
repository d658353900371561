// SPDX-License-Identifier: GPL-2.0-or-later
/* Usage: seeds DIR: makes DIR/btf and DIR/image, the samples of the kernel tests. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/attr.h"
#include "kernel_samples.h"

static const char *top;

static void put(const char *target, const char *name, struct sample sample)
{
	_cleanup_free_ char *path = NULL;
	FILE *file;

	if (asprintf(&path, "%s/%s", top, target) < 0)
		abort();
	if (mkdir(path, 0777) < 0 && errno != EEXIST)
		abort();
	free(path);
	if (asprintf(&path, "%s/%s/%s", top, target, name) < 0)
		abort();
	file = fopen(path, "w");
	if (!file || fwrite(sample.data, 1, sample.length, file) != sample.length ||
	    fclose(file) == EOF) {
		perror(path);
		exit(1);
	}
	free(sample.data);
}

static void put_btf(const char *name, const struct btf_shape *shape)
{
	put("btf", name, sample_btf(shape));
}

static void put_images(const char *name, enum sample_compression compression)
{
	static const char text[] = "DMA-aliased sibling may be prematurely unblocked";
	struct sample btf = sample_btf(&shape_fixed);
	struct sample elf =
		sample_elf(sample_bytes(btf),
			   (struct bytes){(const unsigned char *)text, sizeof(text)}, true, false);
	struct sample packed = sample_compress(sample_bytes(elf), compression);
	_cleanup_free_ char *bzimage = NULL, *zboot = NULL, *uki = NULL;

	if (asprintf(&bzimage, "bzimage-%s", name) < 0 || asprintf(&zboot, "zboot-%s", name) < 0 ||
	    asprintf(&uki, "uki-%s", name) < 0)
		abort();
	put("image", bzimage, sample_bzimage(sample_bytes(packed)));
	put("image", zboot, sample_zboot(sample_bytes(packed)));
	put("image", uki, sample_uki(sample_bytes(packed), sample_bytes(elf)));
	put("image", name, packed);
	free(elf.data);
	free(btf.data);
}

int main(int argc, char **argv)
{
	struct btf_shape big = {.prepare = true, .done = true, .big_endian = true};
	struct btf_shape anonymous = {.prepare = true, .reset_depth = true, .anonymous = true};
	struct bytes none = {0};
	struct sample btf;

	if (argc != 2)
		return 2;
	top = argv[1];
	put_btf("absent", &shape_absent);
	put_btf("vulnerable", &shape_vulnerable);
	put_btf("partial", &shape_partial);
	put_btf("fixed", &shape_fixed);
	put_btf("big-endian", &big);
	put_btf("anonymous", &anonymous);
	put_images("plain", SAMPLE_PLAIN);
	put_images("gzip", SAMPLE_GZIP);
	put_images("xz", SAMPLE_XZ);
	put_images("zstd", SAMPLE_ZSTD);
	put_images("lz4", SAMPLE_LZ4);
	btf = sample_btf(&shape_vulnerable);
	put("image", "arm64", sample_arm64(sample_bytes(btf), none));
	put("image", "elf32", sample_elf(sample_bytes(btf), none, false, true));
	free(btf.data);
	return 0;
}
