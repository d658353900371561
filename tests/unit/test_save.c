// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "cli/save.h"

/* The tests run in a directory of their own, so that what is left behind is seen. */
static char home[PATH_MAX];
static char scratch[] = "/tmp/test_save.XXXXXX";

static int set_up(void **state)
{
	(void)state;
	strcpy(scratch, "/tmp/test_save.XXXXXX");
	return getcwd(home, sizeof(home)) && mkdtemp(scratch) && chdir(scratch) == 0 ? 0 : -1;
}

static int entries(void (*each)(const char *name))
{
	DIR *directory = opendir(".");
	struct dirent *entry;
	int count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory))) {
		if (streq(entry->d_name, ".") || streq(entry->d_name, ".."))
			continue;
		count++;
		if (each)
			each(entry->d_name);
	}
	closedir(directory);
	return count;
}

static void remove_entry(const char *name)
{
	assert_int_equal(remove(name), 0);
}

static int tear_down(void **state)
{
	(void)state;
	entries(remove_entry);
	return chdir(home) == 0 ? rmdir(scratch) : -1;
}

static int save(const char *path, const char *text)
{
	return save_file(path, text, strlen(text));
}

static void holds(const char *path, const char *expected)
{
	char text[64];
	FILE *file = fopen(path, "re");
	size_t length;

	assert_non_null(file);
	length = fread(text, 1, sizeof(text) - 1, file);
	text[length] = '\0';
	fclose(file);
	assert_string_equal(text, expected);
}

static void test_new_and_again(void **state)
{
	(void)state;
	assert_int_equal(save_prepare("evidence"), 0);
	assert_int_equal(entries(NULL), 0);
	assert_int_equal(save("evidence", "one\n"), 0);
	holds("evidence", "one\n");
	assert_int_equal(save_prepare("evidence"), 0);
	holds("evidence", "one\n");
	assert_int_equal(save("./evidence", "two\n"), 0);
	holds("evidence", "two\n");
	assert_int_equal(entries(NULL), 1);
}

