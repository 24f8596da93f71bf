// SPDX-License-Identifier: GPL-2.0-only
/*
 * Results, findings and verdicts. All "worse of two" decisions of the verifier
 * are made here and only here, by the order of enum result, so that no rung
 * can turn a finding into a pass.
 */
#define _GNU_SOURCE
#include "outcome.h"

#include <stdarg.h>
#include <stdio.h>

const char *rung_name(enum rung rung)
{
	static const char *const names[RUNG_NR] = {
		[RUNG_TEXT] = "text",	[RUNG_TOKENS] = "tokens",
		[RUNG_CODE] = "code",	[RUNG_BUILD] = "build",
		[RUNG_TYPES] = "types",
	};

	return names[rung];
}

const char *result_name(enum result result)
{
	static const char *const names[] = {
		[RESULT_NOT_RUN] = "not-run",
		[RESULT_EQUAL] = "equal",
		[RESULT_EXPLAINED] = "explained",
		[RESULT_UNDECIDED] = "undecided",
		[RESULT_DIFFERENT] = "different",
	};

	return names[result];
}

const char *explained_name(enum explained why)
{
	static const char *const names[EXPLAINED_NR] = {
		[EXPLAINED_NONE] = "none",
		[EXPLAINED_FILE_NAME] = "file-name",
		[EXPLAINED_HEADER_COPY] = "header-copy",
		[EXPLAINED_HEADER_STATE] = "header-state",
		[EXPLAINED_TOOL_NOTE] = "tool-note",
		[EXPLAINED_EXPORT_CRC] = "export-crc",
	};

	return names[why];
}

static void make_at_least(struct outcome *o, enum result weight)
{
	if (weight > o->result)
		o->result = weight;
}

void outcome_ran(struct outcome *o)
{
	make_at_least(o, RESULT_EQUAL);
}

static struct finding *add(struct outcome *o, enum result weight,
			   const char *what, const char *name,
			   const char *where, const char *fmt, va_list args)
{
	struct finding *f;
	char *detail = NULL;

	if (vasprintf(&detail, fmt, args) < 0)
		detail = xstrdup(fmt);
	ARRAY_GROW(o->findings, o->nr, o->alloc);
	f = &o->findings[o->nr++];
	*f = (struct finding){
		.weight = weight,
		.what = xstrdup(what),
		.name = xstrdup(name ? name : ""),
		.where = xstrdup(where ? where : ""),
		.detail = detail,
	};
	make_at_least(o, weight);
	return f;
}

struct finding *outcome_add(struct outcome *o, enum result weight,
			    const char *what, const char *name,
			    const char *where, const char *detail, ...)
{
	struct finding *f;
	va_list args;

	va_start(args, detail);
	f = add(o, weight, what, name, where, detail, args);
	va_end(args);
	return f;
}

struct finding *outcome_explain(struct outcome *o, enum explained why,
				const char *what, const char *name,
				const char *where, const char *detail, ...)
{
	struct finding *f;
	va_list args;

	va_start(args, detail);
	f = add(o, RESULT_EXPLAINED, what, name, where, detail, args);
	va_end(args);
	f->explained = why;
	return f;
}

static int by_weight(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int order = (int)y->weight - (int)x->weight;

	if (!order)
		order = strcmp(x->what, y->what);
	if (!order)
		order = strcmp(x->name, y->name);
	if (!order)
		order = strcmp(x->where, y->where);
	return order ? order : strcmp(x->detail, y->detail);
}

void outcome_sort(struct outcome *o)
{
	if (o->nr)
		qsort(o->findings, o->nr, sizeof(*o->findings), by_weight);
}

void outcome_release(struct outcome *o)
{
	for (size_t i = 0; i < o->nr; i++) {
		struct finding *f = &o->findings[i];

		free(f->what);
		free(f->name);
		free(f->where);
		free(f->detail);
		free(f->excerpt);
	}
	free(o->findings);
	strv_release(&o->not_compared);
	*o = (struct outcome)OUTCOME_INIT(o->rung);
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[VERDICT_NEUTRAL] = "neutral",
		[VERDICT_EXPLAINED] = "explained",
		[VERDICT_UNDECIDED] = "undecided",
		[VERDICT_DIFFERENT] = "different",
	};

	return names[verdict];
}

enum verdict verdict_worse(enum verdict a, enum verdict b)
{
	return a > b ? a : b;
}

static enum verdict verdict_of_result(enum result result)
{
	switch (result) {
	case RESULT_NOT_RUN:
	case RESULT_EQUAL:
		return VERDICT_NEUTRAL;
	case RESULT_EXPLAINED:
		return VERDICT_EXPLAINED;
	case RESULT_DIFFERENT:
		return VERDICT_DIFFERENT;
	case RESULT_UNDECIDED:
		break;
	}
	return VERDICT_UNDECIDED;
}

enum verdict verdict_of(const struct outcome *rungs, size_t nr,
			unsigned int required)
{
	enum verdict verdict = VERDICT_NEUTRAL;
	unsigned int ran = 0;

	for (size_t i = 0; i < nr; i++) {
		verdict = verdict_worse(verdict,
					verdict_of_result(rungs[i].result));
		if (rungs[i].result != RESULT_NOT_RUN)
			ran |= 1u << rungs[i].rung;
	}
	if (required & ~ran)
		verdict = verdict_worse(verdict, VERDICT_UNDECIDED);
	return verdict;
}
