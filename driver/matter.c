// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text is cut into external declarations; those that may be left out are
 * told by their form; then, from all that stays, names lead to what stays as
 * well.
 */
#define _GNU_SOURCE
#include "matter_internal.h"

#include <ctype.h>

/* "struct x;" and "struct x {", "typedef ... x;": known from here on. */
static void note_types(struct cut *c, const struct item *item)
{
	size_t i = item->begin, end = item->end;

	if (end - i > 2 && kind_at(c, i) == WORDS_TAG &&
	    kind_at(c, i + 1) == WORDS_NAME &&
	    (punct_at(c, i + 2) == ';' || punct_at(c, i + 2) == '{'))
		c->facts[c->w->v[i + 1]].is_tag = true;
	while (i < end && kind_at(c, i) == WORDS_QUALIFIER)
		i++;
	if (end - i > 2 && kind_at(c, i) == WORDS_TYPEDEF &&
	    punct_at(c, end - 1) == ';' && kind_at(c, end - 2) == WORDS_NAME)
		c->facts[c->w->v[end - 2]].is_type = true;
}

static void add_item(struct cut *c, size_t begin, size_t end)
{
	struct item *item;

	ARRAY_GROW(c->items, c->nr, c->alloc);
	item = &c->items[c->nr++];
	*item = (struct item){ .begin = begin, .end = end };
	item->form = matter_form_of(c, item, &item->name);
	if (item->form == FORM_OTHER) {
		item->name = 0;
		note_types(c, item);
	}
}

/* A '{' behind ')' opens a body, unless that ends an attribute of a struct. */
static bool opens_body(const struct cut *c, size_t begin, size_t i)
{
	size_t depth = 0, k = i;

	if (k == begin || punct_at(c, k - 1) != ')')
		return k == begin;
	while (k-- > begin) {
		depth += closes(punct_at(c, k));
		if (opens(punct_at(c, k)) && !--depth)
			break;
	}
	if (depth || k == begin)
		return false;
	if (kind_at(c, k - 1) != WORDS_ATTRIBUTE)
		return true;
	return opens_body(c, begin, k - 1);
}

/* Behind the external declaration at begin; 0 when brackets do not match. */
static size_t scan_item(const struct cut *c, size_t begin)
{
	bool body = false, assigned = false;
	size_t depth = 0;

	if (kind_at(c, begin) == WORDS_DIRECTIVE)
		return begin + 1;
	for (size_t i = begin; i < c->w->nr; i++) {
		char p = punct_at(c, i);

		if (p == '{' && !depth && !assigned)
			body = opens_body(c, begin, i);
		assigned |= p == '=' && !depth;
		depth += opens(p);
		if (closes(p)) {
			if (!depth--)
				return 0;
			if (!depth && p == '}' && body)
				return i + 1;
		}
		if (p == ';' && !depth)
			return i + 1;
	}
	return depth ? 0 : c->w->nr;
}

static bool cut_items(struct cut *c)
{
	size_t end;

	for (size_t begin = 0; begin < c->w->nr; begin = end) {
		end = scan_item(c, begin);
		if (!end)
			return false;
		add_item(c, begin, end);
	}
	return true;
}

static void keep_item(struct cut *c, size_t i)
{
	if (c->items[i].stays)
		return;
	c->items[i].stays = true;
	ARRAY_GROW(c->todo, c->nr_todo, c->alloc_todo);
	c->todo[c->nr_todo++] = i;
}

static void keep_named(struct cut *c, uint32_t number)
{
	struct fact *fact;

	/* words of strings and directives got numbers behind the others */
	if (number >= c->nr_facts)
		return;
	fact = &c->facts[number];
	if (fact->named)
		return;
	fact->named = true;
	for (uint32_t i = fact->first; i; i = c->items[i - 1].next)
		keep_item(c, i - 1);
}

/* Every run of bytes that could be a name. */
static void keep_words_of(struct cut *c, uint32_t number)
{
	const char *text = c->w->word[number].text;
	size_t len = c->w->word[number].len;

	for (size_t i = 0, k; i < len; i = k + 1) {
		for (k = i; k < len && (isalnum((unsigned char)text[k]) ||
					text[k] == '_' || text[k] == '$');)
			k++;
		if (k > i)
			keep_named(c, words_number(c->w, text + i, k - i,
						   TOKEN_IDENT));
	}
}

