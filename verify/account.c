// SPDX-License-Identifier: GPL-2.0-only
/*
 * Closing the books. Everything that is not an atom of a class is written as
 * one line of text per fact and the two sides' lists are compared; what
 * cannot be written so is undecided.
 */
#define _GNU_SOURCE
#include "account.h"

#include <inttypes.h>

#include "ledger.h"
#include "lib/util.h"
#include "loose.h"

struct account {
	struct same *same;
	const struct side *sides[2];
	struct outcome *ret;
};

static bool is_relocations(const struct section *s)
{
	return s->type == SHT_RELA || s->type == SHT_REL;
}

static const char *binding_name(const struct symbol *sym)
{
	return sym->binding == STB_WEAK ? "weak" : "global";
}

static bool defines(const struct side *side, const char *name)
{
	int64_t delta;

	return side_global(side, name, &delta);
}

/* Symbols without a section. One that is only mentioned counts once a side. */
static void list_symbols(const struct side *side, struct strv *ret)
{
	for (size_t o = 0; o < side->nr_objects; o++) {
		const struct object *object = &side->objects[o];

		for (size_t i = 1; i < object->nr_symbols; i++) {
			const struct symbol *s = &object->symbols[i];

			if (!symbol_is_named(s))
				continue;
			if (s->place == SYMBOL_UNDEFINED &&
			    !defines(side, s->name))
				strv_addf(ret, "%s (undefined, %s, visibility %u)",
					  s->name, binding_name(s),
					  s->visibility);
			else if (s->place == SYMBOL_ABSOLUTE)
				strv_addf(ret, "%s (absolute, 0x%" PRIx64 ")",
					  s->name, s->value);
			else if (s->place == SYMBOL_COMMON)
				strv_addf(ret, "%s (common, %" PRIu64
					  " bytes, alignment %" PRIu64 ")",
					  s->name, s->size, s->value);
		}
	}
	strv_uniq(ret);
}

/* Calls on_one for what only one of two sorted lists has. */
static void each_difference(const struct strv *before, const struct strv *after,
			    void (*on_one)(struct account *, const char *,
					   bool is_new),
			    struct account *acc)
{
	size_t i = 0, j = 0;

	while (i < before->nr || j < after->nr) {
		int order = i == before->nr ? 1 : j == after->nr ? -1 :
			    strcmp(before->v[i], after->v[j]);

		if (order < 0)
			on_one(acc, before->v[i], false);
		if (order > 0)
			on_one(acc, after->v[j], true);
		i += order <= 0;
		j += order >= 0;
	}
}

static void symbol_differs(struct account *acc, const char *what, bool is_new)
{
	_cleanup_free_ char *name = xstrndup(what, strcspn(what, " "));

	outcome_add(acc->ret, RESULT_DIFFERENT, "symbol", name, NULL,
		    "%s %s", what, is_new ? "is new" : "is gone");
}

static void reference_differs(struct account *acc, const char *what,
			      bool is_new)
{
	outcome_explain(acc->ret, EXPLAINED_HEADER_COPY, "reference", what,
			NULL, is_new ?
			"kept for the linker after, not before" :
			"kept for the linker before, not after");
}

static void note_differs(struct account *acc, const char *what, bool is_new)
{
	_cleanup_free_ char *name = xstrndup(what, strcspn(what, " "));
	struct section s = { .name = name };

	if (!is_tool_note(&s)) {
		outcome_add(acc->ret, RESULT_DIFFERENT, "section", name, NULL,
			    "the note %s %s", what, is_new ? "is new" : "is gone");
		return;
	}
	outcome_explain(acc->ret, EXPLAINED_TOOL_NOTE, "section", name, NULL,
			"contents of %s %s", what,
			is_new ? "are new" : "are gone");
}

/* .discard.addressable: the linker drops it; only what it keeps alive counts. */
static void list_references(struct part *p, struct strv *ret)
{
	for (size_t i = 0; i < p->nr_refs; i++) {
		const struct ref *r = &p->refs[i];
		const char *name = r->atom && r->atom->name ? r->atom->name :
				   r->symbol ? r->symbol->name : "";

		if (!*name)
			name = p->section->name;
		if (r->delta)
			strv_addf(ret, "%s%+" PRId64, name, r->delta);
		else
			strv_add(ret, name);
		ledger_claim(p, r->offset, r->offset + r->size,
			     CLAIM_COMPARED);
	}
}

static uint64_t fingerprint(const unsigned char *p, uint64_t size)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (uint64_t i = 0; p && i < size; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	return h;
}

/* A linker joins the strings of .comment and repeats them. */
static void list_comments(const struct section *s, struct strv *ret)
{
	for (uint64_t pos = 0, end; pos < s->size; pos = end) {
		uint64_t begin;

		pool_extent(s, pos, &begin, &end);
		if (end - pos > 1)
			strv_addf(ret, "%s (%" PRIu64 " bytes, %016" PRIx64 ")",
				  s->name, end - pos,
				  fingerprint(s->data + pos, end - pos));
	}
}

