// SPDX-License-Identifier: GPL-2.0-only
/*
 * What renaming a file can do to lines that nobody changed: an #include that
 * still means the old path, or now means the new one; one of the file's own that
 * is looked for from another folder; a guard that something else has. Most of it
 * is compiled in no configuration at hand, so it is looked for in the text.
 */
#include "text.h"

#include "lib/fs.h"
#include "lib/spelling.h"

/* An #include line that still means the file that is gone. */
static void check_stale(struct text_check *check, size_t file)
{
	const struct text_side *after = &check->after;
	const struct contract *c = check->contract;

	for (size_t i = after->files[file].first; i < after->files[file].end;
	     i++) {
		const struct piece *p = &after->pieces[i];
		const struct item *item = piece_item(after, p);

		if (item->kind == ITEM_INCLUDE && strlen(item->name) > 2 &&
		    spelling_means(piece_path(after, p), item->name, c->from,
				   &c->namesakes[0]) == MEANS_IT &&
		    spelling_means(piece_path(after, p), item->name, c->to,
				   &c->namesakes[1]) != MEANS_IT)
			text_report(check, RESULT_DIFFERENT, after, p,
				    "it still names the file that is gone");
	}
}

/*
 * An #include line that was there before and meant another file, or one outside
 * of the tree: the new path must not be what it finds now.
 */
static void check_captured(struct text_check *check, size_t old, size_t file)
{
	const struct text_side *before = &check->before, *after = &check->after;
	const struct contract *c = check->contract;

	for (size_t i = after->files[file].first; i < after->files[file].end;
	     i++) {
		const struct piece *p = &after->pieces[i];
		const struct item *item = piece_item(after, p);
		enum meaning now;

		if (item->kind != ITEM_INCLUDE || strlen(item->name) < 3 ||
		    text_find_piece(before, old, ITEM_INCLUDE, item->name, 0) ==
			    TEXT_NONE ||
		    spelling_means(before->files[old].text->path, item->name,
				   c->from, &c->namesakes[0]) != MEANS_OTHER)
			continue;
		now = spelling_means(piece_path(after, p), item->name, c->to,
				     &c->namesakes[1]);
		if (now != MEANS_OTHER)
			text_report(check, now == MEANS_IT ? RESULT_DIFFERENT :
							     RESULT_UNDECIDED,
				    after, p,
				    "it named another file, and may name the renamed one now");
	}
}

/*
 * A "x.h" is looked for beside the file that includes it: in another folder it
 * can be another file. Where it is compiled, the tokens rung sees that.
 */
static void check_beside(struct text_check *check, size_t file)
{
	const struct text_side *after = &check->after;
	_cleanup_free_ char *old = fs_dirname(check->contract->from);
	_cleanup_free_ char *new = fs_dirname(check->contract->to);

	if (streq(old, new))
		return;
	for (size_t i = after->files[file].first; i < after->files[file].end;
	     i++) {
		const struct piece *p = &after->pieces[i];
		const struct item *item = piece_item(after, p);

		if (item->kind == ITEM_INCLUDE && *item->name == '"' &&
		    *p->context)
			text_report(check, RESULT_UNDECIDED, after, p,
				    "from its new folder it may be another file, and it stands under a condition");
	}
}

/* A word in a file, in its comments only if the words are told to be different. */
static void check_word(struct text_check *check, const struct text_side *side,
		       size_t file, const char *word, enum result weight,
		       const char *detail)
{
	const struct text_file *f = &side->files[file];
	const struct text *t = f->text;
	bool comments = weight == RESULT_DIFFERENT;

	for (size_t at = 0;
	     t->data && find_name(t->data, t->len, word, at, &at); at++)
		if (comments || !f->is_c ||
		    !token_in_comment(&f->items.tokens, at))
			text_report_file(check, weight, t, at, detail);
}

/*
 * Every use of the old guard in the file is one of the new guard. Whoever else
 * has the old one tests whether the file was read; whoever has the new one may
 * hide the file, or be hidden by it.
 */
static void check_guard(struct text_check *check, size_t from, size_t to)
{
	const struct contract *c = check->contract;

	if (!c->nr_renamed)
		return;
	check_word(check, &check->after, to, c->renamed->old, RESULT_DIFFERENT,
		   "the old include guard is left");
	if (!streq(c->renamed->old, c->renamed->new))
		check_word(check, &check->before, from, c->renamed->new,
			   RESULT_DIFFERENT,
			   "the new include guard was here before");
	for (size_t i = 0; i < check->after.nr_files; i++) {
		const struct text_file *f = &check->after.files[i];

		if (i == to ||
		    !(f->is_c || ends_with(f->text->path, ".S")))
			continue;
		check_word(check, &check->after, i, c->renamed->old,
			   RESULT_UNDECIDED,
			   "it uses the include guard that was renamed");
		check_word(check, &check->after, i, c->renamed->new,
			   RESULT_UNDECIDED,
			   "it has the new include guard, too");
	}
}

void text_rename_file_left(struct text_check *check, size_t from, size_t to)
{
	for (size_t i = 0; i < check->after.nr_files; i++) {
		check_stale(check, i);
		check_captured(check, i == to ? from : i, i);
	}
	check_beside(check, to);
	check_guard(check, from, to);
}
