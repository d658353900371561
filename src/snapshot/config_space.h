/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What configuration space says, read in as few accesses to the hardware as it takes. */
#ifndef SNAPSHOT_CONFIG_SPACE_H
#define SNAPSHOT_CONFIG_SPACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/tri.h"

#define CONFIG_HEADER_BYTES 64
#define CONFIG_SPACE_BYTES 4096

/*
 * @bytes are the first @length_bytes. On a machine that runs, the rest is read word by word from
 * @fd when it is asked for: each word is an access to the hardware, which takes a microsecond, and
 * in a guest many. A captured file is read whole.
 */
struct config_space {
	int fd; /* owned, or -1 */
	bool live;
	size_t length_bytes;
	uint8_t bytes[CONFIG_SPACE_BYTES];
};

/* What it says. Unknown where the file does not reach. */
struct config_caps {
	bool is_absent; /* the header reads nothing */
	bool is_cut;	/* the list of extended capabilities could not be read to its end */
	bool is_bridge; /* header type 1 or 2 */
	enum tri ats, pri, pasid;
	enum tri pasid_enabled;
	enum tri cxl_port;   /* this function itself has the CXL Port DVSEC (CXL 3.1, 8.1.5) */
	enum tri sbr_masked; /* ... and Unmask SBR of its Port Control Extensions is clear */
};

/*
 * Opens "config" in the directory @dir_fd and reads the header at least. Returns 0 or -errno; in
 * both cases the caller closes with config_space_close(). Reads root.
 */
int config_space_open(struct config_space *space, int dir_fd, bool live);
void config_space_close(struct config_space *space);

/*
 * Follows the extended capabilities as the kernel does (pci_find_next_ext_capability()). Without
 * privilege the file ends after 64 bytes (a CardBus bridge's after 128), and after 256 where the
 * kernel sees no extended space.
 */
void config_space_read_caps(const struct config_space *space, struct config_caps *caps);

#endif
