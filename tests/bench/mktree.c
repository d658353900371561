// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: mktree DIR FUNCTIONS
 * Makes below the empty directory DIR what sysfs and proc of a large server show: ports on a root
 * bus, functions behind them, two functions to an IOMMU group, configuration space with the
 * capabilities of a server's devices, and the attributes that lspci and this program read.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEHIND_PORT 33
#define CONFIG_BYTES 4096

static void die(const char *what)
{
	fprintf(stderr, "mktree: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void make_dir(const char *path)
{
	if (mkdir(path, 0755) < 0 && errno != EEXIST)
		die(path);
}

static void make_file(const char *dir, const char *name, const void *bytes, size_t length)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || close(fd) < 0)
		die(path);
}

static void make_line(const char *dir, const char *name, const char *line)
{
	make_file(dir, name, line, strlen(line));
}

static void make_link(const char *target, const char *dir, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (symlink(target, path) < 0 && errno != EEXIST)
		die(path);
}

static void put16(uint8_t *at, unsigned int value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

/* Extended capability headers: id, version 1, offset of the next. */
static void put_extended(uint8_t *config, unsigned int at, unsigned int id, unsigned int next)
{
	put16(config + at, id);
	put16(config + at + 2, 1 | next << 4);
}

struct kind {
	unsigned int vendor, device, class_code;
	const char *driver, *methods;
	int is_port;
};

static const struct kind kinds[] = {
	{0x8086, 0x7075, 0x060400, "pcieport", "pm\n", 1},
	{0x8086, 0x1572, 0x020000, NULL, "flr pm bus\n", 0},
	{0x144d, 0xa808, 0x010802, NULL, "device_specific flr pm bus\n", 0},
	{0x15b3, 0x1017, 0x020700, NULL, "flr bus cxl_bus\n", 0},
	{0x10de, 0x2236, 0x030000, "nvidia", "flr pm bus\n", 0},
};

static void fill_config(uint8_t config[CONFIG_BYTES], const struct kind *kind)
{
	memset(config, 0, CONFIG_BYTES);
	put16(config, kind->vendor);
	put16(config + 2, kind->device);
	put16(config + 4, 0x0406);
	put16(config + 6, 0x0010);
	put16(config + 10, kind->class_code >> 8);
	config[9] = (uint8_t)kind->class_code;
	config[14] = kind->is_port ? 1 : 0;
	config[0x34] = 0x40;
	config[0x40] = 0x10; /* PCI Express, then power management and MSI-X */
	config[0x41] = 0x80;
	put16(config + 0x42, kind->is_port ? 0x0042 : 0x0002);
	config[0x80] = 0x01;
	config[0x81] = 0x90;
	config[0x90] = 0x11;
	put_extended(config, 0x100, 0x0001, 0x150);			/* AER */
	put_extended(config, 0x150, 0x000d, kind->is_port ? 0 : 0x180); /* ACS */
	if (kind->is_port)
		return;
	put_extended(config, 0x180, 0x000f, 0x1a0); /* ATS */
	put_extended(config, 0x1a0, 0x0013, 0x1b0); /* PRI */
	put_extended(config, 0x1b0, 0x001b, 0);	    /* PASID */
}

/* What the functions of a kind have in common is written once, and linked to from each. */
static void make_common(const char *dir, const struct kind *kind)
{
	static const char no_resources[] =
		"0x0000000000000000 0x0000000000000000 0x0000000000000000\n";
	char line[160], resources[sizeof(no_resources) * 13] = "";

	snprintf(line, sizeof(line), "0x%04x\n", kind->vendor);
	make_line(dir, "vendor", line);
	make_line(dir, "subsystem_vendor", line);
	snprintf(line, sizeof(line), "0x%04x\n", kind->device);
	make_line(dir, "device", line);
	make_line(dir, "subsystem_device", line);
	snprintf(line, sizeof(line), "0x%06x\n", kind->class_code);
	make_line(dir, "class", line);
	make_line(dir, "revision", "0x01\n");
	make_line(dir, "irq", "24\n");
	make_line(dir, "numa_node", "0\n");
	for (int i = 0; i < 13; i++)
		strcat(resources, no_resources);
	make_line(dir, "resource", resources);
	snprintf(line, sizeof(line), "pci:v%08Xd%08Xsv%08Xsd%08Xbc%02Xsc%02Xi%02X\n", kind->vendor,
		 kind->device, kind->vendor, kind->device, kind->class_code >> 16,
		 kind->class_code >> 8 & 0xff, kind->class_code & 0xff);
	make_line(dir, "modalias", line);
	make_line(dir, "reset_method", kind->methods);
	if (!kind->is_port)
		make_line(dir, "reset", "");
	if (kind->class_code >> 8 == 0x0300)
		make_line(dir, "boot_vga", "0\n");
	if (kind->class_code >> 16 == 0x02)
		make_line(dir, "sriov_numvfs", "0\n");
}

static void make_attributes(const char *common, const char *dir, const char *bdf,
			    const struct kind *kind)
{
	static const char *const names[] = {
		"vendor",   "subsystem_vendor", "device", "subsystem_device",
		"class",    "revision",		"irq",	  "numa_node",
		"resource", "modalias",		"reset",  "reset_method",
		"boot_vga", "sriov_numvfs",
	};
	char from[512], to[512], uevent[512];
	uint8_t config[CONFIG_BYTES];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(from, sizeof(from), "%s/%s", common, names[i]);
		snprintf(to, sizeof(to), "%s/%s", dir, names[i]);
		if (link(from, to) < 0 && errno != ENOENT)
			die(to);
	}
	snprintf(uevent, sizeof(uevent),
		 "%s%s%sPCI_CLASS=%X\nPCI_ID=%04X:%04X\nPCI_SUBSYS_ID=%04X:%04X\n"
		 "PCI_SLOT_NAME=%s\n",
		 kind->driver ? "DRIVER=" : "", kind->driver ? kind->driver : "",
		 kind->driver ? "\n" : "", kind->class_code, kind->vendor, kind->device,
		 kind->vendor, kind->device, bdf);
	make_line(dir, "uevent", uevent);
	fill_config(config, kind);
	make_file(dir, "config", config, sizeof(config));
}

