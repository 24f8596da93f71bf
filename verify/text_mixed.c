// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text rung on a commit that no step describes. The pieces are matched as
 * infer.c did it, from nothing but the texts and the names of the contract;
 * then each that is shifted must be so by the contract, and what nothing
 * accounts for is residue. Of what is the same but for names or linkage the
 * lines that are not the same bytes are left out of the account of lines; no
 * others are.
 */
#include "text_mixed.h"

struct text_side *mixed_side(const struct mixed *m, int after)
{
	return after ? &m->check->after : &m->check->before;
}

bool mixed_is_open(const struct mixed *m, int after, size_t piece)
{
	const struct piece *p = &mixed_side(m, after)->pieces[piece];

	return p->partner == TEXT_NONE && !p->settled;
}

bool mixed_same_name(const struct mixed *m, const char *old, const char *new)
{
	for (size_t i = 0; i < m->names.nr; i++)
		if (streq(m->names.v[i].old, old) &&
		    streq(m->names.v[i].new, new))
			return true;
	return streq(old, new);
}

const struct text_words *mixed_words(struct mixed *m, int after, size_t piece)
{
	struct text_side *side = mixed_side(m, after);
	struct text_words *w = &m->words[after][piece];

	if (!w->text)
		text_words_read(side, &side->pieces[piece], &m->names, w);
	return w;
}

void mixed_account(struct mixed *m, int after, size_t piece, unsigned int deeds)
{
	struct text_side *side = mixed_side(m, after);

	m->fates[after][piece].deeds = deeds;
	text_settle(side, &side->pieces[piece]);
}

void mixed_begin(struct mixed *m, struct text_check *check)
{
	*m = (struct mixed){ .check = check };
	for (int after = 0; after < 2; after++) {
		size_t nr = mixed_side(m, after)->nr;

		m->fates[after] = xcalloc(nr, sizeof(*m->fates[after]));
		m->words[after] = xcalloc(nr, sizeof(*m->words[after]));
		for (size_t i = 0; i < nr; i++)
			m->fates[after][i].other = TEXT_NONE;
	}
}

void mixed_end(struct mixed *m)
{
	for (int after = 0; after < 2; after++) {
		for (size_t i = 0; i < mixed_side(m, after)->nr; i++)
			text_words_release(&m->words[after][i]);
		free(m->words[after]);
		free(m->fates[after]);
	}
}

/* ---- What the contract says of it ---- */

static void set_counterparts(struct text_check *check)
{
	const struct contract *c = check->contract;

	for (size_t i = 0; i < c->nr_paths; i++) {
		size_t old = text_find_file(&check->before, c->paths[i].old);
		size_t new = text_find_file(&check->after, c->paths[i].new);

		if (old == TEXT_NONE || new == TEXT_NONE)
			continue;
		check->before.files[old].counterpart = new;
		check->before.files[new].counterpart = old;
		check->after.files[new].counterpart = old;
		check->after.files[old].counterpart = new;
	}
}

static bool is_as_stated(const struct mixed *m, size_t i, size_t k,
			 const struct shifted *s)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	const struct piece *p = &before->pieces[i], *q = &after->pieces[k];
	unsigned int deeds = m->fates[1][k].deeds;

	return streq(s->old, piece_item(before, p)->name) &&
	       streq(s->new, piece_item(after, q)->name) &&
	       streq(s->from, piece_path(before, p)) &&
	       streq(s->to, piece_path(after, q)) &&
	       s->promoted == !!(deeds & DEED_PROMOTED) &&
	       s->inlined == !!(deeds & DEED_INLINED);
}

static bool is_shift(const struct mixed *m, size_t i, size_t k)
{
	return m->fates[1][k].deeds &
		       (DEED_PROMOTED | DEED_INLINED | DEED_RENAMED) ||
	       !mixed_same_file(m, i, k);
}

static bool has_definition(const struct item *item)
{
	return item_is_definition(item) && *item->name;
}

