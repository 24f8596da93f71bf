/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which names the text of a header declares itself, whatever it includes and
 * whatever a configuration leaves of it: macros, functions (prototypes and
 * inlines), variables, typedefs, enumerators, and tags with a body. Names that
 * its macro calls make count too, where the header alone says which they are:
 *
 *  - a macro of the same header that pastes a declared name from its arguments,
 *    BUILD_ACCESSORS(rax) for "read_##reg(...)";
 *  - TRACE_EVENT(x, ...) and DEFINE_EVENT(class, x, ...), for trace_x;
 *  - DECLARE_...(x) lines that lib/items.h takes for declarations.
 *
 * Left out are the include guard, and forward declarations of tags: any header
 * may hold those, and none is included for them.
 */
#ifndef DRIVER_HEADER_NAMES_H
#define DRIVER_HEADER_NAMES_H

#include "lib/items.h"
#include "lib/util.h"

struct header_name {
	char *name;	     /* owned; of a tag without "struct" */
	enum item_kind kind; /* of the item that declares it; a made name is an
				ITEM_FUNCTION */
	bool is_tag;	     /* of a struct, union or enum */
	unsigned int line;   /* physical, from 1: where that item begins */
};

struct header_index; /* finds a name by its spelling */

struct header_names {
	struct header_name *v; /* owned; in order, each name and each tag once */
	size_t nr, alloc;
	struct header_index *index; /* owned */
};

/* items: of the whole header. Cannot fail. */
void header_names_of(const struct items *items, struct header_names *ret);
void header_names_release(struct header_names *names);

/* name is not NUL-terminated; NULL when the header does not declare it. */
const struct header_name *header_names_find(const struct header_names *names,
					    const char *name, size_t len,
					    bool is_tag);

/*
 * The façade rule: code includes <linux/x.h> rather than <asm/x.h> where the
 * first includes the second. "<linux/x.h>" for "<asm/x.h>", else NULL; the caller
 * frees, and asks the file itself whether it includes the other.
 */
char *header_facade(const char *include);

/* True when the file has this #include line ("<a.h>", "\"a.h\""), in any branch. */
bool header_includes(const struct items *items, const char *include);

#endif
