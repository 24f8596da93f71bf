// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the fuzzers share: files in memory, and inputs of several parts. The
 * border between parts is a line, so that a person can write an input and read
 * one that was found.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

void require(bool held)
{
	if (!held)
		abort();
}

struct memory_file memory_file(const void *data, size_t size)
{
	struct memory_file file = { .fd = memfd_create("input", MFD_CLOEXEC) };

	require(file.fd >= 0);
	require(write(file.fd, data, size) == (ssize_t)size);
	snprintf(file.path, sizeof(file.path), "/proc/self/fd/%d", file.fd);
	return file;
}

void memory_file_close(struct memory_file *file)
{
	close(file->fd);
}

size_t split_input(const uint8_t *data, size_t size, struct buf *ret,
		   size_t most)
{
	static const char border[] = "\n====\n";
	const size_t len = strlen(border);
	size_t nr = 0;

	for (size_t begin = 0;; nr++) {
		const uint8_t *at = nr + 1 == most ? NULL :
			memmem(data + begin, size - begin, border, len);
		size_t end = at ? (size_t)(at - data) + 1 : size;

		ret[nr] = (struct buf)BUF_INIT;
		buf_add(&ret[nr], data + begin, end - begin);
		if (!at)
			return nr + 1;
		begin = end + len - 1;
	}
}
