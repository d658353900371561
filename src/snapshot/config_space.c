// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/config_space.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <linux/pci_regs.h>

#include "base/root.h"

#define LEGACY_BYTES 256
#define UNPRIVILEGED_MAX_BYTES 128
#define ABSENT 0xffffffff /* what a word reads as that nobody answers for */

#define DVSEC_VENDOR_CXL 0x1e98
#define DVSEC_ID_CXL_PORT 3
#define DVSEC_CXL_PORT_CONTROL 0x0c
#define DVSEC_CXL_PORT_UNMASK_SBR 0x0001

/* So many capabilities fit, and a list that runs in a circle has more. */
#define CAPABILITIES_MAX ((CONFIG_SPACE_BYTES - LEGACY_BYTES) / 8)

int config_space_open(struct config_space *space, int dir_fd, bool live)
{
	const struct root dir = {.fd = dir_fd};
	ssize_t got;

	space->live = live;
	space->length_bytes = 0;
	/* A FIFO in a tree someone sent must not hang the reader. */
	space->fd = root_open_file(&dir, "config", O_RDONLY | O_NONBLOCK);
	if (space->fd < 0)
		return space->fd;
	do
		got = read(space->fd, space->bytes,
			   live ? CONFIG_HEADER_BYTES : CONFIG_SPACE_BYTES);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return -errno;
	space->length_bytes = (size_t)got;
	return 0;
}

void config_space_close(struct config_space *space)
{
	if (space->fd >= 0)
		close(space->fd);
	space->fd = -1;
}

/* False when the file does not reach there. Past the end of the whole space stands nothing. */
static bool read_word(const struct config_space *space, unsigned int at, uint32_t *word)
{
	uint8_t bytes[4] = {0};

	if (at + sizeof(bytes) <= space->length_bytes)
		memcpy(bytes, space->bytes + at, sizeof(bytes));
	else if (at + sizeof(bytes) <= CONFIG_SPACE_BYTES &&
		 (!space->live || pread(space->fd, bytes, sizeof(bytes), at) != sizeof(bytes)))
		return false;
	*word = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
		(uint32_t)bytes[3] << 24;
	return true;
}

/* A file that cannot be read there may go on all the same. */
static bool ends_before(const struct config_space *space, unsigned int at)
{
	uint8_t byte;

	return space->live ? pread(space->fd, &byte, sizeof(byte), at) == 0
			   : at >= space->length_bytes;
}

static bool read_pasid(const struct config_space *space, unsigned int at, struct config_caps *caps)
{
	uint32_t word;

	caps->pasid = TRI_YES;
	if (!read_word(space, at + PCI_PASID_CAP, &word))
		return false;
	caps->pasid_enabled = tri_of((word >> 16 & PCI_PASID_CTRL_ENABLE) != 0);
	return true;
}

static bool read_dvsec(const struct config_space *space, unsigned int at, struct config_caps *caps)
{
	uint32_t vendor, id, control;

	if (!read_word(space, at + PCI_DVSEC_HEADER1, &vendor) ||
	    !read_word(space, at + PCI_DVSEC_HEADER2, &id))
		return false;
	if ((vendor & 0xffff) != DVSEC_VENDOR_CXL || (id & 0xffff) != DVSEC_ID_CXL_PORT)
		return true;
	if (!read_word(space, at + DVSEC_CXL_PORT_CONTROL, &control))
		return false;
	caps->cxl_port = TRI_YES;
	caps->sbr_masked = tri_of(!(control & DVSEC_CXL_PORT_UNMASK_SBR));
	return true;
}

static bool read_capability(const struct config_space *space, unsigned int at, unsigned int id,
			    struct config_caps *caps)
{
	switch (id) {
	case PCI_EXT_CAP_ID_ATS:
		caps->ats = TRI_YES;
		return true;
	case PCI_EXT_CAP_ID_PRI:
		caps->pri = TRI_YES;
		return true;
	case PCI_EXT_CAP_ID_PASID:
		return read_pasid(space, at, caps);
	case PCI_EXT_CAP_ID_DVSEC:
		return caps->cxl_port == TRI_YES || read_dvsec(space, at, caps);
	default:
		return true;
	}
}

/* Returns false when not all of the list could be read. */
static bool read_extended(const struct config_space *space, struct config_caps *caps)
{
	unsigned int at = LEGACY_BYTES;
	uint32_t header;

	for (int i = 0; at >= LEGACY_BYTES && i < CAPABILITIES_MAX; i++) {
		if (!read_word(space, at, &header))
			return false;
		/* Where these were all ones from the start the kernel has the file end before. */
		if (header == ABSENT)
			return false;
		if (!header)
			return true;
		if (!read_capability(space, at, PCI_EXT_CAP_ID(header), caps))
			return false;
		at = PCI_EXT_CAP_NEXT(header);
	}
	return true;
}

/* A function that is gone, or asleep beyond reach, reads all ones. */
static bool is_absent(const struct config_space *space)
{
	for (size_t i = 0; i < CONFIG_HEADER_BYTES; i++)
		if (space->bytes[i] != 0xff)
			return false;
	return true;
}

void config_space_read_caps(const struct config_space *space, struct config_caps *caps)
{
	uint8_t header_type;
	uint32_t word;

	*caps = (struct config_caps){.is_absent = space->length_bytes < CONFIG_HEADER_BYTES ||
						  is_absent(space)};
	if (caps->is_absent)
		return;
	header_type = space->bytes[PCI_HEADER_TYPE] & 0x7f;
	caps->is_bridge =
		header_type == PCI_HEADER_TYPE_BRIDGE || header_type == PCI_HEADER_TYPE_CARDBUS;
	if (!read_word(space, UNPRIVILEGED_MAX_BYTES, &word))
		return;
	caps->ats = caps->pri = caps->pasid = caps->cxl_port = caps->sbr_masked = TRI_NO;
	caps->pasid_enabled = TRI_NO;
	if (ends_before(space, LEGACY_BYTES))
		return;
	if (!read_extended(space, caps))
		*caps = (struct config_caps){.is_cut = true, .is_bridge = caps->is_bridge};
}
