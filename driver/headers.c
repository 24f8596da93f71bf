// SPDX-License-Identifier: GPL-2.0-only
/*
 * A breadth-first walk over #include lines. Most questions are answered within
 * the file's own folder, and the walk stays there as long as it can: a kernel
 * header leads to a thousand others.
 */
#include "headers.h"

#include "include_path.h"
#include "lib/hash.h"

struct header_entry {
	struct header file;
	UT_hash_handle hh; /* by file.path */
};

/* A file on the way, and the one whose include leads to it. */
struct visit {
	char *path;   /* owned */
	size_t above; /* index in the walk; of the first one its own */
};

struct walk {
	struct visit *v;
	size_t nr, alloc;
	struct seen *seen;
};

struct seen {
	const char *path; /* borrowed from the walk's visits */
	UT_hash_handle hh;
};

void headers_init(struct headers *h, edits_reader *read, void *data)
{
	*h = (struct headers){ .read = read, .data = data };
}

static struct header *find(const struct headers *h, const char *path)
{
	struct header_entry *entry;

	HASH_FIND_STR(h->files, path, entry);
	return entry ? &entry->file : NULL;
}

static struct header *add(struct headers *h, const char *path)
{
	struct header_entry *entry = xcalloc(1, sizeof(*entry));

	entry->file.path = xstrdup(path);
	entry->file.text = (struct buf)BUF_INIT;
	HASH_ADD_KEYPTR(hh, h->files, entry->file.path,
			strlen(entry->file.path), entry);
	return &entry->file;
}

void headers_put(struct headers *h, const char *path, const char *text,
		 size_t len)
{
	struct header *header = add(h, path);

	buf_add(&header->text, text, len);
	items_parse(header->text.data, header->text.len, &header->items);
	for (size_t i = 0; i < header->items.nr; i++) {
		const struct item *it = &header->items.v[i];

		if (it->kind != ITEM_INCLUDE)
			continue;
		ARRAY_GROW(header->includes, header->nr_includes,
			   header->alloc_includes);
		header->includes[header->nr_includes++] =
			(struct header_include){ .name = xstrdup(it->name) };
	}
}

int headers_get(struct headers *h, const char *path, struct header **ret,
		struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct header *header = find(h, path);
	int found;

	if (!header) {
		found = h->read(h->data, path, &text, err);
		if (found < 0)
			return -1;
		headers_put(h, path, text.data, text.len);
		header = find(h, path);
		header->is_absent = !found;
	}
	*ret = header;
	return !header->is_absent;
}

const struct header_names *header_own_names(struct header *header)
{
	if (!header->has_names)
		header_names_of(&header->items, &header->names);
	header->has_names = true;
	return &header->names;
}

static int exists(void *data, const char *path, struct error *err)
{
	struct header *header;

	return headers_get(data, path, &header, err);
}

int headers_resolve(struct headers *h, const char *path, const char *include,
		    char **ret, struct error *err)
{
	return include_resolve(path, include, exists, h, ret, err);
}

int header_ask_include(struct headers *h, struct header *header, size_t i,
		       struct error *err)
{
	struct header_include *include = &header->includes[i];

	if (!include->is_known &&
	    headers_resolve(h, header->path, include->name, &include->path,
			    err) < 0)
		return -1;
	include->is_known = true;
	return 0;
}

/* "debugreg.h" of <asm/debugreg.h>, <uapi/asm/debugreg.h>, <linux/debugreg.h>. */
static const char *topic(const char *include)
{
	static const char *const folders[] = {
		"uapi/", "linux/", "asm/", "asm-generic/",
	};
	const char *name = include + 1;

	for (size_t i = 0; i < ARRAY_SIZE(folders); i++)
		if (starts_with(name, folders[i]))
			name += strlen(folders[i]);
	return name;
}

void header_list_add(struct header_list *list, struct header *header)
{
	for (size_t i = 0; i < list->nr; i++)
		if (list->v[i] == header)
			return;
	ARRAY_GROW(list->v, list->nr, list->alloc);
	list->v[list->nr++] = header;
}

