// SPDX-License-Identifier: GPL-2.0-or-later
/* Lines of the kernel log that make one event, as they are and with others between them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/attr.h"
#include "golden.h"
#include "judge/klog.h"

#define RECORDS_MAX 64

/* A log and what was made of it. A line is "TEXT", "T151|TEXT" or "user|TEXT". */
struct log {
	struct log_record records[RECORDS_MAX];
	struct klog_event events[RECORDS_MAX];
	size_t count;
};

static char nothing[] = "";

static struct log read_lines(const char *const *lines, size_t count)
{
	struct log log = {.count = count};

	assert_true(count <= RECORDS_MAX);
	for (size_t i = 0; i < count; i++) {
		struct log_record *record = &log.records[i];
		const char *bar = memchr(lines[i], '|', strnlen(lines[i], CALLER_MAX));
		size_t length = bar ? (size_t)(bar - lines[i]) : 0;

		*record = (struct log_record){
			.sequence = i + 1, .time_us = 1000 * i, .level = 3, .device = nothing};
		record->text = strdup(bar ? bar + 1 : lines[i]);
		assert_non_null(record->text);
		assert_true(length < sizeof(record->caller));
		if (bar && strncmp(lines[i], "user", length) == 0)
			record->facility = 1;
		else
			memcpy(record->caller, lines[i], length);
	}
	klog_read(log.records, log.count, log.events);
	return log;
}

#define READ(lines) read_lines((lines), ARRAY_SIZE(lines))

static void log_free(struct log *log)
{
	for (size_t i = 0; i < log->count; i++)
		free(log->records[i].text);
}

static char lower(char capital)
{
	return "abcdefghijklmnopqrstuvwxyz"[capital - 'A'];
}

/* One character a record: '.' nothing, a letter for the event whose head is the capital one. */
static void assert_grouped(const struct log *log, const char *expected)
{
	char got[RECORDS_MAX + 1] = "", letter = 'A';
	char letters[RECORDS_MAX] = "";

	for (size_t i = 0; i < log->count; i++) {
		const struct klog_event *event = &log->events[i];

		if (event->kind != KLOG_OTHER && event->kind != KLOG_PART)
			letters[i] = letter++;
	}
	for (size_t i = 0; i < log->count; i++) {
		const struct klog_event *event = &log->events[i];

		if (event->kind == KLOG_OTHER)
			got[i] = '.';
		else if (event->kind == KLOG_PART)
			got[i] = lower(letters[event->head]);
		else
			got[i] = letters[i];
	}
	assert_string_equal(got, expected);
}

#define WARNING "WARNING: drivers/iommu/iommu.c:3975 at f+0x1e0/0x200, CPU#1: iommu-resettest/151"
#define OTHER_WARNING "WARNING: mm/slub.c:1 at g+0x1e0/0x200, CPU#0: cat/999"
#define FAULT                                                                                      \
	("DMAR: [DMA Write NO_PASID] Request device [02:00.0] fault addr 0x1000 [fault reason "    \
	 "0x05]")

/* What means something by itself stays an event, and what is somebody else's stays out. */
static void warning_with_others_between(void **state)
{
	static const char *const lines[] = {
		"------------[ cut here ]------------",
		"pci 0000:05:00.0: enabling device (0000 -> 0002)",
		WARNING,
		"Modules linked in:",
		FAULT,
		"CPU: 1 UID: 0 PID: 151 Comm: iommu-resettest Not tainted 7.0.4+deb13-amd64 #1",
		"RIP: 0010:f+0x1e0/0x200",
		"user| pci_dev_reset_iommu_prepare+0x1/0x2",
		"user|---[ end trace 0000000000000000 ]---",
		"Call Trace:",
		" <TASK>",
		" ? pcie_flr+0xa7/0x1e0",
		" cxl_reset_bus_function+0xe9/0x140",
		" __pci_reset_function_locked+0x61/0x120",
		"EXT4-fs (vda1): mounted filesystem",
		" </TASK>",
		"---[ end trace 0000000000000000 ]---",
		" pcie_flr+0xa7/0x1e0",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "a.AaBaa..aaaaa.aa.");
	assert_int_equal(log.events[2].lines, 12);
	assert_int_equal(log.events[2].pid, 151);
	assert_string_equal(log.events[2].comm, "iommu-resettest");
	assert_string_equal(log.events[2].frame, "cxl_reset_bus_function");
	log_free(&log);
}

