// SPDX-License-Identifier: GPL-2.0-only
/*
 * A static function that becomes global meets every other global of its name
 * at link time: a weak one elsewhere is overridden, an undefined one is bound
 * to it. Neither shows in the objects that read the changed files.
 */
#define _GNU_SOURCE
#include "objects.h"

#include "elf.h"

static void add_globals(const struct object *object, const struct strv *names,
			struct strv *ret)
{
	for (size_t i = 1; i < object->nr_symbols; i++) {
		const struct symbol *s = &object->symbols[i];

		if (s->binding != STB_LOCAL && strv_has(names, s->name))
			strv_addf(ret, "%s\t%s", s->name, object->path);
	}
}

int objects_globals(const struct strv *paths, const struct strv *names,
		    struct strv *ret, struct error *err)
{
	for (size_t i = 0; i < paths->nr; i++) {
		struct object object;

		if (object_load(paths->v[i], &object, err))
			return -1;
		add_globals(&object, names, ret);
		object_release(&object);
	}
	strv_uniq(ret);
	return 0;
}
