/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process that lets a network interface send. */
#ifndef STEP_TRAFFIC_SEND_H
#define STEP_TRAFFIC_SEND_H

#include "base/attr.h"
#include "base/root.h"
#include "step/traffic_read.h"

/*
 * Opens what the process needs: a socket that sends through the interface and receives nothing, and
 * the driver's count of frames sent. Returns 0 with two descriptors the caller closes;
 * -EPROTONOSUPPORT: it is no Ethernet; or -errno. Reads root.
 */
int traffic_send_open(const struct root *root, int index, const char *name,
		      int fds[2]) _must_check_;

/*
 * Sends frames to the interface's own address, one every few milliseconds, until enough of the last
 * phase were sent by the driver's count. A network drops them: their type is for local experiments,
 * and switches do not send a frame back to where it came from. For a process of its own.
 */
int traffic_send(const int fds[2], struct traffic_shared *shared);

#endif
