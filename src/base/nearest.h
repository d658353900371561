/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The word that somebody who mistyped may have meant. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/* The best word so far; zeroed there is none. */
struct nearest {
	const char *word;
	size_t distance;
};

/*
 * Looks at one word that could have been meant by @typed: one that takes few letters to be added,
 * left out, changed or swapped, without regard to case. Borrows @word. Pure.
 */
void nearest_try(struct nearest *nearest, const char *typed, const char *word);

#define NEAREST_QUESTION_MAX 80

/* "did you mean WORD? Else, ", to go before what else there is; "" when no word was near. */
const char *nearest_question(const struct nearest *nearest, char question[NEAREST_QUESTION_MAX]);

#endif
