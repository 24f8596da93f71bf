// SPDX-License-Identifier: GPL-2.0-only
/*
 * From matched pieces to the contract that the rungs are given, and to the list
 * of what was done that a person reads.
 */
#define _GNU_SOURCE
#include "infer_internal.h"

#include "lib/buf.h"
#include "lib/fs.h"

static const struct piece *piece_of(const struct guess *g, int after, size_t i)
{
	return &mixed_side(&g->m, after)->pieces[i];
}

static const struct item *item_of(const struct guess *g, int after, size_t i)
{
	return piece_item(mixed_side(&g->m, after), piece_of(g, after, i));
}

static const char *path_of(const struct guess *g, int after, size_t i)
{
	return piece_path(mixed_side(&g->m, after), piece_of(g, after, i));
}

/* ---- The contract ---- */

#define SHIFTS (DEED_PROMOTED | DEED_INLINED | DEED_RENAMED)

static bool is_shifted(const struct guess *g, size_t i, size_t k)
{
	const struct item *item = item_of(g, 1, k);

	return item_is_definition(item) && *item->name &&
	       (g->m.fates[1][k].deeds & SHIFTS ||
		!mixed_same_file(&g->m, i, k));
}

static void add_shifted(struct guess *g, size_t i, size_t k)
{
	struct contract *c = &g->ret->contract;
	unsigned int deeds = g->m.fates[1][k].deeds;

	g->ret->shifted = xrealloc(g->ret->shifted, c->nr_shifted + 1,
				   sizeof(*g->ret->shifted));
	g->ret->shifted[c->nr_shifted++] = (struct shifted){
		.old = infer_keep(g, item_of(g, 0, i)->name),
		.new = infer_keep(g, item_of(g, 1, k)->name),
		.from = path_of(g, 0, i),
		.to = path_of(g, 1, k),
		.promoted = deeds &DEED_PROMOTED,
		.inlined = deeds &DEED_INLINED,
	};
	c->shifted = g->ret->shifted;
}

static int compare_shifted(const void *left, const void *right)
{
	const struct shifted *a = left, *b = right;
	int order = strcmp(a->old, b->old);

	return order ? order : strcmp(a->from, b->from);
}

/* What may have other code: types and macros show in what uses them. */
static void add_touched(struct guess *g, int after, size_t i)
{
	const struct item *item = item_of(g, after, i);
	const struct fate *fate = &g->m.fates[after][i];

	if ((fate->residue || fate->deeds & DEED_GAVE) &&
	    (item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE) &&
	    *item->name)
		strv_add(&g->ret->contract.names, item->name);
}

/* The build file beside or above the path, if the commit changes it. */
static const struct text *find_build_file(const struct guess *g,
					  const char *path)
{
	const struct text_side *after = &g->check.after;

	for (size_t i = 0; i < after->nr_files; i++) {
		const struct text *t = after->files[i].text;
		const char *name = fs_basename(t->path);
		size_t folder = name - t->path;

		if ((streq(name, "Makefile") || streq(name, "Kbuild")) &&
		    t->data && !strncmp(t->path, path, folder))
			return t;
	}
	return NULL;
}

/* The file that gave most to a created one. */
static const char *main_source(const struct guess *g, size_t to)
{
	const struct text_side *after = &g->check.after;
	const struct text_side *before = &g->check.before;
	_cleanup_free_ size_t *given =
		xcalloc(before->nr_files, sizeof(*given));
	size_t best = 0;

	for (size_t k = after->files[to].first; k < after->files[to].end; k++) {
		size_t i = g->m.fates[1][k].other;

		if (i != TEXT_NONE)
			given[before->pieces[i].file] += after->pieces[k].len;
	}
	for (size_t i = 1; i < before->nr_files; i++)
		if (given[i] > given[best])
			best = i;
	return before->nr_files && given[best] ?
		       before->files[best].text->path :
		       NULL;
}

static void set_object(struct guess *g, const char *from, const char *to)
{
	struct contract *c = &g->ret->contract;
	const struct text *build = find_build_file(g, to);
	_cleanup_free_ char *word = NULL;
	size_t folder;

	if (!build || !from)
		return;
	folder = fs_basename(build->path) - build->path;
	word = xasprintf("%.*s.o", (int)(strlen(to + folder) - 2), to + folder);
	c->from = from;
	c->to = to;
	c->kbuild = build->path;
	c->kbuild_word = infer_keep(g, word);
}

/* One source that is created, or renamed, is told by its word in the build file. */
static void add_object(struct guess *g)
{
	struct contract *c = &g->ret->contract;
	const struct text_side *after = &g->check.after;

	for (size_t i = 0; i < c->nr_paths; i++)
		if (ends_with(c->paths[i].new, ".c"))
			set_object(g, c->paths[i].old, c->paths[i].new);
	for (size_t i = 0; i < after->nr_files; i++) {
		const struct text_file *f = &after->files[i];

		if (!ends_with(f->text->path, ".c") || !f->text->data ||
		    f->counterpart != i || g->check.before.files[i].text->data)
			continue;
		set_object(g, main_source(g, i), f->text->path);
		c->creates = c->kbuild != NULL;
		return;
	}
}

void infer_contract(struct guess *g)
{
	struct contract *c = &g->ret->contract;

	for (size_t k = 0; k < g->check.after.nr; k++) {
		size_t i = g->m.fates[1][k].other;

		if (i != TEXT_NONE && is_shifted(g, i, k))
			add_shifted(g, i, k);
		add_touched(g, 1, k);
	}
	for (size_t i = 0; i < g->check.before.nr; i++)
		add_touched(g, 0, i);
	strv_uniq(&c->names);
	if (c->nr_shifted)
		qsort(g->ret->shifted, c->nr_shifted, sizeof(*g->ret->shifted),
		      compare_shifted);
	add_object(g);
}

