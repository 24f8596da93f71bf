// SPDX-License-Identifier: GPL-2.0-only
/*
 * The second account of the text rung: it knows lines, not items, so that an
 * item with a wrong border cannot hide anything. All lines of the old C files
 * that are not empty must be in the new ones, as often; and the new files must
 * be made of runs of old lines, in the order of the old file, where a run may
 * begin only with a line that can begin an item (column 0, no brace).
 * Lines that the contract lets come or go are left out on both sides.
 */
#define _GNU_SOURCE
#include "text.h"

/* How far a run is followed when the places that it may continue are compared. */
#define LOOK_AHEAD 64

struct line {
	const char *data; /* with its newline, so that a lost one is seen */
	size_t len;
	size_t file;
	unsigned int number; /* physical line, from 1 */
	size_t class;	     /* equal lines have equal classes */
	bool may_begin;	     /* a run may begin here */
	bool fresh;	     /* what stands before it is left out */
};

struct lines {
	struct line *v;
	size_t nr, alloc;
	size_t *by_class; /* old side: first line of a class; TEXT_NONE */
	size_t *next;	  /* old side: next line of the same class */
};

static bool is_left_out(const struct text_side *side, size_t file, size_t begin,
			size_t end)
{
	for (size_t i = 0; i < side->nr_ranges; i++) {
		const struct range *r = &side->ranges[i];

		if (r->file == file && r->begin < end && r->end > begin)
			return true;
	}
	return false;
}

static bool can_begin_item(const char *data)
{
	return !strchr(" \t{})", *data);
}

static void read_file(const struct text_side *side, size_t file,
		      struct lines *ret)
{
	const struct text *text = side->files[file].text;
	unsigned int number = 1;
	bool first = true;

	for (size_t begin = 0, end; begin < text->len; begin = end, number++) {
		const char *newline = memchr(text->data + begin, '\n',
					     text->len - begin);

		end = newline ? (size_t)(newline - text->data) + 1 : text->len;
		if (newline == text->data + begin)
			continue;
		if (is_left_out(side, file, begin, end)) {
			first = true;
			continue;
		}
		ARRAY_GROW(ret->v, ret->nr, ret->alloc);
		ret->v[ret->nr++] = (struct line){
			.data = text->data + begin,
			.len = end - begin,
			.file = file,
			.number = number,
			.fresh = first,
			.may_begin = first || can_begin_item(text->data + begin),
		};
		first = false;
	}
}

static void read_side(const struct text_side *side, struct lines *ret)
{
	for (size_t i = 0; i < side->nr_files; i++)
		if (side->files[i].is_c && side->files[i].text->data)
			read_file(side, i, ret);
}

static int compare_lines(const void *left, const void *right)
{
	const struct line *a = *(struct line *const *)left;
	const struct line *b = *(struct line *const *)right;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->data, b->data, a->len);
}

static size_t classify(struct lines *old, struct lines *new)
{
	size_t nr = old->nr + new->nr, class = 0;
	_cleanup_free_ struct line **all = xcalloc(nr, sizeof(*all));

	for (size_t i = 0; i < nr; i++)
		all[i] = i < old->nr ? &old->v[i] : &new->v[i - old->nr];
	qsort(all, nr, sizeof(*all), compare_lines);
	for (size_t i = 0; i < nr; i++) {
		if (i && compare_lines(&all[i - 1], &all[i]))
			class++;
		all[i]->class = class;
	}
	return class + 1;
}

static void index_old(struct lines *old, size_t classes)
{
	old->by_class = xcalloc(classes, sizeof(*old->by_class));
	old->next = xcalloc(old->nr, sizeof(*old->next));
	for (size_t i = 0; i < classes; i++)
		old->by_class[i] = TEXT_NONE;
	for (size_t i = old->nr; i-- > 0;) {
		old->next[i] = old->by_class[old->v[i].class];
		old->by_class[old->v[i].class] = i;
	}
}

static void report_line(struct text_check *check, const struct text_side *side,
			const struct line *line, const char *detail)
{
	_cleanup_free_ char *where = NULL;
	struct finding *f;

	where = xasprintf("%s:%u", side->files[line->file].text->path,
			  line->number);
	f = outcome_add(check->out, RESULT_DIFFERENT, "line", NULL, where, "%s",
			detail);
	f->excerpt = xstrndup(line->data, line->len -
				(line->data[line->len - 1] == '\n'));
}

struct account {
	struct text_check *check;
	bool brief;	     /* the items have been reported: only count here */
	size_t lost, added, misplaced;
	const struct line *first; /* of the misplaced, for a brief report */
};

