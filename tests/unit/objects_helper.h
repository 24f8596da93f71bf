/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pairs of object sets, compiled in the test from a few lines of C each, and
 * what the comparison must say about them. A test is one row of a table.
 */
#ifndef TESTS_UNIT_OBJECTS_HELPER_H
#define TESTS_UNIT_OBJECTS_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/fs.h"
#include "lib/process.h"
#include "verify/objects.h"

/* A row says what matters for it; all else is zero. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define MOST_FILES 4

/* Much of what the kernel compiles with, and each symbol in its own section. */
#define ISOLATED                                                               \
	"-O2 -fno-pie -mcmodel=kernel -mno-red-zone -fno-common -mno-sse "     \
	"-mpreferred-stack-boundary=3 "                                        \
	"-fno-asynchronous-unwind-tables -fcf-protection=none "                \
	"-fno-ipa-icf -fno-ipa-cp -fno-inline-functions-called-once "          \
	"-fno-inline-small-functions -fno-ipa-ra -fno-ipa-pure-const "         \
	"-ffunction-sections -fdata-sections -fno-reorder-functions "          \
	"-fno-stack-protector"
/* A program's flags: all in one section, calls resolved by the assembler. */
#define PLAIN "-O2 -fno-ipa-icf -fno-inline -fno-ipa-cp -fno-stack-protector"

struct pair {
	const char *rule;
	const char *before[MOST_FILES]; /* the text of a.c, b.c... */
	const char *after[MOST_FILES];
	enum result want;
	const char *about;	/* name of a finding that must be there; NULL */
	const char *detail;	/* part of that finding's what or detail; NULL */
	const char *globalised; /* a name that may become global; NULL */
	const char *flags;	/* NULL: ISOLATED */
	int header;		/* what from_header() says: 1, 0, -1 */
	bool link;		/* the objects after are linked into one (ld -r) */
	int only;		/* 32 or 64: the only machine that it is about */
};

/* The texts' own words for what the machines spell differently. */
#define PREAMBLE                                                               \
	"#ifdef __i386__\n#define PTR \".long\"\n#define PTRS \"4\"\n"        \
	"#else\n#define PTR \".quad\"\n#define PTRS \"8\"\n#endif\n"

static char scratch[] = "/tmp/test-objects-XXXXXX";

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

/* Compiles the text as DIR/NAME.c; the path of the object, for the caller to free. */
static inline char *compile(const char *dir, char name, const char *text,
			    const char *flags)
{
	_cleanup_free_ char *whole = xasprintf(PREAMBLE "%s", text);
	_cleanup_free_ char *source = xasprintf("%s/%s/%c.c", scratch, dir, name);
	char *object = xasprintf("%s/%s/%c.o", scratch, dir, name);
	struct process p = PROCESS_INIT;
	struct error err = ERROR_INIT;

	process_args(&p, "gcc", "-std=gnu11", "-w", "-c", "-o", object, source,
		     NULL);
	strv_split(&p.argv, flags, " ");
	if (fs_mkdirs_for(source, &err) ||
	    fs_write(source, whole, strlen(whole), &err) ||
	    process_run(&p, &err) || process_check(&p, &err))
		fail_msg("%s", err.text);
	process_release(&p);
	return object;
}

static inline void compile_all(const char *dir, const char *const *texts,
			       const char *flags, struct strv *ret)
{
	for (int i = 0; i < MOST_FILES && texts[i]; i++) {
		_cleanup_free_ char *object = compile(dir, 'a' + i, texts[i],
						      flags);

		strv_add(ret, object);
	}
}

static inline void link_all(struct strv *objects, const char *flags)
{
	_cleanup_free_ char *linked = xasprintf("%s/linked.o", scratch);
	struct process p = PROCESS_INIT;
	struct error err = ERROR_INIT;

	process_args(&p, "ld", "-m", starts_with(flags, "-m32") ?
					     "elf_i386" : "elf_x86_64",
		     "-r", "-o", linked, NULL);
	strv_add_list(&p.argv, objects);
	if (process_run(&p, &err) || process_check(&p, &err))
		fail_msg("%s", err.text);
	process_release(&p);
	strv_release(objects);
	strv_add(objects, linked);
}

static inline int say_header(void *data, bool after, const char *source,
			     const char *name)
{
	(void)after;
	(void)source;
	(void)name;
	return *(const int *)data;
}

static inline char *all_findings(const struct outcome *o)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < o->nr; i++) {
		const struct finding *f = &o->findings[i];

		buf_addf(&b, "\n\t%s %s '%s' [%s]: %s", result_name(f->weight),
			 f->what, f->name, f->where, f->detail);
	}
	return buf_detach(&b);
}

