/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libpci is used for: names. It never opens a device's files. */
#ifndef SNAPSHOT_PCILIB_H
#define SNAPSHOT_PCILIB_H

#include <stdint.h>

#include "base/root.h"

struct pcilib;

/*
 * Starts libpci below @root, which must outlive it. One such may be used by one thread at a time.
 * Returns 0 or -errno.
 */
int pcilib_open(const struct root *root, struct pcilib **out) _must_check_;
void pcilib_close(struct pcilib *lib);

static inline void pcilib_close_pointer(struct pcilib **lib)
{
	pcilib_close(*lib);
}

#define _cleanup_pcilib_ _cleanup_(pcilib_close_pointer)

/*
 * To be called before names are looked up: they come from usr/share/misc/pci.ids of a captured tree
 * that has one, else from the database of this machine. Returns 0 or -ENOMEM.
 */
int pcilib_load_names(struct pcilib *lib, const struct root *root) _must_check_;

/* Names from the id database; the caller frees them. NULL when it has none. */
char *pcilib_vendor_name(struct pcilib *lib, uint16_t vendor);
char *pcilib_device_name(struct pcilib *lib, uint16_t vendor, uint16_t device);
char *pcilib_class_name(struct pcilib *lib, uint32_t class_code);

#endif
