// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reads the folder of a series. Everything is checked here, before the first
 * program runs: a series of thirty steps must not fail for a misspelt key in
 * the thirtieth after an hour of builds.
 */
#define _GNU_SOURCE
#include "series.h"

#include "amend.h"
#include "lib/buf.h"
#include "lib/fs.h"
#include "nearest.h"
#include "series_parts.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int place_error(const struct place *at, struct error *err, const char *fmt, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		text = xstrdup(fmt);
	va_end(args);
	return error_set(err, ERROR_INPUT, "%s:%u: %s", at->path, at->line,
			 text);
}

const char *step_kind_name(enum step_kind kind)
{
	static const char *const names[] = {
		[STEP_MOVE] = "move",
		[STEP_PROMOTE] = "promote",
		[STEP_RENAME] = "rename",
		[STEP_RENAME_FILE] = "rename-file",
		[STEP_INCLUDES] = "includes",
		[STEP_EXTRACT] = "extract",
		[STEP_TRANSFORM] = "transform",
	};

	return names[kind];
}

const char *step_after(const struct step *step, size_t name)
{
	if (!step->after.nr)
		return NULL;
	return step->after.v[step->after.nr == 1 ? 0 : name];
}

/* Names of the files in a folder that end in suffix, sorted; hidden ones not. */
static int list_folder(const char *dir, const char *suffix, struct strv *ret,
		       struct error *err)
{
	DIR *d = opendir(dir);

	if (!d)
		return error_errno(err, "cannot read the folder %s", dir);
	for (struct dirent *e; (e = readdir(d));)
		if (*e->d_name != '.' && ends_with(e->d_name, suffix))
			strv_add(ret, e->d_name);
	closedir(d);
	strv_sort(ret);
	return 0;
}

/* Names end up in file names, branch names and reports. */
static bool is_step_name(const char *s)
{
	if (!isalnum((unsigned char)*s))
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && !strchr("._+-", *s))
			return false;
	return true;
}

/* One line of the series file: a name, blanks around it, a comment behind. */
static int read_name(const struct place *at, char *line, struct strv *names,
		     struct error *err)
{
	size_t begin = strspn(line, " \t"), len;
	char *name = line + begin;

	for (char *p = name; *p; p++) {
		if (*p != '#' || (p > name && !isspace((unsigned char)p[-1])))
			continue;
		*p = '\0';
		break;
	}
	len = strlen(name);
	while (len && isspace((unsigned char)name[len - 1]))
		name[--len] = '\0';
	if (ends_with(name, ".cocci"))
		name[len - strlen(".cocci")] = '\0';
	if (!len)
		return 0;
	if (!is_step_name(name))
		return place_error(at, err,
				   "'%s' is no name of a step: letters, digits, "
				   "'.', '_', '+' and '-'",
				   name);
	if (strv_has(names, name))
		return place_error(at, err, "the step '%s' is listed twice",
				   name);
	strv_add(names, name);
	return 0;
}

static int read_names(const char *path, struct strv *names,
		      struct strv *lines, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct place at = { path, 1 };

	if (fs_read(path, &text, err))
		return -1;
	if (strlen(text.data) != text.len)
		return place_error(&at, err, "the file holds a NUL byte");
	for (char *s = text.data; *s; at.line++) {
		size_t len = strcspn(s, "\n"), nr = names->nr;
		bool last = !s[len];

		s[len] = '\0';
		if (read_name(&at, s, names, err))
			return -1;
		if (names->nr > nr)
			strv_addf(lines, "%u", at.line);
		s += len + !last;
	}
	if (!names->nr)
		return place_error(&at, err, "the series lists no step");
	return 0;
}

/* Both ways: a step that is listed and missing, one that is there and not listed. */
static int check_listed(const char *dir, const char *path,
			const struct strv *names, const struct strv *lines,
			struct error *err)
{
	_cleanup_(strv_release) struct strv there = STRV_INIT;

