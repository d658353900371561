// SPDX-License-Identifier: GPL-2.0-or-later
/* Kernel images in every wrapping, whole and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>

#include "kernel/decompress.h"
#include "kernel/elf.h"
#include "kernel/image.h"
#include "kernel_samples.h"

#ifdef HAVE_BTF

#define TEXT(literal) ((struct bytes){(const unsigned char *)(literal), sizeof(literal)})
#define ALIAS TEXT("\0\001cdev: DMA-aliased sibling may be prematurely unblocked\n")
#define NO_TEXT ((struct bytes){NULL, 0})

/* Returns image_open()'s result; on success the facts. */
static int look(struct bytes file, struct kernel_facts *facts, char format[48])
{
	_cleanup_image_ struct kernel_image image = {0};
	_cleanup_strbuf_ struct strbuf error = {0};
	int r = image_open(file, &image, &error);

	if (r < 0) {
		/* One sentence for the user. */
		assert_true(error.length_bytes > 0);
		assert_null(strchr(error.text, '\n'));
		return r;
	}
	image_read_facts(&image, facts);
	memcpy(format, image.format, sizeof(image.format));
	return 0;
}

static void expect(struct sample file, const char *format, enum static_verdict verdict,
		   enum tri alias)
{
	struct kernel_facts facts;
	char seen[48];

	assert_int_equal(look(sample_bytes(file), &facts, seen), 0);
	assert_string_equal(seen, format);
	assert_string_equal(facts.release, SAMPLE_RELEASE);
	assert_string_equal(facts.source, "image");
	assert_int_equal(facts_judge(&facts, NULL), verdict);
	assert_int_equal(facts.alias_message, alias);
	free(file.data);
}

static struct sample vmlinux(const struct btf_shape *shape, struct bytes text)
{
	struct sample btf = sample_btf(shape);
	struct sample elf = sample_elf(sample_bytes(btf), text, true, false);

	free(btf.data);
	return elf;
}

static void test_elf(void **state)
{
	(void)state;
	expect(vmlinux(&shape_fixed, ALIAS), "ELF", STATIC_FIXED, TRI_YES);
	expect(vmlinux(&shape_vulnerable, NO_TEXT), "ELF", STATIC_VULNERABLE, TRI_NO);
	expect(vmlinux(&shape_absent, NO_TEXT), "ELF", STATIC_NOT_AFFECTED, TRI_NO);
	/* BTF lacks functions that are there, or are called otherwise. */
	expect(vmlinux(&shape_absent, TEXT("\0\0013failed to stop IOMMU for a PCI reset: %d\n")),
	       "ELF", STATIC_UNKNOWN, TRI_NO);
	expect(vmlinux(&shape_absent, TEXT("\0pci_dev_reset_iommu_prepare\0")), "ELF",
	       STATIC_UNKNOWN, TRI_NO);
	expect(vmlinux(&shape_vulnerable, TEXT("failed to stop IOMMU for a PCI reset: %d\n")),
	       "ELF", STATIC_VULNERABLE, TRI_NO);
}

static void test_elf_classes_and_byte_orders(void **state)
{
	struct btf_shape shape = shape_partial;

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct sample btf, elf;
		struct bytes section;

		shape.big_endian = i & 1;
		btf = sample_btf(&shape);
		elf = sample_elf(sample_bytes(btf), ALIAS, i & 2, i & 1);
		assert_int_equal(elf_section(sample_bytes(elf), ".BTF", &section), 0);
		assert_int_equal(section.length, btf.length);
		assert_memory_equal(section.data, btf.data, btf.length);
		assert_int_equal(elf_section(sample_bytes(elf), ".BT", &section), -ENOENT);
		assert_int_equal(elf_section(sample_bytes(elf), "", &section), -ENOENT);
		expect(elf, "ELF", STATIC_VULNERABLE, TRI_YES);
		free(btf.data);
	}
}

/* `objcopy --only-keep-debug` leaves a header that has no content in the file. */
static void test_section_without_content(void **state)
{
	struct sample elf = vmlinux(&shape_fixed, NO_TEXT);
	struct bytes section;
	uint64_t table = 0;

	(void)state;
	assert_true(bytes_number(sample_bytes(elf), 0x28, 8, false, &table));
	elf.data[table + 64 + 4] = 8;
	assert_int_equal(elf_section(sample_bytes(elf), ".BTF", &section), -ENOENT);
	free(elf.data);
}

