// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opening a session does everything that can fail for a reason outside the
 * series' steps: a missing program, a folder that is no repository, a cache that
 * is not writable, another run on the same tree. Nothing is changed by then.
 */
#define _GNU_SOURCE
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "lib/fs.h"
#include "lib/process.h"
#include "optional.h"
#include "range_configs.h"
#include "usage.h"

#define OLDEST_GIT "2.27" /* update-ref with transactions on stdin */

/* ret: "git version 2.39.5", with what the vendor puts behind it. */
static int git_version(char **ret, struct error *err)
{
	static const char before[] = "git version ";
	_cleanup_(process_release) struct process git = PROCESS_INIT;
	_cleanup_free_ char *line = NULL;

	process_args(&git, "git", "--version", NULL);
	if (process_run(&git, err) || process_check(&git, err))
		return -1;
	line = xstrndup(git.out.data, strcspn(git.out.data, "\n"));
	if (!starts_with(line, before) ||
	    strverscmp(line + strlen(before), OLDEST_GIT) < 0)
		return error_set(err, ERROR_SYSTEM,
				 "'git --version' says '%s': git " OLDEST_GIT
				 " or a newer one is needed", line);
	*ret = xstrdup(line);
	return 0;
}

/* With --config all, a configuration of which nothing else was said. */
static bool may_lack(const struct session *s, const struct build_config *config)
{
	const struct strv *names = &s->options->configs;

	return strv_has(names, BUILD_CONFIG_ALL) && !strv_has(names, config->name);
}

/* A compiler that this machine has not is an error, or told in the report. */
static int find_toolchains(struct session *s, struct error *err)
{
	size_t nr = 0;

	s->toolchains = xcalloc(s->nr_configs, sizeof(*s->toolchains));
	for (size_t c = 0; c < s->nr_configs; c++) {
		struct build_config *config = &s->configs[c];
		_cleanup_(error_release) struct error why = ERROR_INIT;

		if (!toolchain_find(&s->options->make_args, config,
				    &s->toolchains[nr], &why)) {
			s->configs[nr++] = *config;
			continue;
		}
		if (!may_lack(s, config))
			return error_set(err, why.class, "%s", why.text);
		strv_addf(&s->report.notes, "%s: it is left out", why.text);
		build_config_release(config);
	}
	s->nr_configs = nr;
	return 0;
}

/*
 * Keeps the versions of what is run for the report, and as one key with what
 * the build takes from the environment.
 */
static int add_tools(struct session *s, struct error *err)
{
	struct strv *tools = &s->report.tools;
	_cleanup_free_ char *git = NULL, *spatch = NULL, *all = NULL;
	_cleanup_(strv_release) struct strv inputs = STRV_INIT;
	struct store_key key;

	if (git_version(&git, err) ||
	    (!s->range.nr && spatch_version(&s->spatch, &spatch, err)) ||
	    find_toolchains(s, err))
		return -1;
	strv_addf(tools, "cocciseries\t%s", COCCISERIES_VERSION);
	strv_addf(tools, "git\t%s", git);
	if (spatch)
		strv_addf(tools, "spatch\t%s", spatch);
	toolchain_tools(s->toolchains, s->configs, s->nr_configs, tools);
	strv_add_list(&inputs, tools);
	kbuild_environment(&inputs);
	all = strv_join(&inputs, "\n");
	key = store_key_of(all, strlen(all));
	s->tools_key = xstrdup(key.hex);
	return 0;
}

static int hash_own_program(struct session *s, struct error *err)
{
	_cleanup_(buf_release) struct buf program = BUF_INIT;
	struct store_key key;

	if (fs_read("/proc/self/exe", &program, err))
		return -1;
	key = store_key_of(program.data, program.len);
	s->tool_key = xstrdup(key.hex);
	return 0;
}

static bool config_wanted(const struct strv *names,
			  const struct build_config *config)
{
	return names->nr ? strv_has(names, config->name) ||
				   strv_has(names, BUILD_CONFIG_ALL) :
			   !config->on_request;
}

static int check_config_names(const struct session *s, struct error *err)
{
	const struct strv *wanted = &s->options->configs;

	for (size_t i = 0; i < wanted->nr; i++) {
		bool known = streq(wanted->v[i], BUILD_CONFIG_ALL);

		for (size_t j = 0; j < s->nr_configs; j++)
			known |= streq(s->configs[j].name, wanted->v[i]);
		if (!known)
			return error_set(err, ERROR_INPUT,
					 "%s/configs has no configuration '%s'",
					 s->series.dir, wanted->v[i]);
	}
	return 0;
}

