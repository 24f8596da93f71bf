/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rungs of the ladder of proof (design.md), each a function from two
 * states and a contract to an outcome. Each works alone: none relies on what
 * another found. 0 when the rung gave an outcome, whatever it says; -1 when it could
 * not work at all (a file is unreadable, an object is malformed): the caller
 * then counts the rung as undecided.
 */
#ifndef VERIFY_VERIFY_H
#define VERIFY_VERIFY_H

#include "lib/error.h"
#include "outcome.h"
#include "state.h"

/*
 * Text: ordered and byte-exact, over the touched files, all configurations at
 * once. Checked: lines.
 *
 *  move	Every item of the old files stands in the new files once, byte for
 *		byte with its comment, in the same conditional context; what stays
 *		in a file keeps its order there. New are only: the preamble, the
 *		declared includes (within the preamble too), the Kbuild word, blank
 *		lines between items, and copies of the conditional lines of 'from'
 *		around nothing but moved items. Gone are only: forward declarations
 *		of moved items in 'from' that became stale, conditional lines around
 *		nothing that stays, and blank lines between items.
 *  promote	In the definitions of exactly these names the word static is gone (and
 *		white space re-aligned within the declarator); their private
 *		forward declarations are gone; one prototype each stands in the
 *		header, equal to the definition's declarator. As inline: the definitions
 *		stand in 'to' with "static inline", else byte for byte. The header
 *		may gain declared includes, and conditional lines as in a move.
 *  extract	Only the functions in names changed, in 'from', and it gained exactly
 *		the helpers, each one static function; both are residue, as below. All
 *		else is byte for byte what it was, in its order. Undecided: conditional
 *		lines that come or go in them, code that comes under other ones, and
 *		calls, each a statement by itself, of what is called no more or only now.
 *  transform	Only the definitions in names changed (any, if names is empty). Each
 *		changed, new or lost item is residue: a finding with the weight
 *		RESULT_EQUAL, which lists it and does not make the result worse.
 *		Conditional lines and what is under other ones as in an extraction.
 *  rename	In files of any type: some words that are an old name became its new
 *		name, not in strings, and in C what such a word shifted is aligned
 *		anew to its parenthesis; every other byte is the same. A file has at
 *		least one such word. Each old name that is left is listed with the
 *		weight RESULT_EQUAL ("left-alone"); a renamed word in assembly or in a
 *		build file, where no rung looks, leaves the rung undecided.
 *  rename-file	Each line of each file is the line of the same number before, those
 *		of 'to' those of 'from', but for the file's name: an #include that
 *		meant 'from' and means 'to' in the same form; the path, or an end of
 *		it that no other file has, in a comment or in a file that is not C;
 *		the three lines of the guard; the object's word in the build file.
 *  includes	In each of 'files' the lines of 'removed' are gone and those of 'added'
 *		are there, each once and outside of conditionals. Blank lines
 *		changed beside them only.
 *  mixed	Items are matched as infer.h says, anew. Each definition that is shifted is
 *		so by the contract. Accounted for are, besides: #include lines outside of
 *		conditionals; prototypes that are the head of a shifted definition,
 *		and private ones of it that are gone; conditional lines as in a move;
 *		in a file that comes or goes its first comments and its guard; a macro that
 *		stands, byte for byte, where code of the file came from; the object's
 *		word. All else is residue, as above; it is undecided where other rungs may
 *		not see what it does: attributes, static and inline, assertions, directives
 *		and contexts, exports, macros, files that are not C. A definition that is
 *		there once more is different.
 */
int verify_text(const struct contract *contract, const struct state *before,
		const struct state *after, struct outcome *ret,
		struct error *err);

/*
 * Tokens: the preprocessed tokens of every definition in every unit, and that
 * what each definition refers to is declared and defined by the same tokens
 * where it now stands. Checked: definitions. In a rename, what means the entity
 * has one number on both sides (tokens_rename.c), and all is compared under it.
 * What a mixed commit touches may have other tokens, with the same attributes.
 */
int verify_tokens(const struct contract *contract, const struct state *before,
		  const struct state *after, struct outcome *ret,
		  struct error *err);

/*
 * Code: the isolation objects as one set before and one set after. Checked:
 * functions and data objects. A unit with the same key on both sides is
 * compared by its key alone, one with the same object (by its path) not at all.
 */
int verify_code(const struct contract *contract, const struct state *before,
		const struct state *after, struct outcome *ret,
		struct error *err);

/*
 * Types: the units' IR before optimisation, as one set before and one set after.
 * Checked: functions, variables, and blocks of assembly at file scope. A second
 * opinion: call it where clang could be run at all. What is the same file on
 * both sides is not looked at. A unit that clang took on neither side is listed
 * as not compared, one that it only took before is undecided. Definitions that
 * the contract lets have other code are residue: nothing is inlined here, and
 * nothing optimised.
 */
int verify_types(const struct contract *contract, const struct state *before,
		 const struct state *after, struct outcome *ret,
		 struct error *err);

/*
 * The rungs that must be exact for a kind of change, as bits 1u << RUNG_x; with
 * the types rung instead of the code rung if asked.
 */
unsigned int verify_required(enum change change, bool types_for_code);

#endif