	if (list_folder(dir, ".cocci", &there, err))
		return -1;
	for (size_t i = 0; i < names->nr; i++) {
		_cleanup_free_ char *file = xasprintf("%s.cocci", names->v[i]);

		if (!strv_has(&there, file))
			return error_set(err, ERROR_INPUT,
					 "%s:%s: there is no %s in the folder",
					 path, lines->v[i], file);
	}
	for (size_t i = 0; i < there.nr; i++) {
		size_t len = strlen(there.v[i]) - strlen(".cocci");
		_cleanup_free_ char *name = xstrndup(there.v[i], len);

		if (!strv_has(names, name))
			return error_set(err, ERROR_INPUT,
					 "%s/%s:1: this step is not listed in %s",
					 dir, there.v[i], path);
	}
	return 0;
}

static int check_after(const struct step *step, const struct place *at,
		       struct error *err)
{
	if (step->after.nr <= 1)
		return 0;
	if (step->kind == STEP_PROMOTE && !step->as_inline &&
	    step->after.nr == step->names.nr)
		return 0;
	return place_error(at, err,
			   "'After' has %zu names: one is enough, and only a "
			   "promote to prototypes may have one for each of its %zu",
			   step->after.nr, step->names.nr);
}

static int check_optional(const struct step *step, const struct place *at,
			  struct error *err)
{
	for (size_t i = 0; i < step->optional.nr; i++) {
		const char *name = step->optional.v[i];

		if (!strv_has(&step->names, name) &&
		    !amend_preamble_line(step, name))
			return place_error(at, err,
					   "'Optional' has '%s', which the step "
					   "is not about: it is none of its names, "
					   "and no macro of its Preamble", name);
	}
	return 0;
}

int step_read(struct step *step, bool allow_scripts, struct error *err)
{
	const struct place at = { step->path, 1 };

	if (head_read(step, err) || rules_read(step, allow_scripts, err))
		return -1;
	return check_after(step, &at, err) || check_optional(step, &at, err) ?
		       -1 : 0;
}

static int read_step(const char *dir, const char *name,
		     const struct series_options *options, struct step *ret,
		     struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct place at;

	ret->name = xstrdup(name);
	ret->path = xasprintf("%s/%s.cocci", dir, name);
	at = (struct place){ ret->path, 1 };
	if (fs_read(ret->path, &text, err))
		return -1;
	if (strlen(text.data) != text.len)
		return place_error(&at, err, "the file holds a NUL byte");
	ret->text = buf_detach(&text);
	return step_read(ret, options && options->allow_scripts, err);
}

static int read_configs(struct series *series, struct error *err)
{
	_cleanup_free_ char *dir = fs_join(series->dir, "configs");
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	if (!fs_is_dir(dir))
		return 0;
	if (list_folder(dir, ".config", &names, err))
		return -1;
	for (size_t i = 0; i < names.nr; i++)
		strv_addf(&series->configs, "%s/%s", dir, names.v[i]);
	return 0;
}

static char *without_slashes(const char *dir)
{
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	return xstrndup(dir, len);
}

/* The last part of the path; of what it stands for when that is "." or "..". */
static char *name_of(const char *dir)
{
	_cleanup_free_ char *full = realpath(dir, NULL);
	const char *name = fs_basename(dir);

	if (full && (streq(name, ".") || streq(name, "..")))
		name = fs_basename(full);
	return xstrdup(name);
}

static int load(struct series *series, const struct series_options *options,
		struct error *err)
{
	_cleanup_free_ char *path = fs_join(series->dir, "series");
	_cleanup_free_ char *macros = fs_join(series->dir, "macros.h");
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	if (!fs_is_dir(series->dir))
		return error_set(err, ERROR_INPUT,
				 "%s is no folder with a series", series->dir);
	if (!fs_exists(path))
		return error_set(err, ERROR_INPUT,
				 "%s has no file 'series' that lists its steps",
				 series->dir);
	if (read_names(path, &names, &lines, err) ||
	    check_listed(series->dir, path, &names, &lines, err) ||
	    read_configs(series, err))
		return -1;
	if (fs_exists(macros))
		series->macros = xstrdup(macros);
	series->steps = xcalloc(names.nr, sizeof(*series->steps));
	for (size_t i = 0; i < names.nr; i++)
		if (read_step(series->dir, names.v[i], options,
			      &series->steps[series->nr++], err))
			return -1;
	return 0;
}

/* It stands in commit messages, in reports and in the name of the branch. */
static int check_name(const struct series *series, struct error *err)
{
	for (const char *c = series->name; *c; c++)
		if (iscntrl((unsigned char)*c))
			return error_set(err, ERROR_INPUT,
					 "the folder %s has a control character "
					 "in its name, which is that of the "
					 "series: give it another",
					 series->dir);
	return 0;
}