static inline bool has_finding(const struct outcome *o, const struct pair *p)
{
	for (size_t i = 0; i < o->nr; i++) {
		const struct finding *f = &o->findings[i];

		if (streq(f->name, p->about) && f->weight == p->want &&
		    (!p->detail || strstr(f->what, p->detail) ||
		     strstr(f->detail, p->detail)))
			return true;
	}
	return false;
}

/* Every byte and relocation is in one column, and what is nobody's is said. */
static inline void check_ledger(const struct pair *p, const struct outcome *o,
				const struct ledger *l)
{
	unsigned long long sum = 0;

	for (int i = 0; i < CLAIM_NR; i++)
		sum += l->by_kind[i];
	if (sum != l->total)
		fail_msg("%s: %llu of %llu are accounted", p->rule, sum,
			 l->total);
	if (l->by_kind[CLAIM_NONE] && o->result < RESULT_UNDECIDED)
		fail_msg("%s: %llu are nobody's", p->rule,
			 l->by_kind[CLAIM_NONE]);
}

static inline void check_outcome(const struct pair *p, const struct outcome *o)
{
	_cleanup_free_ char *findings = all_findings(o);

	if (o->result != p->want)
		fail_msg("%s: %s, not %s%s", p->rule, result_name(o->result),
			 result_name(p->want), findings);
	if (p->about && !has_finding(o, p))
		fail_msg("%s: no finding about %s (%s)%s", p->rule, p->about,
			 p->detail ? p->detail : "", findings);
	if (p->want == RESULT_EQUAL && !o->checked)
		fail_msg("%s: nothing was compared", p->rule);
	check_ledger(p, o, &o->bytes);
	check_ledger(p, o, &o->relocations);
	if (p->want == RESULT_EQUAL && !o->bytes.by_kind[CLAIM_COMPARED])
		fail_msg("%s: no byte was compared", p->rule);
}

/*
 * The same for i386, which has no such code model, red zone and stack, and which
 * calls the kernel's functions as it calls local ones.
 */
static inline char *flags_386(const char *flags)
{
	_cleanup_(strv_release) struct strv all = STRV_INIT;
	_cleanup_(strv_release) struct strv kept = STRV_INIT;

	strv_split(&all, flags, " ");
	strv_add_all(&kept, (const char *const[]){ "-m32", "-mregparm=3",
			    "-mpreferred-stack-boundary=2", NULL });
	for (size_t i = 0; i < all.nr; i++)
		if (!streq(all.v[i], "-mcmodel=kernel") &&
		    !streq(all.v[i], "-mno-red-zone") &&
		    !starts_with(all.v[i], "-mpreferred-stack-boundary"))
			strv_add(&kept, all.v[i]);
	return strv_join(&kept, " ");
}

static inline void check_pair_for(const struct pair *p, const char *flags)
{
	struct strv before = STRV_INIT, after = STRV_INIT, names = STRV_INIT;
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	struct error err = ERROR_INIT;
	int header = p->header;
	struct objects_options options = {
		.globalised = &names,
		.from_header = say_header,
		.data = &header,
	};

	if (p->globalised)
		strv_add(&names, p->globalised);
	compile_all("before", p->before, flags, &before);
	compile_all("after", p->after, flags, &after);
	if (p->link)
		link_all(&after, flags);
	if (objects_compare(&before, &after, &options, &o, &err))
		fail_msg("%s: %s", p->rule, err.text);
	check_outcome(p, &o);
	outcome_release(&o);
	strv_release(&before);
	strv_release(&after);
	strv_release(&names);
}

/* On both machines, but for rows that are about one of them. */
static inline void check_pair(void **state)
{
	const struct pair *p = *state;
	const char *flags = p->flags ? p->flags : ISOLATED;
	_cleanup_free_ char *narrow = flags_386(flags);
	_cleanup_free_ char *rule = xasprintf("%s (i386)", p->rule);
	struct pair on_386 = *p;

	on_386.rule = rule;
	if (p->only != 32)
		check_pair_for(p, flags);
	if (p->only != 64)
		check_pair_for(&on_386, narrow);
}

/* A cmocka test for each row of a table of pairs. */
#define PAIR_TESTS(tests, pairs)                                               \
	struct CMUnitTest tests[ARRAY_SIZE(pairs)];                            \
	for (size_t i_ = 0; i_ < ARRAY_SIZE(pairs); i_++)                      \
		tests[i_] = (struct CMUnitTest){                               \
			.name = (pairs)[i_].rule,                              \
			.test_func = check_pair,                               \
			.initial_state = (void *)&(pairs)[i_],                 \
		}

#endif
