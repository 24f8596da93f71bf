// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two sets of objects compared: load and cut both sides, match their atoms,
 * hold every class against its contract, close the books. One finding per
 * class and kind of difference: a changed function is said once, with its
 * first differing instruction.
 */
#define _GNU_SOURCE
#include "objects.h"

#include <inttypes.h>

#include "account.h"
#include "alignment.h"
#include "identity.h"
#include "ledger.h"
#include "lib/util.h"
#include "match.h"
#include "modinfo.h"
#include "objects_rename.h"
#include "order.h"
#include "same.h"
#include "tables.h"

struct comparison {
	const struct objects_options *options;
	struct side sides[2];
	struct classes classes;
	struct same same;
	struct outcome *ret;
};

static const char *word_of(const struct atom *a)
{
	if (starts_with(a->part->name, ".export_symbol") ||
	    starts_with(a->part->name, "___ksymtab") ||
	    starts_with(a->part->name, "__ksymtab"))
		return "export";
	if (starts_with(a->part->name, "__param"))
		return "parameter";
	return a->kind == ATOM_CODE ? "function" : "variable";
}

/* What a person calls it: an export by the symbol that it exports. */
static const char *called(const struct atom *a)
{
	static const char export[] = "__export_symbol_";

	return starts_with(a->name, export) ? a->name + strlen(export) :
					      a->name;
}

static bool listed(const struct strv *names, const char *name)
{
	return names && strv_has(names, name);
}

/* Several copies before may differ from the same one after in the same way. */
static bool is_last(const struct outcome *o, enum result weight,
		    const char *what, const char *name, const char *where,
		    const char *detail)
{
	const struct finding *f = o->nr ? &o->findings[o->nr - 1] : NULL;

	return f && f->weight == weight && streq(f->what, what) &&
	       streq(f->name, name) && streq(f->where, where) &&
	       streq(f->detail, detail);
}

static void add(struct comparison *c, enum result weight, int side,
		const char *what, const struct atom *a, const char *detail)
{
	_cleanup_free_ char *where = side_where(&c->sides[side], a, a->origin);

	if (is_last(c->ret, weight, what, called(a), where, detail))
		return;
	outcome_add(c->ret, weight, what, called(a), where, "%s", detail);
}

static const char *binding_word(unsigned char binding)
{
	return binding == STB_LOCAL ? "local" :
	       binding == STB_WEAK ? "weak" :
	       binding == STB_GLOBAL ? "global" : "unique";
}

static const char *type_word(unsigned char type)
{
	switch (type) {
	case STT_NOTYPE:
		return "label ";
	case STT_OBJECT:
		return "object ";
	case STT_FUNC:
		return "function ";
	case STT_TLS:
		return "thread-local ";
	case STT_GNU_IFUNC:
		return "indirect function ";
	}
	return "other ";
}

static const char *visibility_word(unsigned char visibility)
{
	static const char *const words[] = { "visible", "internal", "hidden",
					     "protected" };

	return words[visibility & 3];
}

/*
 * Of the padding in front of a function and of its type, which are as global as
 * it is, the function's name.
 */
static const char *bearer_of(const char *name)
{
	static const char *const begins[] = { "__pfx_", "__cfi_" };

	for (size_t i = 0; i < ARRAY_SIZE(begins); i++)
		if (starts_with(name, begins[i]))
			return name + strlen(begins[i]);
	return name;
}

static bool is_globalised(const struct objects_options *options,
			  const char *symbol, const char *source)
{
	const struct strv *names = options->globalised;
	const struct strv *from = options->globalised_from;
	const char *name = bearer_of(symbol);

	for (size_t i = 0; names && i < names->nr; i++)
		if (streq(names->v[i], name) &&
		    (!from || !*from->v[i] || streq(from->v[i], source)))
			return true;
	return false;
}

