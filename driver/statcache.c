// SPDX-License-Identifier: GPL-2.0-only
/*
 * The cache is a text file, a line each: the file's size, both times and inode
 * in hex, the value, the path. It is a help and never a truth, so whatever
 * cannot be read is left out.
 */
#define _GNU_SOURCE
#include "statcache.h"
#include "lib/fs.h"
#include "lib/hash.h"

#include <stdio.h>

struct statcache_entry {
	char *path;
	char *value;
	char *signature; /* of the stat */
	bool fresh;	 /* set by this process, not loaded */
	UT_hash_handle hh;
};

static char *signature(const struct stat *st)
{
	return xasprintf("%llx %llx.%lx %llx.%lx %llx %x",
			 (unsigned long long)st->st_size,
			 (unsigned long long)st->st_mtim.tv_sec,
			 (unsigned long)st->st_mtim.tv_nsec,
			 (unsigned long long)st->st_ctim.tv_sec,
			 (unsigned long)st->st_ctim.tv_nsec,
			 (unsigned long long)st->st_ino, st->st_mode);
}

static struct statcache_entry *find(const struct statcache *c, const char *path)
{
	struct statcache_entry *e;

	HASH_FIND_STR(c->table, path, e);
	return e;
}

/* Takes sig over. */
static struct statcache_entry *put(struct statcache *c, const char *path,
				   const char *value, char *sig)
{
	struct statcache_entry *e = find(c, path);

	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->path = xstrdup(path);
		HASH_ADD_KEYPTR(hh, c->table, e->path, strlen(e->path), e);
	}
	free(e->value);
	free(e->signature);
	e->value = xstrdup(value);
	e->signature = sig;
	return e;
}

/* "signature<TAB>value<TAB>path"; a line that is not that is dropped. */
static void load_line(struct statcache *c, char *line)
{
	char *value = strchr(line, '\t');
	char *path = value ? strchr(value + 1, '\t') : NULL;

	if (!path)
		return;
	*value++ = '\0';
	*path++ = '\0';
	put(c, path, value, xstrdup(line));
}

void statcache_load(struct statcache *c, const char *file)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct stat st;
	char *line, *end;

	if (stat(file, &st) || fs_read(file, &text, NULL))
		return;
	c->saved = st.st_mtim;
	for (line = text.data; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		load_line(c, line);
	}
}

static bool is_before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec ||
	       (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

const char *statcache_get(const struct statcache *c, const char *path,
			  const struct stat *st)
{
	const struct statcache_entry *e = find(c, path);
	_cleanup_free_ char *now = NULL;

	if (!e || (!e->fresh && !is_before(&st->st_ctim, &c->saved)))
		return NULL;
	now = signature(st);
	return streq(now, e->signature) ? e->value : NULL;
}

void statcache_set(struct statcache *c, const char *path,
		   const struct stat *st, const char *value)
{
	if (!strpbrk(path, "\t\n") && !strpbrk(value, "\t\n"))
		put(c, path, value, signature(st))->fresh = true;
}

int statcache_save(const struct statcache *c, const char *file,
		   struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	for (const struct statcache_entry *e = c->table; e; e = e->hh.next)
		buf_addf(&text, "%s\t%s\t%s\n", e->signature, e->value,
			 e->path);
	return fs_mkdirs_for(file, err) ||
	       fs_write(file, text.data, text.len, err) ? -1 : 0;
}

void statcache_release(struct statcache *c)
{
	struct statcache_entry *e = c->table, *next;

	HASH_CLEAR(hh, c->table);
	for (; e; e = next) {
		next = e->hh.next;
		free(e->path);
		free(e->value);
		free(e->signature);
		free(e);
	}
	*c = (struct statcache)STATCACHE_INIT;
}