static int add_behind(struct headers *h, const char *include,
		      struct header *header, struct header_list *list,
		      struct error *err)
{
	for (size_t i = 0; i < header->nr_includes; i++) {
		const char *name = header->includes[i].name;
		struct header *next;
		int found;

		if (name[0] != '<' || include[0] != '<' ||
		    !streq(topic(name), topic(include)))
			continue;
		if (header_ask_include(h, header, i, err))
			return -1;
		if (!header->includes[i].path)
			continue;
		found = headers_get(h, header->includes[i].path, &next, err);
		if (found < 0)
			return -1;
		header_list_add(list, next);
	}
	return 0;
}

int headers_behind(struct headers *h, const char *include,
		   struct header_list *list, struct error *err)
{
	for (size_t at = 0; at < list->nr; at++)
		if (add_behind(h, include, list->v[at], list, err))
			return -1;
	return 0;
}

static bool is_public(const char *path)
{
	return starts_with(path, "include/") || strstr(path, "/include/");
}

static void visit(struct walk *w, const char *path, size_t above)
{
	struct seen *seen;

	HASH_FIND_STR(w->seen, path, seen);
	if (seen)
		return;
	ARRAY_GROW(w->v, w->nr, w->alloc);
	w->v[w->nr] = (struct visit){ xstrdup(path), above };
	seen = xcalloc(1, sizeof(*seen));
	seen->path = w->v[w->nr++].path;
	HASH_ADD_KEYPTR(hh, w->seen, seen->path, strlen(seen->path), seen);
}

static void give_chain(const struct walk *w, size_t last, struct strv *chain)
{
	size_t above = w->v[last].above;

	if (above != last)
		give_chain(w, above, chain);
	strv_add(chain, w->v[last].path);
}

static void walk_release(struct walk *w)
{
	struct seen *seen = w->seen, *next;

	HASH_CLEAR(hh, w->seen); /* the index; the list of entries stays */
	for (; seen; seen = next) {
		next = seen->hh.next;
		free(seen);
	}
	for (size_t i = 0; i < w->nr; i++)
		free(w->v[i].path);
	free(w->v);
}

/* The includes of one file of the walk; those that cannot lead on are left out. */
static int step(struct headers *h, struct walk *w, size_t at, const char *to,
		struct error *err)
{
	struct header *header;
	int found;

	if (is_public(w->v[at].path) && !is_public(to))
		return 0;
	found = headers_get(h, w->v[at].path, &header, err);
	if (found <= 0)
		return found;
	for (size_t i = 0; i < header->nr_includes; i++) {
		if (header->includes[i].name[0] == '<' && !is_public(to))
			continue;
		if (header_ask_include(h, header, i, err))
			return -1;
		if (header->includes[i].path)
			visit(w, header->includes[i].path, at);
	}
	return 0;
}

int headers_path(struct headers *h, const char *from, const char *to,
		 struct strv *chain, struct error *err)
{
	struct walk w = { 0 };
	int result = 0;

	visit(&w, from, 0);
	for (size_t at = 0; at < w.nr && !result; at++) {
		if (streq(w.v[at].path, to)) {
			if (chain)
				give_chain(&w, at, chain);
			result = 1;
			break;
		}
		result = step(h, &w, at, to, err);
	}
	walk_release(&w);
	return result;
}

static void free_includes(struct header *header)
{
	for (size_t i = 0; i < header->nr_includes; i++) {
		free(header->includes[i].name);
		free(header->includes[i].path);
	}
	free(header->includes);
}

void headers_release(struct headers *h)
{
	struct header_entry *entry = h->files, *next;

	HASH_CLEAR(hh, h->files); /* the index; the list of entries stays */
	for (; entry; entry = next) {
		next = entry->hh.next;
		if (entry->file.has_names)
			header_names_release(&entry->file.names);
		items_release(&entry->file.items);
		buf_release(&entry->file.text);
		free_includes(&entry->file);
		free(entry->file.path);
		free(entry);
	}
}