int series_load(const char *dir, const struct series_options *options,
		struct series *ret, struct error *err)
{
	struct series series = { .dir = without_slashes(dir) };

	series.name = name_of(series.dir);
	if (check_name(&series, err) || load(&series, options, err)) {
		series_release(&series);
		return -1;
	}
	*ret = series;
	return 0;
}

/* The number a step's name begins with; -1 if it begins with none. */
static long number_of(const char *name)
{
	char *end;
	long number;

	if (!isdigit((unsigned char)*name))
		return -1;
	errno = 0;
	number = strtol(name, &end, 10);
	return errno ? -1 : number;
}

const struct step *series_step(const struct series *series, const char *name)
{
	long number = name[strspn(name, "0123456789")] ? -1 : number_of(name);

	for (size_t i = 0; i < series->nr; i++)
		if (streq(series->steps[i].name, name))
			return &series->steps[i];
	if (number < 0)
		return NULL;
	for (size_t i = 0; i < series->nr; i++)
		if (number_of(series->steps[i].name) == number)
			return &series->steps[i];
	if (number >= 1 && (size_t)number <= series->nr)
		return &series->steps[number - 1];
	return NULL;
}

int series_redo(struct series *series, const char *name, struct error *err)
{
	const struct step *first = series_step(series, name);
	_cleanup_(strv_release) struct strv names = STRV_INIT;
	const char *near;

	if (first) {
		for (size_t i = (size_t)(first - series->steps); i < series->nr;
		     i++)
			series->steps[i].afresh = true;
		return 0;
	}
	for (size_t i = 0; i < series->nr; i++)
		strv_add(&names, series->steps[i].name);
	near = nearest_name(name, &names);
	return error_set(err, ERROR_INPUT, "the series %s has no step '%s'%s%s%s",
			 series->name, name, near ? "; did you mean '" : "",
			 near ? near : "", near ? "'?" : "");
}

int series_width(const struct series *series)
{
	size_t width = 0;

	for (size_t i = 0; i < series->nr; i++)
		if (strlen(series->steps[i].name) > width)
			width = strlen(series->steps[i].name);
	return (int)width;
}

void step_release(struct step *step)
{
	char *strings[] = {
		step->name,   step->path,   step->subject, step->message,
		step->text,   step->from,   step->to,	   step->header,
		step->kbuild, step->preamble, step->requires, step->guard,
		step->before,
	};

	for (size_t i = 0; i < ARRAY_SIZE(strings); i++)
		free(strings[i]);
	strv_release(&step->after);
	strv_release(&step->includes);
	strv_release(&step->files);
	strv_release(&step->options);
	strv_release(&step->items);
	strv_release(&step->optional);
	strv_release(&step->absent);
	strv_release(&step->done);
	strv_release(&step->needless);
	strv_release(&step->called);
	strv_release(&step->along);
	strv_release(&step->names);
	strv_release(&step->helpers);
	strv_release(&step->removed);
	strv_release(&step->added);
	for (size_t i = 0; i < step->nr_renames; i++) {
		free(step->renames[i].old);
		free(step->renames[i].new);
	}
	free(step->renames);
	*step = (struct step){ 0 };
}

void series_leave_out(struct series *series, size_t step)
{
	step_release(&series->steps[step]);
	series->nr--;
	memmove(&series->steps[step], &series->steps[step + 1],
		(series->nr - step) * sizeof(*series->steps));
}

void series_put_in(struct series *series, size_t at, struct step *step)
{
	series->steps = xrealloc(series->steps, series->nr + 1,
				 sizeof(*series->steps));
	memmove(&series->steps[at + 1], &series->steps[at],
		(series->nr - at) * sizeof(*series->steps));
	series->nr++;
	series->steps[at] = *step;
	*step = (struct step){ 0 };
}

void series_release(struct series *series)
{
	for (size_t i = 0; i < series->nr; i++)
		step_release(&series->steps[i]);
	free(series->steps);
	free(series->name);
	free(series->dir);
	free(series->macros);
	strv_release(&series->configs);
	*series = (struct series){ 0 };
}
