// SPDX-License-Identifier: GPL-2.0-only
/*
 * The types rung between two sides, and its place in a build by clang.
 */
#include "prove_types.h"

#include "verify/verify.h"

static struct unit *units_of(const struct built *built)
{
	struct unit *units = xcalloc(built->nr, sizeof(*units));

	for (size_t i = 0; i < built->nr; i++) {
		const struct isolated *u = &built->units[i];

		units[i] = (struct unit){ .source = u->source,
					  .tokens = u->tokens,
					  .object = u->object,
					  .key = u->key,
					  .ir = u->ir,
					  .ir_why = u->ir_why };
	}
	return units;
}

/* What is not seen here is seen nowhere. */
static void check_taken(const struct built *built, struct outcome *o)
{
	for (size_t i = 0; i < built->nr; i++)
		if (!built->units[i].ir)
			outcome_add(o, RESULT_UNDECIDED, "unit",
				    built->units[i].source, NULL,
				    "does not compile to IR: %s",
				    built->units[i].ir_why ?
					    built->units[i].ir_why :
					    "no reason given");
}

void types_prove(const struct step_texts *texts, const struct built *before,
		 const struct built *after, bool is_gate, struct outcome *o)
{
	_cleanup_(error_release) struct error err = ERROR_INIT;
	struct unit *old_units = units_of(before), *new_units = units_of(after);
	const struct state old = { texts->before, texts->paths.nr, old_units,
				   before->nr };
	const struct state new = { texts->after, texts->paths.nr, new_units,
				   after->nr };

	if (before->clang && after->clang) {
		if (verify_types(&texts->contract, &old, &new, o, &err))
			outcome_add(o, RESULT_UNDECIDED, "rung", "types", NULL,
				    "could not work: %s", err.text);
		if (is_gate) {
			check_taken(before, o);
			check_taken(after, o);
		}
	}
	free(old_units);
	free(new_units);
}

bool types_is_gate(const struct contract *contract, const struct built *after)
{
	bool touches = contract->change == CHANGE_TRANSFORM ||
		       contract->change == CHANGE_EXTRACT ||
		       (contract->change == CHANGE_MIXED &&
			(contract->names.nr || contract->helpers.nr));

	return after->by_clang && !touches;
}

void types_doubt_code(struct outcome *code)
{
	code->result = code->result == RESULT_DIFFERENT ? RESULT_EQUAL :
							  code->result;
	for (size_t i = 0; i < code->nr; i++) {
		struct finding *f = &code->findings[i];

		if (f->weight == RESULT_DIFFERENT && streq(f->what, "function"))
			f->weight = RESULT_UNDECIDED;
		if (f->weight > code->result)
			code->result = f->weight;
	}
}

void types_replace_code(struct outcome *code)
{
	if (code->result == RESULT_EQUAL)
		return;
	for (size_t i = 0; i < code->nr; i++) {
		code->findings[i].weight = RESULT_EQUAL;
		code->findings[i].explained = EXPLAINED_NONE;
	}
	code->result = RESULT_NOT_RUN;
	strv_add(&code->not_compared, "machine code of clang");
}
