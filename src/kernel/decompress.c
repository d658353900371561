// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/decompress.h"

#include <limits.h>
#include <lz4.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

/* `lz4 -l` cuts its input into blocks of this size. */
#define LZ4_LEGACY_BLOCK_BYTES (8U << 20)
/* The kernel's build uses dictionaries of up to 128 MiB. */
#define XZ_MEMORY_BYTES (512ULL << 20)

struct sink {
	unsigned char *data;
	size_t length;
	size_t size;
	size_t max;
};

static int sink_enlarge(struct sink *sink)
{
	size_t size = sink->size ? sink->size * 2 : 1U << 20;
	unsigned char *data;

	if (size > sink->max)
		size = sink->max;
	if (size <= sink->size)
		return -EFBIG;
	data = realloc(sink->data, size);
	if (!data)
		return -ENOMEM;
	sink->data = data;
	sink->size = size;
	return 0;
}

/* Makes room for at least one byte. */
static int sink_grow(struct sink *sink)
{
	return sink->length < sink->size ? 0 : sink_enlarge(sink);
}

static int decompress_gzip(struct bytes in, struct sink *sink)
{
	/* zlib does not write to its input, but its type lacks the const. */
	z_stream stream = {.next_in = (unsigned char *)(uintptr_t)in.data};
	int r, status = Z_OK;

	if (in.length > UINT_MAX)
		return -EFBIG;
	stream.avail_in = (unsigned int)in.length;
	if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK)
		return -ENOMEM;
	do {
		size_t room;

		r = sink_grow(sink);
		if (r < 0)
			break;
		room = sink->size - sink->length;
		if (room > UINT_MAX)
			room = UINT_MAX;
		stream.next_out = sink->data + sink->length;
		stream.avail_out = (unsigned int)room;
		status = inflate(&stream, Z_NO_FLUSH);
		sink->length += room - stream.avail_out;
	} while (status == Z_OK);
	inflateEnd(&stream);
	if (r < 0)
		return r;
	return status == Z_STREAM_END ? 0 : status == Z_MEM_ERROR ? -ENOMEM : -EBADMSG;
}

static int decompress_xz(struct bytes in, struct sink *sink)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	lzma_ret status = LZMA_OK;
	int r = 0;

	if (lzma_stream_decoder(&stream, XZ_MEMORY_BYTES, 0) != LZMA_OK)
		return -ENOMEM;
	stream.next_in = in.data;
	stream.avail_in = in.length;
	while (status == LZMA_OK) {
		r = sink_grow(sink);
		if (r < 0)
			break;
		stream.next_out = sink->data + sink->length;
		stream.avail_out = sink->size - sink->length;
		status = lzma_code(&stream, LZMA_RUN);
		sink->length = sink->size - stream.avail_out;
	}
	lzma_end(&stream);
	if (r < 0)
		return r;
	return status == LZMA_STREAM_END ? 0 : status == LZMA_MEM_ERROR ? -ENOMEM : -EBADMSG;
}

static int decompress_zstd(struct bytes in, struct sink *sink)
{
	ZSTD_DCtx *context = ZSTD_createDCtx();
	ZSTD_inBuffer input = {in.data, in.length, 0};
	size_t left = 1;
	int r = context ? 0 : -ENOMEM;

	while (r == 0 && left != 0) {
		ZSTD_outBuffer output;
		size_t input_before = input.pos;

		r = sink_grow(sink);
		if (r < 0)
			break;
		output = (ZSTD_outBuffer){sink->data, sink->size, sink->length};
		left = ZSTD_decompressStream(context, &output, &input);
		if (ZSTD_isError(left) ||
		    (left && input.pos == input_before && output.pos == sink->length))
			r = -EBADMSG;
		sink->length = output.pos;
	}
	ZSTD_freeDCtx(context);
	return r;
}

/* Decompresses one block; its length is not known before. */
static int decompress_lz4_block(struct bytes block, struct sink *sink)
{
	int length, room;

	while (sink->size - sink->length < LZ4_LEGACY_BLOCK_BYTES && sink->size < sink->max) {
		int r = sink_enlarge(sink);

		if (r < 0)
			return r;
	}
	room = sink->size - sink->length < LZ4_LEGACY_BLOCK_BYTES ? (int)(sink->size - sink->length)
								  : (int)LZ4_LEGACY_BLOCK_BYTES;
	length = LZ4_decompress_safe((const char *)block.data, (char *)sink->data + sink->length,
				     (int)block.length, room);
	if (length < 0)
		return room < (int)LZ4_LEGACY_BLOCK_BYTES ? -EFBIG : -EBADMSG;
	sink->length += (size_t)length;
	return 0;
}

static int decompress_lz4(struct bytes in, struct sink *sink)
{
	uint64_t offset = 4, size;

	while (bytes_number(in, offset, 4, false, &size)) {
		struct bytes block;
		int r;

		/* The word after the last block is the size the kernel's build appends. */
		if (offset + 4 == in.length && size == sink->length)
			break;
		if (size > LZ4_COMPRESSBOUND(LZ4_LEGACY_BLOCK_BYTES) ||
		    !bytes_slice(in, offset + 4, size, &block))
			return -EBADMSG;
		r = decompress_lz4_block(block, sink);
		if (r < 0)
			return r;
		offset += 4 + size;
	}
	return sink->length ? 0 : -EBADMSG;
}

static int decompress_into(enum compression compression, struct bytes in, struct sink *sink)
{
	switch (compression) {
	case COMPRESSION_GZIP:
		return decompress_gzip(in, sink);
	case COMPRESSION_XZ:
		return decompress_xz(in, sink);
	case COMPRESSION_ZSTD:
		return decompress_zstd(in, sink);
	case COMPRESSION_LZ4:
		return decompress_lz4(in, sink);
	case COMPRESSION_NONE:
	case COMPRESSION_BZIP2:
	case COMPRESSION_LZMA:
	case COMPRESSION_LZO:
	default:
		return -EOPNOTSUPP;
	}
}

int decompress(enum compression compression, struct bytes in, size_t max_bytes, unsigned char **out,
	       size_t *length_bytes)
{
	/* One byte more, for the end of a stream shows only with room left behind it. */
	struct sink sink = {.max = max_bytes + 1};
	int r = decompress_into(compression, in, &sink);

	if (r == 0 && sink.length > max_bytes)
		r = -EFBIG;
	if (r < 0) {
		free(sink.data);
		return r;
	}
	*out = sink.data;
	*length_bytes = sink.length;
	return 0;
}
