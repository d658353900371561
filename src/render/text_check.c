// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/escape.h"
#include "render/check.h"

#define INDENT 11
#define WIDTH 80

static void put_safe(const char *text, FILE *out)
{
	_cleanup_strbuf_ struct strbuf safe = {0};

	escape_printable(&safe, text);
	fputs(safe.text && !safe.error ? safe.text : "?", out);
}

/* "  Label   text", broken at blanks and continued below its first word. */
static void put_paragraph(const char *label, const char *text, FILE *out)
{
	int column = INDENT;

	fprintf(out, "  %-*s", INDENT - 2, label);
	while (*text) {
		int length = (int)strcspn(text, " ");

		if (column > INDENT && column + 1 + length > WIDTH) {
			fprintf(out, "\n%*s", INDENT, "");
			column = INDENT;
		} else if (column > INDENT) {
			fputc(' ', out);
			column++;
		}
		fprintf(out, "%.*s", length, text);
		column += length;
		text += length;
		text += strspn(text, " ");
	}
	fputc('\n', out);
}

static const char *source_text(const struct checked_kernel *kernel)
{
	const char *source = kernel->facts->source;

	if (streq(source, "btf"))
		return "the running kernel's BTF, /sys/kernel/btf/vmlinux";
	if (streq(source, "kallsyms"))
		return "/proc/kallsyms, which has names of functions only";
	if (streq(source, "image"))
		return "what is in the image";
	if (streq(source, "btf-file"))
		return "the BTF file";
	return "none: nothing could be read";
}

static void put_head(const struct checked_kernel *kernel, FILE *out)
{
	put_safe(kernel->facts->release[0] ? kernel->facts->release : "unnamed kernel", out);
	fprintf(out, ": %s\n", static_verdict_name(kernel->verdict));
	if (!kernel->path)
		return;
	fprintf(out, "  %-*s", INDENT - 2, "File");
	put_safe(kernel->path, out);
	fprintf(out, " (%s)%s\n", kernel->format,
		kernel->running == TRI_YES  ? ", the kernel that is running"
		: kernel->running == TRI_NO ? ", not the kernel that is running"
					    : "");
}

static void put_facts(const struct checked_kernel *kernel, FILE *out)
{
	/* facts_value() serves writers too, hence a copy without const. */
	struct kernel_facts facts = *kernel->facts;

	put_paragraph("Facts", source_text(kernel), out);
	for (size_t i = 0; facts_name_at(i); i++)
		fprintf(out, "%*s%-31s %s\n", INDENT, "", facts_name_at(i),
			tri_name(*facts_value(&facts, facts_name_at(i))));
	if (facts.note[0])
		put_paragraph("Note", facts.note, out);
}

void check_print_text(const struct check_report *report, FILE *out)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct checked_kernel *kernel = &report->kernels[i];

		if (i > 0)
			fputc('\n', out);
		put_head(kernel, out);
		put_facts(kernel, out);
		put_paragraph("Why", kernel->reason, out);
		put_paragraph("Meaning", check_meaning(kernel), out);
		put_paragraph("To do", check_remedy(kernel), out);
	}
	if (report->count > 1)
		fprintf(out, "\nOf %zu kernels the worst: %s\n", report->count,
			static_verdict_name(report->kernels[report->deciding].verdict));
}
