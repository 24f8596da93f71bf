// SPDX-License-Identifier: GPL-2.0-only
/*
 * What objtool adds to the isolation objects is part of what the code rung
 * compares; what it says of them is looked at here. Tables go where their
 * functions go, so they are compared in all units or in none: where it failed on
 * one that changed, the objects without tables are compared, and that is said.
 */
#include "prove_objtool.h"

#include "verify/lines.h"

/* The unit of this source on the other side; NULL. */
static const struct isolated *isolated_as(const struct built *built,
					  const char *source)
{
	for (size_t i = 0; i < built->nr; i++)
		if (streq(built->units[i].source, source))
			return &built->units[i];
	return NULL;
}

static bool is_same_object(const struct isolated *a, const struct isolated *b)
{
	return a && b && a->plain && b->plain && streq(a->plain, b->plain);
}

/* True when objtool failed on an object that is not the same on both sides. */
static bool lacks_tables(const struct isolated *u, const struct built *other)
{
	return u->no_tables && !is_same_object(u, isolated_as(other, u->source));
}

static bool all_have_tables(const struct built *built,
			    const struct built *other)
{
	for (size_t i = 0; i < built->nr; i++)
		if (lacks_tables(&built->units[i], other))
			return false;
	return true;
}

bool objtool_has_tables(const struct built *before, const struct built *after)
{
	return all_have_tables(before, after) && all_have_tables(after, before);
}

static void report_failures(const struct built *built,
			    const struct built *other, const char *when,
			    struct outcome *o)
{
	for (size_t i = 0; i < built->nr; i++)
		if (lacks_tables(&built->units[i], other))
			outcome_add(o, RESULT_UNDECIDED, "objtool",
				    built->units[i].source, NULL,
				    "fails on the isolated object %s, so its tables were not compared: %s",
				    when, built->units[i].no_tables);
}

static void add_said(const struct built *built, struct strv *ret)
{
	for (size_t i = 0; i < built->nr; i++)
		strv_add_list(ret, &built->units[i].objtool);
	strv_uniq(ret);
}

static bool is_said_by_build(const struct build_result *build, const char *text)
{
	for (size_t i = 0; i < build->warnings.nr; i++)
		if (ends_with(build->warnings.v[i], text))
			return true;
	return false;
}

/*
 * What objtool says of isolated objects only may be an effect of our flags: it is
 * listed. New with the step, it may also be an effect of the step.
 */
static void check_said(const struct contract *contract,
		       const struct built *before, const struct built *after,
		       struct outcome *o)
{
	_cleanup_(strv_release) struct strv old = STRV_INIT, new = STRV_INIT;
	_cleanup_(strv_release) struct strv said = STRV_INIT;

	add_said(before, &old);
	add_said(after, &said);
	lines_new(contract, &old, &said, &new);
	for (size_t i = 0; i < said.nr; i++)
		if (strv_has(&new, said.v[i]))
			outcome_add(o, RESULT_UNDECIDED, "objtool-warning",
				    NULL, NULL,
				    "objtool says of the isolated objects only after: %s",
				    said.v[i]);
		else if (!is_said_by_build(after->build, said.v[i]))
			outcome_add(o, RESULT_EQUAL, "objtool-warning", NULL,
				    NULL, "objtool says of the isolated objects alone: %s",
				    said.v[i]);
}

/* What objtool makes of a module as a whole has no part in isolation. */
static void note_seals(const struct built *after, struct outcome *o)
{
	for (size_t i = 0; i < after->build->nr; i++)
		if (strv_has(&after->build->units[i].objtool, "--ibt")) {
			strv_add(&o->not_compared, ".ibt_endbr_seal");
			return;
		}
}

void objtool_check(const struct contract *contract, const struct built *before,
		   const struct built *after, struct outcome *ret)
{
	report_failures(before, after, "before", ret);
	report_failures(after, before, "after", ret);
	check_said(contract, before, after, ret);
	note_seals(after, ret);
}