/* Each definition that is shifted is so by the contract. */
static void hold_shifted(struct mixed *m, size_t i, size_t k)
{
	const struct contract *c = m->check->contract;
	const struct text_side *after = &m->check->after;
	bool stated = false;

	if (!has_definition(piece_item(after, &after->pieces[k])) ||
	    !is_shift(m, i, k))
		return;
	for (size_t n = 0; n < c->nr_shifted && !stated; n++)
		stated = is_as_stated(m, i, k, &c->shifted[n]);
	if (!stated)
		text_report(m->check, RESULT_DIFFERENT, after,
			    &after->pieces[k],
			    "shifted in a way that the contract does not say "
			    "(was %s:%u)",
			    piece_path(&m->check->before,
				       &m->check->before.pieces[i]),
			    piece_item(&m->check->before,
				       &m->check->before.pieces[i])
				    ->line_begin);
}

static void hold_stated(struct mixed *m, const struct shifted *s)
{
	for (size_t k = 0; k < m->check->after.nr; k++) {
		size_t i = m->fates[1][k].other;

		if (i != TEXT_NONE && is_as_stated(m, i, k, s))
			return;
	}
	outcome_add(m->check->out, RESULT_DIFFERENT, "definition", s->old,
		    s->from,
		    "the contract shifts it, and nothing of the kind happened");
}

/* ---- What is the same but for its context, comments, white space ---- */

static void report_byte(struct mixed *m, size_t k, size_t at, const char *what,
			const char *detail)
{
	const struct text_side *after = &m->check->after;
	const struct piece *p = &after->pieces[k];
	const struct item *item = piece_item(after, p);
	const struct text *text = after->files[p->file].text;
	_cleanup_free_ char *where = xasprintf(
		"%s:%u", text->path, text_line_at(after, p, at - item->begin));
	struct finding *f = outcome_add(m->check->out, RESULT_EQUAL, what,
					item->name, where, "%s", detail);

	f->excerpt = text_excerpt(text->data, text->len, at);
}

/* A macro that is defined in another order may be another one where it is used.
 */
static bool needs_order(const struct item *item)
{
	return item->kind == ITEM_MACRO || item->kind == ITEM_UNDEF;
}

static void check_pair(struct mixed *m, size_t i, size_t k)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	const struct piece *p = &before->pieces[i], *q = &after->pieces[k];
	const struct fate *fate = &m->fates[1][k];

	if (strcmp(p->context, q->context) != 0)
		text_report(m->check, RESULT_UNDECIDED, after, q,
			    "conditional context was '%s', is '%s'", p->context,
			    q->context);
	if (fate->how.comment)
		report_byte(m, k, fate->how.comment_at, "comment",
			    "a comment changed");
	if (fate->how.space)
		report_byte(m, k, fate->how.space_at, "white-space",
			    "white space changed");
	if (!(fate->deeds & DEED_MOVED))
		return;
	text_check_pragmas(m->check, p, q);
	if (piece_item(after, q)->kind == ITEM_DIRECTIVE)
		text_report(m->check, RESULT_UNDECIDED, after, q,
			    "it no longer stands where it stood");
	else if (mixed_same_file(m, i, k) && needs_order(piece_item(after, q)))
		text_report(m->check, RESULT_UNDECIDED, after, q,
			    "it no longer stands in its order (was line %u)",
			    piece_item(before, p)->line_begin);
}

/* ---- What the account of lines leaves out ---- */

static size_t line_end(const char *s, size_t begin, size_t end)
{
	const char *newline = memchr(s + begin, '\n', end - begin);

	return newline ? (size_t)(newline - s) + 1 : end;
}

static size_t count_lines(const char *s, size_t begin, size_t end)
{
	size_t nr = 0;

	for (; begin < end; begin = line_end(s, begin, end))
		nr++;
	return nr;
}

struct lines_of {
	struct text_side *side;
	size_t file;
	const char *s;
	size_t begin, end; /* what is left of the piece */
};

static struct lines_of lines_of(struct text_side *side, const struct piece *p)
{
	size_t begin = piece_item(side, p)->begin;

	return (struct lines_of){ side, p->file,
				  side->files[p->file].text->data, begin,
				  begin + p->len };
}

static bool same_line(const struct lines_of *a, size_t i,
		      const struct lines_of *b, size_t k)
{
	return i - a->begin == k - b->begin &&
	       !memcmp(a->s + a->begin, b->s + b->begin, i - a->begin);
}

static void drop_equal_head(struct lines_of *a, struct lines_of *b)
{
	while (a->begin < a->end && b->begin < b->end) {
		size_t i = line_end(a->s, a->begin, a->end);
		size_t k = line_end(b->s, b->begin, b->end);

		if (!same_line(a, i, b, k))
			return;
		a->begin = i;
		b->begin = k;
	}
}

