// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the contract lets each name do, by number: comparing units asks this for
 * every definition, and must not search lists of words for it. A renamed name
 * may do what its old and its new spelling may.
 */
#include "contract.h"
#include "tokens_rename.h"

static unsigned char bits_of(const struct contract *c, const char *name)
{
	return (strv_has(&c->names, name) ? ALLOW_NAMED : 0) |
	       (contract_promotes(c, name) ? ALLOW_PROMOTED : 0) |
	       (contract_inlines(c, name) ? ALLOW_INLINED : 0) |
	       (contract_touches(c, name) ? ALLOW_OTHER : 0) |
	       (contract_shifts(c, name) ? ALLOW_SHIFTED : 0);
}

static void number_names(struct token_check *check)
{
	const struct contract *c = check->contract;

	check->names = xcalloc(c->names.nr, sizeof(*check->names));
	for (size_t i = 0; i < c->names.nr; i++)
		check->names[i] = token_number(check, c->names.v[i]);
	for (size_t i = 0; i < c->helpers.nr; i++)
		token_number(check, c->helpers.v[i]);
	for (size_t i = 0; i < c->nr_shifted; i++) {
		token_number(check, c->shifted[i].old);
		token_number(check, c->shifted[i].new);
	}
}

void token_allow(struct token_check *check)
{
	number_names(check);
	check->nr_allowed = check->pool.nr;
	check->allowed = xcalloc(check->nr_allowed, 1);
	for (sym s = 1; s < check->nr_allowed; s++)
		if (sym_is_name(&check->pool, s))
			check->allowed[s] = bits_of(check->contract,
						    pool_text(&check->pool, s));
	for (size_t i = 0; i < nr_renames(check); i++) {
		const struct token_rename *r = &check->renames[i];

		check->allowed[r->fresh] =
			check->allowed[r->old] | check->allowed[r->new];
	}
}

unsigned int token_allowed(const struct token_check *check, sym name)
{
	return name && name < check->nr_allowed ? check->allowed[name] : 0;
}

bool token_is_named(const struct token_check *check, sym name)
{
	return token_allowed(check, name) & ALLOW_NAMED;
}

bool token_is_residue(const struct token_check *check, sym name)
{
	const struct contract *c = check->contract;

	return token_allowed(check, name) & ALLOW_OTHER ||
	       (c->change == CHANGE_TRANSFORM && !c->names.nr);
}

bool token_is_promoted(const struct token_check *check, sym name)
{
	return token_allowed(check, name) & (ALLOW_PROMOTED | ALLOW_INLINED);
}

bool token_is_shifted(const struct token_check *check, sym name)
{
	return token_allowed(check, name) & ALLOW_SHIFTED;
}

/* What is renamed is called "old=>new": tokens_rename.c. */
bool token_is_entity(const struct shifted *shifted, const char *name)
{
	size_t len = strlen(shifted->old);

	if (streq(shifted->old, shifted->new))
		return streq(shifted->old, name);
	return !strncmp(name, shifted->old, len) &&
	       starts_with(name + len, "=>") &&
	       streq(name + len + 2, shifted->new);
}

bool token_is_inlined(const struct token_check *check, sym name)
{
	return token_allowed(check, name) & ALLOW_INLINED;
}
