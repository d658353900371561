// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: tsc-khz
 * Prints how many thousand times a second this processor's time stamp counter counts, which is
 * what an emulated x86 processor's counts here too; nothing where there is none. The counter is
 * read between two looks at the clock, often, and the closest looks count: a busy machine may take
 * long over any of them.
 */
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#if defined(__x86_64__) || defined(__i386__)
#include <x86intrin.h>

#define TRIES 1000
#define APART_NS 100000000

struct moment {
	uint64_t ns, count;
};

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static struct moment look(void)
{
	struct moment closest = {0};
	uint64_t between_ns = UINT64_MAX;

	for (int i = 0; i < TRIES; i++) {
		uint64_t before_ns = now_ns(), count = __rdtsc(), after_ns = now_ns();

		if (after_ns - before_ns < between_ns) {
			between_ns = after_ns - before_ns;
			closest.ns = before_ns + between_ns / 2;
			closest.count = count;
		}
	}
	return closest;
}

int main(void)
{
	const struct timespec apart = {.tv_nsec = APART_NS};
	struct moment first = look(), last;

	nanosleep(&apart, NULL);
	last = look();
	printf("%.0f\n", (double)(last.count - first.count) * 1e6 / (double)(last.ns - first.ns));
	return 0;
}
#else
int main(void)
{
	return 0;
}
#endif