static const char *const two_warnings[] = {
	"T151|------------[ cut here ]------------",
	"T999|------------[ cut here ]------------",
	"T999|" OTHER_WARNING,
	"T151|" WARNING,
	"T999| kmem_cache_free+0x1/0x2",
	"T151| pcie_flr+0x1/0x2",
	"T999|---[ end trace 0000000000000000 ]---",
	"T151|---[ end trace 0000000000000000 ]---",
};

static void two_warnings_at_once(void **state)
{
	struct log log = READ(two_warnings);

	(void)state;
	assert_grouped(&log, "baABabab");
	assert_string_equal(log.events[3].frame, "pcie_flr");
	assert_string_equal(log.events[2].frame, "");
	log_free(&log);
}

/* Who wrote is not known: no trace is believed, but each warning says itself whose it is. */
static void two_warnings_of_unknown_callers(void **state)
{
	const char *lines[ARRAY_SIZE(two_warnings)];
	struct log log;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		lines[i] = strchr(two_warnings[i], '|') + 1;
	log = READ(lines);
	assert_int_equal(log.events[2].kind, KLOG_WARNING);
	assert_int_equal(log.events[3].kind, KLOG_WARNING);
	assert_int_equal(log.events[2].pid, 999);
	assert_int_equal(log.events[3].pid, 151);
	assert_string_equal(log.events[2].frame, "");
	assert_string_equal(log.events[3].frame, "");
	for (size_t i = 4; i < log.count; i++)
		assert_int_equal(log.events[i].kind, KLOG_PART);
	log_free(&log);
}

static void oops(void **state)
{
	static const char *const lines[] = {
		"BUG: unable to handle page fault for address: ffffffffdeadbeef",
		"#PF: supervisor read access in kernel mode",
		"#PF: error_code(0x0000) - not-present page",
		"PGD 0 P4D 0",
		"Oops: Oops: 0000 [#1] SMP NOPTI",
		"CPU: 0 UID: 0 PID: 77 Comm: Oops: x Tainted: G        W           7.3.4 #1",
		"RIP: 0010:f+0x1/0x2",
		"---[ end trace 0000000000000000 ]---",
		"Kernel panic - not syncing: Fatal exception",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "AaaaaaaaB");
	assert_int_equal(log.events[0].pid, 77);
	assert_string_equal(log.events[0].comm, "Oops: x");
	log_free(&log);
}

/* A report that has no last line is over when the next one begins. */
static void reports_without_an_end(void **state)
{
	static const char *const lines[] = {
		"INFO: task sh:1 blocked for more than 120 seconds.",
		"      Not tainted 7.3.4 #1",
		"\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.",
		"task:sh              state:D stack:0     pid:1     tgid:1     ppid:0",
		" __schedule+0x1/0x2",
		"INFO: task sh:1 is blocked on a mutex likely owned by task cat:2.",
		"INFO: task cat:2 blocked in I/O wait for more than 120 seconds.",
		" pci_reset_function+0x1/0x2",
		"watchdog: BUG: soft lockup - CPU#1 stuck for 26s! [sh:7]",
		" pcie_flr+0x1/0x2",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "AaaaaaBbCc");
	assert_string_equal(log.events[0].frame, "");
	assert_string_equal(log.events[6].frame, "pci_reset_function");
	assert_string_equal(log.events[8].frame, "pcie_flr");
	log_free(&log);
}

