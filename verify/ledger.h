/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Closed accounting. What compares bytes or relocations says so here, at the
 * moment at which it found them to be the same (or listed them in a finding);
 * at the end every byte and every relocation of both sides must be somebody's.
 * What is nobody's was not compared, whatever the reason, and is undecided.
 */
#ifndef VERIFY_LEDGER_H
#define VERIFY_LEDGER_H

#include "outcome.h"
#include "side.h"

/* Bytes [begin, end) of the section, and the relocations in them. */
void ledger_claim(struct part *part, uint64_t begin, uint64_t end,
		  enum claim_kind kind);

/* The whole of an atom, from its origin. */
void ledger_claim_atom(const struct atom *a, enum claim_kind kind);

/*
 * An atom that a finding names, the entries that are tied to it, and what has no
 * name and is reached from them: it is listed, and not compared.
 */
void ledger_list(const struct atom *a);

/*
 * Constants that nothing refers to: bytes of .rodata sections, without relocations,
 * that nobody claims. (gcc takes the bytes of a string into the code and leaves the
 * string.) Those that a unit has on both sides, the same, are compared by this.
 */
void ledger_match_constants(const struct side *before, const struct side *after);

/* Sums up a side, and reports what nobody claimed. */
void ledger_close(const struct side *side, struct outcome *ret);

#endif
