// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tree's own modpost on the modules that were built, as the last part of
 * "make modules" would run it, but that vmlinux is not there: what it exports is
 * then unresolved, and modpost is told to let that pass. It takes a hundredth
 * of a second, so it is run each time.
 *
 * Its arguments are asked of the tree's scripts/Makefile.modpost, which differ
 * from version to version (6.1 knows no -M), by a makefile of our own around it.
 */
#define _GNU_SOURCE
#include "kbuild_internal.h"
#include "lib/fs.h"
#include "machine.h"

#define MODPOST "scripts/mod/modpost"
#define MODPOST_MAKEFILE "scripts/Makefile.modpost"
#define MODPOST_TIMEOUT_S 600

/*
 * Of these functions, 1 and why: the tree's modpost has no answer, which is for
 * the report. -1 and err: the machine kept it from answering.
 */
static int ask_arguments(const struct kbuild *k,
			 const struct kbuild_roots *roots, struct strv *ret,
			 struct error *why, struct error *err)
{
	static const char makefile[] =
		"include $(srctree)/" MODPOST_MAKEFILE "\n"
		".PHONY: cocciseries-modpost\n"
		"cocciseries-modpost: ; @echo $(modpost-args)\n";
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(strv_release) struct strv words = STRV_INIT;

	process_args(&p, "make", "-s", "--no-print-directory", "-C", roots->out,
		     "-f", "-", NULL);
	strv_add_list(&p.argv, k->make_args);
	strv_addf(&p.argv, "srctree=%s", roots->src);
	process_args(&p, "objtree=.", "cocciseries-modpost", NULL);
	kbuild_fix_environment(&p);
	p.input = makefile;
	p.input_len = strlen(makefile);
	if (process_run(&p, why))
		return 1;
	if (machine_check(&p, err))
		return -1;
	if (process_check(&p, why))
		return 1;
	strv_split(&words, p.out.data, " \n");
	/* what they name is of a whole kernel: lists, dumps, used symbols */
	for (size_t i = 0; i < words.nr; i++) {
		const char *word = words.v[i];

		if (streq(word, "-o") || streq(word, "-T") ||
		    streq(word, "-i") || streq(word, "-u") || streq(word, "-d"))
			i++;
		else if (*word == '-' && !streq(word, "-t"))
			strv_add(ret, word);
	}
	return 0;
}

/* "dir/x.o" without its suffix, as modpost calls a module. */
static char *module_of(const char *object)
{
	return xstrndup(object, strlen(object) - strlen(".o"));
}

/* kbuild writes x.mod for a module x.o, and for nothing else. */
static void find_modules(const struct kbuild_roots *roots,
			 const struct strv *objects, struct strv *ret)
{
	for (size_t i = 0; i < objects->nr; i++) {
		_cleanup_free_ char *module = module_of(objects->v[i]);
		_cleanup_free_ char *mod =
			xasprintf("%s/%s.mod", roots->out, module);

		if (fs_exists(mod))
			strv_add(ret, objects->v[i]);
	}
}

/* It stops after a few of these; modules_undefined() finds all. */
static bool is_unresolved(const char *line)
{
	return ends_with(line, " undefined!") ||
	       strstr(line, "unresolved symbol warnings");
}

static void read_warnings(const struct kbuild_roots *roots, const char *output,
			  struct strv *ret)
{
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	strv_split(&lines, output, "\n");
	for (size_t i = 0; i < lines.nr; i++) {
		_cleanup_free_ char *text = NULL, *numbered = NULL;

		if (is_unresolved(lines.v[i]))
			continue;
		text = kbuild_warning_text(roots, lines.v[i]);
		numbered = xstrdup(text);
		for (unsigned int nr = 2; strv_has(ret, numbered); nr++) {
			free(numbered);
			numbered = xasprintf("%s (%u)", text, nr);
		}
		strv_add(ret, numbered);
	}
	strv_sort(ret);
}

/* Of the file that modpost writes for a module: what is not there for the compiler. */
static int read_info(const struct kbuild_roots *roots, const char *object,
		     struct strv *ret, struct error *err)
{
	_cleanup_free_ char *module = module_of(object);
	_cleanup_free_ char *path = xasprintf("%s/%s.mod.c", roots->out, module);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_(strv_release) struct strv lines = STRV_INIT;

