// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text and counts that the renderers share. Widths are counted in code points:
 * names of C are ASCII, and subjects are Latin script nearly always; a wide
 * character only shifts a column.
 */
#define _GNU_SOURCE
#include "render.h"

#include <stdio.h>

#define REPLACEMENT "\xef\xbf\xbd"

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* Overlong forms, surrogates and values over U+10FFFF are none, as in RFC 3629. */
size_t render_sequence(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < 0x80)
		return 1;
	if (u[0] >= 0xc2 && u[0] <= 0xdf)
		return is_tail(u[1]) ? 2 : 0;
	if (u[0] >= 0xe0 && u[0] <= 0xef) {
		if ((u[0] == 0xe0 && u[1] < 0xa0) ||
		    (u[0] == 0xed && u[1] > 0x9f))
			return 0;
		return is_tail(u[1]) && is_tail(u[2]) ? 3 : 0;
	}
	if (u[0] >= 0xf0 && u[0] <= 0xf4) {
		if ((u[0] == 0xf0 && u[1] < 0x90) ||
		    (u[0] == 0xf4 && u[1] > 0x8f))
			return 0;
		return is_tail(u[1]) && is_tail(u[2]) && is_tail(u[3]) ? 4 : 0;
	}
	return 0;
}

char *render_utf8(const char *s)
{
	struct buf b = BUF_INIT;

	while (*s) {
		size_t len = render_sequence(s);

		if (len)
			buf_add(&b, s, len);
		else
			buf_addstr(&b, REPLACEMENT);
		s += len ? len : 1;
	}
	return buf_detach(&b);
}

size_t render_width(const char *s)
{
	size_t width = 0;

	for (; *s; s++)
		width += !is_tail((unsigned char)*s);
	return width;
}

/* Appends the first columns of s; blanks for control characters. */
static void add_columns(struct buf *ret, const char *s, size_t columns)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (!is_tail(c) && !columns--)
			return;
		buf_addch(ret, c < ' ' || c == 0x7f ? ' ' : (char)c);
	}
}

void render_cell(struct buf *ret, const char *s, size_t width)
{
	size_t columns = render_width(s);

	if (columns <= width) {
		add_columns(ret, s, columns);
		buf_addf(ret, "%*s", (int)(width - columns), "");
	} else if (width > 3) {
		add_columns(ret, s, width - 3);
		buf_addstr(ret, "...");
	} else {
		add_columns(ret, s, width);
	}
}

size_t render_prefix(const struct strv *subjects)
{
	const char *first = subjects->nr > 1 ? subjects->v[0] : "";
	size_t len = strlen(first);

	for (size_t i = 1; i < subjects->nr; i++) {
		size_t same = 0;

		while (same < len && first[same] == subjects->v[i][same])
			same++;
		len = same;
	}
	while (len && !(len > 1 && first[len - 1] == ' ' &&
			first[len - 2] == ':'))
		len--;
	return len;
}

size_t render_report_prefix(const struct report *report)
{
	_cleanup_(strv_release) struct strv subjects = STRV_INIT;

	for (size_t i = 0; i < report->nr; i++)
		strv_add(&subjects, report->steps[i].subject);
	return render_prefix(&subjects);
}

void render_count(struct buf *ret, size_t n)
{
	_cleanup_free_ char *digits = xasprintf("%zu", n);
	size_t len = strlen(digits);

	for (size_t i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			buf_addch(ret, ',');
		buf_addch(ret, digits[i]);
	}
}

void render_counted(struct buf *ret, size_t n, const char *plural)
{
	size_t len = strlen(plural);

	render_count(ret, n);
	buf_addch(ret, ' ');
	/* "functions and data objects" stays as it is */
	if (n == 1 && ends_with(plural, "s") && !strchr(plural, ' '))
		len--;
	buf_add(ret, plural, len);
}

const char *render_unit(enum rung rung)
{
	static const char *const units[RUNG_NR] = {
		[RUNG_TEXT] = "lines",
		[RUNG_TOKENS] = "definitions",
		[RUNG_CODE] = "functions and data objects",
		[RUNG_BUILD] = "objects",
		[RUNG_TYPES] = "functions and globals",
	};

	return units[rung];
}

char *render_commit(const char *id)
{
	return xstrndup(id ? id : "", 12);
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
	return a->weight == b->weight && a->explained == b->explained &&
	       streq(a->what, b->what) && streq(a->name, b->name) &&
	       streq(a->where, b->where) && streq(a->detail, b->detail);
}

bool render_same(const struct outcome *a, const struct outcome *b)
{
	if (a->rung != b->rung || a->result != b->result || a->nr != b->nr)
		return false;
	for (size_t i = 0; i < a->nr; i++)
		if (!same_finding(&a->findings[i], &b->findings[i]))
			return false;
	return true;
}

const struct outcome *render_rung(const struct report_config *config,
				  enum rung rung)
{
	for (size_t i = 0; i < config->nr_rungs; i++)
		if (config->rungs[i].rung == rung)
			return &config->rungs[i];
	return NULL;
}

static bool same_in(const struct report_config *config,
		    const struct outcome *o)
{
	const struct outcome *other = render_rung(config, o->rung);

	return other && render_same(o, other);
}

char *render_where_same(const struct report_step *step, enum rung rung,
			size_t first)
{
	const struct outcome *o = render_rung(&step->configs[first], rung);
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	if (!o)
		return NULL;
	for (size_t i = 0; i < first; i++)
		if (same_in(&step->configs[i], o))
			return NULL;
	for (size_t i = first; i < step->nr_configs; i++)
		if (same_in(&step->configs[i], o))
			strv_add(&names, step->configs[i].name);
	return strv_join(&names, ", ");
}