/* One line a symbol: what of it must be the same on both sides. */
static void list_symbols(const struct comparison *c, const struct atom *a,
			 bool before, struct strv *ret)
{
	for (size_t i = 0; i < a->nr_symbols; i++) {
		const struct symbol *s = a->symbols[i];
		_cleanup_free_ char *name = symbol_base_name(s);
		unsigned char binding = s->binding;

		if (before && binding == STB_LOCAL &&
		    is_globalised(c->options, name, a->part->source))
			binding = STB_GLOBAL;
		strv_addf(ret, "%s %s %s%s", visibility_word(s->visibility),
			  binding_word(binding), type_word(s->type), name);
		/* The size of the whole is compared with the contents. */
		if (s->value != a->origin || s->size != a->end - a->origin)
			strv_addf(ret, "%s at +%" PRIu64 ", %" PRIu64 " bytes",
				  name, s->value - a->origin, s->size);
	}
	strv_sort(ret);
}

static void compare_symbols(struct comparison *c, const struct atom *a,
			    const struct atom *b, bool a_is_before)
{
	_cleanup_(strv_release) struct strv x = STRV_INIT;
	_cleanup_(strv_release) struct strv y = STRV_INIT;
	_cleanup_free_ char *before = NULL, *after = NULL, *text = NULL;

	list_symbols(c, a, a_is_before, &x);
	list_symbols(c, b, false, &y);
	before = strv_join(&x, "; ");
	after = strv_join(&y, "; ");
	if (streq(before, after))
		return;
	text = xasprintf("%s became %s", before, after);
	add(c, RESULT_DIFFERENT, 1, "symbol", b, text);
}

/* What a linker does with the section; but not what sh_info means. */
#define FLAGS (~(uint64_t)SHF_INFO_LINK)

static void compare_places(struct comparison *c, const struct atom *a,
			   const struct atom *b)
{
	const struct part *p = a->part, *q = b->part;
	_cleanup_free_ char *text = NULL;

	if (!streq(p->name, q->name))
		text = xasprintf("section %s became %s", p->name, q->name);
	else if ((p->section->flags & FLAGS) != (q->section->flags & FLAGS))
		text = xasprintf("flags of %s: 0x%" PRIx64 " became 0x%" PRIx64,
				 p->name, p->section->flags, q->section->flags);
	else if (p->own && q->own && p->section->align != q->section->align)
		text = xasprintf("alignment %" PRIu64 " became %" PRIu64,
				 p->section->align, q->section->align);
	if (text)
		add(c, RESULT_DIFFERENT, 1, "section", b, text);
}

static void explain_names(struct comparison *c, const struct atom *b)
{
	if (c->same.file_names)
		outcome_explain(c->ret, EXPLAINED_FILE_NAME, word_of(b),
				called(b), NULL,
				"%u strings that are the name of the source file",
				c->same.file_names);
	if (c->same.lines)
		outcome_explain(c->ret, EXPLAINED_FILE_NAME, "bug", called(b),
				NULL, "%u entries with another source line",
				c->same.lines);
}

static void compare_contents(struct comparison *c, const struct atom *a,
			     const struct atom *b)
{
	struct buf why = BUF_INIT;
	const char *what = word_of(b);

	c->same.file_names = c->same.lines = c->same.followed = 0;
	if (!same_contents(&c->same, a, b, &why) ||
	    !same_entries(&c->same, a, b, &why, &what)) {
		ledger_list(a);
		ledger_list(b);
		add(c, RESULT_DIFFERENT, 1, what, b, why.data);
	} else {
		explain_names(c, b);
	}
	buf_release(&why);
}

/* False when they are not what modpost writes, or say different things. */
static bool compare_modinfo(struct comparison *c, const struct atom *a,
			    const struct atom *b)
{
	enum modinfo how = modinfo_compare(a, b);

	if (how == MODINFO_OTHER ||
	    (how == MODINFO_HASH && same_contents(&c->same, a, b, NULL)))
		return how != MODINFO_OTHER;
	ledger_claim_atom(a, how == MODINFO_EQUAL ? CLAIM_COMPARED :
						    CLAIM_LISTED);
	ledger_claim_atom(b, how == MODINFO_EQUAL ? CLAIM_COMPARED :
						    CLAIM_LISTED);
	if (how == MODINFO_HASH)
		outcome_explain(c->ret, EXPLAINED_TOOL_NOTE, "section",
				".modinfo", b->part->source,
				"srcversion, the hash of the sources, changed");
	return true;
}

