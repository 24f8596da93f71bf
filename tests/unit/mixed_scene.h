/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trees of a few C files before and after a commit, for the inference and for
 * the rungs on what it worked out: read, preprocessed and compiled like a
 * step's.
 */
#ifndef TESTS_UNIT_MIXED_SCENE_H
#define TESTS_UNIT_MIXED_SCENE_H

#include "objects_helper.h"

#include "driver/isolate_internal.h"
#include "verify/compiled.h"
#include "verify/contract.h"
#include "verify/infer.h"
#include "verify/verify.h"

#define MOST_TEXTS 6

/* A file of the tree; a text is NULL where it is absent. */
struct file {
	const char *path;
	const char *before, *after;
};

/* One string of one file after, and what is there instead. */
struct edit {
	const char *path, *old, *new;
};

struct scene {
	struct text texts[2][MOST_TEXTS];
	struct unit units[2][MOST_TEXTS];
	struct state states[2];
	struct inference in;
	struct outcome rungs[3]; /* text, tokens, code */
};

static inline char *edited(const char *text, const struct edit *edit)
{
	struct buf b = BUF_INIT;
	const char *at = strstr(text, edit->old);

	if (!at || strstr(at + 1, edit->old))
		fail_msg("'%s' is not there, or not once", edit->old);
	buf_addstr(&b, text);
	buf_splice(&b, at - text, strlen(edit->old), edit->new,
		   strlen(edit->new));
	return buf_detach(&b);
}

static inline void set_text(struct text *t, const char *path, const char *text,
			    const struct edit *edits, size_t nr)
{
	char *data = xstrdup(text);

	for (size_t i = 0; data && i < nr; i++) {
		char *old = data;

		if (!streq(edits[i].path, path))
			continue;
		data = edited(old, &edits[i]);
		free(old);
	}
	*t = (struct text){ path, data, data ? strlen(data) : 0, false };
}

static inline void scene_make(struct scene *s, const struct file *files,
			      size_t nr, const struct edit *edits,
			      size_t nr_edits)
{
	*s = (struct scene){ 0 };
	for (size_t i = 0; i < nr; i++) {
		set_text(&s->texts[0][i], files[i].path, files[i].before, NULL,
			 0);
		set_text(&s->texts[1][i], files[i].path, files[i].after, edits,
			 nr_edits);
	}
	for (int side = 0; side < 2; side++)
		s->states[side] =
			(struct state){ s->texts[side], nr, s->units[side], 0 };
}

static inline void scene_infer(struct scene *s, const struct renamed *given,
			       size_t nr)
{
	struct error err = ERROR_INIT;

	if (infer(&s->states[0], &s->states[1], given, nr, &s->in, &err))
		fail_msg("%s", err.text);
}

static inline void scene_text(struct scene *s)
{
	struct error err = ERROR_INIT;

	s->rungs[0] = (struct outcome)OUTCOME_INIT(RUNG_TEXT);
	if (verify_text(&s->in.contract, &s->states[0], &s->states[1],
			&s->rungs[0], &err))
		fail_msg("%s", err.text);
}

static inline void run_gcc(struct process *p)
{
	struct error err = ERROR_INIT;

	if (process_run(p, &err) || process_check(p, &err))
		fail_msg("%s", err.text);
	process_release(p);
}

/* Preprocessed and compiled in a folder, names forced inline as the driver
 * does. */
