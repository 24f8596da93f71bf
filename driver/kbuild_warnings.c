// SPDX-License-Identifier: GPL-2.0-only
/*
 * Warnings of a whole state, though make compiles only what changed. A warning
 * is printed once, when its object is made; it is kept beside the build under
 * that object's name until the object is made again.
 *
 * Which object a line is about is known by kbuild's progress lines: make keeps
 * the output of each target together (--output-sync), and the target's own
 * "  CC [M]  x.o" comes first.
 */
#define _GNU_SOURCE
#include "kbuild_internal.h"
#include "lib/fs.h"

#include <ctype.h>
#include <jansson.h>

struct kbuild_warnings {
	json_t *objects; /* object -> array of warnings */
};

static struct kbuild_warnings *warnings_new(json_t *objects)
{
	struct kbuild_warnings *w = xcalloc(1, sizeof(*w));

	w->objects = objects ? objects : json_object();
	return w;
}

void kbuild_warnings_free(struct kbuild_warnings *w)
{
	if (w)
		json_decref(w->objects);
	free(w);
}

/* Two blanks, a word in capitals, perhaps "[M]", and the target. */
bool kbuild_is_progress(const char *line, size_t len, char **ret)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_free_ char *copy = xstrndup(line, len);

	if (!starts_with(copy, "  ") || !isupper((unsigned char)copy[2]))
		return false;
	strv_split(&words, copy, " ");
	if (words.nr < 2 || words.nr > 3 ||
	    (words.nr == 3 && words.v[1][0] != '['))
		return false;
	for (const char *p = words.v[0]; *p; p++)
		if (islower((unsigned char)*p))
			return false;
	*ret = xstrdup(words.v[words.nr - 1]);
	return true;
}

static void remove_all(struct buf *b, const char *text)
{
	size_t len = strlen(text);
	char *at;

	while ((at = strstr(b->data, text)))
		buf_splice(b, (size_t)(at - b->data), len, NULL, 0);
}

char *kbuild_tree_text(const struct kbuild_roots *roots, const char *text)
{
	_cleanup_free_ char *src = xasprintf("%s/", roots->src);
	_cleanup_free_ char *out = xasprintf("%s/", roots->out);
	struct buf b = BUF_INIT;

	buf_addstr(&b, text);
	remove_all(&b, out);
	remove_all(&b, src);
	return buf_detach(&b);
}

/* Drops ":12:5" in "x.c:12:5: warning:": a line shift is no new warning. */
static void drop_position(struct buf *b)
{
	char *at = strcasestr(b->data, "warning:");
	size_t end, begin;

	if (!at)
		return;
	end = (size_t)(at - b->data);
	while (end && b->data[end - 1] == ' ')
		end--;
	if (!end || b->data[end - 1] != ':')
		return;
	begin = --end;
	while (begin && strchr("0123456789:", b->data[begin - 1]))
		begin--;
	buf_splice(b, begin, end - begin, NULL, 0);
}

/* objtool's "f+0x12": where in f it stands changes with any edit. */
static void drop_offsets(struct buf *b)
{
	size_t pos = 0;
	char *at;

	while ((at = strstr(b->data + pos, "+0x"))) {
		pos = (size_t)(at - b->data);
		buf_splice(b, pos, 3 + strspn(at + 3, "0123456789abcdef"), NULL,
			   0);
	}
}

/*
 * make's own "make[2]: warning: ..." is about the clock or the job server of
 * this machine, not about the tree.
 */
static bool is_warning(const char *line)
{
	return strcasestr(line, "warning:") && !starts_with(line, "make[") &&
	       !starts_with(line, "make: ");
}

char *kbuild_warning_text(const struct kbuild_roots *roots, const char *line)
{
	_cleanup_free_ char *text = kbuild_tree_text(roots, line);
	struct buf b = BUF_INIT;

	buf_addstr(&b, text);
	drop_position(&b);
	drop_offsets(&b);
	return buf_detach(&b);
}

