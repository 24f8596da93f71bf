/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A growable list of strings, each owned by the list. The array is always
 * NULL-terminated, so that it serves as argv.
 */
#ifndef LIB_STRV_H
#define LIB_STRV_H

#include "util.h"

struct strv {
	char **v;     /* nr strings and a NULL; NULL while the list is empty */
	size_t nr;    /* strings in the list */
	size_t alloc; /* pointers allocated */
};

#define STRV_INIT { NULL, 0, 0 }

/* Append a copy of s (of its first len bytes, of a formatted string). */
void strv_add(struct strv *list, const char *s);
void strv_addn(struct strv *list, const char *s, size_t len);
void strv_addf(struct strv *list, const char *fmt, ...) __printf(2, 3);

/* Append copies of all strings up to the NULL, or of another list. */
void strv_add_all(struct strv *list, const char *const *strings);
void strv_add_list(struct strv *list, const struct strv *other);

/* Appends the words of s, split at any byte of separators; empty ones are dropped. */
void strv_split(struct strv *list, const char *s, const char *separators);

/* Index of the first that is equal; nr when none is. */
size_t strv_find(const struct strv *list, const char *s);
bool strv_has(const struct strv *list, const char *s);

/* Sorts bytewise; strv_uniq() also drops repeats. */
void strv_sort(struct strv *list);
void strv_uniq(struct strv *list);

/* The strings with separator between them; the caller frees. */
char *strv_join(const struct strv *list, const char *separator);

/* Frees all strings and the array; a cleanup function. */
void strv_release(struct strv *list);

#endif
