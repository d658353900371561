// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>

#include "base/array.h"
#include "base/root.h"
#include "cli/appearance.h"
#include "cli/cmd.h"
#include "cli/parse.h"
#include "cli/problem.h"
#include "cli/skip_exit.h"
#include "kernel/kernel_file.h"
#include "kernel/running.h"
#include "render/check.h"
#include "snapshot/groups.h"
#include "snapshot/host.h"

enum {
	OPTION_SYSROOT = 256,
};

struct options {
	struct appearance appearance;
	char **paths;
	size_t path_count;
	const char *sysroot;
	bool json;
	int skip_exit;
};

static const struct argp_option option_table[] = {
	{"json", 'j', NULL, 0, "Print one JSON document", 0},
	{"kernel", 'k', "FILE", 0,
	 "Look at this kernel instead of the running one: bzImage, EFI zboot image, UKI, raw "
	 "Image, vmlinux or BTF file; may be given more than once, then the worst one counts",
	 0},
	{"sysroot", OPTION_SYSROOT, "DIR", 0, "Read a captured tree instead of this machine", 0},
	{0},
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	struct options *options = state->input;
	char **slot;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->appearance;
		state->child_inputs[1] = &options->skip_exit;
		return 0;
	case 'j':
		options->json = true;
		return 0;
	case 'k':
		slot = ARRAY_APPEND(options->paths, options->path_count);
		if (!slot)
			cmd_fail(state, "%s: %s", argument, strerror(ENOMEM));
		else
			*slot = argument;
		return 0;
	case OPTION_SYSROOT:
		options->sysroot = argument;
		return 0;
	case ARGP_KEY_ARG:
		cmd_fail(state, "'%s': unexpected; name a kernel file with --kernel", argument);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{&appearance_argp, 0, NULL, 0},
	{&skip_exit_argp, 0, NULL, 0},
	{0},
};

static const struct argp parser = {
	.options = option_table,
	.parser = parse_option,
	.children = children,
	.doc = "Says whether nested and concurrent PCI resets work behind the IOMMU with this "
	       "kernel, by what it was built with. Changes nothing.\v"
	       "Exit status: 0 fixed or not affected, 1 vulnerable, 2 error, 4 unknown.",
};

/* Vulnerable hides unknown, unknown hides the rest. */
static int badness(enum static_verdict verdict)
{
	return verdict == STATIC_VULNERABLE ? 2 : verdict == STATIC_UNKNOWN ? 1 : 0;
}

static int exit_status(enum static_verdict verdict, const struct options *options)
{
	switch (badness(verdict)) {
	case 2:
		return EXIT_BAD;
	case 1:
		return options->skip_exit;
	default:
		return EXIT_GOOD;
	}
}

static void judge(struct checked_kernel *kernel, const struct kernel_facts *facts)
{
	kernel->facts = facts;
	kernel->verdict = facts_judge(facts, &kernel->reason);
}

/* Reads what --kernel names; a file that cannot be read is said and counted in *failed. */
static void check_files(const char *name, const struct options *options, const struct root *root,
			struct file_facts *facts, struct checked_kernel *kernels, size_t *count,
			size_t *failed)
{
	struct build_note note = {0};
	const struct build_note *running = build_note_read(root, &note) == 0 ? &note : NULL;

	for (size_t i = 0; i < options->path_count; i++) {
		_cleanup_strbuf_ struct strbuf error = {0};
		const char *path = options->paths[i];

		int r = facts_read_file(path, running, &facts[*count], &error);

		if (r < 0) {
			const char *why = error.text ? error.text : strerror(ENOMEM);

			problem_say(name, "%s: %s%s", path, why,
				    streq(why, strerror(-r)) ? problem_advice(r) : "");
			(*failed)++;
			continue;
		}
		kernels[*count] = (struct checked_kernel){
			.path = path,
			.format = facts[*count].format,
			.running = facts[*count].running,
		};
		judge(&kernels[*count], &facts[*count].facts);
		(*count)++;
	}
}

static int check_running(const struct root *root, struct file_facts *facts,
			 struct checked_kernel *kernel)
{
	int r = facts_read_running(root, NULL, &facts->facts);

	if (r < 0)
		return r;
	*kernel = (struct checked_kernel){.format = ""};
	judge(kernel, &facts->facts);
	return 0;
}

/* An IOMMU without an entry in /sys/class/iommu is seen by its groups. */
static int read_host(const struct root *root, struct snapshot *snapshot)
{
	int r = host_read(root, snapshot);

	if (r < 0 || snapshot->host.iommu != TRI_NO)
		return r;
	r = groups_read(root, snapshot);
	return r < 0 ? r : host_read(root, snapshot);
}

static int answer(const char *name, const struct options *options, const struct root *root,
		  const struct checked_kernel *kernels, size_t count, size_t failed)
{
	_cleanup_snapshot_ struct snapshot snapshot = {0};
	struct check_report report = {
		.host = &snapshot.host,
		.kernels = kernels,
		.count = count,
	};
	int r;

	for (size_t i = 1; i < count; i++)
		if (badness(kernels[i].verdict) > badness(kernels[report.deciding].verdict))
			report.deciding = i;
	report.exit_status =
		failed ? EXIT_ERROR : exit_status(kernels[report.deciding].verdict, options);
	if (options->json) {
		r = read_host(root, &snapshot);
		if (r == 0)
			r = check_print_json(&report, stdout);
	} else {
		const struct text_style style = appearance_style(&options->appearance, STDOUT_FILENO);

		r = check_print_text(&report, &style, stdout);
	}
	if (r < 0) {
		return problem(name, "writing the answer", r);
	}
	return report.exit_status;
}

static int check(const char *name, const struct options *options)
{
	_cleanup_root_ struct root root = ROOT_INIT;
	_cleanup_free_ struct checked_kernel *kernels = NULL;
	_cleanup_free_ struct file_facts *facts = NULL;
	size_t count = 0, failed = 0, wanted = options->path_count ? options->path_count : 1;
	int r = root_open(&root, options->sysroot);

	if (r < 0) {
		problem_say(name, "%s: %s; name the directory of a captured tree",
			    options->sysroot ? options->sysroot : "/", strerror(-r));
		return EXIT_ERROR;
	}
	kernels = calloc(wanted, sizeof(*kernels));
	facts = calloc(wanted, sizeof(*facts));
	if (!kernels || !facts)
		r = -ENOMEM;
	else if (options->path_count)
		check_files(name, options, &root, facts, kernels, &count, &failed);
	else {
		r = check_running(&root, facts, kernels);
		count = 1;
	}
	if (r < 0) {
		return problem(name, "reading the kernel", r);
	}
	return count ? answer(name, options, &root, kernels, count, failed) : EXIT_ERROR;
}

static int run(int argc, char **argv)
{
	struct options options = {.skip_exit = EXIT_SKIP};
	int status;

	if (cmd_parse(&parser, argc, argv, &options)) {
		free(options.paths);
		return EXIT_ERROR;
	}
	status = check(argv[0], &options);
	free(options.paths);
	return status;
}

const struct cmd cmd_check = {
	.name = "check",
	.help = "say from the kernel's own description whether it has the bug",
	.run = run,
};
