// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configurations: reading a fragment, and configuring an O= folder by it. The
 * tree's own scripts do the merging; they only warn of a symbol that Kconfig
 * then drops, so the result is held against the fragment here.
 */
#define _GNU_SOURCE
#include "kbuild_internal.h"
#include "kbuild_seen.h"
#include "kconfig.h"
#include "lib/fs.h"
#include "lib/store.h"

#include <fts.h>

#define STAMP_VERSION "2"
#define ROUNDS 4 /* of switching on symbols, which may need each other */

/* The value of "# Key: value" among the comments at the top; NULL. */
static char *head_value(const char *text, const char *key)
{
	_cleanup_free_ char *start = xasprintf("# %s:", key);

	for (const char *line = text; *line == '#' || *line == '\n';) {
		size_t len = strcspn(line, "\n");

		if (starts_with(line, start)) {
			const char *value = line + strlen(start);

			value += strspn(value, " \t");
			return xstrndup(value, (size_t)(line + len - value));
		}
		line += len + (line[len] == '\n');
	}
	return NULL;
}

/* A make goal and nothing else that make's command line could mean. */
static bool is_goal(const char *word)
{
	return *word != '-' && !strchr(word, '=') && fs_is_inside(word);
}

static int check_targets(const struct build_config *config, struct error *err)
{
	for (size_t i = 0; i < config->targets.nr; i++)
		if (!is_goal(config->targets.v[i]))
			return error_set(err, ERROR_INPUT,
					 "%s: '%s' is no target in the tree",
					 config->path, config->targets.v[i]);
	return 0;
}

/* Variables that make is given; one that says where it builds is ours to set. */
static int check_make_args(const struct build_config *config, struct error *err)
{
	for (size_t i = 0; i < config->make_args.nr; i++) {
		const char *word = config->make_args.v[i];
		size_t len = strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

		if (!len || word[len] != '=' || starts_with(word, "O=") ||
		    starts_with(word, "M="))
			return error_set(err, ERROR_INPUT,
					 "%s: '# Make:' has '%s', which is not "
					 "like CC=gcc-12 or LLVM=1",
					 config->path, word);
	}
	return 0;
}

static int read_when(const char *text, struct build_config *ret,
		     struct error *err)
{
	_cleanup_free_ char *when = head_value(text, "When");

	ret->on_request = when && streq(when, "requested");
	if (!when || ret->on_request)
		return 0;
	return error_set(err, ERROR_INPUT,
			 "%s: '# When: %s' is not '# When: requested'",
			 ret->path, when);
}

static int check_defconfig(const struct build_config *config,
			   struct error *err)
{
	if (config->defconfig && is_goal(config->defconfig) &&
	    !strpbrk(config->defconfig, " \t"))
		return 0;
	return error_set(err, ERROR_INPUT,
			 "%s: a line '# Defconfig: NAME' must say what the "
			 "fragment is merged over", config->path);
}

char *build_config_name(const char *path)
{
	const char *name = fs_basename(path);
	size_t len = strlen(name);
	_cleanup_free_ char *folder = fs_dirname(path);

	if (!streq(name, ".config"))
		return xstrndup(name, ends_with(name, ".config") ? len - 7 : len);
	return xstrdup(streq(folder, ".") || streq(folder, "/") ?
			       "tree" :
			       fs_basename(folder));
}

static int read_config(const char *path, struct build_config *ret,
		       struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	static const char *const keys[] = { "Targets", "Make", "Optional" };
	struct strv *const lists[] = { &ret->targets, &ret->make_args,
				       &ret->optional };

	if (fs_read(path, &text, err))
		return -1;
	*ret = (struct build_config){ 0 };
	ret->name = build_config_name(path);
	ret->path = xstrdup(path);
	ret->text = xstrdup(text.data);
	ret->defconfig = head_value(text.data, "Defconfig");
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		_cleanup_free_ char *value = head_value(text.data, keys[i]);

		if (value)
			strv_split(lists[i], value, " \t");
	}
	if (!read_when(text.data, ret, err) && !check_make_args(ret, err) &&
	    !check_targets(ret, err))
		return 0;
	build_config_release(ret);
	return -1;
}

