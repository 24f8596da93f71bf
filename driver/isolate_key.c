// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the results of the isolation build are kept under, besides tokens: the
 * contents of the files that were read, and the compiler.
 */
#define _GNU_SOURCE
#include "isolate_internal.h"
#include "lib/fs.h"
#include "machine.h"

int isolate_hash_file(const char *path, struct statcache *hashes, char **ret,
		      struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct store_key key;
	const char *known;
	struct stat st;

	if (stat(path, &st)) {
		*ret = xstrdup("absent");
		return 0;
	}
	known = statcache_get(hashes, path, &st);
	if (!known) {
		if (fs_read(path, &text, err))
			return -1;
		key = store_key_of(text.data, text.len);
		known = key.hex;
	}
	*ret = xstrdup(known);
	statcache_set(hashes, path, &st, *ret);
	return 0;
}

/* What a compiler prints for one argument; "" when it does not take it. */
static int ask(const struct strv *compiler, const char *question, char **ret,
	       struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	strv_add_list(&p.argv, compiler);
	strv_add(&p.argv, question);
	strv_add(&p.env, "LC_ALL=C");
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	*ret = xstrndup(p.out.data, strcspn(p.out.data, "\n"));
	return 0;
}

int isolate_identify(const struct strv *compiler, struct statcache *hashes,
		     char **ret, struct error *err)
{
	_cleanup_free_ char *version = NULL, *cc1 = NULL, *as = NULL;
	_cleanup_free_ char *assembler = NULL, *contents = NULL;
	_cleanup_(strv_release) struct strv words = STRV_INIT;

	if (ask(compiler, "--version", &version, err) ||
	    ask(compiler, "-print-prog-name=cc1", &cc1, err) ||
	    ask(compiler, "-print-prog-name=as", &as, err))
		return -1;
	strv_add(&words, *as ? as : "as");
	if (ask(&words, "--version", &assembler, err) ||
	    isolate_hash_file(cc1, hashes, &contents, err))
		return -1;
	*ret = xasprintf("%s\n%s\n%s", version, contents, assembler);
	return 0;
}
