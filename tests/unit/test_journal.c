// SPDX-License-Identifier: GPL-2.0-or-later
/* What a journal tells, however little of it is left; and that what it promised is on disk. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "journal/journal.h"
#include "journal/lines.h"

static const struct journal_head head = {
	.version = JOURNAL_VERSION,
	.tool_version = "0.1.0",
	.boot_id = "c4f3c1f0-0000-4000-8000-000000000001",
	.run_id = "0123456789abcdef",
	.started = "2026-11-22T08:00:00Z",
	.release = "7.0.4-amd64",
};

static const struct change methods = {
	.id = 1,
	.kind = CHANGE_METHODS,
	.function = "0000:01:00.0",
	.vendor = 0x8086,
	.device = 0x10d3,
	.before = "flr pm bus",
	.after = "pm",
	.in_use = true,
	.unbound = true,
};

static const struct change driver = {
	.id = 2,
	.kind = CHANGE_DRIVER,
	.function = "0000:01:00.0",
	.vendor = 0x8086,
	.device = 0x10d3,
	.driver = "e1000e",
	.before = "a \"name\"\nwith = and \\",
};

static const struct change type = {
	.id = 4,
	.kind = CHANGE_TYPE,
	.function = "0000:01:00.0",
	.vendor = 0x8086,
	.device = 0x10d3,
	.group = 12,
	.before = "DMA-FQ",
	.after = "DMA",
};

static const struct change link_up = {
	.id = 5,
	.kind = CHANGE_LINK,
	.function = "0000:01:00.0",
	.vendor = 0x8086,
	.device = 0x10d3,
	.interface = 17,
	.before = "0",
};

static const struct change vfio = {
	.id = 6,
	.kind = CHANGE_VFIO,
	.function = "0000:01:00.0",
	.vendor = 0x8086,
	.device = 0x10d3,
	.driver = "e1000e",
	.before = "some driver",
};

static const struct change trace = {
	.id = 3, .kind = CHANGE_TRACE, .mounts = true, .mount_namespace_id = 4026531841};

static const struct journal_step step = {
	.number = 7,
	.scenario = SCENARIO_NESTED,
	.method = "cxl_bus",
	.targets = "0000:01:00.0/8086:10d3",
};

static const struct journal_down down = {
	.step = {.number = 2, .scenario = SCENARIO_SINGLE, .method = "flr", .targets = "x"},
	.run_id = "fedcba9876543210",
	.started = "2026-11-21T08:00:00Z",
	.release = "7.0.4-amd64",
};

/* Three changes are left, one is undone, one step is complete and one in flight. */
static void write_sample(struct strbuf *out)
{
	struct undone_record undone = {.id = 2};
	struct step_end_record step_end = {.number = 6};
	struct journal_step before = step;

	before.number = 6;
	before.scenario = SCENARIO_SINGLE;
	line_write(out, LINE_HEAD, &head);
	line_write(out, LINE_DOWN, &down);
	line_write(out, LINE_TRACE, &trace);
	line_write(out, LINE_STEP, &before);
	line_write(out, LINE_DRIVER, &driver);
	line_write(out, LINE_UNDONE, &undone);
	line_write(out, LINE_STEP_END, &step_end);
	line_write(out, LINE_STEP, &step);
	line_write(out, LINE_METHODS, &methods);
	line_write(out, LINE_TYPE, &type);
	line_write(out, LINE_VFIO, &vfio);
	assert_int_equal(out->error, 0);
}

static void assert_change(const struct change *got, const struct change *wanted)
{
	assert_int_equal(got->id, wanted->id);
	assert_int_equal(got->kind, wanted->kind);
	assert_string_equal(got->function, wanted->function);
	assert_int_equal(got->vendor, wanted->vendor);
	assert_int_equal(got->device, wanted->device);
	assert_string_equal(got->before, wanted->before);
	assert_string_equal(got->after, wanted->after);
	assert_string_equal(got->driver, wanted->driver);
	assert_int_equal(got->group, wanted->group);
	assert_int_equal(got->in_use, wanted->in_use);
	assert_int_equal(got->unbound, wanted->unbound);
	assert_int_equal(got->mounts, wanted->mounts);
	assert_int_equal(got->mount_namespace_id, wanted->mount_namespace_id);
}

