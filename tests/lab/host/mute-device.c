// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mute-device CONSOLE ID EMULATOR [ARG...]: runs QEMU, and makes its one device with this ID
 *(vendor and device, 1af4:1041) stop to answer when the guest says so in a line on its console:
 *	LAB-MUTE slow		for 3 s, at each reset
 *	LAB-MUTE slower		for 0.2 s, at each reset after the 66th
 *	LAB-MUTE dead		for good, at its next reset
 *	LAB-MUTE lost		for good, once it has come back from its next reset
 *	LAB-MUTE late		the same, but of its fourth
 *	LAB-MUTE back		it answers again
 * What the guest reads of the configuration space is a buffer in the emulator's memory, which is
 * filled with ones meanwhile, as a bus answers for a device that does not. The last byte of the
 *buffer is inverted as a sign to the guest that it was understood. Exit status: the emulator's; 125
 *when it could not be run.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CONFIG_BYTES 4096
#define COMMAND 0x04
#define INTERRUPT_PIN 0x3d /* the emulator stops over an interrupt without a pin */
#define SIGN (CONFIG_BYTES - 1)
#define SEARCHED_MAX (256ULL << 20) /* the guest's memory, which has copies, is larger */
#define ALIGNMENT 16		    /* of what malloc() returns */
#define SLOW_MS 3000
#define SLOWER_MS 200
#define SPARED 66
#define SPARED_LATE 3
#define TICK_NS 1000000L
#define NEVER UINT64_MAX

/* A reset clears the command register, and the kernel then writes it as it was. */
enum state {
	SPEAKS,
	AWAITS_RESET,
	IS_MUTE,
	AWAITS_RETURN, /* the command register is to be written */
};

static struct {
	const char *console;
	uint8_t id[4]; /* as the buffer begins */
	pid_t emulator;
	int memory;   /* the emulator's */
	off_t config; /* the buffer in it; 0: not looked for yet */
	long read;    /* of the console */
	enum state state;
	bool returns_first;
	unsigned int spared; /* resets that it still takes as ever */
	bool is_spared;	     /* it is in one of these */
	uint64_t lasts_ms, until_ms;
	uint8_t saved[CONFIG_BYTES], silence[CONFIG_BYTES];
} lab;

