// SPDX-License-Identifier: GPL-2.0-only
/*
 * Most sections are memory, and what stands beside what in them is chance. Some
 * are arrays whose elements come from many files: their order counts when
 * they are called, or searched for the first that fits, and does not when they
 * are looked up by a key or sorted first. A section of a name that we do not know
 * may be read in any way, so what stands behind what must be as before; and so
 * must what follows a label without a size, which code may run or read past.
 */
#define _GNU_SOURCE
#include "order.h"

#include "lib/util.h"
#include "tables.h"

enum order {
	ORDER_FREE,	/* memory, or looked up by key */
	ORDER_FREE_LABELS, /* the same, and labels in it begin entries */
	ORDER_KEPT,	/* called in order, or the first that fits is taken */
	ORDER_NEXT,	/* not known: what stands behind each thing counts */
};

struct rule {
	const char *section; /* a beginning when it ends in '*' */
	enum order order;
};

static const struct rule rules[] = {
	/* memory that is only gathered */
	{ ".data*", ORDER_FREE },	{ ".rodata*", ORDER_FREE },
	{ ".bss*", ORDER_FREE },	{ ".tdata*", ORDER_FREE },
	{ ".tbss*", ORDER_FREE },	{ ".init.data*", ORDER_FREE },
	{ ".init.rodata*", ORDER_FREE },
	{ ".exit.data*", ORDER_FREE },	{ ".ref.data*", ORDER_FREE },
	{ ".ref.rodata*", ORDER_FREE },	{ "__tracepoints_strings", ORDER_FREE },
	{ "__ksymtab_strings", ORDER_FREE_LABELS },
	{ ".gnu.linkonce.this_module", ORDER_FREE },
	/* sorted, by the linker or at boot */
	{ "__ksymtab*", ORDER_FREE_LABELS },
	{ "___ksymtab*", ORDER_FREE_LABELS },
	{ "__kcrctab*", ORDER_FREE_LABELS },
	{ "___kcrctab*", ORDER_FREE_LABELS },
	{ ".export_symbol", ORDER_FREE_LABELS },
	/* looked up by name or address */
	{ "__param", ORDER_FREE },	{ ".modinfo", ORDER_FREE },
	{ "__versions", ORDER_FREE },	{ "__kprobe_blacklist", ORDER_FREE },
	{ "_kprobe_blacklist", ORDER_FREE },
	{ "_error_injection_whitelist", ORDER_FREE },
	{ "__bpf_raw_tp_map", ORDER_FREE },
	/* each element is registered under a name, and none twice */
	{ "__tracepoints*", ORDER_FREE }, { "_ftrace_events", ORDER_FREE },
	{ "_ftrace_eval_map", ORDER_FREE }, { "__dyndbg*", ORDER_FREE },
	{ ".printk_index", ORDER_FREE }, { "alloc_tags", ORDER_FREE },
	/* called one after the other */
	{ ".initcall*", ORDER_KEPT },	{ ".con_initcall*", ORDER_KEPT },
	{ ".init_array*", ORDER_KEPT },	{ ".fini_array*", ORDER_KEPT },
	{ ".ctors*", ORDER_KEPT },	{ ".dtors*", ORDER_KEPT },
	{ ".pci_fixup*", ORDER_KEPT },	{ ".lsm_info*", ORDER_KEPT },
	{ ".early_lsm_info*", ORDER_KEPT },
	/* the first that says it is responsible is taken */
	{ ".init.setup", ORDER_KEPT },	{ ".apicdrivers", ORDER_KEPT },
	{ ".x86_cpu_dev.init", ORDER_KEPT },
};

static enum order order_of(const struct part *part)
{
	if (part->section->flags & SHF_EXECINSTR || part->own)
		return ORDER_FREE;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		const char *name = rules[i].section;
		size_t len = strlen(name) - 1;