static void test_wrappers(void **state)
{
	static const struct {
		enum sample_compression compression;
		const char *bzimage, *zboot;
	} cases[] = {
		{SAMPLE_PLAIN, "bzImage, ELF", "EFI zboot, ELF"},
		{SAMPLE_GZIP, "bzImage, gzip, ELF", "EFI zboot, gzip, ELF"},
		{SAMPLE_XZ, "bzImage, xz, ELF", "EFI zboot, xz, ELF"},
		{SAMPLE_ZSTD, "bzImage, zstd, ELF", "EFI zboot, zstd, ELF"},
		{SAMPLE_LZ4, "bzImage, lz4, ELF", "EFI zboot, lz4, ELF"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sample elf = vmlinux(&shape_vulnerable, ALIAS);
		struct sample payload = sample_compress(sample_bytes(elf), cases[i].compression);

		expect(sample_bzimage(sample_bytes(payload)), cases[i].bzimage, STATIC_VULNERABLE,
		       TRI_YES);
		expect(sample_zboot(sample_bytes(payload)), cases[i].zboot, STATIC_VULNERABLE,
		       TRI_YES);
		free(payload.data);
		free(elf.data);
	}
}

static void test_raw_images(void **state)
{
	struct sample btf = sample_btf(&shape_fixed);
	struct sample image = sample_arm64(sample_bytes(btf), ALIAS);
	struct sample gzip = sample_compress(sample_bytes(image), SAMPLE_GZIP);

	(void)state;
	expect(sample_zboot(sample_bytes(gzip)), "EFI zboot, gzip, arm64 Image", STATIC_FIXED,
	       TRI_YES);
	expect(gzip, "gzip, arm64 Image", STATIC_FIXED, TRI_YES);
	expect(image, "arm64 Image", STATIC_FIXED, TRI_YES);
	image = sample_arm64(sample_bytes(btf), ALIAS);
	memcpy(image.data + 0x38, "RSC\x05", 4);
	expect(image, "riscv Image", STATIC_FIXED, TRI_YES);
	free(btf.data);
}

/* Another kernel in the initrd, as kdump has it, is not the one that boots. */
static void test_unified_images(void **state)
{
	struct sample vulnerable = vmlinux(&shape_vulnerable, ALIAS);
	struct sample other = vmlinux(&shape_fixed, NO_TEXT);
	struct sample packed = sample_compress(sample_bytes(vulnerable), SAMPLE_ZSTD);
	struct sample bzimage = sample_bzimage(sample_bytes(packed));
	struct sample btf = sample_btf(&shape_fixed);
	struct sample raw = sample_arm64(sample_bytes(btf), ALIAS);
	struct sample uki = sample_uki(sample_bytes(bzimage), sample_bytes(other));
	struct kernel_facts facts;
	char format[48];

	(void)state;
	expect(sample_compress(sample_bytes(uki), SAMPLE_GZIP), "gzip, UKI, bzImage, zstd, ELF",
	       STATIC_VULNERABLE, TRI_YES);
	expect(uki, "UKI, bzImage, zstd, ELF", STATIC_VULNERABLE, TRI_YES);
	expect(sample_uki(sample_bytes(raw), sample_bytes(vulnerable)), "UKI, arm64 Image",
	       STATIC_FIXED, TRI_YES);
	/* The section lies outside of the file. */
	uki = sample_uki(sample_bytes(bzimage), NO_TEXT);
	uki.length -= 1024;
	assert_int_equal(look(sample_bytes(uki), &facts, format), -EINVAL);
	free(uki.data);
	free(vulnerable.data);
	free(other.data);
	free(packed.data);
	free(bzimage.data);
	free(btf.data);
	free(raw.data);
}

static void test_btf_file(void **state)
{
	struct sample btf = sample_btf(&shape_fixed);
	struct kernel_facts facts;
	char format[48];

	(void)state;
	assert_int_equal(look(sample_bytes(btf), &facts, format), 0);
	assert_string_equal(format, "BTF");
	assert_string_equal(facts.source, "btf-file");
	assert_string_equal(facts.release, "");
	assert_int_equal(facts.alias_message, TRI_UNKNOWN);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_FIXED);
	free(btf.data);
}

#define CORE_TEXT                                                                                  \
	"\0pci_reset_function\0"                                                                   \
	"not ready %dms after %s; giving up\n"
#define EXPORTED "\0pci_dev_reset_iommu_prepare\0\0pci_dev_reset_iommu_done\0"

