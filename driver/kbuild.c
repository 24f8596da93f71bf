// SPDX-License-Identifier: GPL-2.0-only
/*
 * The stock build. make is the tree's own and the user's; this file sees to it
 * that one run is like another: fixed stamps, no variables of an outer make,
 * and after a kill nothing half-written that make would take for finished (an
 * object is older than the .o.cmd beside it, and make looks at neither's end).
 *
 * Which units belong to the build is read from what kbuild linked, not from
 * which .o.cmd files are there: those of files that are gone stay behind.
 */
#define _GNU_SOURCE
#include "kbuild_internal.h"
#include "lib/fs.h"
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LOG_LIMIT ((size_t)64 << 10)
#define LOCK_WAIT_S 600

/* Of an outer make, or what would redirect or decorate ours. */
static const char *const dropped_variables[] = {
	"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "MAKEFILES",
	"GNUMAKEFLAGS", "KBUILD_OUTPUT", "KBUILD_EXTMOD", "KBUILD_VERBOSE",
	"LANGUAGE", "KCONFIG_CONFIG", "KCONFIG_ALLCONFIG", "CDPATH", "M", "O", "V",
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", /* setlocalversion */
};

/* The kernel's Makefile drops LC_ALL: warnings are worded by the other three. */
static const char *const fixed_variables[] = {
	"LC_ALL=C",
	"LC_MESSAGES=C",
	"LC_CTYPE=C",
	"LANG=C",
	"KBUILD_BUILD_TIMESTAMP=1970-01-01 00:00:00 UTC",
	"KBUILD_BUILD_USER=cocciseries",
	"KBUILD_BUILD_HOST=cocciseries",
	"KBUILD_BUILD_VERSION=1",
};

/* What the kernel's Makefile takes from the environment, the user's to set. */
static const char *const passed_variables[] = {
	"ARCH", "SUBARCH", "CROSS_COMPILE", "LLVM", "LLVM_IAS",
	"KCFLAGS", "KCPPFLAGS", "KAFLAGS", "CFLAGS_KERNEL", "CFLAGS_MODULE",
};

void kbuild_environment(struct strv *ret)
{
	for (size_t i = 0; i < ARRAY_SIZE(passed_variables); i++) {
		const char *value = getenv(passed_variables[i]);

		if (value)
			strv_addf(ret, "%s=%s", passed_variables[i], value);
	}
}

char *kbuild_ours(const struct kbuild *k, const char *name)
{
	return xasprintf("%s/" KBUILD_OURS "/%s", k->out, name);
}

void kbuild_fix_environment(struct process *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(dropped_variables); i++)
		strv_add(&p->env, dropped_variables[i]);
	for (size_t i = 0; i < ARRAY_SIZE(fixed_variables); i++)
		strv_add(&p->env, fixed_variables[i]);
}

void kbuild_make(const struct kbuild *k, struct process *p)
{
	_cleanup_free_ char *out = realpath(k->out, NULL);

	process_args(p, "make", "-C", k->src, "--no-print-directory",
		     "--output-sync=target", NULL);
	strv_add_list(&p->argv, k->make_args);
	strv_addf(&p->argv, "O=%s", out ? out : k->out);
	strv_add(&p->argv, "V=0"); /* the progress lines tell objects apart */
	kbuild_fix_environment(p);
	p->merge_err = true;
}

/* Removes what a killed make was writing: everything newer than the marker. */
static int mend(const struct kbuild *k, const struct stat *marker,
		struct error *err)
{
	_cleanup_free_ char *root = realpath(k->out, NULL);
	char *const roots[] = { root, NULL };
	FTS *walk = root ? fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR,
				   NULL) : NULL;
	FTSENT *e;

	if (!walk)
		return error_errno(err, "cannot read %s", k->out);
	while ((e = fts_read(walk))) {
		const struct timespec *t = &e->fts_statp->st_mtim;

		if (streq(e->fts_name, KBUILD_OURS))
			fts_set(walk, e, FTS_SKIP);
		else if (e->fts_info == FTS_F && !streq(e->fts_name, ".config") &&
			 (t->tv_sec > marker->st_mtim.tv_sec ||
			  (t->tv_sec == marker->st_mtim.tv_sec &&
			   t->tv_nsec >= marker->st_mtim.tv_nsec)))
			(void)unlink(e->fts_path);
	}
	fts_close(walk);
	return 0;
}