static void aer_details(void **state)
{
	/* Up to 7.2; another port's error in the middle; 7.3 */
	static const char *const lines[] = {
		("pcieport 0000:00:01.0: AER: Uncorrectable (Non-Fatal) error message received "
		 "from "
		 "0000:01:00.0"),
		("nvme 0000:01:00.0: PCIe Bus Error: severity=Uncorrectable (Non-Fatal), "
		 "type=Transaction Layer, (Requester ID)"),
		"nvme 0000:01:00.0:   device [144d:a804] error status/mask=00100000/00000000",
		("nvme 0000:02:00.0: PCIe Bus Error: severity=Correctable, type=Physical Layer, "
		 "(Receiver ID)"),
		"nvme 0000:01:00.0:    [20] UnsupReq               (First)",
		"nvme 0000:02:00.0:    [ 0] RxErr                  (First)",
		"nvme 0000:01:00.0: AER:   TLP Header: 40000001 0000000f 00000000 00000000",
		"pcieport 0000:00:02.0: AER: Correctable Error message received from 0000:03:00.0",
		"nvme 0000:03:00.0: PCIe Bus Error: severity=Correctable",
		"nvme 0000:03:00.0:   device [144d:a804] error status/mask=00000001/00000000",
		"nvme 0000:03:00.0:   [ 0] RxErr             | Receiver    | Physical Layer",
		/* Firmware's, whose severity comes last */
		"nvme 0000:04:00.0: AER: aer_status: 0x00100000, aer_mask: 0x00000000",
		"nvme 0000:04:00.0: AER: aer_uncor_severity: 0x00062030",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "aAaBabacCccDd");
	assert_int_equal(log.events[1].value, KLOG_NONFATAL);
	assert_int_equal(log.events[3].value, KLOG_CORRECTABLE);
	assert_int_equal(log.events[11].value, KLOG_NONFATAL);
	log_free(&log);
}

#define A "arm-smmu-v3 arm-smmu-v3.0.auto: "
#define B "arm-smmu-v3 arm-smmu-v3.1.auto: "

static void smmu_events(void **state)
{
	/* 6.12 on one SMMU, 7.3 on another */
	static const char *const lines[] = {
		A "event 0x10 received:",
		A "\t0x00000d0000000010",
		B "event 0x10 received:",
		A "\t0x0000020000000000",
		B "\t0x0000010000000010",
		B "\t0x0000020000000000",
		A "\t0x0000000000001000",
		A "\t0x0000000000001000",
		B "\t0x0000000000001000",
		B "\t0x0000000000001000",
		(B "event: F_TRANSLATION client: 0000:01:00.0 sid: 0x100 ssid: 0x0 iova: 0x1000 "
		   "ipa: 0x0"),
		B "unpriv data write s1 \"Input address caused fault\" stag: 0x0",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "AaBabbaabbbb");
	assert_string_equal(log.events[0].function, "0d:00.0");
	assert_true(log.events[0].guessed);
	assert_string_equal(log.events[2].function, "0000:01:00.0");
	assert_false(log.events[2].guessed);
	log_free(&log);
}

/* Not even the number in the first word names one of its clients. A user may name whom he likes. */
static void smmu_event_of_nobody(void **state)
{
	static const char *const lines[] = {
		A "event 0x02 received:",
		("user|" A "\t0x00000d0000000002"),
		A "\t0x0000010000000002",
		("user|" A "event: C_BAD_STREAMID client: 0000:0d:00.0 sid: 0xd00 ssid: 0x0"),
		A "event: C_BAD_STREAMID client: (unassigned sid) sid: 0x100 ssid: 0x0",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "A.a.a");
	assert_string_equal(log.events[0].function, "");
	log_free(&log);
}