		if (name[len] == '*' ? !strncmp(part->name, name, len) :
				       streq(part->name, name))
			return rules[i].order;
	}
	return ORDER_NEXT;
}

/* A thing in a section, as both sides call it. */
struct item {
	const char *section, *name;
	size_t class;  /* 0 for the end of a section */
	size_t object; /* of its side */
	size_t pos;    /* among the items of the side */
	size_t next;   /* ORDER_NEXT: class of what stands behind it */
	const char *next_name;
};

struct items {
	struct item *v;
	size_t nr, alloc;
};

/* What an element is about: itself, or the function that it names. */
static const struct atom *subject(const struct atom *a)
{
	return a->kind == ATOM_ENTRY ? a->tie : a;
}

static struct item *add(struct items *items, const struct side *side,
			const struct atom *a)
{
	struct item *item;

	ARRAY_GROW(items->v, items->nr, items->alloc);
	item = &items->v[items->nr];
	*item = (struct item){
		.section = a->part->name,
		.name = subject(a)->name,
		.class = subject(a)->class,
		.object = side_object_of(side, a->part),
		.pos = items->nr++,
		.next_name = "the end",
	};
	return item;
}

static bool is_label(const struct atom *a)
{
	return a->symbols[0]->type == STT_NOTYPE && !a->symbols[0]->size;
}

static const struct atom *next_named(const struct part *p, size_t i)
{
	while (++i < p->nr_atoms)
		if (atom_is_named(&p->atoms[i]))
			return &p->atoms[i];
	return NULL;
}

static void list_content(const struct side *side, const struct part *p,
			 struct items *kept, struct items *next)
{
	enum order order = order_of(p);

	for (size_t i = 0; i < p->nr_atoms; i++) {
		const struct atom *a = &p->atoms[i], *behind;
		struct item *item;

		if (!atom_is_named(a))
			continue;
		if (order == ORDER_KEPT)
			add(kept, side, a);
		if (order != ORDER_NEXT &&
		    (order != ORDER_FREE || !is_label(a)))
			continue;
		item = add(next, side, a);
		behind = next_named(p, i);
		if (behind) {
			item->next = behind->class;
			item->next_name = behind->name;
		}
	}
}

static void list_entries(const struct side *side, const struct part *p,
			 struct items *kept)
{
	if (!table_is_ordered(p->table))
		return;
	for (size_t i = 0; i < p->nr_atoms; i++)
		if (p->atoms[i].kind == ATOM_ENTRY && p->atoms[i].tie)
			add(kept, side, &p->atoms[i]);
}

static void list(const struct side *side, struct items *kept,
		 struct items *next)
{
	for (size_t o = 0; o < side->nr_objects; o++)
		for (size_t i = 0; i < side->objects[o].nr_sections; i++) {
			const struct part *p = &side->parts[o][i];

			if (p->role == PART_CONTENT)
				list_content(side, p, kept, next);
			else if (p->role == PART_TABLE)
				list_entries(side, p, kept);
		}
}

/* ---- What stands behind what ---- */

static int by_next(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->section, y->section);

	if (order)
		return order;
	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return (x->next > y->next) - (x->next < y->next);
}

static void next_differs(const struct item *item, const char *side,
			 struct outcome *ret)
{
	outcome_add(ret, RESULT_UNDECIDED, "order", item->name, NULL,
		    "what stands behind it in %s counts for all we know: %s only %s",
		    item->section, item->next_name, side);
}

static void compare_next(struct items *before, struct items *after,
			 struct outcome *ret)
{
	size_t i = 0, k = 0;

	if (before->nr)
		qsort(before->v, before->nr, sizeof(*before->v), by_next);
	if (after->nr)
		qsort(after->v, after->nr, sizeof(*after->v), by_next);
	while (i < before->nr || k < after->nr) {
		int order = i == before->nr ? 1 : k == after->nr ? -1 :
			    by_next(&before->v[i], &after->v[k]);

		if (order < 0)
			next_differs(&before->v[i], "before", ret);
		if (order > 0)
			next_differs(&after->v[k], "after", ret);
		i += order <= 0;
		k += order >= 0;
	}
}

