// SPDX-License-Identifier: GPL-2.0-only
/*
 * The files of one step in memory. Reading through a callback keeps this file
 * free of git and lets a test put a few strings where a commit would be; the
 * bytes of the commit stay beside the new ones, because the text rung and the
 * commit both want to know what changed.
 */
#include "edits.h"

void edits_init(struct edits *e, edits_reader *read, edits_finder *find,
		void *read_data)
{
	*e = (struct edits){ .read = read, .find = find,
			     .read_data = read_data };
}

static struct edit *find_edit(const struct edits *e, const char *path)
{
	for (size_t i = 0; i < e->nr; i++)
		if (streq(e->v[i]->path, path))
			return e->v[i];
	return NULL;
}

static struct edit *add(struct edits *e, const char *path)
{
	struct edit *edit = xcalloc(1, sizeof(*edit));

	edit->path = xstrdup(path);
	edit->before = (struct buf)BUF_INIT;
	edit->data = (struct buf)BUF_INIT;
	ARRAY_GROW(e->v, e->nr, e->alloc);
	e->v[e->nr++] = edit;
	return edit;
}

int edits_open(struct edits *e, const char *path, struct edit **ret,
	       struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct edit *edit = find_edit(e, path);
	int found;

	if (!edit) {
		found = e->read(e->read_data, path, &text, err);
		if (found <= 0)
			return found;
		edit = add(e, path);
		buf_add(&edit->before, text.data, text.len);
		buf_add(&edit->data, text.data, text.len);
	}
	*ret = edit;
	return 1;
}

int edits_create(struct edits *e, const char *path, struct edit **ret,
		 struct error *err)
{
	struct edit *edit;
	int found = edits_open(e, path, &edit, err);

	if (found < 0)
		return -1;
	if (found)
		return error_set(err, ERROR_DRIFT, "%s: exists already", path);
	edit = add(e, path);
	edit->is_new = true;
	*ret = edit;
	return 0;
}

int edits_rename(struct edits *e, const char *from, const char *to,
		 struct edit **ret, struct error *err)
{
	struct edit *old, *new;
	int found = edits_open(e, from, &old, err);

	if (found <= 0)
		return found;
	if (edits_create(e, to, &new, err))
		return -1;
	buf_add(&new->data, old->data.data, old->data.len);
	new->mode_of = xstrdup(from);
	buf_reset(&old->data);
	old->is_gone = true;
	*ret = new;
	return 1;
}

int edits_find(struct edits *e, const struct strv *words, struct strv *ret,
	       struct error *err)
{
	return e->find ? e->find(e->read_data, words, ret, err) : 0;
}

int edits_namesakes(struct edits *e, const char *name, struct strv *ret,
		    struct error *err)
{
	return e->list ? e->list(e->read_data, name, ret, err) : 0;
}

bool edit_changed(const struct edit *edit)
{
	return edit->is_new || edit->is_gone || edit->before.len != edit->data.len ||
	       memcmp(edit->before.data, edit->data.data, edit->data.len) != 0;
}

void edits_release(struct edits *e)
{
	for (size_t i = 0; i < e->nr; i++) {
		free(e->v[i]->path);
		free(e->v[i]->mode_of);
		buf_release(&e->v[i]->before);
		buf_release(&e->v[i]->data);
		free(e->v[i]);
	}
	free(e->v);
	*e = (struct edits){ 0 };
}
