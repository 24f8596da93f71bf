// SPDX-License-Identifier: GPL-2.0-only
/*
 * The form of an entity: its text, token by token, with all that is numbered
 * a module replaced by what it means. Numbers of values and labels count from
 * the function's first, so they stay.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>
#include <stdio.h>

struct seen {
	const struct ir_name *name;
	const struct ir_entity *entity;
	unsigned int ordinal;
};

struct writer {
	struct ir_module *m;
	const struct ir_entity *self;
	const char *p, *end;	/* what is not written yet */
	struct buf *out;
	bool show;		/* for a person */
	const char *free_end;	/* up to here linkage is not looked at; NULL */
	struct seen *seen;	/* locals that were referred to */
	size_t nr_seen, alloc_seen;
	struct ir_labels labels; /* of the assembly whose operands these are */
	unsigned int brackets;	/* open ones since they began */
	bool opaque, locals;	/* for the entity */
	unsigned int depth;
};

static void write_all(struct writer *w);

void ir_short_key(const struct buf *bytes, char ret[IR_SHORT + 1])
{
	struct store_key key = store_key_of(bytes->data, bytes->len);

	memcpy(ret, key.hex, IR_SHORT);
	ret[IR_SHORT] = '\0';
}

/* Writes another text of the module with the same writer's state. */
static void write_span(struct writer *w, const char *text, size_t len)
{
	const char *p = w->p, *end = w->end;

	if (w->depth >= IR_DEPTH)
		return;
	w->depth++;
	w->p = text;
	w->end = text + len;
	write_all(w);
	w->p = p;
	w->end = end;
	w->depth--;
}

/* The short key of what that text would be written as. */
static void key_of_span(struct writer *w, const char *text, size_t len,
			char ret[IR_SHORT + 1])
{
	struct buf inner = BUF_INIT, *out = w->out;

	w->out = &inner;
	write_span(w, text, len);
	w->out = out;
	ir_short_key(&inner, ret);
	buf_release(&inner);
}

/* Behind "@x = ": what a variable is, without its name. */
static const char *value_of(const struct ir_entity *e)
{
	return e->spelled + e->spelled_len;
}

/*
 * A function's name in a string of its own (__func__) changes with the name; the
 * string is then no more than that.
 */
static bool holds_own_name(const struct ir_entity *e)
{
	static const char *const begin[] = { "__func__.", "__FUNCTION__.",
					     "__PRETTY_FUNCTION__." };

	for (size_t i = 0; i < ARRAY_SIZE(begin); i++) {
		size_t len = strlen(begin[i]);
		_cleanup_free_ char *text = NULL;

		if (e->spelled_len <= len || memcmp(e->spelled, begin[i], len))
			continue;
		text = xasprintf(" c\"%.*s\\00\"", (int)(e->spelled_len - len),
				 e->spelled + len);
		return memmem(e->text, e->len, text, strlen(text));
	}
	return false;
}

/* clang 14 says the size of a string where it is used, and the name has one. */
static void forget_size(struct buf *out)
{
	char *begin = memrchr(out->data, '(', out->len);
	unsigned int size, again;
	int len = 0;

	if (begin && sscanf(begin, "([%u x i8], [%u x i8]* %n", &size, &again,
			    &len) == 2 && len && !begin[len])
		buf_splice(out, (size_t)(begin - out->data), (size_t)len, "(",
			   1);
}

static void write_own_name(struct writer *w, const struct ir_entity *e)
{
	const char *dot = memchr(e->spelled, '.', e->spelled_len);

	forget_size(w->out);
	buf_addstr(w->out, "@name:");
	ir_name_form(w->m, dot + 1,
		     (size_t)(e->spelled + e->spelled_len - dot - 1), false,
		     w->out);
}

static void write_content(struct writer *w, const struct ir_entity *e)
{
	const char *value = value_of(e);
	size_t len = (size_t)(e->text + e->len - value);
	char key[IR_SHORT + 1];

	if (w->show) {
		buf_addstr(w->out, "@(a constant)");
	} else if (holds_own_name(e)) {
		write_own_name(w, e);
	} else {
		key_of_span(w, value, len, key);
		buf_addf(w->out, "@{%s}", key);
	}
}

/* The how-many-eth of its name this entity refers to. */
static unsigned int ordinal_of(struct writer *w, const struct ir_entity *e)
{
	unsigned int ordinal = 0;

	for (size_t i = 0; i < w->nr_seen; i++) {
		if (w->seen[i].entity == e)
			return w->seen[i].ordinal;
		ordinal += w->seen[i].name == e->name;
	}
	ARRAY_GROW(w->seen, w->nr_seen, w->alloc_seen);
	w->seen[w->nr_seen++] = (struct seen){ e->name, e, ordinal };
	return ordinal;
}

static void write_local(struct writer *w, const struct ir_entity *e)
{
	unsigned int ordinal = ordinal_of(w, e);

	w->locals = true;
	buf_addf(w->out, "@%s", ir_entity_name(e));
	if (ordinal)
		buf_addf(w->out, "#%u", ordinal);
	if (e->name->ambiguous && !w->show)
		buf_addf(w->out, "{%.*s}", IR_SHORT, e->key.hex);
}