static void compare_pair(struct comparison *c, const struct atom *a,
			 const struct atom *b, bool a_is_before)
{
	int export = -1;

	compare_symbols(c, a, b, a_is_before);
	compare_places(c, a, b);
	if (a_is_before)
		export = rename_same_export(c->options, a, b);
	if (export < 0) {
		if (!compare_modinfo(c, a, b))
			compare_contents(c, a, b);
		return;
	}
	ledger_claim_atom(a, CLAIM_LISTED);
	ledger_claim_atom(b, CLAIM_LISTED);
	if (!export)
		add(c, RESULT_DIFFERENT, 1, "export", b,
		    "its string is not the new name");
}

/* The class is there on one side only, or a one-to-one class has one too many. */
static void report_one_sided(struct comparison *c, const struct class *class,
			     int side)
{
	const struct atom *a = class->members[side][0];
	_cleanup_free_ char *text = NULL;

	if (class->nr_named[0] && class->nr_named[1])
		text = xasprintf("%zu of this name before, %zu after; this one (%" PRIu64
				 " bytes) %s", class->nr_named[0],
				 class->nr_named[1], a->end - a->origin,
				 side ? "is new" : "is gone");
	else
		text = xasprintf("%s (%" PRIu64 " bytes)",
				 side ? "is new" : "is gone",
				 a->end - a->origin);
	add(c, RESULT_DIFFERENT, side, word_of(a), a, text);
}

static int from_header(const struct comparison *c, const struct atom *a,
		       int depth);

/*
 * A static local comes from where the function comes that uses it. A user that
 * is not itself one more may have inlined that function: it says nothing.
 */
static int user_from_header(const struct comparison *c, const struct atom *a,
			    int depth)
{
	const struct side *side = &c->sides[1];
	const struct atom *user;
	int found = -1;

	if (c->classes.v[a->class].nr[0] > c->classes.v[a->class].nr[1])
		side = &c->sides[0];
	for_each_atom(side, user) {
		for (size_t i = 0; i < user->nr_refs; i++) {
			const struct atom *to = user->refs[i].atom;
			int known;

			if (!to || to == user || to->class != a->class ||
			    !atom_is_named(user) || !user->class)
				continue;
			known = from_header(c, user, depth + 1);
			if (known >= 0)
				found = known;
			if (!known)
				return 0;
		}
	}
	return found;
}

/* Every copy must come from a header; one that does not settles it. */
static int copies_from_header(const struct comparison *c,
			      const struct class *class)
{
	int known = 1;

	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < class->nr[side]; i++) {
			const struct atom *a = class->members[side][i];
			const char *name = atom_function_named(a);
			int one = c->options->from_header(c->options->data,
							  side, a->part->source,
							  bearer_of(name ? name :
									   a->name));

			if (one < known)
				known = one;
			if (!one)
				return 0;
		}
	}
	return known;
}

static int from_header(const struct comparison *c, const struct atom *a,
		       int depth)
{
	const struct class *class = &c->classes.v[a->class];
	int known = -1;

	if (depth > 3 || class->nr[0] == class->nr[1])
		return -1;
	if (atom_is_static_local(a) && !atom_function_named(a))
		return user_from_header(c, a, depth);
	if (c->options->from_header)
		known = copies_from_header(c, class);
	if (known < 0 && class->nr[0] > 1 && class->nr[1] > 1)
		return 1; /* several files have it already: from where else? */
	return known;
}

