// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts of work, and how they are told: "done of wanted", so that one number
 * says what was saved without a name for every way to save.
 */
#include "work.h"

void work_add(struct work *to, const struct work *from)
{
	to->built += from->built;
	to->spared += from->spared;
	to->isolation.preprocessed += from->isolation.preprocessed;
	to->isolation.current += from->isolation.current;
	to->isolation.compiled += from->isolation.compiled;
	to->isolation.reused += from->isolation.reused;
	to->isolation.translated += from->isolation.translated;
	to->isolation.kept += from->isolation.kept;
	to->proven += from->proven;
	to->known += from->known;
}

void work_of(size_t done, size_t saved, struct buf *ret)
{
	if (done + saved)
		buf_addf(ret, " (%zu of %zu)", done, done + saved);
}

static void add_part(const char *what, size_t done, size_t saved,
		     struct buf *ret)
{
	if (done + saved)
		buf_addf(ret, "%s%s %zu of %zu", ret->len ? ", " : "", what,
			 done, done + saved);
}

void work_line(const struct work *w, struct buf *ret)
{
	struct buf all = BUF_INIT;

	add_part("objects built", w->built, w->spared, &all);
	add_part("preprocessed", w->isolation.preprocessed,
		 w->isolation.current, &all);
	add_part("isolated", w->isolation.compiled, w->isolation.reused, &all);
	add_part("to IR", w->isolation.translated, w->isolation.kept, &all);
	add_part("rows proven", w->proven, w->known, &all);
	buf_add(ret, all.data, all.len);
	buf_release(&all);
}
