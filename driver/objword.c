// SPDX-License-Identifier: GPL-2.0-only
/*
 * One word more in a Makefile. The file is read by logical lines (physical
 * ones joined by a backslash), and only as much as is needed to tell a list of
 * objects from everything else that a Makefile can hold.
 */
#define _GNU_SOURCE
#include "objword.h"

#include "lib/fs.h"

struct word_search {
	const struct buf *file;
	const char *path;
	char *word;	    /* owned: looked for; NULL: the folder has none */
	size_t found;	    /* matches on lists of objects */
	size_t end;	    /* offset behind the last match */
	unsigned int line;  /* its physical line */
	bool alone;	    /* its list makes each object a module of its own */
};

static void release_word(struct word_search *s)
{
	free(s->word);
}

char *objword_of(const char *kbuild, const char *source)
{
	const char *slash = strrchr(kbuild, '/');
	size_t folder = slash ? (size_t)(slash + 1 - kbuild) : 0;

	if (!ends_with(source, ".c") || strncmp(source, kbuild, folder) != 0)
		return NULL;
	return xasprintf("%.*s.o", (int)(strlen(source) - folder - 2),
			 source + folder);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\\';
}

/* Offset behind the logical line that begins at pos. */
static size_t line_end(const struct buf *b, size_t pos)
{
	while (pos < b->len) {
		const char *nl = memchr(b->data + pos, '\n', b->len - pos);
		size_t at = nl ? (size_t)(nl - b->data) : b->len;

		pos = at < b->len ? at + 1 : at;
		if (at && b->data[at - 1] == '\r')
			at--;
		if (!at || b->data[at - 1] != '\\')
			break;
	}
	return pos;
}

/* A list of objects: "name-y", "name-m", "name-objs", "name-$(...)", "name-${...}". */
static bool is_object_list(const char *name, size_t len)
{
	const char *dollar = memmem(name, len, "-$", 2);

	if (len > 1 && (name[len - 1] == ')' || name[len - 1] == '}'))
		return dollar && dollar > name && strchr("({", dollar[2]);
	return (len > 2 && !memcmp(name + len - 2, "-y", 2)) ||
	       (len > 2 && !memcmp(name + len - 2, "-m", 2)) ||
	       (len > 5 && !memcmp(name + len - 5, "-objs", 5));
}

/*
 * The variable that a logical line assigns to, as offsets; the return value is
 * where the words begin, 0 when the line is no assignment.
 */
static size_t assigned(const struct buf *b, size_t pos, size_t end,
			    size_t *name, size_t *name_len)
{
	while (pos < end && b->data[pos] == ' ')
		pos++;
	*name = pos;
	while (pos < end && !is_blank(b->data[pos]) &&
	       !strchr("=:+#", b->data[pos]))
		pos++;
	*name_len = pos - *name;
	while (pos < end && is_blank(b->data[pos]))
		pos++;
	if (pos < end && (b->data[pos] == '+' || b->data[pos] == ':'))
		pos++;
	return pos < end && b->data[pos] == '=' ? pos + 1 : 0;
}

static bool is_named_in_list(const struct buf *b, const char *name, size_t len);

/* The same, 0 when the variable is no list of objects by name or by use. */
static size_t assigned_list(const struct buf *b, size_t pos, size_t end,
			    size_t *name, size_t *name_len)
{
	size_t words = assigned(b, pos, end, name, name_len);

	return words && (is_object_list(b->data + *name, *name_len) ||
			 is_named_in_list(b, b->data + *name, *name_len)) ?
		       words : 0;
}

/* "kvm-y += $(KVM_OBJS)" makes a list of objects of KVM_OBJS. */
static bool is_named_in_list(const struct buf *b, const char *name, size_t len)
{
	_cleanup_free_ char *use = xasprintf("$(%.*s)", (int)len, name);
	size_t next;

	for (size_t pos = 0; len && pos < b->len; pos = next) {
		size_t other, other_len, words;

		next = line_end(b, pos);
		if (b->data[pos] == '\t')
			continue;
		words = assigned(b, pos, next, &other, &other_len);
		if (words && is_object_list(b->data + other, other_len) &&
		    memmem(b->data + words, next - words, use, strlen(use)))
			return true;
	}
	return false;
}

static unsigned int line_of(const struct buf *b, size_t pos)
{
	unsigned int line = 1;

	for (size_t i = 0; i < pos; i++)
		line += b->data[i] == '\n';
	return line;
}

static void search_words(struct word_search *s, size_t pos, size_t end,
			 bool alone)
{
	const char *text = s->file->data;
	size_t len = strlen(s->word);

	while (pos < end && text[pos] != '#') {
		size_t begin = pos;

		while (pos < end && !is_blank(text[pos]) && text[pos] != '#')
			pos++;
		if (pos - begin == len && !memcmp(text + begin, s->word, len)) {
			s->found++;
			s->end = pos;
			s->line = line_of(s->file, begin);
			s->alone = alone;
		}
		while (pos < end && is_blank(text[pos]))
			pos++;
	}
}