/* A name that __COUNTER__ made unique: what is declared is what it is. */
static void write_declared(struct writer *w, const struct ir_entity *e)
{
	char key[IR_SHORT + 1];

	buf_addf(w->out, "@%s", ir_entity_name(e));
	if (w->show || !e->is_counted)
		return;
	key_of_span(w, value_of(e), (size_t)(e->text + e->len - value_of(e)), key);
	buf_addf(w->out, "{%s}", key);
}

static void write_name(struct writer *w)
{
	const char *name = w->p + 1, *stop = ir_name_end(name, w->end);
	const struct ir_entity *e = ir_find(w->m, name, (size_t)(stop - name));

	w->p = stop;
	if (!e) {
		buf_add(w->out, name - 1, (size_t)(stop - name + 1));
	} else if (e == w->self) {
		buf_addf(w->out, "@%s", ir_entity_name(e));
	} else if (e->is_content) {
		write_content(w, e);
	} else if (e->kind == IR_DECLARATION) {
		write_declared(w, e);
	} else if (e->is_local && !e->may_global) {
		write_local(w, e);
	} else {
		buf_addf(w->out, "@%s", ir_entity_name(e));
	}
}

/* What the name of a type stands for here: behind a pointer it is no layout. */
static bool is_pointer(const char *behind, const char *end)
{
	static const char space[] = " addrspace(";

	if ((size_t)(end - behind) > strlen(space) &&
	    starts_with(behind, space))
		behind += strcspn(behind, ")") + 1;
	return behind < end && *behind == '*';
}

/* Only in the head of what a rule names. */
static bool is_free(const struct writer *w)
{
	return w->p >= w->self->text && w->p < w->free_end;
}

/* A value of the function, or a type. */
static void write_percent(struct writer *w)
{
	const char *stop = ir_name_end(w->p + 1, w->end);
	size_t len = (size_t)(stop - w->p);
	struct ir_type *type = isdigit((unsigned char)w->p[1]) ?
				       NULL :
				       ir_find_type(w->m, w->p, len);

	if (type)
		ir_type_form(w->m, type,
			     w->show || is_pointer(stop, w->end), &w->opaque,
			     w->out);
	else
		buf_add(w->out, w->p, len);
	w->p = stop;
}

/* Attributes without "inlinehint", where a rule says that this may come. */
static void write_free_group(struct writer *w, const struct ir_numbered *n)
{
	static const char hint[] = "inlinehint ";
	const char *at = memmem(n->body, n->len, hint, strlen(hint));
	size_t before = at ? (size_t)(at - n->body) : n->len;
	struct buf text = BUF_INIT;
	char key[IR_SHORT + 1];

	buf_add(&text, n->body, before);
	if (at)
		buf_add(&text, at + strlen(hint),
			n->len - before - strlen(hint));
	ir_short_key(&text, key);
	buf_addf(w->out, "#%s", key);
	buf_release(&text);
}

static void write_group(struct writer *w)
{
	const char *stop = ir_name_end(w->p + 1, w->end);
	struct ir_numbered *n =
		ir_find_numbered(w->m, w->p, (size_t)(stop - w->p));

	if (w->show) {
		buf_addstr(w->out, "#");
	} else if (!n) {
		buf_add(w->out, w->p, (size_t)(stop - w->p));
	} else if (is_free(w)) {
		write_free_group(w, n);
	} else {
		if (!n->form) {
			struct buf text = BUF_INIT;
			char key[IR_SHORT + 1];

			buf_add(&text, n->body, n->len);
			ir_short_key(&text, key);
			n->form = xstrdup(key);
			buf_release(&text);
		}
		buf_addf(w->out, "#%s", n->form);
	}
	w->p = stop;
}

/* "!12", "!"text"", "!{", "!range": only the first stands for something else. */
static void write_metadata(struct writer *w)
{
	const char *stop = ir_name_end(w->p + 1, w->end);
	struct ir_numbered *n = NULL;

	if (w->p + 1 < w->end && isdigit((unsigned char)w->p[1]))
		n = ir_find_numbered(w->m, w->p, (size_t)(stop - w->p));
	if (!n) {
		buf_addch(w->out, *w->p++);
		return;
	}
	w->p = stop;
	if (n->form) { /* it is in itself, as each loop's is */
		buf_addstr(w->out, "!self");
		return;
	}
	n->form = xstrdup("");
	buf_addch(w->out, '(');
	write_span(w, n->body, n->len);
	buf_addch(w->out, ')');
	free(n->form);
	n->form = NULL;
}

/* ", !srcloc !12": a place in the file. True when it was one, and is behind. */
static bool skip_place(struct writer *w)
{
	static const char *const places[] = { ", !srcloc !", ", !dbg !" };

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		size_t len = strlen(places[i]);

		if ((size_t)(w->end - w->p) > len &&
		    !memcmp(w->p, places[i], len)) {
			w->p = ir_name_end(w->p + len, w->end);
			return true;
		}
	}
	return false;
}

