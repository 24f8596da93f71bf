// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a move may do to the touched files: named items go from one file to
 * one other, byte for byte. The preamble of a created file, the declared
 * includes, and stale forward declarations are the only text that comes or
 * goes; each is settled here before the rest is held to be lost or added.
 */
#include "text.h"

static size_t piece_begin(const struct text_side *side, const struct piece *p)
{
	return piece_item(side, p)->begin;
}

static void bad_preamble(struct text_check *check, const char *path,
			 const char *detail)
{
	_cleanup_free_ char *where = xasprintf("%s:1", path);

	outcome_add(check->out, RESULT_DIFFERENT, "preamble", path, where, "%s",
		    detail);
}

static size_t line_end(const char *data, size_t len, size_t begin)
{
	const char *newline = begin < len ?
				      memchr(data + begin, '\n', len - begin) :
				      NULL;

	return newline ? (size_t)(newline - data) + 1 : len;
}

/* A declared include that the preamble does not hold itself. */
static bool is_declared_include(const struct contract *c, const char *line,
				size_t len)
{
	for (size_t i = 0; i < c->includes.nr; i++) {
		_cleanup_free_ char *include =
			xasprintf("#include %s\n", c->includes.v[i]);

		if (len == strlen(include) && !memcmp(line, include, len) &&
		    !strstr(c->preamble, include))
			return true;
	}
	return false;
}

/* A declared include, or the blank line that sets a block of them apart. */
static bool may_stand_between(const struct contract *c, const struct text *text,
			      size_t begin, size_t end, bool behind_include)
{
	size_t next = line_end(text->data, text->len, end);

	if (end - begin > 1)
		return is_declared_include(c, text->data + begin, end - begin);
	return behind_include ||
	       is_declared_include(c, text->data + end, next - end);
}

/*
 * The end of an include guard is the preamble's last line and the file's:
 * what moves goes above it. Its length, 0 when there is no guard.
 */
static size_t tail_of_preamble(const char *preamble)
{
	size_t len = strlen(preamble), begin = len ? len - 1 : 0;

	while (begin && preamble[begin - 1] != '\n')
		begin--;
	return starts_with(preamble + begin, "#endif") ? len - begin : 0;
}

/* Where the preamble's lines above the tail end, blank ones left out. */
static size_t head_of_preamble(const char *preamble)
{
	size_t len = strlen(preamble) - tail_of_preamble(preamble);

	while (len > 1 && preamble[len - 1] == '\n' && preamble[len - 2] == '\n')
		len--;
	return len;
}

static bool has_tail(const struct contract *c, const struct text *text)
{
	size_t len = tail_of_preamble(c->preamble);

	return text->len >= len &&
	       !memcmp(text->data + text->len - len,
		       c->preamble + strlen(c->preamble) - len, len);
}

/*
 * Behind the preamble in the created file; 0 when it is not there. Declared
 * includes are sorted into its blocks of includes.
 */
static size_t end_of_preamble(const struct contract *c, const struct text *text)
{
	size_t len = head_of_preamble(c->preamble), done = 0, begin = 0;
	bool behind_include = false;

	while (done < len) {
		size_t end = line_end(text->data, text->len, begin);
		size_t want = line_end(c->preamble, len, done) - done;

		if (begin == end)
			return 0;
		if (end - begin == want &&
		    !memcmp(text->data + begin, c->preamble + done, want)) {
			done += want;
			behind_include = false;
		} else if (may_stand_between(c, text, begin, end,
					     behind_include)) {
			behind_include = end - begin > 1;
		} else {
			return 0;
		}
		begin = end;
	}
	return begin;
}

/* The pieces in [begin, end) of the created file are the preamble's. */
static void settle_preamble(struct text_check *check, size_t file, size_t begin,
			    size_t end)
{
	const struct contract *c = check->contract;
	struct text_side *after = &check->after;

	for (size_t i = after->files[file].first; i < after->files[file].end;
	     i++) {
		struct piece *p = &after->pieces[i];
		size_t at = piece_begin(after, p);

		if (at < begin || at >= end)
			continue;
		if (at + p->len > end)
			bad_preamble(check, c->to,
				     "the preamble ends inside of an item");
		else if (!is_declared_include(c, p->bytes, p->len))
			text_settle(after, p);
	}
}

/* A created file is the preamble and then whole items, within its guard. */
void text_move_preamble(struct text_check *check)
{
	const struct contract *c = check->contract;
	size_t file = text_find_file(&check->after, c->to), head = 0;
	const struct text *text;

	if (!c->creates || !c->preamble || file == TEXT_NONE)
		return;
	text = check->after.files[file].text;
	if (text->data && has_tail(c, text))
		head = end_of_preamble(c, text);
	if (!head) {
		bad_preamble(check, c->to,
			     "the file does not begin with the preamble of the step");
		return;
	}
	settle_preamble(check, file, 0, head);
	settle_preamble(check, file,
			text->len - tail_of_preamble(c->preamble), text->len);
}

static bool is_plain_include(const struct text_side *after,
			     const struct piece *p)
{
	_cleanup_free_ char *line =
		xasprintf("#include %s\n", piece_item(after, p)->name);

	return !*p->context && p->len == strlen(line) &&
	       !memcmp(p->bytes, line, p->len);
}

/* Each declared include may come once, as a line of its own, not under #if. */
void text_settle_includes(struct text_check *check, const char *path)
{
	const struct contract *c = check->contract;
	struct text_side *after = &check->after;
	size_t file = text_find_file(after, path);

	for (size_t i = 0; i < c->includes.nr; i++) {
		size_t k = text_find_piece(after, file, ITEM_INCLUDE,
					   c->includes.v[i], 0);

		if (k == TEXT_NONE || after->pieces[k].settled ||
		    !is_plain_include(after, &after->pieces[k]))
			continue;
		if (text_find_piece(&check->before, file, ITEM_INCLUDE,
				    c->includes.v[i], 0) != TEXT_NONE)
			continue;
		text_settle(after, &after->pieces[k]);
	}
}

