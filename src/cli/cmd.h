/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A subcommand: each cmd_x.c ends with its own, main.c collects them. */
#ifndef CLI_CMD_H
#define CLI_CMD_H

/* @run returns the exit status; argv[0] is "iommu-resettest NAME". */
struct cmd {
	const char *name;
	const char *help; /* one line */
	int (*run)(int argc, char **argv);
};

enum exit_status {
	EXIT_GOOD = 0,	/* fixed, not affected, or the report was made */
	EXIT_BAD = 1,	/* vulnerable or broken */
	EXIT_ERROR = 2, /* usage, permission, harness error */
	EXIT_SKIP = 4,	/* nothing could be shown */
};

extern const struct cmd cmd_list;
extern const struct cmd cmd_check;
extern const struct cmd cmd_plan;
extern const struct cmd cmd_run;
extern const struct cmd cmd_recover;
extern const struct cmd cmd_judge;
extern const struct cmd cmd_report;
extern const struct cmd cmd_merge;
extern const struct cmd cmd_explain;

#endif
