// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which rungs must be there and be exact for a kind of change: the table of
 * design.md, "The ladder of proof". All kinds need the same four, a mixed commit
 * too: what it did is residue to the text rung, which must have looked. The types
 * rung is a second opinion, and in the place of the code rung where that one
 * cannot tell what a file border does (driver/prove_types.h).
 */
#include "verify.h"

#define BIT(rung) (1u << (rung))

unsigned int verify_required(enum change change, bool types_for_code)
{
	unsigned int code = BIT(types_for_code ? RUNG_TYPES : RUNG_CODE);

	switch (change) {
	case CHANGE_MOVE:
	case CHANGE_PROMOTE:
	case CHANGE_RENAME:
	case CHANGE_RENAME_FILE:
	case CHANGE_INCLUDES:
	case CHANGE_EXTRACT:
	case CHANGE_TRANSFORM:
	case CHANGE_MIXED:
		return BIT(RUNG_TEXT) | BIT(RUNG_TOKENS) | code |
		       BIT(RUNG_BUILD);
	case CHANGE_KINDS:
		break;
	}
	/* A kind that this table does not know can never be called neutral. */
	return (1u << RUNG_NR) - 1;
}
