// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>

#include "model/evidence_text.h"

#define HOSTILE "a \"quoted\" \\x41 = \033[31m\n\t\x80\xff end"

static void set_text(char *field, size_t size, const char *text)
{
	assert_true(strlen(text) < size);
	strcpy(field, text);
}

#define SET(field, text) set_text(field, sizeof(field), text)

static struct config_space *some_config(unsigned int length_bytes, uint8_t seed)
{
	struct config_space *config = calloc(1, sizeof(*config));

	assert_non_null(config);
	config->readable = true;
	config->length_bytes = length_bytes;
	/* Rows of zeros in between, as real ones have. */
	for (unsigned int i = 0; i < length_bytes; i++)
		config->bytes[i] = i / 16 % 3 == 1 ? 0 : (uint8_t)(i * 7 + seed);
	return config;
}

static void fill_subject(struct subject *subject, const char *function, int pid)
{
	*subject = (struct subject){
		.vendor = 0x1af4,
		.device = 0x1041,
		.role = SUBJECT_PROBED,
		.group = 5,
		.is_vf = true,
		.vfs_before = 3,
		.vfs_after = VFS_UNKNOWN,
		.gate = TRI_YES,
		.method_written = true,
		.select_errno = 1,
		.restore_errno = 2,
		.unbound = true,
		.unbind_errno = 3,
		.bind_errno = 4,
		.pid = pid,
		.started = true,
		.hung = true,
		.write_errno = 16,
		.begin_ns = 1000000000123,
		.end_ns = UINT64_MAX,
		.present_after = true,
		.before = some_config(256, 1),
		.after = some_config(4096, 2),
		.upstream_before = some_config(4096, 3),
		.upstream_after = some_config(64, 4),
	};
	SET(subject->function, function);
	SET(subject->domain_type, "DMA-FQ");
	snprintf(subject->upstream, sizeof(subject->upstream), "0000:00:%02x.0", pid - 98);
	SET(subject->iommu, "smmu3.0x0000000009050000");
	SET(subject->driver, "virtio-pci");
	SET(subject->driver_after, "vfio-pci");
	SET(subject->type_after, "identity");
	SET(subject->methods_before, "flr pm bus cxl_bus");
	SET(subject->methods_after, "");
	SET(subject->hung_where, HOSTILE);
	SET(subject->kept_for, HOSTILE);
}

static void fill_trace(struct step_evidence *step)
{
	for (int kind = TRACE_MARK_BEGIN; kind <= TRACE_PASID_RESTORE; kind++) {
		struct trace_event *event = step_add_trace(step);

		assert_non_null(event);
		*event = (struct trace_event){.time_ns = 1000000000123 + (uint64_t)kind,
					      .cpu = 3,
					      .pid = 100,
					      .kind = (enum trace_kind)kind,
					      .value = -16,
					      .probe = kind % 2};
		SET(event->function, kind % 2 ? "0000:01:00.0" : "");
		SET(event->symbol, "pci_dev_reset_iommu_prepare");
	}
	step->trace_state.source = TRACE_SOURCE_KPROBE;
	step->trace_state.lost = 3;
	SET(step->trace_state.why, "no BTF");
	SET(step->trace_state.missing, "pcie_flr cxl_reset_bus_function");
	SET(step->trace_state.unarmed, "pci_af_flr pci_pm_reset");
}

static void fill_log(struct step_evidence *step)
{
	char text[] = HOSTILE, device[] = "+pci:0000:01:00.0";
	struct log_record record = {.sequence = 77,
				    .time_us = 12345678,
				    .facility = 1,
				    .level = 6,
				    .caller = "T151",
				    .text = text,
				    .device = device};

	assert_int_equal(step_add_log(step, &record), 0);
	step->log_state = (struct log_state){.readable = true,
					     .marked = true,
					     .begin_seen = true,
					     .end_seen = false,
					     .begin_sequence = 311,
					     .end_sequence = UINT64_MAX,
					     .begin_us = 12039640,
					     .begin_ns = 12058419753,
					     .lost = 9,
					     .passed_over = 1000000,
					     .over_limit = 12};
	SET(step->log_state.why, "EPERM");
}

