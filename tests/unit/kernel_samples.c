// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel_samples.h"

#include <elf.h>
#include <stdlib.h>

#include "base/attr.h"

static struct sample zeroed(size_t length)
{
	struct sample sample = {calloc(1, length + 1), length};

	if (!sample.data)
		abort();
	return sample;
}

static void put(struct sample *sample, size_t offset, uint64_t number, unsigned int size,
		bool big_endian)
{
	if (offset + size > sample->length)
		abort();
	for (unsigned int i = 0; i < size; i++)
		sample->data[offset + (big_endian ? size - 1 - i : i)] =
			(unsigned char)(number >> 8 * i);
}

static void copy(struct sample *sample, size_t offset, const void *data, size_t length)
{
	if (offset + length > sample->length)
		abort();
	if (length)
		memcpy(sample->data + offset, data, length);
}

struct layout {
	bool is64, big_endian;
	struct sample *file;
};

#define HALF(layout, base, type, member, number)                                                   \
	put((layout)->file,                                                                        \
	    (base) + ((layout)->is64 ? offsetof(Elf64_##type, member)                              \
				     : offsetof(Elf32_##type, member)),                            \
	    number, 2, (layout)->big_endian)
#define WORD(layout, base, type, member, number)                                                   \
	put((layout)->file,                                                                        \
	    (base) + ((layout)->is64 ? offsetof(Elf64_##type, member)                              \
				     : offsetof(Elf32_##type, member)),                            \
	    number, 4, (layout)->big_endian)
#define NATIVE(layout, base, type, member, number)                                                 \
	put((layout)->file,                                                                        \
	    (base) + ((layout)->is64 ? offsetof(Elf64_##type, member)                              \
				     : offsetof(Elf32_##type, member)),                            \
	    number, (layout)->is64 ? 8 : 4, (layout)->big_endian)

static void put_section(const struct layout *layout, size_t base, size_t name, unsigned int type,
			size_t offset, size_t size)
{
	WORD(layout, base, Shdr, sh_name, name);
	WORD(layout, base, Shdr, sh_type, type);
	NATIVE(layout, base, Shdr, sh_offset, offset);
	NATIVE(layout, base, Shdr, sh_size, size);
}

struct sample sample_elf(struct bytes btf, struct bytes text, bool is64, bool big_endian)
{
	static const char names[] = "\0.BTF\0.rodata\0.shstrtab";
	size_t header = is64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
	size_t entry = is64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	size_t banner = strlen(SAMPLE_BANNER) + 1;
	size_t names_at = (header + btf.length + banner + text.length + 7) & ~(size_t)7;
	size_t table = (names_at + sizeof(names) + 7) & ~(size_t)7;
	struct sample file = zeroed(table + 4 * entry);
	struct layout layout = {is64, big_endian, &file};

	copy(&file, 0, ELFMAG, SELFMAG);
	put(&file, EI_CLASS, is64 ? ELFCLASS64 : ELFCLASS32, 1, false);
	put(&file, EI_DATA, big_endian ? ELFDATA2MSB : ELFDATA2LSB, 1, false);
	NATIVE(&layout, 0, Ehdr, e_shoff, table);
	HALF(&layout, 0, Ehdr, e_shentsize, entry);
	HALF(&layout, 0, Ehdr, e_shnum, 4);
	HALF(&layout, 0, Ehdr, e_shstrndx, 3);
	copy(&file, header, btf.data, btf.length);
	copy(&file, header + btf.length, SAMPLE_BANNER, banner);
	copy(&file, header + btf.length + banner, text.data, text.length);
	copy(&file, names_at, names, sizeof(names));
	if (btf.length)
		put_section(&layout, table + entry, 1, SHT_PROGBITS, header, btf.length);
	put_section(&layout, table + 2 * entry, 6, SHT_PROGBITS, header + btf.length,
		    banner + text.length);
	put_section(&layout, table + 3 * entry, 14, SHT_STRTAB, names_at, sizeof(names));
	return file;
}

struct sample sample_arm64(struct bytes btf, struct bytes text)
{
	size_t banner = strlen(SAMPLE_BANNER) + 1;
	struct sample file = zeroed(64 + banner + text.length + btf.length + 16);

	copy(&file, 0, "MZ", 2);
	copy(&file, 0x38, "ARM\x64", 4);
	copy(&file, 64, SAMPLE_BANNER, banner);
	copy(&file, 64 + banner, text.data, text.length);
	copy(&file, 64 + banner + text.length, btf.data, btf.length);
	return file;
}

struct sample sample_bzimage(struct bytes payload)
{
	/* The boot sector, one sector of setup, 64 bytes of code before the payload. */
	struct sample file = zeroed(2 * 512 + 64 + payload.length + 32);

	put(&file, 0x1f1, 1, 1, false);
	put(&file, 0x1fe, 0xaa55, 2, false);
	copy(&file, 0x202, "HdrS", 4);
	put(&file, 0x206, 0x20f, 2, false);
	put(&file, 0x248, 64, 4, false);
	put(&file, 0x24c, payload.length, 4, false);
	copy(&file, 2 * 512 + 64, payload.data, payload.length);
	return file;
}

struct sample sample_zboot(struct bytes payload)
{
	struct sample file = zeroed(64 + payload.length);

	copy(&file, 0, "MZ", 2);
	copy(&file, 4, "zimg", 4);
	put(&file, 8, 64, 4, false);
	put(&file, 12, payload.length, 4, false);
	copy(&file, 64, payload.data, payload.length);
	return file;
}

#define PE_HEADER 0x80
#define PE_SECTIONS (PE_HEADER + 24 + 0xf0)
#define PE_CONTENT 0x400

static void put_pe_section(struct sample *file, int index, const char *name, struct bytes content,
			   size_t offset)
{
	size_t at = PE_SECTIONS + 40 * (size_t)index;

	copy(file, at, name, strlen(name));
	put(file, at + 8, content.length, 4, false);
	put(file, at + 16, (content.length + 511) / 512 * 512, 4, false);
	put(file, at + 20, offset, 4, false);
	if (content.length)
		copy(file, offset, content.data, content.length);
}

struct sample sample_uki(struct bytes linux_image, struct bytes initrd)
{
	static const char uname[] = "9.9.9-other\n";
	size_t padded = (linux_image.length + 511) / 512 * 512;
	struct sample file = zeroed(PE_CONTENT + 512 + padded + (initrd.length + 511) / 512 * 512);

	copy(&file, 0, "MZ", 2);
	put(&file, 0x3c, PE_HEADER, 4, false);
	copy(&file, PE_HEADER, "PE\0\0", 4);
	put(&file, PE_HEADER + 6, 3, 2, false);
	put(&file, PE_HEADER + 20, 0xf0, 2, false);
	put_pe_section(&file, 0, ".uname",
		       (struct bytes){(const unsigned char *)uname, sizeof(uname) - 1}, PE_CONTENT);
	put_pe_section(&file, 1, ".linux", linux_image, PE_CONTENT + 512);
	put_pe_section(&file, 2, ".initrd", initrd, PE_CONTENT + 512 + padded);
	return file;
}
