// SPDX-License-Identifier: GPL-2.0-or-later
/* The running kernel, from trees as one would capture them: BTF, kallsyms, both or neither. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "kernel/kallsyms.h"
#include "kernel/kernel_file.h"
#include "kernel/running.h"
#include "kernel_samples.h"

#define LINE(name) "0000000000000000 T " name "\n"
#define MODULE_LINE(name) "0000000000000000 t " name "\t[vendor]\n"
#define WITH_FUNCTIONS                                                                             \
	LINE("_text")                                                                              \
	LINE("pci_reset_function")                                                                 \
	LINE("pci_dev_reset_iommu_prepare")                                                        \
	LINE("pci_dev_reset_iommu_done")
#define WITHOUT_FUNCTIONS                                                                          \
	LINE("pci_reset_function")                                                                 \
	LINE("pci_dev_reset_iommu_prepared")                                                       \
	LINE("my_pci_dev_reset_iommu_prepare")                                                     \
	MODULE_LINE("pci_dev_reset_iommu_prepare")

static struct bytes text_bytes(const char *text)
{
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

static void test_kallsyms(void **state)
{
	struct kallsyms found = {0};

	(void)state;
	assert_int_equal(kallsyms_parse(text_bytes(WITH_FUNCTIONS), &found), 0);
	assert_int_equal(found.prepare, TRI_YES);
	assert_int_equal(found.done, TRI_YES);
	assert_int_equal(kallsyms_parse(text_bytes(WITHOUT_FUNCTIONS), &found), 0);
	assert_int_equal(found.prepare, TRI_NO);
	assert_int_equal(found.done, TRI_NO);
	/* No newline behind the last line. */
	assert_int_equal(
		kallsyms_parse(text_bytes(LINE("pci_reset_function") "0 T "
								     "pci_dev_reset_iommu_prepare"),
			       &found),
		0);
	assert_int_equal(found.prepare, TRI_YES);
	/* As compilers name what they have changed. */
	assert_int_equal(kallsyms_parse(text_bytes(LINE("pci_reset_function") LINE(
						"pci_dev_reset_iommu_prepare.llvm.4711")),
					&found),
			 0);
	assert_int_equal(found.prepare, TRI_YES);
	/* What was called otherwise may be as vulnerable. */
	assert_int_equal(kallsyms_parse(text_bytes(LINE("pci_reset_function")
							   LINE("iommu_dev_reset_prepare")),
					&found),
			 0);
	assert_int_equal(found.prepare, TRI_UNKNOWN);
	assert_int_equal(found.done, TRI_UNKNOWN);
	assert_int_equal(kallsyms_parse(text_bytes(""), &found), -ENODATA);
	assert_int_equal(kallsyms_parse(text_bytes(LINE("_text")), &found), -ENODATA);
	assert_int_equal(kallsyms_parse(text_bytes(MODULE_LINE("pci_reset_function")), &found),
			 -ENODATA);
}

/* A directory of its own for each test, with the parents of every file of a tree. */
struct tree {
	char path[64];
	struct root root;
};

static void write_file(const struct tree *tree, const char *name, struct bytes content)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", tree->path, name);
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(content.data, 1, content.length, file), content.length);
	assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	strcpy(tree->path, "/tmp/test_kernel.XXXXXX");
	if (!mkdtemp(tree->path) || root_open(&tree->root, tree->path) < 0)
		return -1;
	write_file(tree, "proc/sys/kernel/osrelease", text_bytes("7.9.9-tree\n"));
	*state = tree;
	return 0;
}

static int teardown(void **state)
{
	struct tree *tree = *state;
	char command[96];
	int r;

	root_close(&tree->root);
	snprintf(command, sizeof(command), "rm -r %s", tree->path);
	r = system(command);
	free(tree);
	return r;
}

static struct kernel_facts read_tree(const struct tree *tree)
{
	struct kernel_facts facts;

	assert_int_equal(facts_read_running(&tree->root, NULL, &facts), 0);
	assert_string_equal(facts.release, "7.9.9-tree");
	return facts;
}

static void test_nothing(void **state)
{
	struct kernel_facts facts = read_tree(*state);

	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	assert_string_equal(facts.source, "");
	assert_non_null(strstr(facts.note, "btf/vmlinux"));
	assert_non_null(strstr(facts.note, "kallsyms"));
}

static void test_kallsyms_only(void **state)
{
	struct kernel_facts facts;

	write_file(*state, "proc/kallsyms", text_bytes(WITH_FUNCTIONS));
	facts = read_tree(*state);
	assert_string_equal(facts.source, "kallsyms");
	assert_int_equal(facts.prepare, TRI_YES);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	write_file(*state, "proc/kallsyms", text_bytes(WITHOUT_FUNCTIONS));
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_NOT_AFFECTED);
	/* Cut off: it proves nothing. */
	write_file(*state, "proc/kallsyms", text_bytes(LINE("_text")));
	facts = read_tree(*state);
	assert_string_equal(facts.source, "");
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
}