static void fill_step(struct step_evidence *step)
{
	struct counter *counter;
	struct uevent *uevent;

	step->round = 3;
	step->scenario = SCENARIO_SIBLINGS;
	SET(step->method, "flr");
	fill_subject(step_add_subject(step), "0000:01:00.0", 100);
	fill_subject(step_add_subject(step), "10000:e1:00.0", 101);
	fill_trace(step);
	fill_log(step);
	counter = step_add_counter(step);
	*counter = (struct counter){.before = 1, .after = UINT64_MAX};
	SET(counter->name, "irq:dmar0");
	SET(counter->why, HOSTILE);
	*step_add_write(step) = (struct step_write){.kind = WRITTEN_PROBE,
						    .function = "0000:01:00.0",
						    .value = "default",
						    .after = "flr  pm bus ",
						    .pid = 4712,
						    .started = true,
						    .hung = true,
						    .error = 22,
						    .begin_ns = 17,
						    .end_ns = UINT64_MAX};
	*step_add_traffic(step) = (struct traffic){.function = "0000:01:00.0",
						   .device = "nvme0n1",
						   .started = true,
						   .ended = true,
						   .error = 5,
						   .reads_before = 6,
						   .reads_within = 7,
						   .reads_after = 8,
						   .sent_before = 11,
						   .sent_within = 12,
						   .sent_after = 13,
						   .mismatches = 9,
						   .longest_ns = UINT64_MAX,
						   .lower_error = 110,
						   .still_up = true};
	*step_add_vf(step) = (struct step_vf){.function = "0000:01:10.0",
					      .physfn = "0000:01:00.0",
					      .vendor = 0x1b36,
					      .device = 0x10ed,
					      .present_after = true,
					      .header_before = "ff ff 00",
					      .header_after = "ff ff ff"};
	uevent = step_add_uevent(step);
	SET(uevent->action, "remove");
	SET(uevent->function, "0000:01:00.0");
}

/* Every field of every record has a value that no default gives it. */
static void fill_run(struct run_evidence *run)
{
	struct step_evidence *skipped;
	struct refusal *refusal;
	const char *name;

	*run = (struct run_evidence){.facts = KERNEL_FACTS_INIT, .signal = 15};
	SET(run->tool_version, "0.1.0");
	SET(run->tool_features, "tracefs btf");
	SET(run->started, "2026-11-22T07:30:00Z");
	run->started_ns = 81234567890;
	SET(run->run_id, "c0ffee");
	SET(run->host.nodename, "host");
	SET(run->host.release, "7.0.4");
	SET(run->host.version, "#1 SMP PREEMPT_DYNAMIC Debian 7.0.4-1");
	SET(run->host.machine, "x86_64");
	run->host.iommu = TRI_YES;
	run->host.ats_disabled = TRI_NO;
	SET(run->host.iommu_names, "dmar0 dmar1");
	run->host.segments = 4;
	SET(run->facts.release, "7.0.4");
	SET(run->facts.source, "btf");
	SET(run->facts.note, HOSTILE);
	for (size_t i = 0; (name = facts_name_at(i)); i++)
		*facts_value(&run->facts, name) = i % 2 ? TRI_YES : TRI_NO;
	assert_int_equal(evidence_warn(run, "%s", HOSTILE), 0);
	assert_int_equal(evidence_warn(run, "%s", ""), 0);
	refusal = evidence_add_refusal(run);
	SET(refusal->function, "0000:00:02.0");
	SET(refusal->reason, "mounted");
	SET(refusal->text, HOSTILE);
	SET(refusal->override, "--with-driver");
	/* Those of the steps and the refusals, which a reader takes in by itself, and another one.
	 */
	assert_int_equal(known_add(&run->known, "0000:01:00.0"), 0);
	assert_int_equal(known_add(&run->known, "0000:00:02.0"), 0);
	assert_int_equal(known_add(&run->known, "0001:e1:00.0"), 0);
	fill_step(evidence_add_step(run));
	skipped = evidence_add_step(run);
	skipped->scenario = SCENARIO_SINGLE;
	SET(skipped->method, "bus");
	SET(skipped->skip_reason, "sbr-masked");
	SET(skipped->skip_text, "the CXL port masks it");
	SET(skipped->incomplete, HOSTILE);
}

