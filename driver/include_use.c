// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers and files as sets of names. A removal that goes by this may still be
 * refused by the compiler (members of a struct are not looked at), but what no
 * configuration here compiles is looked at, too.
 */
#define _GNU_SOURCE
#include "include_use.h"

#include "lib/fs.h"
#include "lib/spelling.h"

/* Where kbuild's -I options look, in their order. */
static void include_folders(const char *includer, struct strv *ret)
{
	const char *arch = includer + strlen("arch/");
	bool has_arch = starts_with(includer, "arch/");
	int len = has_arch ? (int)strcspn(arch, "/") : 0;

	if (has_arch)
		strv_addf(ret, "arch/%.*s/include", len, arch);
	strv_add(ret, "include");
	if (has_arch)
		strv_addf(ret, "arch/%.*s/include/uapi", len, arch);
	strv_add(ret, "include/uapi");
}

/* The folder of the file and those above it: ccflags-y += -I $(src) and the like. */
static void folders_above(const char *includer, struct strv *ret)
{
	_cleanup_free_ char *dir = fs_dirname(includer);

	while (!streq(dir, ".")) {
		char *above = fs_dirname(dir);

		strv_add(ret, dir);
		free(dir);
		dir = above;
	}
	strv_add(ret, ".");
}

/* Appends the first of the folders' files that is there: 1, 0, -1. */
static int find_in(const struct header_source *source,
		   const struct strv *folders, const char *name,
		   struct strv *ret, struct error *err)
{
	for (size_t i = 0; i < folders->nr; i++) {
		_cleanup_(buf_release) struct buf ignored = BUF_INIT;
		_cleanup_free_ char *joined = fs_join(folders->v[i], name);
		_cleanup_free_ char *path = path_normal(joined);
		int found = path ? source->read(source->data, path, &ignored,
						err) :
				   0;

		if (found > 0)
			strv_add(ret, path);
		if (found)
			return found;
	}
	return 0;
}

/* arch/<any>/include/asm/x.h, and the one that stands in for those that lack it. */
static int find_in_all(const struct header_source *source, const char *name,
		       struct strv *ret, struct error *err)
{
	_cleanup_(strv_release) struct strv files = STRV_INIT;
	_cleanup_free_ char *tail = xasprintf("/include/%s", name);
	_cleanup_free_ char *uapi = xasprintf("/include/uapi/%s", name);
	_cleanup_free_ char *generic =
		xasprintf("include/asm-generic/%s", name + strlen("asm/"));

	if (source->list(source->data, fs_basename(name), &files, err))
		return -1;
	for (size_t i = 0; i < files.nr; i++)
		if (streq(files.v[i], generic) ||
		    (starts_with(files.v[i], "arch/") &&
		     (ends_with(files.v[i], tail) ||
		      ends_with(files.v[i], uapi))))
			strv_add(ret, files.v[i]);
	return 0;
}

/* The files that the spelling may mean. */
static int find_headers(const struct header_source *source,
			const char *includer, const char *spelling,
			struct strv *ret, struct error *err)
{
	_cleanup_free_ char *name = xstrndup(spelling + 1,
					     strlen(spelling) - 2);
	_cleanup_(strv_release) struct strv folders = STRV_INIT;
	bool is_asm = starts_with(name, "asm/");

	if (*spelling == '"')
		folders_above(includer, &folders);
	include_folders(includer, &folders);
	if (find_in(source, &folders, name, ret, err) < 0)
		return -1;
	if (ret->nr || !is_asm)
		return 0;
	if (!starts_with(includer, "arch/"))
		return find_in_all(source, name, ret, err);
	/* generic-y: the architecture has none of its own. */
	strv_release(&folders);
	strv_add(&folders, "include/asm-generic");
	return find_in(source, &folders, name + strlen("asm/"), ret, err);
}

