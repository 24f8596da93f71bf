/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of the text rung: the statements of changed bodies, each with the
 * conditional lines that it stands under.
 */
#ifndef VERIFY_TEXT_STATEMENTS_H
#define VERIFY_TEXT_STATEMENTS_H

#include "text.h"

/* A statement's code, up to its ; { or }, or one directive. */
struct statement {
	char *context;	   /* owned: what it stands under, and its item does */
	char *code;	   /* owned: its tokens, a blank between two */
	const char *owner; /* its item, that it must stay in; "" in an extraction */
	bool inside;	   /* under a directive of its own body, or one itself */
	bool directive;
	bool calls;	   /* it names a helper */
	const struct piece *piece;
	size_t at;	   /* its first byte in the piece */
};

struct statements {
	struct statement *v;
	size_t nr, alloc;
};

/*
 * Appends those of the piece. around: what the whole piece stands under. owner: see
 * struct statement; must outlive ret. helpers: whose calls are noted; may be NULL.
 */
void statements_cut(const struct piece *p, const char *around,
		    const char *owner, const struct strv *helpers,
		    struct statements *ret);

/* Takes out what both have under the same conditional lines, and sorts the rest. */
void statements_cancel(struct statements *a, struct statements *b);

/* After that: the other has this code as well, under other conditional lines. */
bool statements_have_code(const struct statements *sorted,
			  const struct statement *s);

/*
 * Length of the callee's name, when all that the statement does is to call, be it
 * under an if; else 0. *code is moved to the name.
 */
size_t statement_callee(const char **code);

/* More such calls of this name than the other has; not when len is 0. */
bool statements_have_more(const struct statements *own,
			  const struct statements *other, const char *name,
			  size_t len);

void statements_release(struct statements *s);

#endif
