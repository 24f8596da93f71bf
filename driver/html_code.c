// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "html_code.h"

static bool is_c(const char *path)
{
	return path && (ends_with(path, ".c") || ends_with(path, ".h"));
}

void html_code_open(const struct review_side *side, struct html_code *ret)
{
	*ret = (struct html_code){ .side = side, .is_c = is_c(side->path) };
}

void html_code_release(struct html_code *code)
{
	if (code->lexed)
		tokens_release(&code->tokens);
	*code = (struct html_code){ 0 };
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool is_keyword(const struct tokens *tokens, size_t i)
{
	static const char *const words[] = {
		"__always_inline", "__inline", "asm", "bool", "break", "case",
		"char", "const", "continue", "default", "do", "double", "else",
		"enum", "extern", "float", "for", "goto", "if", "inline", "int",
		"long", "return", "short", "signed", "sizeof", "static",
		"struct", "switch", "typedef", "typeof", "u16", "u32", "u64",
		"u8", "union", "unsigned", "void", "volatile", "while",
	};
	_cleanup_free_ char *spelling = token_spelling(tokens, i);

	return bsearch(spelling, words, ARRAY_SIZE(words), sizeof(*words),
		       compare);
}

/* The class that the style sheet knows a token by; NULL: it is plain. */
static const char *class_of(const struct tokens *tokens, size_t i)
{
	switch (tokens->v[i].kind) {
	case TOKEN_COMMENT:
		return "co";
	case TOKEN_DIRECTIVE:
		return "pp";
	case TOKEN_NUMBER:
		return "nu";
	case TOKEN_STRING:
	case TOKEN_CHAR:
		return "st";
	case TOKEN_IDENT:
		return is_keyword(tokens, i) ? "kw" : NULL;
	default:
		return NULL;
	}
}

/* Bytes of the text from begin up to end; plain neighbours are one piece. */
static void write_tokens(struct html *h, const struct tokens *tokens,
			 size_t begin, size_t end)
{
	size_t plain = begin, i = token_at(tokens, begin);

	for (; i < tokens->nr && tokens->v[i].begin < end; i++) {
		const struct token *t = &tokens->v[i];
		const char *class = class_of(tokens, i);
		size_t from = t->begin > begin ? t->begin : begin;
		size_t to = t->end < end ? t->end : end;

		if (!class)
			continue;
		html_source(h, tokens->text + plain, from - plain);
		html_class(h, "span", class);
		html_source(h, tokens->text + from, to - from);
		html_close(h);
		plain = to;
	}
	html_source(h, tokens->text + plain, end - plain);
}

void html_code_line(struct html *h, struct html_code *code, size_t line)
{
	const struct linediff_line *l = &code->side->lines[line - 1];
	bool whole = l->len && l->data[l->len - 1] == '\n';
	size_t begin = (size_t)(l->data - code->side->data);

	if (code->is_c && !code->lexed) {
		lex(code->side->data, code->side->len, &code->tokens);
		code->lexed = true;
	}
	if (code->is_c)
		write_tokens(h, &code->tokens, begin, begin + l->len - whole);
	else
		html_source(h, l->data, l->len - whole);
	if (!whole)
		html_leaf(h, "i", "eof", " no newline at the end of the file");
}