int build_config_load(const char *path, struct build_config *ret,
		      struct error *err)
{
	if (read_config(path, ret, err))
		return -1;
	if (!check_defconfig(ret, err)) {
		if (ret->targets.nr)
			return 0;
		error_set(err, ERROR_INPUT,
			  "%s: a line '# Targets: DIR/' must say what is built",
			  path);
	}
	build_config_release(ret);
	return -1;
}

/* Kconfig says so at the top of what it writes, and of its compiler nearly so. */
static bool is_whole(const char *text)
{
	return strstr(text, "\nCONFIG_CC_VERSION_TEXT=") ||
	       strstr(text, "# Automatically generated file; DO NOT EDIT.");
}

int build_config_open(const char *path, struct build_config *ret,
		      struct error *err)
{
	if (read_config(path, ret, err))
		return -1;
	if ((!ret->defconfig && is_whole(ret->text)) ||
	    !check_defconfig(ret, err))
		return 0;
	build_config_release(ret);
	return -1;
}

void build_config_of_goal(const char *name, const char *goal,
			  struct build_config *ret)
{
	*ret = (struct build_config){ .name = xstrdup(name),
				      .defconfig = xstrdup(goal),
				      .text = xstrdup("") };
}

void build_config_release(struct build_config *config)
{
	free(config->name);
	free(config->path);
	free(config->defconfig);
	free(config->text);
	strv_release(&config->targets);
	strv_release(&config->make_args);
	strv_release(&config->optional);
	strv_release(&config->wanted);
	*config = (struct build_config){ 0 };
}

/* The files whose contents decide what a fragment becomes. */
static int list_kconfig(const struct kbuild *k, struct strv *ret,
			struct error *err)
{
	_cleanup_free_ char *root = realpath(k->src, NULL);
	char *const roots[] = { root, NULL };
	/* the working folder is every thread's */
	const int options = FTS_PHYSICAL | FTS_NOSTAT | FTS_NOCHDIR;
	FTS *walk = root ? fts_open(roots, options, NULL) : NULL;
	FTSENT *e;

	if (!walk)
		return error_errno(err, "cannot read %s", k->src);
	while ((e = fts_read(walk)))
		if (e->fts_info != FTS_D && e->fts_info != FTS_DP &&
		    (starts_with(e->fts_name, "Kconfig") ||
		     (k->config->defconfig &&
		      streq(e->fts_name, k->config->defconfig))))
			strv_add(ret, e->fts_path + strlen(root) + 1);
	fts_close(walk);
	strv_sort(ret);
	return 0;
}

static int config_key(const struct kbuild *k, struct store_key *ret,
		      struct error *err)
{
	_cleanup_(strv_release) struct strv files = STRV_INIT;
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(buf_release) struct buf all = BUF_INIT;
	_cleanup_free_ char *compiler = NULL, *args = NULL, *wanted = NULL;

	if (kbuild_compiler(k, &compiler, err) || list_kconfig(k, &files, err))
		return -1;
	strv_add_list(&words, k->make_args);
	kbuild_environment(&words);
	args = strv_join(&words, " ");
	buf_addf(&all, "%s\n%s\n%s\n%s\n%s\n", STAMP_VERSION, k->config->text,
		 k->config->defconfig ? k->config->defconfig : "", compiler,
		 args);
	wanted = strv_join(&k->config->wanted, " ");
	buf_addstr(&all, wanted);
	for (size_t i = 0; i < files.nr; i++) {
		_cleanup_free_ char *path = fs_join(k->src, files.v[i]);

		buf_addf(&all, "\n%s\n", files.v[i]);
		if (fs_read(path, &all, err))
			return -1;
	}
	*ret = store_key_of(all.data, all.len);
	return 0;
}

/* The symbol of a line "CONFIG_X=..." or "# CONFIG_X is not set"; NULL. */
static char *symbol_of(const char *line)
{
	if (starts_with(line, "# "))
		line += 2;
	if (!starts_with(line, "CONFIG_"))
		return NULL;
	return xstrndup(line, strcspn(line, "= "));
}

