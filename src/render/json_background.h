/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the machine went through beside the resets, as JSON. */
#ifndef RENDER_JSON_BACKGROUND_H
#define RENDER_JSON_BACKGROUND_H

#include "model/background.h"

struct json_object;

/* [{"function", "process", "symbol", "kind", "events"}]; the caller owns it. */
struct json_object *json_background(const struct background *list, size_t count);

#endif
