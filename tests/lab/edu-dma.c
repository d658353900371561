// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * edu-dma BDF enable: lets QEMU's `edu` device do DMA at all.
 * edu-dma BDF COUNT: has it read and write COUNT times, in turns, where nothing is mapped for it,
 * which its IOMMU must refuse. Prints how many transfers were made.
 */
#include <endian.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define COMMAND_REGISTER 4
#define COMMAND_MEMORY 0x2
#define COMMAND_MASTER 0x4
#define BAR_BYTES 0x100000
#define DMA_SOURCE 0x80
#define DMA_DESTINATION 0x88
#define DMA_COUNT 0x90
#define DMA_COMMAND 0x98
#define DMA_START 1
#define DMA_TO_MEMORY 2
#define BUFFER 0x40000
#define NOWHERE 0x1000000
#define TRANSFER_BYTES 4 /* one fault each */

struct edu {
	int config;
	volatile uint8_t *bar;
};

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void sleep_ms(long ms)
{
	const struct timespec time = {.tv_nsec = ms * 1000000};

	nanosleep(&time, NULL);
}

/* Waits for the end of a reset, like every access to this file. */
static void enable(const struct edu *edu)
{
	uint16_t command;

	if (pread(edu->config, &command, sizeof(command), COMMAND_REGISTER) != sizeof(command))
		fail("edu-dma: config");
	command = htole16(le16toh(command) | COMMAND_MEMORY | COMMAND_MASTER);
	if (pwrite(edu->config, &command, sizeof(command), COMMAND_REGISTER) != sizeof(command))
		fail("edu-dma: config");
}

static void open_edu(struct edu *edu, const char *bdf)
{
	char path[128];
	int resource;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/config", bdf);
	edu->config = open(path, O_RDWR | O_CLOEXEC);
	if (edu->config < 0)
		fail(path);
	enable(edu);
	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/resource0", bdf);
	resource = open(path, O_RDWR | O_SYNC | O_CLOEXEC);
	if (resource < 0)
		fail(path);
	edu->bar = mmap(NULL, BAR_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, resource, 0);
	if (edu->bar == MAP_FAILED)
		fail(path);
}

static void write_register(const struct edu *edu, size_t offset, uint64_t value)
{
	*(volatile uint64_t *)(edu->bar + offset) = value;
}

/* The device takes 0.1 s. One that is being reset reads as all ones, or never ends. */
static bool transfer(const struct edu *edu, bool to_memory)
{
	enable(edu);
	write_register(edu, DMA_SOURCE, to_memory ? BUFFER : NOWHERE);
	write_register(edu, DMA_DESTINATION, to_memory ? NOWHERE : BUFFER);
	write_register(edu, DMA_COUNT, TRANSFER_BYTES);
	write_register(edu, DMA_COMMAND, DMA_START | (to_memory ? DMA_TO_MEMORY : 0));
	for (int tries = 0; tries < 200; tries++) {
		uint64_t command = *(volatile uint64_t *)(edu->bar + DMA_COMMAND);

		if (command == UINT64_MAX)
			return false;
		if (!(command & DMA_START))
			return true;
		sleep_ms(5);
	}
	return false;
}

int main(int argc, char **argv)
{
	struct edu edu;
	unsigned long count, made = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: edu-dma BDF enable|COUNT\n");
		return 2;
	}
	open_edu(&edu, argv[1]);
	count = strcmp(argv[2], "enable") == 0 ? 0 : strtoul(argv[2], NULL, 10);
	while (made < count)
		made += transfer(&edu, made % 2);
	printf("%lu\n", made);
	return 0;
}