/* @dir is the function's place, @above how many folders it is below sys/devices. */
static void make_links(const char *top, const char *dir, const char *bdf, const struct kind *kind,
		       int above, int group)
{
	const char *up = above == 2 ? "../../.." : "../../../..";
	char target[256], folder[256];

	snprintf(folder, sizeof(folder), "%s/sys/kernel/iommu_groups/%d", top, group);
	make_dir(folder);
	make_line(folder, "type", "DMA-FQ\n");
	snprintf(folder, sizeof(folder), "%s/sys/kernel/iommu_groups/%d/devices", top, group);
	make_dir(folder);
	snprintf(target, sizeof(target), "../../../../bus/pci/devices/%s", bdf);
	make_link(target, folder, bdf);
	snprintf(target, sizeof(target), "%s/kernel/iommu_groups/%d", up, group);
	make_link(target, dir, "iommu_group");
	snprintf(target, sizeof(target), "%s/bus/pci", up);
	make_link(target, dir, "subsystem");
	if (!kind->driver)
		return;
	snprintf(folder, sizeof(folder), "%s/sys/bus/pci/drivers/%s", top, kind->driver);
	make_dir(folder);
	snprintf(target, sizeof(target), "%s/bus/pci/drivers/%s", up, kind->driver);
	make_link(target, dir, "driver");
}

static void make_function(const char *top, const char *place, const char *bdf,
			  const struct kind *kind, int above, int group)
{
	char dir[256], common[256], target[256], devices[256];

	snprintf(dir, sizeof(dir), "%s/sys/devices/%s/%s", top, place, bdf);
	make_dir(dir);
	snprintf(common, sizeof(common), "%s/kinds/%d", top, (int)(kind - kinds));
	make_attributes(common, dir, bdf, kind);
	make_links(top, dir, bdf, kind, above, group);
	snprintf(target, sizeof(target), "../../../devices/%s/%s", place, bdf);
	snprintf(devices, sizeof(devices), "%s/sys/bus/pci/devices", top);
	make_link(target, devices, bdf);
}

static void make_folders(const char *top)
{
	static const char *const folders[] = {
		"sys",
		"sys/bus",
		"sys/bus/pci",
		"sys/bus/pci/devices",
		"sys/bus/pci/drivers",
		"sys/bus/virtio",
		"sys/bus/virtio/devices",
		"sys/bus/usb",
		"sys/bus/usb/devices",
		"sys/class",
		"sys/class/block",
		"sys/class/net",
		"sys/class/iommu",
		"sys/class/iommu/dmar0",
		"sys/class/tty",
		"sys/kernel",
		"sys/kernel/iommu_groups",
		"sys/devices",
		"sys/devices/pci0000:00",
		"proc",
		"proc/1",
		"proc/1/fd",
		"proc/sys",
		"proc/sys/kernel",
		"proc/net",
		"kinds",
	};
	char path[256];

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", top, folders[i]);
		make_dir(path);
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		snprintf(path, sizeof(path), "%s/kinds/%zu", top, i);
		make_dir(path);
		make_common(path, &kinds[i]);
	}
	snprintf(path, sizeof(path), "%s/proc", top);
	make_line(path, "swaps", "Filename\tType\tSize\tUsed\tPriority\n");
	make_line(path, "cmdline", "intel_iommu=on\n");
	make_line(path, "devices", "Character devices:\n\nBlock devices:\n");
	snprintf(path, sizeof(path), "%s/proc/1", top);
	make_line(path, "mountinfo", "22 1 0:21 / /proc rw - proc proc rw\n");
	snprintf(path, sizeof(path), "%s/proc", top);
	make_link("1", path, "self");
	snprintf(path, sizeof(path), "%s/proc/net", top);
	make_line(path, "route", "Iface\tDestination\n");
}

int main(int argc, char **argv)
{
	int left = argc == 3 ? atoi(argv[2]) : 0, number = 0;
	const char *top = argv[1];

	if (left < 2) {
		fprintf(stderr, "usage: mktree DIR FUNCTIONS\n");
		return 2;
	}
	make_folders(top);
	for (int port = 0; left > 0; port++) {
		char bdf[32], place[64];

		snprintf(bdf, sizeof(bdf), "0000:00:%02x.%d", 1 + port / 8, port % 8);
		if (port >= 31 * 8) {
			errno = E2BIG;
			die(argv[2]);
		}
		make_function(top, "pci0000:00", bdf, &kinds[0], 2, number++ / 2);
		left--;
		snprintf(place, sizeof(place), "pci0000:00/%s", bdf);
		for (int i = 0; i < BEHIND_PORT && left > 0; i++, left--) {
			snprintf(bdf, sizeof(bdf), "0000:%02x:%02x.%d", port + 1, i / 8, i % 8);
			make_function(top, place, bdf, &kinds[1 + i % 4], 3, number++ / 2);
		}
	}
	return 0;
}
