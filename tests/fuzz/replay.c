// SPDX-License-Identifier: GPL-2.0-only
/*
 * Each input that is kept for a fuzzer, once and without libFuzzer: what was
 * mended stays mended. The program replay_NAME reads tests/fuzz/corpus-NAME of
 * the folder that it is run in, or the files that it is given. An input that
 * takes long is a failure, too: a hang would otherwise only make tests slow.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <time.h>

#include "lib/fs.h"

#define MOST_SECONDS 5.0

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool replay(const char *path, unsigned int number)
{
	_cleanup_(buf_release) struct buf input = BUF_INIT;
	_cleanup_(error_release) struct error err = ERROR_INIT;
	double begin = now(), took;

	if (fs_read(path, &input, &err)) {
		printf("not ok %u - %s\n", number, err.text);
		return false;
	}
	LLVMFuzzerTestOneInput((const uint8_t *)input.data, input.len);
	took = now() - begin;
	printf("%sok %u - %s\n", took < MOST_SECONDS ? "" : "not ", number,
	       fs_basename(path));
	fflush(stdout);
	return took < MOST_SECONDS;
}

int main(int argc, char **argv)
{
	const char *name = strstr(fs_basename(argv[0]), "_");
	_cleanup_free_ char *pattern =
		xasprintf("tests/fuzz/corpus-%s/*", name ? name + 1 : "");
	glob_t found = { .gl_pathc = 0 };
	unsigned int nr = 0;
	bool held = true;

	setbuf(stdout, NULL);
	if (argc < 2 && !glob(pattern, 0, NULL, &found)) {
		argv = found.gl_pathv - 1;
		argc = (int)found.gl_pathc + 1;
	}
	for (int i = 1; i < argc; i++)
		held = replay(argv[i], ++nr) && held;
	printf("1..%u\n", nr);
	globfree(&found);
	return held && nr ? 0 : 1;
}