static int load_configs(struct session *s, struct error *err)
{
	const struct strv *paths = &s->series.configs;

	s->configs = xcalloc(paths->nr, sizeof(*s->configs));
	for (size_t i = 0; i < paths->nr; i++) {
		struct build_config config = { 0 };

		if (build_config_load(paths->v[i], &config, err))
			return -1;
		if (config_wanted(&s->options->configs, &config))
			s->configs[s->nr_configs++] = config;
		else
			build_config_release(&config);
	}
	return check_config_names(s, err);
}

/* How long a killed run's compilers may take to end, in tenths of a second. */
#define LOCK_TRIES 50

/*
 * Programs that a run starts inherit the lock: when the run itself is killed,
 * the next one must not build in the same folders while they still write.
 */
static int take_lock(struct session *s, struct error *err)
{
	_cleanup_free_ char *path = fs_join(s->work, "lock");
	const struct timespec tenth = { .tv_nsec = 100000000 };

	s->lock = open(path, O_RDWR | O_CREAT, 0666);
	if (s->lock < 0)
		return error_errno(err, "%s: cannot be opened", path);
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (!flock(s->lock, LOCK_EX | LOCK_NB))
			return 0;
		if (errno != EWOULDBLOCK)
			return error_errno(err, "%s: cannot be locked", path);
		progress_now(&s->progress, "another run has this tree: waiting");
		nanosleep(&tenth, NULL);
	}
	return error_set(err, ERROR_SYSTEM,
			 "another cocciseries, or what is left of a killed one, "
			 "works on this tree; wait for it to end, or use "
			 "another --cache (lock: %s)",
			 path);
}

/* Of the name of a folder that make builds in, and of its whole path. */
static const char plain_chars[] = "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789-_.+/@,~=";

static bool is_plain(char c)
{
	return (c & 0x80) || (c && strchr(plain_chars, c));
}

/* make and kbuild cannot work below a path with a blank, a colon or a quote. */
static int check_cache(const char *cache, struct error *err)
{
	const char *c = cache;

	while (is_plain(*c))
		c++;
	if (!*c)
		return 0;
	return error_set(err, ERROR_INPUT,
			 "the cache cannot be in %s: make does not build in a "
			 "path with '%c'; name another folder with --cache",
			 cache, *c);
}

static int open_cache(const char *cache, struct error *err)
{
	_cleanup_free_ char *whole = NULL;

	if (fs_mkdirs_to_fill(cache, err))
		return error_prefix(err, "the cache is of no use, name another "
					 "folder with --cache");
	whole = realpath(cache, NULL);
	return whole ? check_cache(whole, err) :
		       error_errno(err, "cannot use %s", cache);
}

/*
 * The work folder is that of the repository, whichever of its folders --tree
 * names: "<cache>/work/<name>-<hash of the git folder>".
 */
static char *work_folder(const struct session *s, const char *cache)
{
	_cleanup_free_ char *git_dir = realpath(s->repo.git_dir, NULL);
	const char *id = git_dir ? git_dir : s->repo.git_dir;
	struct store_key key = store_key_of(id, strlen(id));
	_cleanup_free_ char *parent = fs_dirname(id);
	bool bare = !ends_with(id, "/.git");
	_cleanup_free_ char *name = xstrdup(fs_basename(bare ? id : parent));

	for (char *c = name; *c; c++)
		if (!is_plain(*c))
			*c = '_';
	return xasprintf("%s/work/%s-%.8s", cache, name, key.hex);
}

static int open_work(struct session *s, const char *cache, struct error *err)
{
	_cleanup_free_ char *store = fs_join(cache, "store");

	if (open_cache(cache, err))
		return -1;
	/* Where the work folder is, only the repository tells. */
	if (repo_open(s->options->tree, cache, &s->repo, err))
		return -1;
	s->work = work_folder(s, s->repo.scratch);
	s->scratch = fs_join(s->work, "scratch");
	if (fs_mkdirs(s->work, err) || take_lock(s, err) ||
	    fs_remove(s->scratch, err) || fs_mkdirs(s->scratch, err))
		return -1;
	free(s->repo.scratch);
	s->repo.scratch = xstrdup(s->scratch);
	s->spatch = (struct spatch){ .program = "spatch",
				     .scratch = s->scratch };
	return store_open(store, &s->store, err);
}

