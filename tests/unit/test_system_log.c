// SPDX-License-Identifier: GPL-2.0-or-later
/* What the system's log is told, and that nothing from the machine can tell it more. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <syslog.h>

#include "base/monotonic.h"
#include "base/strbuf.h"
#include "cli/system_log.h"
#include "golden.h"
#include "judge/judge.h"
#include "model/evidence_text.h"
#include "render/log_entry.h"

#define STEP_HEAD "MESSAGE_ID=" LOG_ENTRY_STEP_ID "\n"
#define MS 1000000ULL
/* Some queues of datagrams hold no more than eleven, none holds what is many. */
#define SOME 400
#define MANY 5000
/* What would be a second for each of many entries is far more. */
#define FEW_SECONDS_NS (100000 * MS)

/* A log daemon, and a run that tells it. */
struct fixture {
	char directory[32], path[48];
	int fd;
	struct strbuf heard;
	struct run_evidence run;
	struct run_result result;
	struct followers followers;
};

static void listen_as(struct fixture *fixture, int type)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", fixture->path);
	fixture->fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
	assert_true(fixture->fd >= 0);
	assert_int_equal(bind(fixture->fd, (struct sockaddr *)&address, sizeof(address)), 0);
	if (type == SOCK_STREAM)
		assert_int_equal(listen(fixture->fd, 1), 0);
}

static void stop_listening(struct fixture *fixture)
{
	close(fixture->fd);
	fixture->fd = -1;
	assert_int_equal(unlink(fixture->path), 0);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	_cleanup_free_ char *text = golden_text("../cli/evidence/vulnerable");
	size_t line;

	assert_non_null(fixture);
	*state = fixture;
	strcpy(fixture->directory, "/tmp/test_system_log.XXXXXX");
	assert_non_null(mkdtemp(fixture->directory));
	snprintf(fixture->path, sizeof(fixture->path), "%s/socket", fixture->directory);
	listen_as(fixture, SOCK_DGRAM);
	assert_int_equal(evidence_parse(text, &fixture->run, &line), 0);
	return judge_run(&fixture->run, &fixture->result);
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	followers_free(&fixture->followers);
	stop_listening(fixture);
	assert_int_equal(rmdir(fixture->directory), 0);
	strbuf_free(&fixture->heard);
	evidence_free(&fixture->run);
	result_free(&fixture->result);
	free(fixture);
	return 0;
}

static void follow(struct fixture *fixture, enum system_log_form form)
{
	assert_int_equal(system_log_follow_at(&fixture->followers, fixture->path, form), 0);
	followers_run_begin(&fixture->followers, &fixture->run, &fixture->result.totals);
}

static void step(struct fixture *fixture, size_t index)
{
	followers_step_end(&fixture->followers, &fixture->run, &fixture->run.steps[index],
			   &fixture->result.steps[index]);
}

static void end(struct fixture *fixture)
{
	followers_run_end(&fixture->followers, &fixture->run, &fixture->result, 1);
}

static const struct follower *follower(const struct fixture *fixture)
{
	return &fixture->followers.items[0];
}

/* All that was sent, each entry between lines "---". Returns how many entries that are. */
static unsigned int hear(struct fixture *fixture)
{
	char entry[65536];
	unsigned int entries = 0;
	ssize_t got;

	strbuf_reset(&fixture->heard);
	while ((got = recv(fixture->fd, entry, sizeof(entry), MSG_DONTWAIT)) >= 0) {
		strbuf_add(&fixture->heard, entry, (size_t)got);
		strbuf_puts(&fixture->heard, "---\n");
		entries++;
	}
	assert_int_equal(errno, EAGAIN);
	return entries;
}

static void has(const struct fixture *fixture, const char *words)
{
	if (!strstr(fixture->heard.text, words))
		fail_msg("no %s in %s", words, fixture->heard.text);
}

static void test_entries(void **state)
{
	struct fixture *fixture = *state;

	follow(fixture, SYSTEM_LOG_FIELDS);
	for (size_t i = 0; i < fixture->run.step_count; i++)
		step(fixture, i);
	end(fixture);
	assert_int_equal(follower(fixture)->error, 0);
	assert_int_equal(hear(fixture), 4);
	has(fixture,
	    "MESSAGE=step 1: nested, 0000:00:1f.2: skip, no-ats: it has no ATS capability");
	has(fixture, "\n" STEP_HEAD "PRIORITY=6\n");
	has(fixture,
	    "---\nMESSAGE=step 3: nested, cxl_bus, 0000:01:00.0: fail, nested-prepare-busy: ");
	has(fixture, "\n" STEP_HEAD "PRIORITY=3\nSYSLOG_IDENTIFIER=iommu-resettest\n"
		     "IOMMU_RESETTEST_RUN_ID=360b100755468a08\nIOMMU_RESETTEST_STEP=3\n"
		     "IOMMU_RESETTEST_ROUND=1\nIOMMU_RESETTEST_SCENARIO=nested\n"
		     "IOMMU_RESETTEST_METHOD=cxl_bus\nIOMMU_RESETTEST_FUNCTION=0000:01:00.0\n"
		     "IOMMU_RESETTEST_VERDICT=fail\nIOMMU_RESETTEST_REASON=nested-prepare-busy\n"
		     "IOMMU_RESETTEST_DURATION_NS=");
	has(fixture, "---\nMESSAGE=vulnerable: This kernel refuses");
	has(fixture, "\nMESSAGE_ID=" LOG_ENTRY_VERDICT_ID "\nPRIORITY=3\n");
	has(fixture, "\nIOMMU_RESETTEST_VERDICT=vulnerable\nIOMMU_RESETTEST_EXIT_STATUS=1\n"
		     "IOMMU_RESETTEST_STEPS=3\nIOMMU_RESETTEST_FAILED=1\n---\n");
}