static void close_lock(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

/*
 * The lock is on an open file that make and all below it inherit: a make whose
 * driver was killed goes on, and holds it until it has ended. Only they: a make
 * in another O= folder must not.
 */
static int lock(const struct kbuild *k, int *ret, struct error *err)
{
	_cleanup_free_ char *path = kbuild_ours(k, "lock");
	const struct timespec pause = { 0, 100000000 };
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		return error_errno(err, "cannot write %s", path);
	for (unsigned int tenths = 0; flock(fd, LOCK_EX | LOCK_NB); tenths++) {
		if (tenths == LOCK_WAIT_S * 10) {
			close(fd);
			return error_set(err, ERROR_SYSTEM,
					 "another build runs in %s: wait until "
					 "it has ended", k->out);
		}
		nanosleep(&pause, NULL);
	}
	*ret = fd;
	return 0;
}

/* What it compiles at once has slots that all makes and compilers share. */
static int run_in_slot(const struct kbuild *k, struct process *p,
		       struct error *err)
{
	struct jobserver *js = k->jobserver;
	int result;

	if (!js)
		return process_run(p, err);
	jobserver_take(js);
	jobserver_make_starts(js, &p->env);
	p->inherit[1] = js->ends[0];
	p->inherit[2] = js->ends[1];
	result = process_run(p, err);
	jobserver_make_ended(js);
	jobserver_give(js);
	return result;
}

int kbuild_run_make(const struct kbuild *k, struct process *p,
		    struct error *err)
{
	_cleanup_free_ char *marker = kbuild_ours(k, "building");
	_cleanup_(close_lock) int fd = -1;
	struct stat st;

	if (fs_mkdirs_for(marker, err) || lock(k, &fd, err))
		return -1;
	if (!lstat(marker, &st) && mend(k, &st, err))
		return -1;
	p->inherit[0] = fd;
	if (fs_write(marker, "", 0, err) || run_in_slot(k, p, err))
		return -1;
	if (p->timed_out || p->signal) {
		process_check(p, err);
		return -1;
	}
	return 0;
}

int kbuild_made(const struct kbuild *k, struct error *err)
{
	_cleanup_free_ char *marker = kbuild_ours(k, "building");

	return fs_remove(marker, err);
}

/* A target "dir/" links into files of that folder, all others into the top's. */
static char *target_dir(const char *target)
{
	return ends_with(target, "/") ? xstrndup(target, strlen(target) - 1) :
					xstrdup(".");
}

/*
 * kbuild leaves the lists of an earlier configuration behind: "y" writes
 * built-in.a, "m" modules.order, and neither removes the other.
 */
static int remove_lists(const struct kbuild *k, struct error *err)
{
	for (size_t i = 0; i < k->config->targets.nr; i++) {
		const char *target = k->config->targets.v[i];
		_cleanup_free_ char *order = NULL, *archive = NULL;

		if (!ends_with(target, "/"))
			continue;
		order = xasprintf("%s/%smodules.order", k->out, target);
		archive = xasprintf("%s/%sbuilt-in.a", k->out, target);
		if (fs_remove(order, err) || fs_remove(archive, err))
			return -1;
	}
	return 0;
}

int kbuild_read_list(const struct kbuild_roots *roots, const char *path,
		     const char *suffix, struct strv *ret, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_free_ char *whole = fs_join(roots->out, path);

	if (!fs_exists(whole))
		return 0;
	if (fs_read(whole, &text, err))
		return -1;
	strv_split(&words, text.data, " \n");
	for (size_t i = 0; i < words.nr; i++) {
		char *word = words.v[i];
		_cleanup_free_ char *object = NULL, *flat = NULL;

		if (!ends_with(word, suffix))
			continue;
		object = xasprintf("%.*s.o",
				   (int)(strlen(word) - strlen(suffix)), word);
		flat = kbuild_path(roots, object);
		strv_add(ret, flat);
	}
	return 0;
}

/* The members of a built-in.a, which is a thin archive. */
static int read_archive(const struct kbuild_roots *roots, const char *path,
			struct strv *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_free_ char *whole = fs_join(roots->out, path);

	if (!fs_exists(whole))
		return 0;
	process_args(&p, "ar", "t", path, NULL);
	p.dir = roots->out;
	if (process_run(&p, err) || process_check(&p, err))
		return -1;
	strv_split(&words, p.out.data, "\n");
	for (size_t i = 0; i < words.nr; i++) {
		_cleanup_free_ char *flat = kbuild_path(roots, words.v[i]);

		if (ends_with(flat, ".o"))
			strv_add(ret, flat);
	}
	return 0;
}

/* modules.order has x.o since 6.4, x.ko before; x.mod lists what x.o is made of. */
static int list_target(const struct kbuild_roots *roots, const char *target,
		       struct strv *linked, struct strv *members,
		       struct error *err)
{
	_cleanup_free_ char *dir = target_dir(target);
	_cleanup_free_ char *order = xasprintf("%s/modules.order", dir);
	_cleanup_free_ char *archive = xasprintf("%s/built-in.a", dir);
	size_t first = linked->nr;

	if (ends_with(target, ".o"))
		strv_add(linked, target);
	else if (kbuild_read_list(roots, order, ".o", linked, err) ||
		 kbuild_read_list(roots, order, ".ko", linked, err) ||
		 read_archive(roots, archive, members, err))
		return -1;
	for (size_t i = first; i < linked->nr; i++) {
		const char *object = linked->v[i];
		_cleanup_free_ char *mod = xasprintf("%.*s.mod",
						     (int)strlen(object) - 2,
						     object);
		size_t had = members->nr;

		if (kbuild_read_list(roots, mod, ".o", members, err))
			return -1;
		if (members->nr == had) /* made of one file */
			strv_add(members, object);
	}
	return 0;
}

static int compare_units(const void *a, const void *b)
{
	const struct compiled *x = a, *y = b;
	int order = strcmp(x->source, y->source);

	return order ? order : strcmp(x->object, y->object);
}

static int read_units(const struct kbuild_roots *roots,
		      const struct strv *members, struct build_result *ret,
		      struct error *err)
{
	for (size_t i = 0; i < members->nr; i++) {
		struct compiled unit;
		int found = kbuild_read_cmd(roots, members->v[i], &unit, err);

		if (found < 0)
			return -1;
		if (!found)
			continue;
		ARRAY_GROW(ret->units, ret->nr, ret->alloc);
		ret->units[ret->nr++] = unit;
	}
	if (ret->nr)
		qsort(ret->units, ret->nr, sizeof(*ret->units), compare_units);
	return 0;
}

/* What make printed, the progress lines aside; the end of it. */
static char *make_log(const struct kbuild_roots *roots, const char *output)
{
	_cleanup_(buf_release) struct buf b = BUF_INIT;
	_cleanup_free_ char *text = NULL;
	const char *line = output;
	size_t all;

	while (*line) {
		size_t len = strcspn(line, "\n") + 1;
		_cleanup_free_ char *object = NULL;

		if (!kbuild_is_progress(line, len - 1, &object))
			buf_add(&b, line, strnlen(line, len));
		line += strnlen(line, len);
	}
	/* what goes below is not known yet, and all of it may be long */
	if (b.len > 4 * LOG_LIMIT)
		buf_splice(&b, 0, b.len - 4 * LOG_LIMIT, NULL, 0);
	text = kbuild_tree_text(roots, b.data);
	all = strlen(text);
	return xstrdup(text + (all > LOG_LIMIT ? all - LOG_LIMIT : 0));
}

/* Everything about a build that make has ended. */
static int read_result(const struct kbuild *k, const struct kbuild_roots *roots,
		       const struct process *p, struct build_result *ret,
		       struct error *err)
{
	_cleanup_free_ char *file = kbuild_ours(k, "warnings.json");
	_cleanup_(strv_release) struct strv members = STRV_INIT;
	struct kbuild_warnings *run, *all = NULL;
	int failed;

	ret->ok = !p->status;
	ret->log = make_log(roots, p->out.data);
	for (size_t i = 0; ret->ok && i < k->config->targets.nr; i++)
		if (list_target(roots, k->config->targets.v[i], &ret->objects,
				&members, err))
			return -1;
	strv_uniq(&ret->objects);
	strv_uniq(&members);
	if (read_units(roots, &members, ret, err) ||
	    kbuild_hand_down_objtool(roots, ret, err))
		return -1;
	strv_add_list(&members, &ret->objects);
	run = kbuild_warnings_parse(roots, p->out.data);
	for (size_t i = 0; i < ret->nr; i++)
		ret->made += kbuild_warnings_made(run, ret->units[i].object);
	failed = kbuild_warnings_merge(run, file, &all, err);
	kbuild_warnings_list(all, run, &members, &ret->warnings);
	kbuild_warnings_free(run);
	kbuild_warnings_free(all);
	return failed;
}

int kbuild_build(const struct kbuild *k, struct build_result *ret,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(kbuild_roots_release) struct kbuild_roots roots = { 0 };

	*ret = (struct build_result){ 0 };
	if (kbuild_roots(k, &roots, err) || remove_lists(k, err))
		return -1;
	kbuild_make(k, &p);
	strv_add_list(&p.argv, &k->config->targets);
	if (kbuild_run_make(k, &p, err) || machine_check(&p, err))
		return -1;
	if (!read_result(k, &roots, &p, ret, err) && !kbuild_made(k, err) &&
	    (!ret->ok || !kbuild_modpost(k, &roots, &ret->objects, &ret->modules,
					 err)))
		return 0;
	build_result_release(ret);
	return -1;
}

void build_result_release(struct build_result *result)
{
	for (size_t i = 0; i < result->nr; i++)
		compiled_release(&result->units[i]);
	free(result->units);
	free(result->log);
	strv_release(&result->warnings);
	strv_release(&result->objects);
	modules_release(&result->modules);
	*result = (struct build_result){ 0 };
}

/* The last NAME=value of make's arguments; NULL. */
static const char *make_argument(const struct kbuild *k, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = k->make_args->nr; i-- > 0;)
		if (starts_with(k->make_args->v[i], name) &&
		    k->make_args->v[i][len] == '=')
			return k->make_args->v[i] + len + 1;
	return NULL;
}

static const char *make_variable(const struct kbuild *k, const char *name)
{
	const char *value = make_argument(k, name);

	return value ? value : getenv(name);
}

/* As the kernel's Makefile chooses it; CC in the environment does not count. */
void kbuild_compiler_words(const struct kbuild *k, struct strv *ret)
{
	const char *llvm = make_variable(k, "LLVM");
	const char *cross = make_variable(k, "CROSS_COMPILE");
	const char *cc = make_argument(k, "CC");

	if (cc)
		strv_split(ret, cc, " ");
	else if (llvm && ends_with(llvm, "/"))
		strv_addf(ret, "%sclang", llvm);
	else if (llvm && *llvm)
		strv_addf(ret, "clang%s", *llvm == '-' ? llvm : "");
	else
		strv_addf(ret, "%sgcc", cross ? cross : "");
}

int kbuild_compiler(const struct kbuild *k, char **ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	kbuild_compiler_words(k, &p.argv);
	strv_add(&p.argv, "--version");
	strv_add(&p.env, "LC_ALL=C");
	if (process_run(&p, err) || process_check(&p, err))
		return -1;
	*ret = xstrndup(p.out.data, strcspn(p.out.data, "\n"));
	return 0;
}
