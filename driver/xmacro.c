// SPDX-License-Identifier: GPL-2.0-only
/*
 * An #include line expands a list when a macro that is defined right above it is
 * called by the header, as a line of its own, or is undefined behind it.
 */
#include "xmacro.h"

#include "include_path.h"

#define TRACE_POINTS "CREATE_TRACE_POINTS"

/* What may stand between "#define X" and the line that it is defined for. */
static bool goes_on(const struct item *it)
{
	return it->kind == ITEM_MACRO || it->kind == ITEM_UNDEF ||
	       it->kind == ITEM_COMMENT || it->kind == ITEM_CONDITIONAL ||
	       it->kind == ITEM_BLANK;
}

static bool is_undefined_behind(const struct items *items, size_t i,
				const char *macro)
{
	return items_find(items, ITEM_UNDEF, macro, i) != ITEMS_NONE;
}

static bool calls(const struct items *header, const char *macro)
{
	return items_find(header, ITEM_CALL, macro, 0) != ITEMS_NONE;
}

/* The macro that the line at i expands a list with; NULL. */
static const struct item *macro_of(const struct items *items, size_t i,
				   const struct items *header)
{
	for (size_t k = i; k-- && goes_on(&items->v[k]);) {
		const struct item *it = &items->v[k];

		if (it->kind != ITEM_MACRO || streq(it->name, TRACE_POINTS) ||
		    streq(it->name, "pr_fmt"))
			continue;
		if (calls(header, it->name) ||
		    is_undefined_behind(items, i, it->name))
			return it;
	}
	return NULL;
}

/* The text of what the line means; empty when the tree has no such file. */
static int read_header(const struct xmacro_move *m, const char *include,
		       struct buf *ret, struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;
	int found = 0;

	include_candidates(m->from_path, include, &paths);
	for (size_t i = 0; i < paths.nr && !found; i++)
		found = m->edits->read(m->edits->read_data, paths.v[i], ret,
				       err);
	return found < 0 ? -1 : 0;
}

static int check_include(const struct xmacro_move *m, const char *include,
			 struct drifts *drifts, struct error *err)
{
	size_t i = items_find(m->from, ITEM_INCLUDE, include, 0);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	const struct item *macro;
	struct items header;

	if (i == ITEMS_NONE)
		return 0;
	if (read_header(m, include, &text, err))
		return -1;
	items_parse(text.data, text.len, &header);
	macro = macro_of(m->from, i, &header);
	items_release(&header);
	if (!macro)
		return 0;
	drifts_add(drifts, DRIFT_XMACRO, include, m->from_path,
		   m->from->v[i].line_begin,
		   "leave it out, or include it there with macros of its own",
		   "%s is a list that '%s' of line %u expands, and %s would "
		   "include it without", include, macro->name,
		   macro->line_begin, m->to_path);
	return 0;
}

/* "#define CREATE_TRACE_POINTS" belongs to one file, whoever includes the rest. */
static void check_trace_points(const struct xmacro_move *m,
			       const struct items *preamble,
			       struct drifts *drifts)
{
	size_t here = items_find(m->from, ITEM_MACRO, TRACE_POINTS, 0);
	bool copied = items_find(preamble, ITEM_MACRO, TRACE_POINTS, 0) !=
		      ITEMS_NONE;

	if (here == ITEMS_NONE || (!copied && !strv_has(m->names, TRACE_POINTS)))
		return;
	drifts_add(drifts, DRIFT_XMACRO, TRACE_POINTS, m->from_path,
		   m->from->v[here].line_begin,
		   copied ? "take it out of 'Preamble:'" :
			    "leave it where it is",
		   "%s makes the trace points here, and %s would %s",
		   TRACE_POINTS, m->to_path,
		   copied ? "make them once more" : "make them instead");
	drifts_remedy(drifts, copied ? REMEDY_NO_MACRO : REMEDY_LEAVE_OUT,
		      NULL);
}

int xmacro_check(const struct xmacro_move *m, struct drifts *drifts,
		 struct error *err)
{
	const char *text = m->preamble ? m->preamble : "";
	struct items preamble;
	int result = 0;

	items_parse(text, strlen(text), &preamble);
	check_trace_points(m, &preamble, drifts);
	for (size_t i = 0; i < preamble.nr && !result; i++)
		if (preamble.v[i].kind == ITEM_INCLUDE)
			result = check_include(m, preamble.v[i].name, drifts,
					       err);
	for (size_t i = 0; i < m->includes->nr && !result; i++)
		result = check_include(m, m->includes->v[i], drifts, err);
	items_release(&preamble);
	return result;
}