static void smmu_global_error(void **state)
{
	static const char *const lines[] = {
		A "unexpected global error reported (0x00000001), this could be serious",
		B "unexpected global error reported (0x00000008), this could be serious",
		A "CMDQ error (cons 0x03000005): ATC invalidate timeout",
		A "skipping command in error state:",
		A "\t0x0000010000000040",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "bABbb");
	assert_int_equal(log.events[1].kind, KLOG_IOMMU_FAULT);
	assert_int_equal(log.events[2].kind, KLOG_ATS_TIMEOUT);
	assert_string_equal(log.events[2].function, "");
	log_free(&log);
}

static void amd_events(void **state)
{
	static const char *const lines[] = {
		"AMD-Vi: Event logged [Device not attached to domain properly]",
		"user|AMD-Vi:   device=0000:0e:00.0 domain=0x0012",
		"AMD-Vi:   device=0000:0d:00.0 domain=0x0012",
		("pci 0000:00:00.2: AMD-Vi: Event logged [ILLEGAL_DEV_TABLE_ENTRY "
		 "device=0000:0d:00.1 pasid=0x00000 address=0x1000 flags=0x0080]"),
		"pci 0000:00:00.2: AMD-Vi: Control Reg : 0x180b",
		"AMD-Vi: DTE[0]: 7400000000000003",
		/* Its first line got lost. */
		"AMD-Vi:   device=0000:0f:00.0 domain=0x0012",
	};
	struct log log = READ(lines);

	(void)state;
	assert_int_equal(log.events[1].kind, KLOG_OTHER);
	assert_string_equal(log.events[0].function, "0000:0d:00.0");
	assert_int_equal(log.events[2].head, 0);
	assert_string_equal(log.events[3].function, "0000:0d:00.1");
	assert_int_equal(log.events[4].head, 3);
	log_free(&log);
}

static void vtd_faults(void **state)
{
	/* A header tells of the record behind it; a second record stands for itself. */
	static const char *const lines[] = {
		"DMAR: DRHD: handling fault status reg 2",
		FAULT,
		FAULT,
		"DMAR: Dump dmar0 table entries for IOVA 0x1000",
		"DMAR: root entry: 0x0000000101ab2001",
		/* The rate limit hid its record. */
		"DMAR: DRHD: handling fault status reg 2",
		"dmar_fault: 25 callbacks suppressed",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "aABbbCD");
	assert_string_equal(log.events[0].function, "");
	assert_string_equal(log.events[1].function, "02:00.0");
	assert_string_equal(log.events[5].function, "");
	assert_int_equal(log.events[5].kind, KLOG_IOMMU_FAULT);
	log_free(&log);
}

/* As a server died of it: the header names function 0, the queue has the one that is meant. */
static void vtd_invalidation(void **state)
{
	static const char *const lines[] = {
		"DMAR: VT-d detected Invalidation Time-out Error: SID 0",
		"DMAR: QI HEAD: Invalidation Wait qw0 = 0x200000025, qw1 = 0x1004a5f90",
		"pci 0000:05:00.0: enabling device (0000 -> 0002)",
		("DMAR: QI PRIOR: Device-TLB Invalidation qw0 = 0x5300530000000003, qw1 = "
		 "0x7ffffffffffff001"),
		"DMAR: Invalidation Time-out Error (ITE) cleared",
		/* Of another one, whose header got lost */
		"DMAR: QI PRIOR: Device-TLB Invalidation qw0 = 0x5400540000000003, qw1 = 0x1",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "Aa.aaB");
	assert_string_equal(log.events[0].function, "53:00.0");
	assert_string_equal(log.events[5].function, "54:00.0");
	log_free(&log);
	/* Without its header as well */
	log = read_lines(lines + 1, ARRAY_SIZE(lines) - 1);
	assert_grouped(&log, "A.aaB");
	assert_string_equal(log.events[0].function, "53:00.0");
	log_free(&log);
}

