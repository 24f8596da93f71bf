// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a step renames: linkage and name space of each entity, as the file says
 * that defines it, whatever this configuration makes of that file; and which
 * spellings are worth a look.
 */
#define _GNU_SOURCE
#include "contract.h"
#include "tokens_rename.h"

#include "lib/buf.h"
#include "lib/fs.h"
#include "lib/items.h"

enum { HOLDS_UNKNOWN, HOLDS_NOTHING, HOLDS_NAME };

static const struct text *text_of(const struct token_check *check,
				  const char *path)
{
	const struct state *state = check->before;

	for (size_t i = 0; path && i < state->nr_texts; i++)
		if (streq(state->texts[i].path, path))
			return &state->texts[i];
	return NULL;
}

static bool is_object_item(const struct item *item)
{
	return item->kind == ITEM_FUNCTION || item->kind == ITEM_VARIABLE ||
	       item->kind == ITEM_PROTOTYPE || item->kind == ITEM_EXTERN;
}

/* One static declaration makes it static: C11 6.2.2p5. */
static void read_items(const struct items *items, struct token_rename *r)
{
	bool object = false, is_static = false, tag = false;

	for (size_t i = 0; i < items->nr; i++) {
		const struct item *item = &items->v[i];
		struct strv names _cleanup_(strv_release) = STRV_INIT;

		items_names(items, i, &names);
		if (!strv_has(&names, r->names->old))
			continue;
		object |= is_object_item(item);
		is_static |= is_object_item(item) && item->is_static;
		tag |= item->kind == ITEM_TYPE &&
		       streq(item->name, r->names->old);
	}
	r->external[0] = object && !is_static;
	r->space = tag && !object ? SPACE_TAG : SPACE_ORDINARY;
}

static void read_entity(struct token_check *check, struct token_rename *r)
{
	const struct text *text = text_of(check, r->from);
	struct items items = { 0 };

	if (text && text->data)
		items_parse(text->data, text->len, &items);
	read_items(&items, r);
	r->external[1] = r->external[0] ||
			 contract_promotes(check->contract, r->names->old);
	items_release(&items);
}

sym token_number(struct token_check *check, const char *name)
{
	return pool_add(&check->pool, name, strlen(name), TOKEN_IDENT);
}

void renames_number(struct token_check *check)
{
	const struct contract *c = check->contract;

	if (!contract_renames(c))
		return;
	check->renames = xcalloc(c->nr_renamed + 1, sizeof(*check->renames));
	for (size_t i = 0; i < c->nr_renamed; i++) {
		struct token_rename *r = &check->renames[i];

		r->names = &c->renamed[i];
		r->spelling = xasprintf("%s=>%s", r->names->old, r->names->new);
		r->from = contract_home(c, r->names, false);
		r->to = contract_home(c, r->names, true);
		r->old = token_number(check, r->names->old);
		r->new = token_number(check, r->names->new);
		r->fresh = token_number(check, r->spelling);
		read_entity(check, r);
	}
}

void renames_release(struct token_check *check)
{
	for (size_t i = 0; i < nr_renames(check); i++)
		free(check->renames[i].spelling);
	free(check->renames);
	free(check->holds);
}

static bool holds_name(const struct token_check *check, const char *text)
{
	for (size_t i = 0; i < nr_renames(check); i++)
		if (strstr(text, check->renames[i].names->old) ||
		    strstr(text, check->renames[i].names->new))
			return true;
	return false;
}

/* What cannot be read is for the loader to complain about. */
bool renames_concern(const struct token_check *check, const struct unit *unit)
{
	struct buf text _cleanup_(buf_release) = BUF_INIT;
	struct error ignored _cleanup_(error_release) = ERROR_INIT;

	return nr_renames(check) &&
	       (!unit->tokens || fs_read(unit->tokens, &text, &ignored) ||
		holds_name(check, text.data));
}

bool sym_holds(struct token_check *check, sym s)
{
	if (s >= check->nr_holds) {
		check->holds = xrealloc(check->holds, check->pool.nr, 1);
		memset(check->holds + check->nr_holds, HOLDS_UNKNOWN,
		       check->pool.nr - check->nr_holds);
		check->nr_holds = check->pool.nr;
	}
	if (check->holds[s] == HOLDS_UNKNOWN)
		check->holds[s] = holds_name(check, pool_text(&check->pool, s)) ?
					  HOLDS_NAME :
					  HOLDS_NOTHING;
	return check->holds[s] == HOLDS_NAME;
}