static void test_mode_stays(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(save("evidence", "one\n"), 0);
	assert_int_equal(chmod("evidence", 0640), 0);
	assert_int_equal(save("evidence", "two\n"), 0);
	assert_int_equal(stat("evidence", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
}

static void test_a_link_stays_one(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(save("target", "one\n"), 0);
	assert_int_equal(symlink("target", "link"), 0);
	assert_int_equal(save("link", "two\n"), 0);
	holds("target", "two\n");
	assert_int_equal(lstat("link", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(entries(NULL), 2);
}

static void test_bad_paths(void **state)
{
	static const struct {
		const char *path;
		int error;
	} cases[] = {
		{"", -ENOENT},
		{"missing/evidence", -ENOENT},
		{"evidence/", -EISDIR},
		{".", -EISDIR},
		{"/", -EISDIR},
		{"/dev/null/evidence", -ENOTDIR},
		{"/proc/evidence", -ENOENT},
		{"dangling", -ENOENT},
	};

	(void)state;
	assert_int_equal(symlink("nowhere", "dangling"), 0);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(save_prepare(cases[i].path), cases[i].error);
		assert_int_equal(save(cases[i].path, "text"), cases[i].error);
	}
	assert_int_equal(entries(NULL), 1);
}

static void test_devices_are_written_to(void **state)
{
	(void)state;
	assert_int_equal(save_prepare("/dev/null"), 0);
	assert_int_equal(save("/dev/null", "text"), 0);
	assert_int_equal(save_prepare("/dev/full"), 0);
	assert_int_equal(save("/dev/full", "text"), -ENOSPC);
}

static void test_an_open_descriptor_is_written_to(void **state)
{
	char path[32];
	struct stat by_name, by_fd;
	int fd = open("log", O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	(void)state;
	assert_true(fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(save_prepare(path), 0);
	assert_int_equal(save(path, "text"), 0);
	holds("log", "text");
	assert_int_equal(stat("log", &by_name), 0);
	assert_int_equal(fstat(fd, &by_fd), 0);
	assert_true(by_name.st_ino == by_fd.st_ino);
	close(fd);
	assert_int_equal(entries(NULL), 1);
}

/* To try it would end it for whoever reads it. */
static void test_a_named_pipe_is_not_tried(void **state)
{
	char path[32], text[8];
	_cleanup_close_ int reader = -1, writer = -1;

	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	reader = open("pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	assert_true(reader >= 0);
	assert_int_equal(save_prepare("pipe"), -ESPIPE);
	writer = open("pipe", O_WRONLY | O_CLOEXEC);
	assert_true(writer >= 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", writer);
	assert_int_equal(symlink(path, "link"), 0);
	assert_int_equal(save_prepare(path), 0);
	assert_int_equal(save_prepare("link"), 0);
	assert_int_equal(save(path, "text"), 0);
	assert_int_equal(read(reader, text, sizeof(text)), 4);
	/* It goes on as long as the descriptor is open. */
	assert_int_equal(read(reader, text, sizeof(text)), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(entries(NULL), 2);
}

/* A limit on file sizes stands for a disk that fills up in the middle. */
static void test_no_room(void **state)
{
	struct rlimit before, small;
	static char text[8192];
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);

	(void)state;
	assert_int_equal(save("evidence", "one\n"), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){.rlim_cur = 4096, .rlim_max = before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(save_file("evidence", text, sizeof(text)), -EFBIG);
	assert_int_equal(save_file("other", text, sizeof(text)), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);
	holds("evidence", "one\n");
	assert_int_equal(entries(NULL), 1);
}

static void test_growing(void **state)
{
	_cleanup_save_ struct save file = SAVE_INIT;

	(void)state;
	assert_int_equal(save("evidence", "old\n"), 0);
	assert_int_equal(save_begin("evidence", "head\n", 5, &file), 0);
	holds("evidence", "head\n");
	assert_int_equal(save_append(&file, "one\n", 4), 0);
	holds("evidence", "head\none\n");
	assert_int_equal(save_append(&file, "two\n", 4), 0);
	assert_int_equal(save_end(&file), 0);
	assert_int_equal(save_end(&file), 0);
	holds("evidence", "head\none\ntwo\n");
	assert_int_equal(entries(NULL), 1);
}

/* What finds no room is cut off again, and what is appended later stands where it should. */
static void test_no_room_to_grow(void **state)
{
	_cleanup_save_ struct save file = SAVE_INIT;
	struct rlimit before, small;
	static char text[8192];
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(save_begin("evidence", "head\n", 5, &file), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = (struct rlimit){.rlim_cur = 4096, .rlim_max = before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(save_append(&file, text, sizeof(text)), -EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);
	holds("evidence", "head\n");
	assert_int_equal(save_append(&file, "one\n", 4), 0);
	holds("evidence", "head\none\n");
}

static void test_growing_elsewhere(void **state)
{
	_cleanup_save_ struct save full = SAVE_INIT, null = SAVE_INIT;

	(void)state;
	assert_int_equal(save_begin("/dev/full", "head\n", 5, &full), -ENOSPC);
	assert_int_equal(full.fd, -1);
	assert_int_equal(save_begin("/dev/null", "head\n", 5, &null), 0);
	assert_int_equal(save_append(&null, "one\n", 4), 0);
	assert_int_equal(save_end(&null), 0);
}

/* As logrotate(8) does it. */
static void test_renamed_away(void **state)
{
	_cleanup_save_ struct save file = SAVE_INIT;
	struct stat status;

	(void)state;
	assert_int_equal(save("events", "before\n"), 0);
	assert_int_equal(chmod("events", 0600), 0);
	assert_int_equal(save_continue("events", &file), 0);
	assert_int_equal(save_append(&file, "one\n", 4), 0);
	assert_int_equal(rename("events", "events.1"), 0);
	assert_int_equal(save_append(&file, "two\n", 4), 0);
	holds("events.1", "before\none\n");
	holds("events", "two\n");
	assert_int_equal(stat("events", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	/* A new one is there already, and holds something. */
	assert_int_equal(rename("events", "events.2"), 0);
	assert_int_equal(save("events", "half"), 0);
	assert_int_equal(save_append(&file, "three\n", 6), 0);
	holds("events.2", "two\n");
	holds("events", "half\nthree\n");
	assert_int_equal(remove("events"), 0);
	assert_int_equal(save_append(&file, "four\n", 5), 0);
	holds("events", "four\n");
	assert_int_equal(entries(NULL), 3);
}

static void test_truncated(void **state)
{
	_cleanup_save_ struct save file = SAVE_INIT;

	(void)state;
	assert_int_equal(save_continue("events", &file), 0);
	assert_int_equal(save_append(&file, "one\n", 4), 0);
	assert_int_equal(truncate("events", 0), 0);
	assert_int_equal(save_append(&file, "two\n", 4), 0);
	holds("events", "two\n");
	assert_int_equal(entries(NULL), 1);
}

static void test_no_place_for_a_new_one(void **state)
{
	_cleanup_save_ struct save file = SAVE_INIT;

	(void)state;
	assert_int_equal(mkdir("logs", 0700), 0);
	assert_int_equal(save_continue("logs/events", &file), 0);
	assert_int_equal(save_append(&file, "one\n", 4), 0);
	assert_int_equal(rename("logs/events", "events.1"), 0);
	assert_int_equal(rmdir("logs"), 0);
	assert_int_equal(save_append(&file, "two\n", 4), -ENOENT);
	holds("events.1", "one\n");
	assert_int_equal(mkdir("logs", 0700), 0);
	assert_int_equal(mkdir("logs/events", 0700), 0);
	assert_int_equal(save_append(&file, "two\n", 4), -EISDIR);
	assert_int_equal(rmdir("logs/events"), 0);
	/* Nobody reads it, and that is not waited for. */
	assert_int_equal(mkfifo("logs/events", 0600), 0);
	assert_int_equal(save_append(&file, "two\n", 4), -ENOTSUP);
	assert_int_equal(remove("logs/events"), 0);
	assert_int_equal(save_append(&file, "two\n", 4), 0);
	holds("logs/events", "two\n");
	holds("events.1", "one\n");
	assert_int_equal(remove("logs/events"), 0);
	assert_int_equal(entries(NULL), 2);
}

/* Evidence is one file, and whole under whatever name it has. */
static void test_evidence_goes_with_its_file(void **state)
{
	_cleanup_save_ struct save file = SAVE_INIT;

	(void)state;
	assert_int_equal(save_begin("evidence", "head\n", 5, &file), 0);
	assert_int_equal(rename("evidence", "evidence.1"), 0);
	assert_int_equal(save_append(&file, "one\n", 4), 0);
	assert_int_equal(save_end(&file), 0);
	holds("evidence.1", "head\none\n");
	assert_int_equal(entries(NULL), 1);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_SCRATCH(test_new_and_again),
		IN_SCRATCH(test_mode_stays),
		IN_SCRATCH(test_a_link_stays_one),
		IN_SCRATCH(test_bad_paths),
		IN_SCRATCH(test_devices_are_written_to),
		IN_SCRATCH(test_an_open_descriptor_is_written_to),
		IN_SCRATCH(test_a_named_pipe_is_not_tried),
		IN_SCRATCH(test_no_room),
		IN_SCRATCH(test_growing),
		IN_SCRATCH(test_no_room_to_grow),
		IN_SCRATCH(test_growing_elsewhere),
		IN_SCRATCH(test_renamed_away),
		IN_SCRATCH(test_truncated),
		IN_SCRATCH(test_no_place_for_a_new_one),
		IN_SCRATCH(test_evidence_goes_with_its_file),
	};

	return cmocka_run_group_tests_name("save", tests, NULL, NULL);
}
