// SPDX-License-Identifier: GPL-2.0-only
/*
 * What kbuild writes and prints, from a tree that somebody else prepared: a
 * .cmd file, the command in it, and make's output.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include <stdlib.h>

#include "driver/kbuild_internal.h"
#include "lib/fs.h"

static char folder[] = "/tmp/cocciseries-fuzz-XXXXXX";

static void remove_folder(void)
{
	fs_remove(folder, NULL);
}

/* Made once: the O= folder that holds .x.o.cmd. */
static void make_folder(void)
{
	static bool made;

	if (!made) {
		require(mkdtemp(folder));
		atexit(remove_folder);
		made = true;
	}
}

static void read_cmd(const struct kbuild_roots *roots, const uint8_t *data,
		     size_t size)
{
	_cleanup_free_ char *path = fs_join(roots->out, ".x.o.cmd");
	struct error err = ERROR_INIT;
	struct compiled unit = { 0 };
	int found;

	require(!fs_write(path, data, size, &err));
	found = kbuild_read_cmd(roots, "x.o", &unit, &err);
	if (found > 0) {
		require(unit.source && unit.object && unit.command.nr);
		require(strv_has(&unit.command, "-c"));
		compiled_release(&unit);
	}
	require(found >= 0 || err.text);
	error_release(&err);
}

static void read_output(const struct kbuild_roots *roots, const char *text)
{
	struct kbuild_warnings *w = kbuild_warnings_parse(roots, text);
	struct strv objects = STRV_INIT, found = STRV_INIT;

	strv_add(&objects, "x.o");
	kbuild_warnings_list(w, w, &objects, &found);
	kbuild_warnings_free(w);
	strv_release(&objects);
	strv_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kbuild_roots roots = { .src = folder, .out = folder };
	_cleanup_free_ char *text = xstrndup((const char *)data, size);
	struct strv words = STRV_INIT;
	struct error err = ERROR_INIT;

	make_folder();
	if (kbuild_split_command(text, &words, &err))
		require(!words.nr && err.text);
	error_release(&err);
	strv_release(&words);
	read_cmd(&roots, data, size);
	read_output(&roots, text);
	return 0;
}