/* balance[class]: lines of a class in old, minus those in new. */
static void count_lines(struct account *acc, const struct lines *old,
			const struct lines *new, size_t classes)
{
	_cleanup_free_ long *balance = xcalloc(classes, sizeof(*balance));

	for (size_t i = 0; i < old->nr; i++)
		balance[old->v[i].class]++;
	for (size_t i = 0; i < new->nr; i++)
		balance[new->v[i].class]--;
	for (size_t i = old->nr; i-- > 0;) {
		if (balance[old->v[i].class] <= 0)
			continue;
		balance[old->v[i].class]--;
		acc->lost++;
		if (!acc->brief)
			report_line(acc->check, &acc->check->before, &old->v[i],
				    "lost, or there less often");
	}
	for (size_t i = new->nr; i-- > 0;) {
		if (balance[new->v[i].class] >= 0)
			continue;
		balance[new->v[i].class]++;
		acc->added++;
		if (!acc->brief)
			report_line(acc->check, &acc->check->after, &new->v[i],
				    "added, or there more often");
	}
}

static bool follows(const struct lines *lines, size_t i)
{
	return i + 1 < lines->nr && lines->v[i + 1].file == lines->v[i].file;
}

/*
 * Lines that both sides go on with from here, up to a limit; 0 if the run would
 * end where no other can begin. Where something is left out it may end though
 * the next lines happen to be the same: a brace follows many a head.
 */
static size_t run_length(const struct lines *old, size_t i,
			 const struct lines *new, size_t k)
{
	size_t n = 1, end = 0;

	for (; n < LOOK_AHEAD; n++, i++, k++) {
		if (!follows(new, k))
			return n;
		if (new->v[k + 1].fresh)
			end = n;
		if (!follows(old, i) ||
		    old->v[i + 1].class != new->v[k + 1].class)
			return new->v[k + 1].may_begin ? n : end;
	}
	return n;
}

/*
 * Where in the old files the run that begins with new line k stood. The same
 * line may stand in many places: the one that goes on longest is the right one.
 */
static size_t find_run(const struct lines *old, const struct lines *new,
		       size_t k)
{
	size_t best = TEXT_NONE, longest = 0;
	size_t i = old->by_class[new->v[k].class];

	for (; i < old->nr; i = old->next[i]) {
		size_t len;

		if (!old->v[i].may_begin)
			continue;
		len = run_length(old, i, new, k);
		if (len > longest) {
			longest = len;
			best = i;
		}
	}
	return best;
}

static void misplaced(struct account *acc, const struct line *line)
{
	if (!acc->misplaced++)
		acc->first = line;
	if (!acc->brief)
		report_line(acc->check, &acc->check->after, line,
			    "it does not follow the line that it followed");
}

/*
 * at: the old line that the new line before stood on; TEXT_NONE behind a
 * line that was reported. A line that can begin a run is looked up anew even
 * where the old run goes on, because "/" "*" follows everything.
 */
static void walk_lines(struct account *acc, const struct lines *old,
		       const struct lines *new)
{
	size_t at = TEXT_NONE;

	for (size_t k = 0; k < new->nr; k++) {
		const struct line *line = &new->v[k];
		bool goes_on = k && follows(new, k - 1) && at != TEXT_NONE &&
			       follows(old, at) &&
			       old->v[at + 1].class == line->class;

		if (goes_on && (!line->may_begin ||
				run_length(old, at + 1, new, k) == LOOK_AHEAD)) {
			at++;
			continue;
		}
		if (line->may_begin) {
			size_t start = find_run(old, new, k);

			if (start != TEXT_NONE) {
				at = start;
				continue;
			}
		}
		if (goes_on) {
			at++;
			continue;
		}
		/* An added line has been counted; the rest is out of order. */
		if (old->by_class[line->class] != TEXT_NONE)
			misplaced(acc, line);
		at = old->by_class[line->class];
	}
}

static void report_brief(struct account *acc)
{
	if (!acc->brief || (!acc->lost && !acc->added && !acc->misplaced))
		return;
	outcome_add(acc->check->out, RESULT_DIFFERENT, "lines", NULL, NULL,
		    "%zu lost, %zu added, %zu out of order", acc->lost,
		    acc->added, acc->misplaced);
}

void text_lines(struct text_check *check)
{
	struct account acc = {
		.check = check,
		.brief = check->out->result == RESULT_DIFFERENT,
	};
	struct lines old = { 0 }, new = { 0 };
	size_t classes;

	read_side(&check->before, &old);
	read_side(&check->after, &new);
	check->out->checked += old.nr;
	classes = classify(&old, &new);
	index_old(&old, classes);
	count_lines(&acc, &old, &new, classes);
	walk_lines(&acc, &old, &new);
	report_brief(&acc);
	free(old.v);
	free(old.by_class);
	free(old.next);
	free(new.v);
}
