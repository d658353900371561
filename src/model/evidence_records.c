// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/evidence_records.h"

static const char *const kind_names[] = {
	[TRACE_MARK_BEGIN] = "mark-begin",
	[TRACE_MARK_END] = "mark-end",
	[TRACE_PREPARE] = "prepare",
	[TRACE_PREPARE_RETURN] = "prepare-return",
	[TRACE_DONE] = "done",
	[TRACE_ATTACH] = "attach",
	[TRACE_ATTACH_RETURN] = "attach-return",
	[TRACE_RESET] = "reset",
	[TRACE_RESET_RETURN] = "reset-return",
	[TRACE_ATTACHED] = "attached",
	[TRACE_PASID_BLOCK] = "pasid-block",
	[TRACE_PASID_RESTORE] = "pasid-restore",
};

static const struct field format_fields[] = {FIELD(struct format_record, version, FIELD_UINT)};

static const struct field run_fields[] = {
	FIELD(struct run_evidence, tool_version, FIELD_TEXT),
	FIELD(struct run_evidence, tool_features, FIELD_TEXT),
	FIELD(struct run_evidence, started, FIELD_TEXT),
	FIELD(struct run_evidence, started_ns, FIELD_U64),
	FIELD(struct run_evidence, run_id, FIELD_TEXT),
	FIELD(struct run_evidence, signal, FIELD_INT),
};

static const struct field host_fields[] = {
	FIELD(struct host, nodename, FIELD_TEXT),    FIELD(struct host, release, FIELD_TEXT),
	FIELD(struct host, version, FIELD_TEXT),     FIELD(struct host, machine, FIELD_TEXT),
	FIELD(struct host, iommu, FIELD_TRI),	     FIELD(struct host, ats_disabled, FIELD_TRI),
	FIELD(struct host, iommu_names, FIELD_TEXT), FIELD(struct host, segments, FIELD_UINT),
};

static const struct field kernel_fields[] = {
	FIELD(struct kernel_facts, release, FIELD_TEXT),
	FIELD(struct kernel_facts, source, FIELD_TEXT),
	FIELD(struct kernel_facts, note, FIELD_TEXT),
};

static const struct field fact_fields[] = {
	FIELD(struct fact_record, name, FIELD_TEXT),
	FIELD(struct fact_record, value, FIELD_TRI),
};

static const struct field warning_fields[] = {FIELD(struct warning_record, text, FIELD_STRING)};

static const struct field refusal_fields[] = {
	FIELD(struct refusal, function, FIELD_TEXT),
	FIELD(struct refusal, reason, FIELD_TEXT),
	FIELD(struct refusal, text, FIELD_TEXT),
	FIELD(struct refusal, override, FIELD_TEXT),
};

static const struct field known_fields[] = {FIELD(struct known_record, name, FIELD_TEXT)};

static const struct field step_fields[] = {
	FIELD(struct step_evidence, number, FIELD_UINT),
	FIELD(struct step_evidence, round, FIELD_UINT),
	FIELD_NAMED(struct step_evidence, scenario, scenario_names),
	FIELD(struct step_evidence, method, FIELD_TEXT),
	FIELD(struct step_evidence, skip_reason, FIELD_TEXT),
	FIELD(struct step_evidence, skip_text, FIELD_TEXT),
	FIELD(struct step_evidence, incomplete, FIELD_TEXT),
};

static const struct field step_size_fields[] = {FIELD(struct step_size, lines, FIELD_INT)};

