// SPDX-License-Identifier: GPL-2.0-only
/*
 * Building one side of a step. Only units that read a touched file can differ, so
 * only those are isolated; a *generated* header that changed, or a compiler's
 * command, would break that reasoning, so these are kept and compared by
 * prove().
 */
#include "prove.h"

#include "lib/fs.h"
#include "lib/store.h"

static bool reads(const struct compiled *unit, const struct strv *touched)
{
	if (strv_has(touched, unit->source))
		return true;
	for (size_t i = 0; i < unit->deps.nr; i++)
		if (strv_has(touched, unit->deps.v[i]))
			return true;
	return false;
}

static int copy_object(const struct kbuild *k, const struct compiled *unit,
		       const char *keep, struct strv *ret, struct error *err)
{
	_cleanup_(buf_release) struct buf bytes = BUF_INIT;
	_cleanup_free_ char *from = fs_join(k->out, unit->object);
	_cleanup_free_ char *to = fs_join(keep, unit->object);

	if (fs_read(from, &bytes, err) || fs_mkdirs_for(to, err) ||
	    fs_write_if_changed(to, bytes.data, bytes.len, err))
		return -1;
	strv_add(ret, to);
	return 0;
}

/* Generated files are those that the compiler read from the O= folder. */
static int note_generated(const struct kbuild *k, const struct strv *paths,
			  struct strv *ret, struct error *err)
{
	for (size_t i = 0; i < paths->nr; i++) {
		_cleanup_(buf_release) struct buf bytes = BUF_INIT;
		_cleanup_free_ char *in_out = fs_join(k->out, paths->v[i]);
		_cleanup_free_ char *in_src = fs_join(k->src, paths->v[i]);
		struct store_key key;

		if (fs_exists(in_src) || !fs_exists(in_out))
			continue;
		if (fs_read(in_out, &bytes, err))
			return -1;
		key = store_key_of(bytes.data, bytes.len);
		strv_addf(ret, "%s\t%s", paths->v[i], key.hex);
	}
	return 0;
}

static void note_commands(const struct build_result *build, struct strv *ret)
{
	for (size_t i = 0; i < build->nr; i++) {
		_cleanup_free_ char *command =
			strv_join(&build->units[i].command, " ");

		strv_addf(ret, "%s\t%s", build->units[i].source, command);
	}
}

static int copy_all(const struct isolation *iso,
		    const struct build_result *build,
		    const struct strv *touched, const char *keep,
		    struct built *ret, struct error *err)
{
	_cleanup_(strv_release) struct strv deps = STRV_INIT;

	for (size_t i = 0; i < build->nr; i++) {
		strv_add_list(&deps, &build->units[i].deps);
		if (reads(&build->units[i], touched) &&
		    copy_object(iso->kbuild, &build->units[i], keep,
				&ret->stock, err))
			return -1;
	}
	strv_uniq(&deps);
	note_commands(build, &ret->commands);
	return note_generated(iso->kbuild, &deps, &ret->generated, err);
}

static int find_globals(const struct kbuild *k,
			const struct build_result *build,
			const struct strv *watch, struct strv *ret,
			struct error *err)
{
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	for (size_t i = 0; watch && i < build->nr; i++)
		strv_addf(&paths, "%s/%s", k->out, build->units[i].object);
	return watch ? objects_globals(&paths, watch, ret, err) : 0;
}

int built_make(const struct isolation *iso, const struct build_result *build,
	       const struct strv *touched, const struct strv *watch,
	       const char *keep, struct built *ret,
	       struct isolation_stats *stats, struct error *err)
{
	*ret = (struct built){ .build = build, .clang = iso->clang != NULL,
			       .by_clang = iso->by_clang };
	if (!build->ok)
		return 0;
	if (!isolate(iso, build, touched, &ret->units, &ret->nr, stats, err) &&
	    !copy_all(iso, build, touched, keep, ret, err) &&
	    !find_globals(iso->kbuild, build, watch, &ret->globals, err))
		return 0;
	built_release(ret);
	return -1;
}

void built_release(struct built *built)
{
	isolated_free(built->units, built->nr);
	strv_release(&built->stock);
	strv_release(&built->generated);
	strv_release(&built->commands);
	strv_release(&built->globals);
	*built = (struct built){ 0 };
}
