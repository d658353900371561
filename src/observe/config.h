/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Configuration space and presence of a function. Reading config space of a function, or of the
 * bridge above it, sleeps uninterruptibly while the function resets (pci_cfg_access_lock()).
 */
#ifndef OBSERVE_CONFIG_H
#define OBSERVE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/root.h"
#include "model/evidence.h"

/*
 * Reads as much of sys/bus/pci/devices/BDF/config as there is. Returns 0 or -errno, then
 * @config is zeroed: not readable. Reads root.
 */
int config_read(const struct root *root, const char *bdf, struct config_space *config) _must_check_;

/*
 * The first bytes alone, as "86 80 ...", @size_bytes / 3 of them. Returns 0 or -errno, then @text
 * is
 * "". Reads root.
 */
int config_read_header(const struct root *root, const char *bdf, char *text,
		       size_t size_bytes) _must_check_;

/*
 * Whether the function is there and has these ids, by sysfs; it does not ask the hardware. Returns
 * 1, 0 or -errno: then it is not known. Reads root.
 */
int function_present(const struct root *root, const char *bdf, uint16_t vendor,
		     uint16_t device) _must_check_;

#endif