static struct kernel_facts strings_of(struct bytes text)
{
	struct sample elf = sample_elf(NO_TEXT, text, true, false);
	struct kernel_facts facts;
	char format[48];

	assert_int_equal(look(sample_bytes(elf), &facts, format), 0);
	assert_non_null(strstr(facts.note, "no BTF"));
	free(elf.data);
	return facts;
}

static void test_image_without_btf(void **state)
{
	struct kernel_facts facts;

	(void)state;
	facts = strings_of(TEXT(CORE_TEXT EXPORTED));
	assert_int_equal(facts.prepare, TRI_YES);
	assert_int_equal(facts.done, TRI_YES);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	/* A trimmed kernel does not export what no module uses. */
	facts = strings_of(TEXT(CORE_TEXT "failed to stop IOMMU for a PCI reset: %d\n"));
	assert_int_equal(facts.prepare, TRI_YES);
	facts = strings_of(TEXT(CORE_TEXT));
	assert_int_equal(facts.prepare, TRI_NO);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_NOT_AFFECTED);
	facts = strings_of(TEXT("no PCI here"));
	assert_int_equal(facts.prepare, TRI_UNKNOWN);
	/* A longer name is another function. */
	facts = strings_of(TEXT(CORE_TEXT "\0pci_dev_reset_iommu_prepare_more\0"));
	assert_int_equal(facts.prepare, TRI_NO);
}

static void test_banner(void **state)
{
	static const char format_text[] = {'%', 's', ' ', '(', '%', 's'};
	static const char escape[] = {'7', '.', '0', '.', '\033', '['};
	struct sample elf = sample_elf(NO_TEXT, NO_TEXT, true, false);
	struct kernel_facts facts;
	char format[48];
	unsigned char *banner = memmem(elf.data, elf.length, "Linux version ", 14);

	(void)state;
	/* The format of /proc/version alone is no banner, so nothing is left to see a kernel by. */
	memcpy(banner + 14, format_text, sizeof(format_text));
	assert_int_equal(look(sample_bytes(elf), &facts, format), -EINVAL);
	memcpy(banner + 14, escape, sizeof(escape));
	assert_int_equal(look(sample_bytes(elf), &facts, format), 0);
	assert_string_equal(facts.release, "7.0.");
	free(elf.data);
}

static void test_no_kernel(void **state)
{
	struct kernel_facts facts;
	char format[48];

	(void)state;
	assert_int_equal(look(NO_TEXT, &facts, format), -EINVAL);
	assert_int_equal(look(TEXT("\177ELF"), &facts, format), -EINVAL);
	assert_int_equal(look(TEXT("some text that is no kernel"), &facts, format), -EINVAL);
}

