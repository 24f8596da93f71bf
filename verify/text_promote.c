// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a promotion may do to the touched files. The definition's head, from
 * its first token to the body or initialiser, is compared token by token: the
 * word static is gone (or, as inline, the word inline has come behind it) and
 * white space may be aligned anew; what follows the head, and the comment
 * before it, stay byte for byte. A definition so edited gets the class of the
 * old one, so that matching holds its order and place like any other's.
 */
#include "text.h"

/* The code tokens of a head, as indices into the file's tokens. */
struct head {
	const struct tokens *tokens;
	size_t *v;
	size_t nr;
	size_t end; /* byte offset behind its last token */
};

static void head_release(struct head *head)
{
	free(head->v);
}

/* A head ends before the body, the '=' of an initialiser, or the semicolon. */
static void head_read(const struct text_side *side, const struct piece *p,
		      struct head *ret)
{
	const struct item *item = piece_item(side, p);
	const struct tokens *t = &side->files[p->file].items.tokens;

	*ret = (struct head){ .tokens = t, .end = item->code_begin };
	ret->v = xcalloc(item->token_end - item->token_begin, sizeof(*ret->v));
	for (size_t i = item->token_begin; i < item->token_end; i++) {
		if (t->v[i].begin < item->code_begin ||
		    t->v[i].kind == TOKEN_SPACE)
			continue;
		if (item->kind == ITEM_FUNCTION ?
			    t->v[i].begin >= item->body_begin :
			    token_is(t, i, "=") || token_is(t, i, ";"))
			break;
		ret->v[ret->nr++] = i;
		ret->end = t->v[i].end;
	}
}

static bool same_token(const struct head *a, size_t i, const struct head *b,
		       size_t k)
{
	const struct token *x = &a->tokens->v[a->v[i]];
	const struct token *y = &b->tokens->v[b->v[k]];
	size_t len = x->end - x->begin;

	return len == y->end - y->begin &&
	       !memcmp(a->tokens->text + x->begin, b->tokens->text + y->begin,
		       len);
}

static bool is_word(const struct head *head, size_t i, const char *word)
{
	return i < head->nr && token_is(head->tokens, head->v[i], word);
}

/* Heads are equal when 'old' leaves out skip[0] and 'new' leaves out skip[1]. */
static bool same_heads(const struct head *old, const char *skip_old,
		       const struct head *new, const char *skip_new)
{
	size_t i = 0, k = 0;

	for (;;) {
		if (skip_old && is_word(old, i, skip_old)) {
			skip_old = NULL;
			i++;
		}
		if (skip_new && is_word(new, k, skip_new)) {
			skip_new = NULL;
			k++;
		}
		if (i == old->nr || k == new->nr)
			return i == old->nr && k == new->nr && !skip_old &&
			       !skip_new;
		if (!same_token(old, i++, new, k++))
			return false;
	}
}

static bool same_slice(const struct piece *a, size_t i, const struct piece *b,
		       size_t k)
{
	return a->len - i == b->len - k &&
	       !memcmp(a->bytes + i, b->bytes + k, a->len - i);
}

static bool same_comment(const struct text_side *x, const struct piece *a,
			 const struct text_side *y, const struct piece *b)
{
	size_t len = piece_item(x, a)->code_begin - piece_item(x, a)->begin;

	return len == piece_item(y, b)->code_begin - piece_item(y, b)->begin &&
	       !memcmp(a->bytes, b->bytes, len);
}

/* Aligning anew must not leave blanks at the end of a line. */
static bool ends_lines_clean(const char *data, size_t begin, size_t end)
{
	for (size_t i = begin; i + 1 < end; i++)
		if ((data[i] == ' ' || data[i] == '\t') && data[i + 1] == '\n')
			return false;
	return true;
}

/* Why the new definition is not the old one with the declared edit; NULL if it is. */
static const char *edit_error(struct text_check *check, const struct piece *a,
			      const struct piece *b, struct head *old,
			      struct head *new)
{
	const struct text_side *before = &check->before, *after = &check->after;
	const struct item *x = piece_item(before, a), *y = piece_item(after, b);
	bool inlined = check->contract->as_inline;
	const char *to = check->after.files[b->file].text->data;

