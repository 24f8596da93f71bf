// SPDX-License-Identifier: GPL-2.0-only
/*
 * Touched files that are not C, and files that come or vanish. The build file
 * of a move gains one word; nothing else may differ, whatever make would think
 * of it: white space is significant there.
 */
#include "text.h"

void text_report_file(struct text_check *check, enum result weight,
		      const struct text *text, size_t offset,
		      const char *detail)
{
	_cleanup_free_ char *where = NULL;
	struct finding *f;
	size_t line = 1;

	for (size_t i = 0; text->data && i < offset; i++)
		line += text->data[i] == '\n';
	where = xasprintf("%s:%zu", text->path, line);
	f = outcome_add(check->out, weight, "file", text->path, where, "%s",
			detail);
	if (text->data)
		f->excerpt = text_excerpt(text->data, text->len, offset);
}

static bool is_padding(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\\';
}

/* True when after[begin, begin + len) holds the word and what parts it from others. */
static bool is_one_word(const struct text *after, size_t begin, size_t len,
			const char *word)
{
	size_t n = strlen(word), end = begin + len, at = begin;
	bool wraps = memchr(after->data + begin, '\n', len) != NULL;

	while (at < end && is_padding(after->data[at]))
		at++;
	if (end - at < n || memcmp(after->data + at, word, n) != 0)
		return false;
	if ((at && !is_padding(after->data[at - 1])) ||
	    (at + n < after->len && !is_padding(after->data[at + n])))
		return false;
	for (size_t i = at + n; i < end; i++)
		if (!is_padding(after->data[i]))
			return false;
	if (len > n + 1 && !wraps)
		return false;
	/* A wrapped list needs its continuation; a bare newline ends the list. */
	return !wraps || memchr(after->data + begin, '\\', len);
}

/* True when taking the word out of 'after' at some place gives 'before'. */
static bool gained_word(const struct text *before, const struct text *after,
			const char *word)
{
	size_t len;

	if (after->len <= before->len)
		return false;
	len = after->len - before->len;
	for (size_t i = 0; i <= before->len; i++) {
		if (!memcmp(before->data + i, after->data + i + len,
			    before->len - i) &&
		    is_one_word(after, i, len, word))
			return true;
		if (i < before->len && before->data[i] != after->data[i])
			return false;
	}
	return false;
}

/* Where a logical line of a build file ends: behind a newline that no backslash hides. */
static size_t logical_end(const struct text *t, size_t at)
{
	while (at < t->len &&
	       (t->data[at] != '\n' || (at && t->data[at - 1] == '\\')))
		at++;
	return at < t->len ? at + 1 : at;
}

/* What a line is a list of: "kvm-y" of "kvm-y += x86.o"; 0 bytes if of nothing. */
static size_t list_name(const struct text *t, size_t begin, size_t end)
{
	size_t len = 0;

	while (begin + len < end && !strchr(" \t\n:+?=#", t->data[begin + len]))
		len++;
	for (size_t at = begin + len; at < end; at++) {
		if (t->data[at] == '=')
			return len;
		if (!strchr(" \t:+?", t->data[at]))
			break;
	}
	return 0;
}

static bool has_word(const struct text *t, size_t begin, size_t end,
		     const char *word)
{
	size_t n = strlen(word);

	for (size_t at = begin; at + n <= end && t->data[at] != '#'; at++)
		if (!memcmp(t->data + at, word, n) &&
		    (at == begin || is_padding(t->data[at - 1])) &&
		    (at + n == end || is_padding(t->data[at + n])))
			return true;
	return false;
}

/* Opens, turns or closes make's conditionals; each line of them is a word of nest. */
static void follow_nest(const struct text *t, size_t begin, size_t end,
			struct strv *nest)
{
	_cleanup_free_ char *line = xstrndup(t->data + begin, end - begin);
	const char *word = line + strspn(line, " ");

	if (starts_with(word, "ifdef") || starts_with(word, "ifndef") ||
	    starts_with(word, "ifeq") || starts_with(word, "ifneq"))
		strv_add(nest, word);
	else if (starts_with(word, "else"))
		strv_add(nest, "else");
	else
		while (starts_with(word, "endif") && nest->nr) {
			bool was_else = streq(nest->v[nest->nr - 1], "else");

			free(nest->v[--nest->nr]);
			if (!was_else)
				break;
		}
}

/* The list that holds a word, with the conditionals around it: one entry each. */
static void lists_with(const struct text *t, const char *word,
		       struct strv *ret)
{
	struct strv nest _cleanup_(strv_release) = STRV_INIT;