static void test_compressions_not_read(void **state)
{
	static const struct {
		const char magic[8], *name;
	} cases[] = {
		{"BZh9", "bzip2"},
		{"\x5d\0\0\0\4", "lzma"},
		{"\x89LZO", "lzo"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct bytes payload = {(const unsigned char *)cases[i].magic, 8};
		struct sample file = sample_bzimage(payload);
		_cleanup_image_ struct kernel_image image = {0};
		_cleanup_strbuf_ struct strbuf error = {0};

		assert_int_equal(image_open(sample_bytes(file), &image, &error), -EOPNOTSUPP);
		assert_non_null(strstr(error.text, cases[i].name));
		free(file.data);
	}
}

/* More than the first buffer of the decompressors and than one block of lz4. */
static void test_large_payload(void **state)
{
	const size_t length = 18U << 20;
	unsigned char *data = malloc(length);

	(void)state;
	for (size_t i = 0; i < length; i++)
		data[i] = (unsigned char)(i >> 12 ^ i);
	for (int i = SAMPLE_GZIP; i <= SAMPLE_LZ4; i++) {
		struct sample packed =
			sample_compress((struct bytes){data, length}, (enum sample_compression)i);
		enum compression compression = compression_detect(sample_bytes(packed));
		unsigned char *out = NULL;
		size_t out_length = 0;

		assert_int_equal(
			decompress(compression, sample_bytes(packed), length, &out, &out_length),
			0);
		assert_int_equal(out_length, length);
		assert_memory_equal(out, data, length);
		free(out);
		assert_int_equal(decompress(compression, sample_bytes(packed), length / 2, &out,
					    &out_length),
				 -EFBIG);
		packed.length /= 2;
		assert_int_equal(
			decompress(compression, sample_bytes(packed), length, &out, &out_length),
			-EBADMSG);
		free(packed.data);
	}
	free(data);
}

/* Each file cut off at every byte: never more than what is there is read, and never a pass. */
static void check_truncation(struct sample whole, size_t needed)
{
	for (size_t length = 0; length < whole.length; length++) {
		unsigned char *part = malloc(length ? length : 1);
		struct kernel_facts facts;
		char format[48];
		int r;

		memcpy(part, whole.data, length);
		r = look((struct bytes){part, length}, &facts, format);
		if (length < needed)
			assert_true(r < 0 || facts_judge(&facts, NULL) == STATIC_UNKNOWN);
		free(part);
	}
}

/* Bytes changed at random, always the same ones: no crash, and an error has its sentence. */
static void check_mutation(struct sample whole, int rounds)
{
	uint32_t random = 1;

	for (int i = 0; i < rounds; i++) {
		unsigned char *copy = malloc(whole.length);
		struct kernel_facts facts;
		char format[48];

		memcpy(copy, whole.data, whole.length);
		for (uint32_t n = random >> 30; n < 4; n++) {
			random = random * 1664525 + 1013904223;
			/* Mostly in the headers. */
			copy[(random >> 8) % (random & 1 ? whole.length : 1280) % whole.length] =
				(unsigned char)(random >> 24);
		}
		look((struct bytes){copy, whole.length}, &facts, format);
		free(copy);
	}
}

static void test_hostile(void **state)
{
	struct sample elf = vmlinux(&shape_fixed, ALIAS);
	struct sample btf = sample_btf(&shape_fixed);
	struct sample raw = sample_arm64(sample_bytes(btf), ALIAS);

	(void)state;
	check_truncation(elf, elf.length);
	check_truncation(raw, raw.length - 17);
	check_mutation(elf, 4000);
	check_mutation(raw, 4000);
	check_mutation(btf, 4000);
	for (int i = SAMPLE_PLAIN; i <= SAMPLE_LZ4; i++) {
		struct sample packed =
			sample_compress(sample_bytes(elf), (enum sample_compression)i);
		struct sample bzimage = sample_bzimage(sample_bytes(packed));
		struct sample zboot = sample_zboot(sample_bytes(packed));

		check_truncation(bzimage, bzimage.length - 32);
		check_truncation(zboot, zboot.length);
		check_mutation(bzimage, 200);
		check_mutation(zboot, 200);
		free(packed.data);
		free(bzimage.data);
		free(zboot.data);
	}
	free(elf.data);
	free(btf.data);
	free(raw.data);
}

/* Matryoshka dolls end somewhere. */
static void test_nested_wrappers(void **state)
{
	struct sample file = vmlinux(&shape_fixed, NO_TEXT);
	struct kernel_facts facts;
	char format[48];

	(void)state;
	for (int i = 0; i < 6; i++) {
		struct sample outer = sample_compress(sample_bytes(file), SAMPLE_GZIP);

		free(file.data);
		file = outer;
	}
	assert_int_equal(look(sample_bytes(file), &facts, format), -EINVAL);
	free(file.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_elf),
		cmocka_unit_test(test_elf_classes_and_byte_orders),
		cmocka_unit_test(test_section_without_content),
		cmocka_unit_test(test_wrappers),
		cmocka_unit_test(test_raw_images),
		cmocka_unit_test(test_unified_images),
		cmocka_unit_test(test_btf_file),
		cmocka_unit_test(test_image_without_btf),
		cmocka_unit_test(test_banner),
		cmocka_unit_test(test_no_kernel),
		cmocka_unit_test(test_compressions_not_read),
		cmocka_unit_test(test_large_payload),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_nested_wrappers),
	};

	return cmocka_run_group_tests_name("kernel images", tests, NULL, NULL);
}

#else

static void test_built_without(void **state)
{
	static const unsigned char gzip[] = {0x1f, 0x8b, 8, 0};
	_cleanup_image_ struct kernel_image image = {0};
	_cleanup_strbuf_ struct strbuf error = {0};

	(void)state;
	assert_int_equal(image_open((struct bytes){gzip, sizeof(gzip)}, &image, &error),
			 -EOPNOTSUPP);
	assert_non_null(strstr(error.text, "gzip"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_built_without)};

	return cmocka_run_group_tests_name("kernel images, built without", tests, NULL, NULL);
}

#endif
