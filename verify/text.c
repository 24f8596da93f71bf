// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text rung: two accounts of the same bytes. The first cuts the files into
 * items and gives every item of the old files its one place in the new ones;
 * the second counts and orders lines and does not believe the first. Both must
 * find nothing. No configuration plays a part: what is under #ifdef is text.
 *
 *	text_pieces.c	 cut, classify, match
 *	text_other.c	 files that are not C, files that come or vanish
 *	text_move.c	 what each kind of change may do
 *	text_private.c
 *	text_promote.c
 *	text_extract.c
 *	text_transform.c
 *	text_mixed.c	 a commit that no step describes, with text_mixed_*.c
 *	text_words.c	 pieces as words, for what is not the same bytes
 *	text_rename.c	 its one walk does for both accounts
 *	text_rename_file.c
 *	text_rename_left.c lines that a renamed file gives another meaning
 *	text_includes.c
 *	text_place.c	 what says where it stands
 *	text_lines.c	 the second account
 *	text_report.c	 findings
 */
#include "text.h"

/*
 * A piece that the lexer could not make out has no known borders. While it
 * says nothing about the step that does not matter: its bytes are compared.
 */
static void check_unknown(struct text_check *check)
{
	const struct text_side *after = &check->after;
	struct strv names _cleanup_(strv_release) = STRV_INIT;

	strv_add_list(&names, &check->contract->names);
	for (size_t i = 0; i < check->contract->nr_shifted; i++)
		strv_add(&names, check->contract->shifted[i].new);
	for (size_t i = 0; i < after->nr; i++) {
		const struct piece *p = &after->pieces[i];

		if (piece_item(after, p)->kind == ITEM_UNKNOWN &&
		    text_mentions(&names, after, p))
			text_report(check, RESULT_UNDECIDED, after, p,
				    "it could not be parsed and holds a name of the step");
	}
}

static void check_change(struct text_check *check)
{
	switch (check->contract->change) {
	case CHANGE_MOVE:
		text_move_preamble(check);
		text_settle_includes(check, check->contract->to);
		text_match(check);
		text_move(check);
		return;
	case CHANGE_PROMOTE:
		text_settle_includes(check, check->contract->header);
		text_promote_edits(check);
		text_match(check);
		text_promote(check);
		return;
	case CHANGE_EXTRACT:
		text_match(check);
		text_extract(check);
		return;
	case CHANGE_TRANSFORM:
		text_match(check);
		text_transform(check);
		return;
	case CHANGE_RENAME:
		text_rename(check);
		return;
	case CHANGE_RENAME_FILE:
		text_rename_file(check);
		return;
	case CHANGE_INCLUDES:
		text_includes(check);
		return;
	case CHANGE_MIXED:
		text_mixed(check);
		return;
	case CHANGE_KINDS:
		break;
	}
	outcome_add(check->out, RESULT_UNDECIDED, "contract", NULL, NULL,
		    "the text rung does not know this kind of change");
}

int text_check_states(const struct state *before, const struct state *after,
		      struct error *err)
{
	if (before->nr_texts != after->nr_texts)
		return error_set(err, ERROR_INPUT,
				 "text rung: %zu files before, %zu after",
				 before->nr_texts, after->nr_texts);
	for (size_t i = 0; i < before->nr_texts; i++)
		if (!streq(before->texts[i].path, after->texts[i].path))
			return error_set(err, ERROR_INPUT,
					 "text rung: '%s' is held against '%s'",
					 before->texts[i].path,
					 after->texts[i].path);
	return 0;
}

int verify_text(const struct contract *contract, const struct state *before,
		const struct state *after, struct outcome *ret,
		struct error *err)
{
	struct text_check check = { .contract = contract, .out = ret };

	if (text_check_states(before, after, err) < 0)
		return -1;
	outcome_ran(ret);
	text_side_load(before, &check.before);
	text_side_load(after, &check.after);
	text_classify(&check);
	text_other_files(&check);
	check_change(&check);
	text_check_places(&check);
	if (contract->change != CHANGE_RENAME) {
		check_unknown(&check);
		text_lines(&check);
	}
	text_side_release(&check.before);
	text_side_release(&check.after);
	return 0;
}
