/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of the kernel log, literally, and what they mean. */
#ifndef TESTS_KLOG_LINES_H
#define TESTS_KLOG_LINES_H

#include <stddef.h>

#include "judge/klog.h"

struct line {
	const char *text;
	enum klog_kind kind;
	const char *function, *symbol; /* NULL: "" */
	int pid, value;		       /* pid 0: none */
	const char *device;	       /* DEVICE= of the record; NULL: none */
	bool guessed;
};

/* Of one IOMMU's driver, of the PCI core, of the rest of the kernel. */
extern const struct line iommu_lines[], pci_lines[], generic_lines[];
extern const size_t iommu_line_count, pci_line_count, generic_line_count;

/* In the tables: a line that says no more than its kind; one that names a function. */
#define PLAIN(text_, kind_)                                                                        \
	{                                                                                          \
		.text = (text_), .kind = (kind_)                                                   \
	}
#define OF(text_, kind_, function_)                                                                \
	{                                                                                          \
		.text = (text_), .kind = (kind_), .function = (function_)                          \
	}
#define GUESS(text_, kind_, function_)                                                             \
	{                                                                                          \
		.text = (text_), .kind = (kind_), .function = (function_), .guessed = true         \
	}

#endif
