/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For the tests of locating: a series of one step in a folder of its own, and a
 * source of ours, with the real spatch or a shell script in its place.
 */
#ifndef TESTS_UNIT_LOCATE_SCENE_H
#define TESTS_UNIT_LOCATE_SCENE_H

#include "driver/locate.h"
#include "lib/fs.h"

struct scene {
	char *dir;
	char *scratch; /* a name that a shell would trip over */
	struct spatch spatch;
	struct series series;
	const struct step *step;
	struct buf text;
	struct items items;
	size_t *found;
	size_t nr;
	struct drifts drifts;
	struct error err;
};

static const char scene_path[] = "a b/it's\n$(x).c";

static inline void scene_put(const struct scene *s, const char *name,
			     const char *text)
{
	char *path = fs_join(s->dir, name);

	assert_int_equal(fs_mkdirs_for(path, NULL), 0);
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
	free(path);
}

/* step: the whole .cocci file; macros: of macros.h, or NULL. */
static inline void scene_open(struct scene *s, const char *step,
			      const char *macros, const char *source)
{
	struct series_options options = { .allow_scripts = false };
	char *series;

	*s = (struct scene){ .text = BUF_INIT, .err = ERROR_INIT };
	s->dir = xstrdup("/tmp/test_locate.XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	scene_put(s, "series/series", "1\n");
	scene_put(s, "series/1.cocci", step);
	if (macros)
		scene_put(s, "series/macros.h", macros);
	s->scratch = fs_join(s->dir, "scratch of 'us'; $x");
	assert_int_equal(fs_mkdirs(s->scratch, NULL), 0);
	s->spatch = (struct spatch){ .program = "spatch",
				     .scratch = s->scratch,
				     .timeout_s = 60 };
	series = fs_join(s->dir, "series");
	if (series_load(series, &options, &s->series, &s->err))
		fail_msg("%s", s->err.text);
	free(series);
	s->step = &s->series.steps[0];
	buf_addstr(&s->text, source);
	items_parse(s->text.data, s->text.len, &s->items);
}

static inline int scene_locate(struct scene *s)
{
	return locate(&s->spatch, &s->series, s->step, scene_path, &s->text,
		      &s->items, &s->found, &s->nr, &s->drifts, &s->err);
}

/* "name:first-last ..." of what was found; the caller frees. */
static inline char *scene_found(const struct scene *s)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < s->nr; i++) {
		const struct item *item = &s->items.v[s->found[i]];

		buf_addf(&b, "%s%s:%u-%u", i ? " " : "", item->name,
			 item->line_begin, item->line_end);
	}
	return buf_detach(&b);
}

/* "class name line ..." of the drifts; the caller frees. */
static inline char *scene_drifts(const struct scene *s)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < s->drifts.nr; i++)
		buf_addf(&b, "%s%s %s %u", i ? ", " : "",
			 drift_class_name(s->drifts.v[i].class),
			 s->drifts.v[i].name, s->drifts.v[i].line);
	return buf_detach(&b);
}

static inline void scene_close(struct scene *s)
{
	free(s->found);
	drifts_release(&s->drifts);
	error_release(&s->err);
	items_release(&s->items);
	buf_release(&s->text);
	series_release(&s->series);
	assert_int_equal(fs_remove(s->dir, NULL), 0);
	free(s->scratch);
	free(s->dir);
}

#endif