static const struct field subject_fields[] = {
	FIELD(struct subject, function, FIELD_TEXT),
	FIELD_NAMED(struct subject, role, subject_role_names),
	FIELD(struct subject, vendor, FIELD_U16),
	FIELD(struct subject, device, FIELD_U16),
	FIELD(struct subject, group, FIELD_INT),
	FIELD(struct subject, domain_type, FIELD_TEXT),
	FIELD(struct subject, upstream, FIELD_TEXT),
	FIELD(struct subject, iommu, FIELD_TEXT),
	FIELD(struct subject, driver, FIELD_TEXT),
	FIELD(struct subject, is_vf, FIELD_BOOL),
	FIELD(struct subject, vfs_before, FIELD_INT),
	FIELD(struct subject, vfs_after, FIELD_INT),
	FIELD(struct subject, gate, FIELD_TRI),
	FIELD(struct subject, methods_before, FIELD_TEXT),
	FIELD(struct subject, methods_after, FIELD_TEXT),
	FIELD(struct subject, method_written, FIELD_BOOL),
	FIELD(struct subject, select_errno, FIELD_INT),
	FIELD(struct subject, restore_errno, FIELD_INT),
	FIELD(struct subject, unbound, FIELD_BOOL),
	FIELD(struct subject, unbind_errno, FIELD_INT),
	FIELD(struct subject, bind_errno, FIELD_INT),
	FIELD(struct subject, driver_after, FIELD_TEXT),
	FIELD(struct subject, type_after, FIELD_TEXT),
	FIELD(struct subject, pid, FIELD_INT),
	FIELD(struct subject, started, FIELD_BOOL),
	FIELD(struct subject, hung, FIELD_BOOL),
	FIELD(struct subject, abandoned, FIELD_BOOL),
	FIELD(struct subject, hung_where, FIELD_TEXT),
	FIELD(struct subject, write_errno, FIELD_INT),
	FIELD(struct subject, begin_ns, FIELD_U64),
	FIELD(struct subject, end_ns, FIELD_U64),
	FIELD(struct subject, present_after, FIELD_BOOL),
	FIELD(struct subject, kept_for, FIELD_TEXT),
};

static const struct field write_fields[] = {
	FIELD_NAMED(struct step_write, kind, write_kind_names),
	FIELD(struct step_write, function, FIELD_TEXT),
	FIELD(struct step_write, value, FIELD_TEXT),
	FIELD(struct step_write, after, FIELD_TEXT),
	FIELD(struct step_write, pid, FIELD_INT),
	FIELD(struct step_write, started, FIELD_BOOL),
	FIELD(struct step_write, hung, FIELD_BOOL),
	FIELD(struct step_write, error, FIELD_INT),
	FIELD(struct step_write, begin_ns, FIELD_U64),
	FIELD(struct step_write, end_ns, FIELD_U64),
};

static const struct field traffic_fields[] = {
	FIELD(struct traffic, function, FIELD_TEXT),
	FIELD(struct traffic, device, FIELD_TEXT),
	FIELD(struct traffic, started, FIELD_BOOL),
	FIELD(struct traffic, ended, FIELD_BOOL),
	FIELD(struct traffic, error, FIELD_INT),
	FIELD(struct traffic, reads_before, FIELD_U64),
	FIELD(struct traffic, reads_within, FIELD_U64),
	FIELD(struct traffic, reads_after, FIELD_U64),
	FIELD(struct traffic, sent_before, FIELD_U64),
	FIELD(struct traffic, sent_within, FIELD_U64),
	FIELD(struct traffic, sent_after, FIELD_U64),
	FIELD(struct traffic, mismatches, FIELD_U64),
	FIELD(struct traffic, longest_ns, FIELD_U64),
	FIELD(struct traffic, lower_error, FIELD_INT),
	FIELD(struct traffic, still_up, FIELD_BOOL),
};

static const struct field vf_fields[] = {
	FIELD(struct step_vf, function, FIELD_TEXT),
	FIELD(struct step_vf, physfn, FIELD_TEXT),
	FIELD(struct step_vf, vendor, FIELD_U16),
	FIELD(struct step_vf, device, FIELD_U16),
	FIELD(struct step_vf, present_after, FIELD_BOOL),
	FIELD(struct step_vf, header_before, FIELD_TEXT),
	FIELD(struct step_vf, header_after, FIELD_TEXT),
};

static const struct field config_fields[] = {
	FIELD(struct config_record, function, FIELD_TEXT),
	FIELD(struct config_record, after, FIELD_BOOL),
	FIELD(struct config_record, length_bytes, FIELD_UINT),
};

static const struct field row_fields[] = {
	FIELD(struct row_record, offset, FIELD_UINT),
	FIELD(struct row_record, bytes, FIELD_TEXT),
};

static const struct field trace_state_fields[] = {
	FIELD_NAMED(struct trace_state, source, trace_source_names),
	FIELD(struct trace_state, why, FIELD_TEXT),
	FIELD(struct trace_state, missing, FIELD_TEXT),
	FIELD(struct trace_state, unarmed, FIELD_TEXT),
	FIELD(struct trace_state, lost, FIELD_U64),
};

