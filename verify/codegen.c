// SPDX-License-Identifier: GPL-2.0-only
/*
 * The code-size table: which functions of a stock build have other bytes, by
 * name. Functions of one name are taken together, because the optimiser is
 * free to make and merge clones; what was folded out (.cold, .part) counts for
 * its parent.
 */
#define _GNU_SOURCE
#include "codegen.h"

#include "lib/util.h"
#include "match.h"
#include "objects_rename.h"
#include "same.h"

struct sizes {
	struct codegen *rows;
	size_t nr, alloc;
};

char *codegen_parent(const char *name)
{
	static const char *const children[] = { ".cold", ".part", ".isra",
						".constprop" };
	size_t len = strlen(name);

	for (size_t i = 0; i < ARRAY_SIZE(children); i++) {
		const char *p = strstr(name, children[i]);

		if (p && (size_t)(p - name) < len)
			len = p - name;
	}
	return xstrndup(name, len);
}

static void add_row(struct sizes *s, const struct atom *a, int side)
{
	unsigned long size = a->end - a->origin;

	ARRAY_GROW(s->rows, s->nr, s->alloc);
	s->rows[s->nr++] = (struct codegen){
		.name = codegen_parent(a->name),
		.before = side ? 0 : size,
		.after = side ? size : 0,
	};
}

/* Every function of a class that is not the same throughout. */
static void add_class(struct sizes *s, struct same *same,
		      const struct class *c)
{
	const struct atom *first = c->members[c->nr[0] ? 0 : 1][0];
	bool equal = c->nr[0] && c->nr[1];

	if (first->kind != ATOM_CODE)
		return;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < c->nr[side] && equal; i++)
			equal = same_contents(same, first, c->members[side][i],
					      NULL);
	for (int side = 0; side < 2 && !equal; side++)
		for (size_t i = 0; i < c->nr[side]; i++)
			add_row(s, c->members[side][i], side);
}

static int by_name(const void *a, const void *b)
{
	const struct codegen *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static void sum_up(struct sizes *s)
{
	size_t kept = 0;

	if (s->nr)
		qsort(s->rows, s->nr, sizeof(*s->rows), by_name);
	for (size_t i = 0; i < s->nr; i++) {
		struct codegen *row = &s->rows[i];

		if (!kept || !streq(s->rows[kept - 1].name, row->name)) {
			s->rows[kept++] = *row;
			continue;
		}
		s->rows[kept - 1].before += row->before;
		s->rows[kept - 1].after += row->after;
		free(row->name);
	}
	s->nr = kept;
}

static int load_sides(struct side *sides, const struct strv *before,
		      const struct strv *after,
		      const struct objects_options *options, struct error *err)
{
	return side_read(&sides[0], "before", before, options->before_sources,
			 err) ||
	       side_read(&sides[1], "after", after, options->after_sources,
			 err) ||
	       rename_objects(options, &sides[0], &sides[1], NULL, err) ||
	       side_cut(&sides[0], err) || side_cut(&sides[1], err);
}

int objects_codegen(const struct strv *before, const struct strv *after,
		    const struct objects_options *options,
		    struct codegen **ret, size_t *ret_nr, struct error *err)
{
	static const struct objects_options none;
	struct side sides[2] = { 0 };
	struct classes classes;
	struct same same = { 0 };
	struct sizes s = { 0 };
	int status = load_sides(sides, before, after,
				options ? options : &none, err);

	if (!status) {
		match_sides(&sides[0], &sides[1], &classes);
		for (size_t i = 1; i < classes.nr; i++)
			add_class(&s, &same, &classes.v[i]);
		sum_up(&s);
		classes_release(&classes);
		codegen_explain(sides, options ? options->inlined : NULL,
				s.rows, s.nr);
		*ret = s.rows;
		*ret_nr = s.nr;
	}
	side_release(&sides[0]);
	side_release(&sides[1]);
	return status ? -1 : 0;
}

void codegen_free(struct codegen *rows, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		free(rows[i].name);
		free(rows[i].why);
	}
	free(rows);
}
