/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a contract lets differ, asked by name: the rungs ask these instead of
 * which kind of change it is. Names are those before or after, either will do.
 */
#ifndef VERIFY_CONTRACT_H
#define VERIFY_CONTRACT_H

#include "lib/strv.h"
#include "state.h"

/* It may be static before and external after. */
bool contract_promotes(const struct contract *contract, const char *name);
/* It may be static before and static inline in a header after. */
bool contract_inlines(const struct contract *contract, const char *name);
/* Other files may see it after, or it may stand in another one. */
bool contract_shifts(const struct contract *contract, const char *name);
/* Its code may be other code: residue, for a person and the code rung. */
bool contract_touches(const struct contract *contract, const char *name);
/* Code that the contract is about stands in the file, before or after. */
bool contract_is_about(const struct contract *contract, const char *path);
/* Identifiers have other names after. */
bool contract_renames(const struct contract *contract);
/* The path of the file that defines what is renamed, before or after; NULL. */
const char *contract_home(const struct contract *contract,
			  const struct renamed *renamed, bool after);

/*
 * The names that become global, as they are called after. Appended; ret_from,
 * which may be NULL, gets the file of each before, "" where any will do.
 */
void contract_promoted(const struct contract *contract, struct strv *ret,
		       struct strv *ret_from);
/*
 * Names to force inline on both sides, since a helper or a static inline that
 * was a function is inlined or not as the compiler likes. Appended.
 */
void contract_forced(const struct contract *contract, struct strv *ret);

/*
 * Names that must not be those of another global: promoted ones before, old and
 * new names of renamed ones on both sides. Appended.
 */
void contract_watched(const struct contract *contract, bool before,
		      struct strv *ret);

/* The path that a file of the tree before has after, and the other way round.
 */
const char *contract_path_after(const struct contract *contract,
				const char *path);
const char *contract_path_before(const struct contract *contract,
				 const char *path);

#endif
