// SPDX-License-Identifier: GPL-2.0-only
/*
 * The closed list of names that are made from other names: a beginning, the
 * name, and what a counter or a compiler puts behind it.
 */
#define _GNU_SOURCE
#include "renames.h"

#include <ctype.h>

#include "lib/lex.h"
#include "lib/util.h"

/* What may stand behind the name. */
enum behind {
	NOTHING,
	A_NUMBER,   /* of __COUNTER__ */
	A_LEVEL,    /* of an initcall: 6, 3s, early */
	AN_ID,	    /* __123 */
};

struct form {
	const char *begin;
	enum behind behind;
};

static const struct form forms[] = {
	/* EXPORT_SYMBOL() in its several ages */
	{ "__export_symbol_", NOTHING },
	{ "__ksymtab_", NOTHING },
	{ "__kstrtab_", NOTHING },
	{ "__kstrtabns_", NOTHING },
	{ "__crc_", NOTHING },
	{ "__UNIQUE_ID___addressable_", A_NUMBER },
	/* ALLOW_ERROR_INJECTION(), NOKPROBE_SYMBOL(), STACK_FRAME_NON_STANDARD() */
	{ "_eil_addr_", NOTHING },
	{ "_kbl_addr_", NOTHING },
	{ "__func_stack_frame_non_standard_", NOTHING },
	/* BTF_ID_FLAGS() */
	{ "__BTF_ID__func__", AN_ID },
	/* compilers: padding in front of a function, its type */
	{ "__pfx_", NOTHING },
	{ "__cfi_", NOTHING },
};

bool is_code_byte(char c)
{
	return is_word_byte(c) || c & 0x80;
}

static bool is_number(const char *s)
{
	return s[strspn(s, "0123456789")] == '\0';
}

static bool is_level(const char *s)
{
	if (streq(s, "early") || streq(s, "rootfs") || streq(s, "con"))
		return true;
	return isdigit((unsigned char)*s) && (!s[1] || streq(s + 1, "s"));
}

static bool may_follow(enum behind behind, const char *s)
{
	switch (behind) {
	case NOTHING:
		return !*s;
	case A_NUMBER:
		return is_number(s);
	case A_LEVEL:
		return is_level(s);
	case AN_ID:
		return starts_with(s, "__") && is_number(s + 2);
	}
	return false;
}

/* What stands behind 'old' at the beginning of s; NULL if old is not there. */
static const char *behind_name(const char *s, const char *old)
{
	return starts_with(s, old) ? s + strlen(old) : NULL;
}

/* f.cold, f.part.0, f.static: of f; but f.12 is a static local called f. */
static bool is_clone(const char *behind)
{
	return *behind == '.' && behind[1] && !is_number(behind + 1);
}

static char *put_together(const char *name, size_t begin, const char *new,
			  const char *behind)
{
	return xasprintf("%.*s%s%s", (int)begin, name, new, behind);
}

/* __initcall__kmod_MODULE__COUNTER_LINE_FUNCTIONlevel */
static char *initcall_form(const char *name, const char *old, const char *new)
{
	if (!starts_with(name, "__initcall__kmod_"))
		return NULL;
	for (const char *p = strchr(name, '_'); p; p = strchr(p + 1, '_')) {
		const char *behind = behind_name(p + 1, old);

		if (behind && p > name && isdigit((unsigned char)p[-1]) &&
		    may_follow(A_LEVEL, behind))
			return put_together(name, p + 1 - name, new, behind);
	}
	return NULL;
}

char *renamed_form(const char *name, const char *old, const char *new)
{
	const char *behind = behind_name(name, old);

	if (behind && (!*behind || is_clone(behind)))
		return put_together(name, 0, new, behind);
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		size_t begin = strlen(forms[i].begin);

		if (!starts_with(name, forms[i].begin))
			continue;
		behind = behind_name(name + begin, old);
		if (behind && may_follow(forms[i].behind, behind))
			return put_together(name, begin, new, behind);
	}
	return initcall_form(name, old, new);
}
