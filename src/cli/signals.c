// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/signals.h"

#include <signal.h>

#include "base/attr.h"

static volatile sig_atomic_t outlives, closed, caught, insisted, stopping;

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU};

static void remember(int number)
{
	/* A terminal that goes away sends more than one SIGHUP. */
	if (number == SIGHUP && outlives)
		closed = 1;
	else if (!caught)
		caught = number;
	else if (number != SIGHUP)
		insisted = 1;
}

static void remember_stop(int number)
{
	(void)number;
	stopping = 1;
}

static void catch_stop(void)
{
	struct sigaction action = {.sa_handler = remember_stop, .sa_flags = SA_RESTART}, now;

	sigemptyset(&action.sa_mask);
	/* A shell without job control has it ignored. */
	if (sigaction(SIGTSTP, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
		sigaction(SIGTSTP, &action, NULL);
}

void signals_catch(void)
{
	struct sigaction action = {.sa_handler = remember, .sa_flags = SA_RESTART};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < ARRAY_SIZE(ending); i++) {
		struct sigaction now;

		/* nohup(1) asks for SIGHUP to be ignored, and that stays so. */
		if (sigaction(ending[i], NULL, &now) == 0 && now.sa_handler == SIG_IGN)
			continue;
		sigaction(ending[i], &action, NULL);
	}
	catch_stop();
	sigaction(SIGPIPE, &ignore, NULL);
	/* A run in the background of a terminal with tostop set goes on all the same. */
	sigaction(SIGTTOU, &ignore, NULL);
	/* So that a file that grows too large is an error of the write. */
	sigaction(SIGXFSZ, &ignore, NULL);
}

/* By the signal itself: the kernel does not stop what nobody could continue. */
void signals_stop_if_told(void)
{
	struct sigaction usual = {.sa_handler = SIG_DFL}, ours;

	if (!stopping)
		return;
	stopping = 0;
	sigemptyset(&usual.sa_mask);
	if (sigaction(SIGTSTP, &usual, &ours) < 0)
		return;
	raise(SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}

void signals_end_waits(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(ending); i++) {
		struct sigaction action;

		if (sigaction(ending[i], NULL, &action) < 0 || action.sa_handler != remember)
			continue;
		action.sa_flags &= ~SA_RESTART;
		sigaction(ending[i], &action, NULL);
	}
}

void signals_outlive_terminal(void)
{
	outlives = 1;
}

bool signals_terminal_closed(void)
{
	return closed;
}

int signals_caught(void)
{
	return caught;
}

bool signals_insist(void)
{
	return insisted;
}