static void test_release_given(void **state)
{
	const struct tree *tree = *state;
	struct kernel_facts facts;

	assert_int_equal(facts_read_running(&tree->root, "1.2.3", &facts), 0);
	assert_string_equal(facts.release, "1.2.3");
}

/* A FIFO must not hang the tool. */
static void test_fifo(void **state)
{
	const struct tree *tree = *state;
	_cleanup_strbuf_ struct strbuf error = {0};
	struct file_facts facts;
	char path[96];

	snprintf(path, sizeof(path), "%s/fifo", tree->path);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_true(facts_read_file(path, NULL, &facts, &error) < 0);
	assert_non_null(strstr(error.text, "regular"));
	strbuf_reset(&error);
	assert_int_equal(facts_read_file(tree->path, NULL, &facts, &error), -EISDIR);
	assert_non_null(strstr(error.text, "directory"));
	strbuf_reset(&error);
	assert_int_equal(facts_read_file("/nonexistent/vmlinuz", NULL, &facts, &error), -ENOENT);
	assert_true(error.length_bytes > 0);
	strbuf_reset(&error);
	write_file(tree, "empty", text_bytes(""));
	snprintf(path, sizeof(path), "%s/empty", tree->path);
	assert_int_equal(facts_read_file(path, NULL, &facts, &error), -EINVAL);
	assert_non_null(strstr(error.text, "empty"));
}

/* A note of another owner, then the build id; sizes in the machine's byte order. */
static size_t make_notes(unsigned char *notes)
{
	static const uint32_t xen[] = {4, 4, 1}, build[] = {4, 20, 3};
	static const unsigned char other[] = {'X', 'e', 'n', 0, 'a', 'b', 'c', 'd'};
	static const unsigned char gnu[] = {'G', 'N', 'U', 0,	'A', 'B', 'C', 'D',
					    'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L',
					    'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T'};
	size_t length = 0;

	memcpy(notes + length, xen, sizeof(xen));
	length += sizeof(xen);
	memcpy(notes + length, other, sizeof(other));
	length += sizeof(other);
	memcpy(notes + length, build, sizeof(build));
	length += sizeof(build);
	memcpy(notes + length, gnu, sizeof(gnu));
	return length + sizeof(gnu);
}

static void test_build_note(void **state)
{
	unsigned char notes[128];
	size_t length = make_notes(notes);
	struct build_note note = {0};

	(void)state;
	assert_int_equal(build_note_parse((struct bytes){notes, length}, &note), 0);
	assert_int_equal(note.length, 36);
	assert_memory_equal(note.data + 16, "ABCDEFGHIJKLMNOPQRST", 20);
	for (size_t cut = 0; cut < length; cut++) {
		unsigned char *part = malloc(cut ? cut : 1);

		memcpy(part, notes, cut);
		assert_int_equal(build_note_parse((struct bytes){part, cut}, &note), -ENOENT);
		free(part);
	}
	/* Sizes that would wrap around. */
	memset(notes, 0xff, 8);
	assert_int_equal(build_note_parse((struct bytes){notes, length}, &note), -ENOENT);
}

#ifdef HAVE_BTF

static void write_btf(const struct tree *tree, const struct btf_shape *shape)
{
	struct sample btf = sample_btf(shape);

	write_file(tree, "sys/kernel/btf/vmlinux", sample_bytes(btf));
	free(btf.data);
}

static void test_btf(void **state)
{
	struct kernel_facts facts;

	write_btf(*state, &shape_vulnerable);
	facts = read_tree(*state);
	assert_string_equal(facts.source, "btf");
	assert_string_equal(facts.note, "");
	assert_int_equal(facts_judge(&facts, NULL), STATIC_VULNERABLE);
	write_btf(*state, &shape_fixed);
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_FIXED);
	write_btf(*state, &shape_absent);
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_NOT_AFFECTED);
}