static char *text_of(const struct run_evidence *run)
{
	struct strbuf out = {0};
	char *text = NULL;

	evidence_write(&out, run);
	assert_int_equal(strbuf_take(&out, &text), 0);
	return text;
}

static char *sample_text(void)
{
	_cleanup_evidence_ struct run_evidence run;

	fill_run(&run);
	return text_of(&run);
}

static void same_config(const struct config_space *a, const struct config_space *b)
{
	assert_non_null(b);
	assert_int_equal(a->readable, b->readable);
	assert_int_equal(a->length_bytes, b->length_bytes);
	assert_memory_equal(a->bytes, b->bytes, sizeof(a->bytes));
}

static void same_subject(const struct subject *a, const struct subject *b)
{
	assert_string_equal(a->function, b->function);
	assert_true(a->vendor == b->vendor && a->device == b->device && a->group == b->group);
	assert_int_equal(a->role, b->role);
	assert_string_equal(a->domain_type, b->domain_type);
	assert_string_equal(a->upstream, b->upstream);
	assert_string_equal(a->iommu, b->iommu);
	assert_string_equal(a->driver, b->driver);
	assert_true(a->is_vf == b->is_vf && a->gate == b->gate);
	assert_true(a->vfs_before == b->vfs_before && a->vfs_after == b->vfs_after);
	assert_string_equal(a->methods_before, b->methods_before);
	assert_string_equal(a->methods_after, b->methods_after);
	assert_true(a->method_written == b->method_written && a->select_errno == b->select_errno &&
		    a->restore_errno == b->restore_errno && a->pid == b->pid);
	assert_true(a->unbound == b->unbound && a->unbind_errno == b->unbind_errno &&
		    a->bind_errno == b->bind_errno);
	assert_string_equal(a->driver_after, b->driver_after);
	assert_string_equal(a->type_after, b->type_after);
	assert_true(a->started == b->started && a->hung == b->hung);
	assert_string_equal(a->hung_where, b->hung_where);
	assert_string_equal(a->kept_for, b->kept_for);
	assert_true(a->write_errno == b->write_errno && a->begin_ns == b->begin_ns &&
		    a->end_ns == b->end_ns && a->present_after == b->present_after);
	same_config(a->before, b->before);
	same_config(a->after, b->after);
	same_config(a->upstream_before, b->upstream_before);
	same_config(a->upstream_after, b->upstream_after);
}

static void same_trace(const struct step_evidence *a, const struct step_evidence *b)
{
	assert_int_equal(a->trace_state.source, b->trace_state.source);
	assert_true(a->trace_state.lost == b->trace_state.lost);
	assert_string_equal(a->trace_state.why, b->trace_state.why);
	assert_string_equal(a->trace_state.missing, b->trace_state.missing);
	assert_string_equal(a->trace_state.unarmed, b->trace_state.unarmed);
	assert_int_equal(a->trace_count, b->trace_count);
	for (size_t i = 0; i < a->trace_count; i++) {
		const struct trace_event *x = &a->trace[i], *y = &b->trace[i];

		assert_true(x->time_ns == y->time_ns && x->cpu == y->cpu && x->pid == y->pid &&
			    x->kind == y->kind && x->value == y->value && x->probe == y->probe);
		assert_string_equal(x->function, y->function);
		assert_string_equal(x->symbol, y->symbol);
	}
}

static void same_log(const struct step_evidence *a, const struct step_evidence *b)
{
	const struct log_state *x = &a->log_state, *y = &b->log_state;

	assert_true(x->readable == y->readable && x->marked == y->marked &&
		    x->begin_seen == y->begin_seen && x->end_seen == y->end_seen &&
		    x->begin_sequence == y->begin_sequence && x->end_sequence == y->end_sequence &&
		    x->begin_us == y->begin_us && x->begin_ns == y->begin_ns &&
		    x->lost == y->lost && x->passed_over == y->passed_over &&
		    x->over_limit == y->over_limit);
	assert_string_equal(x->why, y->why);
	assert_int_equal(a->log_count, b->log_count);
	for (size_t i = 0; i < a->log_count; i++) {
		const struct log_record *p = &a->log[i], *q = &b->log[i];

		assert_true(p->sequence == q->sequence && p->time_us == q->time_us &&
			    p->facility == q->facility && p->level == q->level);
		assert_string_equal(p->caller, q->caller);
		assert_string_equal(p->text, q->text);
		assert_string_equal(p->device, q->device);
	}
}

