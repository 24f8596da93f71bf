// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is asked of spatch besides locating: its version, whether it takes a
 * step, and to apply one.
 */
#define _GNU_SOURCE
#include "spatch_run.h"

#include "lib/fs.h"

#include <ctype.h>
#include <stdio.h>

int spatch_version(const struct spatch *spatch, char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	static const char before[] = "spatch version ";
	const char *s;
	size_t len;

	process_args(&p, spatch->program, "--version", NULL);
	strv_add(&p.env, "HOME=/"); /* no ~/.cocciconfig, as in every run */
	p.timeout_s = spatch->timeout_s ? spatch->timeout_s : 10;
	p.merge_err = true;
	if (process_run(&p, err) || process_check(&p, err))
		return -1;
	s = strstr(p.out.data, before);
	s = s ? s + strlen(before) : "";
	len = strcspn(s, " \t\r\n");
	if (!len || !isdigit((unsigned char)*s))
		return error_set(err, ERROR_SYSTEM,
				 "'%s --version' does not say which version it "
				 "is: is it Coccinelle?",
				 spatch->program);
	*ret = xstrndup(s, len);
	return 0;
}

/* Like strcmp(), for "1.1.1" and "1.3": numbers, a missing one being 0. */
static int compare_versions(const char *a, const char *b)
{
	while (*a || *b) {
		char *end_a, *end_b;
		unsigned long x = strtoul(a, &end_a, 10);
		unsigned long y = strtoul(b, &end_b, 10);

		if (x != y)
			return x < y ? -1 : 1;
		a = *end_a == '.' ? end_a + 1 : "";
		b = *end_b == '.' ? end_b + 1 : "";
	}
	return 0;
}

static int check_version(const struct spatch *spatch, const struct step *step,
			 struct error *err)
{
	_cleanup_free_ char *version = NULL;

	if (!step->requires)
		return 0;
	if (spatch_version(spatch, &version, err))
		return -1;
	if (compare_versions(version, step->requires) >= 0)
		return 0;
	return error_set(err, ERROR_SYSTEM,
			 "%s requires Coccinelle %s, and this is %s",
			 step->path, step->requires, version);
}

int spatch_check(const struct spatch *spatch, const struct step *step,
		 struct error *err)
{
	if (check_version(spatch, step, err))
		return -1;
	return spatch_parse_step(spatch, step, err);
}

/* The item of the text that holds the line; its name, or "". */
static char *name_at(const struct buf *text, unsigned int line)
{
	struct items items;
	size_t i;
	char *name;

	items_parse(text->data, text->len, &items);
	i = items_at_line(&items, line);
	name = xstrdup(i == ITEMS_NONE ? "" : items.v[i].name);
	items_release(&items);
	return name;
}

static int patch(const struct spatch_run *run, const struct buf *text,
		 struct buf *ret, struct drifts *drifts, struct error *err)
{
	_cleanup_free_ char *path = fs_join(run->dir, RUN_PATCHED);

	/* A promotion changes definitions, which the lexer finds as well. */
	guard(run, &run->step->names, run->step->kind == STEP_TRANSFORM,
	      drifts);
	if (run->expanded) {
		_cleanup_free_ char *name = name_at(text, run->expanded);

		add_expanded(run, name, drifts);
		buf_add(ret, text->data, text->len);
		return 0;
	}
	return fs_read(path, ret, err);
}

int spatch_patch(const struct spatch *spatch, const struct series *series,
		 const struct step *step, const char *path,
		 const struct buf *text, struct buf *ret,
		 struct drifts *drifts, struct error *err)
{
	struct spatch_run run;
	int failed;

	if (step->stars)
		return error_set(err, ERROR_INPUT,
				 "%s: its rules star and edit nothing",
				 step->path);
	failed = spatch_run(&run, RUN_PATCH, spatch, series, step, path, text,
			    err) ||
		 patch(&run, text, ret, drifts, err);
	spatch_run_release(&run);
	return failed ? -1 : 0;
}
