// SPDX-License-Identifier: GPL-2.0-or-later
#ifdef HAVE_BTF

#include <bpf/btf.h>
#include <lz4.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "kernel_samples.h"

const struct btf_shape shape_absent = {0};
const struct btf_shape shape_vulnerable = {.prepare = true, .done = true, .resetting_domain = true};
const struct btf_shape shape_partial = {
	.prepare = true, .done = true, .recovery_cnt = true, .blocked = true};
const struct btf_shape shape_fixed = {
	.prepare = true, .done = true, .recovery_cnt = true, .blocked = true, .reset_depth = true};

static int made(int id)
{
	if (id < 0)
		abort();
	return id;
}

struct names {
	const char *name[4];
};

/* A structure of two words, or of a union behind one word, with the members that are not NULL. */
static void add_members(struct btf *btf, int word, const struct btf_shape *shape,
			const char *structure, struct names names)
{
	int box = 0;
	unsigned int offset = 128;

	if (shape->anonymous) {
		box = made(btf__add_union(btf, NULL, 4));
		for (int i = 0; names.name[i]; i++)
			made(btf__add_field(btf, names.name[i], word, 0, 0));
	}
	made(btf__add_struct(btf, structure, 64));
	made(btf__add_field(btf, "list", word, 0, 0));
	if (shape->anonymous)
		made(btf__add_field(btf, NULL, box, offset, 0));
	for (int i = 0; names.name[i] && !shape->anonymous; i++, offset += 32)
		made(btf__add_field(btf, names.name[i], word, offset, 0));
}

static void add_groups(struct btf *btf, int word, const struct btf_shape *shape)
{
	struct names group = {{0}}, device = {{0}};
	int i = 0, j = 0;

	if (shape->resetting_domain)
		group.name[i++] = "resetting_domain";
	if (shape->recovery_cnt)
		group.name[i++] = "recovery_cnt";
	if (shape->blocked)
		device.name[j++] = "blocked";
	if (shape->reset_depth)
		device.name[j++] = "reset_depth";
	group.name[i] = shape->in_group;
	device.name[j] = shape->in_group_device;
	if (shape->forward_first)
		made(btf__add_fwd(btf, "iommu_group", BTF_FWD_STRUCT));
	if (!shape->no_group)
		add_members(btf, word, shape, "iommu_group", group);
	if (shape->group_twice)
		add_members(btf, word, &shape_absent, "iommu_group", (struct names){{0}});
	if (!shape->no_group_device)
		add_members(btf, word, shape, "group_device", device);
}

/* struct pci_dev has dev at 200, that kobj at 16 through a typedef, that name at 8: 224. */
static void add_devices(struct btf *btf, int word, const struct btf_shape *shape)
{
	int kobject = made(btf__add_struct(btf, "kobject", 64));
	int alias, device;

	made(btf__add_field(btf, "name", word, 64, 0));
	alias = made(btf__add_typedef(btf, "kobject_t", kobject));
	device = made(btf__add_struct(btf, "device", 256));
	made(btf__add_field(btf, "kobj", alias, 128, 0));
	made(btf__add_struct(btf, "pci_dev", 1024));
	made(btf__add_field(btf, "vendor", word, 0, 0));
	made(btf__add_field(btf, "dev", device, 1600, 0));
	if (shape->in_pci_dev)
		made(btf__add_field(btf, shape->in_pci_dev, word, 32, 0));
	made(btf__add_struct(btf, "iommu_domain", 64));
	made(btf__add_field(btf, "ops", word, 0, 0));
	made(btf__add_field(btf, "type", word, 32, 0));
}

static void add_functions(struct btf *btf, int word, const struct btf_shape *shape)
{
	int prototype = made(btf__add_func_proto(btf, word));

	made(btf__add_func(btf, "pci_reset_function", BTF_FUNC_GLOBAL, prototype));
	if (shape->prepare)
		made(btf__add_func(btf, "pci_dev_reset_iommu_prepare", BTF_FUNC_GLOBAL, prototype));
	if (shape->done)
		made(btf__add_func(btf, "pci_dev_reset_iommu_done", BTF_FUNC_GLOBAL, prototype));
}

