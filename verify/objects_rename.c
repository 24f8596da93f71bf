// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which symbols of which objects are the renamed entity, and their new names.
 * One name for one: if the new name was there before, two things would become
 * one, and no comparison could tell them apart.
 */
#define _GNU_SOURCE
#include "objects_rename.h"

#include "lib/util.h"
#include "renames.h"
#include "state.h"

struct map {
	const struct objects_options *options;
	struct side *before;
	const struct side *after;
	struct outcome *ret;
	const struct renamed *r; /* the pair at hand */
	bool external;		 /* it has external linkage */
	bool **local, **global;	 /* by pair and object: what of it is renamed */
};

static bool has_symbol(const struct object *o, const char *name, bool local)
{
	for (size_t i = 1; i < o->nr_symbols; i++)
		if (symbol_is_named(&o->symbols[i]) &&
		    (o->symbols[i].binding == STB_LOCAL) == local &&
		    streq(o->symbols[i].name, name))
			return true;
	return false;
}

/* The name itself, or one that is made of it. */
static bool has_form(const struct object *o, const char *name)
{
	for (size_t i = 1; i < o->nr_symbols; i++) {
		_cleanup_free_ char *form = NULL;

		if (!symbol_is_named(&o->symbols[i]) ||
		    !strstr(o->symbols[i].name, name))
			continue;
		form = renamed_form(o->symbols[i].name, name, "");
		if (form)
			return true;
	}
	return false;
}

static const char *source_of(const struct side *side, size_t i)
{
	return side->names.v[i];
}

static bool is_from(const struct map *m, const char *source)
{
	const struct strv *from = m->options->renamed_from;

	return from && streq(from->v[m->r - m->options->renamed], source);
}

/* The object of the file that defines it; how many there are if none is. */
static size_t find_from(const struct map *m)
{
	size_t i = 0;

	while (i < m->before->nr_objects && !is_from(m, source_of(m->before, i)))
		i++;
	return i;
}

static bool is_external(const struct map *m)
{
	size_t from = find_from(m);

	if (from < m->before->nr_objects)
		return has_symbol(&m->before->objects[from], m->r->old, false);
	for (size_t i = 0; i < m->before->nr_objects; i++)
		if (has_symbol(&m->before->objects[i], m->r->old, false))
			return true;
	return false;
}

static const struct object *counterpart(const struct map *m, size_t i)
{
	for (size_t k = 0; k < m->after->nr_objects; k++)
		if (streq(source_of(m->before, i), source_of(m->after, k)))
			return &m->after->objects[k];
	return NULL;
}

static bool all_lost_it(const struct map *m)
{
	for (size_t i = 0; i < m->after->nr_objects; i++)
		if (has_symbol(&m->after->objects[i], m->r->old, true))
			return false;
	return true;
}

/*
 * A local of an object that does not define it: a header's, or another one.
 * Without sources, objects need not be called as they were.
 */
static bool lost_it(const struct map *m, size_t i)
{
	const struct object *after = counterpart(m, i);

	if (!has_form(&m->before->objects[i], m->r->old))
		return false;
	if (!after)
		return !m->before->sources && all_lost_it(m);
	return !has_symbol(after, m->r->old, true);
}

static void choose(struct map *m, size_t pair)
{
	bool from;

	m->r = &m->options->renamed[pair];
	from = find_from(m) < m->before->nr_objects;
	m->external = is_external(m);
	m->local[pair] = xcalloc(m->before->nr_objects, sizeof(bool));
	m->global[pair] = xcalloc(m->before->nr_objects, sizeof(bool));
	for (size_t i = 0; i < m->before->nr_objects; i++) {
		const struct object *o = &m->before->objects[i];
		bool global = m->external && has_symbol(o, m->r->old, false);

		m->global[pair][i] = global;
		/* f.cold and the labels of exports are local. */
		if (global)
			m->local[pair][i] = true;
		else if (from)
			m->local[pair][i] = is_from(m, source_of(m->before, i));
		else
			m->local[pair][i] = lost_it(m, i);
	}
}