/* Recipe lines begin with a tab: they are the shell's. */
static void search(struct word_search *s)
{
	const struct buf *b = s->file;
	size_t next;

	for (size_t pos = 0; pos < b->len; pos = next) {
		size_t name, name_len, words;
		bool module;

		next = line_end(b, pos);
		if (b->data[pos] == '\t')
			continue;
		words = assigned_list(b, pos, next, &name, &name_len);
		if (!words)
			continue;
		module = starts_with(b->data + name, "obj-") &&
			 b->data[name + name_len - 1] != 'y';
		search_words(s, words, next, module);
	}
}

static bool complain(const struct word_search *s, struct drifts *drifts,
		     const char *what, const char *suggestion)
{
	drifts_add(drifts, DRIFT_KBUILD, s->word, s->path,
		   s->found ? s->line : 0, suggestion, "%s %s", s->word, what);
	return false;
}

static bool check_words(const struct word_search *old,
			const struct word_search *new, struct drifts *drifts)
{
	if (new->found)
		return complain(new, drifts, "is built already",
				"is the step applied already?");
	if (!old->found)
		return complain(old, drifts, "is in no list of objects",
				"name the right file with 'Kbuild:'");
	if (old->found > 1)
		return complain(old, drifts, "is in more than one list",
				"add the new object by hand first");
	if (old->alone)
		return complain(old, drifts, "is a module of its own",
				"make it a composite object first");
	return true;
}

/* The words of both files and where they stand; false, and drift, if in vain. */
static bool look_for(const struct buf *file, const char *path,
		     const char *from, const char *to, struct word_search *old,
		     struct word_search *new, struct drifts *drifts)
{
	*old = (struct word_search){ .file = file, .path = path };
	*new = *old;
	old->word = objword_of(path, from);
	new->word = objword_of(path, to);
	if (!old->word || !new->word) {
		drifts_add(drifts, DRIFT_KBUILD, to, path, 0,
			   "name another file with 'Kbuild:'",
			   "cannot name the objects of %s and %s from this folder",
			   from, to);
		return false;
	}
	search(old);
	search(new);
	return check_words(old, new, drifts);
}

bool objword_add(struct buf *file, const char *path, const char *from,
		 const char *to, struct drifts *drifts)
{
	_cleanup_(release_word) struct word_search old, new;

	if (!look_for(file, path, from, to, &old, &new, drifts))
		return false;
	buf_splice(file, old.end, 0, new.word, strlen(new.word));
	buf_splice(file, old.end, 0, " ", 1);
	return true;
}

bool objword_lists(const struct buf *file, const char *path, const char *source)
{
	_cleanup_(release_word) struct word_search s = {
		.file = file, .path = path, .word = objword_of(path, source),
	};

	if (s.word)
		search(&s);
	return s.found;
}

int objword_find(struct edits *edits, const char *source, char **ret,
		 struct error *err)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	_cleanup_free_ char *dir = fs_dirname(source);

	for (;;) {
		bool top = streq(dir, ".") || streq(dir, "/") || !*dir;
		char *above;

		for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
			_cleanup_(buf_release) struct buf text = BUF_INIT;
			_cleanup_free_ char *path =
				top ? xstrdup(names[i]) : fs_join(dir, names[i]);
			int found = edits->read(edits->read_data, path, &text,
						err);

			if (found < 0)
				return -1;
			if (found && objword_lists(&text, path, source)) {
				*ret = xstrdup(path);
				return 1;
			}
		}
		if (top)
			return 0;
		above = fs_dirname(dir);
		free(dir);
		dir = above;
	}
}

int objword_open(struct edits *edits, const char *named, const char *path,
		 struct edit **ret, struct error *err)
{
	static const char *const names[] = { "Makefile", "Kbuild" };
	_cleanup_free_ char *dir = fs_dirname(path);
	int found = 0;

	if (named)
		return edits_open(edits, named, ret, err);
	for (size_t i = 0; i < ARRAY_SIZE(names) && !found; i++) {
		_cleanup_free_ char *file = fs_join(dir, names[i]);

		found = edits_open(edits, file, ret, err);
	}
	return found;
}

/* "CFLAGS_x.o" and "$(obj)/x.o" are about x.o; "max.o" and "y/x.o" are not. */
static bool is_subject(const struct buf *file, size_t at, size_t len)
{
	const char *s = file->data;
	size_t begin = at, end = at + len;

	if (s[end] && !is_blank(s[end]) && !strchr(":=+", s[end]))
		return false;
	if (!at || is_blank(s[at - 1]))
		return true;
	if (s[at - 1] == '/')
		return at > 1 && s[at - 2] == ')';
	if (s[at - 1] != '_')
		return false;
	while (begin && (s[begin - 1] == '_' ||
			 (s[begin - 1] >= 'A' && s[begin - 1] <= 'Z')))
		begin--;
	return begin < at - 1 && (!begin || is_blank(s[begin - 1]));
}

bool objword_rename(struct buf *file, const char *path, const char *from,
		    const char *to, struct drifts *drifts)
{
	_cleanup_(release_word) struct word_search old, new;
	size_t len;

	if (!look_for(file, path, from, to, &old, &new, drifts))
		return false;
	len = strlen(old.word);
	for (size_t at = file->len; at-- > 0;)
		if (at + len <= file->len &&
		    !memcmp(file->data + at, old.word, len) &&
		    is_subject(file, at, len))
			buf_splice(file, at, len, new.word, strlen(new.word));
	return true;
}