/* What is written back as root must be what the kernel prints there. */
static void test_interfaces(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_journal_state_ struct journal_state state = {0};
	struct change other = link_up;

	(void)fixture;
	strcpy(other.before, "0; reboot");
	line_write(&text, LINE_HEAD, &head);
	line_write(&text, LINE_LINK, &link_up);
	line_write(&text, LINE_LINK, &other);
	strcpy(other.before, "");
	line_write(&text, LINE_LINK, &other);
	assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
	assert_int_equal(state.damaged_count, 1);
	assert_int_equal(state.change_count, 2);
	assert_change(&state.changes[0], &link_up);
	assert_int_equal(state.changes[0].interface, link_up.interface);
	assert_change(&state.changes[1], &other);
}

static void test_whole(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0}, again = {0};
	_cleanup_journal_state_ struct journal_state state = {0}, copy = {0};

	(void)fixture;
	write_sample(&text);
	assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
	assert_true(state.present);
	assert_string_equal(state.head.boot_id, head.boot_id);
	assert_string_equal(state.head.run_id, head.run_id);
	assert_string_equal(state.head.release, head.release);
	assert_int_equal(state.change_count, 4);
	assert_change(&state.changes[0], &trace);
	assert_change(&state.changes[1], &methods);
	assert_change(&state.changes[2], &type);
	assert_change(&state.changes[3], &vfio);
	assert_int_equal(state.completed_count, 1);
	assert_int_equal(state.completed[0].scenario, SCENARIO_SINGLE);
	assert_true(state.in_flight);
	assert_int_equal(state.step.number, 7);
	assert_true(journal_step_same(&state.step, &step));
	assert_int_equal(state.down_count, 1);
	assert_string_equal(state.downs[0].step.method, "flr");
	assert_string_equal(state.downs[0].run_id, down.run_id);
	assert_false(state.ended);
	assert_false(state.torn);
	assert_int_equal(state.damaged_count, 0);

	journal_state_write(&again, &state);
	assert_int_equal(journal_state_parse(again.text, again.length_bytes, &copy), 0);
	assert_int_equal(copy.change_count, 4);
	assert_change(&copy.changes[0], &trace);
	assert_change(&copy.changes[1], &methods);
	assert_change(&copy.changes[2], &type);
	assert_change(&copy.changes[3], &vfio);
	assert_int_equal(copy.completed_count, 1);
	assert_int_equal(copy.down_count, 1);
	assert_true(copy.in_flight);
}

/* Of two resets that hang one returns; no step with such a one counts as completed. */
static void test_hung(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	struct journal_step first = step, second = step;
	struct step_end_record ends[] = {{.number = 7}, {.number = 8}};
	struct returned_record returned = {.number = 7, .function = "0000:01:00.0"};

	(void)fixture;
	second.number = 8;
	strcpy(second.targets, "0000:02:00.0/8086:1521");
	line_write(&text, LINE_HEAD, &head);
	line_write(&text, LINE_STEP, &first);
	line_write(&text, LINE_HUNG, &first);
	line_write(&text, LINE_STEP_END, &ends[0]);
	line_write(&text, LINE_STEP, &second);
	line_write(&text, LINE_HUNG, &second);
	line_write(&text, LINE_STEP_END, &ends[1]);
	for (int rewritten = 0; rewritten < 2; rewritten++) {
		_cleanup_journal_state_ struct journal_state state = {0};

		assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
		assert_int_equal(state.damaged_count, 0);
		assert_false(state.in_flight);
		assert_int_equal(state.completed_count, 0);
		assert_int_equal(state.hung_count, 2);
		assert_true(journal_step_same(&state.hung[1], &second));
		assert_true(journal_state_unsettled(&state));
		strbuf_free(&text);
		journal_state_write(&text, &state);
	}
	line_write(&text, LINE_RETURNED, &returned);
	{
		_cleanup_journal_state_ struct journal_state state = {0};

		assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
		assert_int_equal(state.hung_count, 1);
		assert_string_equal(state.hung[0].targets, second.targets);
		/* Another function of that step, or that function in another step, says nothing. */
		journal_state_returned(&state, 8, "0000:02:00.1");
		journal_state_returned(&state, 9, "0000:02:00.0");
		assert_int_equal(state.hung_count, 1);
		journal_state_returned(&state, 8, "0000:02:00.0");
		assert_false(journal_state_unsettled(&state));
	}
}