static void list_note(struct part *p, struct strv *ret)
{
	const struct section *s = p->section;

	ledger_claim(p, 0, s->size, CLAIM_COMPARED);
	if (s->flags & SHF_STRINGS && s->entsize == 1 && s->data) {
		list_comments(s, ret);
		return;
	}
	strv_addf(ret, "%s (flags 0x%" PRIx64 ", %" PRIu64 " bytes, %016" PRIx64 ")",
		  s->name, s->flags, s->size, fingerprint(s->data, s->size));
}

static void list_parts(const struct side *side, enum part_role role,
		       void (*list)(struct part *, struct strv *),
		       struct strv *ret)
{
	for (size_t o = 0; o < side->nr_objects; o++)
		for (size_t i = 0; i < side->objects[o].nr_sections; i++)
			if (side->parts[o][i].role == role)
				list(&side->parts[o][i], ret);
	strv_uniq(ret);
}

static void compare_parts(struct account *acc, enum part_role role,
			  void (*list)(struct part *, struct strv *),
			  void (*on_one)(struct account *, const char *, bool))
{
	_cleanup_(strv_release) struct strv before = STRV_INIT;
	_cleanup_(strv_release) struct strv after = STRV_INIT;

	list_parts(acc->sides[0], role, list, &before);
	list_parts(acc->sides[1], role, list, &after);
	each_difference(&before, &after, on_one, acc);
}

static void compare_symbols(struct account *acc)
{
	_cleanup_(strv_release) struct strv before = STRV_INIT;
	_cleanup_(strv_release) struct strv after = STRV_INIT;

	list_symbols(acc->sides[0], &before);
	list_symbols(acc->sides[1], &after);
	each_difference(&before, &after, symbol_differs, acc);
}

/*
 * What the linker keeps or drops as a whole. Relocations go with their section,
 * and equal groups of several objects are kept once.
 */
static void list_groups(const struct side *side, struct strv *ret)
{
	for (size_t o = 0; o < side->nr_objects; o++) {
		const struct object *object = &side->objects[o];

		for (size_t i = 0; i < object->nr_groups; i++) {
			const struct group *g = &object->groups[i];
			_cleanup_(strv_release) struct strv names = STRV_INIT;
			_cleanup_free_ char *list = NULL;

			for (size_t k = 0; k < g->nr; k++)
				if (!is_relocations(&object->sections[g->members[k]]))
					strv_add(&names, object->sections[g->members[k]].name);
			strv_sort(&names);
			list = strv_join(&names, " ");
			strv_addf(ret, "%s (group, flags 0x%x: %s)",
				  g->signature, g->flags, list);
		}
	}
	strv_uniq(ret);
}

static void group_differs(struct account *acc, const char *what, bool is_new)
{
	_cleanup_free_ char *name = xstrndup(what, strcspn(what, " "));

	outcome_add(acc->ret, RESULT_DIFFERENT, "section", name, NULL,
		    "%s %s", what, is_new ? "is new" : "is gone");
}

static bool has_named(const struct part *p)
{
	for (size_t i = 0; i < p->nr_atoms; i++)
		if (atom_is_named(&p->atoms[i]))
			return true;
	return false;
}

/* Flags of what has no symbol to be compared with: the name, a tab, the flags. */
static void list_flags(const struct side *side, struct strv *ret)
{
	for (size_t o = 0; o < side->nr_objects; o++) {
		for (size_t i = 0; i < side->objects[o].nr_sections; i++) {
			const struct part *p = &side->parts[o][i];

			if ((p->role == PART_CONTENT || p->role == PART_POOL ||
			     p->role == PART_TABLE) &&
			    p->section->size && !has_named(p))
				strv_addf(ret, "%s\t0x%" PRIx64, p->name,
					  p->section->flags &
					  ~(uint64_t)SHF_INFO_LINK);
		}
	}
	strv_uniq(ret);
}

static size_t name_length(const char *line)
{
	return strcspn(line, "\t");
}

/* All flags of the section that line i names, as text; *i moves behind them. */
static char *take_flags(const struct strv *lines, size_t *i)
{
	_cleanup_(strv_release) struct strv flags = STRV_INIT;
	const char *first = lines->v[*i];
	size_t len = name_length(first) + 1;

	for (; *i < lines->nr && !strncmp(lines->v[*i], first, len); ++*i)
		strv_add(&flags, lines->v[*i] + len);
	return strv_join(&flags, ", ");
}

/* A section that only one side has was lost or won with its contents. */
static void compare_flags(struct account *acc)
{
	_cleanup_(strv_release) struct strv before = STRV_INIT;
	_cleanup_(strv_release) struct strv after = STRV_INIT;
	size_t i = 0, k = 0;

	list_flags(acc->sides[0], &before);
	list_flags(acc->sides[1], &after);
	while (i < before.nr && k < after.nr) {
		_cleanup_free_ char *name =
			xstrndup(before.v[i], name_length(before.v[i]));
		_cleanup_free_ char *other =
			xstrndup(after.v[k], name_length(after.v[k]));
		int order = strcmp(name, other);
		_cleanup_free_ char *old = order > 0 ? NULL :
						       take_flags(&before, &i);
		_cleanup_free_ char *new = order < 0 ? NULL :
						       take_flags(&after, &k);

		if (old && new && !streq(old, new))
			outcome_add(acc->ret, RESULT_DIFFERENT, "section", name,
				    NULL, "flags of %s: %s became %s", name,
				    old, new);
	}
}

