/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a file takes of what an #include line gives it: by names alone, in every
 * #if branch at once. A line gives what the header declares itself
 * (header_names.h), not what that includes; but <linux/x.h> stands for the
 * <asm/x.h> and the like (headers_behind()).
 */
#ifndef DRIVER_INCLUDE_USE_H
#define DRIVER_INCLUDE_USE_H

#include "headers.h"

/* An identifier of a file. */
struct used_name {
	char *name;
	bool is_tag;	   /* behind struct, union or enum */
	unsigned int line; /* physical: of its first use */
};

struct used_names {
	struct used_name *v; /* owned; sorted by name, one each and as a tag */
	size_t nr, alloc;
};

/*
 * Every identifier of the file's code and directives, in all branches, but for
 * members (behind . and ->). Wider than uses.h: when in doubt it is a use.
 */
void file_names(const struct items *items, struct used_names *ret);
void used_names_release(struct used_names *names);

/*
 * 1 when the tree has a file that the line ("x.h", <linux/x.h>) of the file at
 * path means: *ret is then the first name by line that is used of it, NULL when
 * none is. 0 when it has none (a generated header, a -I folder that is not above
 * the file); -1. In a file of no architecture <asm/x.h> is that of every one:
 * namesakes lists them (edits_namesakes()).
 */
int include_use(struct headers *headers, edits_lister *namesakes, void *data,
		const char *path, const char *include,
		const struct used_names *used, const struct used_name **ret,
		struct error *err);

#endif