/* Of a step that did not hang, or stood in a line that is damaged. */
static void test_returned_of_nothing(void **fixture)
{
	_cleanup_journal_state_ struct journal_state state = {0};
	_cleanup_strbuf_ struct strbuf text = {0};
	struct returned_record returned = {.number = 7, .function = "0000:01:00.0"};

	(void)fixture;
	line_write(&text, LINE_HEAD, &head);
	line_write(&text, LINE_RETURNED, &returned);
	assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
	assert_int_equal(state.damaged_count, 0);
	assert_int_equal(state.hung_count, 0);
}

static void test_quoted(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_journal_state_ struct journal_state state = {0};

	(void)fixture;
	line_write(&text, LINE_HEAD, &head);
	line_write(&text, LINE_DRIVER, &driver);
	assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
	assert_int_equal(state.damaged_count, 0);
	assert_int_equal(state.change_count, 1);
	assert_change(&state.changes[0], &driver);
}

/* The lines that are whole count, and a half one at the end is noticed. */
static void test_every_truncation(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0};

	(void)fixture;
	write_sample(&text);
	for (size_t length = 0; length < text.length_bytes; length++) {
		_cleanup_journal_state_ struct journal_state state = {0};
		unsigned int lines = 0;

		for (size_t i = 0; i < length; i++)
			lines += text.text[i] == '\n';
		assert_int_equal(journal_state_parse(text.text, length, &state), 0);
		assert_int_equal(state.present, lines > 0);
		assert_int_equal(state.torn, length > 0 && text.text[length - 1] != '\n');
		assert_int_equal(state.damaged_count, 0);
		assert_int_equal(state.down_count, lines >= 2);
		assert_int_equal(state.change_count, (lines >= 3) + (lines >= 5) - (lines >= 6) +
							     (lines >= 9) + (lines >= 10));
		assert_int_equal(state.completed_count, lines >= 7);
		assert_int_equal(state.in_flight, (lines >= 4 && lines < 7) || lines >= 8);
	}
}

/* No byte can change without being noticed, and no line but that one and the next is lost. */
static void test_every_flipped_bit(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	size_t head_bytes;

	(void)fixture;
	write_sample(&text);
	head_bytes = strcspn(text.text, "\n") + 1;
	for (size_t at = 0; at < text.length_bytes; at++)
		for (unsigned int bit = 0; bit < 8; bit++) {
			_cleanup_journal_state_ struct journal_state state = {0};
			char was = text.text[at];
			int r;

			text.text[at] = (char)((unsigned char)was ^ (1U << bit));
			r = journal_state_parse(text.text, text.length_bytes, &state);
			text.text[at] = was;
			if (at < head_bytes) {
				assert_int_equal(r, -EBADMSG);
				assert_false(state.present);
				continue;
			}
			assert_int_equal(r, 0);
			if (at == text.length_bytes - 1)
				assert_true(state.torn);
			else
				assert_in_range(state.damaged_count, 1, 2);
		}
}

