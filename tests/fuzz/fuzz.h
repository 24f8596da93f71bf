/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the fuzzers share. Each reads one kind of input from bytes that anybody
 * may have made, holds what comes out against what must be true of it, and
 * aborts where it is not. Each has two programs: fuzz_NAME, which looks for
 * new inputs (make fuzz), and replay_NAME, which runs once over what is kept
 * in corpus-NAME (make check).
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>

#include "lib/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void require(bool held);

/* Bytes as a file that needs no disk, for what only reads from a path. */
struct memory_file {
	int fd;
	char path[32];
};

struct memory_file memory_file(const void *data, size_t size);
void memory_file_close(struct memory_file *file);

/*
 * Cuts an input at each line "====" into at most 'most' parts, which are then
 * each a text of their own, so that reading behind an end is seen. How many.
 */
size_t split_input(const uint8_t *data, size_t size, struct buf *ret,
		   size_t most);

#endif
