// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tables that objtool makes (static calls, return sites, ORC...), in the
 * isolation objects: the tree's own objtool is run on a copy of each, with the
 * arguments that kbuild recorded. Those that it takes only for a whole
 * module are left out, so the seals of IBT are not made.
 *
 * objtool of many kernels ends with status 0 whatever happens to it, and then
 * leaves the object as it was: that, with something said, is a failure. An
 * object that it has nothing to add to stays as it is, too, but in silence.
 *
 * The plain object is kept as well: where one side has no tables, the other's
 * are not compared either.
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"
#include "lib/fs.h"

#define TABLES_VERSION "tables 1"
#define OBJTOOL_TIMEOUT_S 600

/* "objtool: --ibt requires --link" and the like. */
static bool is_of_link(const char *word)
{
	static const char *const words[] = { "--link", "--ibt", "--noinstr",
					     "--unret" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (streq(word, words[i]))
			return true;
	return false;
}

static void arguments(const struct compiled *unit, struct strv *ret)
{
	for (size_t i = 0; i < unit->objtool.nr; i++)
		if (!is_of_link(unit->objtool.v[i]))
			strv_add(ret, unit->objtool.v[i]);
}

static int tables_key(struct isolate_run *run, struct isolate_job *job)
{
	_cleanup_free_ char *program =
		fs_join(run->roots.out, job->unit->objtool.v[0]);
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_free_ char *contents = NULL;
	struct store_hash *h;

	if (isolate_hash_file(program, &run->hashes, &contents, run->err))
		return -1;
	arguments(job->unit, &words);
	h = store_hash_new();
	store_hash_str(h, TABLES_VERSION);
	store_hash_str(h, job->object.hex);
	store_hash_str(h, contents);
	/* the first one is where this program is */
	for (size_t i = 1; i < words.nr; i++)
		store_hash_str(h, words.v[i]);
	job->tables = store_hash_end(h);
	return 0;
}

/* "x.o: warning: objtool: f+0x12: text": only what is behind "objtool: ". */
static void read_messages(struct isolate_run *run, const char *output,
			  struct strv *ret)
{
	static const char word[] = "objtool: ";
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	strv_split(&lines, output, "\n");
	for (size_t i = 0; i < lines.nr; i++) {
		const char *at = strstr(lines.v[i], word);
		_cleanup_free_ char *text = kbuild_warning_text(
			&run->roots, at ? at + strlen(word) : lines.v[i]);

		strv_add(ret, text);
	}
	strv_uniq(ret);
}

static void take_known(struct isolate_run *run, struct isolate_job *job,
		       const char *messages)
{
	strv_split(&job->out.objtool, messages, "\n");
	free(job->out.object);
	job->out.object = store_path(run->iso->store, "tables", &job->tables);
}

/* 1 when the store has the object and what was said of it. */
static int look_up(struct isolate_run *run, struct isolate_job *job)
{
	_cleanup_(buf_release) struct buf messages = BUF_INIT;
	_cleanup_free_ char *path =
		store_path(run->iso->store, "tables", &job->tables);
	int found = store_get(run->iso->store, "objtool", &job->tables,
			      &messages, run->err);

	if (found <= 0 || !fs_exists(path))
		return found < 0 ? -1 : 0;
	take_known(run, job, messages.data);
	return 1;
}

static bool is_unchanged(const struct isolate_job *job)
{
	_cleanup_(buf_release) struct buf old = BUF_INIT, new = BUF_INIT;

	return !fs_read(job->out.plain, &old, NULL) &&
	       !fs_read(job->temporary, &new, NULL) && old.len == new.len &&
	       !memcmp(old.data, new.data, old.len);
}

static bool has_failed(const struct process *p, const struct isolate_job *job)
{
	return p->status ||
	       ((p->out.len || p->err.len) && is_unchanged(job));
}

/* Called as each objtool ends. */
static void take_tables(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];
	_cleanup_(strv_release) struct strv said = STRV_INIT;
	_cleanup_free_ char *messages = NULL;

	if (run->failed)
		return;
	if (!isolate_answered(run, job, p))
		return;
	read_messages(run, p->err.data, &said);
	read_messages(run, p->out.data, &said);
	if (has_failed(p, job)) {
		job->out.no_tables =
			said.nr ? xstrdup(said.v[0]) :
				  xasprintf("it ended with status %d",
					    p->status);
		return;
	}
	messages = strv_join(&said, "\n");
	/* what was said goes first: the object is what is looked for */
	if (store_put(run->iso->store, "objtool", &job->tables, messages,
		      strlen(messages), run->err) ||
	    store_adopt(run->iso->store, "tables", &job->tables,
			job->temporary, run->err))
		isolate_fail(run);
	else
		take_known(run, job, messages);
}

static int start(struct isolate_run *run, struct isolate_job *job)
{
	struct process *p = &run->processes[run->nr_processes];
	_cleanup_(buf_release) struct buf object = BUF_INIT;

	if (fs_read(job->out.plain, &object, run->err) ||
	    fs_write(job->temporary, object.data, object.len, run->err))
		return -1;
	*p = (struct process)PROCESS_INIT;
	arguments(job->unit, &p->argv);
	strv_add(&p->argv, job->temporary);
	strv_add(&p->env, "LC_ALL=C");
	strv_add(&p->env, "OBJTOOL_ARGS");
	strv_add(&p->env, "OBJTOOL_VERBOSE");
	p->dir = run->roots.out;
	p->timeout_s = OBJTOOL_TIMEOUT_S;
	run->running[run->nr_processes++] = job;
	return 0;
}

int isolate_tables(struct isolate_run *run)
{
	for (size_t i = 0; i < run->nr_jobs; i++) {
		struct isolate_job *job = &run->jobs[i];
		int known;

		if (!job->out.object)
			continue;
		job->out.plain = xstrdup(job->out.object);
		if (!job->unit->objtool.nr)
			continue;
		if (tables_key(run, job))
			return -1;
		known = look_up(run, job);
		if (known < 0 || (!known && start(run, job)))
			return -1;
	}
	return isolate_wait(run, take_tables);
}
