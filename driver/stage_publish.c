// SPDX-License-Identifier: GPL-2.0-only
/*
 * Publishing is the one thing that a user can see in the repository. The tip
 * that was written last is kept in the work folder: a branch that still stands
 * there is ours to move, any other is the user's. The new tip is noted down
 * before it is written, beside the old one, so that a kill between the two does
 * not make the branch look like somebody else's.
 */
#include "stages.h"

#include "lib/fs.h"
#include "render.h"
#include "repo_notes.h"

static char *tip_path(const struct session *s)
{
	struct store_key key = store_key_of(s->branch, strlen(s->branch));

	return xasprintf("%s/tips/%.16s", s->work, key.hex);
}

/* The tips that an earlier run wrote, or was about to; empty if none did. */
static int read_tip(const struct session *s, struct buf *ret,
		    struct error *err)
{
	_cleanup_free_ char *path = tip_path(s);

	return fs_exists(path) ? fs_read(path, ret, err) : 0;
}

static const char *last_commit(const struct session *s)
{
	return s->report.steps[s->report.nr - 1].commit;
}

/* Of the steps that were verified: 'apply' leaves none. */
static int make_notes(const struct session *s, struct repo_notes *ret,
		      struct error *err)
{
	_cleanup_(strv_release) struct strv ids = STRV_INIT;
	_cleanup_(strv_release) struct strv texts = STRV_INIT;

	for (size_t i = 0; i < s->report.nr; i++) {
		const struct report_step *step = &s->report.steps[i];
		_cleanup_(buf_release) struct buf text = BUF_INIT;

		/* A step that the base needs nothing of is no commit of its own. */
		if (!step->nr_configs || strv_has(&ids, step->commit))
			continue;
		render_note(&s->report, step, &text);
		strv_add(&ids, step->commit);
		strv_add(&texts, text.data);
	}
	return repo_notes_make(&s->repo, &ids, &texts, ret, err);
}

static int publish(struct session *s, struct error *err)
{
	_cleanup_(repo_notes_release) struct repo_notes notes = { 0 };
	const char *tip = last_commit(s);
	_cleanup_free_ char *path = tip_path(s);
	_cleanup_(buf_release) struct buf known = BUF_INIT;
	int result;

	if (read_tip(s, &known, err) || fs_mkdirs_for(path, err))
		return -1;
	buf_addf(&known, " %s", tip);
	if (make_notes(s, &notes, err) ||
	    fs_write(path, known.data, known.len, err))
		return -1;
	result = repo_publish_noted(&s->repo, s->branch, tip, known.data,
				    &notes, err);
	if (result < 0)
		return -1;
	if (result) {
		progress_done(&s->progress,
			      "notes   not written, run it again: %s",
			      err->text);
		error_release(err);
	}
	return fs_write(path, tip, strlen(tip), err);
}

int stage_may_publish(struct session *s, struct error *err)
{
	_cleanup_(buf_release) struct buf known = BUF_INIT;

	if (read_tip(s, &known, err))
		return -1;
	return repo_may_publish(&s->repo, s->branch, last_commit(s),
				known.len ? known.data : NULL, err);
}

int stage_publish(struct session *s, struct error *err)
{
	if (s->report.verdict == VERDICT_DIFFERENT) {
		progress_done(&s->progress,
			      "branch  not written, a step is different; the commits end at %.12s",
			      last_commit(s));
		return 0;
	}
	if (publish(s, err))
		return -1;
	progress_done(&s->progress, "branch  %s is %.12s", s->branch,
		      last_commit(s));
	return 0;
}
