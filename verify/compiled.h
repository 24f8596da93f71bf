/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which changed code no compiler has seen. The tokens and code rungs speak of
 * what was compiled; a change in an #ifdef branch that is off in every
 * configuration, or in a file that no unit reads, is nothing to them.
 */
#ifndef VERIFY_COMPILED_H
#define VERIFY_COMPILED_H

#include "lib/error.h"
#include "outcome.h"
#include "state.h"

/*
 * before and after: the states of one step, one of each for each of nr
 * configurations, with the same texts. A region is what stands between two
 * directives of a file. Each region of a .c or .h file that has changed code
 * (comments and directives are none) must be in the preprocessed text of some
 * unit in some configuration; else a finding of RESULT_UNDECIDED goes to ret.
 * So it does for a macro that a rename changed and that no code of these files
 * which was compiled expands; for a region where its old name is left, or where
 * its new one stood before; and for each condition that tests one of these.
 * Code that moves and has no names, such as the "return false;" of a stub in the
 * #else branch of a plain "#ifdef CONFIG_X", means the same everywhere and need
 * not be seen.
 * The code of a renamed file changed nowhere, as the text rung says, and is not
 * looked for; of a file whose includes changed, in a step or a mixed commit,
 * some code must be, changed or not, and all of it where an include goes. -1 when a preprocessed text cannot be
 * read.
 */
int verify_compiled(const struct contract *contract,
		    const struct state *before, const struct state *after,
		    size_t nr, struct outcome *ret, struct error *err);

#endif
