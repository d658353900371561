// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "base/array.h"
#include "judge/picture_parts.h"

/* Writes that overlap stand in rows of their own. */
static unsigned int free_row(const struct picture_lane *lane, const struct picture_write *write)
{
	unsigned int row = 0;

	for (size_t i = 0; i + 1 < lane->write_count; i++)
		if (lane->writes[i].row == row &&
		    (!lane->writes[i].span.ended ||
		     lane->writes[i].span.end_ns > write->span.begin_ns))
			row++;
	return row < PICTURE_ROWS_MAX ? row : PICTURE_ROWS_MAX - 1;
}

static int add_write(struct picture_lane *lane, const struct picture_write *like, int64_t begin_ns,
		     int64_t end_ns)
{
	struct picture_write *write = ARRAY_APPEND(lane->writes, lane->write_count);

	if (!write)
		return -ENOMEM;
	*write = *like;
	write->span.begin_ns = begin_ns;
	write->span.ended = !like->hung && end_ns >= begin_ns;
	write->span.end_ns = end_ns;
	write->row = free_row(lane, write);
	if (write->row >= lane->write_rows)
		lane->write_rows = write->row + 1;
	return 0;
}

static bool has_resets(const struct step_evidence *step, const char *function)
{
	for (size_t i = 0; i < step->write_count; i++)
		if (step->writes[i].kind == WRITTEN_RESET &&
		    streq(step->writes[i].function, function))
			return true;
	return false;
}

static int add_writes_of(const struct step_evidence *step, uint64_t zero_ns,
			 const struct subject *subject, struct picture_lane *lane)
{
	struct picture_write like = {
		.kind = WRITTEN_RESET, .error = subject->write_errno, .hung = subject->hung};
	int r = 0;

	if (subject->started && subject->begin_ns && subject->role == SUBJECT_RESET &&
	    !has_resets(step, subject->function))
		r = add_write(lane, &like, picture_ns(subject->begin_ns, zero_ns),
			      picture_ns(subject->end_ns, zero_ns));
	for (size_t i = 0; i < step->write_count && r == 0; i++) {
		const struct step_write *write = &step->writes[i];

		if (!write->started || !streq(write->function, subject->function))
			continue;
		like = (struct picture_write){.kind = write->kind,
					      .value = write->kind == WRITTEN_RESET ? NULL
										    : write->value,
					      .error = write->error,
					      .hung = write->hung};
		r = add_write(lane, &like, picture_ns(write->begin_ns, zero_ns),
			      picture_ns(write->end_ns, zero_ns));
	}
	return r;
}

int picture_add_writes(const struct step_evidence *step, uint64_t zero_ns, struct picture *picture)
{
	int r = 0;

	for (size_t i = 0; i < step->subject_count && r == 0; i++)
		r = add_writes_of(step, zero_ns, &step->subjects[i], &picture->lanes[i]);
	return r;
}
