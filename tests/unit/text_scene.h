/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A small pump driver before and after a step, for the tests of the text rung.
 */
#ifndef TESTS_UNIT_TEXT_SCENE_H
#define TESTS_UNIT_TEXT_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "lib/buf.h"
#include "verify/verify.h"

#define MAX_FILES 5

/* The files of both sides; data NULL where a file is absent. */
struct pair {
	struct contract contract;
	const char *paths[MAX_FILES];
	char *before[MAX_FILES], *after[MAX_FILES];
	size_t nr;
	const char *mode_changed; /* one of paths; NULL */
	struct outcome out;
};

#define OLD_HEAD                                                               \
	"// SPDX-License-Identifier: GPL-2.0-only\n"                           \
	"/* Pumps and valves. */\n"                                            \
	"#define pr_fmt(fmt) \"pump: \" fmt\n"                                 \
	"\n"                                                                   \
	"#include <linux/pump.h>\n"                                            \
	"\n"                                                                   \
	"static void stale(struct pump *p);\n"                                 \
	"static int level;\n"                                                  \
	"\n"                                                                   \
	"int first(void)\n"                                                    \
	"{\n"                                                                  \
	"\treturn level;\n"                                                    \
	"}\n"                                                                  \
	"\n"
#define OPEN                                                                   \
	"/* Opens one valve. */\n"                                             \
	"int valve_open(struct pump *p, int nr)\n"                             \
	"{\n"                                                                  \
	"\tif (nr > MAX)\n"                                                    \
	"\t\treturn -1;\n"                                                     \
	"\n"                                                                   \
	"#ifdef CONFIG_LOCK\n"                                                 \
	"\tlock(p);\n"                                                         \
	"#endif\n"                                                             \
	"\tp->valves |= 1 << nr;\n"                                            \
	"\tp->count++;\n"                                                      \
	"\treturn 0;\n"                                                        \
	"}\n"                                                                  \
	"EXPORT_SYMBOL_GPL(valve_open);\n"
#define SHUT                                                                   \
	"static void stale(struct pump *p)\n"                                  \
	"{\n"                                                                  \
	"\tp->valves = 0;\n"                                                   \
	"}\n"
#define LOCKED                                                                 \
	"#ifdef CONFIG_LOCK\n"                                                 \
	"void locked(void)\n"                                                  \
	"{\n"                                                                  \
	"}\n"                                                                  \
	"\n"                                                                   \
	"void unlocked(void)\n"                                                \
	"{\n"                                                                  \
	"}\n"                                                                  \
	"#endif\n"
#define TAIL                                                                   \
	"/* The last one. */\n"                                                \
	"int last(int a)\n"                                                    \
	"{\n"                                                                  \
	"\treturn a + 1;\n"                                                    \
	"}\n"
#define PREAMBLE                                                               \
	"// SPDX-License-Identifier: GPL-2.0-only\n"                           \
	"#define pr_fmt(fmt) \"pump: \" fmt\n"                                 \
	"\n"                                                                   \
	"#include <linux/pump.h>\n"
#define OLD_SOURCE OLD_HEAD OPEN "\n" SHUT "\n" LOCKED "\n" TAIL
#define OLD_REST                                                               \
	"// SPDX-License-Identifier: GPL-2.0-only\n"                           \
	"/* Pumps and valves. */\n"                                            \
	"#define pr_fmt(fmt) \"pump: \" fmt\n"                                 \
	"\n"                                                                   \
	"#include <linux/pump.h>\n"                                            \
	"\n"                                                                   \
	"static int level;\n"                                                  \
	"\n"                                                                   \
	"int first(void)\n"                                                    \
	"{\n"                                                                  \
	"\treturn level;\n"                                                    \
	"}\n"                                                                  \
	"\n" LOCKED "\n" TAIL
#define KBUILD_REST_WITH(other, hot, tail)                                     \
	"\nother-y := other.o" other "\n"                                      \
	"ifdef CONFIG_HOT\npump-y += hot.o" hot "\nelse\nendif\n"             \
	"pump-y += tail.o" tail "\n"
#define KBUILD_REST KBUILD_REST_WITH("", "", "")
#define KBUILD "pump-y := motor.o \\\n\t  pump.o" KBUILD_REST
#define KBUILD_AFTER "pump-y := motor.o \\\n\t  pump.o valve.o" KBUILD_REST

static inline void add_file(struct pair *p, const char *path, const char *before,
		     const char *after)
{
	p->paths[p->nr] = path;
	assert_true(p->nr < MAX_FILES);
	p->before[p->nr] = xstrdup(before);
	p->after[p->nr++] = xstrdup(after);
}

/* Replaces the only occurrence of 'old' in the file; it must be there. */
static inline void edit(char **file, const char *old, const char *new)
{
	struct buf b = BUF_INIT;
	char *at = strstr(*file, old);

	assert_non_null(at);
	assert_null(strstr(at + 1, old));
	buf_addstr(&b, *file);
	buf_splice(&b, at - *file, strlen(old), new, strlen(new));
	free(*file);
	*file = buf_detach(&b);
}

static inline enum result run(struct pair *p)
{
	struct text before[MAX_FILES], after[MAX_FILES];
	struct state old = { .texts = before, .nr_texts = p->nr };
	struct state new = { .texts = after, .nr_texts = p->nr };
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < p->nr; i++) {
		before[i] = (struct text){ p->paths[i], p->before[i],
			p->before[i] ? strlen(p->before[i]) : 0, false };
		after[i] = (struct text){ p->paths[i], p->after[i],
			p->after[i] ? strlen(p->after[i]) : 0,
			p->mode_changed == p->paths[i] };
	}
	outcome_release(&p->out);
	p->out = (struct outcome)OUTCOME_INIT(RUNG_TEXT);
	assert_int_equal(verify_text(&p->contract, &old, &new, &p->out, &err),
			 0);
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
	strv_release(&p->contract.removed);
	strv_release(&p->contract.added);
	strv_release(&p->contract.namesakes[0]);
	strv_release(&p->contract.namesakes[1]);
	outcome_release(&p->out);
}

/* One change of one file of the good move, and what the rung must say. */
struct variation {
	const char *title;
	size_t file;
	const char *old, *new;
	enum result expect;
};

static inline void check_variations(void (*make)(struct pair *p),
			     const struct variation *v, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct pair p;
		enum result result;

		make(&p);
		edit(&p.after[v[i].file], v[i].old, v[i].new);
		result = run(&p);
		if (result != v[i].expect)
			print_error("%s: %s\n", v[i].title,
				    result_name(result));
		assert_int_equal(result, v[i].expect);
		assert_true(result == RESULT_EQUAL || p.out.nr > 0);
		release(&p);
	}
}

#endif
