// SPDX-License-Identifier: GPL-2.0-only
/*
 * Both dumps are walked from the export on, each type at most once, as genksyms
 * itself expands them. Where one side says "{ UNKNOWN }" and the other has the
 * members, nothing can be compared and nothing needs to be: what is in there
 * is not part of the former's checksum. Any other difference ends the walk.
 *
 * The checksum that genksyms printed with the dump must be the module's: a dump
 * of another compilation explains nothing.
 */
#define _GNU_SOURCE
#include "crc.h"

#include "lib/hash.h"

/* What a name stands for: the words behind it. */
struct expansion {
	char *name;	   /* owned */
	const char *words; /* in the dump's text, up to the end of the line */
	size_t walk;	   /* the last walk that it was seen in; 0: none */
	UT_hash_handle hh;
};

struct dump {
	char *text; /* owned */
	struct expansion *expansions;
	size_t walks; /* begun so far */
};

struct crc_dumps {
	struct dump *v;
	size_t nr;
};

/* A walk over one export. */
struct walk {
	struct dump *sides[2];
	struct strv names;	/* to compare, and compared: no repeats */
	struct strv incomplete; /* types that one side knows only by name */
	struct strv different;
};

/* The word at *p, which then stands behind it; NULL at the end of the line. */
static char *next_word(const char **p)
{
	const char *word = *p + strspn(*p, " ");
	size_t len = strcspn(word, " \n");

	/* genksyms puts a type whose name has blanks in quotes: s#'a b' */
	if (len > 2 && word[2] == '\'') {
		const char *end = strpbrk(word + 3, "'\n");

		if (end && *end == '\'')
			len = (size_t)(end - word) + 1;
	}
	*p = word + len;
	return len ? xstrndup(word, len) : NULL;
}

static bool is_type(const char *word)
{
	return strchr("tseuE", word[0]) && word[0] && word[1] == '#' && word[2];
}

static struct expansion *find(const struct dump *dump, const char *name)
{
	struct expansion *e;

	HASH_FIND_STR(dump->expansions, name, e);
	return e;
}

static void read_dump(const char *text, struct dump *ret)
{
	ret->text = xstrdup(text);
	for (const char *line = ret->text; *line;) {
		const char *p = line;
		char *name = *line == '#' ? NULL : next_word(&p);

		if (name && streq(name, "override")) {
			free(name);
			name = next_word(&p);
		}
		if (name && !find(ret, name)) {
			struct expansion *e = xcalloc(1, sizeof(*e));

			e->name = name;
			e->words = p;
			HASH_ADD_KEYPTR(hh, ret->expansions, e->name,
					strlen(e->name), e);
		} else {
			free(name);
		}
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
}

struct crc_dumps *crc_dumps_new(const struct strv *texts)
{
	struct crc_dumps *dumps = xcalloc(1, sizeof(*dumps));

	dumps->nr = texts->nr;
	dumps->v = xcalloc(texts->nr ? texts->nr : 1, sizeof(*dumps->v));
	for (size_t i = 0; i < texts->nr; i++)
		read_dump(texts->v[i], &dumps->v[i]);
	return dumps;
}

static void release_dump(struct dump *dump)
{
	struct expansion *e = dump->expansions, *next;

	HASH_CLEAR(hh, dump->expansions);
	for (; e; e = next) {
		next = e->hh.next;
		free(e->name);
		free(e);
	}
	free(dump->text);
}

void crc_dumps_free(struct crc_dumps *dumps)
{
	for (size_t i = 0; dumps && i < dumps->nr; i++)
		release_dump(&dumps->v[i]);
	if (dumps)
		free(dumps->v);
	free(dumps);
}

/* The dump in which genksyms gave this export this CRC; NULL. */
static struct dump *dump_of(struct crc_dumps *dumps, const char *name,
			    const char *crc)
{
	_cleanup_free_ char *line = xasprintf("#SYMVER %s %s\n", name, crc);

	for (size_t i = 0; i < dumps->nr; i++) {
		const char *at = strstr(dumps->v[i].text, line);

		if (at && (at == dumps->v[i].text || at[-1] == '\n') &&
		    find(&dumps->v[i], name))
			return &dumps->v[i];
	}
	return NULL;
}

static bool is_incomplete(const struct expansion *e)
{
	static const char end[] = "{ UNKNOWN }";
	size_t len = strcspn(e->words, "\n");

	while (len && e->words[len - 1] == ' ')
		len--;
	return len >= strlen(end) &&
	       !strncmp(e->words + len - strlen(end), end, strlen(end));
}

/* Puts a name down to be compared, once. */
static void ask(struct walk *w, const char *name)
{
	struct expansion *e = find(w->sides[0], name);

	if (e && e->walk == w->sides[0]->walks)
		return;
	if (e)
		e->walk = w->sides[0]->walks;
	strv_add(&w->names, name);
}

/* Holds two lines against each other, and puts down the types in them. */
static bool same_words(struct walk *w, const char *a, const char *b)
{
	for (;;) {
		_cleanup_free_ char *x = next_word(&a), *y = next_word(&b);

		if (!x || !y)
			return !x && !y;
		if (!streq(x, y))
			return false;
		if (is_type(x))
			ask(w, x);
	}
}

/* False when there is nothing to compare, or a difference was found. */
static bool compare_name(struct walk *w, const char *name)
{
	const struct expansion *a = find(w->sides[0], name);
	const struct expansion *b = find(w->sides[1], name);

	if (!a || !b)
		return false;
	if (is_type(name) && is_incomplete(a) != is_incomplete(b)) {
		strv_add(&w->incomplete, name + 2);
		return true;
	}
	if (same_words(w, a->words, b->words))
		return true;
	strv_add(&w->different, is_type(name) ? name + 2 : name);
	return false;
}

static enum crc_change walk(struct walk *w, const char *name)
{
	bool going = true;

	w->sides[0]->walks++;
	ask(w, name);
	/* grows while it is walked over */
	for (size_t i = 0; i < w->names.nr && going; i++)
		going = compare_name(w, w->names.v[i]);
	if (w->different.nr)
		return CRC_DIFFERENT;
	if (!going)
		return CRC_UNKNOWN;
	return w->incomplete.nr ? CRC_INCOMPLETE : CRC_EQUAL;
}

enum crc_change crc_compare(struct crc_dumps *before, const char *before_crc,
			    struct crc_dumps *after, const char *after_crc,
			    const char *name, struct strv *ret)
{
	struct walk w = { .sides = { dump_of(before, name, before_crc),
				     dump_of(after, name, after_crc) } };
	enum crc_change change = CRC_UNKNOWN;

	if (w.sides[0] && w.sides[1])
		change = walk(&w, name);
	if (change == CRC_INCOMPLETE)
		strv_add_list(ret, &w.incomplete);
	else if (change == CRC_DIFFERENT)
		strv_add_list(ret, &w.different);
	strv_uniq(ret);
	strv_release(&w.names);
	strv_release(&w.incomplete);
	strv_release(&w.different);
	return change;
}