	if (!x->is_static)
		return "it is not static before the step";
	if (strcmp(a->context, b->context) != 0)
		return "its conditional context changed";
	if (!same_comment(before, a, after, b))
		return "its leading comment changed";
	if (!same_slice(a, old->end - x->begin, b, new->end - y->begin))
		return "more than its declaration changed";
	if (!same_heads(old, inlined ? NULL : "static", new,
			inlined && !x->is_inline ? "inline" : NULL))
		return "its declaration changed in more than linkage";
	if (inlined && !(y->is_static && is_word(new, 1, "inline")))
		return "it is not static inline";
	return ends_lines_clean(to, y->code_begin, new->end) ?
		       NULL :
		       "its declaration ends a line with white space";
}

static size_t find_definition(const struct text_side *side, const char *path,
			      const char *name)
{
	size_t file = text_find_file(side, path);
	size_t k = text_find_piece(side, file, ITEM_FUNCTION, name, 0);

	return k != TEXT_NONE ?
		       k :
		       text_find_piece(side, file, ITEM_VARIABLE, name, 0);
}

static const char *destination(const struct contract *c)
{
	if (!c->as_inline)
		return c->from;
	return c->to ? c->to : c->header;
}

static void pair_edit(struct text_check *check, const char *name)
{
	const struct contract *c = check->contract;
	size_t i = find_definition(&check->before, c->from, name);
	size_t k = find_definition(&check->after, destination(c), name);
	struct head old _cleanup_(head_release) = { 0 };
	struct head new _cleanup_(head_release) = { 0 };
	struct piece *a, *b;
	const char *error;

	if (i == TEXT_NONE || k == TEXT_NONE) {
		outcome_add(check->out, RESULT_DIFFERENT, "definition", name,
			    i == TEXT_NONE ? c->from : destination(c),
			    "named by the step, but not defined here");
		return;
	}
	a = &check->before.pieces[i];
	b = &check->after.pieces[k];
	head_read(&check->before, a, &old);
	head_read(&check->after, b, &new);
	error = edit_error(check, a, b, &old, &new);
	if (error) {
		text_report(check, RESULT_DIFFERENT, &check->after, b, "%s",
			    error);
		return;
	}
	b->class = a->class;
	text_allow(&check->before, a->file,
		   piece_item(&check->before, a)->code_begin, old.end);
	text_allow(&check->after, b->file,
		   piece_item(&check->after, b)->code_begin, new.end);
}

void text_promote_edits(struct text_check *check)
{
	for (size_t i = 0; i < check->contract->names.nr; i++)
		pair_edit(check, check->contract->names.v[i]);
}

static bool is_declaration(const struct text_side *side, const struct piece *p)
{
	enum item_kind kind = piece_item(side, p)->kind;

	return kind == ITEM_PROTOTYPE || kind == ITEM_EXTERN;
}

/* Forward declarations of a promoted name must go from 'from', all of them. */
static void settle_forward(struct text_check *check)
{
	const struct contract *c = check->contract;
	size_t from = text_find_file(&check->before, c->from);

	for (size_t i = 0; i < check->before.nr; i++) {
		struct piece *p = &check->before.pieces[i];
		const struct item *item = piece_item(&check->before, p);

		if (p->file != from || !is_declaration(&check->before, p) ||
		    !item->is_static ||
		    !text_is_named(&c->names, &check->before, p))
			continue;
		if (p->partner != TEXT_NONE)
			text_report(check, RESULT_DIFFERENT, &check->after,
				    &check->after.pieces[p->partner],
				    "a private declaration of a promoted name is left");
		else if (item->code_begin == item->begin)
			text_settle(&check->before, p);
	}
}

/* Why the declaration is not the definition's declarator; NULL if it is. */
static const char *prototype_error(struct text_check *check,
				   const struct piece *p,
				   const struct piece *definition)
{
	const struct text_side *after = &check->after;
	const struct item *item = piece_item(after, p);
	struct head proto _cleanup_(head_release) = { 0 };
	struct head head _cleanup_(head_release) = { 0 };
	size_t begin = item->begin;

	head_read(after, p, &proto);
	head_read(after, definition, &head);
	if (!same_heads(&proto, item->is_extern ? "extern" : NULL, &head, NULL))
		return "it is not the declarator of the definition";
	if (*p->context && strcmp(p->context, definition->context) != 0)
		return "it stands in another conditional context than the definition";
	if (item->code_begin != begin || p->len != proto.end + 2 - begin)
		return "more than the declaration was added";
	return ends_lines_clean(p->bytes, 0, p->len) ?
		       NULL :
		       "it ends a line with white space";
}

