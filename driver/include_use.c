// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers and files as sets of names. A removal that goes by this may still be
 * refused by the compiler (members of a struct are not looked at), but what no
 * configuration here compiles is looked at, too.
 */
#include "include_use.h"

#include "lib/fs.h"

static void add_tokens(const struct tokens *t, unsigned int line,
		       struct used_names *ret);

/* The code token before i; t->nr when there is none. */
static size_t token_before(const struct tokens *t, size_t i)
{
	while (i-- > 0)
		if (token_is_code(&t->v[i]))
			return i;
	return t->nr;
}

static void add_use(const struct tokens *t, size_t i, unsigned int line,
		    struct used_names *ret)
{
	const struct token *token = &t->v[i];
	size_t before = token_before(t, i);
	bool first = before == t->nr;

	if (!first && (token_is(t, before, "->") || token_is(t, before, ".")))
		return;
	ARRAY_GROW(ret->v, ret->nr, ret->alloc);
	ret->v[ret->nr++] = (struct used_name){
		.name = xstrndup(t->text + token->begin,
				 token->end - token->begin),
		.is_tag = !first && (token_is(t, before, "struct") ||
				     token_is(t, before, "union") ||
				     token_is(t, before, "enum")),
		.line = line + token->line - 1,
	};
}

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
		if (t->v[i].kind == TOKEN_DIRECTIVE)
			add_directive(t, i, line, ret);
		else if (t->v[i].kind == TOKEN_IDENT)
			add_use(t, i, line, ret);
	}
}

static int compare_names(const void *left, const void *right)
{
	const struct used_name *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	if (!order)
		order = a->is_tag - b->is_tag;
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
		if (kept && streq(ret->v[kept - 1].name, ret->v[i].name) &&
		    ret->v[kept - 1].is_tag == ret->v[i].is_tag)
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

/* What the lexer cannot make out in a header may declare any name in it. */
static bool may_declare(const struct header *header, const char *name)
{
	for (size_t i = 0; i < header->items.nr; i++) {
		const struct item *it = &header->items.v[i];

		if (it->kind == ITEM_UNKNOWN &&
		    mentions(header->text.data + it->begin,
			     it->end - it->begin, name))
			return true;
	}
	return false;
}

static bool declares(struct header *header, const struct used_name *used)
{
	return header_names_find(header_own_names(header), used->name,
				 strlen(used->name), used->is_tag) ||
	       may_declare(header, used->name);
}

static const struct used_name *first_use(const struct header_list *given,
					 const struct used_names *used)
{
	const struct used_name *first = NULL;

	for (size_t i = 0; i < used->nr; i++) {
		const struct used_name *u = &used->v[i];
		bool is_given = false;

		for (size_t k = 0; k < given->nr && !is_given; k++)
			is_given = declares(given->v[k], u);
		if (is_given && (!first || u->line < first->line))
			first = u;
	}
	return first;
}

/* arch/<any>/include/asm/x.h, and its uapi, when the list has one of x86's. */
static int add_every_arch(struct headers *headers, edits_lister *namesakes,
			  void *data, struct header_list *given,
			  struct error *err)
{
	static const char own[] = "arch/x86/include/";

	for (size_t i = 0; i < given->nr; i++) {
		const char *path = given->v[i]->path;
		const char *tail = path + strlen(own) - 1;
		_cleanup_(strv_release) struct strv files = STRV_INIT;

		if (!starts_with(path, own))
			continue;
		if (namesakes(data, fs_basename(path), &files, err))
			return -1;
		for (size_t k = 0; k < files.nr; k++) {
			struct header *header;

			if (!starts_with(files.v[k], "arch/") ||
			    !ends_with(files.v[k], tail) ||
			    starts_with(files.v[k], own))
				continue;
			if (headers_get(headers, files.v[k], &header, err) < 0)
				return -1;
			header_list_add(given, header);
		}
	}
	return 0;
}

static int collect(struct headers *headers, const char *path,
		   const char *include, struct header_list *given,
		   struct error *err)
{
	_cleanup_free_ char *target = NULL;
	struct header *header;
	int found = headers_resolve(headers, path, include, &target, err);

	if (found > 0)
		found = headers_get(headers, target, &header, err);
	if (found <= 0)
		return found;
	header_list_add(given, header);
	return headers_behind(headers, include, given, err) ? -1 : 1;
}

int include_use(struct headers *headers, edits_lister *namesakes, void *data,
		const char *path, const char *include,
		const struct used_names *used, const struct used_name **ret,
		struct error *err)
{
	struct header_list given = { 0 };
	int found = collect(headers, path, include, &given, err);

	if (found > 0 && !starts_with(path, "arch/") &&
	    add_every_arch(headers, namesakes, data, &given, err))
		found = -1;
	if (found > 0)
		*ret = first_use(&given, used);
	free(given.v);
	return found;
}
