// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running git on the user's repository without leaving a trace in it. What
 * the user's configuration may ask for and what would write to the .git folder
 * or change bytes is switched off by name: a split index puts its shared half
 * into .git, fsmonitor starts a daemon there, and a hook may do anything.
 */
#define _GNU_SOURCE
#include "repo_git.h"
#include "lib/fs.h"

/* Configuration that would write, run something, or convert contents. */
static const char *const safe_config[] = {
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.splitIndex=false",
	"core.untrackedCache=false",
	"core.sparseCheckout=false",
	"core.autocrlf=false",
	"core.safecrlf=false",
	"core.attributesFile=/dev/null",
	"core.quotePath=false",
	"gc.auto=0",
	"maintenance.auto=false",
	"commit.gpgSign=false",
	"i18n.commitEncoding=UTF-8",
};

/*
 * What a hook, an alias or a quarantined push hands down, and what changes
 * how arguments are read. Names and mail addresses stay: they are the user's.
 */
static const char *const dropped_variables[] = {
	"GIT_DIR",
	"GIT_COMMON_DIR",
	"GIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_INDEX_VERSION",
	"GIT_OBJECT_DIRECTORY",
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_QUARANTINE_PATH",
	"GIT_NAMESPACE",
	"GIT_PREFIX",
	"GIT_GRAFT_FILE",
	"GIT_SHALLOW_FILE",
	"GIT_REPLACE_REF_BASE",
	"GIT_ATTR_SOURCE",
	"GIT_LITERAL_PATHSPECS",
	"GIT_GLOB_PATHSPECS",
	"GIT_NOGLOB_PATHSPECS",
	"GIT_ICASE_PATHSPECS",
	"GIT_EXTERNAL_DIFF",
	"GIT_DIFF_OPTS",
	"GIT_REFLOG_ACTION",
	"GIT_AUTHOR_DATE",
	"GIT_COMMITTER_DATE",
};

void repo_git_environment(struct process *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(dropped_variables); i++)
		strv_add(&p->env, dropped_variables[i]);
	strv_add(&p->env, "GIT_OPTIONAL_LOCKS=0");
	strv_add(&p->env, "GIT_ATTR_NOSYSTEM=1");
	strv_add(&p->env, "GIT_NO_REPLACE_OBJECTS=1");
	strv_add(&p->env, "GIT_TERMINAL_PROMPT=0");
	strv_add(&p->env, "LC_ALL=C");
}

void repo_git(const struct repo *repo, const char *index, struct process *p)
{
	_cleanup_free_ char *none = fs_join(repo->scratch, "no-index");

	strv_add(&p->argv, "git");
	for (size_t i = 0; i < ARRAY_SIZE(safe_config); i++)
		process_args(p, "-c", safe_config[i], NULL);
	strv_addf(&p->env, "GIT_DIR=%s", repo->git_dir);
	strv_addf(&p->env, "GIT_INDEX_FILE=%s", index ? index : none);
	repo_git_environment(p);
	p->dir = repo->scratch;
}

/* In an error, the options that every command has would hide the command. */
static int check_git(const struct process *p, struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	struct process shown = *p;

	for (size_t i = 0; i < p->argv.nr; i++)
		if (i + 1 < p->argv.nr && streq(p->argv.v[i], "-c"))
			i++;
		else
			strv_add(&words, p->argv.v[i]);
	shown.argv = words;
	return process_check(&shown, err);
}

int repo_git_run(struct process *p, struct error *err)
{
	return process_run(p, err) || check_git(p, err) ? -1 : 0;
}

char *repo_git_line(const struct process *p)
{
	return xstrndup(p->out.data, strcspn(p->out.data, "\n"));
}

static int truncated(struct error *err)
{
	return error_set(err, ERROR_SYSTEM,
			 "the output of git cat-file ends too early");
}

/* "<id> <type> <size>", or "<name> missing" and "<name> ambiguous". */
static int parse_answer(const char *line, size_t len, struct repo_object *ret,
			size_t *ret_size, struct error *err)
{
	_cleanup_free_ char *copy = xstrndup(line, len);
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	char *end;

	*ret = (struct repo_object){ 0 };
	*ret_size = 0;
	ret->missing = ends_with(copy, " missing") ||
		       ends_with(copy, " ambiguous");
	if (ret->missing)
		return 0;
	strv_split(&words, copy, " ");
	if (words.nr != 3)
		return error_set(err, ERROR_SYSTEM,
				 "git cat-file answered '%s'", copy);
	*ret_size = strtoul(words.v[2], &end, 10);
	ret->id = xstrdup(words.v[0]);
	ret->type = xstrdup(words.v[1]);
	return 0;
}

int repo_object_next(const struct process *p, size_t *pos, bool with_data,
		     struct repo_object *ret, struct error *err)
{
	const char *line = p->out.data + *pos;
	const char *newline = memchr(line, '\n', p->out.len - *pos);
	size_t size;

	if (!newline)
		return truncated(err);
	if (parse_answer(line, (size_t)(newline - line), ret, &size, err))
		return -1;
	*pos = (size_t)(newline + 1 - p->out.data);
	if (ret->missing || !with_data)
		return 0;
	if (p->out.len - *pos < size + 1) {
		repo_object_release(ret);
		return truncated(err);
	}
	ret->data = p->out.data + *pos;
	ret->len = size;
	*pos += size + 1;
	return 0;
}

void repo_object_release(struct repo_object *object)
{
	free(object->id);
	free(object->type);
	*object = (struct repo_object){ 0 };
}

void repo_git_hits(struct process *p, size_t skip, repo_match *match,
		   void *data)
{
	for (size_t pos = 0; pos + skip < p->out.len;) {
		char *path = p->out.data + pos + skip;
		char *text = path + strlen(path) + 1;
		size_t len;

		if (text >= p->out.data + p->out.len)
			break;
		len = strcspn(text, "\n");
		pos = (size_t)(text - p->out.data) + len + 1;
		text[len] = '\0';
		match(data, path, text);
	}
}