/* A read-only local that stands in more, or fewer, objects than before. */
static void report_copies(struct comparison *c, const struct class *class)
{
	int side = class->nr[1] > class->nr[0];
	const struct atom *a = class->members[side][class->nr[side] - 1];
	_cleanup_free_ char *where = side_where(&c->sides[side], a, a->origin);
	_cleanup_free_ char *text = NULL;
	int known;

	if (a->per_file) {
		outcome_explain(c->ret, EXPLAINED_HEADER_STATE, word_of(a),
				called(a), where,
				"a header's, one for each file: %zu before, %zu after",
				class->nr[0], class->nr[1]);
		return;
	}
	known = from_header(c, a, 0);

	text = xasprintf("%zu identical copies before, %zu after",
			 class->nr[0], class->nr[1]);
	if (known > 0)
		outcome_explain(c->ret, EXPLAINED_HEADER_COPY, word_of(a),
				called(a), where, "%s", text);
	else if (!known)
		outcome_add(c->ret, RESULT_DIFFERENT, word_of(a), called(a),
			    where, "%s, and no header defines it", text);
	else
		outcome_add(c->ret, RESULT_UNDECIDED, word_of(a), called(a),
			    where, "%s; whether a header defines it is not known",
			    text);
}

static void compare_class(struct comparison *c, const struct class *class)
{
	const struct atom *rep;

	if (!class->nr[0] || !class->nr[1]) {
		int side = class->nr[1] > 0;

		for (size_t i = 0; i < class->nr[side]; i++)
			ledger_list(class->members[side][i]);
		if (!listed(c->options->inlined,
			    bearer_of(class->members[side][0]->name)))
			report_one_sided(c, class, side);
		return;
	}
	rep = class->members[1][0];
	for (size_t i = 0; i < class->nr[0]; i++)
		compare_pair(c, class->members[0][i], rep, true);
	for (size_t i = 1; i < class->nr[1]; i++)
		compare_pair(c, class->members[1][i], rep, false);
	c->ret->checked += class->nr[0];
	if (class->nr[0] != class->nr[1] &&
	    !listed(c->options->inlined, bearer_of(rep->name)))
		report_copies(c, class);
}

static int check_same_machine(const struct comparison *c, struct error *err)
{
	const struct object *a = c->sides[0].objects, *b = c->sides[1].objects;

	if (!c->sides[0].nr_objects || !c->sides[1].nr_objects)
		return 0;
	if (a->machine == b->machine && a->is64 == b->is64)
		return 0;
	return error_set(err, ERROR_INPUT, "%s: another machine than %s",
			 b->path, a->path);
}

static void compare_all(struct comparison *c)
{
	for (int side = 0; side < 2; side++)
		identity_mark(c->options, &c->sides[side], side);
	outcome_ran(c->ret);
	match_sides(&c->sides[0], &c->sides[1], &c->classes);
	c->same.decoder = c->sides[0].decoder;
	for (size_t i = 1; i < c->classes.nr; i++)
		compare_class(c, &c->classes.v[i]);
	alignment_compare(&c->sides[0], &c->sides[1], c->ret);
	identity_compare(&c->sides[0], &c->sides[1], &c->classes, c->ret);
	rename_check_strings(c->options, &c->sides[0], &c->sides[1], c->ret);
	order_compare(&c->sides[0], &c->sides[1], c->ret);
	account_sides(&c->same, &c->sides[0], &c->sides[1], c->ret);
	classes_release(&c->classes);
}

static int cut_sides(struct comparison *c, struct error *err)
{
	return check_same_machine(c, err) ||
	       rename_objects(c->options, &c->sides[0], &c->sides[1], c->ret,
			      err) ||
	       side_cut(&c->sides[0], err) || side_cut(&c->sides[1], err);
}

int objects_compare(const struct strv *before, const struct strv *after,
		    const struct objects_options *options, struct outcome *ret,
		    struct error *err)
{
	static const struct objects_options none;
	struct comparison c = { .options = options ? options : &none,
				.ret = ret };
	int status = -1;

	if (side_read(&c.sides[0], "before", before,
		      c.options->before_sources, err))
		return -1;
	if (!side_read(&c.sides[1], "after", after, c.options->after_sources,
		       err) &&
	    !cut_sides(&c, err)) {
		compare_all(&c);
		ret->objects[0] += c.sides[0].nr_objects;
		ret->objects[1] += c.sides[1].nr_objects;
		status = 0;
	}
	side_release(&c.sides[0]);
	side_release(&c.sides[1]);
	return status;
}
