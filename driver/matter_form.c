// SPDX-License-Identifier: GPL-2.0-only
/*
 * The two forms that may be left out of a key, by a grammar that is narrower than
 * C's: what it does not know is another form. It fits a declaration from its
 * first token to its last or not at all, so that a wrong cut does no harm.
 */
#define _GNU_SOURCE
#include "matter_internal.h"

/*
 * What these say of a function that nobody calls, or of a local variable of
 * one, is said to nobody.
 */
static const char *const harmless[] = {
	"access", "aligned", "alloc_align", "alloc_size", "always_inline",
	"artificial", "assume_aligned", "cleanup", "cold", "const", "error",
	"fallthrough", "flatten", "format", "format_arg", "gnu_inline", "hot",
	"leaf", "malloc", "no_instrument_function", "noinline", "nonnull",
	"noreturn", "nothrow", "packed", "pure", "returns_nonnull", "sentinel",
	"unused", "warn_unused_result", "warning",
};

/* Behind the bracket that closes the one at i; 0 when none does before end. */
static size_t behind_group(const struct cut *c, size_t i, size_t end)
{
	size_t depth = 0;

	for (; i < end; i++) {
		depth += opens(punct_at(c, i));
		if (closes(punct_at(c, i)) && !--depth)
			return i + 1;
	}
	return 0;
}

static bool is_harmless(const struct word *word, const char *text)
{
	size_t len = word->len;

	if (len > 4 && starts_with(text, "__") &&
	    !strncmp(text + len - 2, "__", 2)) {
		text += 2;
		len -= 4;
	}
	for (size_t i = 0; i < ARRAY_SIZE(harmless); i++)
		if (strlen(harmless[i]) == len &&
		    !memcmp(harmless[i], text, len))
			return true;
	return false;
}

/* Behind __attribute__((a, b(1))) at i; 0 unless all are on the list. */
static size_t behind_attribute(const struct cut *c, size_t i, size_t end)
{
	size_t close = i + 1 < end ? behind_group(c, i + 1, end) : 0;

	if (!close || close - i < 5 || punct_at(c, i + 1) != '(' ||
	    punct_at(c, i + 2) != '(' || punct_at(c, close - 2) != ')')
		return 0;
	for (i += 3; i < close - 2; i++) {
		const char *text = words_text(c->w, c->w->v[i]);

		if (punct_at(c, i) == ',')
			continue;
		if (!is_harmless(word_at(c, i), text))
			return 0;
		if (punct_at(c, i + 1) == '(')
			i = behind_group(c, i + 1, close - 2) - 1;
		if (i >= close)
			return 0;
	}
	return close;
}

/* Specifiers and a name, up to the '(' behind it. */
struct head {
	size_t open;	  /* the '(' */
	uint32_t name;
	bool is_static, is_inline;
};

/* A type is one name, or words of the language, or a tag known by now. */
static bool take_specifier(const struct cut *c, size_t *i, size_t end,
			   size_t *types, struct head *ret)
{
	const struct fact *tag;

	switch (kind_at(c, *i)) {
	case WORDS_STATIC:
		ret->is_static = true;
		return true;
	case WORDS_INLINE:
		ret->is_inline = true;
		return true;
	case WORDS_EXTERN:
	case WORDS_QUALIFIER:
		return true;
	case WORDS_TYPE:
		*types = 1;
		return true;
	case WORDS_TAG:
		if (++*i >= end || kind_at(c, *i) != WORDS_NAME || (*types)++)
			return false;
		tag = &c->facts[c->w->v[*i]];
		return tag->is_tag;
	case WORDS_NAME:
		if (c->matter == MATTER_STOCK && !c->facts[c->w->v[*i]].is_type)
			return false;
		return !(*types)++;
	case WORDS_ATTRIBUTE:
		*i = behind_attribute(c, *i, end);
		return *i && (*i)--;
	default:
		return punct_at(c, *i) == '*' && *types;
	}
}

static bool read_head(const struct cut *c, const struct item *item,
		      struct head *ret)
{
	size_t types = 0;

	*ret = (struct head){ 0 };
	for (size_t i = item->begin; i + 1 < item->end; i++) {
		if (kind_at(c, i) == WORDS_NAME && types &&
		    punct_at(c, i + 1) == '(') {
			ret->name = c->w->v[i];
			ret->open = i + 1;
			return true;
		}
		if (!take_specifier(c, &i, item->end, &types, ret))
			return false;
	}
	return false;
}

/* True when the type or tag at i is known, or need not be; see matter.h. */
static bool is_known(const struct cut *c, size_t i)
{
	const struct fact *fact = &c->facts[c->w->v[i]];
	char next = punct_at(c, i + 1);

	if (c->matter == MATTER_CODE)
		return true;
	if (kind_at(c, i - 1) == WORDS_TAG)
		return fact->is_tag;
	if (fact->is_type)
		return true;
	/* a parameter's name, behind a type */
	return (next == ',' || next == ')') &&
	       (kind_at(c, i - 1) == WORDS_TYPE ||
		kind_at(c, i - 1) == WORDS_NAME || punct_at(c, i - 1) == '*');
}

