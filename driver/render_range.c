// SPDX-License-Identifier: GPL-2.0-only
/*
 * What only the report of a range has: what its commits did, as far as it could
 * be accounted for, and the first one that is not as it should be.
 */
#define _GNU_SOURCE
#include "render.h"

const char *render_steps(const struct report *report)
{
	return report->range ? "commits" : "steps";
}

/* What stands in front of a function's instructions is none. */
static bool is_function(const struct finding *f)
{
	return streq(f->what, "function") && !starts_with(f->name, "__pfx_") &&
	       !starts_with(f->name, "__cfi_");
}

/* The heaviest of a rung, a function's before others; best: so far, or NULL. */
static const struct finding *heavier(const struct outcome *o,
				     const struct finding *best)
{
	for (size_t i = 0; i < o->nr; i++) {
		const struct finding *f = &o->findings[i];

		if (f->weight < RESULT_UNDECIDED)
			continue;
		if (!best || f->weight > best->weight ||
		    (f->weight == best->weight && is_function(f) &&
		     !is_function(best)))
			best = f;
	}
	return best;
}

/* The code rung names instructions, so it comes first. */
static const struct finding *find_first(const struct report_step *step)
{
	static const enum rung order[] = { RUNG_CODE, RUNG_TOKENS, RUNG_TEXT,
					   RUNG_BUILD, RUNG_TYPES };
	const struct finding *best = NULL;

	for (size_t r = 0; r < ARRAY_SIZE(order); r++)
		for (size_t c = 0; c < step->nr_configs; c++) {
			const struct outcome *o =
				render_rung(&step->configs[c], order[r]);

			if (o)
				best = heavier(o, best);
		}
	return best;
}

void render_first(const struct report *report, const struct report_step **ret,
		  const struct finding **ret_finding)
{
	*ret = NULL;
	*ret_finding = NULL;
	if (report->verdict < VERDICT_UNDECIDED)
		return;
	for (size_t i = 0; i < report->nr && !*ret; i++)
		if (report->steps[i].verdict == report->verdict)
			*ret = &report->steps[i];
	if (*ret)
		*ret_finding = find_first(*ret);
}

/* "a.c" of "a.c:12"; "" of none. The caller frees. */
static char *path_of(const char *place)
{
	const char *colon = place ? strrchr(place, ':') : NULL;

	return colon ? xstrndup(place, (size_t)(colon - place)) : xstrdup("");
}

/* ":12" of "a.c:12"; "" of none. */
static const char *line_of(const char *place)
{
	const char *colon = place ? strrchr(place, ':') : NULL;

	return colon ? colon + 1 : "";
}

char *render_deeds(const struct report_deed *deed)
{
	_cleanup_free_ char *from = path_of(deed->from);
	_cleanup_free_ char *to = path_of(deed->to);

	if (*from && *to && !streq(from, to))
		return xasprintf("%s from %s to %s", deed->deeds, from, to);
	return xasprintf("%s in %s", deed->deeds, *to ? to : from);
}

char *render_deed(const struct report_deed *deed)
{
	const char *from = line_of(deed->from), *to = line_of(deed->to);
	struct buf b = BUF_INIT;

	buf_addf(&b, "%s %s", deed->what, deed->name);
	if (deed->new_name)
		buf_addf(&b, " -> %s", deed->new_name);
	buf_addstr(&b, " (");
	render_counted(&b, deed->lines, "lines");
	buf_addf(&b, ", %s%s%s)", from, *from && *to ? " -> " : "", to);
	if (deed->but)
		buf_addf(&b, ", but for %s", deed->but);
	return buf_detach(&b);
}
