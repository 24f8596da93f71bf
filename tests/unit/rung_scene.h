/* SPDX-License-Identifier: GPL-2.0-only */
/* Units before and after a step, compiled, for the tests of the code rung. */
#ifndef TESTS_UNIT_RUNG_SCENE_H
#define TESTS_UNIT_RUNG_SCENE_H

#include "objects_helper.h"

#include "verify/verify.h"

#define EXT "extern int num(int, int);\n"

/* A unit made from what stands in a header and what stands in its source. */
struct source {
	const char *path, *header, *text, *key;
};

struct built {
	struct unit units[MOST_FILES];
	struct state state;
	char *objects[MOST_FILES], *tokens[MOST_FILES];
};

static inline void build(const char *dir, const struct source *sources,
			 struct built *ret)
{
	*ret = (struct built){ .state.units = ret->units };
	for (int i = 0; i < MOST_FILES && sources[i].path; i++) {
		const struct source *s = &sources[i];
		_cleanup_free_ char *text =
			xasprintf("# 1 \"dir/x.h\" 1\n%s\n# 9 \"%s\" 2\n%s",
				  s->header, s->path, s->text);

		ret->objects[i] = s->text[0] == '!' ? NULL :
				  compile(dir, 'a' + i, text, ISOLATED);
		ret->tokens[i] = xasprintf("%s/%s/%c.c", scratch, dir, 'a' + i);
		ret->units[i] = (struct unit){ s->path, ret->tokens[i],
					       ret->objects[i], s->key };
		ret->state.nr_units++;
	}
}

static inline void built_release(struct built *b)
{
	for (int i = 0; i < MOST_FILES; i++) {
		free(b->objects[i]);
		free(b->tokens[i]);
	}
}

static inline void run(const struct contract *c, const struct source *before,
		       const struct source *after, struct outcome *ret)
{
	struct built a, b;
	struct error err = ERROR_INIT;

	build("before", before, &a);
	build("after", after, &b);
	if (verify_code(c, &a.state, &b.state, ret, &err))
		fail_msg("%s", err.text);
	built_release(&a);
	built_release(&b);
}

#endif