static void test_damage_in_the_middle(void **fixture)
{
	_cleanup_strbuf_ struct strbuf text = {0};
	_cleanup_journal_state_ struct journal_state state = {0};

	(void)fixture;
	line_write(&text, LINE_HEAD, &head);
	strbuf_puts(&text, "garbage\n");
	strbuf_add(&text, "\0\0\0\n", 4);
	line_write(&text, LINE_HEAD, &head);
	line_write(&text, LINE_METHODS, &methods);
	assert_int_equal(journal_state_parse(text.text, text.length_bytes, &state), 0);
	assert_int_equal(state.damaged_count, 3);
	assert_int_equal(state.damaged_line, 2);
	assert_int_equal(state.change_count, 1);
	assert_change(&state.changes[0], &methods);
}

static void test_foreign(void **fixture)
{
	_cleanup_strbuf_ struct strbuf newer = {0};
	_cleanup_journal_state_ struct journal_state state = {0};
	struct journal_head head_newer = head;
	static const char text[] = "root:x:0:0:root:/root:/bin/sh\n";

	(void)fixture;
	head_newer.version = JOURNAL_VERSION + 1;
	line_write(&newer, LINE_HEAD, &head_newer);
	line_write(&newer, LINE_METHODS, &methods);
	assert_int_equal(journal_state_parse(newer.text, newer.length_bytes, &state), -EPROTO);
	assert_string_equal(state.head.boot_id, head.boot_id);
	assert_int_equal(state.change_count, 0);
	journal_state_free(&state);
	assert_int_equal(journal_state_parse(text, sizeof(text) - 1, &state), -EBADMSG);
	assert_int_equal(journal_state_parse("\n", 1, &state), -EBADMSG);
	assert_int_equal(journal_state_parse("", 0, &state), 0);
	assert_false(state.present);
}

static void test_targets(void **fixture)
{
	struct journal_step made = {0};

	(void)fixture;
	journal_step_target(&made, "0000:01:00.0", 0x8086, 0x10d3);
	journal_step_target(&made, "0000:01:00.1", 0x8086, 0x10d4);
	assert_true(journal_step_has(&made, "0000:01:00.0", 0x8086, 0x10d3));
	assert_true(journal_step_has(&made, "0000:01:00.1", 0x8086, 0x10d4));
	assert_false(journal_step_has(&made, "0000:01:00.1", 0x8086, 0x10d3));
	assert_false(journal_step_has(&made, "0000:01:00", 0x8086, 0x10d3));
	for (int i = 2; i < SUBJECTS_MAX; i++)
		journal_step_target(&made, "7fffffff:ff:1f.7", 0xffff, 0xffff);
	assert_true(journal_step_has(&made, "7fffffff:ff:1f.7", 0xffff, 0xffff));
	assert_true(strlen(made.targets) < sizeof(made.targets) - 1);
}

/* A directory of its own for each test of the writer. */
struct fixture {
	char path[64];
	int fd;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	signal(SIGXFSZ, SIG_IGN);
	strcpy(fixture->path, "/tmp/test_journal.XXXXXX");
	assert_non_null(mkdtemp(fixture->path));
	fixture->fd = open(fixture->path, O_RDONLY | O_DIRECTORY);
	*state = fixture;
	return fixture->fd < 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlinkat(fixture->fd, JOURNAL_FILE, 0);
	unlinkat(fixture->fd, JOURNAL_FILE ".new", 0);
	close(fixture->fd);
	assert_int_equal(rmdir(fixture->path), 0);
	free(fixture);
	return 0;
}

