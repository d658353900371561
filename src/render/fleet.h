/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer of `merge`. All are of a concluded fleet with at least one host. */
#ifndef RENDER_FLEET_H
#define RENDER_FLEET_H

#include <stdio.h>

#include "base/strbuf.h"
#include "model/fleet.h"
#include "render/style.h"

/*
 * Writes a table of hosts, the worst first, and the verdict. A verbosity below 0 leaves the verdict
 * alone, above 0 adds what each verdict rests on and the other results of a host. Returns 0 or
 * -errno; @out may still be buffered.
 */
int fleet_text_write(FILE *out, const struct fleet *fleet,
		     const struct text_style *style) _must_check_;

/* Writes one JSON document; @exit_status is the program's. Returns the same. */
int json_fleet_write(FILE *out, const struct fleet *fleet, int exit_status) _must_check_;

/* Writes a whole page in HTML. Returns the same. */
int html_fleet_write(FILE *out, const struct fleet *fleet, int exit_status) _must_check_;

/* Write a test for each host. Return the same. */
int tap_fleet_write(FILE *out, const struct fleet *fleet, int exit_status) _must_check_;
int ktap_fleet_write(FILE *out, const struct fleet *fleet, int exit_status) _must_check_;
int junit_fleet_write(FILE *out, const struct fleet *fleet, int exit_status) _must_check_;

/* Writes metrics of all hosts together and of each. Returns the same. */
int prometheus_fleet_write(FILE *out, const struct fleet *fleet, int exit_status) _must_check_;

#endif
