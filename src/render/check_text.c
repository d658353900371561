// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/escape.h"
#include "render/check.h"
#include "render/wrap.h"

#define INDENT 13

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

static void add_verdict(struct strbuf *out, const struct text_style *style,
			enum static_verdict verdict)
{
	enum tone tone = verdict == STATIC_VULNERABLE ? TONE_BAD
			 : verdict == STATIC_UNKNOWN  ? TONE_UNSURE
						      : TONE_GOOD;

	style_word(out, style, tone, static_verdict_name(verdict));
	strbuf_puts(out, "\n");
}

static void add_head(struct strbuf *out, const struct text_style *style,
		     const struct checked_kernel *kernel)
{
	escape_printable(out,
			 kernel->facts->release[0] ? kernel->facts->release : "unnamed kernel");
	strbuf_puts(out, ": ");
	add_verdict(out, style, kernel->verdict);
	if (!kernel->path)
		return;
	strbuf_printf(out, "  %-*s", INDENT - 2, "File");
	escape_printable(out, kernel->path);
	strbuf_printf(out, " (%s)%s\n", kernel->format,
		      kernel->running == TRI_YES  ? ", the kernel that is running"
		      : kernel->running == TRI_NO ? ", not the kernel that is running"
						  : "");
}

static void add_facts(struct strbuf *out, const struct checked_kernel *kernel)
{
	/* facts_value() serves writers too, hence a copy without const. */
	struct kernel_facts facts = *kernel->facts;

	wrap_labelled(out, INDENT, "  Facts", source_text(kernel));
	for (size_t i = 0; facts_name_at(i); i++)
		strbuf_printf(out, "%*s%-31s %s\n", INDENT, "", facts_name_at(i),
			      tri_name(*facts_value(&facts, facts_name_at(i))));
	if (facts.note[0])
		wrap_labelled(out, INDENT, "  Note", facts.note);
}

static void add_kernel(struct strbuf *out, const struct text_style *style,
		       const struct checked_kernel *kernel)
{
	add_head(out, style, kernel);
	if (style->verbosity < 0)
		return;
	add_facts(out, kernel);
	wrap_labelled(out, INDENT, "  Why", kernel->reason);
	wrap_labelled(out, INDENT, "  Meaning", check_meaning(kernel));
	wrap_labelled(out, INDENT, "  What to do", check_remedy(kernel));
}

int check_print_text(const struct check_report *report, const struct text_style *style, FILE *out)
{
	_cleanup_strbuf_ struct strbuf text = {.wrap_columns = style->wrap_columns};

	for (size_t i = 0; i < report->count; i++) {
		if (i > 0 && style->verbosity >= 0)
			strbuf_puts(&text, "\n");
		add_kernel(&text, style, &report->kernels[i]);
	}
	if (report->count > 1) {
		strbuf_printf(&text,
			      "%sOf %zu kernels the worst: ", style->verbosity < 0 ? "" : "\n",
			      report->count);
		add_verdict(&text, style, report->kernels[report->deciding].verdict);
	}
	if (text.error)
		return text.error;
	return fputs(text.text, out) < 0 ? -errno : 0;
}