	if (fs_read(path, &text, err))
		return -1;
	strv_split(&lines, text.data, "\n");
	for (size_t i = 0; i < lines.nr; i++)
		/* the source version is a checksum over the sources */
		if ((starts_with(lines.v[i], "MODULE_INFO(") &&
		     !starts_with(lines.v[i], "MODULE_INFO(srcversion")) ||
		    starts_with(lines.v[i], "MODULE_ALIAS("))
			strv_addf(ret, "%s\t%s", module, lines.v[i]);
	return 0;
}

/* True when some module exports the symbol. */
static bool is_exported(const struct strv *exports, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < exports->nr; i++) {
		const char *field = strchr(exports->v[i], '\t');

		if (field && !strncmp(field + 1, name, len) &&
		    field[1 + len] == '\t')
			return true;
	}
	return false;
}

static int find_unresolved(const struct kbuild_roots *roots, const char *object,
			   struct modules *ret, struct error *err)
{
	_cleanup_free_ char *path = fs_join(roots->out, object);
	_cleanup_free_ char *module = module_of(object);
	_cleanup_(strv_release) struct strv names = STRV_INIT;

	if (modules_undefined(path, &names, err))
		return -1;
	for (size_t i = 0; i < names.nr; i++)
		if (!is_exported(&ret->exports, names.v[i]))
			strv_addf(&ret->unresolved, "%s\t%s", module,
				  names.v[i]);
	return 0;
}

static int read_results(const struct kbuild_roots *roots, const char *symvers,
			struct modules *ret, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (fs_read(symvers, &text, err))
		return -1;
	strv_split(&ret->exports, text.data, "\n");
	for (size_t i = 0; i < ret->objects.nr; i++)
		if (read_info(roots, ret->objects.v[i], &ret->info, err) ||
		    find_unresolved(roots, ret->objects.v[i], ret, err))
			return -1;
	strv_sort(&ret->info);
	strv_sort(&ret->unresolved);
	ret->ran = true;
	return 0;
}

/* What an earlier run wrote must not be taken for this one's. */
static int remove_results(const struct kbuild_roots *roots,
			  const struct strv *objects, const char *symvers,
			  struct error *err)
{
	for (size_t i = 0; i < objects->nr; i++) {
		_cleanup_free_ char *module = module_of(objects->v[i]);
		_cleanup_free_ char *path =
			xasprintf("%s/%s.mod.c", roots->out, module);

		if (fs_remove(path, err))
			return -1;
	}
	return fs_remove(symvers, err);
}

static int run(const struct kbuild *k, const struct kbuild_roots *roots,
	       const char *symvers, struct modules *ret, struct error *why,
	       struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	int result;

	process_args(&p, "./" MODPOST, NULL);
	result = ask_arguments(k, roots, &p.argv, why, err);
	if (result)
		return result;
	process_args(&p, "-w", "-o", symvers, NULL);
	strv_add_list(&p.argv, &ret->objects);
	kbuild_fix_environment(&p);
	p.dir = roots->out;
	p.timeout_s = MODPOST_TIMEOUT_S;
	p.merge_err = true;
	if (process_run(&p, why))
		return 1;
	if (machine_check(&p, err))
		return -1;
	/* status 1 with all that it writes: errors, which are compared, too */
	if (p.signal || p.status > 1 || !fs_exists(symvers)) {
		p.status = p.status ? p.status : 1;
		process_check(&p, why);
		return 1;
	}
	read_warnings(roots, p.out.data, &ret->warnings);
	return read_results(roots, symvers, ret, why) ? 1 : 0;
}

int kbuild_modpost(const struct kbuild *k, const struct kbuild_roots *roots,
		   const struct strv *objects, struct modules *ret,
		   struct error *err)
{
	_cleanup_free_ char *program = fs_join(roots->out, MODPOST);
	_cleanup_free_ char *makefile = fs_join(roots->src, MODPOST_MAKEFILE);
	_cleanup_free_ char *symvers =
		xasprintf("%s/" KBUILD_OURS "/symvers", roots->out);
	_cleanup_(error_release) struct error why = ERROR_INIT;
	int result;

	find_modules(roots, objects, &ret->objects);
	if (!ret->objects.nr)
		return 0;
	if (!fs_exists(program) || !fs_exists(makefile)) {
		ret->why = xstrdup("the tree has no modpost");
		return 0;
	}
	if (remove_results(roots, &ret->objects, symvers, err))
		return -1;
	result = run(k, roots, symvers, ret, &why, err);
	if (result > 0) {
		ret->ran = false;
		ret->why = xstrdup(why.text);
	}
	return result < 0 ? -1 : 0;
}
