// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running the ladder: every rung is asked, none is skipped because another
 * found something, and a rung that could not work says undecided.
 */
#include "prove.h"
#include "prove_objtool.h"
#include "prove_types.h"

#include "lib/fs.h"
#include "lib/lex.h"
#include "verify/compiled.h"
#include "verify/contract.h"
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

/* A rung that needs objects, before it runs or when it cannot. */
static void not_built(enum rung rung, struct report_config *row)
{
	struct outcome *o = &row->rungs[row->nr_rungs++];

	*o = (struct outcome)OUTCOME_INIT(rung);
}

/* The units with their objects as they are compared: with objtool's tables or not. */
static struct unit *units_of(const struct built *built, bool tables)
{
	struct unit *units = xcalloc(built->nr, sizeof(*units));

	for (size_t i = 0; i < built->nr; i++) {
		const struct isolated *u = &built->units[i];

		units[i] = (struct unit){ .source = u->source,
					  .tokens = u->tokens,
					  .object = tables ? u->object : u->plain,
					  .key = u->key };
	}
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

/*
 * The units' keys say nothing of how they are compiled, and units that read
 * nothing touched are not looked at: other flags leave the step undecided.
 */
static void check_commands(const struct built *a, const struct built *b,
			   bool a_is_before, struct outcome *o)
{
	for (size_t i = 0; i < a->commands.nr; i++) {
		const char *entry = a->commands.v[i];
		const char *other = counterpart(&b->commands, entry);
		_cleanup_free_ char *source =
			xstrndup(entry, strcspn(entry, "\t"));

		if (!other && !is_isolated(a, entry))
			outcome_add(o, RESULT_DIFFERENT, "unit", source, NULL,
				    "is compiled only %s the step",
				    a_is_before ? "before" : "after");
		else if (other && a_is_before && !streq(entry, other))
			outcome_add(o, RESULT_UNDECIDED, "command", source,
				    NULL, "the compiler's command changed");
	}
}

/* Replaces the word wherever no letter, digit or underscore touches it. */
static void replace_word(struct buf *text, const char *old, const char *new)
{
	for (size_t at = 0; find_name(text->data, text->len, old, at, &at);
	     at += strlen(new))
		buf_splice(text, at, strlen(old), new, strlen(new));
}

/* The names of a source, its object and KBUILD_BASENAME are all of its stem. */
static char *command_as(const struct built *built, const char *source,
			const char *path)
{
	_cleanup_free_ char *wanted = xasprintf("%s\t", source);
	_cleanup_free_ char *old = xstrndup(source, strlen(source) - 2);
	_cleanup_free_ char *new = xstrndup(path, strlen(path) - 2);
	_cleanup_free_ char *old_dir = fs_dirname(source);
	_cleanup_free_ char *new_dir = fs_dirname(path);
	const char *entry = counterpart(&built->commands, wanted);
	struct buf text = BUF_INIT;

	if (!entry)
		return NULL;
	buf_addstr(&text, entry);
	replace_word(&text, old, new);
	if (!streq(old_dir, new_dir))
		replace_word(&text, old_dir, new_dir);
	replace_word(&text, fs_basename(old), fs_basename(new));
	return buf_detach(&text);
}

/* A renamed source is compiled as it was, but for its name. */
static void check_renamed(const struct built *before, const struct built *after,
			  const char *from, const char *to, struct outcome *o)
{
	_cleanup_free_ char *old = NULL, *new = NULL;

	if (!ends_with(from, ".c") || !ends_with(to, ".c"))
		return;
	old = command_as(before, from, to);
	new = command_as(after, to, to);
	if (!old != !new || (old && !streq(old, new)))
		outcome_add(o, RESULT_UNDECIDED, "command", to, NULL,
			    "the compiler's command is not that of %s", from);
}

static void check_all_renamed(const struct contract *c,
			      const struct built *before,
			      const struct built *after, struct outcome *o)
{
	if (c->change == CHANGE_RENAME_FILE)
		check_renamed(before, after, c->from, c->to, o);
	for (size_t i = 0; i < c->nr_paths; i++)
		check_renamed(before, after, c->paths[i].old, c->paths[i].new,
			      o);
}

/* The module that kbuild builds a source into, as its command says; NULL. */
static char *module_of(const struct built *built, const char *source)
{
	static const char option[] = " -DKBUILD_MODNAME=";
	_cleanup_free_ char *wanted = xasprintf("%s\t", source);
	const char *entry = counterpart(&built->commands, wanted);
	const char *name = entry ? strstr(entry, option) : NULL;

	if (!name)
		return NULL;
	name += strlen(option);
	return xstrndup(name, strcspn(name, " "));
}

/* All objects are compared as one set: which module code is in is said here. */
static void check_module(const struct built *before, const struct built *after,
			 const char *old, const char *new, const char *name,
			 struct outcome *o)
{
	_cleanup_free_ char *from = NULL, *to = NULL;

