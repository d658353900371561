// SPDX-License-Identifier: GPL-2.0-or-later
#include "render/when.h"

#include <inttypes.h>
#include <time.h>

int64_t when_parse_s(const char *text)
{
	struct tm utc = {0};
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &utc);
	time_t seconds = end && !*end ? timegm(&utc) : 0;

	/* Four digits of a year. */
	return seconds > 0 && utc.tm_year < 8000 ? (int64_t)seconds : 0;
}

int64_t run_started_s(const struct run_evidence *run)
{
	return when_parse_s(run->started);
}

void when_format(int64_t since_1970_s, uint64_t and_ns, char text[WHEN_MAX])
{
	time_t seconds = (time_t)since_1970_s + (time_t)(and_ns / 1000000000);
	struct tm utc;
	size_t length = 0;

	if (gmtime_r(&seconds, &utc) && utc.tm_year < 8100)
		length = strftime(text, WHEN_MAX, "%Y-%m-%dT%H:%M:%S", &utc);
	if (length)
		snprintf(text + length, WHEN_MAX - length, ".%03" PRIu64 "Z",
			 and_ns / 1000000 % 1000);
	else
		snprintf(text, WHEN_MAX, "1970-01-01T00:00:00.000Z");
}

void run_when(const struct run_evidence *run, uint64_t time_ns, char text[WHEN_MAX])
{
	when_format(run_started_s(run),
		    run->started_ns && time_ns > run->started_ns ? time_ns - run->started_ns : 0,
		    text);
}

uint64_t step_begin_ns(const struct step_evidence *step)
{
	uint64_t first = 0;

	for (size_t i = 0; i < step->subject_count; i++) {
		uint64_t begin_ns = step->subjects[i].begin_ns;

		if (begin_ns && (!first || begin_ns < first))
			first = begin_ns;
	}
	return first;
}

uint64_t step_end_ns(const struct step_evidence *step)
{
	uint64_t last = 0;

	for (size_t i = 0; i < step->subject_count; i++)
		if (step->subjects[i].end_ns > last)
			last = step->subjects[i].end_ns;
	return last;
}
