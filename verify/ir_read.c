// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cuts a module's text into entities. clang prints one thing a line, functions
 * aside, which end at a brace in the first column. Nothing is skipped that is
 * not known: a line of another form is an error.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>

#include "lib/fs.h"

struct reader {
	struct ir_module *m;
	const char *p, *end;	/* what is not read yet */
	const char *line, *line_end;
	size_t number;		/* of the line */
	struct buf assembly;	/* the module's own, lines joined */
	struct buf flags;	/* target lines and module flags */
};

const char *ir_string_end(const char *p, const char *end)
{
	const char *quote = memchr(p + 1, '"', (size_t)(end - p - 1));

	return quote ? quote + 1 : end;
}

const char *ir_name_end(const char *p, const char *end)
{
	if (p < end && *p == '"')
		return ir_string_end(p, end);
	while (p < end && (isalnum((unsigned char)*p) || *p == '-' ||
			   *p == '$' || *p == '.' || *p == '_'))
		p++;
	return p;
}

struct ir_entity *ir_find(const struct ir_module *m, const char *name,
			  size_t len)
{
	struct ir_symbol *found;

	HASH_FIND(hh, m->symbols, name, len, found);
	return found ? &m->entities[found->entity] : NULL;
}

bool ir_has_symbol(const struct ir_module *m, const char *name)
{
	return ir_find(m, name, strlen(name));
}

struct ir_type *ir_find_type(const struct ir_module *m, const char *name,
			     size_t len)
{
	struct ir_type *found;

	HASH_FIND(hh, m->types, name, len, found);
	return found;
}

struct ir_numbered *ir_find_numbered(const struct ir_module *m,
				     const char *name, size_t len)
{
	struct ir_numbered *found;

	HASH_FIND(hh, m->numbered, name, len, found);
	return found;
}

struct ir_entity *ir_add(struct ir_module *m, enum ir_kind kind,
			 const char *text, size_t len)
{
	struct ir_entity *e;

	ARRAY_GROW(m->entities, m->nr, m->alloc);
	e = &m->entities[m->nr++];
	*e = (struct ir_entity){ .kind = kind, .module = m, .text = text,
				 .len = len, .spelled = "" };
	return e;
}

static bool next_line(struct reader *r)
{
	const char *newline;

	if (r->p >= r->end)
		return false;
	newline = memchr(r->p, '\n', (size_t)(r->end - r->p));
	r->line = r->p;
	r->line_end = newline ? newline : r->end;
	r->p = newline ? newline + 1 : r->end;
	r->number++;
	return true;
}

static bool begins(const struct reader *r, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(r->line_end - r->line) >= len &&
	       !memcmp(r->line, word, len);
}

/* The first word of these in the line's head, before its name or value. */
static bool has_word(const char *p, const char *end, const char *word)
{
	size_t len = strlen(word);

	while (p < end && *p != '@' && *p != '"' && *p != '(') {
		const char *space = memchr(p, ' ', (size_t)(end - p));
		const char *stop = space ? space : end;

		if ((size_t)(stop - p) == len && !memcmp(p, word, len))
			return true;
		p = space ? space + 1 : end;
	}
	return false;
}

/* The name at p without its '@' and quotes; the entity is known by it. */
static const char *take_name(struct reader *r, struct ir_entity *e,
			     const char *p)
{
	const char *stop = ir_name_end(p + 1, r->line_end);
	struct ir_symbol *symbol = xcalloc(1, sizeof(*symbol));
	struct ir_symbol *other;

	e->spelled = p + 1;
	e->spelled_len = (size_t)(stop - p - 1);
	symbol->name = e->spelled;
	symbol->entity = (size_t)(e - r->m->entities);
	HASH_FIND(hh, r->m->symbols, symbol->name, e->spelled_len, other);
	if (other)
		free(symbol);
	else
		HASH_ADD_KEYPTR(hh, r->m->symbols, symbol->name,
				e->spelled_len, symbol);
	return stop;
}

/* "@x = internal global i32 0, align 4" */
static void read_variable(struct reader *r)
{
	struct ir_entity *e = ir_add(r->m, IR_VARIABLE, r->line,
				     (size_t)(r->line_end - r->line));
	const char *head = take_name(r, e, r->line);

	head += strlen(" = ") <= (size_t)(r->line_end - head) ? strlen(" = ") :
								0;
	if (has_word(head, r->line_end, "alias") ||
	    has_word(head, r->line_end, "ifunc"))
		e->kind = IR_ALIAS;
	else if (has_word(head, r->line_end, "external") ||
		 has_word(head, r->line_end, "extern_weak"))
		e->kind = IR_DECLARATION;
	e->is_local = has_word(head, r->line_end, "internal") ||
		      has_word(head, r->line_end, "private");
	e->is_content = has_word(head, r->line_end, "private") &&
			has_word(head, r->line_end, "constant");
}

static int no_ir(const struct reader *r, const char *path, const char *what,
		 struct error *err)
{
	return error_set(err, ERROR_SYSTEM, "%s:%zu: %s", path, r->number,
			 what);
}