char *render_left(const struct report_step *step, size_t *i)
{
	const struct left_alone *first = &step->left[*i];
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s:%u", first->path, first->line);
	for (++*i; *i < step->nr_left; ++*i) {
		const struct left_alone *next = &step->left[*i];

		if (!streq(next->class, first->class) ||
		    !streq(next->name, first->name) ||
		    !streq(next->path, first->path))
			break;
		buf_addf(&text, ", %u", next->line);
	}
	return buf_detach(&text);
}

static void add_case(const struct drift *d, const struct drift *before,
		     struct buf *ret)
{
	bool goes_on = before && *before->name && before->class == d->class &&
		       streq(before->path, d->path);

	if (!*d->name) {
		buf_addf(ret, "%s %s", before ? ";" : ":", d->message);
		return;
	}
	if (goes_on)
		buf_addf(ret, ", %s", d->name);
	else
		buf_addf(ret, "%s %s%s%s: %s", before ? ";" : ":",
			 drift_class_name(d->class), *d->path ? ", in " : "",
			 d->path, d->name);
	if (d->line)
		buf_addf(ret, " (%u)", d->line);
}

char *render_accepted(const struct report *report, size_t *i)
{
	const struct accepted *first = &report->accepted[*i];
	const struct drift *before = NULL;
	struct buf text = BUF_INIT;

	buf_addf(&text, "%s: %s", first->step, first->done);
	for (; *i < report->nr_accepted; ++*i) {
		const struct accepted *next = &report->accepted[*i];

		if (!streq(next->step, first->step) ||
		    !streq(next->done, first->done))
			break;
		add_case(&next->drift, before, &text);
		before = &next->drift;
	}
	return buf_detach(&text);
}

static void add_config(const struct report_config *config,
		       struct render_totals *ret, size_t *lines)
{
	for (size_t i = 0; i < config->nr_rungs; i++) {
		const struct outcome *o = &config->rungs[i];

		strv_add_list(&ret->not_compared, &o->not_compared);
		if (o->rung != RUNG_TEXT)
			ret->checked[o->rung] += o->checked;
		else if (o->checked > *lines)
			*lines = o->checked;
	}
	for (size_t i = 0; i < config->not_taken.nr; i++)
		strv_addf(&ret->not_taken, "%s: %s", config->name,
			  config->not_taken.v[i]);
	ret->codegen += config->nr_codegen;
	for (size_t i = 0; i < config->nr_codegen; i++)
		ret->codegen_bytes += (long)config->codegen[i].after -
				      (long)config->codegen[i].before;
}

void render_totals(const struct report *report, struct render_totals *ret)
{
	*ret = (struct render_totals){ .not_compared = STRV_INIT };
	for (size_t i = 0; i < report->nr; i++) {
		const struct report_step *step = &report->steps[i];
		/* Text holds for all configurations: count it once a step. */
		size_t lines = 0;

		for (size_t j = 0; j < step->nr_configs; j++)
			add_config(&step->configs[j], ret, &lines);
		ret->checked[RUNG_TEXT] += lines;
	}
	strv_uniq(&ret->not_compared);
	strv_uniq(&ret->not_taken);
}

void render_totals_release(struct render_totals *totals)
{
	strv_release(&totals->not_compared);
	strv_release(&totals->not_taken);
}

static void add_crcs(const struct report_config *config, struct strv *ret)
{
	for (size_t r = 0; r < config->nr_rungs; r++)
		for (size_t i = 0; i < config->rungs[r].nr; i++) {
			const struct finding *f = &config->rungs[r].findings[i];

			if (streq(f->what, "export-crc"))
				strv_add(ret, f->name);
		}
}

char *render_kabi(const struct report *report)
{
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	for (size_t i = 0; i < report->nr; i++)
		for (size_t c = 0; c < report->steps[i].nr_configs; c++)
			add_crcs(&report->steps[i].configs[c], &names);
	strv_uniq(&names);
	if (!names.nr)
		return NULL;
	return xasprintf("%zu export%s changed %s CRC: modules that were built "
			 "outside of the tree must be built again",
			 names.nr, names.nr == 1 ? "" : "s",
			 names.nr == 1 ? "its" : "their");
}

static long grown(const struct codegen *row)
{
	long by = (long)row->after - (long)row->before;

	return by < 0 ? -by : by;
}

/* Puts a row in its place among the nr there are; the last of too many goes. */
static size_t insert_row(const struct codegen **list, size_t nr, size_t most,
			 const struct codegen *row)
{
	size_t at = 0;

	for (size_t i = 0; i < nr; i++)
		if (streq(list[i]->name, row->name))
			return nr;
	while (at < nr && grown(list[at]) >= grown(row))
		at++;
	if (at == most)
		return nr;
	nr += nr < most;
	memmove(&list[at + 1], &list[at], (nr - at - 1) * sizeof(*list));
	list[at] = row;
	return nr;
}

size_t render_codegen(const struct report *report, const struct codegen **ret,
		      size_t most)
{
	size_t nr = 0;

	for (size_t i = 0; i < report->nr; i++)
		for (size_t c = 0; c < report->steps[i].nr_configs; c++) {
			const struct report_config *config =
				&report->steps[i].configs[c];

			for (size_t k = 0; k < config->nr_codegen; k++)
				nr = insert_row(ret, nr, most,
						&config->codegen[k]);
		}
	return nr;
}
