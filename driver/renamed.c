// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function that was there under its name before cannot be what another one is
 * called now, which leaves few to compare with.
 */
#include "renamed.h"

#include "alike.h"
#include "generation.h"

/* Less is another function. */
#define PERCENT_LEAST 60

int renamed_commit(const struct repo *repo, const char *rev,
		   const char *series, const struct step *step, char **ret,
		   struct error *err)
{
	_cleanup_free_ char *commit = NULL;
	int found = rev ? generation_commit(repo, rev, series, step->name,
					    &commit, err) : 0;

	if (found > 0)
		*ret = xasprintf("%s^", commit);
	return found;
}

int renamed_open(const struct repo *repo, const char *rev,
		 const char *series, const struct step *step,
		 struct renamed *ret, struct error *err)
{
	_cleanup_free_ char *below = NULL;
	int found;

	*ret = (struct renamed){ .text = BUF_INIT };
	found = renamed_commit(repo, rev, series, step, &below, err);
	if (found <= 0)
		return found;
	found = repo_read(repo, below, step->from, &ret->text, err);
	if (found <= 0)
		return found;
	items_parse(ret->text.data, ret->text.len, &ret->items);
	ret->known = true;
	return 0;
}

void renamed_release(struct renamed *renamed)
{
	items_release(&renamed->items);
	buf_release(&renamed->text);
	*renamed = (struct renamed){ .text = BUF_INIT };
}

size_t renamed_find(const struct renamed *renamed, const char *name,
		    const struct items *now, unsigned int *ret_percent)
{
	const struct items *old = &renamed->items;
	size_t was = renamed->known ? items_find(old, ITEM_FUNCTION, name, 0) :
				      ITEMS_NONE;
	size_t best = ITEMS_NONE;

	*ret_percent = PERCENT_LEAST - 1;
	for (size_t i = 0; was != ITEMS_NONE && i < now->nr; i++) {
		const struct item *it = &now->v[i];
		unsigned int percent;

		if (it->kind != ITEM_FUNCTION ||
		    items_find(old, ITEM_FUNCTION, it->name, 0) != ITEMS_NONE)
			continue;
		percent = alike(old, was, now, i);
		if (percent > *ret_percent) {
			*ret_percent = percent;
			best = i;
		}
	}
	return best;
}