static void same_step(const struct step_evidence *a, const struct step_evidence *b)
{
	assert_int_equal(a->number, b->number);
	assert_int_equal(a->round, b->round);
	assert_int_equal(a->scenario, b->scenario);
	assert_string_equal(a->method, b->method);
	assert_string_equal(a->skip_reason, b->skip_reason);
	assert_string_equal(a->skip_text, b->skip_text);
	assert_string_equal(a->incomplete, b->incomplete);
	assert_int_equal(a->subject_count, b->subject_count);
	for (size_t i = 0; i < a->subject_count; i++)
		same_subject(&a->subjects[i], &b->subjects[i]);
	same_trace(a, b);
	same_log(a, b);
	assert_int_equal(a->counter_count, b->counter_count);
	for (size_t i = 0; i < a->counter_count; i++) {
		assert_string_equal(a->counters[i].name, b->counters[i].name);
		assert_string_equal(a->counters[i].why, b->counters[i].why);
		assert_true(a->counters[i].before == b->counters[i].before &&
			    a->counters[i].after == b->counters[i].after);
	}
	assert_int_equal(a->write_count, b->write_count);
	for (size_t i = 0; i < a->write_count; i++) {
		const struct step_write *x = &a->writes[i], *y = &b->writes[i];

		assert_true(x->kind == y->kind && x->pid == y->pid && x->started == y->started &&
			    x->hung == y->hung && x->error == y->error &&
			    x->begin_ns == y->begin_ns && x->end_ns == y->end_ns);
		assert_string_equal(x->function, y->function);
		assert_string_equal(x->value, y->value);
		assert_string_equal(x->after, y->after);
	}
	assert_int_equal(a->traffic_count, b->traffic_count);
	for (size_t i = 0; i < a->traffic_count; i++) {
		const struct traffic *x = &a->traffic[i], *y = &b->traffic[i];

		assert_string_equal(x->function, y->function);
		assert_string_equal(x->device, y->device);
		assert_true(x->started == y->started && x->ended == y->ended &&
			    x->error == y->error && x->reads_before == y->reads_before &&
			    x->reads_within == y->reads_within &&
			    x->reads_after == y->reads_after && x->sent_before == y->sent_before &&
			    x->sent_within == y->sent_within && x->sent_after == y->sent_after &&
			    x->mismatches == y->mismatches && x->longest_ns == y->longest_ns &&
			    x->lower_error == y->lower_error && x->still_up == y->still_up);
	}
	assert_int_equal(a->vf_count, b->vf_count);
	for (size_t i = 0; i < a->vf_count; i++) {
		const struct step_vf *x = &a->vfs[i], *y = &b->vfs[i];

		assert_string_equal(x->function, y->function);
		assert_string_equal(x->physfn, y->physfn);
		assert_true(x->vendor == y->vendor && x->device == y->device &&
			    x->present_after == y->present_after);
		assert_string_equal(x->header_before, y->header_before);
		assert_string_equal(x->header_after, y->header_after);
	}
	assert_int_equal(a->uevent_count, b->uevent_count);
	for (size_t i = 0; i < a->uevent_count; i++) {
		assert_string_equal(a->uevents[i].action, b->uevents[i].action);
		assert_string_equal(a->uevents[i].function, b->uevents[i].function);
	}
}

