// SPDX-License-Identifier: GPL-2.0-only
/*
 * rename-file: a file gets another path, and everything in the commit's tree
 * that names it follows, whatever a configuration builds. What can be told to
 * mean the file is changed (mentions.h); a hit that may mean it, and is not
 * safe to change, is listed as left alone.
 */
#include "guard.h"
#include "kind.h"
#include "lib/fs.h"
#include "lib/lex.h"
#include "lib/spelling.h"
#include "mentions.h"
#include "objword.h"

struct renaming {
	const struct job *job;
	const struct step *step;
	struct file_rename r;
	struct edit *file;  /* at the new path */
	char *guard;	    /* owned: the guard that is renamed; NULL */
	struct strv users;  /* paths of the files that have the old name, the new one
			       or a guard's in them */
	const char *path;   /* the one of them at hand, as it is called afterwards */
};

static void complain(const struct renaming *f, enum drift_class class,
		     const char *path, unsigned int line,
		     const char *suggestion, const char *what)
{
	drifts_add(f->job->drifts, class, fs_basename(f->r.from), path, line,
		   suggestion, "%s", what);
}

static int open_file(struct renaming *f, struct error *err)
{
	struct edit *there;
	int found = edits_open(f->job->edits, f->r.to, &there, err);

	if (found < 0)
		return -1;
	if (found) {
		complain(f, DRIFT_DESTINATION, f->r.to, 0,
			 "is the step applied already?",
			 "the file is there already");
		return 0;
	}
	found = edits_rename(f->job->edits, f->r.from, f->r.to, &f->file, err);
	if (!found)
		complain(f, DRIFT_ABSENT, f->r.from, 0, NULL,
			 "the file is absent");
	return found < 0 ? -1 : 0;
}

static void note(void *data, enum mention_fate fate, const char *old,
		 unsigned int line)
{
	const struct renaming *f = data;
	_cleanup_free_ char *place = xasprintf("%s:%u", f->path, line);

	switch (fate) {
	case MENTION_INCLUDE:
		applied_add(f->job->applied, old, "include", place, f->path);
		return;
	case MENTION_CHANGED:
		applied_add(f->job->applied, old, "mention", place, f->path);
		return;
	case MENTION_LEFT:
		applied_leave(f->job->applied, "file name", old, f->path, line);
		return;
	case MENTION_CODE:
		applied_leave(f->job->applied, "string", old, f->path, line);
		return;
	case MENTION_UNCLEAR:
		drifts_add(f->job->drifts, DRIFT_TWICE, old, f->path, line,
			   "spell it so that only one file fits, in a step before",
			   "#include %s may mean %s or another file", old,
			   f->r.from);
		return;
	case MENTION_UNSPELLED:
		drifts_add(f->job->drifts, DRIFT_DESTINATION, old, f->path,
			   line,
			   "spell it relative to the including file, in a step before",
			   "no folder that gives %s gives %s", old, f->r.to);
		return;
	}
}

static int rename_mentions(struct renaming *f, struct error *err)
{
	for (size_t i = 0; i < f->users.nr; i++) {
		bool own = streq(f->users.v[i], f->r.from);
		struct edit *edit = f->file;
		int found = own ? 1 :
				  edits_open(f->job->edits, f->users.v[i],
					     &edit, err);

		if (found < 0)
			return -1;
		f->path = own ? f->r.to : f->users.v[i];
		if (found)
			mentions_rename(&f->r, f->users.v[i], &edit->data,
					note, f);
	}
	return 0;
}

/* Lines that would mean the file at its new path mean something else so far. */
static int check_captures(const struct renaming *f, const char *user,
			  const struct strv *namesakes, struct error *err)
{
	struct source source;
	int found = source_open(f->job, user, &source, err);

	if (found <= 0)
		return found;
	for (size_t i = 0; i < source.items.nr; i++) {
		const struct item *it = &source.items.v[i];

		if (it->kind == ITEM_INCLUDE && strlen(it->name) > 2 &&
		    spelling_means(user, it->name, f->r.to, namesakes) ==
			    MEANS_IT)
			drifts_add(f->job->drifts, DRIFT_DESTINATION, it->name,
				   user, it->line_begin,
				   "choose another name for the file",
				   "#include %s would mean %s", it->name,
				   f->r.to);
	}
	source_release(&source);
	return 0;
}

/* Before any line is spelled anew. */
static int check_new_name(const struct renaming *f, struct error *err)
{
	const char *name = fs_basename(f->r.to);
	_cleanup_(strv_release) struct strv namesakes = STRV_INIT;

	if (streq(name, fs_basename(f->r.from)))
		return 0;
	if (edits_namesakes(f->job->edits, name, &namesakes, err))
		return -1;
	strv_add(&namesakes, f->r.to);
	for (size_t i = 0; i < f->users.nr; i++)
		if (is_c_path(f->users.v[i]) &&
		    !streq(f->users.v[i], f->r.from) &&
		    check_captures(f, f->users.v[i], &namesakes, err))
			return -1;
	return 0;
}

