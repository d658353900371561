// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/results.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/strbuf.h"
#include "cli/judging.h"
#include "cli/problem.h"
#include "render/json_result_read.h"

/* Of folders in a folder that is named. */
#define FOLDERS_MAX 16

static int add_unknown(struct fleet *fleet, const char *path, const char *why)
{
	char name[256];

	fleet_name_of_file(path, name, sizeof(name));
	return fleet_add_unknown(fleet, name, path, why);
}

static int add_failed(struct fleet *fleet, const char *path, int error)
{
	char why[256];

	snprintf(why, sizeof(why), "%s%s", strerror(-error), problem_advice(error));
	return add_unknown(fleet, path, why);
}

static int read_json(struct fleet *fleet, FILE *in, const char *path)
{
	_cleanup_json_result_reader_ struct json_result_reader reader = {0};
	static char block[1 << 16];
	size_t got;
	int r = json_result_reader_init(&reader, fleet, path), error = 0;

	while (r == 0 && !reader.broken && (got = fread(block, 1, sizeof(block), in)) > 0)
		r = json_result_reader_take(&reader, block, got);
	if (ferror(in))
		error = errno ? -errno : -EIO;
	return r == 0 ? json_result_reader_end(&reader, error) : r;
}

static int name_host(struct host_result *host, const struct run_evidence *run, const char *path)
{
	char name[256];

	if (fleet_is_name(run->host.nodename))
		return 0;
	fleet_name_of_file(path, name, sizeof(name));
	free(host->name);
	host->name = strdup(name);
	return host->name ? 0 : -ENOMEM;
}

static int take_evidence(struct host_result *host, const struct judging *judging, const char *path)
{
	int r = host_result_take(host, path, &judging->run, &judging->result);
	char text[64];

	if (r == 0)
		r = name_host(host, &judging->run, path);
	if (r < 0 || !judging->run.signal)
		return r;
	snprintf(text, sizeof(text), "ended early by signal %d", judging->run.signal);
	return host_result_end_early(host, text);
}

static int read_evidence(struct fleet *fleet, FILE *in, const char *path)
{
	_cleanup_judging_ struct judging judging = {0};
	struct host_result *host;
	int r = judging_read_stream(in, path, &judging);

	if (r == -ENOMEM)
		return r;
	if (r == -EPROTO && judging.reader.line <= 1)
		return add_unknown(fleet, path, "neither JSON nor evidence of " PACKAGE_NAME);
	if (r < 0)
		return add_unknown(fleet, path, judging.problem);
	host = fleet_add(fleet);
	return host ? take_evidence(host, &judging, path) : -ENOMEM;
}

/* JSON of ours is an object; no evidence begins like one. */
static int read_stream(struct fleet *fleet, FILE *in, const char *path)
{
	int first = getc(in);

	if (first == EOF)
		return ferror(in) ? add_failed(fleet, path, errno ? -errno : -EIO)
				  : add_unknown(fleet, path, "empty");
	ungetc(first, in);
	return first == '{' || isspace(first) ? read_json(fleet, in, path)
					      : read_evidence(fleet, in, path);
}

static int read_path(struct fleet *fleet, int directory, const char *name, const char *path,
		     unsigned int depth);

static bool is_wanted(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Following these might never end. */
static bool is_linked_folder(int directory, const char *name)
{
	struct stat link = {0}, target = {0};

	return fstatat(directory, name, &link, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(link.st_mode) &&
	       fstatat(directory, name, &target, 0) == 0 && S_ISDIR(target.st_mode);
}

static int read_entry(struct fleet *fleet, int directory, const char *name, const char *path,
		      unsigned int depth)
{
	_cleanup_strbuf_ struct strbuf whole = {0};
	size_t length = strlen(path);

	strbuf_printf(&whole, "%s%s%s", path, length && path[length - 1] == '/' ? "" : "/", name);
	if (whole.error)
		return whole.error;
	if (is_linked_folder(directory, name))
		return add_unknown(fleet, whole.text, "a link to a folder, which is not followed");
	return read_path(fleet, directory, name, whole.text, depth);
}

/* Consumes @descriptor. */
static int read_folder(struct fleet *fleet, int descriptor, const char *path, unsigned int depth)
{
	DIR *folder = fdopendir(descriptor);
	struct dirent *entry;
	int r = 0;

	if (!folder) {
		close(descriptor);
		return -ENOMEM;
	}
	errno = 0;
	while (r == 0 && (entry = readdir(folder))) {
		if (is_wanted(entry))
			r = read_entry(fleet, dirfd(folder), entry->d_name, path, depth + 1);
		errno = 0;
	}
	if (r == 0 && errno)
		r = add_failed(fleet, path, -errno);
	closedir(folder);
	return r;
}

/* Consumes @descriptor. */
static int read_open(struct fleet *fleet, int descriptor, const char *path)
{
	_cleanup_fclose_ FILE *in = fdopen(descriptor, "r");

	if (in)
		return read_stream(fleet, in, path);
	close(descriptor);
	return -ENOMEM;
}

/* In a folder nothing is opened that might block or lead elsewhere. */
static int read_path(struct fleet *fleet, int directory, const char *name, const char *path,
		     unsigned int depth)
{
	int flags = O_RDONLY | O_CLOEXEC | (depth ? O_NONBLOCK : 0);
	int descriptor = openat(directory, name, flags);
	struct stat stat = {0};

	if (descriptor < 0) {
		int error = -errno, r = add_failed(fleet, path, error);

		return r == 0 && !depth ? error : r;
	}
	if (fstat(descriptor, &stat) == 0 && S_ISDIR(stat.st_mode) && depth <= FOLDERS_MAX)
		return read_folder(fleet, descriptor, path, depth);
	if (depth && !S_ISREG(stat.st_mode)) {
		close(descriptor);
		return add_unknown(fleet, path, "neither a file nor a folder");
	}
	return read_open(fleet, descriptor, path);
}

int results_read(struct fleet *fleet, const char *path)
{
	if (streq(path, "-"))
		return read_stream(fleet, stdin, "standard input");
	return read_path(fleet, AT_FDCWD, path, path, 0);
}
