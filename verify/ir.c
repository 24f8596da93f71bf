// SPDX-License-Identifier: GPL-2.0-only
/*
 * All modules of both sides together. A form says by name which local an entity
 * refers to; where one side has two of that name that are not the same, it has to
 * say by key. That gives their users keys of their own, so it is done again
 * until no more names need it. Both sides go through the same rounds: equal
 * entities that refer to equal ones have equal keys in each.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>

#define ROUNDS 16 /* more than any chain of static functions of one name */

const char *ir_entity_name(const struct ir_entity *e)
{
	return e->name->text;
}

static struct ir_name *intern(struct ir_set *set, const struct buf *text)
{
	struct ir_name *name;

	HASH_FIND(hh, set->names, text->data, text->len, name);
	if (name)
		return name;
	name = xcalloc(1, sizeof(*name));
	name->text = xstrndup(text->data, text->len);
	HASH_ADD_KEYPTR(hh, set->names, name->text, text->len, name);
	return name;
}

static bool is_name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

/* What a block of assembly is called: its first label, else its first line. */
static void name_block(const char *form, struct buf *ret)
{
	const char *colon = form;

	while ((colon = strchr(colon, ':'))) {
		const char *begin = colon;

		while (begin > form && is_name_byte(begin[-1]))
			begin--;
		if (begin < colon && !isdigit((unsigned char)*begin) &&
		    *begin != '.') {
			buf_add(ret, begin, (size_t)(colon - begin));
			return;
		}
		colon++;
	}
	buf_add(ret, form, strcspn(form, "\n"));
}

static bool has(const struct strv *names, const char *name)
{
	return names && strv_has(names, name);
}

static void name_entity(struct ir_entity *e)
{
	const struct ir_rules *rules = &e->module->set->rules;
	struct buf text = BUF_INIT, form = BUF_INIT;

	if (e->kind == IR_ASM) {
		ir_asm_form(e->module, e->text, e->len, false, &form);
		name_block(form.data, &text);
	} else {
		ir_name_form(e->module, e->spelled, e->spelled_len,
			     e->is_local, &text);
		e->is_counted = ir_is_counted(e->spelled, e->spelled_len);
	}
	e->name = intern(e->module->set, &text);
	e->may_global = has(rules->global, ir_entity_name(e));
	e->may_inline = has(rules->inlined, ir_entity_name(e));
	buf_release(&text);
	buf_release(&form);
}

/* A module that still has the old name means something else by it. */
static void choose_renames(struct ir_set *set, struct ir_module *m)
{
	const struct ir_module *after = NULL;

	m->renamed = xcalloc(set->rules.nr_renamed + 1, sizeof(*m->renamed));
	for (size_t i = 0; i < set->nr[1]; i++)
		if (streq(set->modules[1][i].source, m->source))
			after = &set->modules[1][i];
	for (size_t i = 0; i < set->rules.nr_renamed; i++)
		m->renamed[i] = !after ||
				!ir_has_symbol(after,
					       set->rules.renamed[i].old);
}

static void make_flags(struct ir_module *m)
{
	static const char name[] = "!llvm.module.flags";
	const struct ir_numbered *n = ir_find_numbered(m, name, strlen(name));
	struct ir_entity e = { .kind = IR_ALIAS, .module = m };
	struct buf text = BUF_INIT;
	char key[IR_SHORT + 1];

	buf_addstr(&text, m->flags);
	free(m->flags);
	m->flags = NULL;
	if (n) {
		e.text = n->body;
		e.len = n->len;
		ir_form(&e, &text);
	}
	ir_short_key(&text, key);
	m->flags = xasprintf("flags %s", key);
	buf_release(&text);
}

/* Notes the key of a local; true when its name has become ambiguous. */
static bool note(const struct ir_entity *e)
{
	struct ir_name *name = e->name;
	int side = e->module->side;

	if (!e->is_local || e->is_content || e->may_global)
		return false;
	if (!name->seen[side]) {
		name->seen[side] = true;
		name->first[side] = e->key;
	} else if (!name->ambiguous &&
		   !streq(name->first[side].hex, e->key.hex)) {
		name->ambiguous = true;
		return true;
	}
	return false;
}

static void for_all(struct ir_set *set, void (*fn)(struct ir_entity *e))
{
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < set->nr[side]; i++)
			for (size_t j = 0; j < set->modules[side][i].nr; j++)
				fn(&set->modules[side][i].entities[j]);
}

/* Keys of this round are made of those of the last. */
static void renew_key(struct ir_entity *e)
{
	e->next_key = e->key;
	if (e->refers_to_locals) {
		struct store_key last = e->key;

		ir_make_key(e);
		e->next_key = e->key;
		e->key = last;
	}
}

static void take_key(struct ir_entity *e)
{
	e->key = e->next_key;
}

static bool note_all(struct ir_set *set)
{
	bool more = false;

	for (struct ir_name *n = set->names; n; n = n->hh.next)
		n->seen[0] = n->seen[1] = false;
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < set->nr[side]; i++)
			for (size_t j = 0; j < set->modules[side][i].nr; j++)
				more |= note(&set->modules[side][i].entities[j]);
	return more;
}

void ir_settle(struct ir_set *set)
{
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < set->nr[side]; i++) {
			if (!side)
				choose_renames(set, &set->modules[0][i]);
			make_flags(&set->modules[side][i]);
		}
	for_all(set, name_entity);
	for_all(set, ir_make_key);
	for (int round = 0; note_all(set) && round < ROUNDS; round++) {
		for_all(set, renew_key);
		for_all(set, take_key);
	}
}

void ir_attributes(const struct ir_entity *e, struct strv *ret)
{
	size_t len = strcspn(e->text, "\n");
	const char *p = e->text, *end = p + (len < e->len ? len : e->len);

	while ((p = memchr(p, '#', (size_t)(end - p)))) {
		const char *stop = ir_name_end(p + 1, end);
		const struct ir_numbered *n = ir_find_numbered(
			e->module, p, (size_t)(stop - p));
		_cleanup_free_ char *body = n ? xstrndup(n->body, n->len) :
						NULL;

		if (body)
			strv_split(ret, body, " {}");
		p = stop;
	}
}

static void release_module(struct ir_module *m)
{
	struct ir_symbol *symbol, *next_symbol;
	struct ir_type *type, *next_type;
	struct ir_numbered *n, *next_n;

	HASH_ITER(hh, m->symbols, symbol, next_symbol) {
		HASH_DEL(m->symbols, symbol);
		free(symbol);
	}
	HASH_ITER(hh, m->types, type, next_type) {
		HASH_DEL(m->types, type);
		free(type->layout);
		free(type);
	}
	HASH_ITER(hh, m->numbered, n, next_n) {
		HASH_DEL(m->numbered, n);
		free(n->form);
		free(n);
	}
	for (size_t i = 0; i < m->nr; i++)
		if (m->entities[i].kind == IR_ASM)
			free((char *)m->entities[i].text);
	free(m->entities);
	free(m->flags);
	free(m->renamed);
	buf_release(&m->text);
}

void ir_set_release(struct ir_set *set)
{
	struct ir_name *name, *next;

	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < set->nr[side]; i++)
			release_module(&set->modules[side][i]);
		free(set->modules[side]);
	}
	HASH_ITER(hh, set->names, name, next) {
		HASH_DEL(set->names, name);
		free(name->text);
		free(name);
	}
	*set = (struct ir_set){ 0 };
}
