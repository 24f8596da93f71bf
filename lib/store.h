/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The content-keyed store: results of work that need not be done again. A key
 * is the SHA-256 of everything that the result depends on, fed piece by piece
 * (each with its length, so that "ab","c" and "a","bc" differ). An entry is
 * one file, published by rename: it is there whole or not at all, and two
 * runs may write the same one at once.
 *
 *	store/<kind>/<first two hex digits>/<key>
 */
#ifndef LIB_STORE_H
#define LIB_STORE_H

#include "buf.h"
#include "error.h"

#define STORE_KEY_HEX 64

/* A finished key in lower-case hex. */
struct store_key {
	char hex[STORE_KEY_HEX + 1];
};

/* A key being built. */
struct store_hash;

struct store_hash *store_hash_new(void);
void store_hash_add(struct store_hash *h, const void *data, size_t len);
void store_hash_str(struct store_hash *h, const char *s); /* NULL is not "" */
/* Ends the key and frees h. */
struct store_key store_hash_end(struct store_hash *h);

/* The key of one string of bytes. */
struct store_key store_key_of(const void *data, size_t len);

struct store {
	char *dir; /* owned: the folder, made by store_open() */
};

/* -1 when the folder cannot be made. */
int store_open(const char *dir, struct store *ret, struct error *err);
void store_close(struct store *s);

/* The path of an entry, there or not; the caller frees. */
char *store_path(const struct store *s, const char *kind,
		 const struct store_key *key);

/* 1 and the bytes appended to ret; 0 when there is no such entry; -1 on error. */
int store_get(const struct store *s, const char *kind,
	      const struct store_key *key, struct buf *ret, struct error *err);

int store_put(const struct store *s, const char *kind,
	      const struct store_key *key, const void *data, size_t len,
	      struct error *err);

/* Moves a finished file (same file system) into the store. */
int store_adopt(const struct store *s, const char *kind,
		const struct store_key *key, const char *path,
		struct error *err);

#endif
