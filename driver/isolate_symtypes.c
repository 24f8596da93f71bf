// SPDX-License-Identifier: GPL-2.0-only
/*
 * With CONFIG_MODVERSIONS: what the CRCs of a unit's exports were made of. The
 * text is preprocessed as kbuild's cmd_gensymtypes_c does it, nothing pinned,
 * and given to the tree's genksyms; both that and its dump of types are what
 * verify/crc.h reads. A dump is kept by the text that it was made of.
 *
 * Neither the isolation text nor its key would do: a file may look another way
 * to genksyms (__GENKSYMS__).
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"
#include "lib/fs.h"

#define GENKSYMS "scripts/genksyms/genksyms"
#define SYMTYPES_VERSION "symtypes 1"
#define GENKSYMS_TIMEOUT_S 600

static int dump_key(struct isolate_run *run, const struct buf *text,
		    struct store_key *ret)
{
	_cleanup_free_ char *program = fs_join(run->roots.out, GENKSYMS);
	_cleanup_free_ char *contents = NULL;
	struct store_hash *h;

	if (isolate_hash_file(program, &run->hashes, &contents, run->err))
		return -1;
	h = store_hash_new();
	store_hash_str(h, SYMTYPES_VERSION);
	store_hash_str(h, contents);
	store_hash_add(h, text->data, text->len);
	*ret = store_hash_end(h);
	return 0;
}

/* Called as each preprocessor ends: the dump is known, or its text is kept. */
static void take_input(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];
	_cleanup_(buf_release) struct buf dump = BUF_INIT;
	int found;

	if (run->failed)
		return;
	if (process_check(p, run->err) ||
	    fs_read(job->temporary, &job->input, run->err) ||
	    dump_key(run, &job->input, &job->symtypes)) {
		isolate_fail(run);
		return;
	}
	found = store_get(run->iso->store, "symtypes", &job->symtypes, &dump,
			  run->err);
	if (found < 0)
		isolate_fail(run);
	else if (found)
		job->out.symtypes = buf_detach(&dump);
	if (found)
		buf_release(&job->input);
}

/* Called as each genksyms ends; one that fails leaves the unit without a dump. */
static void take_dump(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];
	_cleanup_(buf_release) struct buf dump = BUF_INIT;

	buf_release(&job->input);
	if (run->failed)
		return;
	if (!isolate_answered(run, job, p))
		return;
	if (p->status)
		return;
	buf_add(&dump, p->out.data, p->out.len);
	if (fs_read(job->temporary, &dump, run->err) ||
	    store_put(run->iso->store, "symtypes", &job->symtypes, dump.data,
		      dump.len, run->err))
		isolate_fail(run);
	else
		job->out.symtypes = buf_detach(&dump);
}

static void start_genksyms(struct isolate_run *run, struct isolate_job *job)
{
	struct process *p = &run->processes[run->nr_processes];

	*p = (struct process)PROCESS_INIT;
	process_args(p, "./" GENKSYMS, "-T", job->temporary, NULL);
	strv_add(&p->env, "LC_ALL=C");
	p->dir = run->roots.out;
	p->input = job->input.data;
	p->input_len = job->input.len;
	p->timeout_s = GENKSYMS_TIMEOUT_S;
	run->running[run->nr_processes++] = job;
}

int isolate_symtypes(struct isolate_run *run)
{
	static const char *const words[] = { "-E", "-o", NULL };

	for (size_t i = 0; i < run->nr_jobs; i++)
		if (run->jobs[i].unit->versioned)
			isolate_start(run, &run->jobs[i], ISOLATE_SYMTYPES,
				      words, NULL);
	if (isolate_wait(run, take_input))
		return -1;
	for (size_t i = 0; i < run->nr_jobs; i++)
		if (run->jobs[i].unit->versioned && !run->jobs[i].out.symtypes)
			start_genksyms(run, &run->jobs[i]);
	return isolate_wait(run, take_dump);
}
