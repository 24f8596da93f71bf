// SPDX-License-Identifier: GPL-2.0-only
/*
 * Types by their layout. clang numbers the types of one name in a module, and
 * knows some by name only where a file includes less: so a type that is used by
 * value is its name and what it is made of, and behind a pointer its name alone.
 * In a layout all pointers are alike: what they point to is none of it, and
 * clang 14 does not always say the same of it.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>

static void add_type(struct ir_module *m, const char *p, const char *end,
		     bool *ret_opaque, struct buf *ret);

static bool opens(char c)
{
	return c == '{' || c == '[' || c == '<' || c == '(';
}

static bool closes(char c)
{
	return c == '}' || c == ']' || c == '>' || c == ')';
}

/* Behind the bracket that closes the one at p. */
static const char *bracket_end(const char *p, const char *end)
{
	unsigned int depth = 0;

	for (; p < end; p++) {
		depth += opens(*p);
		if (closes(*p) && !--depth)
			return p + 1;
	}
	return end;
}

/* Behind the type at p, with all stars and arguments; NULL: p is no type. */
static const char *type_end(const char *p, const char *end)
{
	const char *begin = p;

	if (p < end && opens(*p))
		p = bracket_end(p, end);
	else
		p = ir_name_end(p + (p < end && *p == '%'), end);
	while (p > begin && p < end) {
		const char *next = p + (*p == ' ');

		if (next < end && *next == '(')
			p = bracket_end(next, end);
		else if (*p == '*')
			p++;
		else if ((size_t)(end - p) > strlen(" addrspace(") &&
			 starts_with(p, " addrspace("))
			p = bracket_end(p + strlen(" addrspace"), end);
		else
			break;
	}
	return p > begin ? p : NULL;
}

/* Types, and whatever stands between them, in brackets. */
static void add_inside(struct ir_module *m, const char *p, const char *end,
		       bool *ret_opaque, struct buf *ret)
{
	while (p < end) {
		const char *type = type_end(p, end);

		if (type && (opens(*p) || *p == '%' ||
			     isalpha((unsigned char)*p))) {
			add_type(m, p, type, ret_opaque, ret);
			p = type;
		} else {
			buf_addch(ret, *p++);
		}
	}
}

static void add_type(struct ir_module *m, const char *p, const char *end,
		     bool *ret_opaque, struct buf *ret)
{
	struct ir_type *named;

	if (end[-1] == '*') {
		buf_addstr(ret, "ptr");
		return;
	}
	if (opens(*p)) {
		buf_addch(ret, *p);
		add_inside(m, p + 1, end - 1, ret_opaque, ret);
		buf_addch(ret, end[-1]);
		return;
	}
	named = *p == '%' ? ir_find_type(m, p, (size_t)(end - p)) : NULL;
	if (named)
		ir_type_form(m, named, false, ret_opaque, ret);
	else
		buf_add(ret, p, (size_t)(end - p));
}

static void work_out(struct ir_module *m, struct ir_type *type)
{
	struct buf text = BUF_INIT;
	char key[IR_SHORT + 1];

	type->in_work = true;
	type->is_opaque = type->len == strlen("opaque") &&
			  !memcmp(type->body, "opaque", type->len);
	add_inside(m, type->body, type->body + type->len, &type->is_opaque,
		   &text);
	ir_short_key(&text, key);
	type->layout = xstrdup(key);
	type->in_work = false;
	buf_release(&text);
}

/* A step that renames a tag, or something that is called like one. */
static bool is_renamed(const struct ir_module *m, const char *name, size_t len)
{
	const struct ir_rules *rules = &m->set->rules;
	_cleanup_free_ char *copy = xstrndup(name, len);
	const char *tag = strchr(copy, '.');

	for (size_t i = 0; tag && i < rules->nr_renamed; i++)
		if (streq(tag + 1, rules->renamed[i].old) ||
		    streq(tag + 1, rules->renamed[i].new))
			return true;
	return false;
}

void ir_type_form(struct ir_module *m, struct ir_type *type, bool pointer,
		  bool *ret_opaque, struct buf *ret)
{
	const char *dot = memrchr(type->name, '.', type->name_len);
	size_t len = type->name_len;

	/* "%struct.12" would be a tag that is a number */
	if (dot && dot + 1 < type->name + len &&
	    isdigit((unsigned char)dot[1]))
		len = (size_t)(dot - type->name);
	if (is_renamed(m, type->name, len))
		buf_addstr(ret, "%renamed");
	else
		buf_add(ret, type->name, len);
	if (pointer || type->in_work)
		return;
	if (!type->layout)
		work_out(m, type);
	*ret_opaque |= type->is_opaque;
	buf_addf(ret, "{%s}", type->layout);
}
