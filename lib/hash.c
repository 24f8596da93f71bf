// SPDX-License-Identifier: GPL-2.0-only
/*
 * A hash for short strings of which a unit has fifty thousand, asked for a
 * million times: speed counts, and nobody hostile chooses the keys.
 */
#include "hash.h"

#include <stdint.h>

unsigned int hash_spelling(const void *key, size_t len)
{
	const unsigned char *p = key;
	uint64_t hash = len, word;

	for (; len >= sizeof(word); p += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 29;
	}
	word = 0;
	memcpy(&word, p, len);
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return hash >> 32;
}
