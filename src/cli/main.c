// SPDX-License-Identifier: GPL-2.0-or-later
#include <argp.h>
#include <errno.h>
#include <locale.h>
#include <stdbool.h>

#include "base/attr.h"
#include "base/features.h"
#include "base/nearest.h"
#include "cli/cmd.h"
#include "cli/problem.h"
#include "cli/surroundings.h"

static const struct cmd *const commands[] = {
	&cmd_list,  &cmd_check,	 &cmd_plan,  &cmd_run,	   &cmd_recover,
	&cmd_judge, &cmd_report, &cmd_merge, &cmd_explain,
};

static void print_version(FILE *out, struct argp_state *state)
{
	const struct feature *feature;

	(void)state;
	fprintf(out, "%s %s\n", PACKAGE_NAME, PACKAGE_VERSION);
	for (size_t i = 0; (feature = feature_at(i)); i++)
		if (feature->built)
			fprintf(out, "with %s\n", feature->name);
		else
			fprintf(out, "without %s: %s\n", feature->name, feature->without);
}

static void print_help(FILE *out)
{
	fprintf(out,
		"Usage: " PACKAGE_NAME " COMMAND [OPTION...] [ARGUMENT...]\n"
		"\n"
		"Finds out, with proof, whether nested PCI resets work behind the IOMMU of this\n"
		"machine with the kernel that runs now.\n"
		"\n"
		"Commands:\n");
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, "  %-9s %s\n", commands[i]->name, commands[i]->help);
	fprintf(out, "  help      print this, or the options of the COMMAND that is named\n"
		     "\n"
		     "Options:\n"
		     "  -h, --help     print this and exit\n"
		     "  -V, --version  print version and features and exit\n"
		     "\n"
		     "`" PACKAGE_NAME
		     " COMMAND --help` tells the options of a command,\n`man 8 " PACKAGE_NAME
		     "` the rest.\n");
}

/* A full disk or a closed pipe must not look like a good answer. */
static int close_output(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	/* A command that failed has said so; and a pipe closed on purpose has nobody to be told. */
	if (status != EXIT_ERROR && errno != EPIPE)
		problem(PACKAGE_NAME, "standard output", -errno);
	return EXIT_ERROR;
}

static const struct cmd *find_command(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (streq(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int complain_unknown(const char *word)
{
	char question[NEAREST_QUESTION_MAX];
	struct nearest meant = {0};

	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		nearest_try(&meant, word, commands[i]->name);
	nearest_try(&meant, word, "help");
	fprintf(stderr, PACKAGE_NAME ": '%.40s' is no command; %stry `" PACKAGE_NAME " --help`\n",
		word, nearest_question(&meant, question));
	return EXIT_ERROR;
}

static int run_command(const struct cmd *command, int argc, char **argv)
{
	char name[64];

	snprintf(name, sizeof(name), PACKAGE_NAME " %s", command->name);
	argv[0] = name;
	return close_output(command->run(argc, argv));
}

static bool asks_for_help(const char *word)
{
	return streq(word, "--help") || streq(word, "-h") || streq(word, "-?");
}

/* `help` and `help COMMAND` are other words for --help. */
static int run_help(int argc, char **argv)
{
	const struct cmd *command;
	char *help[] = {NULL, (char *)"--help", NULL};

	if (argc > 2) {
		fprintf(stderr,
			PACKAGE_NAME " help: '%.40s' is one word too many: name one "
				     "command\n",
			argv[2]);
		return EXIT_ERROR;
	}
	if (argc < 2 || streq(argv[1], "help") || asks_for_help(argv[1])) {
		print_help(stdout);
		return close_output(EXIT_GOOD);
	}
	command = find_command(argv[1]);
	return command ? run_command(command, 2, help) : complain_unknown(argv[1]);
}

int main(int argc, char **argv)
{
	const struct cmd *command;

	if (surroundings_check() != EXIT_GOOD)
		return EXIT_ERROR;
	/* For the encoding of names only: numbers and messages are the same everywhere. */
	setlocale(LC_CTYPE, "");
	argp_err_exit_status = EXIT_ERROR;
	argp_program_version_hook = print_version;
	if (argc < 2) {
		fprintf(stderr, PACKAGE_NAME ": no command given; try `" PACKAGE_NAME " --help`\n");
		return EXIT_ERROR;
	}
	if (streq(argv[1], "help"))
		return run_help(argc - 1, argv + 1);
	if (asks_for_help(argv[1])) {
		print_help(stdout);
		return close_output(EXIT_GOOD);
	}
	if (streq(argv[1], "--version") || streq(argv[1], "-V")) {
		print_version(stdout, NULL);
		return close_output(EXIT_GOOD);
	}
	command = find_command(argv[1]);
	if (!command) {
		return complain_unknown(argv[1]);
	}
	return run_command(command, argc - 1, argv + 1);
}
