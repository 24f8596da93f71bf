/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The types rung of a row, and what changes where the build's compiler is clang:
 * the isolation flags that keep file borders out of machine code are gcc's, so
 * there the IR is what has to be equal, and the machine code is only shown.
 */
#ifndef DRIVER_PROVE_TYPES_H
#define DRIVER_PROVE_TYPES_H

#include "prove.h"

/* Runs the rung; it stays not-run where there is no clang. */
void types_prove(const struct step_texts *texts, const struct built *before,
		 const struct built *after, bool is_gate, struct outcome *o);

/*
 * True where the IR is to be equal in the code rung's place. Never where the
 * contract lets definitions have other code: the IR is not what they do.
 */
bool types_is_gate(const struct contract *contract, const struct built *after);

/*
 * Where it is: what the code rung alone found decides nothing any more. It has
 * not passed, though: it counts as not run.
 */
void types_replace_code(struct outcome *code);

/*
 * Where clang builds and it is not, as in an extraction: that clang made other
 * code of a function, with the helper inlined into it, shows no other behaviour,
 * and is undecided. What is not the code of a function stays as it was found.
 */
void types_doubt_code(struct outcome *code);

#endif