static void same_run(const struct run_evidence *a, const struct run_evidence *b)
{
	struct kernel_facts x = a->facts, y = b->facts;
	const char *name;

	assert_string_equal(a->tool_version, b->tool_version);
	assert_string_equal(a->tool_features, b->tool_features);
	assert_string_equal(a->started, b->started);
	assert_int_equal(a->started_ns, b->started_ns);
	assert_string_equal(a->run_id, b->run_id);
	assert_int_equal(a->signal, b->signal);
	assert_string_equal(a->host.nodename, b->host.nodename);
	assert_string_equal(a->host.release, b->host.release);
	assert_string_equal(a->host.version, b->host.version);
	assert_string_equal(a->host.machine, b->host.machine);
	assert_string_equal(a->host.iommu_names, b->host.iommu_names);
	assert_int_equal(a->host.segments, b->host.segments);
	assert_true(a->host.iommu == b->host.iommu && a->host.ats_disabled == b->host.ats_disabled);
	assert_string_equal(x.release, y.release);
	assert_string_equal(x.source, y.source);
	assert_string_equal(x.note, y.note);
	for (size_t i = 0; (name = facts_name_at(i)); i++)
		assert_int_equal(*facts_value(&x, name), *facts_value(&y, name));
	assert_int_equal(a->warning_count, b->warning_count);
	for (size_t i = 0; i < a->warning_count; i++)
		assert_string_equal(a->warnings[i], b->warnings[i]);
	assert_int_equal(a->refusal_count, b->refusal_count);
	for (size_t i = 0; i < a->refusal_count; i++) {
		assert_string_equal(a->refusals[i].function, b->refusals[i].function);
		assert_string_equal(a->refusals[i].reason, b->refusals[i].reason);
		assert_string_equal(a->refusals[i].text, b->refusals[i].text);
		assert_string_equal(a->refusals[i].override, b->refusals[i].override);
	}
	assert_int_equal(a->known.count, b->known.count);
	for (size_t i = 0; i < a->known.count; i++)
		assert_string_equal(a->known.functions[i].name, b->known.functions[i].name);
	assert_int_equal(a->step_count, b->step_count);
	for (size_t i = 0; i < a->step_count; i++)
		same_step(&a->steps[i], &b->steps[i]);
}

static void test_round_trip(void **state)
{
	_cleanup_evidence_ struct run_evidence run, back = {0};
	_cleanup_free_ char *text = NULL, *again = NULL;
	size_t line;

	(void)state;
	fill_run(&run);
	text = text_of(&run);
	assert_int_equal(evidence_parse(text, &back, &line), 0);
	same_run(&run, &back);
	again = text_of(&back);
	assert_string_equal(text, again);
}

static void test_an_empty_run(void **state)
{
	_cleanup_evidence_ struct run_evidence run = {.facts = KERNEL_FACTS_INIT}, back = {0};
	_cleanup_free_ char *text = text_of(&run);
	size_t line;

	(void)state;
	assert_int_equal(evidence_parse(text, &back, &line), 0);
	assert_int_equal(back.step_count, 0);
}

static void test_lines_are_plain(void **state)
{
	_cleanup_free_ char *text = sample_text();

	(void)state;
	for (const char *at = text; *at; at++)
		assert_true(*at == '\n' || (*at >= ' ' && *at < 0x7f));
}

static void must_fail(const char *text, const char *what, size_t where)
{
	_cleanup_evidence_ struct run_evidence back = {0};
	size_t line = 0;
	int r = evidence_parse(text, &back, &line);

	if (r == 0)
		fail_msg("%s %zu was accepted", what, where);
	if (line == 0)
		fail_msg("%s %zu: no line was named", what, where);
	assert_int_equal(back.step_count, 0);
	assert_null(back.steps);
}

static void test_cut_short_at_each_line(void **state)
{
	_cleanup_free_ char *text = sample_text();
	size_t lines = 0;

	(void)state;
	for (char *at = text; (at = strchr(at, '\n')) && at[1]; at++) {
		char next = at[1];

		at[1] = '\0';
		must_fail(text, "cut after line", ++lines);
		at[1] = next;
	}
	assert_true(lines > 50);
}

static void test_cut_short_in_each_line(void **state)
{
	_cleanup_free_ char *text = sample_text();
	size_t cuts = 0;

	(void)state;
	for (char *at = text; *at; at += strcspn(at, "\n") + 1) {
		size_t middle = strcspn(at, "\n") / 2;
		char byte = at[middle];

		at[middle] = '\0';
		must_fail(text, "cut at byte", (size_t)(at - text) + middle);
		at[middle] = byte;
		cuts++;
	}
	assert_true(cuts > 50);
	text[strlen(text) - 1] = '\0';
	must_fail(text, "without its last newline", 0);
}

static void test_a_line_taken_out(void **state)
{
	_cleanup_free_ char *text = sample_text();
	size_t length = strlen(text), taken = 0;

	(void)state;
	for (size_t at = 0; at < length; at += strcspn(text + at, "\n") + 1) {
		size_t line_bytes = strcspn(text + at, "\n") + 1;
		_cleanup_free_ char *without = strdup(text);

		assert_non_null(without);
		memmove(without + at, text + at + line_bytes, length - at - line_bytes + 1);
		must_fail(without, "without the line at byte", at);
		taken++;
	}
	assert_true(taken > 50);
}

