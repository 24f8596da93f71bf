// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sparing objects: what the compiler saw of a unit, before and now. A note is
 * good for as long as the object is the very file that it was taken of; make
 * has then found nothing newer than the object, or it was spared since.
 */
#define _GNU_SOURCE
#include "kbuild_seen.h"
#include "kbuild_internal.h"
#include "kbuild_sight.h"
#include "lib/fs.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

struct note {
	char *object;	 /* path in the O= folder */
	struct stat st;	 /* of it, when it was looked at */
	struct store_key key;
};

struct kbuild_seen {
	const struct kbuild *k;
	struct kbuild_sight sight;
	struct note *notes;
	size_t nr, alloc;
};

/* A unit that could be spared. */
struct candidate {
	const struct compiled *unit;
	struct note *note;
	struct timespec time; /* of the newest file that it reads */
	bool same;	      /* looks as it did */
};

struct kbuild_seen *kbuild_seen_new(const struct kbuild *k)
{
	struct kbuild_seen *seen = xcalloc(1, sizeof(*seen));

	seen->k = k;
	return seen;
}

void kbuild_seen_free(struct kbuild_seen *seen)
{
	if (!seen)
		return;
	for (size_t i = 0; i < seen->nr; i++)
		free(seen->notes[i].object);
	free(seen->notes);
	kbuild_sight_release(&seen->sight);
	free(seen);
}

static bool reads_any(const struct compiled *unit, const struct strv *paths)
{
	for (size_t i = 0; i < paths->nr; i++)
		if (strv_has(&unit->deps, paths->v[i]))
			return true;
	return false;
}

static bool is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec > b->tv_sec ||
	       (a->tv_sec == b->tv_sec && a->tv_nsec > b->tv_nsec);
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static int stat_object(const struct kbuild_seen *seen, const char *object,
		       struct stat *ret)
{
	_cleanup_free_ char *path = fs_join(seen->sight.roots.out, object);

	return lstat(path, ret);
}

/* The note of an object that is still the same file; NULL. */
static struct note *find_note(const struct kbuild_seen *seen,
			      const char *object)
{
	struct stat st;

	for (size_t i = 0; i < seen->nr; i++)
		if (streq(seen->notes[i].object, object))
			return !stat_object(seen, object, &st) &&
					       is_same_file(&st,
							    &seen->notes[i].st) ?
				       &seen->notes[i] :
				       NULL;
	return NULL;
}

/* Makes room for a note, or takes the one that holds no more. */
static struct note *new_note(struct kbuild_seen *seen, const char *object)
{
	for (size_t i = 0; i < seen->nr; i++)
		if (streq(seen->notes[i].object, object))
			return &seen->notes[i];
	ARRAY_GROW(seen->notes, seen->nr, seen->alloc);
	seen->notes[seen->nr] = (struct note){ .object = xstrdup(object) };
	return &seen->notes[seen->nr++];
}

/* What the compiler goes by of a unit, as its text says; "" when none does. */
static const char *stock_key(const struct kbuild_looks *looks,
			     const struct compiled *unit)
{
	for (size_t i = 0; i < looks->nr; i++)
		if (streq(looks->units[i].built, unit->object))
			return looks->units[i].stock;
	return "";
}

int kbuild_seen_note(struct kbuild_seen *seen, const struct build_result *build,
		     const struct strv *touched,
		     const struct kbuild_looks *looks, struct error *err)
{
	bool able;

	if (!build->ok || !looks->nr)
		return 0;
	if (kbuild_sight_roots(&seen->sight, seen->k, err) ||
	    kbuild_sight_able(&seen->sight, &able, err))
		return -1;
	for (size_t i = 0; able && i < build->nr; i++) {
		const struct compiled *unit = &build->units[i];
		const char *key = stock_key(looks, unit);
		struct note *note;

		if (!*key || !reads_any(unit, touched) ||
		    strv_has(touched, unit->source))
			continue;
		note = new_note(seen, unit->object);
		snprintf(note->key.hex, sizeof(note->key.hex), "%s", key);
		if (stat_object(seen, note->object, &note->st))
			note->st = (struct stat){ 0 };
	}
	return 0;
}

/*
 * The newest time among the files of a unit. False when one that did not
 * change is newer than the object, or one is gone: make has a reason of its own.
 */
static bool find_time(const struct kbuild_seen *seen,
		      const struct compiled *unit, const struct strv *touched,
		      const struct stat *object, struct timespec *ret)
{
	*ret = object->st_mtim;
	for (size_t i = 0; i < unit->deps.nr; i++) {
		const char *path = unit->deps.v[i];
		_cleanup_free_ char *in_src =
			fs_join(seen->sight.roots.src, path);
		_cleanup_free_ char *in_out =
			fs_join(seen->sight.roots.out, path);
		struct stat st;

		if (stat(in_src, &st) && stat(in_out, &st))
			return false;
		if (!is_newer(&st.st_mtim, ret))
			continue;
		if (!strv_has(touched, path))
			return false;
		*ret = st.st_mtim;
	}
	return true;
}

