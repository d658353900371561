// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/nearest.h"

#include <ctype.h>
#include <stdbool.h>

#include "base/attr.h"

#define LETTERS_MAX 40

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Optimal string alignment: three rows of the table, for two letters that are swapped. */
static size_t distance(const char *a, size_t a_letters, const char *b, size_t b_letters)
{
	size_t rows[3][LETTERS_MAX + 1];

	for (size_t j = 0; j <= b_letters; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_letters; i++) {
		const size_t *before = rows[(i + 1) % 3], *above = rows[(i - 1) % 3];
		size_t *row = rows[i % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_letters; j++) {
			row[j] = smaller(above[j - 1] + !same(a[i - 1], b[j - 1]),
					 smaller(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
				row[j] = smaller(row[j], before[j - 2] + 1);
		}
	}
	return rows[a_letters % 3][b_letters];
}

void nearest_try(struct nearest *nearest, const char *typed, const char *word)
{
	size_t typed_letters = strlen(typed), word_letters = strlen(word), found;

	if (!typed_letters || typed_letters > LETTERS_MAX || word_letters > LETTERS_MAX)
		return;
	found = distance(typed, typed_letters, word, word_letters);
	if (found > 1 && found > smaller(typed_letters, word_letters) / 3)
		return;
	if (nearest->word && nearest->distance <= found)
		return;
	*nearest = (struct nearest){word, found};
}

const char *nearest_question(const struct nearest *nearest, char question[NEAREST_QUESTION_MAX])
{
	question[0] = '\0';
	if (nearest->word)
		snprintf(question, NEAREST_QUESTION_MAX, "did you mean %s? Else, ", nearest->word);
	return question;
}