/* Nothing between the brackets but types, names and harmless attributes. */
static bool are_parameters(const struct cut *c, size_t i, size_t end)
{
	for (; i < end; i++) {
		const struct word *word = word_at(c, i);

		switch (word->kind) {
		case WORDS_NAME:
			if (!is_known(c, i))
				return false;
			continue;
		case WORDS_TYPE:
		case WORDS_QUALIFIER:
		case WORDS_TAG:
			continue;
		case WORDS_ATTRIBUTE:
			i = behind_attribute(c, i, end);
			if (!i--)
				return false;
			continue;
		case WORDS_PUNCT:
			if (word->punct ? strchr("(),*", word->punct) != NULL :
					  streq(words_text(c->w, c->w->v[i]),
						"..."))
				continue;
			return false;
		default:
			return false;
		}
	}
	return true;
}

static size_t behind_attributes(const struct cut *c, size_t i, size_t end)
{
	while (i && i < end && kind_at(c, i) == WORDS_ATTRIBUTE)
		i = behind_attribute(c, i, end);
	return i;
}

/* typeof (x) and the like at i: behind it; else 0. */
static size_t behind_typeof(const struct cut *c, size_t i, size_t end)
{
	if (kind_at(c, i) != WORDS_KEYWORD || i + 1 >= end ||
	    punct_at(c, i + 1) != '(' ||
	    !strstr(words_text(c->w, c->w->v[i]), "typeof"))
		return 0;
	return behind_group(c, i + 1, end);
}

/* Part of "T a, *b" in front of a bracket, an initialiser or the end. */
static bool is_of_declaration(const struct cut *c, size_t i)
{
	switch (kind_at(c, i)) {
	case WORDS_NAME:
	case WORDS_TYPE:
	case WORDS_QUALIFIER:
	case WORDS_STATIC:
	case WORDS_TAG:
		return true;
	default:
		return punct_at(c, i) == '*' || punct_at(c, i) == ',';
	}
}

/* The ',' behind an initialiser at i, or the ';'. */
static size_t next_declarator(const struct cut *c, size_t i, size_t end)
{
	while (i && i < end && punct_at(c, i) != ',' && punct_at(c, i) != ';')
		i = opens(punct_at(c, i)) ? behind_group(c, i, end) : i + 1;
	return i ? i : end;
}

/*
 * "int g(void);" among the statements that begin at i: what it says of g would
 * hold behind the body too. An expression like "a, g(x);" is taken for one.
 */
static bool declares_function(const struct cut *c, size_t i, size_t end)
{
	size_t begin = i, behind;

	while (i < end) {
		behind = behind_typeof(c, i, end);
		if (behind)
			i = behind;
		else if (is_of_declaration(c, i))
			i++;
		else if (punct_at(c, i) == '(')
			return i > begin + 1 && kind_at(c, i - 1) == WORDS_NAME;
		else if (i == begin || (punct_at(c, i) != '=' &&
					punct_at(c, i) != '['))
			return false;
		else
			i = next_declarator(c, i, end);
	}
	return false;
}

/* Nothing in a body that could outlive it. */
static bool is_closed_body(const struct cut *c, size_t i, size_t end)
{
	for (; i < end; i++) {
		unsigned char kind = kind_at(c, i);
		char p = punct_at(c, i);

		if (kind == WORDS_EXTERN || kind == WORDS_DIRECTIVE ||
		    (kind == WORDS_KEYWORD &&
		     streq(words_text(c->w, c->w->v[i]), "__declspec")) ||
		    (p == '[' && punct_at(c, i + 1) == '['))
			return false;
		if ((p == ';' || p == '{' || p == '}') &&
		    declares_function(c, i + 1, end - 1))
			return false;
		if (kind != WORDS_ATTRIBUTE)
			continue;
		i = behind_attribute(c, i, end);
		if (!i--)
			return false;
	}
	return true;
}

enum matter_form matter_form_of(const struct cut *c, const struct item *item,
				uint32_t *ret_name)
{
	struct head head;
	size_t close, end = item->end;

	if (!read_head(c, item, &head))
		return FORM_OTHER;
	close = behind_group(c, head.open, end);
	if (!close || !are_parameters(c, head.open + 1, close - 1))
		return FORM_OTHER;
	close = behind_attributes(c, close, end);
	if (!close || close >= end)
		return FORM_OTHER;
	*ret_name = head.name;
	if (!head.is_static && !head.is_inline)
		return close == end - 1 && punct_at(c, close) == ';' ?
			       FORM_PROTOTYPE :
			       FORM_OTHER;
	if (c->matter == MATTER_STOCK || !head.is_static || !head.is_inline ||
	    punct_at(c, close) != '{' || behind_group(c, close, end) != end ||
	    !is_closed_body(c, close, end))
		return FORM_OTHER;
	return FORM_INLINE;
}
