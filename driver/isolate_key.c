// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the results of the isolation build are kept under: the contents of the
 * files that were read, the compiler, and the tokens of preprocessed text.
 */
#define _GNU_SOURCE
#include "isolate_internal.h"
#include "lib/fs.h"
#include "lib/lex.h"

#include <ctype.h>

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
	if (process_run(&p, err))
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

/* A line marker: where a line came from, which is not what it says. */
static bool is_linemarker(const struct tokens *t, size_t i)
{
	size_t len;
	const char *name = token_directive(t, i, &len);

	return len && (isdigit((unsigned char)*name) ||
		       (len == 4 && !strncmp(name, "line", 4)));
}

struct store_key isolate_text_key(const char *text, size_t len)
{
	_cleanup_(buf_release) struct buf all = BUF_INIT;
	struct tokens t;

	lex(text, len, &t);
	for (size_t i = 0; i < t.nr; i++) {
		const struct token *token = &t.v[i];

		if (!token_is_code(token) ||
		    (token->kind == TOKEN_DIRECTIVE && is_linemarker(&t, i)))
			continue;
		/* the NUL keeps "a b" and "ab" apart */
		buf_add(&all, text + token->begin, token->end - token->begin);
		buf_add(&all, "", 1);
	}
	tokens_release(&t);
	return store_key_of(all.data, all.len);
}
