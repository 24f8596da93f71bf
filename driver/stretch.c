// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stretches: how many, where they are cut, and their threads.
 *
 * Lanes of one stretch leave processors idle where a step makes few units compile
 * and where work is serial (make's start, links, rungs); about eight slots for each
 * configuration is what one can use. That is a judgement from machines with few
 * processors: more of them is no error, only no gain.
 */
#define _GNU_SOURCE
#include "stretch.h"

#include <dirent.h>

#include "lib/fs.h"
#include "lib/threads.h"
#include "rows.h"

#define JOBS_A_LANE 8
#define STEPS_A_STRETCH 3 /* fewer do not pay for the build of a commit more */

size_t stretches_allowed(unsigned int jobs, size_t nr_configs)
{
	size_t allowed = jobs / (JOBS_A_LANE * (nr_configs ? nr_configs : 1));

	return allowed ? allowed : 1;
}

size_t stretches_cut(const bool *known, size_t nr, size_t allowed,
		     size_t *ret_first)
{
	size_t work = 0, count, seen = 0, cut = 1;

	for (size_t i = 0; i < nr; i++)
		work += !known[i];
	count = work / STEPS_A_STRETCH;
	if (count > allowed)
		count = allowed;
	ret_first[0] = 0;
	for (size_t i = 0; i < nr && cut < count; i++)
		if (!known[i] && seen++ == cut * work / count)
			ret_first[cut++] = i;
	return cut;
}

static char *mark_of(size_t nr)
{
	return nr ? xasprintf("-%zu", nr) : xstrdup("");
}

static char *src_of(const struct session *s, const char *mark)
{
	return xasprintf("%s/src%s", s->work, mark);
}

/* Of all configurations that were ever built, not only of today's. */
static int remove_built(const struct session *s, const char *mark,
			struct error *err)
{
	_cleanup_free_ char *configs = fs_join(s->work, "config");
	DIR *dir = opendir(configs);
	struct dirent *e;
	int result = 0;

	while (dir && !result && (e = readdir(dir))) {
		_cleanup_free_ char *config = fs_join(configs, e->d_name);

		if (*e->d_name != '.')
			result = lane_remove(config, mark, err);
	}
	if (dir)
		closedir(dir);
	return result;
}

/* The source folder goes last: by it the others are found after a kill. */
static int remove_folders(const struct session *s, size_t nr,
			  struct error *err)
{
	_cleanup_free_ char *mark = mark_of(nr);
	_cleanup_free_ char *src = src_of(s, mark);
	_cleanup_free_ char *index = xasprintf("%s.index", src);

	return remove_built(s, mark, err) || fs_remove(index, err) ||
			       fs_remove(src, err) ?
		       -1 :
		       0;
}

/*
 * What takes gigabytes, and no run with so few jobs has a use for: however few
 * configurations it has.
 */
static int remove_unused(const struct session *s, struct error *err)
{
	size_t allowed = stretches_allowed(s->options->jobs, 1), nr = allowed;

	for (;; nr++) {
		_cleanup_free_ char *mark = mark_of(nr);
		_cleanup_free_ char *src = src_of(s, mark);

		if (!fs_exists(src))
			break;
	}
	while (nr-- > allowed)
		if (remove_folders(s, nr, err))
			return -1;
	return 0;
}

static int cut(struct session *s, size_t allowed, size_t *ret_first,
	       size_t *ret_nr, struct error *err)
{
	_cleanup_free_ bool *known = xcalloc(s->report.nr, sizeof(*known));

	for (size_t i = 0; i < s->report.nr; i++) {
		int found = rows_known(s, i, err);

		if (found < 0)
			return -1;
		known[i] = found;
	}
	*ret_nr = stretches_cut(known, s->report.nr, allowed, ret_first);
	return 0;
}

static void say_number(const struct stretches *all, struct session *s)
{
	if (all->nr > 1)
		progress_done(&s->progress,
			      "verify  %zu stretches of steps side by side",
			      all->nr);
}

int stretches_open(struct session *s, struct stretches *ret,
		   struct error *err)
{
	size_t allowed = stretches_allowed(s->options->jobs, s->nr_configs);
	_cleanup_free_ size_t *first = xcalloc(allowed, sizeof(*first));
	size_t nr = 1;

	*ret = (struct stretches){ .telling = PTHREAD_MUTEX_INITIALIZER };
	if (remove_unused(s, err) ||
	    (allowed > 1 && cut(s, allowed, first, &nr, err)))
		return -1;
	ret->v = xcalloc(nr, sizeof(*ret->v));
	ret->nr = nr;
	for (size_t i = 0; i < nr; i++) {
		char *mark = mark_of(i);

		ret->v[i] = (struct stretch){
			.s = s,
			.all = ret,
			.mark = mark,
			.src = src_of(s, mark),
			.first = first[i],
			.end = i + 1 < nr ? first[i + 1] : s->report.nr,
			.err = ERROR_INIT,
		};
	}
	say_number(ret, s);
	return 0;
}

void stretches_close(struct stretches *all)
{
	for (size_t i = 0; i < all->nr; i++) {
		struct stretch *stretch = &all->v[i];

		lanes_free(stretch->lanes, stretch->s->nr_configs);
		if (stretch->open)
			checkout_release(&stretch->checkout);
		error_release(&stretch->err);
		free(stretch->mark);
		free(stretch->src);
	}
	free(all->v);
	pthread_mutex_destroy(&all->telling);
	*all = (struct stretches){ 0 };
}

struct given {
	struct stretch *stretch;
	int (*work)(struct stretch *stretch, struct error *err);
};

static void run_stretch(void *item)
{
	const struct given *given = item;
	struct stretch *stretch = given->stretch;

	stretch->failed = given->work(stretch, &stretch->err);
	if (stretch->failed)
		stretch->all->stop = true;
}

int stretches_run(struct stretches *all,
		  int (*work)(struct stretch *stretch, struct error *err),
		  struct error *err)
{
	struct given *list = xcalloc(all->nr, sizeof(*list));
	int result = 0;

	for (size_t i = 0; i < all->nr; i++)
		list[i] = (struct given){ .stretch = &all->v[i], .work = work };
	threads_run(run_stretch, list, sizeof(*list), all->nr);
	/* one that was told to stop has nothing to say */
	for (size_t i = all->nr; i-- > 0;) {
		const struct stretch *stretch = &all->v[i];

		if (stretch->failed)
			result = -1;
		if (stretch->err.text)
			error_set(err, stretch->err.class, "%s",
				  stretch->err.text);
	}
	free(list);
	return result;
}

bool stretch_stopped(const struct stretch *stretch)
{
	return stretch->all->stop;
}
