// SPDX-License-Identifier: GPL-2.0-or-later
/* Configuration space after a reset: of the function, and of the port above it. */
#include <errno.h>

#include "base/strbuf.h"
#include "judge/case.h"
#include "judge/config_space.h"

#define CHANGE_TEXT_MAX 256

static const struct {
	enum register_verdict verdict;
	const char *slug;
	const char *before, *after; /* the function; the method follows */
} failing[] = {
	{REGISTER_NOT_KEPT, "config-not-restored", "registers of ", " differ after"},
	{REGISTER_LINK_LESS, "link-degraded", "the link of ", " lost speed or width in"},
	{REGISTER_SBR_OPEN, "sbr-left-unmasked", "", " is left open to secondary bus resets by"},
};

static int report(struct step_case *c, const char *function, size_t kind)
{
	struct finding *finding = NULL;
	int r = 0;

	for (size_t i = 0; i < c->result->register_count && r == 0; i++) {
		const struct register_change *change = &c->result->registers[i];
		char text[CHANGE_TEXT_MAX];

		if (change->verdict != failing[kind].verdict || !streq(change->function, function))
			continue;
		if (!finding)
			finding = result_add_finding(c->result, failing[kind].slug, function,
						     "%s%s%s %s", failing[kind].before, function,
						     failing[kind].after, c->step->method);
		if (!finding)
			return -ENOMEM;
		register_change_text(change, text, sizeof(text));
		r = finding_add_evidence(finding, "%s", text);
	}
	return r;
}

static int note_drivers(struct step_case *c, const char *function, const char *driver)
{
	_cleanup_strbuf_ struct strbuf line = {0};

	for (size_t i = 0; i < c->result->register_count; i++) {
		const struct register_change *change = &c->result->registers[i];
		char text[CHANGE_TEXT_MAX];

		if (change->verdict != REGISTER_DRIVERS || !streq(change->function, function))
			continue;
		register_change_text(change, text, sizeof(text));
		strbuf_printf(&line, "%s%s", line.length_bytes ? "; " : "", text);
	}
	if (line.error)
		return line.error;
	return line.length_bytes ? result_add_note(c->result, "%s, which %s may have written: %s",
						   function, driver, line.text)
				 : 0;
}

static int compare(struct step_case *c, const char *function, const struct config_space *before,
		   const struct config_space *after, const char *driver)
{
	int r;

	if (!before || !after)
		return 0;
	r = config_compare(c->result, function, before, after, driver != NULL);
	for (size_t kind = 0; kind < ARRAY_SIZE(failing) && r == 0; kind++)
		r = report(c, function, kind);
	return r < 0 || !driver ? r : note_drivers(c, function, driver);
}

int rule_registers(struct step_case *c)
{
	for (size_t i = 0; i < c->step->subject_count; i++) {
		const struct subject *subject = &c->step->subjects[i];
		const char *driver =
			subject->driver[0] && !subject->unbound ? subject->driver : NULL;
		int r = 0;

		/* What is gone or stuck has been told, and has nothing to compare. */
		if (subject->hung || !subject->present_after || !subject->started ||
		    case_has_slug(c, "device-lost"))
			continue;
		if (c->step->scenario == SCENARIO_VFIO)
			driver = "vfio-pci";
		r = compare(c, subject->function, subject->before, subject->after, driver);
		if (r == 0)
			r = compare(c, subject->upstream, subject->upstream_before,
				    subject->upstream_after, "the port's driver");
		if (r < 0)
			return r;
	}
	return 0;
}