static const struct field trace_fields[] = {
	FIELD(struct trace_event, time_ns, FIELD_U64),
	FIELD(struct trace_event, cpu, FIELD_UINT),
	FIELD(struct trace_event, pid, FIELD_INT),
	FIELD_NAMED(struct trace_event, kind, kind_names),
	FIELD(struct trace_event, function, FIELD_TEXT),
	FIELD(struct trace_event, symbol, FIELD_TEXT),
	FIELD(struct trace_event, value, FIELD_INT),
	FIELD(struct trace_event, probe, FIELD_BOOL),
};

static const struct field log_state_fields[] = {
	FIELD(struct log_state, readable, FIELD_BOOL),
	FIELD(struct log_state, why, FIELD_TEXT),
	FIELD(struct log_state, marked, FIELD_BOOL),
	FIELD(struct log_state, begin_seen, FIELD_BOOL),
	FIELD(struct log_state, end_seen, FIELD_BOOL),
	FIELD(struct log_state, begin_sequence, FIELD_U64),
	FIELD(struct log_state, end_sequence, FIELD_U64),
	FIELD(struct log_state, begin_us, FIELD_U64),
	FIELD(struct log_state, begin_ns, FIELD_U64),
	FIELD(struct log_state, lost, FIELD_U64),
	FIELD(struct log_state, passed_over, FIELD_U64),
	FIELD(struct log_state, over_limit, FIELD_U64),
};

static const struct field log_fields[] = {
	FIELD(struct log_record, sequence, FIELD_U64),
	FIELD(struct log_record, time_us, FIELD_U64),
	FIELD(struct log_record, facility, FIELD_UINT),
	FIELD(struct log_record, level, FIELD_UINT),
	FIELD(struct log_record, caller, FIELD_TEXT),
	FIELD(struct log_record, device, FIELD_STRING),
	FIELD(struct log_record, text, FIELD_STRING),
};

static const struct field counter_fields[] = {
	FIELD(struct counter, name, FIELD_TEXT),
	FIELD(struct counter, before, FIELD_U64),
	FIELD(struct counter, after, FIELD_U64),
	FIELD(struct counter, why, FIELD_TEXT),
};

static const struct field uevent_fields[] = {
	FIELD(struct uevent, action, FIELD_TEXT),
	FIELD(struct uevent, function, FIELD_TEXT),
};

static const struct field end_fields[] = {
	FIELD(struct end_record, steps, FIELD_UINT),
	FIELD(struct end_record, lines, FIELD_UINT),
};

#define KIND(keyword_, fields_)                                                                    \
	{                                                                                          \
		.keyword = (keyword_), .fields = (fields_), .field_count = ARRAY_SIZE(fields_)     \
	}

const struct record_kind record_format = KIND("iommu-resettest-evidence", format_fields);
const struct record_kind record_run = KIND("run", run_fields);
const struct record_kind record_host = KIND("host", host_fields);
const struct record_kind record_kernel = KIND("kernel", kernel_fields);
const struct record_kind record_fact = KIND("fact", fact_fields);
const struct record_kind record_warning = KIND("warning", warning_fields);
const struct record_kind record_refusal = KIND("refusal", refusal_fields);
const struct record_kind record_known = KIND("function", known_fields);
const struct record_kind record_step = KIND("step", step_fields);
const struct record_kind record_step_size = KIND("step", step_size_fields);
const struct record_kind record_subject = KIND("subject", subject_fields);
const struct record_kind record_step_write = KIND("write", write_fields);
const struct record_kind record_traffic = KIND("traffic", traffic_fields);
const struct record_kind record_vf = KIND("vf", vf_fields);
const struct record_kind record_config = KIND("config", config_fields);
const struct record_kind record_row = KIND("row", row_fields);
const struct record_kind record_trace_state = KIND("trace-state", trace_state_fields);
const struct record_kind record_trace = KIND("trace", trace_fields);
const struct record_kind record_log_state = KIND("log-state", log_state_fields);
const struct record_kind record_log = KIND("log", log_fields);
const struct record_kind record_counter = KIND("counter", counter_fields);
const struct record_kind record_uevent = KIND("uevent", uevent_fields);
const struct record_kind record_end = KIND("end", end_fields);