static void fail(const char *what)
{
	fprintf(stderr, "mute-device: %s\n", what);
	if (lab.emulator)
		kill(lab.emulator, SIGKILL);
	exit(125);
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void peek(off_t offset, void *bytes, size_t count)
{
	if (pread(lab.memory, bytes, count, lab.config + offset) != (ssize_t)count)
		fail("the configuration space cannot be read");
}

static void poke(off_t offset, const void *bytes, size_t count)
{
	if (pwrite(lab.memory, bytes, count, lab.config + offset) != (ssize_t)count)
		fail("the configuration space cannot be written");
}

/* What a buffer begins with is in its tables of writable bits, too, but not with this header. */
static bool is_config(const uint8_t *at)
{
	return memcmp(at, lab.id, sizeof(lab.id)) == 0 && at[0x0e] == 0 && at[0x34] >= 0x40 &&
	       at[0x34] % 4 == 0;
}

static unsigned int search(off_t begin, size_t size)
{
	uint8_t *bytes = malloc(size);
	unsigned int found = 0;
	ssize_t length = bytes ? pread(lab.memory, bytes, size, begin) : 0;

	for (ssize_t i = 0; i + CONFIG_BYTES <= length; i += ALIGNMENT)
		if (is_config(bytes + i)) {
			lab.config = begin + i;
			found++;
		}
	free(bytes);
	return found;
}

static void find_config(void)
{
	unsigned int found = 0;
	char path[64], line[512];
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/mem", lab.emulator);
	lab.memory = open(path, O_RDWR | O_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/%d/maps", lab.emulator);
	maps = fopen(path, "re");
	if (lab.memory < 0 || !maps)
		fail("the emulator's memory cannot be opened");
	while (fgets(line, sizeof(line), maps)) {
		unsigned long long begin, end;

		if (sscanf(line, "%llx-%llx rw-p", &begin, &end) == 2 && strstr(line, " rw-p ") &&
		    end - begin <= SEARCHED_MAX)
			found += search((off_t)begin, (size_t)(end - begin));
	}
	fclose(maps);
	if (found != 1)
		fail(found ? "there is more than one such device" : "there is no such device");
}

static void silence(void)
{
	peek(0, lab.saved, sizeof(lab.saved));
	memset(lab.silence, 0xff, sizeof(lab.silence));
	lab.silence[INTERRUPT_PIN] = lab.saved[INTERRUPT_PIN];
	poke(0, lab.silence, sizeof(lab.silence));
	lab.state = IS_MUTE;
	lab.until_ms = lab.lasts_ms == NEVER ? NEVER : now_ms() + lab.lasts_ms;
}

static void speak(void)
{
	if (lab.state == IS_MUTE)
		poke(0, lab.saved, sizeof(lab.saved));
}

/* What the guest, or the rest of a reset, writes into it meanwhile is lost. */
static void stay_silent(void)
{
	uint8_t bytes[CONFIG_BYTES];

	peek(0, bytes, sizeof(bytes));
	if (memcmp(bytes, lab.silence, sizeof(bytes)) != 0)
		poke(0, lab.silence, sizeof(lab.silence));
}

static void obey(const char *order)
{
	uint8_t sign;

	if (!lab.config)
		find_config();
	speak();
	lab.state = SPEAKS;
	if (!strcmp(order, "back"))
		return;
	lab.lasts_ms = NEVER;
	lab.returns_first = !strcmp(order, "lost") || !strcmp(order, "late");
	lab.spared = 0;
	if (!strcmp(order, "slow")) {
		lab.lasts_ms = SLOW_MS;
	} else if (!strcmp(order, "slower")) {
		lab.lasts_ms = SLOWER_MS;
		lab.spared = SPARED;
	} else if (!strcmp(order, "late")) {
		lab.spared = SPARED_LATE;
	} else if (!lab.returns_first && strcmp(order, "dead") != 0) {
		fail("an order that nobody knows");
	}
	peek(SIGN, &sign, 1);
	sign ^= 0xff;
	poke(SIGN, &sign, 1);
	lab.state = AWAITS_RESET;
}

static bool command_is_clear(void)
{
	uint8_t command[2];

	peek(COMMAND, command, sizeof(command));
	return !command[0] && !command[1];
}

static void watch(void)
{
	switch (lab.state) {
	case SPEAKS:
		break;
	case AWAITS_RESET:
		if (!command_is_clear())
			break;
		lab.is_spared = lab.spared > 0;
		lab.spared -= lab.is_spared;
		if (lab.returns_first || lab.is_spared)
			lab.state = AWAITS_RETURN;
		else
			silence();
		break;
	case IS_MUTE:
		stay_silent();
		if (now_ms() < lab.until_ms)
			break;
		speak();
		lab.state = AWAITS_RETURN;
		break;
	case AWAITS_RETURN:
		if (command_is_clear())
			break;
		if (lab.returns_first && !lab.is_spared)
			silence();
		else
			lab.state = AWAITS_RESET;
		break;
	}
}

static void listen(void)
{
	FILE *console = fopen(lab.console, "re");
	char line[1024];

	if (!console)
		return;
	fseek(console, lab.read, SEEK_SET);
	while (fgets(line, sizeof(line), console) && strchr(line, '\n')) {
		lab.read = ftell(console);
		line[strcspn(line, "\r\n")] = '\0';
		if (!strncmp(line, "LAB-MUTE ", 9))
			obey(line + 9);
	}
	fclose(console);
}

static void start(char **command)
{
	lab.emulator = fork();
	if (lab.emulator < 0)
		fail("fork");
	if (lab.emulator == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		execvp(command[0], command);
		perror(command[0]);
		_exit(125);
	}
}

int main(int argc, char **argv)
{
	const struct timespec tick = {.tv_nsec = TICK_NS};
	unsigned int vendor, device;
	int status;

	if (argc < 4 || sscanf(argv[2], "%4x:%4x", &vendor, &device) != 2) {
		fprintf(stderr, "usage: mute-device CONSOLE ID EMULATOR [ARG...]\n");
		return 125;
	}
	lab.console = argv[1];
	lab.id[0] = (uint8_t)vendor;
	lab.id[1] = (uint8_t)(vendor >> 8);
	lab.id[2] = (uint8_t)device;
	lab.id[3] = (uint8_t)(device >> 8);
	start(argv + 3);
	while (waitpid(lab.emulator, &status, WNOHANG) == 0) {
		listen();
		watch();
		nanosleep(&tick, NULL);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