/* What replaces prepare keeps its state where no structure shows it. */
static void test_livepatch(void **state)
{
#define PATCH "sys/kernel/livepatch/klp_cve/"
	struct kernel_facts facts;

	write_btf(*state, &shape_vulnerable);
	write_file(*state, PATCH "enabled", text_bytes("1\n"));
	write_file(*state, PATCH "vmlinux/tcp_reset,1/x", text_bytes(""));
	write_file(*state, PATCH "nvme/nvme_pci_reset,1/x", text_bytes(""));
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_VULNERABLE);
	write_file(*state, PATCH "vmlinux/pci_dev_reset_iommu_prepare,1/x", text_bytes(""));
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	assert_non_null(strstr(facts.note, "livepatch replaces pci_dev_reset_iommu_prepare()"));
	/* It was taken back. */
	write_file(*state, PATCH "enabled", text_bytes("0\n"));
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_VULNERABLE);
	/* Nothing that was sound becomes doubtful. */
	write_file(*state, PATCH "enabled", text_bytes("1\n"));
	write_btf(*state, &shape_fixed);
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_FIXED);
	assert_string_equal(facts.note, "");
	write_btf(*state, &shape_absent);
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_NOT_AFFECTED);
#undef PATCH
}

static void test_damaged_btf(void **state)
{
	struct kernel_facts facts;

	write_file(*state, "sys/kernel/btf/vmlinux", text_bytes("\x9f\xeb\x01"));
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	assert_non_null(strstr(facts.note, "BTF"));
	write_file(*state, "proc/kallsyms", text_bytes(WITHOUT_FUNCTIONS));
	facts = read_tree(*state);
	assert_string_equal(facts.source, "kallsyms");
	assert_int_equal(facts_judge(&facts, NULL), STATIC_NOT_AFFECTED);
	assert_non_null(strstr(facts.note, "BTF"));
}

/* pahole left the functions out of BTF: the structure says they are there, kallsyms confirms. */
static void test_functions_missing_from_btf(void **state)
{
	struct btf_shape shape = shape_vulnerable;
	struct kernel_facts facts;

	shape.prepare = shape.done = false;
	write_btf(*state, &shape);
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	write_file(*state, "proc/kallsyms", text_bytes(WITH_FUNCTIONS));
	facts = read_tree(*state);
	assert_string_equal(facts.source, "btf");
	assert_int_equal(facts_judge(&facts, NULL), STATIC_VULNERABLE);
	assert_non_null(strstr(facts.note, "kallsyms"));
	/* Kallsyms has none of that name either: they have another one. */
	write_file(*state, "proc/kallsyms", text_bytes(WITHOUT_FUNCTIONS));
	facts = read_tree(*state);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
	write_file(*state, "proc/kallsyms", text_bytes(WITH_FUNCTIONS));
	/* Neither functions nor struct iommu_group: kallsyms has the last word. */
	shape = shape_absent;
	shape.no_group = true;
	write_btf(*state, &shape);
	facts = read_tree(*state);
	assert_int_equal(facts.prepare, TRI_YES);
	assert_int_equal(facts_judge(&facts, NULL), STATIC_UNKNOWN);
}

static void test_same_build(void **state)
{
	const struct tree *tree = *state;
	struct sample btf = sample_btf(&shape_fixed), elf, other;
	unsigned char notes[128];
	size_t length = make_notes(notes);
	struct build_note note = {0};
	_cleanup_strbuf_ struct strbuf error = {0};
	struct file_facts facts;
	char path[96];

	write_file(tree, "sys/kernel/notes", (struct bytes){notes, length});
	assert_int_equal(build_note_read(&tree->root, &note), 0);
	elf = sample_elf(sample_bytes(btf), (struct bytes){notes, length}, true, false);
	other = sample_elf(sample_bytes(btf), (struct bytes){notes, length - 1}, true, false);
	write_file(tree, "vmlinux", sample_bytes(elf));
	write_file(tree, "other", sample_bytes(other));
	snprintf(path, sizeof(path), "%s/vmlinux", tree->path);
	assert_int_equal(facts_read_file(path, &note, &facts, &error), 0);
	assert_int_equal(facts.running, TRI_YES);
	assert_string_equal(facts.format, "ELF");
	assert_int_equal(facts_judge(&facts.facts, NULL), STATIC_FIXED);
	assert_int_equal(facts_read_file(path, NULL, &facts, &error), 0);
	assert_int_equal(facts.running, TRI_UNKNOWN);
	snprintf(path, sizeof(path), "%s/other", tree->path);
	assert_int_equal(facts_read_file(path, &note, &facts, &error), 0);
	assert_int_equal(facts.running, TRI_NO);
	free(btf.data);
	free(elf.data);
	free(other.data);
}

#endif

#define IN_TREE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kallsyms),
		cmocka_unit_test(test_build_note),
		IN_TREE(test_nothing),
		IN_TREE(test_kallsyms_only),
		IN_TREE(test_release_given),
		IN_TREE(test_fifo),
#ifdef HAVE_BTF
		IN_TREE(test_btf),
		IN_TREE(test_livepatch),
		IN_TREE(test_damaged_btf),
		IN_TREE(test_functions_missing_from_btf),
		IN_TREE(test_same_build),
#endif
	};

	return cmocka_run_group_tests_name("running kernel", tests, NULL, NULL);
}