/* Tells it so many steps, and returns how long that took. */
static uint64_t flood(struct fixture *fixture)
{
	uint64_t begin_ns = monotonic_ns();

	for (unsigned int i = 0; i < MANY; i++)
		step(fixture, 2);
	return monotonic_ns() - begin_ns;
}

/* It costs the run a second, and again one for the verdict, however many entries there are. */
static void stands_still(struct fixture *fixture, enum system_log_form form)
{
	uint64_t begin_ns;
	unsigned int lost;
	char wanted[128];

	follow(fixture, form);
	assert_true(flood(fixture) < FEW_SECONDS_NS);
	assert_int_equal(follower(fixture)->error, 0);
	begin_ns = monotonic_ns();
	end(fixture);
	assert_in_range(monotonic_ns() - begin_ns, 900 * MS, FEW_SECONDS_NS);
	assert_int_equal(follower(fixture)->error, -ENOBUFS);
	lost = MANY + 1 - hear(fixture);
	assert_in_range(lost, 1, MANY);
	snprintf(wanted, sizeof(wanted),
		 "the system log lacks %u of %u entries, among them the verdict", lost, MANY + 1);
	assert_string_equal(follower(fixture)->name, wanted);
}

static void test_stands_still(void **state)
{
	stands_still(*state, SYSTEM_LOG_FIELDS);
}

static void test_syslog_stands_still(void **state)
{
	stands_still(*state, SYSTEM_LOG_LINE);
}

/* It is told how much it lacks, before what comes next. */
static void test_goes_on(void **state)
{
	struct fixture *fixture = *state;
	unsigned int lost;
	char wanted[128];

	follow(fixture, SYSTEM_LOG_FIELDS);
	flood(fixture);
	lost = MANY - hear(fixture);
	step(fixture, 2);
	assert_int_equal(hear(fixture), 2);
	snprintf(wanted, sizeof(wanted), "MESSAGE=%u entries of this run were lost here: ", lost);
	assert_ptr_equal(strstr(fixture->heard.text, wanted), fixture->heard.text);
	has(fixture,
	    "\nMESSAGE_ID=" LOG_ENTRY_GAP_ID "\nPRIORITY=4\n"
	    "SYSLOG_IDENTIFIER=iommu-resettest\nIOMMU_RESETTEST_RUN_ID=360b100755468a08\n");
	snprintf(wanted, sizeof(wanted), "\nIOMMU_RESETTEST_LOST=%u\n---\nMESSAGE=step 3: ", lost);
	has(fixture, wanted);
	end(fixture);
	assert_int_equal(hear(fixture), 1);
	has(fixture, "MESSAGE=vulnerable: ");
	assert_int_equal(follower(fixture)->error, -ENOBUFS);
	snprintf(wanted, sizeof(wanted), "the system log lacks %u of %u entries", lost, MANY + 2);
	assert_string_equal(follower(fixture)->name, wanted);
}

static int late_fd;
static unsigned int read_late;

static void read_all_late(int number)
{
	static char entry[65536];
	int error = errno;

	(void)number;
	while (recv(late_fd, entry, sizeof(entry), MSG_DONTWAIT) > 0)
		read_late++;
	errno = error;
}

/*
 * A daemon that reads late, and in time, gets all of it. It is in this process: another one might
 * be kept from running for longer than it is waited for.
 */
static void test_late(void **state)
{
	static const struct itimerval often = {{0, 50000}, {0, 50000}}, none;
	const struct sigaction action = {.sa_handler = read_all_late};
	struct fixture *fixture = *state;

	late_fd = fixture->fd;
	read_late = 0;
	follow(fixture, SYSTEM_LOG_FIELDS);
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
	for (unsigned int i = 0; i < SOME; i++)
		step(fixture, 2);
	end(fixture);
	assert_int_equal(setitimer(ITIMER_REAL, &none, NULL), 0);
	signal(SIGALRM, SIG_DFL);
	assert_int_equal(follower(fixture)->error, 0);
	assert_int_equal(hear(fixture) + read_late, SOME + 1);
}