static void add_idents(const struct items *items, const struct item *it,
		       size_t begin, struct strv *ret)
{
	for (size_t t = it->token_begin; t < it->token_end; t++) {
		const struct token *token = &items->tokens.v[t];

		if (token->kind == TOKEN_IDENT && token->begin >= begin)
			strv_addn(ret, items->tokens.text + token->begin,
				  token->end - token->begin);
	}
}

static bool item_has(const struct items *items, const struct item *it,
		     const char *bytes)
{
	return memmem(items->tokens.text + it->code_begin,
		      it->code_end - it->code_begin, bytes, strlen(bytes));
}

/* What a line that calls a macro declares only the macro knows. */
static void add_call(const struct items *items, const struct item *it,
		     struct given_names *ret)
{
	size_t macro = items_find(items, ITEM_MACRO, it->name, 0);
	size_t begin = it->name_begin + 1; /* behind the macro's own name */

	if (macro != ITEMS_NONE && item_has(items, &items->v[macro], "##"))
		add_idents(items, it, begin, &ret->pasted);
	if (macro != ITEMS_NONE || starts_with(it->name, "DECLARE_") ||
	    starts_with(it->name, "DEFINE_"))
		add_idents(items, it, begin, &ret->names);
}

static bool is_forward(const struct items *items, const struct item *it)
{
	return it->kind == ITEM_TYPE && !item_has(items, it, "{");
}

static void add_item(const struct items *items, size_t i,
		     struct given_names *ret)
{
	const struct item *it = &items->v[i];

	switch (it->kind) {
	case ITEM_FUNCTION:
	case ITEM_PROTOTYPE:
	case ITEM_VARIABLE:
	case ITEM_EXTERN:
	case ITEM_TYPE:
	case ITEM_TYPEDEF:
		if (!is_forward(items, it))
			items_names(items, i, &ret->names);
		return;
	case ITEM_MACRO:
		strv_add(&ret->names, it->name);
		return;
	case ITEM_CALL:
		add_call(items, it, ret);
		return;
	case ITEM_UNKNOWN: /* it may declare any of them */
		add_idents(items, it, it->code_begin, &ret->names);
		return;
	default:
		return;
	}
}

/* <asm/x.h> and the like in a header x.h: what it is the front of. */
static bool is_behind(const char *path, const char *include)
{
	_cleanup_free_ char *name = xstrndup(include + 1,
					     strlen(include) - 2);

	return streq(fs_basename(name), fs_basename(path)) &&
	       (starts_with(name, "asm/") || starts_with(name, "uapi/") ||
		starts_with(name, "asm-generic/"));
}

static int add_header(const struct header_source *source, const char *includer,
		      const char *spelling, struct given_names *ret,
		      struct error *err);

static int add_file(const struct header_source *source, const char *includer,
		    const char *path, struct given_names *ret,
		    struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(items_release) struct items items = { 0 };

	if (strv_has(&ret->seen, path))
		return 0;
	strv_add(&ret->seen, path);
	if (source->read(source->data, path, &text, err) < 0)
		return -1;
	items_parse(text.data, text.len, &items);
	for (size_t i = 0; i < items.nr; i++) {
		const struct item *it = &items.v[i];

		add_item(&items, i, ret);
		if (it->kind == ITEM_INCLUDE && strlen(it->name) > 2 &&
		    is_behind(path, it->name) &&
		    add_header(source, includer, it->name, ret, err) < 0)
			return -1;
	}
	return 0;
}

static int add_header(const struct header_source *source, const char *includer,
		      const char *spelling, struct given_names *ret,
		      struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	if (find_headers(source, includer, spelling, &paths, err))
		return -1;
	for (size_t i = 0; i < paths.nr; i++)
		if (add_file(source, includer, paths.v[i], ret, err))
			return -1;
	return paths.nr > 0;
}

int include_gives(const struct header_source *source, const char *includer,
		 const char *spelling, struct given_names *ret,
		 struct error *err)
{
	int found;

