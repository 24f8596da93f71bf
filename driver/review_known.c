// SPDX-License-Identifier: GPL-2.0-only
#define _GNU_SOURCE
#include "review_known.h"

static void add_known(const struct review_commit *c, struct report_step *step)
{
	step->nr_configs = c->evidence.nr;
	step->configs = xcalloc(c->evidence.nr, sizeof(*step->configs));
	for (size_t i = 0; i < c->evidence.nr; i++)
		step->configs[i] = *c->evidence.configs[i];
}

/* The names are never written to, but a report's are its own. */
static void add_unknown(const struct review_commit *c, struct report_step *step)
{
	static char name[] = REVIEW_NOT_BUILT;

	step->nr_configs = 1;
	step->configs = xcalloc(1, sizeof(*step->configs));
	step->configs[0] = (struct report_config){
		.name = name,
		.rungs = (struct outcome *)&c->text,
		.nr_rungs = 1,
		.verdict = step->verdict,
	};
}

void review_known(const struct review *review, struct report *ret)
{
	*ret = (struct report){ .nr = review->nr };
	ret->steps = xcalloc(review->nr + 1, sizeof(*ret->steps));
	for (size_t i = 0; i < review->nr; i++) {
		const struct review_commit *c = &review->commits[i];
		struct report_step *step = &ret->steps[i];

		step->subject = c->subject;
		step->commit = c->id;
		step->name = c->name;
		step->kind = c->kind;
		step->verdict = review_verdict(c);
		ret->verdict = verdict_worse(ret->verdict, step->verdict);
		if (c->evidence.nr)
			add_known(c, step);
		else
			add_unknown(c, step);
	}
}

void review_known_release(struct report *report)
{
	for (size_t i = 0; i < report->nr; i++)
		free(report->steps[i].configs);
	free(report->steps);
	*report = (struct report){ 0 };
}

static bool has(const char *const *names, size_t nr, const char *name)
{
	for (size_t i = 0; i < nr; i++)
		if (streq(names[i], name))
			return true;
	return false;
}

size_t review_known_configs(const struct report *report, const char ***ret)
{
	size_t nr = 0, alloc = 0;

	*ret = NULL;
	for (size_t i = 0; i < report->nr; i++)
		for (size_t k = 0; k < report->steps[i].nr_configs; k++) {
			const char *name = report->steps[i].configs[k].name;

			if (has(*ret, nr, name))
				continue;
			ARRAY_GROW(*ret, nr, alloc);
			(*ret)[nr++] = name;
		}
	return nr;
}

const struct report_config *review_known_config(const struct report_step *step,
						 const char *name)
{
	for (size_t i = 0; i < step->nr_configs; i++)
		if (streq(step->configs[i].name, name))
			return &step->configs[i];
	return NULL;
}