	for (size_t begin = 0, end; begin < t->len; begin = end) {
		size_t name;

		end = logical_end(t, begin);
		follow_nest(t, begin, end, &nest);
		name = list_name(t, begin, end);
		if (name && has_word(t, begin, end, word)) {
			_cleanup_free_ char *around = strv_join(&nest, " ");

			strv_addf(ret, "%.*s %s", (int)name, t->data + begin,
				  around);
		}
	}
}

/* "mmu/spte.o" for the source that the step takes from, as the build file says. */
char *text_object_word(const struct contract *c)
{
	const char *slash = strrchr(c->kbuild, '/');
	size_t folder = slash ? (size_t)(slash + 1 - c->kbuild) : 0;

	if (!ends_with(c->from, ".c") || strncmp(c->from, c->kbuild, folder))
		return NULL;
	return xasprintf("%.*s.o", (int)(strlen(c->from) - folder - 2),
			 c->from + folder);
}

/*
 * What moves stays in its module, built when it was built before: the new
 * object stands in a list that has the old one, under the same conditions.
 * No rung sees what is linked into what. NULL if it does; else why not.
 */
static const char *list_error(const struct contract *c,
			      const struct text *after)
{
	_cleanup_free_ char *word = text_object_word(c);
	struct strv old _cleanup_(strv_release) = STRV_INIT;
	struct strv new _cleanup_(strv_release) = STRV_INIT;

	if (word)
		lists_with(after, word, &old);
	lists_with(after, c->kbuild_word, &new);
	if (new.nr != 1 || !strv_has(&old, new.v[0]))
		return "the new object is in no list that has the old one";
	if (starts_with(new.v[0], "obj-") && !starts_with(new.v[0], "obj-y "))
		return "the new object may be a module of its own";
	return NULL;
}

const char *text_object_error(const struct contract *c, const struct text *a,
			      const struct text *b)
{
	_cleanup_free_ char *word = text_object_word(c);
	struct strv old _cleanup_(strv_release) = STRV_INIT;
	struct strv new _cleanup_(strv_release) = STRV_INIT;
	struct strv rest _cleanup_(strv_release) = STRV_INIT;

	if (!word)
		return "it cannot name the object of the renamed file";
	lists_with(a, word, &old);
	lists_with(b, c->kbuild_word, &new);
	lists_with(b, word, &rest);
	if (old.nr != 1 || new.nr != 1 || rest.nr || !streq(old.v[0], new.v[0]))
		return "the renamed object is not in the one list that it was in";
	if (starts_with(new.v[0], "obj-") && !starts_with(new.v[0], "obj-y "))
		return "the renamed object may be a module of its own";
	return NULL;
}

static size_t first_difference(const struct text *a, const struct text *b)
{
	size_t i = 0;

	while (i < a->len && i < b->len && a->data[i] == b->data[i])
		i++;
	return i < b->len || !b->len ? i : b->len - 1;
}