static void test_started_anew(void **state)
{
	struct fixture *fixture = *state;

	follow(fixture, SYSTEM_LOG_FIELDS);
	stop_listening(fixture);
	listen_as(fixture, SOCK_DGRAM);
	step(fixture, 2);
	assert_int_equal(hear(fixture), 1);
	stop_listening(fixture);
	step(fixture, 2);
	listen_as(fixture, SOCK_DGRAM);
	step(fixture, 2);
	assert_int_equal(hear(fixture), 2);
	has(fixture, "MESSAGE=1 entry of this run was lost here: the log did not take it\n");
	end(fixture);
	assert_int_equal(follower(fixture)->error, -ECONNREFUSED);
	assert_string_equal(follower(fixture)->name, "the system log lacks 1 of 4 entries");
}

/* Nobody is waited for who is not there. */
static void test_gone(void **state)
{
	struct fixture *fixture = *state;

	follow(fixture, SYSTEM_LOG_FIELDS);
	stop_listening(fixture);
	assert_true(flood(fixture) < FEW_SECONDS_NS);
	listen_as(fixture, SOCK_DGRAM);
	end(fixture);
	assert_int_equal(follower(fixture)->error, -ECONNREFUSED);
}

static void test_nobody(void **state)
{
	struct fixture *fixture = *state;
	char none[64];

	snprintf(none, sizeof(none), "%s/none", fixture->directory);
	assert_int_equal(system_log_follow_at(&fixture->followers, none, SYSTEM_LOG_LINE), -ENOENT);
	close(fixture->fd);
	fixture->fd = -1;
	assert_int_equal(
		system_log_follow_at(&fixture->followers, fixture->path, SYSTEM_LOG_FIELDS),
		-ECONNREFUSED);
	assert_int_equal(fixture->followers.count, 0);
}

/* Of some daemons /dev/log is a stream, in which a NUL ends an entry. */
static void test_stream(void **state)
{
	struct fixture *fixture = *state;
	char text[4096];
	_cleanup_close_ int reader = -1;
	ssize_t got;

	stop_listening(fixture);
	listen_as(fixture, SOCK_STREAM);
	follow(fixture, SYSTEM_LOG_LINE);
	reader = accept(fixture->fd, NULL, NULL);
	assert_true(reader >= 0);
	step(fixture, 2);
	step(fixture, 0);
	got = recv(reader, text, sizeof(text), 0);
	assert_true(got > 0 && text[got - 1] == '\0');
	assert_true(starts_with(text, "<11>"));
	assert_non_null(strstr(text, ": step 3: nested, cxl_bus, 0000:01:00.0: fail, "));
	assert_null(strchr(text, '\n'));
	assert_true(starts_with(text + strlen(text) + 1, "<14>"));
	/* Its daemon is gone, and another one there. */
	close(TAKE_FD(reader));
	step(fixture, 2);
	reader = accept(fixture->fd, NULL, NULL);
	assert_true(reader >= 0);
	assert_true(recv(reader, text, sizeof(text), 0) > 0);
	assert_int_equal(follower(fixture)->error, 0);
	assert_true(flood(fixture) < FEW_SECONDS_NS);
	end(fixture);
	assert_int_equal(follower(fixture)->error, -ENOBUFS);
}

/* Names with new lines, escapes and fields of their own. */
static void test_hostile(void **state)
{
	static const char bad[] = "x\nMESSAGE=forged\nPRIORITY=7\n\033[31m%n\xff";
	struct run_evidence run = {0};
	struct step_evidence step = {.number = 1, .subject_count = 1};
	struct step_result result = {.verdict = STEP_PASS};
	_cleanup_strbuf_ struct strbuf entry = {0};
	unsigned int lines = 0;

	(void)state;
	snprintf(run.run_id, sizeof(run.run_id), "%s", bad);
	snprintf(step.method, sizeof(step.method), "%.*s", METHOD_NAME_MAX - 1, bad);
	snprintf(step.subjects[0].function, BDF_MAX, "%.*s", BDF_MAX - 1, bad);
	snprintf(result.text, sizeof(result.text), "%s", bad);
	assert_int_equal(log_entry_step(&entry, &run, &step, &result), LOG_INFO);
	for (const char *at = entry.text; *at; at = strchr(at, '\n') + 1, lines++) {
		assert_non_null(strchr(at, '\n'));
		assert_true(starts_with(at, "MESSAGE=step 1: ") || starts_with(at, STEP_HEAD) ||
			    starts_with(at, "PRIORITY=6\n") ||
			    starts_with(at, "SYSLOG_IDENTIFIER=iommu-resettest\n") ||
			    starts_with(at, "IOMMU_RESETTEST_"));
	}
	assert_int_equal(lines, 12);
	for (const char *at = entry.text; *at; at++)
		assert_true(*at == '\n' || (*at >= ' ' && *at <= '~'));
}

#define WITH_LOG(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_LOG(test_entries),
		WITH_LOG(test_stands_still),
		WITH_LOG(test_syslog_stands_still),
		WITH_LOG(test_goes_on),
		WITH_LOG(test_late),
		WITH_LOG(test_started_anew),
		WITH_LOG(test_gone),
		WITH_LOG(test_nobody),
		WITH_LOG(test_stream),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
