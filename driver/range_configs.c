// SPDX-License-Identifier: GPL-2.0-only
/*
 * A range needs no set-up: what is built is worked out from what it touches. A
 * folder too many costs time, one too few would leave code unseen, which is told
 * as undecided; so this need not be perfect to be safe.
 */
#define _GNU_SOURCE
#include "range_configs.h"

#include "lib/fs.h"
#include "repo_range.h"

#define DEFAULT_NAME "default"
#define DEFAULT_GOAL "x86_64_defconfig"
#define DEFAULT_ARCH "x86"

/* The last NAME=value of make's arguments; NULL. */
static const char *make_argument(const struct options *o, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = o->make_args.nr; i-- > 0;)
		if (starts_with(o->make_args.v[i], name) &&
		    o->make_args.v[i][len] == '=')
			return o->make_args.v[i] + len + 1;
	return NULL;
}

/* The folder of an architecture is not always called as it is. */
static const char *arch_folder(const struct options *o)
{
	const char *arch = make_argument(o, "ARCH");

	if (!arch)
		arch = getenv("ARCH");
	if (!arch || !*arch || streq(arch, "x86_64") || streq(arch, "i386"))
		return DEFAULT_ARCH;
	return arch;
}

static void add(struct session *s, const struct build_config *config)
{
	s->configs = xrealloc(s->configs, s->nr_configs + 1,
			      sizeof(*s->configs));
	s->configs[s->nr_configs++] = *config;
}

static int add_file(struct session *s, const char *path, struct error *err)
{
	struct build_config config = { 0 };

	if (build_config_open(path, &config, err))
		return -1;
	add(s, &config);
	return 0;
}

/* Those of the series; of one that waits to be asked for only if it was. */
static int add_series(struct session *s, bool requested, struct error *err)
{
	const struct strv *paths = &s->series.configs;

	for (size_t i = 0; i < paths->nr; i++) {
		struct build_config config = { 0 };

		if (build_config_open(paths->v[i], &config, err))
			return -1;
		if (requested || !config.on_request)
			add(s, &config);
		else
			build_config_release(&config);
	}
	return 0;
}

/* The path of the series' configuration of this name; NULL. */
static const char *of_series(const struct session *s, const char *name)
{
	_cleanup_free_ char *file = xasprintf("%s.config", name);

	for (size_t i = 0; i < s->series.configs.nr; i++)
		if (streq(fs_basename(s->series.configs.v[i]), file))
			return s->series.configs.v[i];
	return NULL;
}

/* "defconfig", "x86_64_defconfig", "allmodconfig": goals of make. */
static bool is_goal(const char *name)
{
	return ends_with(name, "config") && !strpbrk(name, "/.=: \t") &&
	       *name != '-' && fs_is_inside(name);
}

static void add_default(struct session *s)
{
	struct build_config config;

	build_config_of_goal(DEFAULT_NAME, DEFAULT_GOAL, &config);
	strv_add_list(&config.wanted, &s->scope.wanted);
	add(s, &config);
}

static int add_named(struct session *s, const char *name, struct error *err)
{
	const char *path = of_series(s, name);
	struct build_config config;

	if (path || (fs_exists(name) && !fs_is_dir(name)))
		return add_file(s, path ? path : name, err);
	if (streq(name, BUILD_CONFIG_ALL) && s->series.name)
		return add_series(s, true, err);
	if (streq(name, DEFAULT_NAME)) {
		add_default(s);
		return 0;
	}
	if (!is_goal(name))
		return error_set(err, ERROR_INPUT,
				 "there is no configuration '%s': it is no "
				 "file%s, no goal of the tree's make "
				 "(x86_64_defconfig...), and not '"
				 DEFAULT_NAME "'", name,
				 s->series.name ? ", none of the series'" : "");
	build_config_of_goal(name, name, &config);
	add(s, &config);
	return 0;
}

/* What the user builds with: O= of make's arguments, else the work tree. */
static int find_own(const struct session *s, char **ret, struct error *err)
{
	const char *out = make_argument(s->options, "O");
	_cleanup_free_ char *top = NULL, *path = NULL;

	*ret = NULL;
	if (!out && repo_top(&s->repo, &top, err))
		return -1;
	if (!out && !top)
		return 0;
	path = fs_join(out ? out : top, ".config");
	if (fs_exists(path))
		*ret = xstrdup(path);
	else if (out)
		return error_set(err, ERROR_INPUT,
				 "there is no %s: configure that folder, or "
				 "name a configuration with --config", path);
	return 0;
}