/* True when the definition of a declared name left 'from'. */
static bool is_stale(const struct text_check *check, const struct piece *p)
{
	const struct text_side *before = &check->before;
	const struct item *item = piece_item(before, p);
	size_t from = text_find_file(before, check->contract->from);
	size_t k;

	if (item->kind != ITEM_PROTOTYPE || p->file != from ||
	    item->code_begin != item->begin ||
	    !text_is_named(&check->contract->names, before, p))
		return false;
	k = text_find_piece(before, from, ITEM_FUNCTION, item->name, 0);
	for (; k != TEXT_NONE;
	     k = text_find_piece(before, from, ITEM_FUNCTION, item->name,
				 k + 1)) {
		size_t partner = before->pieces[k].partner;

		if (partner != TEXT_NONE &&
		    check->after.pieces[partner].file != from)
			return true;
	}
	return false;
}

static void settle_stale(struct text_check *check)
{
	for (size_t i = 0; i < check->before.nr; i++) {
		struct piece *p = &check->before.pieces[i];

		if (p->partner == TEXT_NONE && is_stale(check, p))
			text_settle(&check->before, p);
	}
}

static void follow_pragma(const struct piece *p, struct strv *state)
{
	_cleanup_free_ char *line = xstrndup(p->bytes, p->len);

	if (strstr(line, "diagnostic") || strstr(line, "once"))
		return;
	if (!strstr(line, "pop")) {
		strv_add(state, line);
		return;
	}
	while (state->nr) {
		bool push = strstr(state->v[state->nr - 1], "push") != NULL;

		free(state->v[--state->nr]);
		if (push)
			return;
	}
}

/* The #pragma lines that are in force at a piece; the caller frees. */
static char *pragmas_at(const struct text_side *side, const struct piece *at)
{
	struct strv state _cleanup_(strv_release) = STRV_INIT;

	for (size_t i = side->files[at->file].first; &side->pieces[i] < at;
	     i++) {
		const struct item *item = piece_item(side, &side->pieces[i]);

		if (item->kind == ITEM_DIRECTIVE && streq(item->name, "pragma"))
			follow_pragma(&side->pieces[i], &state);
	}
	return strv_join(&state, "");
}

/* A packed struct has the same tokens, and perhaps no code here that tells. */
void text_check_pragmas(struct text_check *check, const struct piece *p,
			const struct piece *q)
{
	_cleanup_free_ char *old = pragmas_at(&check->before, p);
	_cleanup_free_ char *new = pragmas_at(&check->after, q);

	if (!streq(old, new))
		text_report(check, RESULT_UNDECIDED, &check->after, q,
			    "other #pragma lines are in force where it stands now");
}

/*
 * Conditional lines carry no name. They may go along: every item's context is
 * compared, so a line that belongs to something else cannot go unnoticed.
 */
static void check_moved(struct text_check *check, const struct piece *p,
			const struct piece *q)
{
	const struct contract *c = check->contract;
	const struct text_side *after = &check->after;
	size_t from = text_find_file(&check->before, c->from);
	size_t to = text_find_file(after, c->to);

	if (p->file == q->file)
		text_report(check, RESULT_DIFFERENT, after, q,
			    "it no longer stands in its order (was line %u)",
			    piece_item(&check->before, p)->line_begin);
	else if (p->file != from || q->file != to)
		text_report(check, RESULT_DIFFERENT, after, q,
			    "moved from %s, which the step does not say",
			    piece_path(&check->before, p));
	else if (piece_item(after, q)->kind != ITEM_CONDITIONAL &&
		 !text_is_named(&c->names, after, q))
		text_report(check, RESULT_DIFFERENT, after, q,
			    "moved, though the step does not name it");
	else
		text_check_pragmas(check, p, q);
}

/* A name of the step that moved nothing: the step did not happen. */
static void check_names(struct text_check *check)
{
	const struct contract *c = check->contract;
	_cleanup_free_ bool *seen = xcalloc(c->names.nr, sizeof(*seen));

	for (size_t i = 0; i < check->before.nr; i++) {
		const struct piece *p = &check->before.pieces[i];

		if (p->partner == TEXT_NONE ||
		    check->after.pieces[p->partner].file == p->file)
			continue;
		for (size_t n = 0; n < c->names.nr; n++) {
			struct strv one = { &c->names.v[n], 1, 0 };

			seen[n] = seen[n] ||
				  text_is_named(&one, &check->before, p);
		}
	}
	for (size_t n = 0; n < c->names.nr; n++)
		if (!seen[n])
			outcome_add(check->out, RESULT_DIFFERENT, "item",
				    c->names.v[n], c->from,
				    "named by the step, but not moved");
}

void text_move(struct text_check *check)
{
	settle_stale(check);
	text_settle_conditionals(
		check, &check->before,
		text_find_file(&check->before, check->contract->from));
	text_settle_conditionals(
		check, &check->after,
		text_find_file(&check->after, check->contract->to));
	for (size_t i = 0; i < check->before.nr; i++) {
		const struct piece *p = &check->before.pieces[i];
		const struct piece *q;

		if (p->partner == TEXT_NONE)
			continue;
		q = &check->after.pieces[p->partner];
		if (!p->stays)
			check_moved(check, p, q);
	}
	text_check_private(check, text_find_file(&check->after, check->contract->from),
			  text_find_file(&check->after, check->contract->to));
	check_names(check);
	text_report_rest(check, text_always_different);
}