static void start_report(struct session *s, const char *name, size_t nr)
{
	struct report *r = &s->report;

	r->series = xstrdup(name);
	r->base_commit = xstrdup(s->base);
	r->verdict = VERDICT_UNDECIDED;
	r->nr = r->alloc = nr;
	r->steps = xcalloc(r->nr, sizeof(*r->steps));
}

static int open_series(struct session *s, struct error *err)
{
	const struct options *o = s->options;

	if (load_configs(s, err) ||
	    (o->from && series_redo(&s->series, o->from, err)) ||
	    repo_commit_id(&s->repo, o->base, &s->base, err) ||
	    optional_steps(&s->repo, s->base, &s->series, &s->report.notes, err))
		return -1;
	s->branch = o->branch ? xstrdup(o->branch) :
				xasprintf("cocciseries/%s", s->series.name);
	start_report(s, s->series.name, s->series.nr);
	for (size_t i = 0; i < s->series.nr; i++)
		report_start_step(&s->report.steps[i], s->series.steps[i].name,
				  step_kind_name(s->series.steps[i].kind),
				  s->series.steps[i].subject);
	return 0;
}

/* The commits are there already, and so is what the report says of them. */
static int open_range(struct session *s, struct error *err)
{
	if (range_open(&s->repo, s->options, &s->range, err) ||
	    range_configs(s, err))
		return -1;
	s->base = xstrdup(s->range.commits[0].before);
	start_report(s, s->range.text, s->range.nr);
	s->report.range = true;
	s->report.squashed = s->options->squash;
	strv_add_list(&s->report.paths, &s->options->paths);
	for (size_t i = 0; i < s->range.nr; i++) {
		const struct range_commit *c = &s->range.commits[i];

		report_start_step(&s->report.steps[i], c->name, "mixed",
				  c->subject);
		s->report.steps[i].commit = xstrdup(c->id);
	}
	return 0;
}

static int open_all(struct session *s, struct error *err)
{
	const struct options *o = s->options;
	const struct series_options allow = { .allow_scripts = o->allow_scripts };
	_cleanup_free_ char *cache = NULL;

	if ((o->series && series_load(o->series, &allow, &s->series, err)) ||
	    options_cache(o, &cache, err) || open_work(s, cache, err) ||
	    hash_own_program(s, err) ||
	    (o->range ? open_range(s, err) : open_series(s, err)) ||
	    repo_describe(&s->repo, s->base, &s->report.base_describe, err))
		return -1;
	return add_tools(s, err);
}

int session_open(const struct options *options, struct session *ret,
		 struct error *err)
{
	*ret = (struct session){ .options = options, .lock = -1 };
	progress_init(&ret->progress, options->quiet);
	if (!jobserver_open(options->jobs, &ret->jobserver, err) &&
	    !open_all(ret, err))
		return 0;
	session_release(ret);
	return -1;
}

void session_release(struct session *s)
{
	progress_end(&s->progress);
	report_release(&s->report);
	for (size_t i = 0; i < s->nr_configs; i++) {
		build_config_release(&s->configs[i]);
		if (s->toolchains)
			toolchain_release(&s->toolchains[i]);
	}
	free(s->configs);
	free(s->toolchains);
	series_release(&s->series);
	range_release(&s->range);
	scope_release(&s->scope);
	repo_release(&s->repo);
	store_close(&s->store);
	free(s->work);
	free(s->scratch);
	free(s->base);
	free(s->branch);
	free(s->tool_key);
	free(s->tools_key);
	jobserver_close(&s->jobserver);
	if (s->lock >= 0)
		close(s->lock);
	*s = (struct session){ .lock = -1 };
}

struct store_hash *session_hash(const struct session *s, const char *what)
{
	struct store_hash *h = store_hash_new();

	store_hash_str(h, what);
	store_hash_str(h, s->tool_key);
	store_hash_str(h, s->tools_key);
	return h;
}

int session_get(const struct session *s, const char *kind,
		const struct store_key *key, json_t **ret, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	int found = store_get(&s->store, kind, key, &text, err);

	if (found <= 0)
		return found;
	*ret = json_loadb(text.data, text.len, 0, NULL);
	return *ret ? 1 : 0;
}

int session_put(const struct session *s, const char *kind,
		const struct store_key *key, json_t *document,
		struct error *err)
{
	_cleanup_free_ char *text = json_dumps(document, JSON_COMPACT);

	return store_put(&s->store, kind, key, text, strlen(text), err);
}