static void compare_groups(struct account *acc)
{
	_cleanup_(strv_release) struct strv before = STRV_INIT;
	_cleanup_(strv_release) struct strv after = STRV_INIT;

	list_groups(acc->sides[0], &before);
	list_groups(acc->sides[1], &after);
	each_difference(&before, &after, group_differs, acc);
}

/* A section of its own, as -ffunction-sections makes: a branch leads nowhere else. */
static bool is_alone(const struct atom *a)
{
	size_t nr = 0;

	for (size_t i = 0; i < a->part->nr_atoms; i++)
		nr += a->part->atoms[i].kind != ATOM_PADDING;
	return nr == 1 && a->kind == ATOM_CODE;
}

/*
 * The same bytes mean the same wherever they stand, unless they hold a distance
 * to another place of the section that no relocation speaks of, which only an
 * instruction that we know lets us see.
 */
static void check_decoded(struct account *acc, int side)
{
	const struct atom *a;

	for_each_atom(acc->sides[side], a) {
		_cleanup_free_ char *where = NULL;

		if (!a->undecoded || is_alone(a))
			continue;
		where = side_where(acc->sides[side], a, a->origin);
		outcome_add(acc->ret, RESULT_UNDECIDED, "function", a->name,
			    where,
			    "%" PRIu64 " bytes %s are no known instruction, and others stand in its section",
			    a->undecoded, acc->sides[side]->label);
	}
}

/* Names in sections that are not compared as code or data. */
static void list_labels(struct part *p, struct strv *ret)
{
	for (size_t i = 0; i < p->nr_symbols; i++) {
		_cleanup_free_ char *name = symbol_base_name(p->symbols[i]);

		strv_addf(ret, "%s (%s label in %s)", name,
			  p->symbols[i]->binding == STB_LOCAL ?
				  "local" : binding_name(p->symbols[i]),
			  p->section->name);
	}
}

static void add_unused(struct part *p, uint64_t begin, uint64_t end,
		       struct strv *ret)
{
	ledger_claim(p, begin, end, CLAIM_COMPARED);
	strv_addf(ret, "pool (%" PRIu64 " bytes, %016" PRIx64 ")", end - begin,
		  fingerprint(p->section->data + begin, end - begin));
}

/*
 * The strings and constants of a pool that nobody refers to, and the beginnings
 * of strings whose ends serve as strings.
 */
static void list_unused(struct part *p, struct strv *ret)
{
	const struct section *s = p->section;
	bool strings = s->flags & SHF_STRINGS;
	size_t hit = 0;

	for (uint64_t pos = 0, end; pos < s->size; pos = end) {
		uint64_t begin;

		pool_extent(s, pos, &begin, &end);
		while (hit < p->nr_hits && p->hits[hit].offset < pos)
			hit++;
		if (hit < p->nr_hits && p->hits[hit].offset < end) {
			if (strings && p->hits[hit].offset > pos)
				add_unused(p, pos, p->hits[hit].offset, ret);
			continue;
		}
		/* An empty string may be what alignment left. */
		if (!strings || end - pos > s->entsize)
			add_unused(p, pos, end, ret);
		else
			ledger_claim(p, pos, end, CLAIM_PADDING);
	}
}

static void unused_differs(struct account *acc, const char *what, bool is_new)
{
	outcome_add(acc->ret, RESULT_DIFFERENT, "section", "pool", NULL,
		    "contents of a %s that nobody refers to are %s", what,
		    is_new ? "new" : "gone");
}

void account_sides(struct same *same, const struct side *before,
		   const struct side *after, struct outcome *ret)
{
	struct account acc = { same, { before, after }, ret };

	compare_symbols(&acc);
	compare_parts(&acc, PART_REFERENCED, list_references,
		      reference_differs);
	compare_parts(&acc, PART_NOTE, list_note, note_differs);
	compare_parts(&acc, PART_POOL, list_unused, unused_differs);
	compare_parts(&acc, PART_TABLE, list_labels, symbol_differs);
	compare_parts(&acc, PART_NOTE, list_labels, symbol_differs);
	compare_parts(&acc, PART_UNCOMPARED, list_labels, symbol_differs);
	compare_flags(&acc);
	compare_groups(&acc);
	loose_compare(same, before, after, ret);
	check_decoded(&acc, 0);
	check_decoded(&acc, 1);
	ledger_match_constants(before, after);
	ledger_close(before, ret);
	ledger_close(after, ret);
	strv_uniq(&ret->not_compared);
}