static size_t find_candidates(struct kbuild_seen *seen,
			      const struct build_result *build,
			      const struct strv *touched,
			      const struct kbuild_looks *looks,
			      struct candidate *ret)
{
	size_t nr = 0;

	for (size_t i = 0; i < build->nr; i++) {
		const struct compiled *unit = &build->units[i];
		struct candidate c = { .unit = unit };

		if (!reads_any(unit, touched) ||
		    strv_has(touched, unit->source))
			continue;
		c.note = find_note(seen, unit->object);
		c.same = c.note &&
			 streq(stock_key(looks, unit), c.note->key.hex);
		if (c.same &&
		    find_time(seen, unit, touched, &c.note->st, &c.time))
			ret[nr++] = c;
	}
	return nr;
}

static const struct candidate *find_same(const struct candidate *list,
					 size_t nr, const struct compiled *unit)
{
	for (size_t i = 0; i < nr; i++)
		if (list[i].unit == unit && list[i].same)
			return &list[i];
	return NULL;
}

/* True when a unit with these flags that reads the path will be compiled. */
static bool is_compiled(const struct build_result *build, const char *path,
			const struct compiled *like,
			const struct candidate *list, size_t nr)
{
	for (size_t i = 0; i < build->nr; i++) {
		const struct compiled *unit = &build->units[i];

		if (strv_has(&unit->deps, path) &&
		    !find_same(list, nr, unit) &&
		    kbuild_sight_same_flags(unit, like))
			return true;
	}
	return false;
}

/* The smallest object, which is made soonest. */
static struct candidate *choose_one(struct candidate *list, size_t nr,
				    const char *path,
				    const struct compiled *like)
{
	struct candidate *best = NULL;

	for (size_t i = 0; i < nr; i++)
		if (list[i].same && strv_has(&list[i].unit->deps, path) &&
		    kbuild_sight_same_flags(list[i].unit, like) &&
		    (!best || list[i].note->st.st_size < best->note->st.st_size))
			best = &list[i];
	return best;
}

/* Each changed file is compiled in one unit of each set of flags at least. */
static void leave_witnesses(const struct build_result *build,
			    const struct strv *touched, struct candidate *list,
			    size_t nr)
{
	for (size_t p = 0; p < touched->nr; p++)
		for (size_t i = 0; i < nr; i++) {
			const struct compiled *unit = list[i].unit;

			if (list[i].same &&
			    strv_has(&unit->deps, touched->v[p]) &&
			    !is_compiled(build, touched->v[p], unit, list, nr))
				choose_one(list, nr, touched->v[p], unit)
					->same = false;
		}
}

static int list_spared(const struct kbuild *k, const struct candidate *list,
		       size_t nr, struct error *err)
{
	_cleanup_free_ char *file = kbuild_ours(k, KBUILD_SPARED);
	_cleanup_(buf_release) struct buf old = BUF_INIT;
	_cleanup_(strv_release) struct strv all = STRV_INIT;
	_cleanup_free_ char *text = NULL;

	if (fs_exists(file) && fs_read(file, &old, err))
		return -1;
	strv_split(&all, old.data, "\n");
	for (size_t i = 0; i < nr; i++)
		if (list[i].same)
			strv_add(&all, list[i].unit->object);
	strv_uniq(&all);
	text = strv_join(&all, "\n");
	return fs_write_if_changed(file, text, strlen(text), err);
}

static int spare_one(struct kbuild_seen *seen, const struct candidate *c,
		     struct error *err)
{
	_cleanup_free_ char *path = fs_join(seen->sight.roots.out,
					    c->unit->object);
	const struct timespec times[] = { c->time, c->time };

	if (utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) ||
	    lstat(path, &c->note->st))
		return error_errno(err, "cannot set the time of %s", path);
	return 0;
}

int kbuild_seen_spare(struct kbuild_seen *seen,
		      const struct build_result *build,
		      const struct strv *touched,
		      const struct kbuild_looks *looks, size_t *ret_spared,
		      struct error *err)
{
	_cleanup_free_ struct candidate *list =
		xcalloc(build->nr, sizeof(*list));
	size_t nr;

	*ret_spared = 0;
	if (!build->ok || !seen->nr)
		return 0;
	nr = find_candidates(seen, build, touched, looks, list);
	leave_witnesses(build, touched, list, nr);
	if (nr && list_spared(seen->k, list, nr, err))
		return -1;
	for (size_t i = 0; i < nr; i++) {
		if (!list[i].same)
			continue;
		if (spare_one(seen, &list[i], err))
			return -1;
		++*ret_spared;
	}
	return 0;
}

int kbuild_seen_forget(const struct kbuild *k, struct error *err)
{
	_cleanup_free_ char *file = kbuild_ours(k, KBUILD_SPARED);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv all = STRV_INIT;

	if (!fs_exists(file))
		return 0;
	if (fs_read(file, &text, err))
		return -1;
	strv_split(&all, text.data, "\n");
	for (size_t i = 0; i < all.nr; i++) {
		_cleanup_free_ char *path = fs_join(k->out, all.v[i]);

		if (fs_remove(path, err))
			return -1;
	}
	return fs_remove(file, err);
}
