// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running the ladder: every rung is asked, none is skipped because another
 * found something, and a rung that could not work says undecided.
 */
#include "prove.h"

#include "verify/verify.h"

typedef int rung_fn(const struct contract *contract,
		    const struct state *before, const struct state *after,
		    struct outcome *ret, struct error *err);

static void run_rung(enum rung rung, rung_fn *fn,
		     const struct contract *contract,
		     const struct state *before, const struct state *after,
		     struct report_config *row)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct outcome *o = &row->rungs[row->nr_rungs++];

	*o = (struct outcome)OUTCOME_INIT(rung);
	if (fn(contract, before, after, o, &err)) {
		outcome_ran(o);
		outcome_add(o, RESULT_UNDECIDED, "rung", rung_name(rung), NULL,
			    "could not work: %s", err.text);
	}
}

/* Why the rungs that need objects could not run. */
static void not_built(enum rung rung, struct report_config *row)
{
	struct outcome *o = &row->rungs[row->nr_rungs++];

	*o = (struct outcome)OUTCOME_INIT(rung);
}

static struct unit *units_of(const struct built *built)
{
	struct unit *units = xcalloc(built->nr, sizeof(*units));

	for (size_t i = 0; i < built->nr; i++)
		units[i] = (struct unit){ .source = built->units[i].source,
					  .tokens = built->units[i].tokens,
					  .object = built->units[i].object,
					  .key = built->units[i].key };
	return units;
}

/* The entry "name\t..." of a list with the same name as entry; NULL. */
static const char *counterpart(const struct strv *list, const char *entry)
{
	size_t len = strcspn(entry, "\t") + 1;

	for (size_t i = 0; i < list->nr; i++)
		if (!strncmp(list->v[i], entry, len))
			return list->v[i];
	return NULL;
}

static void check_generated(const struct built *before,
			    const struct built *after, struct outcome *o)
{
	for (size_t i = 0; i < after->generated.nr; i++) {
		const char *entry = after->generated.v[i];
		const char *old = counterpart(&before->generated, entry);

		if (old && !streq(old, entry))
			outcome_add(o, RESULT_UNDECIDED, "generated-file", NULL,
				    NULL, "%.*s changed: units that read only it were not compared",
				    (int)strcspn(entry, "\t"), entry);
	}
}

static bool is_isolated(const struct built *built, const char *entry)
{
	size_t len = strcspn(entry, "\t");

	for (size_t i = 0; i < built->nr; i++)
		if (strlen(built->units[i].source) == len &&
		    !strncmp(built->units[i].source, entry, len))
			return true;
	return false;
}

/* Units that read nothing touched may still be compiled otherwise, or not at all. */
static void check_commands(const struct built *a, const struct built *b,
			   bool a_is_before, struct outcome *o)
{
	for (size_t i = 0; i < a->commands.nr; i++) {
		const char *entry = a->commands.v[i];
		const char *other = counterpart(&b->commands, entry);
		_cleanup_free_ char *source =
			xstrndup(entry, strcspn(entry, "\t"));

		if (is_isolated(a, entry))
			continue;
		if (!other)
			outcome_add(o, RESULT_DIFFERENT, "unit", source, NULL,
				    "is compiled only %s the step",
				    a_is_before ? "before" : "after");
		else if (a_is_before && !streq(entry, other))
			outcome_add(o, RESULT_UNDECIDED, "unit", source, NULL,
				    "the compiler's command changed: it was not compared");
	}
}

/* Lists what the compiler said of a unit that did not compile in isolation. */
static void check_isolated(const struct built *built, struct outcome *o)
{
	for (size_t i = 0; i < built->nr; i++)
		if (!built->units[i].object)
			outcome_add(o, RESULT_UNDECIDED, "unit",
				    built->units[i].source, NULL,
				    "does not compile in isolation: %s",
				    built->units[i].why ? built->units[i].why :
							 "no reason given");
}

static void prove_build(const struct built *before, const struct built *after,
			struct report_config *row)
{
	struct outcome *o = &row->rungs[row->nr_rungs++];

	*o = (struct outcome)OUTCOME_INIT(RUNG_BUILD);
	outcome_ran(o);
	row->built = true;
	row->build_ok = after->build->ok;
	row->objects_built = after->build->nr;
	o->checked = after->build->nr;
	strv_add(&o->not_compared, "modpost");
	if (!after->build->ok) {
		struct finding *f = outcome_add(o, RESULT_DIFFERENT, "build",
						row->name, NULL,
						"the commit does not build");

		f->excerpt = xstrdup(after->build->log);
		return;
	}
	if (!before->build->ok) {
		outcome_add(o, RESULT_UNDECIDED, "build", row->name, NULL,
			    "the commit before does not build: nothing to compare with");
		return;
	}
	for (size_t i = 0; i < after->build->warnings.nr; i++) {
		const char *warning = after->build->warnings.v[i];

		if (strv_has(&before->build->warnings, warning))
			continue;
		strv_add(&row->warnings_new, warning);
		outcome_add(o, RESULT_DIFFERENT, "warning", NULL, NULL, "%s",
			    warning);
	}
}

static void prove_objects(const struct step_texts *texts,
			  const struct built *before, const struct built *after,
			  const struct state *old_texts,
			  const struct state *new_texts,
			  struct report_config *row)
{
	_cleanup_free_ struct unit *old_units = units_of(before);
	_cleanup_free_ struct unit *new_units = units_of(after);
	struct state old = *old_texts, new = *new_texts;
	struct outcome *code;

	old.units = old_units;
	old.nr_units = before->nr;
	new.units = new_units;
	new.nr_units = after->nr;
	run_rung(RUNG_TOKENS, verify_tokens, &texts->contract, &old, &new, row);
	check_generated(before, after, &row->rungs[row->nr_rungs - 1]);
	run_rung(RUNG_CODE, verify_code, &texts->contract, &old, &new, row);
	code = &row->rungs[row->nr_rungs - 1];
	strv_add(&code->not_compared, "assembler units");
	strv_uniq(&code->not_compared);
	check_commands(before, after, true, code);
	check_commands(after, before, false, code);
	check_isolated(before, code);
	check_isolated(after, code);
}

int prove(const struct step_texts *texts, const struct built *before,
	  const struct built *after, struct report_config *row,
	  struct error *err)
{
	const struct state old = { .texts = texts->before,
				   .nr_texts = texts->paths.nr };
	const struct state new = { .texts = texts->after,
				   .nr_texts = texts->paths.nr };
	bool built = before->build->ok && after->build->ok;

	row->rungs = xcalloc(RUNG_NR, sizeof(*row->rungs));
	run_rung(RUNG_TEXT, verify_text, &texts->contract, &old, &new, row);
	if (built) {
		prove_objects(texts, before, after, &old, &new, row);
	} else {
		not_built(RUNG_TOKENS, row);
		not_built(RUNG_CODE, row);
	}
	prove_build(before, after, row);
	not_built(RUNG_TYPES, row);
	for (size_t i = 0; i < row->nr_rungs; i++)
		outcome_sort(&row->rungs[i]);
	if (!built)
		return 0;
	return objects_codegen(&before->stock, &after->stock, &row->codegen,
			       &row->nr_codegen, err);
}
