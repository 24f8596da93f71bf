// SPDX-License-Identifier: GPL-2.0-only
/*
 * The same is said in every configuration, as it is about all of them together.
 */
#include "range_findings.h"

#include "lib/fs.h"

static void add_to_tokens(const struct session *s, struct report_config *rows,
			  enum result weight, const char *what,
			  const char *name, const char *where,
			  const char *detail)
{
	for (size_t c = 0; c < s->nr_configs; c++)
		for (size_t r = 0; r < rows[c].nr_rungs; r++) {
			struct outcome *o = &rows[c].rungs[r];

			if (o->rung != RUNG_TOKENS ||
			    o->result == RESULT_NOT_RUN)
				continue;
			outcome_add(o, weight, what, name, where, "%s", detail);
			outcome_sort(o);
		}
}

static void add_unbuilt(const struct session *s, const struct strv *touched,
			struct report_config *rows)
{
	const struct strv *unbuilt = &s->scope.unbuilt;

	for (size_t i = 0; i < unbuilt->nr; i++) {
		size_t len = strcspn(unbuilt->v[i], "\t");
		_cleanup_free_ char *header = xstrndup(unbuilt->v[i], len);

		if (strv_has(touched, header))
			add_to_tokens(s, rows,
				      s->scope.chosen ? RESULT_EQUAL :
							RESULT_UNDECIDED,
				      "header", header, header,
				      unbuilt->v[i] + len + 1);
	}
}

/* Symbols of touched sources that no configuration has. */
static int find_off(const struct session *s, const struct lane *lanes,
		    struct strv *ret, struct error *err)
{
	for (size_t i = 0; i < s->scope.guards.nr; i++)
		strv_addn(ret, s->scope.guards.v[i],
			  strcspn(s->scope.guards.v[i], "\t"));
	strv_uniq(ret);
	for (size_t c = 0; c < s->nr_configs && ret->nr; c++) {
		_cleanup_free_ char *config = fs_join(lanes[c].out, ".config");
		_cleanup_(strv_release) struct strv all = *ret;

		*ret = (struct strv)STRV_INIT;
		if (kbuild_symbols_off(config, &all, ret, err))
			return -1;
	}
	return 0;
}

static void add_off(const struct session *s, const struct strv *touched,
		    const char *symbol, struct report_config *rows)
{
	const struct strv *guards = &s->scope.guards;
	size_t len = strlen(symbol);

	for (size_t i = 0; i < guards->nr; i++) {
		const char *guard = guards->v[i];

		if (strncmp(guard, symbol, len) != 0 || guard[len] != '\t' ||
		    !strv_has(touched, guard + len + 1))
			continue;
		add_to_tokens(s, rows, RESULT_EQUAL, "config", symbol,
			      guard + len + 1,
			      "is off in every configuration: this file is not built");
	}
}

int range_findings(const struct session *s, const struct strv *touched,
		   const struct lane *lanes, struct report_config *rows,
		   struct error *err)
{
	_cleanup_(strv_release) struct strv off = STRV_INIT;

	add_unbuilt(s, touched, rows);
	if (find_off(s, lanes, &off, err))
		return -1;
	for (size_t i = 0; i < off.nr; i++)
		add_off(s, touched, off.v[i], rows);
	return 0;
}