/* What the file includes relative to its folder it must find from the new one. */
static int check_own_includes(const struct renaming *f, struct error *err)
{
	_cleanup_free_ char *old_dir = fs_dirname(f->r.from);
	_cleanup_free_ char *new_dir = fs_dirname(f->r.to);
	struct items items;
	int result = 0;

	if (streq(old_dir, new_dir) || !is_c_path(f->r.from))
		return 0;
	items_parse(f->file->data.data, f->file->data.len, &items);
	for (size_t i = 0; i < items.nr && !result; i++) {
		const struct item *it = &items.v[i];
		_cleanup_free_ char *inside = NULL, *path = NULL, *target = NULL;
		struct edit *ignored;

		if (it->kind != ITEM_INCLUDE || *it->name != '"')
			continue;
		inside = xstrndup(it->name + 1, strlen(it->name) - 2);
		path = fs_join(old_dir, inside);
		target = path_normal(path);
		result = target ? edits_open(f->job->edits, target, &ignored,
					     err) :
				  0;
		if (result > 0)
			drifts_add(f->job->drifts, DRIFT_DESTINATION, it->name,
				   f->r.from, it->line_begin,
				   "spell it with its whole path, in a step before",
				   "#include %s is relative to the folder that the file leaves",
				   it->name);
		result = result < 0 ? -1 : 0;
	}
	items_release(&items);
	return result;
}

/* A guard that others ask for, or a name that they use, is not ours to change. */
static int check_guards(const struct renaming *f, struct error *err)
{
	for (size_t i = 0; i < f->users.nr; i++) {
		bool own = streq(f->users.v[i], f->r.from);
		struct edit *edit = f->file;

		if (!own && edits_open(f->job->edits, f->users.v[i], &edit,
				       err) < 0)
			return -1;
		if (!own && mentions(edit->data.data, edit->data.len, f->guard))
			drifts_add(f->job->drifts, DRIFT_PRIVATE, f->guard,
				   edit->path, 0,
				   "take 'Guard:' out of the step",
				   "'%s' is named here, too", f->guard);
		if (mentions(edit->data.data, edit->data.len,
			     f->step->guard))
			drifts_add(f->job->drifts, DRIFT_TWICE, f->step->guard,
				   own ? f->r.from : edit->path, 0,
				   "choose another name in 'Guard:'",
				   "'%s' is named here already",
				   f->step->guard);
	}
	return 0;
}

static int rename_guard(const struct renaming *f, struct error *err)
{
	if (!f->step->guard)
		return 0;
	if (!f->guard) {
		complain(f, DRIFT_ABSENT, f->r.from, 0,
			 "take 'Guard:' out of the step",
			 "the file has no include guard of the usual form");
		return 0;
	}
	if (check_guards(f, err))
		return -1;
	if (!guard_rename(&f->file->data, f->guard, f->step->guard))
		complain(f, DRIFT_PRIVATE, f->r.from, 0,
			 "take 'Guard:' out of the step",
			 "the guard's name is used behind the guard, too");
	else
		applied_add(f->job->applied, f->guard, "guard", f->r.from,
			    f->r.to);
	return 0;
}

static int rename_object(const struct renaming *f, struct error *err)
{
	struct edit *kbuild;
	int found;

	if (!ends_with(f->r.from, ".c"))
		return 0;
	found = objword_open(f->job->edits, f->job->step->kbuild, f->r.from,
			     &kbuild, err);
	if (found < 0)
		return -1;
	if (!found)
		complain(f, DRIFT_KBUILD, f->r.from, 0,
			 "name the build file with 'Kbuild:'",
			 "no build file has the object");
	else
		objword_rename(&kbuild->data, kbuild->path, f->r.from, f->r.to,
			       f->job->drifts);
	return 0;
}

/* What the series itself tells is known (treewords.h): not asked with what may not be. */
static int find_users(struct renaming *f, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv guards = STRV_INIT;
	const struct buf *text = &f->file->data;

	strv_add(&words, fs_basename(f->r.from));
	strv_add(&words, fs_basename(f->r.to));
	if (f->step->guard) {
		strv_add(&words, f->step->guard);
		f->guard = guard_name(text->data, text->len);
	}
	if (f->guard)
		strv_add(&guards, f->guard);
	if (edits_find(f->job->edits, &words, &f->users, err) ||
	    edits_find(f->job->edits, &guards, &f->users, err))
		return -1;
	strv_uniq(&f->users);
	return edits_namesakes(f->job->edits, fs_basename(f->r.from),
			       &f->r.namesakes, err);
}

static int rename_all(struct renaming *f, struct error *err)
{
	if (open_file(f, err))
		return -1;
	if (!f->file)
		return 0;
	applied_add(f->job->applied, fs_basename(f->r.from), "file", f->r.from,
		    f->r.to);
	if (find_users(f, err) || check_new_name(f, err) ||
	    check_own_includes(f, err) || rename_guard(f, err))
		return -1;
	return rename_mentions(f, err) || rename_object(f, err) ? -1 : 0;
}

int kind_rename_file(const struct job *job, struct error *err)
{
	struct renaming f = { .job = job, .step = job->step };
	int result;

	f.r.from = job->step->from;
	f.r.to = job->step->to;
	if (ends_with(f.r.from, ".c") != ends_with(f.r.to, ".c")) {
		complain(&f, DRIFT_DESTINATION, f.r.to, 0,
			 "give both the same ending",
			 "a source file stays one, and no other file becomes one");
		return 0;
	}
	result = rename_all(&f, err);
	free(f.guard);
	strv_release(&f.users);
	strv_release(&f.r.namesakes);
	return result;
}