/* The value of a symbol; "n" when it is not set. */
static char *value_of(const struct strv *lines, const char *symbol)
{
	size_t len = strlen(symbol);

	for (size_t i = 0; i < lines->nr; i++)
		if (starts_with(lines->v[i], symbol) && lines->v[i][len] == '=')
			return xstrdup(lines->v[i] + len + 1);
	return xstrdup("n");
}

/*
 * "CONFIG_X=y became n", of the optional symbols or of the others. The last line of
 * a fragment about a symbol wins, as in merge_config.sh.
 */
static void find_dropped(const struct build_config *config,
			 const struct strv *result, bool optional,
			 struct strv *ret)
{
	_cleanup_(strv_release) struct strv lines = STRV_INIT;
	const struct strv *fragment = &lines;

	strv_split(&lines, config->text, "\n");
	for (size_t i = 0; i < fragment->nr; i++) {
		_cleanup_free_ char *symbol = symbol_of(fragment->v[i]);
		_cleanup_free_ char *want = NULL, *have = NULL;

		if (!symbol || strv_has(&config->optional, symbol) != optional)
			continue;
		want = value_of(fragment, symbol);
		have = value_of(result, symbol);
		if (!streq(want, have))
			strv_addf(ret, "%s=%s became %s", symbol, want, have);
	}
	strv_uniq(ret);
}

int kbuild_symbols_off(const char *config, const struct strv *symbols,
		       struct strv *ret, struct error *err)
{
	_cleanup_(strv_release) struct strv lines = STRV_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (fs_read(config, &text, err))
		return -1;
	strv_split(&lines, text.data, "\n");
	for (size_t i = 0; i < symbols->nr; i++) {
		_cleanup_free_ char *value = value_of(&lines, symbols->v[i]);

		if (streq(value, "n"))
			strv_add(ret, symbols->v[i]);
	}
	return 0;
}

static int list_dropped(const struct kbuild *k, bool optional, struct strv *ret,
			struct error *err)
{
	_cleanup_free_ char *path = fs_join(k->out, ".config");
	_cleanup_(strv_release) struct strv result = STRV_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (fs_read(path, &text, err))
		return -1;
	strv_split(&result, text.data, "\n");
	find_dropped(k->config, &result, optional, ret);
	return 0;
}

int kbuild_not_taken(const struct kbuild *k, struct strv *ret,
		     struct error *err)
{
	return k->config->optional.nr ? list_dropped(k, true, ret, err) : 0;
}

static int check_symbols(const struct kbuild *k, struct error *err)
{
	_cleanup_(strv_release) struct strv dropped = STRV_INIT;
	_cleanup_free_ char *list = NULL;

	if (list_dropped(k, false, &dropped, err))
		return -1;
	if (!dropped.nr)
		return 0;
	list = strv_join(&dropped, ", ");
	return error_set(err, ERROR_INPUT,
			 "%s: this tree's Kconfig does not take it: %s (look at "
			 "what the symbol depends on, or name it in a line '# "
			 "Optional:')", k->config->path, list);
}

static int make_goal(const struct kbuild *k, const char *goal,
		     struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	kbuild_make(k, &p);
	process_args(&p, goal, NULL);
	/* what one that failed has left is mended before the next */
	return kbuild_run_make(k, &p, err) || process_check(&p, err) ||
			       kbuild_made(k, err) ?
		       -1 :
		       0;
}

/* It makes its temporary files in the current folder: let that be the O= one. */
static int merge_fragment(const struct kbuild *k, const char *path,
			  struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *fragment = realpath(path, NULL);
	_cleanup_free_ char *src = realpath(k->src, NULL);

	if (!fragment || !src)
		return error_errno(err, "cannot read %s", path);
	strv_addf(&p.argv, "%s/scripts/kconfig/merge_config.sh", src);
	process_args(&p, "-m", "-O", ".", ".config", fragment, NULL);
	strv_add(&p.env, "KCONFIG_CONFIG=.config");
	strv_add(&p.env, "CONFIG_");
	strv_add(&p.env, "LC_ALL=C");
	p.dir = k->out;
	return process_run(&p, err) || process_check(&p, err) ? -1 : 0;
}

static int read_kconfig(const struct kbuild *k, struct buf *ret,
			struct error *err)
{
	_cleanup_(strv_release) struct strv files = STRV_INIT;

