// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/prometheus_text.h"

#include "base/escape.h"

void prometheus_metric(struct strbuf *out, const char *name, const char *type, const char *help)
{
	strbuf_printf(out, "# HELP " PROMETHEUS_PREFIX "%s %s\n# TYPE " PROMETHEUS_PREFIX "%s %s\n",
		      name, help, name, type);
}

/* Printable, then as the format escapes. */
static void add_value(struct strbuf *out, const char *text)
{
	_cleanup_strbuf_ struct strbuf printable = {0};

	escape_printable(&printable, text);
	if (printable.error)
		out->error = printable.error;
	for (const char *at = printable.text ? printable.text : ""; *at; at++) {
		if (*at == '"' || *at == '\\')
			strbuf_puts(out, "\\");
		strbuf_add(out, at, 1);
	}
}

void prometheus_label(struct strbuf *out, const char *before, const char *name, const char *value)
{
	strbuf_printf(out, "%s%s=\"", before, name);
	add_value(out, value);
	strbuf_puts(out, "\"");
}