/* Takes the content out of @btf and frees it. */
static struct sample finish(struct btf *btf)
{
	struct sample sample = {0};
	unsigned int size;
	const void *raw = btf__raw_data(btf, &size);

	sample.data = raw ? malloc(size) : NULL;
	if (!sample.data)
		abort();
	memcpy(sample.data, raw, size);
	sample.length = size;
	btf__free(btf);
	return sample;
}

static struct btf *start(int *word)
{
	struct btf *btf = btf__new_empty();

	if (!btf)
		abort();
	*word = made(btf__add_int(btf, "unsigned int", 4, 0));
	return btf;
}

struct sample sample_btf(const struct btf_shape *shape)
{
	int word;
	struct btf *btf = start(&word);

	if (!shape->no_pci)
		add_devices(btf, word, shape);
	add_groups(btf, word, shape);
	if (!shape->no_functions)
		add_functions(btf, word, shape);
	if (shape->big_endian)
		made(btf__set_endianness(btf, BTF_BIG_ENDIAN));
	return finish(btf);
}

struct sample sample_btf_endless(void)
{
	int word, large;
	struct btf *btf = start(&word);

	add_devices(btf, word, &shape_absent);
	add_functions(btf, word, &shape_fixed);
	large = made(btf__add_struct(btf, "large", 8000));
	for (unsigned int i = 0; i < 2000; i++)
		made(btf__add_field(btf, "x", word, i * 32, 0));
	for (int i = 0; i < 1000; i++) {
		made(btf__add_struct(btf, "iommu_group", 8000));
		for (int j = 0; j < 10; j++)
			made(btf__add_field(btf, NULL, large, 0, 0));
	}
	return finish(btf);
}

static size_t compress_gzip(struct bytes in, unsigned char *out, size_t size)
{
	z_stream stream = {.next_in = (unsigned char *)(uintptr_t)in.data,
			   .avail_in = (unsigned int)in.length,
			   .next_out = out,
			   .avail_out = (unsigned int)size};

	if (deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK ||
	    deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	deflateEnd(&stream);
	return size - stream.avail_out;
}

static size_t compress_xz(struct bytes in, unsigned char *out, size_t size)
{
	size_t length = 0;

	if (lzma_easy_buffer_encode(6, LZMA_CHECK_CRC32, NULL, in.data, in.length, out, &length,
				    size) != LZMA_OK)
		abort();
	return length;
}

/* As `lz4 -l`: a magic, then blocks of 8 MiB with their compressed length. */
static size_t compress_lz4(struct bytes in, unsigned char *out, size_t size)
{
	static const unsigned char magic[] = {0x02, 0x21, 0x4c, 0x18};
	const size_t block = 8U << 20;
	size_t length = 4;

	memcpy(out, magic, sizeof(magic));
	for (size_t offset = 0; offset < in.length; offset += block) {
		size_t part = in.length - offset < block ? in.length - offset : block;
		int packed = LZ4_compress_default((const char *)in.data + offset,
						  (char *)out + length + 4, (int)part,
						  (int)(size - length - 4));

		if (packed <= 0)
			abort();
		for (int i = 0; i < 4; i++)
			out[length + (size_t)i] = (unsigned char)(packed >> 8 * i);
		length += 4 + (size_t)packed;
	}
	return length;
}

struct sample sample_compress(struct bytes in, enum sample_compression compression)
{
	size_t size = in.length + in.length / 8 + 65536;
	struct sample out = {malloc(size), 0};

	if (!out.data)
		abort();
	switch (compression) {
	case SAMPLE_GZIP:
		out.length = compress_gzip(in, out.data, size - 4);
		break;
	case SAMPLE_XZ:
		out.length = compress_xz(in, out.data, size - 4);
		break;
	case SAMPLE_ZSTD:
		out.length = ZSTD_compress(out.data, size - 4, in.data, in.length, 3);
		if (ZSTD_isError(out.length))
			abort();
		break;
	case SAMPLE_LZ4:
		out.length = compress_lz4(in, out.data, size - 4);
		break;
	case SAMPLE_PLAIN:
	default:
		memcpy(out.data, in.data, in.length);
		out.length = in.length;
		return out;
	}
	for (int i = 0; i < 4; i++)
		out.data[out.length++] = (unsigned char)(in.length >> 8 * i);
	return out;
}

#endif
