/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The drivers of virtio devices, which decide what a reset of their function does to them. */
#ifndef SNAPSHOT_VIRTIO_H
#define SNAPSHOT_VIRTIO_H

#include "base/root.h"
#include "model/snapshot.h"

/* Fills virtio_driver of every function from sys/bus/virtio. Returns 0 or -ENOMEM. Reads root. */
int virtio_read(const struct root *root, struct snapshot *snapshot) _must_check_;

#endif
