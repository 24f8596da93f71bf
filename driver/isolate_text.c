// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preprocessed texts, one a unit, in the folder of a state. Beside each stands
 * a small file with four keys: of everything that went into the text (command,
 * compiler and the contents of every file that was read), of the tokens that
 * came out, of those of them that matter to the code, and of what the stock build
 * goes by ("-": none). While the first still holds, nothing is preprocessed.
 *
 * Line markers are rewritten to paths in the tree: a text must not depend on
 * where the work folder is, and "arch/x86/kvm/../../../virt/kvm/x.c" is a path
 * that nobody would look for.
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"
#include "lib/fs.h"
#include "machine.h"

#include <unistd.h>

#define INPUTS_VERSION "text 3"
#define TEXT_TIMEOUT_S 600

char *isolate_locate(const struct isolate_run *run, const char *path)
{
	char *whole = fs_join(run->roots.src, path);

	if (path[0] == '/' || fs_exists(whole))
		return whole;
	free(whole);
	return fs_join(run->roots.out, path);
}

/* The hash of a file that was read; each is looked at once a run. */
static int hash_dep(struct isolate_run *run, const char *path, const char **ret,
		    struct error *err)
{
	struct isolate_dep *dep;

	HASH_FIND_STR(run->deps, path, dep);
	if (!dep) {
		_cleanup_free_ char *whole = isolate_locate(run, path);
		char *hash;

		if (isolate_hash_file(whole, &run->hashes, &hash, err))
			return -1;
		dep = xcalloc(1, sizeof(*dep));
		dep->path = xstrdup(path);
		dep->hash = hash;
		HASH_ADD_KEYPTR(hh, run->deps, dep->path, strlen(dep->path),
				dep);
	}
	*ret = dep->hash;
	return 0;
}

static int inputs_key(struct isolate_run *run, struct isolate_job *job,
		      struct error *err)
{
	struct store_hash *h = store_hash_new();
	struct isolate_command command;
	const char *hash;

	isolate_command(&run->roots, job->unit, ISOLATE_TEXT, &run->flags,
			&command);
	store_hash_str(h, INPUTS_VERSION);
	store_hash_str(h, command.normal);
	store_hash_str(h, run->compiler);
	isolate_command_release(&command);
	for (size_t i = 0; i <= job->unit->deps.nr; i++) {
		const char *path = i < job->unit->deps.nr ?
					   job->unit->deps.v[i] :
					   job->unit->source;

		if (hash_dep(run, path, &hash, err)) {
			store_hash_end(h);
			return -1;
		}
		store_hash_str(h, path);
		store_hash_str(h, hash);
	}
	job->inputs = store_hash_end(h);
	return 0;
}

static char *keys_path(const struct isolate_job *job)
{
	return xasprintf("%s.keys", job->out.tokens);
}

/* True when the text is there and was made of the same things. */
static bool is_current(struct isolate_job *job)
{
	_cleanup_free_ char *path = keys_path(job);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv keys = STRV_INIT;

	if (!fs_exists(job->out.tokens) || fs_read(path, &text, NULL))
		return false;
	strv_split(&keys, text.data, " \n");
	if (keys.nr != 4 || !streq(keys.v[0], job->inputs.hex))
		return false;
	job->out.key = xstrdup(keys.v[1]);
	job->code = xstrdup(keys.v[2]);
	job->out.stock = xstrdup(streq(keys.v[3], "-") ? "" : keys.v[3]);
	return true;
}

static int make_keys(struct isolate_run *run, struct isolate_job *job,
		     const struct buf *text, const struct buf *said)
{
	_cleanup_(words_release) struct words words;
	struct store_key key, code, stock;

	words_read(text->data, text->len, &words);
	key = code = words_key(&words);
	if (!strv_has(&job->unit->command, "-fkeep-inline-functions") &&
	    matter_key(&words, MATTER_CODE, &run->builtins, &code, run->err) < 0)
		return -1;
	if (isolate_sight(run, job, text, said, &words, &stock))
		return -1;
	job->out.key = xstrdup(key.hex);
	job->code = xstrdup(code.hex);
	job->out.stock = xstrdup(stock.hex);
	return 0;
}

static int put_text(struct isolate_run *run, struct isolate_job *job,
		    const struct buf *text, const struct buf *said)
{
	_cleanup_free_ char *path = keys_path(job), *keys = NULL;
	struct error *err = run->err;

	if (make_keys(run, job, text, said))
		return -1;
	keys = xasprintf("%s %s %s %s\n", job->inputs.hex, job->out.key,
			 job->code, *job->out.stock ? job->out.stock : "-");
	/* the keys vouch for the text: they go first and come last */
	if (fs_remove(path, err) ||
	    fs_write(job->out.tokens, text->data, text->len, err))
		return -1;
	return fs_write(path, keys, strlen(keys), err);
}