/* Its new name when the object's symbol is renamed; NULL. The caller frees. */
static char *new_name(const struct map *m, size_t object,
		      const struct symbol *s)
{
	for (size_t p = 0; p < m->options->nr_renamed; p++) {
		const struct renamed *r = &m->options->renamed[p];
		bool *chosen = s->binding == STB_LOCAL ? m->local[p] :
							 m->global[p];
		char *form = NULL;

		if (chosen[object] && symbol_is_named(s) &&
		    strstr(s->name, r->old))
			form = renamed_form(s->name, r->old, r->new);
		if (form)
			return form;
	}
	return NULL;
}

static void check_taken(const struct map *m, size_t pair, size_t i)
{
	const struct object *o = &m->before->objects[i];
	const char *new = m->options->renamed[pair].new;

	for (size_t k = 1; k < o->nr_symbols; k++) {
		const struct symbol *s = &o->symbols[k];
		_cleanup_free_ char *other = NULL;

		if (!symbol_is_named(s) || !streq(s->name, new) ||
		    (s->binding == STB_LOCAL && !m->local[pair][i]) ||
		    (s->binding != STB_LOCAL && !m->external &&
		     !m->local[pair][i]))
			continue;
		other = new_name(m, i, s);
		if (!other)
			outcome_add(m->ret, RESULT_DIFFERENT, "symbol", new,
				    source_of(m->before, i),
				    "the new name was there before the step");
	}
}

/* A section that is named for a symbol of its own: .text.f, ___ksymtab_gpl+f. */
static void rename_section(struct map *m, size_t object, const struct symbol *s)
{
	struct object *o = &m->before->objects[object];
	struct section *section;

	if (s->place != SYMBOL_DEFINED)
		return;
	section = &o->sections[s->section];
	for (size_t p = 0; p < m->options->nr_renamed; p++) {
		const struct renamed *r = &m->options->renamed[p];
		size_t len = strlen(section->name), tail = strlen(r->old);

		if (!m->local[p][object] || len <= tail + 1 ||
		    !ends_with(section->name, r->old) ||
		    !strchr(".+", section->name[len - tail - 1]))
			continue;
		strv_addf(&m->before->renamed, "%.*s%s", (int)(len - tail),
			  section->name, r->new);
		section->name = m->before->renamed.v[m->before->renamed.nr - 1];
		return;
	}
}

static void rename_object(struct map *m, size_t object)
{
	struct object *o = &m->before->objects[object];

	for (size_t i = 1; i < o->nr_symbols; i++) {
		struct symbol *s = &o->symbols[i];
		_cleanup_free_ char *name = new_name(m, object, s);

		if (!name)
			continue;
		rename_section(m, object, s);
		strv_add(&m->before->renamed, name);
		s->name = m->before->renamed.v[m->before->renamed.nr - 1];
	}
}

/* ---- Objects that the step left as they were ---- */

static void check_old(const struct map *m, const char *source,
		      const struct object *o)
{
	if (has_symbol(o, m->r->new, false) && m->external)
		outcome_add(m->ret, RESULT_DIFFERENT, "symbol", m->r->new,
			    source, "the new name was there before the step");
	if ((has_symbol(o, m->r->old, false) &&
	     (m->external || is_from(m, source))) ||
	    (has_symbol(o, m->r->old, true) && is_from(m, source)))
		outcome_add(m->ret, RESULT_DIFFERENT, "symbol", m->r->old,
			    source, "it is unchanged, and has the old name");
}

static int check_unchanged(struct map *m, struct error *err)
{
	const struct objects_options *options = m->options;

	for (size_t i = 0; options->unchanged && i < options->unchanged->nr;
	     i++) {
		struct object o;

		if (object_load(options->unchanged->v[i], &o, err))
			return -1;
		for (size_t p = 0; p < options->nr_renamed; p++) {
			m->r = &options->renamed[p];
			m->external = is_external(m);
			check_old(m, options->unchanged_sources->v[i], &o);
		}
		object_release(&o);
	}
	return 0;
}

