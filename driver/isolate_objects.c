// SPDX-License-Identifier: GPL-2.0-only
/*
 * Isolation objects. An object is kept under the key of those tokens that matter
 * to it (matter.h) and the command that made it: units that a step shifts by
 * some lines, or whose headers gain comments or a prototype that they do not use,
 * are found in the store.
 *
 * A unit that uses a function to be forced inline is preprocessed once more,
 * with __COUNTER__ counting (unique names must be unique to compile), the
 * definition is marked, and that text is compiled.
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"
#include "lib/fs.h"

#include <unistd.h>

#define OBJECT_VERSION "object 2"
#define FORCED_VERSION "forced 1" /* grows with what force_inline_find() finds */
#define WHY_LIMIT 400 /* bytes of the compiler's words */

/* The names that matter in a unit are kept by its tokens. */
static int find_forced(struct isolate_run *run, struct isolate_job *job)
{
	const struct strv *names = run->iso->force_inline;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *all = strv_join(names, " ");
	struct store_hash *h = store_hash_new();
	struct store_key key;
	int found;

	store_hash_str(h, FORCED_VERSION);
	store_hash_str(h, job->out.key);
	store_hash_str(h, all);
	key = store_hash_end(h);
	found = store_get(run->iso->store, "forced", &key, &text, run->err);
	if (found < 0)
		return -1;
	if (found) {
		strv_split(&job->forced, text.data, "\n");
		return 0;
	}
	if (fs_read(job->out.tokens, &text, run->err))
		return -1;
	force_inline_find(text.data, text.len, names, &job->forced);
	free(all);
	all = strv_join(&job->forced, "\n");
	return store_put(run->iso->store, "forced", &key, all, strlen(all),
			 run->err);
}

/* Everything that the object depends on: tokens stand for all files. */
static void object_key(struct isolate_run *run, struct isolate_job *job)
{
	struct store_hash *h = store_hash_new();
	struct isolate_command command;

	isolate_command(&run->roots, job->unit, ISOLATE_OBJECT, &run->flags,
			&command);
	store_hash_str(h, OBJECT_VERSION);
	store_hash_str(h, job->code);
	store_hash_str(h, command.normal);
	store_hash_str(h, run->compiler);
	for (size_t i = 0; i < job->forced.nr; i++)
		store_hash_str(h, job->forced.v[i]);
	isolate_command_release(&command);
	job->object = store_hash_end(h);
}

/* Looks the object up; true when it has to be compiled. */
static bool is_missing(struct isolate_run *run, struct isolate_job *job)
{
	_cleanup_free_ char *path =
		store_path(run->iso->store, "object", &job->object);

	if (!fs_exists(path))
		return true;
	job->out.object = xstrdup(path);
	run->stats->reused++;
	return false;
}

/* Called as each counted preprocessor ends. */
static void take_counted(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (run->failed)
		return;
	if (process_check(p, run->err) ||
	    fs_read(job->temporary, &text, run->err)) {
		isolate_fail(run);
		return;
	}
	force_inline_apply(&text, &job->forced);
	if (fs_write(job->counted, text.data, text.len, run->err))
		isolate_fail(run);
}

/* Makes the texts that forced units are compiled from. */
static int make_counted(struct isolate_run *run)
{
	static const char *const words[] = { "-E", "-o", NULL };

	for (size_t i = 0; i < run->nr_jobs; i++) {
		struct isolate_job *job = &run->jobs[i];

		if (job->out.object || !job->forced.nr)
			continue;
		job->counted = xasprintf("%s.counted", job->out.tokens);
		isolate_start(run, job, ISOLATE_TEXT_COUNTED, words, NULL);
	}
	return isolate_wait(run, take_counted);
}

char *isolate_first_error(const struct isolate_run *run,
			  const struct process *p)
{
	_cleanup_free_ char *first = NULL, *text = NULL;
	const char *error = strstr(p->err.data, "error:");
	const char *line = error;

	while (line && line > p->err.data && line[-1] != '\n')
		line--;
	if (!line)
		line = p->err.data;
	if (!*line)
		return xasprintf("the compiler ended with status %d",
				 p->status);
	first = xstrndup(line, strcspn(line, "\n"));
	text = kbuild_tree_text(&run->roots, first);
	return xstrndup(text, strnlen(text, WHY_LIMIT));
}

/* Called as each compiler ends. */
static void take_object(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];

	if (run->failed)
		return;
	run->stats->compiled++;
	if (!isolate_answered(run, job, p))
		return;
	if (p->status) {
		job->out.why = isolate_first_error(run, p);
		return;
	}
	if (store_adopt(run->iso->store, "object", &job->object, job->temporary,
			run->err)) {
		isolate_fail(run);
		return;
	}
	job->out.object = store_path(run->iso->store, "object", &job->object);
}

static int compile(struct isolate_run *run)
{
	static const char *const plain[] = { "-c", "-o", NULL };
	static const char *const of_text[] = { "-x", "cpp-output", "-c", "-o",
					       NULL };
	int failed;

	for (size_t i = 0; i < run->nr_jobs; i++) {
		struct isolate_job *job = &run->jobs[i];

		if (job->out.object)
			continue;
		if (job->counted)
			isolate_start(run, job, ISOLATE_OBJECT_OF_TEXT, of_text,
				      job->counted);
		else
			isolate_start(run, job, ISOLATE_OBJECT, plain, NULL);
	}
	failed = isolate_wait(run, take_object);
	for (size_t i = 0; i < run->nr_jobs; i++)
		if (run->jobs[i].counted)
			unlink(run->jobs[i].counted);
	return failed;
}

int isolate_objects(struct isolate_run *run)
{
	bool missing = false;

	for (size_t i = 0; i < run->nr_jobs; i++) {
		struct isolate_job *job = &run->jobs[i];

		if (run->iso->force_inline && run->iso->force_inline->nr &&
		    find_forced(run, job))
			return -1;
		object_key(run, job);
		missing |= is_missing(run, job);
	}
	if (!missing)
		return 0;
	return make_counted(run) || compile(run) ? -1 : 0;
}
