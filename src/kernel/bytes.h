/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bounds-checked reading of untrusted binary data. Nothing here owns memory. */
#ifndef KERNEL_BYTES_H
#define KERNEL_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A borrowed run of bytes; @data may be NULL when @length is 0. */
struct bytes {
	const unsigned char *data;
	size_t length;
};

/* Stores @length bytes from @offset in @part, or returns false when they are not all there. Pure.
 */
static inline bool bytes_slice(struct bytes whole, uint64_t offset, uint64_t length,
			       struct bytes *part)
{
	if (offset > whole.length || length > whole.length - offset)
		return false;
	*part = (struct bytes){whole.data + offset, (size_t)length};
	return true;
}

/* Reads an unsigned number of @size (1..8) bytes; false when it lies outside. Pure. */
static inline bool bytes_number(struct bytes whole, uint64_t offset, unsigned int size,
				bool big_endian, uint64_t *number)
{
	struct bytes field;

	if (!bytes_slice(whole, offset, size, &field))
		return false;
	*number = 0;
	for (unsigned int i = 0; i < size; i++)
		*number = *number << 8 | field.data[big_endian ? i : size - 1 - i];
	return true;
}

/* True when @whole has @length bytes like @pattern at @offset. Pure. */
static inline bool bytes_match(struct bytes whole, uint64_t offset, const void *pattern,
			       size_t length)
{
	struct bytes part;

	return bytes_slice(whole, offset, length, &part) && memcmp(part.data, pattern, length) == 0;
}

/* Finds @pattern at or after *@offset and stores where it begins; false when there is none. Pure.
 */
static inline bool bytes_find(struct bytes whole, const void *pattern, size_t length,
			      size_t *offset)
{
	const unsigned char *found;

	if (*offset >= whole.length)
		return false;
	found = memmem(whole.data + *offset, whole.length - *offset, pattern, length);
	if (found)
		*offset = (size_t)(found - whole.data);
	return found;
}

#endif
