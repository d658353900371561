/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists of words with blanks between them, as sysfs and the journal have them. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether @word, of @word_bytes, is one of the words. Pure. */
bool words_have(const char *words, const char *word, size_t word_bytes);

#endif
