/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results out of JSON text, in the memory of one document or event: documents, one after the other,
 * or a stream of events, in which there may be several runs. The text is not trusted.
 */
#ifndef RENDER_JSON_RESULT_READ_H
#define RENDER_JSON_RESULT_READ_H

#include "base/strbuf.h"
#include "model/fleet.h"
#include "render/json_result.h"

struct json_tokener;

struct json_result_reader {
	struct fleet *fleet; /* gets the results; borrowed */
	const char *source;  /* the file's name; borrowed */
	struct json_tokener *tokener;
	struct strbuf line; /* what is not parsed yet: the first line, and any line of a stream */
	bool begun, stream; /* the first line was there; it was an event */
	bool broken;	    /* no more of the text can be read */
	bool orphaned;	    /* it was said that events have no beginning */
	size_t line_number;
	size_t value_bytes, value_parts; /* of the value under way */
	size_t results;			 /* that the text had */
	size_t failures;		 /* what of it could not be read */
	struct json_result_run run;	 /* of the stream */
};

#define _cleanup_json_result_reader_ _cleanup_(json_result_reader_free)

/* Prepares a zeroed reader. Returns 0 or -ENOMEM. */
int json_result_reader_init(struct json_result_reader *reader, struct fleet *fleet,
			    const char *source) _must_check_;

/*
 * Takes the next piece of the text. What is wrong with it becomes an unknown result of the host
 * that the file is named after. Returns 0 or -ENOMEM.
 */
int json_result_reader_take(struct json_result_reader *reader, const char *bytes,
			    size_t length_bytes) _must_check_;

/* The text has ended: @error is 0, or why no more of it can be had (-EIO ...). At least one result
 * has come of it then. Returns 0 or -ENOMEM. */
int json_result_reader_end(struct json_result_reader *reader, int error) _must_check_;

void json_result_reader_free(struct json_result_reader *reader);

#endif
