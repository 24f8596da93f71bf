// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists that belong together are kept together: After: has a place for each
 * name of a promote, in the order of the names.
 */
#include "amend.h"

#include "lib/buf.h"
#include "lib/items.h"

const char *amend_preamble_line(const struct step *step, const char *macro)
{
	static const char define[] = "#define ";
	size_t len = strlen(macro);
	const char *line = step->preamble;

	while (line && *line) {
		const char *name = line + strlen(define);

		if (starts_with(line, define) && !strncmp(name, macro, len) &&
		    strchr(" (\n", name[len]))
			return line;
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return NULL;
}

void amend_drop_macro(struct step *step, const char *macro)
{
	const char *line = amend_preamble_line(step, macro);
	size_t len = strcspn(line, "\n") + 1;
	char *to = step->preamble + (line - step->preamble);

	memmove(to, to + len, strlen(to + len) + 1);
}

void amend_drop_at(struct strv *list, size_t i)
{
	if (i >= list->nr)
		return;
	free(list->v[i]);
	/* the NULL behind the last one comes along */
	memmove(&list->v[i], &list->v[i + 1],
		(list->nr - i) * sizeof(*list->v));
	list->nr--;
}

static void drop_rename(struct step *step, const char *old)
{
	size_t kept = 0;

	for (size_t i = 0; i < step->nr_renames; i++) {
		if (!streq(step->renames[i].old, old)) {
			step->renames[kept++] = step->renames[i];
			continue;
		}
		free(step->renames[i].old);
		free(step->renames[i].new);
	}
	step->nr_renames = kept;
}

void amend_leave_out(struct step *step, const char *name)
{
	size_t i = strv_find(&step->names, name);

	if (step->after.nr > 1)
		amend_drop_at(&step->after, i);
	amend_drop_at(&step->names, i);
	amend_drop_at(&step->items, strv_find(&step->items, name));
	drop_rename(step, name);
}

/* Puts a text in the place of the rules. */
static void set_rules(struct step *step, const char *rules)
{
	size_t head = (size_t)(step->rules - step->text);
	char *text = xasprintf("%.*s%s", (int)head, step->text, rules);

	free(step->text);
	step->text = text;
	step->rules = text + head;
}

static size_t previous(const struct tokens *t, size_t i)
{
	while (i-- > 0)
		if (token_is_code(&t->v[i]))
			return i;
	return t->nr;
}

/*
 * The bytes of a name in "{a, b}" with the comma that goes with it; false when it
 * does not stand so.
 */
static bool find_in_list(const struct tokens *t, size_t i, size_t *begin,
			 size_t *end)
{
	size_t before = previous(t, i), behind = token_next(t, i + 1);
	bool first = before < t->nr && token_is(t, before, "{");
	bool last = behind < t->nr && token_is(t, behind, "}");

	if (first && behind < t->nr && token_is(t, behind, ",")) {
		*begin = t->v[i].begin;
		*end = t->v[token_next(t, behind + 1)].begin;
		return true;
	}
	if (before >= t->nr || !token_is(t, before, ",") || behind >= t->nr ||
	    (!last && !token_is(t, behind, ",")))
		return false;
	*begin = t->v[before].begin;
	*end = t->v[i].end;
	return true;
}

bool amend_forget(struct step *step, const char *name)
{
	size_t len = strlen(step->rules), begin = 0, end = 0, found = 0;
	_cleanup_(tokens_release) struct tokens t = { 0 };
	_cleanup_(buf_release) struct buf rules = BUF_INIT;
	bool listed = true;

	lex(step->rules, len, &t);
	for (size_t i = 0; i < t.nr; i++) {
		if (t.v[i].kind != TOKEN_IDENT || !token_is(&t, i, name))
			continue;
		found++;
		listed &= find_in_list(&t, i, &begin, &end);
	}
	if (found != 1 || !listed)
		return false;
	buf_add(&rules, step->rules, len);
	buf_splice(&rules, begin, end - begin, NULL, 0);
	set_rules(step, rules.data);
	return true;
}

static void replace_in(struct strv *list, const char *name, const char *other)
{
	for (size_t i = 0; i < list->nr; i++)
		if (streq(list->v[i], name)) {
			free(list->v[i]);
			list->v[i] = xstrdup(other);
		}
}

void amend_call(struct step *step, const char *name, const char *other)
{
	_cleanup_(buf_release) struct buf rules = BUF_INIT;
	size_t at = 0;

	buf_addstr(&rules, step->rules);
	while (find_name(rules.data, rules.len, name, at, &at)) {
		buf_splice(&rules, at, strlen(name), other, strlen(other));
		at += strlen(other);
	}
	set_rules(step, rules.data);
	replace_in(&step->names, name, other);
	replace_in(&step->items, name, other);
	for (size_t i = 0; i < step->nr_renames; i++)
		if (streq(step->renames[i].old, name)) {
			free(step->renames[i].old);
			step->renames[i].old = xstrdup(other);
		}
}

void amend_append(struct step *step, const char *text, size_t len)
{
	struct items own, there;

	items_parse(step->preamble, strlen(step->preamble), &own);
	items_parse(text, len, &there);
	for (size_t i = 0; i < own.nr; i++)
		if (own.v[i].kind == ITEM_INCLUDE &&
		    items_find(&there, ITEM_INCLUDE, own.v[i].name, 0) ==
			    ITEMS_NONE &&
		    !strv_has(&step->includes, own.v[i].name))
			strv_add(&step->includes, own.v[i].name);
	items_release(&own);
	items_release(&there);
	free(step->preamble);
	step->preamble = NULL;
}

void amend_key(const struct step *step, struct strv *ret)
{
	const struct strv *lists[] = {
		&step->names,	 &step->items,	&step->after,  &step->includes,
		&step->removed,	 &step->added,	&step->absent, &step->done,
		&step->needless, &step->called, &step->along,
	};
	const char *strings[] = { step->from, step->preamble, step->kbuild,
				  step->before };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		strv_addf(ret, "%zu", lists[i]->nr);
		strv_add_list(ret, lists[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(strings); i++)
		strv_add(ret, strings[i] ? strings[i] : "");
	for (size_t i = 0; i < step->nr_renames; i++)
		strv_addf(ret, "%s %s", step->renames[i].old,
			  step->renames[i].new);
}