/* ---- The list ---- */

static char *place_of(const struct guess *g, int after, size_t i)
{
	return xasprintf("%s:%u", path_of(g, after, i),
			 item_of(g, after, i)->line_begin);
}

static size_t lines_of(const struct piece *p)
{
	size_t nr = 0;

	for (size_t i = 0; i < p->len; i++)
		nr += p->bytes[i] == '\n';
	return nr ? nr : 1;
}

static void add_part(struct buf *b, bool part, const char *text)
{
	if (!part)
		return;
	if (b->len)
		buf_addstr(b, ", ");
	buf_addstr(b, text);
}

static char *but_for(const struct fate *fate)
{
	struct buf b = BUF_INIT;

	if (fate->residue)
		return NULL;
	add_part(&b, fate->but, fate->but);
	add_part(&b, fate->deeds & DEED_PROMOTED, "static");
	add_part(&b, fate->deeds & DEED_INLINED, "inline");
	add_part(&b, fate->deeds & DEED_GAVE, "what it gave");
	add_part(&b, fate->how.names, "names");
	add_part(&b, fate->how.comment, "a comment");
	add_part(&b, fate->how.aligned || fate->how.space, "white space");
	return b.len ? buf_detach(&b) : NULL;
}

/* The name by which a person looks for it. */
static const char *shown_name(const struct item *item)
{
	return item->kind == ITEM_EXPORT && item->argument ? item->argument :
							     item->name;
}

static struct extent extent_of(const struct guess *g, int after, size_t i)
{
	const struct piece *p;
	size_t begin;

	if (i == TEXT_NONE)
		return (struct extent){ .text = EXTENT_NONE };
	p = piece_of(g, after, i);
	begin = item_of(g, after, i)->begin;
	return (struct extent){ p->file, begin, begin + p->len };
}

static void add_done(struct guess *g, int after, size_t i)
{
	const struct fate *fate = &g->m.fates[after][i];
	size_t other = fate->other;
	const struct item *item = item_of(g, after, i);
	struct done *d;

	ARRAY_GROW(g->ret->done, g->ret->nr_done, g->alloc_done);
	d = &g->ret->done[g->ret->nr_done++];
	*d = (struct done){
		.deeds = fate->deeds,
		.residue =
			fate->residue || fate->how.comment || fate->how.space,
		.what = xstrdup(item_kind_name(item->kind)),
		.name = xstrdup(shown_name(item)),
		.lines = lines_of(piece_of(g, after, i)),
		.but = but_for(fate),
		.before = extent_of(g, 0, after ? other : i),
		.after = extent_of(g, 1, after ? i : TEXT_NONE),
	};
	if (after)
		d->to = place_of(g, 1, i);
	else
		d->from = place_of(g, 0, i);
	if (!after || other == TEXT_NONE)
		return;
	d->from = place_of(g, 0, other);
	d->context = strcmp(piece_of(g, 0, other)->context,
			    piece_of(g, 1, i)->context) != 0;
	d->residue |= d->context;
	if (streq(shown_name(item_of(g, 0, other)), d->name))
		return;
	d->new_name = d->name;
	d->name = xstrdup(shown_name(item_of(g, 0, other)));
}

static void add_file(struct guess *g, const struct renamed *path)
{
	ARRAY_GROW(g->ret->done, g->ret->nr_done, g->alloc_done);
	g->ret->done[g->ret->nr_done++] = (struct done){
		.deeds = DEED_FILE_RENAMED,
		.what = xstrdup("file"),
		.name = xstrdup(path->old),
		.new_name = xstrdup(path->new),
		.from = xasprintf("%s:1", path->old),
		.to = xasprintf("%s:1", path->new),
		.before = { .text = EXTENT_NONE },
		.after = { .text = EXTENT_NONE },
	};
}

void infer_list(struct guess *g)
{
	for (size_t i = 0; i < g->ret->contract.nr_paths; i++)
		add_file(g, &g->ret->paths[i]);
	for (size_t k = 0; k < g->check.after.nr; k++)
		if (g->m.fates[1][k].deeds)
			add_done(g, 1, k);
	for (size_t i = 0; i < g->check.before.nr; i++)
		if (g->m.fates[0][i].deeds &&
		    g->m.fates[0][i].other == TEXT_NONE)
			add_done(g, 0, i);
}

/* ---- Both of them kept and let go ---- */

static const char *const deed_names[] = {
	"moved",	"promoted",  "inlined",	  "renamed",   "names renamed",
	"file renamed", "extracted", "gave code", "prototype", "include",
	"conditional",	"comment",   "changed",	  "added",     "lost",
};

char *deeds_text(unsigned int deeds)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(deed_names); i++)
		add_part(&b, deeds & 1u << i, deed_names[i]);
	return buf_detach(&b);
}

void inference_release(struct inference *inference)
{
	for (size_t i = 0; i < inference->nr_done; i++) {
		struct done *d = &inference->done[i];

		free(d->what);
		free(d->name);
		free(d->new_name);
		free(d->from);
		free(d->to);
		free(d->but);
	}
	free(inference->done);
	free(inference->shifted);
	free(inference->renamed);
	free(inference->paths);
	strv_release(&inference->words);
	strv_release(&inference->contract.names);
	strv_release(&inference->contract.helpers);
	*inference = (struct inference){ 0 };
}
