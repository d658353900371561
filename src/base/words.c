// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/words.h"

#include <string.h>

bool words_have(const char *words, const char *word, size_t word_bytes)
{
	for (const char *at = words; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		if (length == word_bytes && strncmp(at, word, length) == 0)
			return true;
		at += length;
	}
	return false;
}
