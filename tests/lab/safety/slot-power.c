// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * slot-power BUS:SLOT.FUNCTION off|on [TEXT MILLISECONDS]: switches the power of the slot below a
 * PCI Express port of domain 0, at once, or so long after the next kernel log record that holds
 * TEXT. While a function resets, the kernel blocks all config accesses of user space to it and to
 * the port, so this one goes through the ports 0xCF8 and 0xCFC.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <unistd.h>

#define ADDRESS 0xcf8
#define DATA 0xcfc
#define CAPABILITY_POINTER 0x34
#define CAPABILITY_EXPRESS 0x10
#define SLOT_CONTROL 0x18
#define POWER_CONTROLLER 0x400

static unsigned int bus, slot, function;

static void select_register(unsigned int offset)
{
	outl(0x80000000U | bus << 16 | slot << 11 | function << 8 | (offset & ~3U), ADDRESS);
}

static unsigned int read_word(unsigned int offset)
{
	select_register(offset);
	return inw((unsigned short)(DATA + (offset & 2)));
}

static unsigned int find_express(void)
{
	unsigned int at = read_word(CAPABILITY_POINTER) & 0xfc;

	for (int i = 0; at && i < 48; i++) {
		unsigned int head = read_word(at);

		if ((head & 0xff) == CAPABILITY_EXPRESS)
			return at;
		at = head >> 8 & 0xfc;
	}
	return 0;
}

/* Reads one record at a time until one holds @text. */
static void wait_for(const char *text)
{
	char record[8192];
	int log = open("/dev/kmsg", O_RDONLY);
	ssize_t length;

	lseek(log, 0, SEEK_END);
	puts("waiting");
	fflush(stdout);
	do {
		length = read(log, record, sizeof(record) - 1);
		if (length < 0 && errno != EPIPE) {
			perror("/dev/kmsg");
			exit(1);
		}
		record[length < 0 ? 0 : length] = '\0';
	} while (!strstr(record, text));
}

int main(int argc, char **argv)
{
	unsigned int at, control;

	if ((argc != 3 && argc != 5) ||
	    sscanf(argv[1], "%x:%x.%x", &bus, &slot, &function) != 3) {
		fprintf(stderr, "usage: slot-power BUS:SLOT.FUNCTION off|on [TEXT MILLISECONDS]\n");
		return 2;
	}
	if (iopl(3) < 0) {
		perror("iopl");
		return 1;
	}
	at = find_express();
	if (!at) {
		fprintf(stderr, "slot-power: %s is no PCI Express port\n", argv[1]);
		return 1;
	}
	if (argc == 5) {
		wait_for(argv[3]);
		usleep((useconds_t)atoi(argv[4]) * 1000);
	}
	control = read_word(at + SLOT_CONTROL) & ~(unsigned int)POWER_CONTROLLER;
	if (!strcmp(argv[2], "off"))
		control |= POWER_CONTROLLER;
	select_register(at + SLOT_CONTROL);
	outw((unsigned short)control, DATA + ((at + SLOT_CONTROL) & 2));
	puts("switched");
	return 0;
}
