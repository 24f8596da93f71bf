// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of the IR without what makes them unique in one file: __COUNTER__ in
 * the names that the kernel's macros make (a closed list, below), the number
 * that clang puts behind the second local of a name; and renamed, where a step
 * renames. A static local x of f is f.x: each part of a name has its own form.
 */
#define _GNU_SOURCE
#include "ir_internal.h"

#include <ctype.h>

#include "lib/lex.h"
#include "renames.h"

/* Names that end in the counter. */
static const char *const counted[] = {
	"__UNIQUE_ID_",		/* __UNIQUE_ID() */
	"__compiletime_assert_", /* BUILD_BUG_ON() */
	"__BTF_ID__",		/* BTF_ID() */
};

static size_t trailing_digits(const char *s, size_t len)
{
	size_t nr = 0;

	while (nr < len && isdigit((unsigned char)s[len - nr - 1]))
		nr++;
	return nr;
}

/* __initcall__kmod_MODULE__COUNTER_LINE_FUNCTIONlevel: the number of the two. */
static size_t initcall_numbers(const char *s, size_t len, size_t *ret_at)
{
	static const char begin[] = "__initcall__kmod_";

	if (len < strlen(begin) || memcmp(s, begin, strlen(begin)))
		return 0;
	for (size_t i = strlen(begin); i + 2 < len; i++) {
		size_t digits = i + 2;

		if (s[i] != '_' || s[i + 1] != '_')
			continue;
		while (digits < len && isdigit((unsigned char)s[digits]))
			digits++;
		if (digits > i + 2 && digits < len && s[digits] == '_') {
			*ret_at = i + 2;
			return digits - i - 2;
		}
	}
	return 0;
}

static void without_counter(const char *s, size_t len, struct buf *ret)
{
	size_t at, digits;

	for (size_t i = 0; i < ARRAY_SIZE(counted); i++)
		if (len > strlen(counted[i]) &&
		    !memcmp(s, counted[i], strlen(counted[i]))) {
			buf_add(ret, s, len - trailing_digits(s, len));
			return;
		}
	digits = initcall_numbers(s, len, &at);
	if (digits) {
		buf_add(ret, s, at);
		s += at + digits;
		len -= at + digits;
	}
	buf_add(ret, s, len);
}

/* One part of a name, with no dot in it. */
static void add_part(const struct ir_module *m, const char *s, size_t len,
		     struct buf *ret)
{
	const struct ir_rules *rules = &m->set->rules;
	struct buf plain = BUF_INIT;
	char *new = NULL;

	if (m->side || !rules->nr_renamed) {
		without_counter(s, len, ret);
		return;
	}
	without_counter(s, len, &plain);
	for (size_t i = 0; i < rules->nr_renamed && !new; i++)
		if (m->renamed[i])
			new = renamed_form(plain.data, rules->renamed[i].old,
					   rules->renamed[i].new);
	buf_addstr(ret, new ? new : plain.data);
	free(new);
	buf_release(&plain);
}

static void add_parts(const struct ir_module *m, const char *s, size_t len,
		      struct buf *ret)
{
	const char *dot;

	while ((dot = memchr(s, '.', len))) {
		add_part(m, s, (size_t)(dot - s), ret);
		buf_addch(ret, '.');
		len -= (size_t)(dot + 1 - s);
		s = dot + 1;
	}
	add_part(m, s, len, ret);
}

void ir_name_form(const struct ir_module *m, const char *name, size_t len,
		  bool is_local, struct buf *ret)
{
	size_t digits = trailing_digits(name, len);

	if (is_local && digits && digits + 1 < len &&
	    name[len - digits - 1] == '.')
		len -= digits + 1;
	add_parts(m, name, len, ret);
}

bool ir_is_counted(const char *name, size_t len)
{
	struct buf plain = BUF_INIT;
	bool shorter = false;

	for (const char *end = name + len; name < end && !shorter;) {
		const char *dot = memchr(name, '.', (size_t)(end - name));
		size_t part = (size_t)((dot ? dot : end) - name);

		buf_reset(&plain);
		without_counter(name, part, &plain);
		shorter = plain.len < part;
		name += part + 1;
	}
	buf_release(&plain);
	return shorter;
}