/* The file name of a line marker, when text is at one; NULL. */
static const char *marker_name(const char *text, size_t left, size_t *ret_len)
{
	const char *end = memchr(text, '\n', left);
	const char *open, *close;

	if (left < 3 || text[0] != '#' || text[1] != ' ')
		return NULL;
	end = end ? end : text + left;
	open = memchr(text, '"', (size_t)(end - text));
	close = open ? memrchr(open, '"', (size_t)(end - open)) : NULL;
	if (!open || close == open)
		return NULL;
	*ret_len = (size_t)(close - open - 1);
	return open + 1;
}

void isolate_tree_markers(const struct kbuild_roots *roots,
			  const struct buf *text, struct buf *ret)
{
	const char *line = text->data, *end = text->data + text->len;
	const char *done = line;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		size_t len;
		const char *name = marker_name(line, (size_t)(end - line), &len);

		if (name && *name != '<') {
			_cleanup_free_ char *old = xstrndup(name, len);
			_cleanup_free_ char *new = kbuild_path(roots, old);

			buf_add(ret, done, (size_t)(name - done));
			buf_addstr(ret, new);
			done = name + len;
		}
		line = newline ? newline + 1 : end;
	}
	buf_add(ret, done, (size_t)(end - done));
}

void isolate_fail(struct isolate_run *run)
{
	run->failed = true;
}

bool isolate_answered(struct isolate_run *run, const struct isolate_job *job,
		      const struct process *p)
{
	if (!machine_check(p, run->err))
		return true;
	error_prefix(run->err, "%s", job->unit->source);
	isolate_fail(run);
	return false;
}

/* Called as each preprocessor ends, while the others still run. */
static void take_text(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];
	_cleanup_(buf_release) struct buf raw = BUF_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (run->failed)
		return;
	if (process_check(p, run->err) || fs_read(job->temporary, &raw, run->err)) {
		error_prefix(run->err, "cannot preprocess %s",
			     job->unit->source);
		isolate_fail(run);
		return;
	}
	isolate_tree_markers(&run->roots, &raw, &text);
	if (put_text(run, job, &text, &p->err))
		isolate_fail(run);
	run->stats->preprocessed++;
}

void isolate_start_command(struct isolate_run *run, struct isolate_job *job,
			   const struct isolate_command *command,
			   const char *const *words, const char *source)
{
	struct process *p = &run->processes[run->nr_processes];

	*p = (struct process)PROCESS_INIT;
	strv_add_list(&p->argv, &command->argv);
	strv_add_all(&p->argv, words);
	strv_add(&p->argv, job->temporary);
	strv_add(&p->argv, source ? source : command->source);
	strv_add(&p->env, "LC_ALL=C");
	strv_add(&p->env, "DEPENDENCIES_OUTPUT");
	strv_add(&p->env, "SUNPRO_DEPENDENCIES");
	p->dir = run->roots.out;
	p->timeout_s = TEXT_TIMEOUT_S;
	run->running[run->nr_processes++] = job;
}

void isolate_start(struct isolate_run *run, struct isolate_job *job,
		   enum isolate_use use, const char *const *words,
		   const char *source)
{
	struct isolate_command command;

	isolate_command(&run->roots, job->unit, use, &run->flags, &command);
	isolate_start_command(run, job, &command, words, source);
	isolate_command_release(&command);
}

int isolate_wait(struct isolate_run *run,
		 void (*on_exit)(struct process *p, void *data))
{
	int failed = process_run_all(run->processes, run->nr_processes,
				     run->iso->kbuild->jobserver, on_exit, run,
				     run->err);

	for (size_t i = 0; i < run->nr_processes; i++) {
		process_release(&run->processes[i]);
		unlink(run->running[i]->temporary);
	}
	run->nr_processes = 0;
	return failed || run->failed ? -1 : 0;
}

int isolate_texts(struct isolate_run *run)
{
	static const char *const words[] = { "-E", "-o", NULL };

	for (size_t i = 0; i < run->nr_jobs; i++) {
		struct isolate_job *job = &run->jobs[i];

		if (inputs_key(run, job, run->err))
			return -1;
		if (is_current(job))
			run->stats->current++;
		else
			isolate_start(run, job, ISOLATE_TEXT, words, NULL);
	}
	return isolate_wait(run, take_text);
}
