/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of the machine is read: reading less is faster, and each part may be asked for alone. */
#ifndef SNAPSHOT_PARTS_H
#define SNAPSHOT_PARTS_H

/* Addresses, numbers, drivers, groups and what is above a function are always read. */
enum snapshot_part {
	SNAPSHOT_NAMES = 1 << 0,	/* of vendor, device and class */
	SNAPSHOT_CAPABILITIES = 1 << 1, /* configuration space, and whether it is trusted */
	SNAPSHOT_METHODS = 1 << 2,
	SNAPSHOT_USES = 1 << 3, /* needs the capabilities, which tell bridges */
	/* Whether each function that has methods can be reset, and its IOMMU knows PASIDs. */
	SNAPSHOT_RESETS = 1 << 4,
};

#define SNAPSHOT_ALL                                                                               \
	(SNAPSHOT_NAMES | SNAPSHOT_CAPABILITIES | SNAPSHOT_METHODS | SNAPSHOT_USES |               \
	 SNAPSHOT_RESETS)

#endif
