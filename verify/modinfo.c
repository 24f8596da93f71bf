// SPDX-License-Identifier: GPL-2.0-only
/*
 * modpost lists the modules that a module needs in the order in which it first
 * refers to them, which changes when code moves; they are all loaded before it,
 * whatever the order. With CONFIG_MODULE_SRCVERSION_ALL it adds a hash of the
 * sources, which changes with every change and says nothing more.
 */
#define _GNU_SOURCE
#include "modinfo.h"

#include "lib/util.h"

/* The string behind the tag; NULL when it is another one. */
static const char *value_of(const struct atom *a, const char *tag)
{
	const unsigned char *p = part_bytes(a->part, a->origin);
	uint64_t size = a->end - a->origin;

	if (!streq(a->part->name, ".modinfo") || !p || !size ||
	    memchr(p, '\0', size) != p + size - 1 ||
	    !starts_with((const char *)p, tag))
		return NULL;
	return (const char *)p + strlen(tag);
}

static char *sorted(const char *list)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;

	strv_split(&words, list, ",");
	strv_sort(&words);
	return strv_join(&words, ",");
}

enum modinfo modinfo_compare(const struct atom *a, const struct atom *b)
{
	const char *x = value_of(a, "depends="), *y = value_of(b, "depends=");

	if (x && y) {
		_cleanup_free_ char *before = sorted(x), *after = sorted(y);

		return streq(before, after) ? MODINFO_EQUAL : MODINFO_OTHER;
	}
	return value_of(a, "srcversion=") && value_of(b, "srcversion=") ?
		       MODINFO_HASH : MODINFO_OTHER;
}
