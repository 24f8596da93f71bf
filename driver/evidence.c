// SPDX-License-Identifier: GPL-2.0-only
/*
 * Of several reports on a commit the newest counts, configuration by
 * configuration: one that was verified with some of them only leaves what is
 * known of the others.
 */
#define _GNU_SOURCE
#include "evidence.h"

#include <glob.h>
#include <sys/stat.h>

#include "lib/fs.h"
#include "lib/store.h"
#include "render.h"

#define RANGES "ranges"

struct candidate {
	const char *path;
	struct timespec written;
};

static int compare(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;

	if (a->written.tv_sec != b->written.tv_sec)
		return a->written.tv_sec > b->written.tv_sec ? -1 : 1;
	if (a->written.tv_nsec != b->written.tv_nsec)
		return a->written.tv_nsec > b->written.tv_nsec ? -1 : 1;
	return strcmp(a->path, b->path);
}

static bool names_one(const struct buf *text, const struct strv *commits)
{
	for (size_t i = 0; i < commits->nr; i++)
		if (strstr(text->data, commits->v[i]))
			return true;
	return false;
}

/* Its commits are those of the repository: all of what each of them did. */
static bool is_whole(const struct report *report)
{
	return !report->squashed && !report->paths.nr;
}

static void read_one(const char *path, const struct strv *commits,
		     struct evidence_pool *pool)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct report report = { 0 };
	json_t *document = NULL;

	if (fs_read(path, &text, NULL) || !names_one(&text, commits))
		return;
	document = json_loadb(text.data, text.len, 0, NULL);
	if (document && !report_from_json(document, &report, NULL)) {
		pool->reports = xrealloc(pool->reports, pool->nr + 1,
					 sizeof(*pool->reports));
		if (is_whole(&report))
			pool->reports[pool->nr++] = report;
		else
			report_release(&report);
	}
	json_decref(document);
}

/* Appends what glob(3) found. */
static void list(const char *pattern, glob_t *found)
{
	int more = found->gl_pathc ? GLOB_APPEND : 0;

	glob(pattern, GLOB_NOSORT | more, NULL, found);
}

/* A path with a '*' in it is not meant as a pattern. */
static char *quoted(const char *path)
{
	struct buf b = BUF_INIT;

	for (; *path; path++) {
		if (strchr("*?[\\", *path))
			buf_addch(&b, '\\');
		buf_addch(&b, *path);
	}
	return buf_detach(&b);
}

void evidence_load(const char *results, const char *cache,
		   const struct strv *commits, struct evidence_pool *ret)
{
	_cleanup_free_ char *in_results = quoted(results);
	_cleanup_free_ char *in_cache = quoted(cache);
	_cleanup_free_ char *reports =
		xasprintf("%s/*/*/report.json", in_results);
	_cleanup_free_ char *ranges =
		xasprintf("%s/" RANGES "/*/report.json", in_cache);
	_cleanup_free_ struct candidate *v = NULL;
	glob_t found = { 0 };

	*ret = (struct evidence_pool){ 0 };
	list(reports, &found);
	list(ranges, &found);
	v = xcalloc(found.gl_pathc + 1, sizeof(*v));
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct stat st;

		v[i].path = found.gl_pathv[i];
		if (!stat(v[i].path, &st))
			v[i].written = st.st_mtim;
	}
	qsort(v, found.gl_pathc, sizeof(*v), compare);
	for (size_t i = 0; i < found.gl_pathc; i++)
		read_one(v[i].path, commits, ret);
	globfree(&found);
}

void evidence_pool_release(struct evidence_pool *pool)
{
	for (size_t i = 0; i < pool->nr; i++)
		report_release(&pool->reports[i]);
	free(pool->reports);
	*pool = (struct evidence_pool){ 0 };
}

static bool has_config(const struct evidence *e, const char *name)
{
	for (size_t i = 0; i < e->nr; i++)
		if (streq(e->configs[i]->name, name))
			return true;
	return false;
}

static void take_step(const struct report *report,
		      const struct report_step *step, struct evidence *e)
{
	if (!e->report && step->nr_configs) {
		e->report = report;
		e->step = step;
	}
	e->configs = xrealloc(e->configs, e->nr + step->nr_configs + 1,
			      sizeof(*e->configs));
	for (size_t c = 0; c < step->nr_configs; c++)
		if (step->configs[c].built &&
		    !has_config(e, step->configs[c].name))
			e->configs[e->nr++] = &step->configs[c];
}

void evidence_find(const struct evidence_pool *pool, const char *commit,
		   struct evidence *ret)
{
	*ret = (struct evidence){ 0 };
	for (size_t i = 0; i < pool->nr; i++) {
		const struct report *report = &pool->reports[i];

		for (size_t k = 0; k < report->nr; k++)
			if (report->steps[k].commit &&
			    streq(report->steps[k].commit, commit))
				take_step(report, &report->steps[k], ret);
	}
}

void evidence_release(struct evidence *evidence)
{
	free(evidence->configs);
	*evidence = (struct evidence){ 0 };
}

int evidence_keep(const char *cache, const struct report *report,
		  struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(buf_release) struct buf name = BUF_INIT;
	_cleanup_free_ char *path = NULL;
	struct store_key key;
	json_t *document;

	if (!is_whole(report))
		return 0;
	for (size_t i = 0; i < report->nr; i++) {
		const struct report_step *step = &report->steps[i];

		buf_addf(&name, "%s\n", step->commit ? step->commit : "");
		for (size_t c = 0; !i && c < step->nr_configs; c++)
			buf_addf(&name, "%s\n", step->configs[c].name);
	}
	key = store_key_of(name.data, name.len);
	path = xasprintf("%s/" RANGES "/%.16s/report.json", cache, key.hex);
	document = report_json(report);
	render_dump(document, &text);
	json_decref(document);
	if (fs_mkdirs_for(path, err))
		return -1;
	return fs_write(path, text.data, text.len, err);
}