/* "define internal i32 @f(...) #1 {", and all up to "}". */
static int read_function(struct reader *r, const char *path, struct error *err)
{
	const char *begin = r->line;
	const char *at = memchr(begin, '@', (size_t)(r->line_end - begin));
	bool is_local = has_word(begin, r->line_end, "internal");
	struct ir_entity *e;

	if (!at)
		return no_ir(r, path, "a function without a name", err);
	e = ir_add(r->m, IR_FUNCTION, begin, 0);
	take_name(r, e, at);
	e->is_local = is_local;
	while (next_line(r)) {
		if (!begins(r, "}"))
			continue;
		e->len = (size_t)(r->line_end - begin);
		return 0;
	}
	return no_ir(r, path, "a function without an end", err);
}

static int read_declaration(struct reader *r, const char *path,
			    struct error *err)
{
	const char *at = memchr(r->line, '@', (size_t)(r->line_end - r->line));

	if (!at)
		return no_ir(r, path, "a declaration without a name", err);
	take_name(r, ir_add(r->m, IR_DECLARATION, r->line,
			    (size_t)(r->line_end - r->line)), at);
	return 0;
}

/* "%struct.s = type { i32, i8* }" */
static int read_type(struct reader *r, const char *path, struct error *err)
{
	static const char is[] = " = type ";
	const char *stop = ir_name_end(r->line + 1, r->line_end);
	struct ir_type *type;

	if ((size_t)(r->line_end - stop) < strlen(is) ||
	    memcmp(stop, is, strlen(is)))
		return no_ir(r, path, "a type of another form", err);
	type = xcalloc(1, sizeof(*type));
	type->name = r->line;
	type->name_len = (size_t)(stop - r->line);
	type->body = stop + strlen(is);
	type->len = (size_t)(r->line_end - type->body);
	HASH_ADD_KEYPTR(hh, r->m->types, type->name, type->name_len, type);
	return 0;
}

static int read_numbered(struct reader *r, const char *name, const char *path,
			 struct error *err)
{
	const char *stop = ir_name_end(name + 1, r->line_end);
	struct ir_numbered *n;

	if (r->line_end - stop < 3 || memcmp(stop, " = ", 3))
		return no_ir(r, path, "metadata of another form", err);
	n = xcalloc(1, sizeof(*n));
	n->name = name;
	n->body = stop + 3;
	n->len = (size_t)(r->line_end - n->body);
	HASH_ADD_KEYPTR(hh, r->m->numbered, n->name, (size_t)(stop - name), n);
	return 0;
}

/* The text between the quotes of a line of assembly, with its escapes undone. */
static void read_asm(struct reader *r)
{
	const char *p = memchr(r->line, '"', (size_t)(r->line_end - r->line));
	const char *end = p ? ir_string_end(p, r->line_end) - 1 : NULL;

	for (p = p ? p + 1 : end; p < end; p++) {
		char hex[3] = "";

		if (*p != '\\' || end - p < 3) {
			buf_addch(&r->assembly, *p);
			continue;
		}
		if (p[1] == '\\') {
			buf_addch(&r->assembly, *++p);
			continue;
		}
		memcpy(hex, p + 1, 2);
		buf_addch(&r->assembly, (char)strtoul(hex, NULL, 16));
		p += 2;
	}
	buf_addch(&r->assembly, '\n');
}

static int read_line(struct reader *r, const char *path, struct error *err)
{
	char first = r->line < r->line_end ? *r->line : ';';

	if (first == ';' || first == '$' || begins(r, "source_filename"))
		return 0;
	if (first == '@')
		return read_variable(r), 0;
	if (first == '%')
		return read_type(r, path, err);
	if (first == '!')
		return read_numbered(r, r->line, path, err);
	if (begins(r, "define "))
		return read_function(r, path, err);
	if (begins(r, "declare "))
		return read_declaration(r, path, err);
	if (begins(r, "attributes #"))
		return read_numbered(r, r->line + strlen("attributes "), path,
				     err);
	if (begins(r, "module asm "))
		return read_asm(r), 0;
	if (begins(r, "target ")) {
		buf_add(&r->flags, r->line, (size_t)(r->p - r->line));
		return 0;
	}
	return no_ir(r, path, "a line that is not known", err);
}

/* Both lists name what is to be kept: a property of each, not a thing. */
static void read_used(struct ir_module *m, const char *name)
{
	const struct ir_entity *list = ir_find(m, name, strlen(name));
	const char *p, *end;

	if (!list)
		return;
	p = list->text;
	end = p + list->len;
	while ((p = memchr(p, '@', (size_t)(end - p)))) {
		const char *stop = ir_name_end(p + 1, end);
		struct ir_entity *e = ir_find(m, p + 1, (size_t)(stop - p - 1));

		if (e && e != list)
			e->is_used = true;
		p = stop;
	}
}

int ir_read(struct ir_module *m, const char *path, struct error *err)
{
	struct reader r = { .m = m, .assembly = BUF_INIT, .flags = BUF_INIT };
	int result = fs_read(path, &m->text, err);

	r.p = m->text.data;
	r.end = m->text.data + m->text.len;
	while (!result && next_line(&r))
		result = read_line(&r, path, err);
	if (!result && !m->text.len)
		result = no_ir(&r, path, "an empty file", err);
	if (!result) {
		ir_cut_asm(m, &r.assembly);
		read_used(m, "llvm.used");
		read_used(m, "llvm.compiler.used");
	}
	m->flags = buf_detach(&r.flags);
	buf_release(&r.assembly);
	return result;
}
