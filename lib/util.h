/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The few macros that every file uses: allocation that cannot fail, arrays
 * that grow, and the cleanup attribute.
 *
 * Running out of memory ends the process with exit code 4: nothing of the
 * user's is ever in a half-written state, so there is nothing to save.
 */
#ifndef LIB_UTIL_H
#define LIB_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define __printf(fmt, args) __attribute__((format(printf, fmt, args)))

/* Calls fn(&variable) when the variable leaves its scope. */
#define _cleanup_(fn) __attribute__((cleanup(fn)))
#define _cleanup_free_ _cleanup_(free_pointer)

/* Never return NULL. xstrdup() and xstrndup() pass a NULL string through. */
void *xcalloc(size_t nr, size_t size);
void *xrealloc(void *ptr, size_t nr, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);
char *xasprintf(const char *fmt, ...) __printf(1, 2);

/* For _cleanup_free_: frees what the pointer at ptr points to. */
void free_pointer(void *ptr);

/*
 * Makes room for one more element in a growable array: ptr, the number of
 * elements in use and the number allocated are lvalues of the caller.
 */
#define ARRAY_GROW(ptr, nr, alloc)                                             \
	do {                                                                   \
		if ((nr) >= (alloc)) {                                         \
			(alloc) = (alloc) ? (alloc) * 2 : 16;                  \
			(ptr) = xrealloc((ptr), (alloc), sizeof(*(ptr)));      \
		}                                                              \
	} while (0)

static inline bool streq(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static inline bool starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool ends_with(const char *s, const char *suffix);

#endif
