/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small preprocessed units before and after a step, written as gcc -E writes
 * them, and variations of a good step: one string replaced in one unit, and
 * what the rung must then say.
 */
#ifndef TESTS_UNIT_TOKENS_SCENE_H
#define TESTS_UNIT_TOKENS_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/buf.h"
#include "lib/fs.h"
#include "verify/verify.h"

#define MAX_UNITS 3

/* Preprocessed text of each unit; NULL where a side has none. */
struct pair {
	struct contract contract;
	const char *sources[MAX_UNITS];
	char *before[MAX_UNITS], *after[MAX_UNITS];
	size_t nr;
	const char *key; /* of all units on both sides; NULL: none */
	const char *text; /* of contract.from in the tree; NULL */
	struct outcome out;
};

static inline void add_unit(struct pair *p, const char *source,
			    const char *before, const char *after)
{
	p->sources[p->nr] = source;
	p->before[p->nr] = xstrdup(before);
	p->after[p->nr++] = xstrdup(after);
}

/* Replaces the only occurrence of 'old' in the text; it must be there. */
static inline void edit(char **text, const char *old, const char *new)
{
	struct buf b = BUF_INIT;
	char *at = strstr(*text, old);

	assert_non_null(at);
	assert_null(strstr(at + 1, old));
	buf_addstr(&b, *text);
	buf_splice(&b, at - *text, strlen(old), new, strlen(new));
	free(*text);
	*text = buf_detach(&b);
}

static inline char *folder(void)
{
	static const char base[] = "/tmp/cocciseries-tokens-XXXXXX";
	char *dir = xstrdup(base);

	assert_non_null(mkdtemp(dir));
	return dir;
}

static inline size_t write_units(const struct pair *p, char *const *texts,
			  const char *dir, const char *side, struct unit *ret)
{
	struct error err = ERROR_INIT;
	size_t nr = 0;

	for (size_t i = 0; i < p->nr; i++) {
		char *path;

		if (!texts[i])
			continue;
		path = xasprintf("%s/%s-%zu.i", dir, side, i);
		assert_int_equal(fs_write(path, texts[i], strlen(texts[i]),
					  &err), 0);
		ret[nr++] = (struct unit){ .source = p->sources[i],
					   .tokens = path, .key = p->key };
	}
	return nr;
}

static inline enum result run(struct pair *p)
{
	struct unit old[MAX_UNITS], new[MAX_UNITS];
	struct text texts[MAX_UNITS];
	struct state before = { .texts = texts, .units = old };
	struct state after = { .texts = texts, .units = new };
	struct error err = ERROR_INIT;
	char *dir = folder();

	for (size_t i = 0; i < p->nr; i++)
		texts[i] = (struct text){ .path = p->sources[i] };
	texts[0].data = p->text;
	texts[0].len = p->text ? strlen(p->text) : 0;
	before.nr_texts = after.nr_texts = p->nr;
	before.nr_units = write_units(p, p->before, dir, "before", old);
	after.nr_units = write_units(p, p->after, dir, "after", new);
	outcome_release(&p->out);
	p->out = (struct outcome)OUTCOME_INIT(RUNG_TOKENS);
	assert_int_equal(verify_tokens(&p->contract, &before, &after, &p->out,
				       &err), 0);
	for (size_t i = 0; i < before.nr_units; i++)
		free((char *)old[i].tokens);
	for (size_t i = 0; i < after.nr_units; i++)
		free((char *)new[i].tokens);
	assert_int_equal(fs_remove(dir, &err), 0);
	free(dir);
	return p->out.result;
}

static inline const struct finding *find(const struct pair *p, const char *what,
				  const char *name)
{
	for (size_t i = 0; i < p->out.nr; i++)
		if (streq(p->out.findings[i].what, what) &&
		    streq(p->out.findings[i].name, name))
			return &p->out.findings[i];
	return NULL;
}

static inline void release(struct pair *p)
{
	for (size_t i = 0; i < p->nr; i++) {
		free(p->before[i]);
		free(p->after[i]);
	}
	strv_release(&p->contract.names);
	strv_release(&p->contract.includes);
	strv_release(&p->contract.helpers);
	strv_release(&p->contract.files);
	outcome_release(&p->out);
}

struct variation {
	const char *title;
	size_t unit;
	const char *old, *new;
	enum result expect;
	const char *name; /* of a finding, when one is expected */
};

static inline void check_variations(void (*make)(struct pair *p),
			     const struct variation *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		bool named = !v[i].name;
		struct pair p;
		enum result result;

		make(&p);
		edit(&p.after[v[i].unit], v[i].old, v[i].new);
		result = run(&p);
		for (size_t k = 0; !named && k < p.out.nr; k++)
			named = streq(p.out.findings[k].name, v[i].name);
		if (result != v[i].expect || !named)
			print_error("%s: %s\n", v[i].title,
				    result_name(result));
		assert_int_equal(result, v[i].expect);
		assert_true(named);
		release(&p);
	}
}

#endif