static void write_asm_text(struct writer *w, const char *text, const char *stop)
{
	if (w->show)
		buf_addf(w->out, "(%zu bytes)", (size_t)(stop - text - 2));
	else
		ir_asm_form(w->m, text, (size_t)(stop - text), true, w->out);
}

/* asm sideeffect "text", "constraints"(operands) */
static void write_asm(struct writer *w)
{
	const char *text = memchr(w->p, '"', (size_t)(w->end - w->p));
	const char *stop = text ? ir_string_end(text, w->end) : w->end;
	const char *constraints =
		memchr(stop, '"', (size_t)(w->end - stop));
	const char *behind = constraints ? ir_string_end(constraints, w->end) :
					   w->end;

	if (!text || !constraints) {
		buf_addch(w->out, *w->p++);
		return;
	}
	buf_add(w->out, w->p, (size_t)(text - w->p));
	write_asm_text(w, text, stop);
	buf_add(w->out, stop, (size_t)(behind - stop));
	ir_find_labels(text, (size_t)(stop - text), true, &w->labels);
	w->brackets = 0;
	w->p = behind;
}

/* Up to the bracket that ends the operands, a number may be a label's. */
static void count_bracket(struct writer *w)
{
	char c = *w->p;

	if (c == '(')
		w->brackets++;
	else if (c == ')' && (!w->brackets || !--w->brackets))
		w->labels.nr = 0;
}

/* An operand that is the number of a label in its assembly. */
static bool write_label(struct writer *w, const char *stop)
{
	unsigned int label =
		ir_label(&w->labels, w->p, (size_t)(stop - w->p));

	if (label == w->labels.nr || w->p[-1] != ' ')
		return false;
	buf_addf(w->out, "label%u", label);
	w->p = stop;
	return true;
}

static void write_word(struct writer *w)
{
	const char *stop = ir_name_end(w->p, w->end);
	size_t len = (size_t)(stop - w->p);

	if (w->labels.nr && write_label(w, stop))
		return;
	if (len == 3 && !memcmp(w->p, "asm", 3) && stop < w->end &&
	    *stop == ' ') {
		write_asm(w);
		return;
	}
	if (is_free(w) && (stop < w->end && *stop == ' ') &&
	    ((len == 8 && !memcmp(w->p, "internal", 8)) ||
	     (len == 9 && !memcmp(w->p, "dso_local", 9)))) {
		w->p = stop + 1;
		return;
	}
	buf_add(w->out, w->p, len);
	w->p = stop;
}

static void write_string(struct writer *w)
{
	const char *stop = ir_string_end(w->p, w->end);

	if (w->show)
		buf_addstr(w->out, "\"...\"");
	else
		buf_add(w->out, w->p, (size_t)(stop - w->p));
	w->p = stop;
}

static void write_token(struct writer *w)
{
	char c = *w->p;

	if (c == '@' && w->p + 1 < w->end)
		write_name(w);
	else if (c == '%')
		write_percent(w);
	else if (c == '#' && isdigit((unsigned char)w->p[1]))
		write_group(w);
	else if (c == '!')
		write_metadata(w);
	else if (c == '"')
		write_string(w);
	else if (ir_name_end(w->p, w->end) > w->p)
		write_word(w);
	else
		buf_addch(w->out, *w->p++);
}

static void write_all(struct writer *w)
{
	while (w->p < w->end) {
		if (*w->p == ',' && skip_place(w))
			continue;
		if (w->labels.nr)
			count_bracket(w);
		write_token(w);
	}
}

static void write_entity(const struct ir_entity *e, bool show, struct buf *ret,
			 struct writer *w)
{
	*w = (struct writer){ .m = e->module, .self = e, .p = e->text,
			      .end = e->text + e->len, .out = ret,
			      .show = show };
	if (e->may_global || e->may_inline)
		w->free_end = e->text + strcspn(e->text, "\n");
	if (e->kind == IR_ASM)
		ir_asm_form(e->module, e->text, e->len, false, ret);
	else
		write_all(w);
	if (!show && e->is_used)
		buf_addstr(ret, "\nused");
	if (!show && e->kind == IR_FUNCTION)
		buf_addf(ret, "\n%s", e->module->flags);
	free(w->seen);
}

void ir_form(const struct ir_entity *e, struct buf *ret)
{
	struct writer w;

	write_entity(e, false, ret, &w);
}

void ir_show(const struct ir_entity *e, struct buf *ret)
{
	struct writer w;

	write_entity(e, true, ret, &w);
}

void ir_make_key(struct ir_entity *e)
{
	struct buf form = BUF_INIT;
	struct writer w;

	write_entity(e, false, &form, &w);
	e->key = store_key_of(form.data, form.len);
	e->refers_to_locals = w.locals;
	e->is_vague = w.opaque;
	buf_release(&form);
}