	if (streq(old, new) || !ends_with(old, ".c") || !ends_with(new, ".c"))
		return;
	from = module_of(before, old);
	to = module_of(after, new);
	if (from && to && !streq(from, to))
		outcome_add(o, RESULT_DIFFERENT, "module", name, NULL,
			    "the code was in %s and is in %s", from, to);
}

static void check_homes(const struct contract *c, const struct built *before,
			  const struct built *after, struct outcome *o)
{
	if (c->change == CHANGE_MOVE || c->change == CHANGE_RENAME_FILE)
		check_module(before, after, c->from, c->to, c->to, o);
	for (size_t i = 0; i < c->nr_paths; i++)
		check_module(before, after, c->paths[i].old, c->paths[i].new,
			     c->paths[i].new, o);
	for (size_t i = 0; i < c->nr_shifted; i++)
		check_module(before, after, c->shifted[i].from,
			     c->shifted[i].to, c->shifted[i].new, o);
}

/* Adds a finding for each object that has a global of this name. */
static void report_globals(const struct built *built, const char *name,
			   enum result weight, const char *why,
			   struct outcome *o)
{
	for (size_t i = 0; i < built->globals.nr; i++) {
		const char *entry = built->globals.v[i];
		size_t len = strcspn(entry, "\t");

		if (strlen(name) == len && !strncmp(entry, name, len))
			outcome_add(o, weight, "symbol", name, NULL,
				    "%s, but %s has or needs a global of this name",
				    why, fs_basename(entry + len + 1));
	}
}

/* The object of the file that defines it has a global of this name. */
static bool is_global(const struct built *built, const char *from,
		      const char *name)
{
	bool is_source = from && ends_with(from, ".c");
	_cleanup_free_ char *object =
		is_source ? xasprintf("/%.*s.o", (int)strlen(from) - 2, from) :
			    NULL;

	for (size_t i = 0; i < built->globals.nr; i++) {
		const char *entry = built->globals.v[i];
		size_t len = strcspn(entry, "\t");

		if (strlen(name) == len && !strncmp(entry, name, len) &&
		    (!is_source || ends_with(entry, object)))
			return true;
	}
	return false;
}

/*
 * What is promoted, or global and renamed, must be the only global of its name.
 * Objects that read nothing touched may still need an old name.
 */
static void check_globals(const struct contract *c, const struct built *before,
			  const struct built *after, struct outcome *o)
{
	struct strv promoted _cleanup_(strv_release) = STRV_INIT;

	contract_promoted(c, &promoted, NULL);
	for (size_t i = 0; i < promoted.nr; i++)
		report_globals(before, promoted.v[i], RESULT_DIFFERENT,
			       "becomes global", o);
	for (size_t i = 0; contract_renames(c) && i < c->nr_renamed; i++) {
		const struct renamed *r = &c->renamed[i];

		if (!is_global(before, contract_home(c, r, false), r->old))
			continue;
		report_globals(before, r->new, RESULT_DIFFERENT,
			       "is the new name of a global", o);
		report_globals(after, r->old, RESULT_UNDECIDED,
			       "was renamed", o);
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

/* What the CRCs of exports were made of, in the units that were touched. */
static void add_dumps(const struct built *built, struct strv *ret)
{
	for (size_t i = 0; i < built->nr; i++)
		if (built->units[i].symtypes)
			strv_add(ret, built->units[i].symtypes);
}

/* The modules, once both sides build; built-in code is in vmlinux, which is not. */
static void check_modpost(const struct contract *contract,
			  const struct built *before, const struct built *after,
			  struct outcome *o)
{
	const struct modules *old = &before->build->modules;
	const struct modules *new = &after->build->modules;
	_cleanup_(strv_release) struct strv old_dumps = STRV_INIT;
	_cleanup_(strv_release) struct strv new_dumps = STRV_INIT;

	add_dumps(before, &old_dumps);
	add_dumps(after, &new_dumps);
	if (!old->objects.nr && !new->objects.nr)
		strv_add(&o->not_compared, "modpost");
	modules_compare(contract, old, new, &old_dumps, &new_dumps, o);
}

static void prove_build(const struct contract *contract,
			const struct built *before, const struct built *after,
			struct report_config *row)
{
	struct outcome *o = &row->rungs[row->nr_rungs++];

	*o = (struct outcome)OUTCOME_INIT(RUNG_BUILD);
	outcome_ran(o);
	row->built = true;
	row->build_ok = after->build->ok;
	row->objects_built = after->build->nr;
	o->checked = after->build->nr;
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
	check_modpost(contract, before, after, o);
}

static void prove_objects(const struct step_texts *texts,
			  const struct built *before, const struct built *after,
			  const struct state *old_texts,
			  const struct state *new_texts,
			  struct report_config *row)
{
	bool tables = objtool_has_tables(before, after);
	_cleanup_free_ struct unit *old_units = units_of(before, tables);
	_cleanup_free_ struct unit *new_units = units_of(after, tables);
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
	objtool_check(&texts->contract, before, after, code);
	if (row->types_gate)
		types_replace_code(code);
	else if (after->by_clang)
		types_doubt_code(code);
	strv_add(&code->not_compared, "assembler units");
	check_commands(before, after, true, code);
	check_commands(after, before, false, code);
	check_all_renamed(&texts->contract, before, after, code);
	check_homes(&texts->contract, before, after, code);
	check_globals(&texts->contract, before, after, code);
	check_isolated(before, code);
	check_isolated(after, code);
	strv_uniq(&code->not_compared);
}

/* Files that neither a compiler nor a contract of another kind looks at. */
static void check_other_files(const struct step_texts *texts,
			      struct report_config *row)
{
	if (texts->contract.change != CHANGE_TRANSFORM)
		return;
	for (size_t i = 0; i < texts->paths.nr; i++) {
		const char *path = texts->paths.v[i];

		if (!ends_with(path, ".c") && !ends_with(path, ".h"))
			outcome_add(&row->rungs[0], RESULT_UNDECIDED, "file",
				    path, path,
				    "changed, and no rung looks into such a file");
	}
}

/* The objects of a stock build are called by their names, not their sources. */
static int list_codegen(const struct contract *contract,
			const struct built *before, const struct built *after,
			struct report_config *row, struct error *err)
{
	struct objects_options options = { 0 };

	if (contract_renames(contract)) {
		options.renamed = contract->renamed;
		options.nr_renamed = contract->nr_renamed;
	}
	options.inlined = &contract->helpers;
	return objects_codegen(&before->stock, &after->stock, &options,
			       &row->codegen, &row->nr_codegen, err);
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
	row->types_gate = types_is_gate(&texts->contract, after);
	run_rung(RUNG_TEXT, verify_text, &texts->contract, &old, &new, row);
	check_other_files(texts, row);
	if (built) {
		prove_objects(texts, before, after, &old, &new, row);
	} else {
		not_built(RUNG_TOKENS, row);
		not_built(RUNG_CODE, row);
	}
	prove_build(&texts->contract, before, after, row);
	not_built(RUNG_TYPES, row);
	if (built)
		types_prove(texts, before, after, row->types_gate,
			    &row->rungs[row->nr_rungs - 1]);
	for (size_t i = 0; i < row->nr_rungs; i++)
		outcome_sort(&row->rungs[i]);
	if (!built)
		return 0;
	return list_codegen(&texts->contract, before, after, row, err);
}

static void add_to_tokens(const struct outcome *found,
			  struct report_config *row)
{
	for (size_t r = 0; r < row->nr_rungs; r++) {
		struct outcome *o = &row->rungs[r];

		if (o->rung != RUNG_TOKENS || o->result == RESULT_NOT_RUN)
			continue;
		for (size_t i = 0; i < found->nr; i++)
			outcome_add(o, found->findings[i].weight,
				    found->findings[i].what,
				    found->findings[i].name,
				    found->findings[i].where, "%s",
				    found->findings[i].detail);
		outcome_sort(o);
	}
}

int prove_compiled(const struct step_texts *texts, const struct built *before,
		   const struct built *after, size_t nr,
		   struct report_config *rows, struct error *err)
{
	_cleanup_(outcome_release) struct outcome found =
		OUTCOME_INIT(RUNG_TOKENS);
	struct state *old = xcalloc(nr, sizeof(*old));
	struct state *new = xcalloc(nr, sizeof(*new));
	int result;

	for (size_t c = 0; c < nr; c++) {
		old[c] = (struct state){ texts->before, texts->paths.nr,
					 units_of(&before[c], true), before[c].nr };
		new[c] = (struct state){ texts->after, texts->paths.nr,
					 units_of(&after[c], true), after[c].nr };
	}
	result = verify_compiled(&texts->contract, old, new, nr, &found,
				 err);
	for (size_t c = 0; c < nr; c++) {
		if (!result)
			add_to_tokens(&found, &rows[c]);
		free((void *)old[c].units);
		free((void *)new[c].units);
	}
	free(old);
	free(new);
	return result;
}
