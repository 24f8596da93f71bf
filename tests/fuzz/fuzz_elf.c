// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects that nobody's compiler made. An input is one object, or an archive, or
 * two objects in a row: the second begins at the second ELF magic. The first is compared with itself,
 * and both with each other, with and without options: an answer, or an error that
 * says why. Even with itself an object may differ: what cannot be followed, as
 * a reference behind the end of a pool, is the same as nothing.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include "verify/objects.h"
#include "verify/state.h"

#define MAGIC "\177ELF"

static int say_by_name(void *data, bool after, const char *source,
		       const char *name)
{
	(void)data;
	(void)after;
	(void)source;
	return (unsigned char)name[0] % 3 - 1;
}

static void check_outcome(const struct outcome *o)
{
	for (size_t i = 0; i < o->nr; i++) {
		const struct finding *f = &o->findings[i];

		require(f->what && f->name && f->where && f->detail);
		require(f->weight <= o->result);
	}
}

/* An object that was refused says why; what was compared has a result. */
static void compare(const struct strv *before, const struct strv *after,
		    const struct objects_options *options)
{
	struct outcome o = OUTCOME_INIT(RUNG_CODE);
	struct error err = ERROR_INIT;

	if (objects_compare(before, after, options, &o, &err))
		require(err.text && *err.text);
	else
		require(o.result != RESULT_NOT_RUN);
	check_outcome(&o);
	outcome_sort(&o);
	outcome_release(&o);
	error_release(&err);
}

static void compare_with_options(const struct strv *before,
				 const struct strv *after)
{
	static const struct renamed renamed[] = { { "f", "g" } };
	struct strv names = STRV_INIT, sources = STRV_INIT;
	struct objects_options options = {
		.globalised = &names,
		.inlined = &names,
		.from_header = say_by_name,
	};

	strv_add(&names, "f");
	strv_add(&names, "v");
	strv_add(&sources, "a.c");
	compare(before, after, &options);
	options = (struct objects_options){
		.renamed = renamed,
		.nr_renamed = ARRAY_SIZE(renamed),
		.renamed_from = &sources,
		.unchanged = before,
		.unchanged_sources = before,
	};
	compare(before, after, &options);
	strv_release(&names);
	strv_release(&sources);
}

static void ask(const struct strv *objects)
{
	struct strv names = STRV_INIT, found = STRV_INIT;
	struct codegen *rows = NULL;
	size_t nr = 0;

	strv_add(&names, "f");
	objects_globals(objects, &names, &found, NULL);
	if (!objects_codegen(objects, objects, NULL, &rows, &nr, NULL))
		codegen_free(rows, nr);
	strv_release(&names);
	strv_release(&found);
}

static void compare_both(const struct strv *one, const struct strv *two,
			 const struct strv *both, const struct strv *turned)
{
	compare(one, two, NULL);
	compare(both, turned, NULL);
	compare(both, one, NULL);
	compare_with_options(one, two);
	compare_with_options(two, both);
}

/* Where the second of two objects begins; NULL. An archive holds its own. */
static const uint8_t *second(const uint8_t *data, size_t size)
{
	if (size < 2 || *data == '!')
		return NULL;
	return memmem(data + 1, size - 1, MAGIC, 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *next = second(data, size);
	size_t first = next ? (size_t)(next - data) : size;
	struct memory_file a = memory_file(data, first);
	struct memory_file b = memory_file(data + first, size - first);
	struct strv one = STRV_INIT, two = STRV_INIT;
	struct strv both = STRV_INIT, turned = STRV_INIT;

	strv_add(&one, a.path);
	strv_add(&two, b.path);
	strv_add(&both, a.path);
	strv_add(&both, b.path);
	strv_add(&turned, b.path);
	strv_add(&turned, a.path);
	compare(&one, &one, NULL);
	ask(&one);
	if (next)
		compare_both(&one, &two, &both, &turned);
	else
		compare_with_options(&one, &one);
	strv_release(&one);
	strv_release(&two);
	strv_release(&both);
	strv_release(&turned);
	memory_file_close(&a);
	memory_file_close(&b);
	return 0;
}