	if (list_kconfig(k, &files, err))
		return -1;
	for (size_t i = 0; i < files.nr; i++) {
		_cleanup_free_ char *path = fs_join(k->src, files.v[i]);

		if (fs_read(path, ret, err))
			return -1;
		buf_addch(ret, '\n');
	}
	return 0;
}

/* And those that such ones come from as nobody can set them by hand. */
static int add_behind(const char *kconfig, const char *path, struct strv *off,
		      struct error *err)
{
	_cleanup_(strv_release) struct strv all = STRV_INIT;

	strv_add_list(&all, off);
	for (size_t i = 0; i < all.nr; i++)
		kconfig_behind(kconfig, all.v[i], &all);
	strv_release(off);
	return kbuild_symbols_off(path, &all, off, err);
}

/* One round: those that are off get this value, if Kconfig takes it. */
static int switch_on(const struct kbuild *k, const char *kconfig,
		     const char *value, bool *ret_done, struct error *err)
{
	_cleanup_free_ char *path = fs_join(k->out, ".config");
	_cleanup_free_ char *fragment = kbuild_ours(k, "wanted.config");
	_cleanup_(buf_release) struct buf lines = BUF_INIT;
	_cleanup_(strv_release) struct strv off = STRV_INIT;

	if (kbuild_symbols_off(path, &k->config->wanted, &off, err))
		return -1;
	*ret_done = !off.nr;
	if (!off.nr)
		return 0;
	if (add_behind(kconfig, path, &off, err))
		return -1;
	for (size_t i = 0; i < off.nr; i++)
		buf_addf(&lines, "%s=%s\n", off.v[i], value);
	return fs_mkdirs_for(fragment, err) ||
			       fs_write(fragment, lines.data, lines.len, err) ||
			       merge_fragment(k, fragment, err) ||
			       make_goal(k, "olddefconfig", err) ?
		       -1 :
		       0;
}

/* Kconfig drops an m where only y can be, and all that something else needs first. */
static int switch_all_on(const struct kbuild *k, struct error *err)
{
	_cleanup_(buf_release) struct buf kconfig = BUF_INIT;
	bool done = !k->config->wanted.nr;

	if (!done && read_kconfig(k, &kconfig, err))
		return -1;
	for (int i = 0; i < ROUNDS && !done; i++)
		if (switch_on(k, kconfig.data, i % 2 ? "y" : "m", &done, err))
			return -1;
	return 0;
}

/* What of a whole .config another Kconfig drops is not for us to mind. */
static int write_whole(const struct kbuild *k, struct error *err)
{
	_cleanup_free_ char *path = fs_join(k->out, ".config");

	return fs_write(path, k->config->text, strlen(k->config->text), err) ||
			       make_goal(k, "olddefconfig", err) ?
		       -1 :
		       0;
}

static int write_merged(const struct kbuild *k, struct error *err)
{
	const char *path = k->config->path;

	if (make_goal(k, k->config->defconfig, err) ||
	    (path && merge_fragment(k, path, err)) ||
	    make_goal(k, "olddefconfig", err) ||
	    (path && check_symbols(k, err)))
		return -1;
	return 0;
}

static int configure(const struct kbuild *k, struct error *err)
{
	if ((k->config->defconfig ? write_merged(k, err) :
				    write_whole(k, err)) ||
	    switch_all_on(k, err))
		return -1;
	return make_goal(k, "modules_prepare", err);
}

int kbuild_configure(const struct kbuild *k, struct error *err)
{
	_cleanup_free_ char *stamp = kbuild_ours(k, "configured");
	_cleanup_free_ char *config = fs_join(k->out, ".config");
	_cleanup_(buf_release) struct buf was = BUF_INIT;
	struct store_key key;

	if (fs_mkdirs(k->out, err) || config_key(k, &key, err))
		return -1;
	if (fs_exists(config) && !fs_read(stamp, &was, NULL) &&
	    streq(was.data, key.hex))
		return 0;
	if (fs_mkdirs_for(stamp, err) || fs_remove(stamp, err) ||
	    kbuild_seen_forget(k, err) || configure(k, err))
		return error_prefix(err, "configuration '%s'", k->config->name);
	return fs_write(stamp, key.hex, strlen(key.hex), err);
}