	*ret = (struct given_names){ 0 };
	found = add_header(source, includer, spelling, ret, err);
	strv_uniq(&ret->names);
	strv_uniq(&ret->pasted);
	if (found < 0)
		given_names_release(ret);
	return found;
}

void given_names_release(struct given_names *names)
{
	strv_release(&names->names);
	strv_release(&names->pasted);
	strv_release(&names->seen);
}

static void add_use(struct used_names *ret, const char *name, size_t len,
		    unsigned int line)
{
	ARRAY_GROW(ret->v, ret->nr, ret->alloc);
	ret->v[ret->nr++] = (struct used_name){ xstrndup(name, len), line };
}

static bool is_member(const struct tokens *t, size_t i)
{
	while (i-- > 0 && !token_is_code(&t->v[i]))
		;
	return i < t->nr && (token_is(t, i, "->") || token_is(t, i, "."));
}

static void add_tokens(const struct tokens *t, unsigned int line,
		       struct used_names *ret);

/* The text of #if and #define is not split into tokens: done here. */
static void add_directive(const struct tokens *t, size_t i, unsigned int line,
			  struct used_names *ret)
{
	const struct token *token = &t->v[i];
	struct tokens inside;

	if (token_directive_is(t, i, "include") ||
	    token_directive_is(t, i, "include_next"))
		return;
	lex(t->text + token->begin + 1, token->end - token->begin - 1,
	    &inside);
	add_tokens(&inside, line + token->line - 1, ret);
	tokens_release(&inside);
}

/* line: physical, of the first token, from 1. */
static void add_tokens(const struct tokens *t, unsigned int line,
		       struct used_names *ret)
{
	for (size_t i = 0; i < t->nr; i++) {
		const struct token *token = &t->v[i];

		if (token->kind == TOKEN_DIRECTIVE)
			add_directive(t, i, line, ret);
		else if (token->kind == TOKEN_IDENT && !is_member(t, i))
			add_use(ret, t->text + token->begin,
				token->end - token->begin,
				line + token->line - 1);
	}
}

static int compare_names(const void *left, const void *right)
{
	const struct used_name *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : a->line < b->line ? -1 : a->line > b->line;
}

void file_names(const struct items *items, struct used_names *ret)
{
	size_t kept = 0;

	*ret = (struct used_names){ 0 };
	add_tokens(&items->tokens, 1, ret);
	if (ret->nr)
		qsort(ret->v, ret->nr, sizeof(*ret->v), compare_names);
	for (size_t i = 0; i < ret->nr; i++) {
		if (kept && streq(ret->v[kept - 1].name, ret->v[i].name))
			free(ret->v[i].name);
		else
			ret->v[kept++] = ret->v[i];
	}
	ret->nr = kept;
}

void used_names_release(struct used_names *names)
{
	for (size_t i = 0; i < names->nr; i++)
		free(names->v[i].name);
	free(names->v);
}

static int compare_strings(const void *left, const void *right)
{
	return strcmp(left, *(char *const *)right);
}

/* True when one of the words is a part of the name between underscores. */
static bool is_pasted(const char *name, const struct strv *words)
{
	_cleanup_(strv_release) struct strv parts = STRV_INIT;

	if (!words->nr)
		return false;
	strv_split(&parts, name, "_");
	for (size_t i = 0; i < parts.nr; i++)
		if (strv_has(words, parts.v[i]))
			return true;
	return false;
}

const struct used_name *used_of_header(const struct used_names *used,
				       const struct given_names *header)
{
	const struct used_name *first = NULL;

	for (size_t i = 0; i < used->nr; i++) {
		const struct used_name *u = &used->v[i];
		bool given = (header->names.nr &&
			      bsearch(u->name, header->names.v,
				      header->names.nr, sizeof(char *),
				      compare_strings)) ||
			     is_pasted(u->name, &header->pasted);

		if (given && (!first || u->line < first->line))
			first = u;
	}
	return first;
}
