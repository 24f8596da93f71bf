// SPDX-License-Identifier: GPL-2.0-only
/*
 * The private work folder. git lists the tree and hands out the bytes; they are
 * written here. Not checkout-index: that obeys line-end and filter rules from
 * three places, one of them in the user's .git, and a build must see the bytes
 * of the commit. Not sparse-checkout or worktree: both write to .git.
 *
 * The index beside the folder says which blob each file holds, and the file's
 * stat by which we know that it still does. It is written last: after a kill
 * the files that it does not vouch for are compared with their blobs, and only
 * those that differ are written again, so that make rebuilds nothing for it.
 */
#define _GNU_SOURCE
#include "checkout.h"
#include "repo_git.h"
#include "statcache.h"
#include "lib/fs.h"
#include "lib/hash.h"

#include <errno.h>
#include <fts.h>
#include <unistd.h>

#define SMALL_TREE 5000 /* files; such a tree is checked out whole */
#define BLOBS_A_RUN 2000 /* of git cat-file, to bound its output */

/* A file that the folder is to hold. */
struct wanted {
	char *path;
	char *blob; /* "mode id" */
	UT_hash_handle hh;
};

/* Folders that a build of x86 KVM reads (facts: bases). */
static const char *const read_folders[] = {
	"arch/x86/", "include/", "scripts/", "virt/", "init/", "certs/",
	"usr/include/", "security/selinux/include/", "tools/objtool/",
	"tools/include/", "tools/lib/", "tools/arch/", "tools/build/",
	"tools/scripts/", "tools/bpf/resolve_btfids/",
};

/* Single files that the preparation of a tree reads. */
static const char *const read_files[] = {
	"kernel/bounds.c",
	"kernel/time/timeconst.bc",
};

/* Build files are read all over the tree, Documentation/Kconfig among them. */
static const char *const read_names[] = { "Kconfig", "Kbuild", "Makefile" };

