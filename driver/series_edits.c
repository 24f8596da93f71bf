// SPDX-License-Identifier: GPL-2.0-only
/*
 * The edits that a rule spells out and the driver carries out itself: in a
 * rename, identifiers and what they become; in a rename-file and an includes
 * step, #include lines. Such a rule may say nothing else: what the driver does
 * not carry out must not look as if it did.
 */
#include "series_parts.h"

#include "lib/fs.h"

#include <ctype.h>

/* A line of the rules that begins with '-' or '+'. */
struct marked {
	struct place at;
	char mark;
	char *text; /* owned: behind the mark, without blanks and comment */
};

struct lines {
	struct marked *v;
	size_t nr, alloc;
};

static void lines_release(struct lines *lines)
{
	for (size_t i = 0; i < lines->nr; i++)
		free(lines->v[i].text);
	free(lines->v);
}

static void add_line(struct lines *lines, const struct place *at,
		     const char *s, size_t len)
{
	struct marked *line;

	ARRAY_GROW(lines->v, lines->nr, lines->alloc);
	line = &lines->v[lines->nr++];
	line->at = *at;
	line->mark = *s;
	for (size_t i = 1; i + 1 < len; i++)
		if (s[i] == '/' && s[i + 1] == '/')
			len = i;
	while (len > 1 && isspace((unsigned char)s[len - 1]))
		len--;
	for (s++, len--; len && isspace((unsigned char)*s); len--)
		s++;
	line->text = xstrndup(s, len);
}

static void read_lines(const struct step *step, struct lines *ret)
{
	struct place at = { step->path, step->rules_line };

	for (const char *s = step->rules; *s; at.line++) {
		size_t len = strcspn(s, "\n");

		if (*s == '-' || *s == '+')
			add_line(ret, &at, s, len);
		s += len + (s[len] == '\n');
	}
}

static int add_rename(struct step *step, const struct marked *old,
		      const struct marked *new, struct error *err)
{
	for (size_t i = 0; i < step->nr_renames; i++) {
		const struct rename *r = &step->renames[i];

		if (streq(r->old, old->text) && streq(r->new, new->text))
			return 0;
		if (streq(r->old, old->text) || streq(r->new, new->text) ||
		    streq(r->old, new->text) || streq(r->new, old->text))
			return place_error(&new->at, err,
					   "'%s' to '%s' does not go with '%s' to "
					   "'%s' in one step",
					   old->text, new->text, r->old,
					   r->new);
	}
	step->renames = xrealloc(step->renames, step->nr_renames + 1,
				 sizeof(*step->renames));
	step->renames[step->nr_renames++] =
		(struct rename){ xstrdup(old->text), xstrdup(new->text) };
	if (!strv_has(&step->names, old->text))
		strv_add(&step->names, old->text);
	return 0;
}

static int read_renames(struct step *step, const struct lines *lines,
			struct error *err)
{
	for (size_t i = 0; i < lines->nr; i += 2) {
		const struct marked *old = &lines->v[i], *new = old + 1;

		if (i + 1 == lines->nr || old->mark != '-' ||
		    new->mark != '+' || new->at.line != old->at.line + 1 ||
		    !is_identifier(old->text, strlen(old->text)) ||
		    !is_identifier(new->text, strlen(new->text)) ||
		    streq(old->text, new->text))
			return place_error(&old->at, err,
					   "the rule of a rename edits in pairs of "
					   "lines, '- old' and '+ new', with one "
					   "identifier each");
		if (add_rename(step, old, new, err))
			return -1;
	}
	return 0;
}

/* "<a.h>" of "#include <a.h>"; NULL when the line is no such. */
static char *include_of(const char *text)
{
	const char *s = text;
	size_t len;

	if (*s++ != '#')
		return NULL;
	s += strspn(s, " \t");
	if (!starts_with(s, "include"))
		return NULL;
	s += strlen("include");
	s += strspn(s, " \t");
	len = strlen(s);
	if (len < 3 || strcspn(s + 1, "<>\"") != len - 2 ||
	    !((s[0] == '<' && s[len - 1] == '>') ||
	      (s[0] == '"' && s[len - 1] == '"')))
		return NULL;
	return xstrdup(s);
}

static int read_includes(struct step *step, const struct lines *lines,
			 struct error *err)
{
	for (size_t i = 0; i < lines->nr; i++) {
		const struct marked *line = &lines->v[i];
		struct strv *list = line->mark == '-' ? &step->removed :
							&step->added;
		_cleanup_free_ char *name = include_of(line->text);

		if (!name)
			return place_error(&line->at, err,
					   "the rule of a step of kind %s edits "
					   "nothing but '#include' lines",
					   step_kind_name(step->kind));
		if (strv_has(&step->removed, name) ||
		    strv_has(&step->added, name))
			return place_error(&line->at, err,
					   "'#include %s' is edited twice", name);
		strv_add(list, name);
	}
	return 0;
}

/* The file that "dir/a.h" in quotes or brackets names ends in this path. */
static bool names_file(const char *include, const char *path)
{
	_cleanup_free_ char *inside =
		xstrndup(include + 1, strlen(include) - 2);

	return streq(fs_basename(inside), fs_basename(path));
}

static int check_rename_file(const struct step *step, struct error *err)
{
	struct place at = { step->path, step->rules_line };

	if (step->removed.nr == 1 && step->added.nr == 1 &&
	    names_file(step->removed.v[0], step->from) &&
	    names_file(step->added.v[0], step->to))
		return 0;
	if (!ends_with(step->from, ".h") && !step->removed.nr &&
	    !step->added.nr)
		return 0;
	return place_error(&at, err,
			   "the rule of a rename-file has the line '- #include' "
			   "of 'From' and the line '+ #include' of 'To'");
}

static int check_any(const struct step *step, bool any, const char *what,
		     struct error *err)
{
	struct place at = { step->path, step->rules_line };

	return any ? 0 :
		     place_error(&at, err, "the rules of the step %s nothing",
				 what);
}

/* 'Items' of a rename tells what the lexer finds alone, nothing more. */
static int check_items(const struct step *step, struct error *err)
{
	struct place at = { step->path, 1 };

	for (size_t i = 0; i < step->items.nr; i++) {
		bool renamed = false;

		for (size_t k = 0; k < step->nr_renames; k++)
			renamed |= streq(step->renames[k].old,
					 step->items.v[i]);
		if (!renamed)
			return place_error(&at, err,
					   "'Items' has '%s', which no rule "
					   "renames",
					   step->items.v[i]);
	}
	return 0;
}

int edits_read(struct step *step, struct error *err)
{
	struct lines lines = { 0 };
	int result = 0;

	read_lines(step, &lines);
	if (step->kind == STEP_RENAME)
		result = read_renames(step, &lines, err) ||
			 check_any(step, step->nr_renames, "rename", err) ||
			 check_items(step, err);
	else if (step->kind == STEP_INCLUDES)
		result = read_includes(step, &lines, err) ||
			 check_any(step, lines.nr, "edit", err);
	else if (step->kind == STEP_RENAME_FILE)
		result = read_includes(step, &lines, err) ||
			 check_rename_file(step, err);
	lines_release(&lines);
	return result ? -1 : 0;
}
