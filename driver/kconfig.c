// SPDX-License-Identifier: GPL-2.0-only
/*
 * An entry goes from its "config" line to the next line that begins one
 * (kernel documentation, kbuild/kconfig-language.rst); its attributes are lines
 * between. A symbol can have several entries.
 */
#define _GNU_SOURCE
#include "kconfig.h"

#include <ctype.h>

#define CONFIG "CONFIG_"

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

static bool is_word(const char *s, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(s, word, len) && strchr(" \t\n", s[len]);
}

static bool is_one_of(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (is_word(s, *words))
			return true;
	return false;
}

static bool opens_entry(const char *line)
{
	static const char *const words[] = {
		"config", "menuconfig", "choice", "endchoice", "comment",
		"menu", "endmenu", "if", "endif", "source", "mainmenu", NULL,
	};

	return is_one_of(line, words);
}

/* "config KVM_X86", for "CONFIG_KVM_X86". */
static bool is_entry_of(const char *line, const char *symbol)
{
	const char *name;

	if (!is_word(line, "config") && !is_word(line, "menuconfig"))
		return false;
	name = skip_blanks(line + strcspn(line, " \t\n"));
	return is_word(name, symbol + strlen(CONFIG));
}

/* 'prompt "..."', 'bool "..."': a person is asked. */
static bool is_prompt(const char *line)
{
	static const char *const types[] = {
		"prompt", "bool", "tristate", "string", "hex", "int", NULL,
	};
	const char *value = skip_blanks(line + strcspn(line, " \t\n"));

	return is_one_of(line, types) && (*value == '"' || *value == '\'');
}

static bool is_default(const char *line)
{
	static const char *const words[] = { "default", "def_bool",
					     "def_tristate", NULL };

	return is_one_of(line, words);
}

/* The symbols of a line, without constants (y, m, n) and the word itself. */
static void add_symbols(const char *line, struct strv *ret)
{
	const char *s = line + strcspn(line, " \t\n");

	while (*s && *s != '\n' && *s != '#') {
		size_t len = 0, capitals = 0;

		if (*s == '"') {
			s += 1 + strcspn(s + 1, "\"\n");
			s += *s == '"';
			continue;
		}
		while (isalnum((unsigned char)s[len]) || s[len] == '_')
			capitals += !!isupper((unsigned char)s[len++]);
		if (capitals) {
			_cleanup_free_ char *symbol = xasprintf(
				CONFIG "%.*s", (int)len, s);

			if (!strv_has(ret, symbol))
				strv_add(ret, symbol);
		}
		s += len ? len : 1;
	}
}

void kconfig_behind(const char *text, const char *symbol, struct strv *ret)
{
	_cleanup_(strv_release) struct strv behind = STRV_INIT;
	bool inside = false;

	if (!starts_with(symbol, CONFIG))
		return;
	for (const char *line = text; *line; line += strcspn(line, "\n")) {
		line += *line == '\n';
		line = skip_blanks(line);
		if (opens_entry(line))
			inside = is_entry_of(line, symbol);
		else if (inside && is_prompt(line))
			return;
		else if (inside && is_default(line))
			add_symbols(line, &behind);
	}
	for (size_t i = 0; i < behind.nr; i++)
		if (!strv_has(ret, behind.v[i]))
			strv_add(ret, behind.v[i]);
}
