// SPDX-License-Identifier: GPL-2.0-only
/*
 * Symbols and section names as the source meant them. Compilers number what
 * would clash (static locals, clones, __UNIQUE_ID) and with -ffunction-sections
 * put every symbol in a section of its own; neither is part of a name, because
 * both change when code moves past them.
 */
#define _GNU_SOURCE
#include "side.h"

#include <ctype.h>

#include "lib/util.h"

static size_t digits(const char *s)
{
	return strspn(s, "0123456789");
}

/* Drops every ".123" that ends a part of the name: x.12, f.part.0.cold. */
static void drop_dotted_numbers(char *name)
{
	char *out = name + 1; /* a name does not begin with its number */

	if (!*name)
		return;
	for (const char *in = name + 1; *in;) {
		size_t nr = *in == '.' ? digits(in + 1) : 0;

		if (nr && (in[1 + nr] == '.' || !in[1 + nr]))
			in += 1 + nr;
		else
			*out++ = *in++;
	}
	*out = '\0';
}

/* __initcall__kmod_MODULE__COUNTER_LINE_FUNCTIONid: counter and line go. */
static void drop_initcall_numbers(char *name)
{
	char *p = starts_with(name, "__initcall__kmod_") ?
			  strstr(name + strlen("__initcall__kmod_"), "__") : NULL;
	size_t nr;

	if (!p)
		return;
	p += 2;
	nr = digits(p);
	if (!nr || p[nr] != '_' || !digits(p + nr + 1))
		return;
	nr += 1 + digits(p + nr + 1);
	memmove(p, p + nr, strlen(p + nr) + 1);
}

static void drop_unique_number(char *name)
{
	size_t len = strlen(name);

	if (!strstr(name, "__UNIQUE_ID_"))
		return;
	while (len && isdigit((unsigned char)name[len - 1]))
		name[--len] = '\0';
}

char *symbol_base_name(const struct symbol *sym)
{
	char *name = xstrdup(sym->name);

	if (sym->binding != STB_LOCAL)
		return name;
	drop_dotted_numbers(name);
	drop_unique_number(name);
	drop_initcall_numbers(name);
	return name;
}

bool symbol_is_named(const struct symbol *sym)
{
	return sym->type != STT_SECTION && sym->type != STT_FILE &&
	       *sym->name && !starts_with(sym->name, ".L");
}

/*
 * By place; at one place first what is empty by design (a struct without
 * members), then what covers most, then labels.
 */
static int rank(const struct symbol *sym)
{
	if (sym->size)
		return 1;
	return sym->type == STT_OBJECT ? 0 : 2;
}

static int by_value(const void *a, const void *b)
{
	const struct symbol *x = *(const struct symbol *const *)a;
	const struct symbol *y = *(const struct symbol *const *)b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* The length of the section's name without ".symbol" behind it; 0 if none. */
static size_t without_suffix(const char *section, const char *symbol,
			     size_t symbol_len)
{
	size_t len = strlen(section);

	if (len <= symbol_len + 1 ||
	    section[len - symbol_len - 1] != '.' ||
	    strncmp(section + len - symbol_len, symbol, symbol_len))
		return 0;
	return len - symbol_len - 1;
}

/*
 * -ffunction-sections names a section for its symbol, and the cold part of a
 * function for the function.
 */
static void name_part(struct part *part)
{
	const char *name = part->section->name;

	for (size_t i = 0; i < part->nr_symbols; i++) {
		const char *symbol = part->symbols[i]->name;
		size_t len = without_suffix(name, symbol, strlen(symbol));

		if (!len && ends_with(symbol, ".cold"))
			len = without_suffix(name, symbol, strlen(symbol) -
							   strlen(".cold"));
		if (len) {
			part->name = xstrndup(name, len);
			part->own = true;
			return;
		}
	}
	part->name = xstrdup(name);
}

static void add_symbol(struct part *part, const struct symbol *sym)
{
	/* Room was counted by part_collect(). */
	part->symbols[part->nr_symbols++] = sym;
}

void part_collect(struct part *parts, const struct object *object)
{
	_cleanup_free_ size_t *nr = xcalloc(object->nr_sections, sizeof(*nr));

	for (size_t i = 0; i < object->nr_symbols; i++)
		if (object->symbols[i].place == SYMBOL_DEFINED &&
		    symbol_is_named(&object->symbols[i]))
			nr[object->symbols[i].section]++;
	for (size_t i = 0; i < object->nr_sections; i++)
		parts[i].symbols = xcalloc(nr[i], sizeof(*parts[i].symbols));
	for (size_t i = 0; i < object->nr_symbols; i++)
		if (object->symbols[i].place == SYMBOL_DEFINED &&
		    symbol_is_named(&object->symbols[i]))
			add_symbol(&parts[object->symbols[i].section],
				   &object->symbols[i]);
	for (size_t i = 0; i < object->nr_sections; i++) {
		qsort(parts[i].symbols, parts[i].nr_symbols,
		      sizeof(*parts[i].symbols), by_value);
		name_part(&parts[i]);
	}
}
