/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A report to work on: a series of one move that is exact in two
 * configurations, and what makes it more interesting. For test_report*.c.
 */
#ifndef TESTS_UNIT_REPORT_SAMPLE_H
#define TESTS_UNIT_REPORT_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "driver/report.h"

static inline struct outcome *add_rung(struct report_config *config, enum rung rung,
				size_t checked)
{
	struct outcome *o;

	config->rungs = xrealloc(config->rungs, config->nr_rungs + 1,
				 sizeof(*config->rungs));
	o = &config->rungs[config->nr_rungs++];
	*o = (struct outcome)OUTCOME_INIT(rung);
	outcome_ran(o);
	o->checked = checked;
	return o;
}

static inline void fill_config(struct report_config *config, const char *name)
{
	config->name = xstrdup(name);
	config->built = true;
	config->build_ok = true;
	config->objects_built = 61;
	add_rung(config, RUNG_TEXT, 14178);
	add_rung(config, RUNG_TOKENS, 877);
	add_rung(config, RUNG_CODE, 1104);
	add_rung(config, RUNG_BUILD, 61);
}

static inline struct report_step *add_step(struct report *r, const char *name,
				    const char *kind)
{
	struct report_step *step;

	ARRAY_GROW(r->steps, r->nr, r->alloc);
	step = &r->steps[r->nr++];
	*step = (struct report_step){
		.name = xstrdup(name),
		.kind = xstrdup(kind),
		.subject = xstrdup("lib: shapes: Move the area to area.c"),
		.commit = xstrdup("0123456789abcdef0123456789abcdef01234567"),
		.nr_items = 1,
		.nr_configs = 2,
	};
	step->items = xcalloc(1, sizeof(*step->items));
	step->items[0] = (struct touched){ xstrdup("shape_area"),
					   xstrdup("function"),
					   xstrdup("lib/shapes.c"),
					   xstrdup("lib/area.c") };
	step->configs = xcalloc(2, sizeof(*step->configs));
	fill_config(&step->configs[0], "full");
	fill_config(&step->configs[1], "small");
	return step;
}

static inline int setup(void **state)
{
	struct report *r = xcalloc(1, sizeof(*r));

	r->series = xstrdup("shapes");
	r->base_describe = xstrdup("v1.2");
	r->base_commit = xstrdup("89abcdef0123456789abcdef0123456789abcdef");
	strv_add(&r->tools, "git\t2.39.5");
	strv_add(&r->tools, "spatch\t1.1.1");
	add_step(r, "0010-move-area", "move");
	*state = r;
	return 0;
}

static inline int teardown(void **state)
{
	report_release(*state);
	free(*state);
	return 0;
}

static inline struct outcome *rung_of(struct report *r, size_t config, enum rung rung)
{
	struct report_config *c = &r->steps[0].configs[config];

	for (size_t i = 0; i < c->nr_rungs; i++)
		if (c->rungs[i].rung == rung)
			return &c->rungs[i];
	return NULL;
}

static inline void add_codegen(struct report_config *config, const char *name,
			unsigned long before, unsigned long after)
{
	config->codegen = xrealloc(config->codegen, config->nr_codegen + 1,
				   sizeof(*config->codegen));
	config->codegen[config->nr_codegen++] =
		(struct codegen){ xstrdup(name), before, after,
				  xstrdup("g inlined into it") };
}

static inline void add_left(struct report_step *step, const char *class,
			    const char *path, unsigned int line)
{
	step->left = xrealloc(step->left, step->nr_left + 1,
			      sizeof(*step->left));
	step->left[step->nr_left++] = (struct left_alone){
		xstrdup(class), xstrdup("shape_area"), xstrdup(path), line,
	};
}

static inline void drop_rungs(struct report_config *config)
{
	for (size_t i = 0; i < config->nr_rungs; i++)
		outcome_release(&config->rungs[i]);
	config->nr_rungs = 0;
}