/* ---- What is called one after the other ---- */

/* Things of one section and class, in order. */
static int by_class(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->section, y->section);

	if (order)
		return order;
	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return (x->pos > y->pos) - (x->pos < y->pos);
}

/* A thing's places on both sides. */
struct pair {
	const char *section, *name;
	size_t object[2], pos[2];
};

/* Those on one side only are reported elsewhere. The caller frees. */
static struct pair *pair_up(struct items *before, struct items *after,
			    size_t *ret_nr)
{
	struct pair *pairs = xcalloc(before->nr + 1, sizeof(*pairs));
	size_t i = 0, k = 0;

	*ret_nr = 0;
	if (before->nr)
		qsort(before->v, before->nr, sizeof(*before->v), by_class);
	if (after->nr)
		qsort(after->v, after->nr, sizeof(*after->v), by_class);
	while (i < before->nr && k < after->nr) {
		const struct item *a = &before->v[i], *b = &after->v[k];
		int order = strcmp(a->section, b->section);

		if (!order)
			order = (a->class > b->class) - (a->class < b->class);
		if (!order)
			pairs[(*ret_nr)++] = (struct pair){
				a->section, a->name, { a->object, b->object },
				{ a->pos, b->pos },
			};
		i += order <= 0;
		k += order >= 0;
	}
	return pairs;
}

static int by_pos(const struct pair *x, const struct pair *y, int side)
{
	int order = strcmp(x->section, y->section);

	return order ? order : (x->pos[side] > y->pos[side]) -
			       (x->pos[side] < y->pos[side]);
}

static int by_pos_before(const void *a, const void *b)
{
	return by_pos(a, b, 0);
}

static int by_pos_after(const void *a, const void *b)
{
	return by_pos(a, b, 1);
}

static bool are_together(const struct pair *a, const struct pair *b, int side)
{
	return a->object[side] == b->object[side];
}

static void parted(const struct pair *a, const struct pair *b, const char *how,
		   struct outcome *ret)
{
	outcome_add(ret, RESULT_UNDECIDED, "order", b->name, NULL,
		    "%s in one object with %s in %s: the linker decides on the order of calls",
		    how, a->name, a->section);
}

/* Where all neighbours of an object are in order, all of it is. */
static void check_neighbours(const struct pair *a, const struct pair *b,
			     int side, struct outcome *ret)
{
	if (!streq(a->section, b->section) || !are_together(a, b, side))
		return;
	if (!are_together(a, b, !side))
		parted(a, b, side ? "was not" : "is no longer", ret);
	else if (!side && a->pos[1] > b->pos[1])
		outcome_add(ret, RESULT_UNDECIDED, "order", b->name, NULL,
			    "stands in front of %s in %s: the order of calls changed",
			    a->name, a->section);
}

static void compare_kept(struct items *before, struct items *after,
			 struct outcome *ret)
{
	size_t nr;
	_cleanup_free_ struct pair *pairs = pair_up(before, after, &nr);

	for (int side = 0; side < 2; side++) {
		if (nr)
			qsort(pairs, nr, sizeof(*pairs),
			      side ? by_pos_after : by_pos_before);
		for (size_t i = 1; i < nr; i++)
			check_neighbours(&pairs[i - 1], &pairs[i], side, ret);
	}
}

void order_compare(const struct side *before, const struct side *after,
		   struct outcome *ret)
{
	struct items kept[2] = { 0 }, next[2] = { 0 };

	list(before, &kept[0], &next[0]);
	list(after, &kept[1], &next[1]);
	compare_kept(&kept[0], &kept[1], ret);
	compare_next(&next[0], &next[1], ret);
	for (int side = 0; side < 2; side++) {
		free(kept[side].v);
		free(next[side].v);
	}
}