static size_t last_line(const struct lines_of *l)
{
	size_t i = l->end - 1;

	while (i > l->begin && l->s[i - 1] != '\n')
		i--;
	return i;
}

static void drop_equal_tail(struct lines_of *a, struct lines_of *b)
{
	while (a->begin < a->end && b->begin < b->end) {
		size_t i = last_line(a), k = last_line(b);

		if (a->end - i != b->end - k ||
		    memcmp(a->s + i, b->s + k, a->end - i) != 0)
			return;
		a->end = i;
		b->end = k;
	}
}

/* As many lines on both sides: one for one those that are not the same bytes.
 */
static void leave_out_lines(struct mixed *m, size_t i, size_t k)
{
	struct lines_of a =
		lines_of(&m->check->before, &m->check->before.pieces[i]);
	struct lines_of b =
		lines_of(&m->check->after, &m->check->after.pieces[k]);

	drop_equal_head(&a, &b);
	drop_equal_tail(&a, &b);
	if (count_lines(a.s, a.begin, a.end) !=
	    count_lines(b.s, b.begin, b.end)) {
		text_allow(a.side, a.file, a.begin, a.end);
		text_allow(b.side, b.file, b.begin, b.end);
		return;
	}
	while (a.begin < a.end) {
		size_t x = line_end(a.s, a.begin, a.end);
		size_t y = line_end(b.s, b.begin, b.end);

		if (!same_line(&a, x, &b, y)) {
			text_allow(a.side, a.file, a.begin, x);
			text_allow(b.side, b.file, b.begin, y);
		}
		a.begin = x;
		b.begin = y;
	}
}

/* ---- The rung ---- */

/* From each file that gave something to each that took it, once. */
static void check_macros(struct mixed *m)
{
	const struct text_side *before = &m->check->before;
	const struct text_side *after = &m->check->after;
	_cleanup_free_ bool *done =
		xcalloc(before->nr_files * after->nr_files, sizeof(*done));

	for (size_t k = 0; k < after->nr; k++) {
		size_t i = after->pieces[k].partner, from, to;

		if (i == TEXT_NONE || mixed_same_file(m, i, k))
			continue;
		from = before->pieces[i].file;
		to = after->pieces[k].file;
		if (!done[from * after->nr_files + to])
			text_check_private(m->check, from, to);
		done[from * after->nr_files + to] = true;
	}
}

static void check_pairs(struct mixed *m)
{
	for (size_t k = 0; k < m->check->after.nr; k++) {
		const struct fate *fate = &m->fates[1][k];

		if (fate->other == TEXT_NONE || fate->residue)
			continue;
		hold_shifted(m, fate->other, k);
		check_pair(m, fate->other, k);
		if (m->check->after.pieces[k].partner != TEXT_NONE)
			leave_out_lines(m, fate->other, k);
	}
}

/* What a file's new path means to lines that nobody changed. */
static void check_paths(struct text_check *check)
{
	const struct contract *c = check->contract;

	for (size_t i = 0; i < c->nr_paths; i++) {
		struct contract one = {
			.change = CHANGE_RENAME_FILE,
			.from = c->paths[i].old,
			.to = c->paths[i].new,
			.namesakes = { c->namesakes[0], c->namesakes[1] },
		};
		size_t from = text_find_file(&check->before, one.from);
		size_t to = text_find_file(&check->after, one.to);

		if (from == TEXT_NONE || to == TEXT_NONE)
			continue;
		check->contract = &one;
		text_rename_file_left(check, from, to);
		check->contract = c;
	}
}

void text_mixed(struct text_check *check)
{
	struct mixed m;

	set_counterparts(check);
	mixed_begin(&m, check);
	m.names = (struct word_names){ check->contract->renamed,
				       check->contract->nr_renamed };
	mixed_match_equal(&m);
	mixed_match_alike(&m);
	mixed_match_extracted(&m);
	mixed_settle(&m);
	check_pairs(&m);
	check_macros(&m);
	mixed_rest(&m);
	for (size_t i = 0; i < check->contract->nr_shifted; i++)
		hold_stated(&m, &check->contract->shifted[i]);
	mixed_end(&m);
	check_paths(check);
	for (size_t i = 0; i < check->contract->nr_shifted; i++)
		if (check->contract->shifted[i].promoted)
			text_check_globals(check, check->contract->shifted[i].new);
}