static off_t file_bytes(const struct fixture *fixture)
{
	struct stat status;

	assert_int_equal(fstatat(fixture->fd, JOURNAL_FILE, &status, 0), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	return status.st_size;
}

static void limit_file(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_writer(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state carried = {.head = head}, read = {0};
	_cleanup_journal_ struct journal *journal = NULL;
	struct change first = methods, second = driver;

	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_false(read.present);
	assert_int_equal(journal_state_add_down(&carried, &down), 0);
	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	assert_int_equal(carried.down_count, 0);
	assert_int_equal(journal_step_begin(journal, &step), 0);
	assert_int_equal(journal_change(journal, &first), 0);
	assert_int_equal(journal_change(journal, &second), 0);
	assert_true(second.id > first.id);

	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_int_equal(read.change_count, 2);
	assert_int_equal(read.down_count, 1);
	assert_true(read.in_flight);
	journal_state_free(&read);

	journal_undone(journal, first.id);
	journal_step_end(journal);
	journal_end(journal, SIGTERM);
	assert_int_equal(journal_error(journal), 0);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_int_equal(read.change_count, 1);
	assert_int_equal(read.changes[0].kind, CHANGE_DRIVER);
	assert_int_equal(read.completed_count, 1);
	assert_false(read.in_flight);
	assert_true(read.ended);
	assert_int_equal(read.signal, SIGTERM);

	/* Going on with it keeps all that counts, and ids stay unique. */
	journal_close(journal);
	journal = NULL;
	assert_int_equal(journal_continue(fixture->fd, &read, &journal), 0);
	first = methods;
	assert_int_equal(journal_change(journal, &first), 0);
	assert_true(first.id > second.id);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_int_equal(read.change_count, 2);
	assert_int_equal(read.completed_count, 1);
	assert_int_equal(read.signal, SIGTERM);
}

static void test_hung_writer(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state carried = {.head = head}, read = {0};
	_cleanup_journal_ struct journal *journal = NULL;

	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	assert_int_equal(journal_step_begin(journal, &step), 0);
	assert_int_equal(journal_sync(journal), 0);
	journal_hung(journal, "0000:01:00.0", 0x8086, 0x10d3);
	journal_step_end(journal);
	/* Nothing is in flight now that could hang. */
	journal_hung(journal, "0000:01:00.1", 0x8086, 0x10d3);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_false(read.in_flight);
	assert_int_equal(read.hung_count, 1);
	assert_int_equal(read.hung[0].number, step.number);
	assert_true(journal_step_has(&read.hung[0], "0000:01:00.0", 0x8086, 0x10d3));
	assert_int_equal(read.completed_count, 0);
	journal_state_free(&read);

	journal_returned(journal, step.number, "0000:01:00.0");
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_false(journal_state_unsettled(&read));
	assert_int_equal(read.damaged_count, 0);
}

/* Whatever part of a record still fits, the change is refused and the journal stays whole. */
static void test_full_disk(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state carried = {.head = head};
	_cleanup_journal_ struct journal *journal = NULL;
	struct change first = methods;
	off_t before;

	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	before = file_bytes(fixture);
	for (rlim_t room = 0; room < 100; room += 7) {
		_cleanup_journal_state_ struct journal_state read = {0};

		limit_file((rlim_t)before + room);
		assert_int_equal(journal_change(journal, &first), -EFBIG);
		limit_file(RLIM_INFINITY);
		assert_int_equal(file_bytes(fixture), before);
		assert_int_equal(journal_read(fixture->fd, &read), 0);
		assert_int_equal(read.change_count, 0);
		assert_false(read.torn);
	}
	assert_int_equal(journal_error(journal), -EFBIG);
	assert_int_equal(journal_change(journal, &first), 0);
	limit_file((rlim_t)file_bytes(fixture));
	journal_undone(journal, first.id);
	limit_file(RLIM_INFINITY);
	{
		_cleanup_journal_state_ struct journal_state read = {0};

		assert_int_equal(journal_read(fixture->fd, &read), 0);
		assert_int_equal(read.change_count, 1);
		assert_false(read.torn);
	}
}

/* There was no room for a step's beginning, and then there is for its end. */
static void test_lost_step(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state carried = {.head = head}, read = {0};
	_cleanup_journal_ struct journal *journal = NULL;
	struct change change = methods;

	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	assert_int_equal(journal_step_begin(journal, &step), 0);
	limit_file((rlim_t)file_bytes(fixture) + 40);
	assert_int_equal(journal_change(journal, &change), -EFBIG);
	limit_file(RLIM_INFINITY);
	journal_step_end(journal);
	journal_end(journal, 0);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_int_equal(read.damaged_count, 0);
	assert_int_equal(read.completed_count, 0);
	assert_true(read.ended);
}

static void test_cannot_begin(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state carried = {.head = head}, read = {0};
	struct journal *journal = NULL;

	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	journal_close(journal);
	carried.head = head;
	strcpy(carried.head.run_id, "another");
	limit_file(40);
	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), -EFBIG);
	limit_file(RLIM_INFINITY);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_string_equal(read.head.run_id, head.run_id);
	assert_int_equal(faccessat(fixture->fd, JOURNAL_FILE ".new", F_OK, 0), -1);
}