static void check_prototype(struct text_check *check, const char *name)
{
	const struct contract *c = check->contract;
	struct text_side *after = &check->after;
	size_t file = text_find_file(after, c->header);
	size_t definition = find_definition(after, c->from, name);
	size_t k = text_find_piece(after, file, ITEM_PROTOTYPE, name, 0);
	const char *error;

	if (k == TEXT_NONE)
		k = text_find_piece(after, file, ITEM_EXTERN, name, 0);
	if (k == TEXT_NONE) {
		outcome_add(check->out, RESULT_DIFFERENT, "prototype", name,
			    c->header, "the header did not gain it");
		return;
	}
	if (definition == TEXT_NONE || after->pieces[k].partner != TEXT_NONE)
		return;
	error = prototype_error(check, &after->pieces[k],
				&after->pieces[definition]);
	if (error)
		text_report(check, RESULT_DIFFERENT, after, &after->pieces[k],
			    "%s", error);
	text_settle(after, &after->pieces[k]);
}

/* Conditional lines go along with what they enclose: text_conds.c. */
static bool may_change_place(const struct text_check *check,
			     const struct piece *q)
{
	const struct item *item = piece_item(&check->after, q);

	return item->kind == ITEM_CONDITIONAL ||
	       (item_is_definition(item) &&
		text_is_named(&check->contract->names, &check->after, q));
}

/* A promoted definition has the class of what it was, but not its bytes. */
static bool is_edited(const struct text_check *check, const struct piece *p)
{
	const struct piece *q = &check->before.pieces[p->partner];

	return p->len != q->len || memcmp(p->bytes, q->bytes, p->len) != 0;
}

/* What has a partner elsewhere moved: only the inlined definitions may. */
static void check_places(struct text_check *check)
{
	const struct contract *c = check->contract;
	size_t to = text_find_file(&check->after, destination(c));

	for (size_t i = 0; i < check->before.nr; i++) {
		const struct piece *p = &check->before.pieces[i], *q;

		if (p->partner == TEXT_NONE || p->stays)
			continue;
		q = &check->after.pieces[p->partner];
		if (!c->as_inline || q->file != to || p->file == to ||
		    !may_change_place(check, q))
			text_report(check, RESULT_DIFFERENT, &check->after, q,
				    "moved (was %s:%u)",
				    piece_path(&check->before, p),
				    piece_item(&check->before, p)->line_begin);
	}
}

/*
 * Where both are linked there would be two, or a weak one would give way; most
 * files are compiled in no configuration at hand.
 */
void text_check_globals(struct text_check *check, const char *name)
{
	const struct text_side *after = &check->after;
	struct strv one _cleanup_(strv_release) = STRV_INIT;

	strv_add(&one, name);
	for (size_t i = 0; i < after->nr; i++) {
		const struct piece *p = &after->pieces[i];
		const struct item *item = piece_item(after, p);
		bool object = item->kind == ITEM_FUNCTION ||
			      item->kind == ITEM_VARIABLE ||
			      is_declaration(after, p);

		if (p->stays && object && !item->is_static &&
		    text_is_named(&one, after, p) && !is_edited(check, p))
			text_report(check, RESULT_UNDECIDED, after, p,
				    "it may be another global of this name");
	}
}

void text_promote(struct text_check *check)
{
	for (size_t i = 0; !check->contract->as_inline &&
			   i < check->contract->names.nr; i++)
		text_check_globals(check, check->contract->names.v[i]);
	settle_forward(check);
	for (size_t i = 0; !check->contract->as_inline &&
			   i < check->contract->names.nr; i++)
		check_prototype(check, check->contract->names.v[i]);
	text_settle_conditionals(
		check, &check->before,
		text_find_file(&check->before, check->contract->from));
	text_settle_conditionals(
		check, &check->after,
		text_find_file(&check->after, check->contract->header));
	check_places(check);
	text_report_rest(check, text_always_different);
}
