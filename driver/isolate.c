// SPDX-License-Identifier: GPL-2.0-only
/*
 * The isolation build of one state: which units, who the compiler is, then all
 * texts, then all objects, then objtool's tables in them, then
 * what genksyms says. The parts are isolate_text.c, isolate_objects.c,
 * isolate_tables.c and isolate_symtypes.c; the flags with their reasons are in isolate_flags.c.
 *
 * With clang most flags do not exist; the objects are made all the same, but a
 * difference between them may be an effect of inlining.
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"
#include "lib/fs.h"

#include <unistd.h>

static bool is_touched(const struct compiled *unit, const struct strv *touched)
{
	if (!touched || strv_has(touched, unit->source))
		return true;
	for (size_t i = 0; i < unit->deps.nr; i++)
		if (strv_has(touched, unit->deps.v[i]))
			return true;
	return false;
}

/* A file name of an object's path: no two paths give the same. */
static char *flat_name(const char *object)
{
	char *name = xstrndup(object, strlen(object) - strlen(".o"));

	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '%';
	return name;
}

static void add_job(struct isolate_run *run, const struct compiled *unit)
{
	struct isolate_job *job = &run->jobs[run->nr_jobs++];
	_cleanup_free_ char *name = flat_name(unit->object);

	job->unit = unit;
	job->input = (struct buf)BUF_INIT;
	job->out.source = xstrdup(unit->source);
	job->out.built = xstrdup(unit->object);
	job->out.tokens = xasprintf("%s/%s.i", run->iso->dir, name);
	/* where the store is, so that the object can be moved into it */
	job->temporary = xasprintf("%s/making/%ld.%s.%s.%zu",
				   run->iso->store->dir, (long)getpid(),
				   run->iso->kbuild->config->name,
				   fs_basename(run->iso->kbuild->out),
				   run->nr_jobs);
}

/* The compiler runs in the O= folder: what it is given must be absolute. */
static int make_absolute(const char *dir, char **ret, struct error *err)
{
	if (fs_mkdirs(dir, err))
		return -1;
	*ret = realpath(dir, NULL);
	return *ret ? 0 : error_errno(err, "cannot use the folder %s", dir);
}

static int prepare(struct isolate_run *run, const struct build_result *build,
		   const struct strv *touched)
{
	_cleanup_(strv_release) struct strv compiler = STRV_INIT;
	_cleanup_(strv_release) struct strv dropped = STRV_INIT;
	_cleanup_free_ char *hashes = kbuild_ours(run->iso->kbuild, "hashes");
	_cleanup_free_ char *making = fs_join(run->iso->store->dir, "making");

	statcache_load(&run->hashes, hashes);
	kbuild_compiler_words(run->iso->kbuild, &compiler);
	strv_add_list(&run->builtins.compiler, &compiler);
	if (kbuild_roots(run->iso->kbuild, &run->roots, run->err) ||
	    fs_mkdirs(making, run->err) ||
	    isolate_identify(&compiler, &run->hashes, &run->compiler,
			     run->err) ||
	    isolate_flags(run->iso->kbuild, &run->flags, &dropped, run->err))
		return -1;
	run->jobs = xcalloc(build->nr, sizeof(*run->jobs));
	run->processes = xcalloc(build->nr, sizeof(*run->processes));
	run->running = xcalloc(build->nr, sizeof(*run->running));
	for (size_t i = 0; i < build->nr; i++)
		if (is_touched(&build->units[i], touched))
			add_job(run, &build->units[i]);
	return 0;
}

static void release_isolated(struct isolated *unit)
{
	free(unit->source);
	free(unit->tokens);
	free(unit->key);
	free(unit->built);
	free(unit->stock);
	free(unit->object);
	free(unit->why);
	free(unit->plain);
	free(unit->no_tables);
	free(unit->symtypes);
	free(unit->ir);
	free(unit->ir_why);
	strv_release(&unit->objtool);
}

static void release_job(struct isolate_job *job)
{
	release_isolated(&job->out);
	free(job->code);
	strv_release(&job->forced);
	free(job->temporary);
	free(job->counted);
	buf_release(&job->input);
}

static void release_deps(struct isolate_dep *dep)
{
	struct isolate_dep *table = dep, *next;

	HASH_CLEAR(hh, table);
	for (; dep; dep = next) {
		next = dep->hh.next;
		free(dep->path);
		free(dep->hash);
		free(dep);
	}
}

static void run_release(struct isolate_run *run)
{
	release_deps(run->deps);
	release_deps(run->asking);
	for (size_t i = 0; i < run->nr_jobs; i++)
		release_job(&run->jobs[i]);
	free(run->jobs);
	free(run->processes);
	free(run->running);
	free(run->compiler);
	free(run->clang);
	strv_release(&run->rejected);
	builtins_release(&run->builtins);
	strv_release(&run->flags);
	statcache_release(&run->hashes);
	kbuild_roots_release(&run->roots);
}

/* The jobs' results become the caller's; they keep the order of the units. */
static void hand_over(struct isolate_run *run, struct isolated **ret,
		      size_t *ret_nr)
{
	*ret = xcalloc(run->nr_jobs, sizeof(**ret));
	*ret_nr = run->nr_jobs;
	for (size_t i = 0; i < run->nr_jobs; i++) {
		(*ret)[i] = run->jobs[i].out;
		run->jobs[i].out = (struct isolated){ 0 };
	}
}

static int isolate_by(const struct isolation *iso,
		      const struct build_result *build,
		      const struct strv *touched, bool compile,
		      struct isolated **ret, size_t *ret_nr,
		      struct isolation_stats *stats, struct error *err)
{
	_cleanup_free_ char *hashes = kbuild_ours(iso->kbuild, "hashes");
	_cleanup_free_ char *dir = NULL, *store_dir = NULL;
	struct isolation absolute = *iso;
	struct store store = { 0 };
	_cleanup_(run_release) struct isolate_run run = {
		.iso = &absolute, .stats = stats, .err = err,
		.hashes = STATCACHE_INIT,
	};

	if (make_absolute(iso->dir, &dir, err) ||
	    make_absolute(iso->store->dir, &store_dir, err))
		return -1;
	store.dir = store_dir;
	absolute.dir = dir;
	absolute.store = &store;
	if (prepare(&run, build, touched) || isolate_texts(&run) ||
	    (compile && (isolate_objects(&run) || isolate_tables(&run) ||
			 isolate_symtypes(&run) || isolate_ir(&run, build))) ||
	    statcache_save(&run.hashes, hashes, err))
		return -1;
	hand_over(&run, ret, ret_nr);
	return 0;
}

int isolate(const struct isolation *iso, const struct build_result *build,
	    const struct strv *touched, struct isolated **ret, size_t *ret_nr,
	    struct isolation_stats *stats, struct error *err)
{
	return isolate_by(iso, build, touched, true, ret, ret_nr, stats, err);
}

int isolate_texts_alone(const struct isolation *iso,
			const struct build_result *build,
			const struct strv *touched, struct isolated **ret,
			size_t *ret_nr, struct isolation_stats *stats,
			struct error *err)
{
	return isolate_by(iso, build, touched, false, ret, ret_nr, stats, err);
}

void isolated_free(struct isolated *units, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		release_isolated(&units[i]);
	free(units);
}
