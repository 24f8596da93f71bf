/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Units before and after a step as IR, compiled by each clang that there is, and
 * what the types rung must say of them. A test is one row of a table.
 */
#ifndef TESTS_UNIT_TYPES_SCENE_H
#define TESTS_UNIT_TYPES_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "lib/fs.h"
#include "lib/process.h"
#include "verify/verify.h"

/* A row says what matters for it; all else is zero. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define MOST_UNITS 3

/* A unit: what a header gives it, and what its source has. No source: none. */
struct ir_source {
	const char *header, *text;
};

struct ir_row {
	const char *rule;
	struct ir_source before[MOST_UNITS], after[MOST_UNITS];
	enum result want;
	const char *about;  /* name of a finding that must be there; NULL */
	const char *detail; /* part of what it says; NULL */
	enum change change;
	const char *name;   /* what the step is about; NULL */
	const char *other;  /* rename: its new name; extract: the helper */
	bool as_inline;
};

struct ir_side {
	struct unit units[MOST_UNITS];
	struct state state;
};

static const char *const clangs[] = { "clang", "clang-19" };
static char scratch[] = "/tmp/test-types-XXXXXX";

static int make_scratch(void **state)
{
	(void)state;
	return mkdtemp(scratch) ? 0 : -1;
}

static int drop_scratch(void **state)
{
	(void)state;
	return fs_remove(scratch, NULL);
}

static inline bool has_program(const char *name)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	process_args(&p, name, "--version", NULL);
	return !process_run(&p, NULL) && !p.status;
}

static inline bool has_clang(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(clangs); i++)
		if (has_program(clangs[i]))
			return true;
	return false;
}

static inline void compile_ir(const char *clang, const char *source,
			      const char *ir)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	struct error err = ERROR_INIT;

	process_args(&p, clang, "-O2", "-Xclang", "-disable-llvm-passes", "-S",
		     "-emit-llvm", "-w", "-g0", "-fdiscard-value-names",
		     "-fno-strict-aliasing", "-o", ir, source, NULL);
	if (process_run(&p, &err) || process_check(&p, &err))
		fail_msg("%s", err.text);
}

/* The text is what a preprocessor prints: line markers say where from. */
static inline void make_unit(const char *clang, const char *dir, int i,
			     const struct ir_source *source, struct unit *ret)
{
	_cleanup_free_ char *base = xasprintf("%s/%s-%c", scratch, dir,
					      'a' + i);
	_cleanup_free_ char *path = xasprintf("%s.c", base);
	_cleanup_free_ char *text = xasprintf(
		"# 1 \"dir/x.h\" 1\n%s\n# 1 \"dir/%c.c\" 2\n%s",
		source->header ? source->header : "", 'a' + i, source->text);

	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
	ret->source = xasprintf("dir/%c.c", 'a' + i);
	ret->tokens = xstrdup(path);
	ret->ir = xasprintf("%s.ll", base);
	compile_ir(clang, path, ret->ir);
}

static inline void make_side(const char *clang, const char *dir,
			     const struct ir_source *sources,
			     struct ir_side *ret)
{
	*ret = (struct ir_side){ .state.units = ret->units };
	for (int i = 0; i < MOST_UNITS; i++)
		if (sources[i].text)
			make_unit(clang, dir, i, &sources[i],
				  &ret->units[ret->state.nr_units++]);
}

static inline void release_side(struct ir_side *side)
{
	for (size_t i = 0; i < side->state.nr_units; i++) {
		free((char *)side->units[i].source);
		free((char *)side->units[i].tokens);
		free((char *)side->units[i].ir);
	}
}

static inline char *all_found(const struct outcome *o)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < o->nr; i++)
		buf_addf(&text, "\n  %s %s %s: %s",
			 result_name(o->findings[i].weight),
			 o->findings[i].what, o->findings[i].name,
			 o->findings[i].detail);
	return buf_detach(&text);
}

static inline bool has_finding(const struct outcome *o, const char *name,
			       const char *detail)
{
	for (size_t i = 0; i < o->nr; i++)
		if (streq(o->findings[i].name, name) &&
		    (!detail || strstr(o->findings[i].detail, detail)))
			return true;
	return false;
}

static inline void check_row(const char *clang, const struct ir_row *row)
{
	struct contract c = { .change = row->change,
			      .as_inline = row->as_inline };
	struct renamed renamed = { row->name, row->other };
	struct outcome o = OUTCOME_INIT(RUNG_TYPES);
	_cleanup_free_ char *found = NULL;
	struct error err = ERROR_INIT;
	struct ir_side before, after;

	if (row->name)
		strv_add(&c.names, row->name);
	if (row->change == CHANGE_EXTRACT)
		strv_add(&c.helpers, row->other);
	if (row->change == CHANGE_RENAME) {
		c.renamed = &renamed;
		c.nr_renamed = 1;
	}
	make_side(clang, "before", row->before, &before);
	make_side(clang, "after", row->after, &after);
	if (verify_types(&c, &before.state, &after.state, &o, &err))
		fail_msg("%s, %s: %s", clang, row->rule, err.text);
	found = all_found(&o);
	if (o.result != row->want)
		fail_msg("%s, %s: %s, not %s%s", clang, row->rule,
			 result_name(o.result), result_name(row->want), found);
	if (row->about && !has_finding(&o, row->about, row->detail))
		fail_msg("%s, %s: nothing of %s (%s)%s", clang, row->rule,
			 row->about, row->detail, found);
	assert_true(o.checked > 0);
	release_side(&before);
	release_side(&after);
	outcome_release(&o);
	strv_release(&c.names);
	strv_release(&c.helpers);
}

static inline void check_rows(const struct ir_row *rows, size_t nr)
{
	for (size_t c = 0; c < ARRAY_SIZE(clangs); c++)
		if (has_program(clangs[c]))
			for (size_t i = 0; i < nr; i++)
				check_row(clangs[c], &rows[i]);
}

#endif