/* The array of an object, made when it is not there. */
static json_t *array_of(json_t *objects, const char *object)
{
	json_t *array = json_object_get(objects, object);

	if (!array) {
		array = json_array();
		json_object_set_new(objects, object, array);
	}
	return array;
}

static bool holds(const json_t *array, const char *text)
{
	size_t i;
	json_t *string;

	json_array_foreach(array, i, string)
		if (streq(json_string_value(string), text))
			return true;
	return false;
}

/*
 * Without their positions two warnings of one object can read the same: the
 * second is numbered, so that it counts as new where there was one.
 */
static void add_warning(json_t *array, const char *text)
{
	_cleanup_free_ char *numbered = xstrdup(text);
	json_t *string;

	for (unsigned int nr = 2; holds(array, numbered); nr++) {
		free(numbered);
		numbered = xasprintf("%s (%u)", text, nr);
	}
	string = json_string(numbered);
	/* gcc quotes source text, which need not be UTF-8 */
	if (!string)
		string = json_string("warning: (not in UTF-8)");
	json_array_append_new(array, string);
}

struct kbuild_warnings *kbuild_warnings_parse(const struct kbuild_roots *roots,
					      const char *output)
{
	struct kbuild_warnings *w = warnings_new(NULL);
	json_t *array = array_of(w->objects, "");
	const char *line = output;

	while (*line) {
		size_t len = strcspn(line, "\n");
		_cleanup_free_ char *copy = xstrndup(line, len);
		_cleanup_free_ char *object = NULL, *text = NULL;

		if (kbuild_is_progress(line, len, &object)) {
			_cleanup_free_ char *path = kbuild_path(roots, object);

			array = array_of(w->objects, path);
		} else if (is_warning(copy)) {
			text = kbuild_warning_text(roots, copy);
			add_warning(array, text);
		}
		line += len + (line[len] == '\n');
	}
	return w;
}

bool kbuild_warnings_made(const struct kbuild_warnings *run, const char *object)
{
	return json_object_get(run->objects, object) != NULL;
}

/* Objects without warnings are not written: they are nearly all. */
static int save(const json_t *objects, const char *file, struct error *err)
{
	_cleanup_free_ char *text =
		json_dumps(objects, JSON_INDENT(1) | JSON_SORT_KEYS);

	if (!text)
		return error_set(err, ERROR_SYSTEM, "cannot write %s", file);
	return fs_mkdirs_for(file, err) ||
	       fs_write_if_changed(file, text, strlen(text), err) ? -1 : 0;
}

int kbuild_warnings_merge(const struct kbuild_warnings *run, const char *file,
			  struct kbuild_warnings **ret, struct error *err)
{
	json_t *all = json_load_file(file, 0, NULL);
	const char *object;
	json_t *array;

	if (!json_is_object(all)) {
		json_decref(all);
		all = json_object();
	}
	json_object_foreach(run->objects, object, array)
	{
		if (!*object)
			continue;
		if (json_array_size(array))
			json_object_set(all, object, array);
		else
			json_object_del(all, object);
	}
	*ret = warnings_new(all);
	return save(all, file, err);
}

static void list_array(const json_t *array, struct strv *ret)
{
	size_t i;
	json_t *text;

	json_array_foreach(array, i, text)
		if (json_string_value(text))
			strv_add(ret, json_string_value(text));
}

void kbuild_warnings_list(const struct kbuild_warnings *all,
			  const struct kbuild_warnings *run,
			  const struct strv *objects, struct strv *ret)
{
	const char *object;
	json_t *array;

	for (size_t i = 0; i < objects->nr; i++)
		list_array(json_object_get(all->objects, objects->v[i]), ret);
	json_object_foreach(run->objects, object, array)
		if (!strv_has(objects, object))
			list_array(array, ret);
	strv_uniq(ret);
}