static void keep_names_of(struct cut *c, const struct item *item)
{
	for (size_t i = item->begin; i < item->end; i++) {
		uint32_t number = c->w->v[i];
		struct fact *fact = &c->facts[number];

		switch (c->w->word[number].kind) {
		case WORDS_NAME:
			keep_named(c, number);
			break;
		case WORDS_STRING:
		case WORDS_DIRECTIVE:
			if (!fact->named)
				keep_words_of(c, number);
			c->facts[number].named = true;
			break;
		}
	}
}

/* What stays keeps what it names, and that what it names. */
static void keep_reached(struct cut *c)
{
	while (c->nr_todo) {
		const struct item item = c->items[c->todo[--c->nr_todo]];

		keep_names_of(c, &item);
	}
}

/* Lists the items of each name; all others stay. */
static void keep_others(struct cut *c)
{
	for (size_t i = c->nr; i-- > 0;) {
		struct item *item = &c->items[i];

		if (item->form == FORM_OTHER) {
			keep_item(c, i);
			continue;
		}
		item->next = c->facts[item->name].first;
		c->facts[item->name].first = i + 1;
	}
	/* Two prototypes of one function can contradict each other. */
	for (size_t i = 0; c->matter == MATTER_STOCK && i < c->nr; i++)
		if (c->items[i].next)
			keep_named(c, c->items[i].name);
}

/* Functions that the compiler knows stay, whoever names them. */
static int keep_builtins(struct cut *c, struct builtins *builtins,
			 struct error *err)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	for (size_t i = 0; i < c->nr; i++)
		if (!c->items[i].stays)
			strv_add(&names, words_text(c->w, c->items[i].name));
	if (builtins_ask(builtins, &names, err))
		return -1;
	for (size_t i = 0; i < c->nr; i++)
		if (!c->items[i].stays &&
		    builtins_has(builtins,
				 words_text(c->w, c->items[i].name)))
			keep_named(c, c->items[i].name);
	keep_reached(c);
	return 0;
}

/* Where those tokens stand that have it in them, of what stays. */
static void add_places(const struct cut *c, struct buf *ret)
{
	size_t i = 0;

	for (size_t k = 0; k < c->w->nr_places; k++) {
		const struct place *p = &c->w->places[k];

		while (i < c->nr && c->items[i].end <= p->token)
			i++;
		if (i == c->nr || c->items[i].stays)
			buf_addf(ret, "%s:%u", words_text(c->w, p->file),
				 p->line);
	}
}

/* Objects are compiled with a plain 0 and "file" where a text has its marks. */
static const char *spelled(const struct cut *c, size_t i)
{
	const char *text = words_text(c->w, c->w->v[i]);

	if (!word_at(c, i)->placed)
		return text;
	if (streq(text, WORDS_LINE))
		return "0";
	return streq(text, "\"" WORDS_FILE "\"") ? "\"file\"" : text;
}

static struct store_key key_of(const struct cut *c)
{
	_cleanup_(buf_release) struct buf all = BUF_INIT;

	for (size_t i = 0; i < c->nr; i++) {
		const struct item *item = &c->items[i];

		for (size_t k = item->begin; item->stays && k < item->end; k++) {
			const char *text = spelled(c, k);

			buf_add(&all, text, strlen(text) + 1);
		}
	}
	if (c->matter == MATTER_STOCK)
		add_places(c, &all);
	return store_key_of(all.data, all.len);
}

static bool asks_for_place(const struct words *w)
{
	static const char *const names[] = {
		"__builtin_LINE", "__builtin_FILE", "__builtin_FUNCTION",
		"__builtin_COLUMN", "__builtin_source_location",
	};

	for (uint32_t n = 1; n < w->nr_words; n++)
		for (size_t i = 0; i < ARRAY_SIZE(names); i++)
			if (streq(words_text(w, n), names[i]))
				return true;
	return false;
}

int matter_key(struct words *w, enum matter matter, struct builtins *builtins,
	       struct store_key *ret, struct error *err)
{
	struct cut c = { .w = w, .matter = matter };
	int result = 1;

	if (matter == MATTER_STOCK && asks_for_place(w))
		return 0;
	c.nr_facts = w->nr_words;
	c.facts = xcalloc(c.nr_facts, sizeof(*c.facts));
	if (w->odd || !cut_items(&c)) {
		*ret = words_key(w);
		result = matter == MATTER_CODE;
	} else {
		keep_others(&c);
		keep_reached(&c);
		if (keep_builtins(&c, builtins, err))
			result = -1;
		else
			*ret = key_of(&c);
	}
	free(c.items);
	free(c.facts);
	free(c.todo);
	return result;
}