/* It is called ".config", which says nothing. */
static int add_own(struct session *s, const char *path, struct error *err)
{
	struct build_config *config;

	if (add_file(s, path, err))
		return -1;
	config = &s->configs[s->nr_configs - 1];
	free(config->name);
	config->name = xstrdup("tree");
	return 0;
}

static int add_all(struct session *s, struct error *err)
{
	const struct strv *names = &s->options->configs;
	_cleanup_free_ char *own = NULL;

	for (size_t i = 0; i < names->nr; i++)
		if (add_named(s, names->v[i], err))
			return -1;
	if (!names->nr && add_series(s, false, err))
		return -1;
	if (s->nr_configs)
		return 0;
	if (find_own(s, &own, err))
		return -1;
	if (own)
		return add_own(s, own, err);
	add_default(s);
	return 0;
}

/* A configuration's name is that of its folder, which make builds in. */
static int check_names(const struct session *s, struct error *err)
{
	for (size_t i = 0; i < s->nr_configs; i++) {
		if (strpbrk(s->configs[i].name, " \t\n:;'\"\\$#%&*?"))
			return error_set(err, ERROR_INPUT,
					 "%s: make cannot build in a folder of "
					 "this name: call the file otherwise",
					 s->configs[i].path);
		for (size_t k = 0; k < i; k++)
			if (streq(s->configs[i].name, s->configs[k].name))
				return error_set(err, ERROR_INPUT,
						 "two configurations are called "
						 "'%s'", s->configs[i].name);
	}
	return 0;
}

static int fill_targets(struct session *s, struct error *err)
{
	s->scope.chosen = true;
	for (size_t i = 0; i < s->nr_configs; i++) {
		struct build_config *config = &s->configs[i];

		if (config->targets.nr)
			continue;
		if (!s->scope.targets.nr)
			return error_set(err, ERROR_INPUT,
					 "%s touches no file that a folder's "
					 "Kbuild or Makefile builds for %s, so "
					 "there is nothing to compare: name what "
					 "is to be built in a file for --config "
					 "('# Defconfig: " DEFAULT_GOAL "' and "
					 "'# Targets: DIR/')", s->range.text,
					 arch_folder(s->options));
		strv_add_list(&config->targets, &s->scope.targets);
		s->scope.chosen = false;
	}
	return 0;
}

/* Targets that were worked out may leave out too much; that is told. */
static void find_unbuilt(struct session *s)
{
	_cleanup_(strv_release) struct strv targets = STRV_INIT;

	for (size_t i = 0; i < s->nr_configs; i++)
		strv_add_list(&targets, &s->configs[i].targets);
	scope_unbuilt(&s->scope, &targets, &s->scope.unbuilt);
}

/* All of the range's commits are between its ends, and the trees say it all. */
static int scope_key(const struct session *s, struct store_key *ret,
		     struct error *err)
{
	const struct range *range = &s->range;
	_cleanup_free_ char *paths = strv_join(&range->paths, "\n");
	_cleanup_free_ char *first = NULL, *last = NULL;
	struct store_hash *h;

	if (repo_tree_id(&s->repo, range->commits[0].before, &first, err) ||
	    repo_tree_id(&s->repo, range->commits[range->nr - 1].after, &last,
			 err))
		return -1;
	h = session_hash(s, "scope");
	store_hash_str(h, first);
	store_hash_str(h, last);
	store_hash_str(h, paths);
	store_hash_str(h, arch_folder(s->options));
	*ret = store_hash_end(h);
	return 0;
}

/* Looking through a whole tree for #include lines takes seconds: kept. */
static int find_scope(struct session *s, struct error *err)
{
	struct store_key key;
	json_t *document = NULL;
	int found, result;

	if (scope_key(s, &key, err))
		return -1;
	found = session_get(s, "scope", &key, &document, err);
	if (found < 0)
		return -1;
	found = found && scope_from_json(document, &s->scope);
	json_decref(document);
	if (found)
		return 0;
	progress_now(&s->progress, "who reads what the range touches");
	if (scope_find(&s->repo, &s->range, arch_folder(s->options), &s->scope,
		       err))
		return -1;
	document = scope_json(&s->scope);
	result = session_put(s, "scope", &key, document, err);
	json_decref(document);
	return result;
}

int range_configs(struct session *s, struct error *err)
{
	if (find_scope(s, err) ||
	    add_all(s, err) || check_names(s, err))
		return -1;
	if (fill_targets(s, err))
		return -1;
	find_unbuilt(s);
	return 0;
}
