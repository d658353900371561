// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/picture.h"

void picture_clear(struct picture *picture)
{
	for (size_t i = 0; i < picture->lane_count; i++) {
		struct picture_lane *lane = &picture->lanes[i];

		free(lane->levels);
		free(lane->windows);
		free(lane->resets);
		free(lane->writes);
		free(lane->refusals);
	}
	free(picture->marks);
	*picture = (struct picture){0};
}
