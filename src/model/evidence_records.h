/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of line an evidence file is made of, shared by its writer and its reader. */
#ifndef MODEL_EVIDENCE_RECORDS_H
#define MODEL_EVIDENCE_RECORDS_H

#include "model/evidence.h"
#include "model/evidence_text.h"
#include "model/record.h"

#define EVIDENCE_VERSION 1
#define CONFIG_ROW_BYTES 16

/* Lines that have no structure of their own in the model. */
struct format_record {
	unsigned int version;
};

/* How many lines after its first a step has, so that a torn one is known; older files do not tell.
 */
struct step_size {
	int lines;
};
#define LINES_NOT_TOLD (-1)

struct fact_record {
	char name[64];
	enum tri value;
};

struct warning_record {
	char *text;
};

struct known_record {
	char name[BDF_MAX];
};

struct config_record {
	char function[BDF_MAX];
	bool after;
	unsigned int length_bytes;
};

struct row_record {
	unsigned int offset;
	char bytes[CONFIG_ROW_BYTES * 3 + 1]; /* "86 80 ..." */
};

struct end_record {
	unsigned int steps, lines;
};

extern const struct record_kind record_format;
extern const struct record_kind record_run;
extern const struct record_kind record_host;
extern const struct record_kind record_kernel;
extern const struct record_kind record_fact;
extern const struct record_kind record_warning;
extern const struct record_kind record_refusal;
extern const struct record_kind record_known;
extern const struct record_kind record_step;
extern const struct record_kind record_step_size;
extern const struct record_kind record_subject;
extern const struct record_kind record_step_write;
extern const struct record_kind record_traffic;
extern const struct record_kind record_vf;
extern const struct record_kind record_config;
extern const struct record_kind record_row;
extern const struct record_kind record_trace_state;
extern const struct record_kind record_trace;
extern const struct record_kind record_log_state;
extern const struct record_kind record_log;
extern const struct record_kind record_counter;
extern const struct record_kind record_uevent;
extern const struct record_kind record_end;

/*
 * Takes one record in, apart from the format's. Returns 0, -EINVAL or -ENOMEM. A record of a step
 * goes to @reader->step.
 */
int evidence_read_record(struct evidence_reader *reader, const char *keyword,
			 const char *arguments) _must_check_;

#endif