static bool is_read_by_build(const struct checkout *c, const char *path)
{
	const char *name = fs_basename(path);

	for (size_t i = 0; i < c->folders.nr; i++)
		if (starts_with(path, c->folders.v[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(read_folders); i++)
		if (starts_with(path, read_folders[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(read_names); i++)
		if (starts_with(name, read_names[i]))
			return true;
	for (size_t i = 0; i < ARRAY_SIZE(read_files); i++)
		if (streq(path, read_files[i]))
			return true;
	return false;
}

static void wanted_release(struct wanted **table)
{
	struct wanted *w = *table, *next;

	HASH_CLEAR(hh, *table);
	for (; w; w = next) {
		next = w->hh.next;
		free(w->path);
		free(w->blob);
		free(w);
	}
}

/* An entry "mode type id<TAB>path"; a submodule is no file and is left out. */
static int add_wanted(const struct checkout *c, struct wanted **table,
		      const char *entry, bool whole, struct error *err)
{
	const char *tab = strchr(entry, '\t');
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_free_ char *head = NULL;
	struct wanted *w;

	if (!tab)
		return error_set(err, ERROR_SYSTEM,
				 "git ls-tree printed '%s'", entry);
	if (!whole && !is_read_by_build(c, tab + 1))
		return 0;
	head = xstrndup(entry, (size_t)(tab - entry));
	strv_split(&words, head, " ");
	if (words.nr != 3 || !streq(words.v[1], "blob"))
		return 0;
	if (!fs_is_inside(tab + 1))
		return error_set(err, ERROR_INPUT,
				 "the tree holds a file '%s', which cannot be "
				 "checked out", tab + 1);
	w = xcalloc(1, sizeof(*w));
	w->path = xstrdup(tab + 1);
	w->blob = xasprintf("%s %s", words.v[0], words.v[2]);
	HASH_ADD_KEYPTR(hh, *table, w->path, strlen(w->path), w);
	return 0;
}

static int list_tree(const struct checkout *c, const char *commit,
		     struct wanted **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *id = NULL;
	size_t files = 0, pos;

	if (repo_commit_id(c->repo, commit, &id, err))
		return -1;
	repo_git(c->repo, NULL, &p);
	process_args(&p, "ls-tree", "-r", "-z", "--full-tree", id, NULL);
	if (repo_git_run(&p, err))
		return -1;
	for (pos = 0; pos < p.out.len; pos++)
		files += !p.out.data[pos];
	for (pos = 0; pos < p.out.len; pos += strlen(p.out.data + pos) + 1)
		if (add_wanted(c, ret, p.out.data + pos, files < SMALL_TREE,
			       err))
			return -1;
	return 0;
}

/* Removes what is not wanted, and folders that are empty by then. */
static int remove_others(const struct checkout *c, struct wanted *wanted,
			 struct error *err)
{
	char *const roots[] = { c->dir, NULL };
	size_t prefix = strlen(c->dir) + 1;
	/* the working folder is every thread's */
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOSTAT | FTS_NOCHDIR,
			     NULL);
	FTSENT *e;
	int ret = 0;

	if (!walk)
		return error_errno(err, "cannot read %s", c->dir);
	while (!ret && (e = fts_read(walk))) {
		struct wanted *w;

		if (e->fts_level == 0 || e->fts_info == FTS_D)
			continue;
		if (e->fts_info == FTS_DP) {
			(void)rmdir(e->fts_path); /* fails unless it is empty */
			continue;
		}
		HASH_FIND_STR(wanted, e->fts_path + prefix, w);
		if (!w && unlink(e->fts_path) && errno != ENOENT)
			ret = error_errno(err, "cannot remove %s", e->fts_path);
	}
	fts_close(walk);
	return ret;
}

static int write_link(const char *path, const struct repo_object *object,
		      struct error *err)
{
	_cleanup_free_ char *target = xstrndup(object->data, object->len);

	if (fs_remove(path, err))
		return -1;
	if (symlink(target, path))
		return error_errno(err, "cannot write the link %s", path);
	return 0;
}

static int write_plain(const char *path, const struct repo_object *object,
		       bool executable, struct error *err)
{
	struct stat st;
	mode_t mode;

	if (!lstat(path, &st) && !S_ISREG(st.st_mode) && fs_remove(path, err))
		return -1;
	if (fs_write_if_changed(path, object->data, object->len, err))
		return -1;
	if (stat(path, &st))
		return error_errno(err, "cannot read %s", path);
	mode = st.st_mode & 07666;
	if (executable)
		mode |= (mode & 0444) >> 2;
	if (mode != (st.st_mode & 07777) && chmod(path, mode))
		return error_errno(err, "cannot change the mode of %s", path);
	return 0;
}

static int write_file(const struct checkout *c, const struct wanted *w,
		      const struct repo_object *object,
		      struct statcache *index, struct error *err)
{
	_cleanup_free_ char *path = fs_join(c->dir, w->path);
	struct stat st;
	int failed;

	if (object->missing || !streq(object->type, "blob"))
		return error_set(err, ERROR_SYSTEM,
				 "the repository lacks the contents of %s",
				 w->path);
	if (fs_mkdirs_for(path, err))
		return -1;
	if (starts_with(w->blob, "120000"))
		failed = write_link(path, object, err);
	else
		failed = write_plain(path, object,
				     starts_with(w->blob, "100755"), err);
	if (failed)
		return -1;
	if (lstat(path, &st))
		return error_errno(err, "cannot read %s", path);
	statcache_set(index, w->path, &st, w->blob);
	return 0;
}

/* Writes up to BLOBS_A_RUN files with one git cat-file. */
static int write_some(const struct checkout *c, struct wanted *const *todo,
		      size_t nr, struct statcache *index, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(buf_release) struct buf ids = BUF_INIT;
	size_t pos = 0;
	int failed = 0;

	for (size_t i = 0; i < nr; i++)
		buf_addf(&ids, "%s\n", strchr(todo[i]->blob, ' ') + 1);
	repo_git(c->repo, NULL, &p);
	process_args(&p, "cat-file", "--batch", NULL);
	p.input = ids.data;
	p.input_len = ids.len;
	if (repo_git_run(&p, err))
		return -1;
	for (size_t i = 0; i < nr && !failed; i++) {
		_cleanup_(repo_object_release) struct repo_object object = { 0 };

		failed = repo_object_next(&p, &pos, true, &object, err) ||
			 write_file(c, todo[i], &object, index, err);
	}
	return failed ? -1 : 0;
}

/* True when the old index vouches for the file; it then goes into the new one. */
static bool is_there(const struct checkout *c, const struct wanted *w,
		     const struct statcache *old, struct statcache *index)
{
	_cleanup_free_ char *path = fs_join(c->dir, w->path);
	const char *blob;
	struct stat st;

	if (lstat(path, &st))
		return false;
	blob = statcache_get(old, w->path, &st);
	if (!blob || !streq(blob, w->blob))
		return false;
	statcache_set(index, w->path, &st, w->blob);
	return true;
}

static int write_all(const struct checkout *c, struct wanted *wanted,
		     const struct statcache *old, struct statcache *index,
		     struct error *err)
{
	_cleanup_free_ struct wanted **todo =
		xcalloc(HASH_COUNT(wanted), sizeof(struct wanted *));
	size_t nr = 0;

	for (struct wanted *w = wanted; w; w = w->hh.next)
		if (!is_there(c, w, old, index))
			todo[nr++] = w;
	for (size_t i = 0; i < nr; i += BLOBS_A_RUN) {
		size_t left = nr - i;

		if (write_some(c, todo + i,
			       left < BLOBS_A_RUN ? left : BLOBS_A_RUN, index,
			       err))
			return -1;
	}
	return 0;
}

int checkout_open(const struct repo *repo, const char *dir,
		  struct checkout *ret, struct error *err)
{
	if (fs_mkdirs(dir, err))
		return -1;
	*ret = (struct checkout){ .repo = repo };
	ret->dir = realpath(dir, NULL);
	if (!ret->dir)
		return error_errno(err, "cannot use the folder %s", dir);
	ret->index = xasprintf("%s.index", ret->dir);
	return 0;
}

int checkout_move(struct checkout *c, const char *commit, struct error *err)
{
	_cleanup_(statcache_release) struct statcache old = STATCACHE_INIT;
	_cleanup_(statcache_release) struct statcache index = STATCACHE_INIT;
	_cleanup_(wanted_release) struct wanted *wanted = NULL;

	statcache_load(&old, c->index);
	if (list_tree(c, commit, &wanted, err) ||
	    remove_others(c, wanted, err) ||
	    write_all(c, wanted, &old, &index, err))
		return -1;
	return statcache_save(&index, c->index, err);
}

void checkout_release(struct checkout *c)
{
	free(c->dir);
	free(c->index);
	strv_release(&c->folders);
	*c = (struct checkout){ 0 };
}
