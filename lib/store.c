// SPDX-License-Identifier: GPL-2.0-only
/*
 * The content-keyed store. SHA-256 comes from libmd. Each piece goes into the
 * hash behind its length as eight bytes, lowest first, so that a key is the
 * same on every machine.
 */
#define _GNU_SOURCE
#include "store.h"
#include "fs.h"

#include <errno.h>
#include <sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <unistd.h>

#define LENGTH_OF_NULL UINT64_MAX

struct store_hash {
	SHA2_CTX ctx;
};

struct store_hash *store_hash_new(void)
{
	struct store_hash *h = xcalloc(1, sizeof(*h));

	SHA256Init(&h->ctx);
	return h;
}

static void add_length(struct store_hash *h, uint64_t len)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(len >> (8 * i));
	SHA256Update(&h->ctx, bytes, sizeof(bytes));
}

void store_hash_add(struct store_hash *h, const void *data, size_t len)
{
	add_length(h, len);
	if (len)
		SHA256Update(&h->ctx, data, len);
}

void store_hash_str(struct store_hash *h, const char *s)
{
	if (s)
		store_hash_add(h, s, strlen(s));
	else
		add_length(h, LENGTH_OF_NULL);
}

struct store_key store_hash_end(struct store_hash *h)
{
	struct store_key key;

	SHA256End(&h->ctx, key.hex);
	free(h);
	return key;
}

struct store_key store_key_of(const void *data, size_t len)
{
	struct store_hash *h = store_hash_new();

	store_hash_add(h, data, len);
	return store_hash_end(h);
}

int store_open(const char *dir, struct store *ret, struct error *err)
{
	if (fs_mkdirs(dir, err))
		return -1;
	ret->dir = xstrdup(dir);
	return 0;
}

void store_close(struct store *s)
{
	free(s->dir);
	s->dir = NULL;
}

char *store_path(const struct store *s, const char *kind,
		 const struct store_key *key)
{
	return xasprintf("%s/%s/%.2s/%s", s->dir, kind, key->hex, key->hex);
}

int store_get(const struct store *s, const char *kind,
	      const struct store_key *key, struct buf *ret, struct error *err)
{
	_cleanup_free_ char *path = store_path(s, kind, key);

	if (access(path, F_OK) && errno == ENOENT)
		return 0;
	return fs_read(path, ret, err) ? -1 : 1;
}

int store_put(const struct store *s, const char *kind,
	      const struct store_key *key, const void *data, size_t len,
	      struct error *err)
{
	_cleanup_free_ char *path = store_path(s, kind, key);

	if (fs_mkdirs_for(path, err))
		return -1;
	return fs_write(path, data, len, err);
}

int store_adopt(const struct store *s, const char *kind,
		const struct store_key *key, const char *path,
		struct error *err)
{
	_cleanup_free_ char *entry = store_path(s, kind, key);

	if (fs_mkdirs_for(entry, err))
		return -1;
	if (rename(path, entry))
		return error_errno(err, "cannot move %s to %s", path, entry);
	return 0;
}
