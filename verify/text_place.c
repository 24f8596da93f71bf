// SPDX-License-Identifier: GPL-2.0-only
/*
 * Code that says where it stands. The other rungs see __LINE__ and __FILE__
 * fixed, for every line below a change has another number, which matters to
 * nobody when a header's WARN() spells it. What the touched files spell
 * themselves may be more than a message: an array's size, a switch's case. So
 * each item that spells it, or a macro of its file that does, must stand on the
 * line, or in the file, where it stood.
 */
#include "contract.h"
#include "text.h"

#include "lib/strv.h"

/* One of the two words, and the macros of .c files that come to it. */
struct place {
	const struct contract *contract;
	const char *word;
	struct strv names;  /* the word first */
	struct strv before; /* a key for each place before */
};

static bool is_source(const struct text_file *file)
{
	return file->is_c && ends_with(file->text->path, ".c");
}

static bool item_mentions(const struct text_file *file, const struct item *item,
			  const struct strv *names)
{
	for (size_t i = 0; i < names->nr; i++)
		if (mentions(file->text->data + item->code_begin,
			     item->code_end - item->code_begin, names->v[i]))
			return true;
	return false;
}

/* False when no more macros were found. */
static bool add_macros(const struct text_side *side, struct strv *names)
{
	size_t nr = names->nr;

	for (size_t f = 0; f < side->nr_files; f++) {
		const struct text_file *file = &side->files[f];

		for (size_t i = 0; is_source(file) && i < file->items.nr; i++) {
			const struct item *item = &file->items.v[i];

			if (item->kind == ITEM_MACRO &&
			    !strv_has(names, item->name) &&
			    item_mentions(file, item, names))
				strv_add(names, item->name);
		}
	}
	return names->nr > nr;
}

static bool spelled_anywhere(const struct text_side *side, const char *word)
{
	for (size_t i = 0; i < side->nr_files; i++)
		if (side->files[i].is_c && side->files[i].text->data &&
		    mentions(side->files[i].text->data,
			     side->files[i].text->len, word))
			return true;
	return false;
}

/* What an item is called before a rename. */
static const char *name_before(const struct contract *c, const char *name)
{
	for (size_t i = 0; contract_renames(c) && i < c->nr_renamed; i++)
		if (streq(c->renamed[i].new, name))
			return c->renamed[i].old;
	return name;
}

static char *key_of(const struct place *place, const struct text_side *side,
		    const struct piece *p, size_t token)
{
	const char *name = name_before(place->contract,
				       piece_item(side, p)->name);
	const struct tokens *t = &side->files[p->file].items.tokens;

	if (streq(place->word, "__FILE__"))
		return xasprintf("%s\t%s", name, piece_path(side, p));
	return xasprintf("%s\t%u", name, t->v[token].line);
}

/* Index of the first token at or behind i that comes to the word; the end. */
static size_t find_use(const struct place *place, const struct text_side *side,
		       const struct piece *p, size_t i)
{
	const struct tokens *t = &side->files[p->file].items.tokens;
	size_t end = piece_item(side, p)->token_end;

	for (; i < end; i++)
		for (size_t n = 0; n < place->names.nr; n++)
			if (t->v[i].kind == TOKEN_IDENT &&
			    token_is(t, i, place->names.v[n]))
				return i;
	return end;
}

static void collect(struct place *place, const struct text_side *side)
{
	for (size_t k = 0; k < side->nr; k++) {
		const struct piece *p = &side->pieces[k];
		const struct item *item = piece_item(side, p);
		size_t i = find_use(place, side, p, item->token_begin);

		for (; i < item->token_end;
		     i = find_use(place, side, p, i + 1)) {
			_cleanup_free_ char *key = key_of(place, side, p, i);

			strv_add(&place->before, key);
		}
	}
}

static size_t code_before(const struct tokens *t, size_t i)
{
	while (i && !token_is_code(&t->v[--i]))
		;
	return i;
}

/* It is passed on, alone or in a string: the file's name, for people to read. */
static bool is_shown(const struct tokens *t, size_t i)
{
	size_t before = code_before(t, i), next = token_next(t, i + 1);

	if (!token_is(t, i, "__FILE__") || next >= t->nr)
		return false;
	if (token_is(t, before, "(") &&
	    token_is(t, code_before(t, before), "sizeof"))
		return false;
	return (token_is(t, before, ",") || token_is(t, before, "(")) &&
	       (token_is(t, next, ",") || token_is(t, next, ")") ||
		t->v[next].kind == TOKEN_STRING);
}

static void check_piece(struct text_check *check, const struct place *place,
			const struct piece *p)
{
	const struct text_side *side = &check->after;
	const struct tokens *t = &side->files[p->file].items.tokens;
	const struct item *item = piece_item(side, p);
	size_t i = find_use(place, side, p, item->token_begin);

	for (; i < item->token_end; i = find_use(place, side, p, i + 1)) {
		_cleanup_free_ char *key = key_of(place, side, p, i);

		if (strv_has(&place->before, key))
			continue;
		if (is_shown(t, i)) {
			outcome_explain(check->out, EXPLAINED_FILE_NAME,
					item_kind_name(item->kind), item->name,
					piece_path(side, p),
					"it passes on __FILE__");
			continue;
		}
		text_report(check, RESULT_UNDECIDED, side, p,
			    "%s comes to another value of %s than before",
			    token_is(t, i, place->word) ? "it" : "a macro in it",
			    place->word);
		return;
	}
}

static void check_word(struct text_check *check, const char *word)
{
	struct place place = { .contract = check->contract, .word = word };

	if (!spelled_anywhere(&check->after, word))
		return;
	strv_add(&place.names, word);
	while (add_macros(&check->before, &place.names) ||
	       add_macros(&check->after, &place.names))
		;
	collect(&place, &check->before);
	for (size_t i = 0; i < check->after.nr; i++)
		check_piece(check, &place, &check->after.pieces[i]);
	strv_release(&place.names);
	strv_release(&place.before);
}

void text_check_places(struct text_check *check)
{
	check_word(check, "__LINE__");
	check_word(check, "__FILE__");
}