static int parse_text(const char *text, size_t *line)
{
	_cleanup_evidence_ struct run_evidence back = {0};

	return evidence_parse(text, &back, line);
}

#define HEAD "iommu-resettest-evidence version=1\n"

static void test_what_is_wrong_and_where(void **state)
{
	static const struct {
		const char *text;
		int error;
		size_t line;
	} cases[] = {
		{"", -ENODATA, 1},
		{"\n", -EPROTO, 1},
		{"hello\n", -EPROTO, 1},
		{"hello", -EPROTO, 1},
		{"run signal=0\n", -EPROTO, 1},
		{"iommu-resettest-evidence version=2\n", -EPROTO, 1},
		{"iommu-resettest-evidence version=x\n", -EPROTO, 1},
		{HEAD, -ENODATA, 2},
		{HEAD "end steps=0 lines=2\n", 0, 3},
		{HEAD "end steps=0 lines=3\n", -ENODATA, 3},
		{HEAD "end steps=1 lines=2\n", -ENODATA, 3},
		{HEAD "end steps=0 lines=2\nrun signal=0\n", -EINVAL, 3},
		{HEAD "end steps=0 lines=2\nx", -ENODATA, 3},
		{HEAD "surprise a=b\n", -EINVAL, 2},
		{HEAD "\n", -EINVAL, 2},
		{HEAD "run signal=x\n", -EINVAL, 2},
		{HEAD "trace pid=1\n", -EINVAL, 2},
		{HEAD "subject function=0000:01:00.0\n", -EINVAL, 2},
		{HEAD "step scenario=nested\nstep scenario=odd\n", -EINVAL, 3},
		{HEAD "step scenario=nested\nlog level=3\n", -EINVAL, 3},
		{HEAD "step scenario=nested\nrow offset=0x000 bytes=00\n", -EINVAL, 3},
		{HEAD "step scenario=nested\nconfig function=0000:01:00.0\n", -EINVAL, 3},
		{HEAD "step scenario=nested\nsubject function=a\n"
		      "config function=a length_bytes=4097\n",
		 -EINVAL, 4},
		{HEAD "step scenario=nested\nsubject function=a\n"
		      "config function=a length_bytes=64\nconfig function=a length_bytes=64\n",
		 -EINVAL, 5},
		{HEAD "step scenario=nested\nsubject function=a upstream=b\n"
		      "config function=b length_bytes=64\nconfig function=b length_bytes=64\n",
		 -EINVAL, 5},
		{HEAD "step scenario=nested\nsubject function=a\n"
		      "config function=\"\" length_bytes=64\n",
		 -EINVAL, 4},
		{HEAD
		 "step scenario=nested\nsubject function=a\n"
		 "config function=a length_bytes=64\nrow offset=0x040 bytes=\"00 00 00 00 00 00 "
		 "00 00 00 00 00 00 00 00 00 00\"\n",
		 -EINVAL, 5},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t line = 0;
		int r = parse_text(cases[i].text, &line);

		if (r != cases[i].error || line != cases[i].line)
			fail_msg("case %zu gave %d in line %zu", i, r, line);
	}
}

static void test_too_many_functions_in_a_step(void **state)
{
	struct strbuf text = {0};
	size_t line;

	(void)state;
	strbuf_puts(&text, HEAD "step scenario=siblings\n");
	for (unsigned int i = 0; i <= SUBJECTS_MAX; i++)
		strbuf_printf(&text, "subject function=0000:%02x:00.0\n", i);
	assert_int_equal(parse_text(text.text, &line), -EINVAL);
	assert_int_equal(line, 3 + SUBJECTS_MAX);
	strbuf_free(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_an_empty_run),
		cmocka_unit_test(test_lines_are_plain),
		cmocka_unit_test(test_cut_short_at_each_line),
		cmocka_unit_test(test_cut_short_in_each_line),
		cmocka_unit_test(test_a_line_taken_out),
		cmocka_unit_test(test_what_is_wrong_and_where),
		cmocka_unit_test(test_too_many_functions_in_a_step),
	};

	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
