// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/elf.h"

#include <elf.h>
#include <errno.h>

struct table {
	struct bytes file;
	bool is64;
	bool big_endian;
	uint64_t offset;
	uint64_t entry_size;
	uint64_t count;
	uint64_t names_index;
};

struct section {
	uint64_t name;
	uint64_t type;
	uint64_t offset;
	uint64_t size;
};

#define FIELD(is64, type, member)                                                                  \
	((is64) ? offsetof(Elf64_##type, member) : offsetof(Elf32_##type, member))

bool elf_is(struct bytes file)
{
	return bytes_match(file, 0, ELFMAG, SELFMAG);
}

static bool read_half(const struct table *table, size_t offset, uint64_t *value)
{
	return bytes_number(table->file, offset, 2, table->big_endian, value);
}

static bool read_word(const struct table *table, uint64_t offset, uint64_t *value)
{
	return bytes_number(table->file, offset, 4, table->big_endian, value);
}

static bool read_native(const struct table *table, uint64_t offset, uint64_t *value)
{
	return bytes_number(table->file, offset, table->is64 ? 8 : 4, table->big_endian, value);
}

static int read_table(struct bytes file, struct table *table)
{
	uint64_t class, order;
	struct bytes headers;

	*table = (struct table){.file = file};
	if (!elf_is(file) || !bytes_number(file, EI_CLASS, 1, false, &class) ||
	    !bytes_number(file, EI_DATA, 1, false, &order))
		return -EINVAL;
	if ((class != ELFCLASS32 && class != ELFCLASS64) ||
	    (order != ELFDATA2LSB && order != ELFDATA2MSB))
		return -EINVAL;
	table->is64 = class == ELFCLASS64;
	table->big_endian = order == ELFDATA2MSB;
	if (!read_native(table, FIELD(table->is64, Ehdr, e_shoff), &table->offset) ||
	    !read_half(table, FIELD(table->is64, Ehdr, e_shentsize), &table->entry_size) ||
	    !read_half(table, FIELD(table->is64, Ehdr, e_shnum), &table->count) ||
	    !read_half(table, FIELD(table->is64, Ehdr, e_shstrndx), &table->names_index))
		return -EINVAL;
	if (table->count == 0)
		return -ENOENT;
	if (table->entry_size < (table->is64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr)) ||
	    table->names_index >= table->count ||
	    !bytes_slice(file, table->offset, table->count * table->entry_size, &headers))
		return -EINVAL;
	return 0;
}

static bool read_section(const struct table *table, uint64_t index, struct section *section)
{
	/* Cannot overflow: the offset is within the file, the other two have 16 bits. */
	uint64_t base = table->offset + index * table->entry_size;

	return read_word(table, base + offsetof(Elf64_Shdr, sh_name), &section->name) &&
	       read_word(table, base + offsetof(Elf64_Shdr, sh_type), &section->type) &&
	       read_native(table, base + FIELD(table->is64, Shdr, sh_offset), &section->offset) &&
	       read_native(table, base + FIELD(table->is64, Shdr, sh_size), &section->size);
}

int elf_section(struct bytes file, const char *name, struct bytes *section)
{
	struct table table;
	struct section names, entry;
	struct bytes strings;
	int r = read_table(file, &table);

	if (r < 0)
		return r;
	if (!read_section(&table, table.names_index, &names) ||
	    !bytes_slice(file, names.offset, names.size, &strings))
		return -EINVAL;
	for (uint64_t i = 0; i < table.count; i++) {
		if (!read_section(&table, i, &entry))
			return -EINVAL;
		/* A file of debug symbols keeps the headers of sections that it does not have. */
		if (entry.type == SHT_NULL || entry.type == SHT_NOBITS ||
		    !bytes_match(strings, entry.name, name, strlen(name) + 1))
			continue;
		return bytes_slice(file, entry.offset, entry.size, section) ? 0 : -EINVAL;
	}
	return -ENOENT;
}