/* A long run of the same steps does not grow without bound. */
static void test_bounded(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state carried = {.head = head}, read = {0};
	_cleanup_journal_ struct journal *journal = NULL;
	struct change open_change = trace;
	off_t largest = 0;

	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	assert_int_equal(journal_change(journal, &open_change), 0);
	for (unsigned int i = 0; i < 20000; i++) {
		struct journal_step now = step;

		now.number = i + 1;
		assert_int_equal(journal_step_begin(journal, &now), 0);
		journal_step_end(journal);
		journal_undone(journal, 0);
		if (file_bytes(fixture) > largest)
			largest = file_bytes(fixture);
	}
	assert_in_range(largest, 1, 2 << 20);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_int_equal(read.completed_count, 1);
	assert_int_equal(read.change_count, 1);
	assert_int_equal(read.changes[0].id, open_change.id);
}

static void test_untrusted_files(void **state)
{
	struct fixture *fixture = *state;
	_cleanup_journal_state_ struct journal_state read = {0}, carried = {.head = head};
	_cleanup_journal_ struct journal *journal = NULL;

	assert_int_equal(symlinkat("/etc/passwd", fixture->fd, JOURNAL_FILE), 0);
	assert_int_equal(journal_read(fixture->fd, &read), -ELOOP);
	assert_int_equal(unlinkat(fixture->fd, JOURNAL_FILE, 0), 0);
	assert_int_equal(mkfifoat(fixture->fd, JOURNAL_FILE, 0600), 0);
	assert_int_equal(journal_read(fixture->fd, &read), -EPERM);
	assert_int_equal(unlinkat(fixture->fd, JOURNAL_FILE, 0), 0);
	/* A link under the name of the new file is not written through. */
	assert_int_equal(symlinkat("/nowhere/at/all", fixture->fd, JOURNAL_FILE ".new"), 0);
	assert_int_equal(journal_begin(fixture->fd, &carried, &journal), 0);
	assert_int_equal(fchmodat(fixture->fd, JOURNAL_FILE, 0622, 0), 0);
	assert_int_equal(journal_read(fixture->fd, &read), -EPERM);
	assert_int_equal(fchmodat(fixture->fd, JOURNAL_FILE, 0600, 0), 0);
	assert_int_equal(linkat(fixture->fd, JOURNAL_FILE, fixture->fd, "second", 0), 0);
	assert_int_equal(journal_read(fixture->fd, &read), -EPERM);
	assert_int_equal(unlinkat(fixture->fd, "second", 0), 0);
	assert_int_equal(journal_read(fixture->fd, &read), 0);
	assert_true(read.present);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_returned_of_nothing),
		cmocka_unit_test(test_interfaces),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_hung),
		cmocka_unit_test(test_quoted),
		cmocka_unit_test(test_every_truncation),
		cmocka_unit_test(test_every_flipped_bit),
		cmocka_unit_test(test_damage_in_the_middle),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_targets),
		cmocka_unit_test_setup_teardown(test_writer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_hung_writer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_full_disk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lost_step, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cannot_begin, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bounded, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_untrusted_files, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