static bool has_any(const struct side *side, const char *name)
{
	for (size_t i = 0; i < side->nr_objects; i++)
		if (has_form(&side->objects[i], name))
			return true;
	return false;
}

/* Without sources a person named the symbols, who may have misspelt one. */
static int check_names(const struct map *m, struct error *err)
{
	for (size_t p = 0; p < m->options->nr_renamed; p++)
		if (!m->before->sources &&
		    !has_any(m->before, m->options->renamed[p].old))
			return error_set(err, ERROR_INPUT,
					 "no object before has a symbol '%s' to rename",
					 m->options->renamed[p].old);
	return 0;
}

static void check_all_taken(struct map *m)
{
	for (size_t p = 0; p < m->options->nr_renamed; p++) {
		m->r = &m->options->renamed[p];
		m->external = is_external(m);
		for (size_t i = 0; i < m->before->nr_objects; i++)
			check_taken(m, p, i);
	}
}

int rename_objects(const struct objects_options *options, struct side *before,
		   const struct side *after, struct outcome *ret,
		   struct error *err)
{
	struct map m = { .options = options, .before = before, .after = after,
			 .ret = ret };
	int status;

	if (!options->nr_renamed)
		return 0;
	if (ret && check_names(&m, err))
		return -1;
	m.local = xcalloc(options->nr_renamed, sizeof(*m.local));
	m.global = xcalloc(options->nr_renamed, sizeof(*m.global));
	for (size_t p = 0; p < options->nr_renamed; p++)
		choose(&m, p);
	if (ret)
		check_all_taken(&m);
	status = ret ? check_unchanged(&m, err) : 0;
	for (size_t i = 0; i < before->nr_objects; i++)
		rename_object(&m, i);
	for (size_t p = 0; p < options->nr_renamed; p++) {
		free(m.local[p]);
		free(m.global[p]);
	}
	free(m.local);
	free(m.global);
	return status;
}

/* ---- Strings that are names ---- */

static bool holds_string(const struct atom *a, const char *s)
{
	const unsigned char *p = part_bytes(a->part, a->origin);

	return p && a->end - a->origin == strlen(s) + 1 &&
	       !memcmp(p, s, strlen(s) + 1);
}

int rename_same_export(const struct objects_options *options,
		       const struct atom *before, const struct atom *after)
{
	static const char label[] = "__kstrtab_";

	if (!streq(before->part->name, "__ksymtab_strings") ||
	    !starts_with(before->name, label))
		return -1;
	for (size_t i = 0; i < options->nr_renamed; i++) {
		const struct renamed *r = &options->renamed[i];

		if (streq(before->name + strlen(label), r->new))
			return holds_string(before, r->old) &&
			       holds_string(after, r->new);
	}
	return -1;
}

static bool is_own_string(const struct atom *a, const char *name)
{
	return atom_is_named(a) && holds_string(a, name) &&
	       (streq(a->name, "__func__") || streq(a->name, "__FUNCTION__") ||
		streq(a->name, "__PRETTY_FUNCTION__"));
}

static const struct atom *own_string(const struct side *side, const char *name)
{
	const struct atom *a;

	for_each_atom(side, a)
		if (is_own_string(a, name))
			return a;
	return NULL;
}

void rename_check_strings(const struct objects_options *options,
			  const struct side *before, const struct side *after,
			  struct outcome *ret)
{
	for (size_t i = 0; i < options->nr_renamed; i++) {
		const struct renamed *r = &options->renamed[i];
		const struct atom *a = own_string(after, r->new);
		_cleanup_free_ char *where = NULL;

		if (!a || !own_string(before, r->old))
			continue;
		where = side_where(after, a, a->origin);
		outcome_add(ret, RESULT_DIFFERENT, "string", r->new, where,
			    "%s was '%s': the code uses its function's name as a string",
			    a->name, r->old);
	}
}