static bool same_text(const struct text *a, const struct text *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

static void check_build_file(struct text_check *check, const struct text *a,
			     const struct text *b)
{
	const char *error = "it did not gain exactly the declared object word";

	if (gained_word(a, b, check->contract->kbuild_word))
		error = list_error(check->contract, b);
	if (error)
		text_report_file(check,
				 check->contract->change == CHANGE_MIXED ?
					 RESULT_UNDECIDED :
					 RESULT_DIFFERENT,
				 b, first_difference(a, b), error);
}

/* What people read, and no build does. */
static bool is_prose(const char *path)
{
	static const char *const files[] = { "MAINTAINERS", "CREDITS",
					     ".mailmap" };

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (streq(path, files[i]))
			return true;
	return starts_with(path, "Documentation/") &&
	       (ends_with(path, ".rst") || ends_with(path, ".txt"));
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* The word stands at i, between blanks. */
static bool stands_at(const struct text *t, size_t i, const char *word)
{
	size_t end = i + strlen(word);

	return (!i || is_blank(t->data[i - 1])) && end <= t->len &&
	       !memcmp(t->data + i, word, strlen(word)) &&
	       (end == t->len || is_blank(t->data[end]));
}

/* Nothing but the object's word became that of the new path. */
static bool renamed_word(const struct contract *c, const struct text *a,
			 const struct text *b)
{
	_cleanup_free_ char *old = text_object_word(c);
	size_t i = 0, k = 0;

	while (old && i < a->len && k < b->len) {
		if (stands_at(a, i, old) && stands_at(b, k, c->kbuild_word)) {
			i += strlen(old);
			k += strlen(c->kbuild_word);
		} else if (a->data[i++] != b->data[k++]) {
			return false;
		}
	}
	return old && i == a->len && k == b->len;
}

static void check_renamed_object(struct text_check *check, const struct text *a,
				 const struct text *b)
{
	const char *error = "more than the word of the renamed object changed";

	if (renamed_word(check->contract, a, b))
		error = text_object_error(check->contract, a, b);
	if (error)
		text_report_file(check, RESULT_UNDECIDED, b,
				 first_difference(a, b), error);
}

static const char *unread(const char *path)
{
	return is_prose(path) ? "changed, and no build reads it" :
				"changed, and no rung looks into such a file";
}

/* What a change of a file that is not C means: no rung looks into it. */
static enum result weight_of(const struct contract *c, const char *path)
{
	if (c->change == CHANGE_MIXED)
		return is_prose(path) ? RESULT_EQUAL : RESULT_UNDECIDED;
	return c->change == CHANGE_TRANSFORM && !c->names.nr ? RESULT_EQUAL :
							       RESULT_DIFFERENT;
}

static void check_content(struct text_check *check, const struct text *a,
			  const struct text *b)
{
	const struct contract *c = check->contract;

	if (c->change == CHANGE_RENAME_FILE)
		return; /* line by line, as all files: text_rename_file.c */
	if (c->change == CHANGE_MIXED && c->kbuild && !c->creates &&
	    streq(c->kbuild, a->path))
		check_renamed_object(check, a, b);
	else if ((c->change == CHANGE_MOVE || c->change == CHANGE_MIXED) &&
		 c->kbuild && streq(c->kbuild, a->path))
		check_build_file(check, a, b);
	else if (!same_text(a, b))
		text_report_file(check, weight_of(c, a->path), b,
				 first_difference(a, b),
				 c->change == CHANGE_MIXED ? unread(a->path) :
							     "changed");
}

static void check_presence(struct text_check *check, const struct text *a,
			   const struct text *b, bool is_c)
{
	const struct contract *c = check->contract;
	enum result weight = weight_of(c, a->path);
	bool created = ((c->change == CHANGE_MOVE && c->creates) ||
			c->change == CHANGE_RENAME_FILE) &&
		       c->to && streq(c->to, a->path);
	bool gone = c->change == CHANGE_RENAME_FILE && streq(c->from, a->path);

	if (c->change == CHANGE_MIXED) {
		/* What C held, or holds, is accounted for piece by piece. */
		if (!is_c && !a->data != !b->data)
			text_report_file(check, weight, b->data ? b : a, 0,
					 unread(a->path));
		return;
	}
	if (gone && (!a->data || b->data))
		text_report_file(check, RESULT_DIFFERENT, b->data ? b : a, 0,
				 "the step renames this file, but it was absent or is still there");
	else if (created && (a->data || !b->data))
		text_report_file(check, RESULT_DIFFERENT, b, 0,
			    "the step creates this file, but it was there or is not");
	else if (a->data && !b->data && !gone)
		text_report_file(check, weight, a, 0, "the file is gone");
	else if (!a->data && b->data && !created)
		text_report_file(check, weight, b, 0,
			    "a file appeared that the step does not create");
}

/* No kind of change is about modes; not even a residue may hide one. */
static void check_mode(struct text_check *check, const struct text *b)
{
	if (b->mode_changed)
		text_report_file(check, RESULT_DIFFERENT, b, 0,
			    "its mode changed, or is not that of a plain file");
}

/* A path of the contract that is not among the texts was not looked at. */
static void check_given(struct text_check *check, const char *path)
{
	if (path && text_find_file(&check->before, path) == TEXT_NONE)
		outcome_add(check->out, RESULT_UNDECIDED, "file", path, path,
			    "the step is about this file, but it was not given");
}

void text_other_files(struct text_check *check)
{
	const struct contract *c = check->contract;

	check_given(check, c->from);
	check_given(check, c->to);
	check_given(check, c->header);
	check_given(check, c->kbuild);
	for (size_t i = 0; i < check->before.nr_files; i++) {
		const struct text *a = check->before.files[i].text;
		const struct text *b = check->after.files[i].text;

		check_presence(check, a, b, check->before.files[i].is_c);
		check_mode(check, b);
		/* text_rename.c reads files of every type. */
		if (!check->before.files[i].is_c && a->data && b->data &&
		    c->change != CHANGE_RENAME)
			check_content(check, a, b);
	}
}
