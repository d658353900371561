// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "cli/answer.h"
#include "judge/picture.h"
#include "render/html_page.h"

struct judged_run {
	const struct run_evidence *run;
	const struct run_result *result;
};

/* The judge lays the pictures out, of which the renderers know nothing. */
static int write_drawn(FILE *out, const struct run_evidence *run, const struct run_result *result)
{
	_cleanup_strbuf_ struct strbuf page = {0};
	int r = html_page_run(&page, run, result, NULL, picture_make);

	if (r < 0)
		return r;
	return fwrite(page.text, 1, page.length_bytes, out) == page.length_bytes ? 0 : -errno;
}

static int write_form(const void *of, const struct format *format, FILE *out, int exit_status,
		      const struct text_style *style)
{
	const struct judged_run *run = of;

	return format_is_drawn(format)
		       ? write_drawn(out, run->run, run->result)
		       : format_write(format, out, run->run, run->result, exit_status, style);
}

int answer_write_run(const char *name, const struct answer_options *options,
		     const struct run_evidence *run, const struct run_result *result,
		     int exit_status)
{
	const struct judged_run judged = {run, result};
	const struct answer_content content = {write_form, &judged};

	return answer_write(name, options, &content, exit_status);
}
