/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libpci is used for: capability lists and names. It never opens a device's files itself. */
#ifndef SNAPSHOT_PCILIB_H
#define SNAPSHOT_PCILIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/root.h"
#include "model/bdf.h"
#include "model/tri.h"

#define CONFIG_SPACE_BYTES 4096

struct pcilib;

/* What configuration space says. Unknown where the bytes given do not reach. */
struct pcilib_caps {
	bool is_bridge; /* header type 1 or 2 */
	enum tri ats, pri, pasid;
	enum tri pasid_enabled;
	enum tri cxl_port;   /* this function itself has the CXL Port DVSEC (CXL 3.1, 8.1.5) */
	enum tri sbr_masked; /* ... and Unmask SBR of its Port Control Extensions is clear */
};

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
 * Reads the capabilities out of the first @length_bytes of configuration space, as read from
 * sysfs: 64 without privilege, 256 where the kernel itself sees no extended space, or all. The rest
 * of @config is overwritten.
 */
void pcilib_read_caps(struct pcilib *lib, const struct bdf *bdf, uint8_t config[CONFIG_SPACE_BYTES],
		      size_t length_bytes, struct pcilib_caps *caps);

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
