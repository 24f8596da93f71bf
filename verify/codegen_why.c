// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why a function of a stock build has other bytes, as far as symbols and calls
 * tell. A call that is there on one side only, to a function that the objects
 * define, is one that the compiler took into the caller on the other side: it
 * sees what is in the same file, so functions that part are not inlined into
 * each other any more, those that meet are, and clones come and go.
 *
 * What a function calls comes and goes with it: calls that G makes, too, are no
 * news of F when F begins or ends to call G.
 */
#define _GNU_SOURCE
#include "codegen.h"

#include "lib/hash.h"

#define NAMES_MOST 3 /* callers or callees that a reason names */

/* A function by name, its clones with it. */
struct function {
	char *name;	       /* owned */
	bool there[2];	       /* a symbol defines it */
	struct strv clones[2]; /* ".constprop", ".isra"... that it has */
	struct strv calls[2];  /* what it calls */
	struct strv callers[2];
	UT_hash_handle hh;
};

struct functions {
	struct function *v;
};

static struct function *find(struct functions *f, const char *name)
{
	struct function *found;

	HASH_FIND_STR(f->v, name, found);
	return found;
}

static struct function *get(struct functions *f, const char *name)
{
	struct function *found = find(f, name);

	if (!found) {
		found = xcalloc(1, sizeof(*found));
		found->name = xstrdup(name);
		HASH_ADD_KEYPTR(hh, f->v, found->name, strlen(found->name),
				found);
	}
	return found;
}

static void release(struct functions *f)
{
	struct function *fn = f->v, *next;

	HASH_CLEAR(hh, f->v);
	for (; fn; fn = next) {
		next = fn->hh.next;
		for (int side = 0; side < 2; side++) {
			strv_release(&fn->clones[side]);
			strv_release(&fn->calls[side]);
			strv_release(&fn->callers[side]);
		}
		free(fn->name);
		free(fn);
	}
}

/* ".constprop" of "f.constprop.0.isra.0"; the caller frees. */
static char *clone_of(const char *suffix)
{
	return xasprintf(".%.*s", (int)strcspn(suffix + 1, "."), suffix + 1);
}

/* Trampolines of static calls are called and never inlined. */
static bool is_call(const struct ref *r)
{
	return r->kind == REF_RELATIVE && !r->delta && r->atom &&
	       r->atom->kind == ATOM_CODE &&
	       !streq(r->atom->part->name, ".static_call.text");
}

static void add_atom(struct functions *f, const struct atom *a, int side)
{
	_cleanup_free_ char *name = codegen_parent(a->name);
	struct function *fn = get(f, name);

	fn->there[side] = true;
	if (a->name[strlen(name)]) {
		_cleanup_free_ char *clone =
			clone_of(a->name + strlen(name));

		strv_add(&fn->clones[side], clone);
	}
	for (size_t i = 0; i < a->nr_refs; i++) {
		_cleanup_free_ char *callee = NULL;

		if (!is_call(&a->refs[i]))
			continue;
		callee = codegen_parent(a->refs[i].atom->name);
		if (!streq(callee, name))
			strv_add(&fn->calls[side], callee);
	}
}

static void read_sides(struct functions *f, const struct side *sides)
{
	struct atom *a;

	for (int side = 0; side < 2; side++)
		for_each_atom(&sides[side], a)
			if (a->kind == ATOM_CODE && *a->name)
				add_atom(f, a, side);
	for (struct function *fn = f->v; fn; fn = fn->hh.next)
		for (int side = 0; side < 2; side++) {
			strv_uniq(&fn->clones[side]);
			strv_uniq(&fn->calls[side]);
		}
}

static void find_callers(struct functions *f)
{
	for (struct function *fn = f->v; fn; fn = fn->hh.next)
		for (int side = 0; side < 2; side++)
			for (size_t i = 0; i < fn->calls[side].nr; i++) {
				struct function *to =
					get(f, fn->calls[side].v[i]);

				strv_add(&to->callers[side], fn->name);
			}
	for (struct function *fn = f->v; fn; fn = fn->hh.next)
		for (int side = 0; side < 2; side++)
			strv_uniq(&fn->callers[side]);
}

