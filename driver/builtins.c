// SPDX-License-Identifier: GPL-2.0-only
/*
 * The compiler is asked by __has_builtin(), thousands of names in one run of
 * the preprocessor. It is asked without the flags of a build: those can only make
 * the list shorter (-fno-builtin). A compiler that has no such question (gcc
 * before 10) is taken to know every name.
 */
#define _GNU_SOURCE
#include "builtins.h"
#include "lib/hash.h"
#include "lib/process.h"
#include "machine.h"

struct builtins_entry {
	char *name;
	bool known; /* to the compiler */
	UT_hash_handle hh;
};

static struct builtins_entry *find(const struct builtins *b, const char *name)
{
	struct builtins_entry *e;

	HASH_FIND_STR(b->table, name, e);
	return e;
}

static void add(struct builtins *b, const char *name)
{
	struct builtins_entry *e = xcalloc(1, sizeof(*e));

	e->name = xstrdup(name);
	e->known = true;
	HASH_ADD_KEYPTR(hh, b->table, e->name, strlen(e->name), e);
}

/* Prints the index of each name that it does not know, if it can tell. */
static void write_questions(const struct strv *names, struct buf *ret)
{
	buf_addstr(ret, "#ifdef __has_builtin\n#if __has_builtin(memcpy)\n");
	for (size_t i = 0; i < names->nr; i++)
		buf_addf(ret, "#if !__has_builtin(%s)\n%zu\n#endif\n",
			 names->v[i], i);
	buf_addstr(ret, "#endif\n#endif\n");
}

static void read_answers(struct builtins *b, const struct strv *names,
			 const char *output)
{
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	strv_split(&lines, output, "\n");
	for (size_t i = 0; i < lines.nr; i++) {
		char *end;
		size_t index = strtoul(lines.v[i], &end, 10);

		if (!*end && index < names->nr)
			find(b, names->v[index])->known = false;
	}
}

int builtins_ask(struct builtins *b, const struct strv *names,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv fresh = STRV_INIT;
	_cleanup_(buf_release) struct buf questions = BUF_INIT;

	for (size_t i = 0; i < names->nr; i++) {
		if (find(b, names->v[i]))
			continue;
		add(b, names->v[i]);
		strv_add(&fresh, names->v[i]);
	}
	if (!fresh.nr)
		return 0;
	write_questions(&fresh, &questions);
	strv_add_list(&p.argv, &b->compiler);
	/* -undef: "linux" is a macro, and no name that could be asked for */
	process_args(&p, "-undef", "-E", "-P", "-x", "c", "-", NULL);
	strv_add(&p.env, "LC_ALL=C");
	p.input = questions.data;
	p.input_len = questions.len;
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	/* one that it rejects leaves all of them known */
	if (!p.status)
		read_answers(b, &fresh, p.out.data);
	return 0;
}

bool builtins_has(const struct builtins *b, const char *name)
{
	const struct builtins_entry *e = find(b, name);

	return !e || e->known;
}

void builtins_release(struct builtins *b)
{
	struct builtins_entry *e = b->table, *next;

	HASH_CLEAR(hh, b->table);
	for (; e; e = next) {
		next = e->hh.next;
		free(e->name);
		free(e);
	}
	strv_release(&b->compiler);
}
