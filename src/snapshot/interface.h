/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the network interface of a function. */
#ifndef SNAPSHOT_INTERFACE_H
#define SNAPSHOT_INTERFACE_H

#include "base/root.h"
#include "model/snapshot.h"

/*
 * The first interface that hangs off @function, by index and name, if all that do are down and part
 * of no other: a reset takes every port along. Returns 0; -EBUSY: one is not so; -ENODEV: there is
 * none; or -errno. Reads root.
 */
int interface_find_idle(const struct root *root, const char *function, int *index,
			char name[INTERFACE_NAME_MAX]) _must_check_;

/*
 * Whether a packet socket receives what comes through an interface of @function; one without a
 * protocol only sends. Returns 1, 0 or -errno. Reads root.
 */
int interface_listened(const struct root *root, const char *function) _must_check_;

#endif