static inline struct report_deed *add_deed(struct report_step *step,
					   const char *deeds, const char *what,
					   const char *name, const char *from,
					   const char *to, size_t lines)
{
	struct report_deed *deed;

	step->deeds = xrealloc(step->deeds, step->nr_deeds + 1,
			       sizeof(*step->deeds));
	deed = &step->deeds[step->nr_deeds++];
	*deed = (struct report_deed){ .deeds = xstrdup(deeds),
				      .what = xstrdup(what),
				      .name = xstrdup(name),
				      .from = xstrdup(from),
				      .to = xstrdup(to),
				      .lines = lines };
	return deed;
}

/* The report of a range whose one commit moved and renamed, and left residue. */
static inline void make_range(struct report *r)
{
	struct report_step *step = &r->steps[0];
	struct report_deed *deed;

	free(r->series);
	r->series = xstrdup("v1.2..HEAD");
	r->range = r->squashed = true;
	strv_add(&r->paths, "lib");
	free(step->kind);
	step->kind = xstrdup("mixed");
	add_deed(step, "moved", "function", "shape_area", "lib/shapes.c:12",
		 "lib/area.c:3", 9);
	deed = add_deed(step, "moved", "function", "shape_edge",
			"lib/shapes.c:30", "lib/area.c:14", 1);
	deed->new_name = xstrdup("area_edge");
	deed->but = xstrdup("names");
	add_deed(step, "changed", "function", "shape_new", "lib/shapes.c:50",
		 "lib/shapes.c:20", 7)->residue = true;
	add_deed(step, "prototype, added", "prototype", "area_edge", NULL,
		 "lib/shapes.h:8", 1);
}

/* A report with everything in it that can be in it. */
static inline void fill_all(struct report *r)
{
	struct report_step *step = add_step(r, "0020-odd", "promote");
	struct report_config *config = &step->configs[1];

	free(step->commit);
	step->commit = NULL;
	drifts_add(&step->drifts, DRIFT_PROMOTION, "f", "a.c", 7, "add one",
		   "f is used across the cut");
	drifts_remedy(&step->drifts, REMEDY_PROMOTE, "a.h");
	drifts_add(&step->drifts, DRIFT_NO_CHANGE, "", "a.c", 0, NULL,
		   "nothing changed");
	report_accept(r, "0005-gone", &step->drifts.v[1],
		      "the step is left out");
	report_accept(r, "0020-odd", &step->drifts.v[0], "promoted");
	config->built = false;
	config->build_ok = false;
	config->objects_built = 0;
	drop_rungs(config);
	add_codegen(&step->configs[0], "f", 0, 4294967296UL);
	strv_add(&step->configs[0].warnings_new, "unused \"x\"\t\x01");
	outcome_add(&step->configs[0].rungs[0], RESULT_EQUAL, "function", "g",
		    "a.c:3", "changed");
	outcome_add(&step->configs[0].rungs[1], RESULT_UNDECIDED, "unit", "g",
		    "a.c:3", "unreadable: \xff\xc3");
	add_rung(&step->configs[0], RUNG_TYPES, 0)->result = RESULT_NOT_RUN;
	add_left(step, "pasted argument", "a.c", 7);
	free(r->steps[0].items[0].to);
	r->steps[0].items[0].to = NULL;
}

#define assert_has(text, part)                                                 \
	do {                                                                   \
		if (!strstr((text), (part)))                                   \
			fail_msg("no '%s' in:\n%s", (part), (text));           \
	} while (0)
#define assert_lacks(text, part)                                               \
	do {                                                                   \
		if (strstr((text), (part)))                                    \
			fail_msg("'%s' in:\n%s", (part), (text));              \
	} while (0)

static inline char *dump(const struct report *r)
{
	json_t *json = report_json(r);
	char *text = json_dumps(json, JSON_INDENT(2));

	json_decref(json);
	assert_non_null(text);
	return text;
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

#endif