static inline void make_unit(struct scene *s, int side, const char *dir,
			     const char *source, const struct strv *forced)
{
	struct process p = PROCESS_INIT, q = PROCESS_INIT;
	struct unit *u = &s->units[side][s->states[side].nr_units++];
	char *tokens = xasprintf("%s/%s.i", dir, source);
	char *object = xasprintf("%s/%s.o", dir, source);
	_cleanup_free_ char *inlined = xasprintf("%s/%s.in.i", dir, source);
	struct buf text = BUF_INIT;
	struct error err = ERROR_INIT;

	process_args(&p, "gcc", "-std=gnu11", "-E", "-o", tokens, source, NULL);
	p.dir = dir;
	run_gcc(&p);
	assert_int_equal(fs_read(tokens, &text, &err), 0);
	force_inline_apply(&text, forced);
	assert_int_equal(fs_write(inlined, text.data, text.len, &err), 0);
	process_args(&q, "gcc", "-std=gnu11", "-w", "-c", "-o", object, inlined,
		     NULL);
	strv_split(&q.argv, ISOLATED, " ");
	run_gcc(&q);
	buf_release(&text);
	*u = (struct unit){ .source = source,
			    .tokens = tokens,
			    .object = object };
}

static inline void make_units(struct scene *s)
{
	struct strv forced = STRV_INIT;
	struct error err = ERROR_INIT;

	contract_forced(&s->in.contract, &forced);
	for (int side = 0; side < 2; side++) {
		const struct state *state = &s->states[side];
		_cleanup_free_ char *dir =
			xasprintf("%s/%s", scratch, side ? "after" : "before");

		assert_int_equal(fs_mkdirs(dir, &err), 0);
		for (size_t i = 0; i < state->nr_texts; i++) {
			const struct text *t = &state->texts[i];
			_cleanup_free_ char *path =
				xasprintf("%s/%s", dir, t->path);

			if (t->data)
				assert_int_equal(
					fs_write(path, t->data, t->len, &err),
					0);
			else
				unlink(path);
		}
		for (size_t i = 0; i < state->nr_texts; i++)
			if (state->texts[i].data &&
			    ends_with(state->texts[i].path, ".c"))
				make_unit(s, side, dir, state->texts[i].path,
					  &forced);
	}
	strv_release(&forced);
}

/* All rungs that need no build of a kernel. */
static inline void scene_prove(struct scene *s)
{
	struct error err = ERROR_INIT;

	scene_text(s);
	make_units(s);
	s->rungs[1] = (struct outcome)OUTCOME_INIT(RUNG_TOKENS);
	s->rungs[2] = (struct outcome)OUTCOME_INIT(RUNG_CODE);
	if (verify_tokens(&s->in.contract, &s->states[0], &s->states[1],
			  &s->rungs[1], &err) ||
	    verify_compiled(&s->in.contract, &s->states[0], &s->states[1], 1,
			    &s->rungs[1], &err) ||
	    verify_code(&s->in.contract, &s->states[0], &s->states[1],
			&s->rungs[2], &err))
		fail_msg("%s", err.text);
}

static inline void scene_release(struct scene *s)
{
	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < s->states[side].nr_texts; i++)
			free((char *)s->texts[side][i].data);
		for (size_t i = 0; i < s->states[side].nr_units; i++) {
			free((char *)s->units[side][i].tokens);
			free((char *)s->units[side][i].object);
		}
	}
	for (size_t i = 0; i < ARRAY_SIZE(s->rungs); i++)
		outcome_release(&s->rungs[i]);
	inference_release(&s->in);
}

static inline const struct done *find_done(const struct inference *in,
					   const char *what, const char *name)
{
	for (size_t i = 0; i < in->nr_done; i++)
		if (streq(in->done[i].what, what) &&
		    streq(in->done[i].name, name))
			return &in->done[i];
	return NULL;
}

static inline size_t count_residue(const struct inference *in)
{
	size_t nr = 0;

	for (size_t i = 0; i < in->nr_done; i++)
		nr += in->done[i].residue;
	return nr;
}

static inline char *list_done(const struct inference *in)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < in->nr_done; i++) {
		const struct done *d = &in->done[i];
		_cleanup_free_ char *deeds = deeds_text(d->deeds);

		buf_addf(&b, "\n\t%s%s %s '%s' %s -> %s (%s)",
			 d->residue ? "residue: " : "", deeds, d->what,
			 d->new_name ? d->new_name : d->name,
			 d->from ? d->from : "-", d->to ? d->to : "-",
			 d->but ? d->but : "");
	}
	return buf_detach(&b);
}

#endif