/* Names that are in the list of this side only. */
static void only_on(const struct strv *lists, int side, struct strv *ret)
{
	for (size_t i = 0; i < lists[side].nr; i++)
		if (!strv_has(&lists[!side], lists[side].v[i]))
			strv_add(ret, lists[side].v[i]);
}

/* Adds "head A, B, C and 2 more", when there is one. */
static void say(struct buf *why, const char *head, const struct strv *names,
		const char *tail)
{
	if (!names->nr)
		return;
	buf_addf(why, "%s%s", why->len ? "; " : "", head);
	for (size_t i = 0; i < names->nr && i < NAMES_MOST; i++)
		buf_addf(why, "%s%s", i ? ", " : "", names->v[i]);
	if (names->nr > NAMES_MOST)
		buf_addf(why, " and %zu more", names->nr - NAMES_MOST);
	buf_addstr(why, tail);
}

/* True when one of the others calls it on that side. */
static bool is_called_by(struct functions *f, const struct strv *others,
			 int side, const char *name)
{
	for (size_t i = 0; i < others->nr; i++) {
		const struct function *other = find(f, others->v[i]);

		if (other && strv_has(&other->calls[side], name))
			return true;
	}
	return false;
}

/* Those calls of one side only that do not come or go with one of the others. */
static void own_calls(struct functions *f, const struct strv *calls,
		      const struct strv *others, int side, struct strv *ret)
{
	for (size_t i = 0; i < calls->nr; i++)
		if (!is_called_by(f, others, side, calls->v[i]))
			strv_add(ret, calls->v[i]);
}

static void explain_calls(struct functions *f, const struct function *fn,
			  struct buf *why)
{
	struct strv gone _cleanup_(strv_release) = STRV_INIT;
	struct strv new _cleanup_(strv_release) = STRV_INIT;
	struct strv inlined _cleanup_(strv_release) = STRV_INIT;
	struct strv apart _cleanup_(strv_release) = STRV_INIT;

	only_on(fn->calls, 0, &gone);
	only_on(fn->calls, 1, &new);
	own_calls(f, &new, &gone, 0, &apart);
	own_calls(f, &gone, &new, 1, &inlined);
	say(why, "", &apart, " no longer inlined into it");
	say(why, "", &inlined, " inlined into it");
}

static void explain_clones(const struct function *fn, struct buf *why)
{
	struct strv gone _cleanup_(strv_release) = STRV_INIT;
	struct strv new _cleanup_(strv_release) = STRV_INIT;

	only_on(fn->clones, 0, &gone);
	only_on(fn->clones, 1, &new);
	say(why, "gone: ", &gone, "");
	say(why, "new: ", &new, "");
}

static void explain(struct functions *f, const struct strv *made,
		    struct codegen *row)
{
	const struct function *fn = find(f, row->name);
	struct buf why = BUF_INIT;

	if (fn && fn->there[0] && fn->there[1]) {
		explain_calls(f, fn, &why);
		explain_clones(fn, &why);
	} else if (fn && fn->there[1]) {
		say(&why,
		    made && strv_has(made, row->name) ? "called by " :
						       "no longer inlined into ",
		    &fn->callers[1], "");
	} else if (fn) {
		say(&why, "inlined into ", &fn->callers[0], "");
	}
	if (!why.len && row->before && row->after)
		buf_addstr(&why, row->before == row->after ?
					 "other code of the same size" :
					 "size only");
	row->why = buf_detach(&why);
}

void codegen_explain(const struct side *sides, const struct strv *made,
		     struct codegen *rows, size_t nr)
{
	struct functions f = { 0 };

	read_sides(&f, sides);
	find_callers(&f);
	for (size_t i = 0; i < nr; i++)
		explain(&f, made, &rows[i]);
	release(&f);
}