static void firmware_error(void **state)
{
	static const char *const lines[] = {
		"{1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 0",
		"{1}[Hardware Error]: event severity: recoverable",
		"{1}[Hardware Error]:   section_type: PCIe error",
		"{1}[Hardware Error]:   device_id: 0000:01:00.0",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "Aaaa");
	assert_string_equal(log.events[0].function, "0000:01:00.0");
	log_free(&log);
}

/* A part that comes much later is not of the event. */
static void long_pause(void **state)
{
	static const char *const lines[] = {
		"AMD-Vi: Event logged [Device not attached to domain properly]",
		"AMD-Vi:   device=0000:0d:00.0 domain=0x0012",
	};
	struct log log = READ(lines);

	(void)state;
	assert_grouped(&log, "Aa");
	log.records[1].time_us = 11000000;
	klog_read(log.records, log.count, log.events);
	assert_grouped(&log, "AB");
	log_free(&log);
}

/* More events at once than are followed: none is lost, none is mixed up. */
static void many_at_once(void **state)
{
	char text[RECORDS_MAX][64];
	const char *lines[RECORDS_MAX];
	struct log log;

	(void)state;
	for (size_t i = 0; i < RECORDS_MAX; i++) {
		size_t device = i % (RECORDS_MAX / 2);

		snprintf(text[i], sizeof(text[i]),
			 i < RECORDS_MAX / 2 ? "nvme 0000:%02zx:00.0: PCIe Bus Error: severity=x"
					     : "nvme 0000:%02zx:00.0:   [20] UnsupReq",
			 device);
		lines[i] = text[i];
	}
	log = READ(lines);
	for (size_t i = 0; i < RECORDS_MAX / 2; i++)
		assert_int_equal(log.events[i].kind, KLOG_AER);
	for (size_t i = RECORDS_MAX / 2; i < RECORDS_MAX; i++)
		assert_true(log.events[i].kind == KLOG_OTHER ||
			    log.events[i].head == i - RECORDS_MAX / 2);
	log_free(&log);
}

/* The last step of a capture from a kernel that warned: one event, and the message of prepare. */
static void captured_warning(void **state)
{
	_cleanup_lines_ struct lines lines = golden_lines("7.0.4-cxl");
	struct run_evidence run = {0};
	const struct step_evidence *step;
	struct klog_event *events;
	size_t warnings = 0, parts = 0;

	(void)state;
	assert_int_equal(lines_parse(&lines, &run), 0);
	step = &run.steps[run.step_count - 1];
	events = calloc(step->log_count, sizeof(*events));
	assert_non_null(events);
	klog_read(step->log, step->log_count, events);
	for (size_t i = 0; i < step->log_count; i++) {
		warnings += events[i].kind == KLOG_WARNING;
		parts += events[i].kind == KLOG_PART;
	}
	assert_int_equal(warnings, 1);
	assert_int_equal(parts, step->log_count - 2);
	assert_int_equal(events[1].lines, step->log_count - 1);
	assert_string_equal(events[1].frame, "pci_reset_bus_function");
	assert_int_equal(events[step->log_count - 1].kind, KLOG_PREPARE_FAILED);
	free(events);
	evidence_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(warning_with_others_between),
		cmocka_unit_test(two_warnings_at_once),
		cmocka_unit_test(two_warnings_of_unknown_callers),
		cmocka_unit_test(oops),
		cmocka_unit_test(reports_without_an_end),
		cmocka_unit_test(aer_details),
		cmocka_unit_test(smmu_events),
		cmocka_unit_test(smmu_event_of_nobody),
		cmocka_unit_test(smmu_global_error),
		cmocka_unit_test(amd_events),
		cmocka_unit_test(vtd_faults),
		cmocka_unit_test(vtd_invalidation),
		cmocka_unit_test(firmware_error),
		cmocka_unit_test(long_pause),
		cmocka_unit_test(many_at_once),
		cmocka_unit_test(captured_warning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
