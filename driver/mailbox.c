// SPDX-License-Identifier: GPL-2.0-only
/*
 * git's own programs take the mails apart, so that what am would make of them is
 * what is reviewed: mailsplit, mailinfo, apply. Nothing is repaired: no three-way
 * merge, no other white space.
 */
#define _GNU_SOURCE
#include "mailbox.h"

#include <stdio.h>

#include "lib/fs.h"
#include "repo_git.h"

/* One mail, as mailinfo tells it. */
struct mail {
	char *author, *email, *subject, *date; /* owned */
	struct buf body;       /* of the message, without its subject */
	char *patch; /* path of the file */
	size_t number;
};

static void mail_release(struct mail *m)
{
	free(m->author);
	free(m->email);
	free(m->subject);
	free(m->date);
	free(m->patch);
	buf_release(&m->body);
}

/* How many there are; they become <dir>/0001 and so on. */
static int split(const struct repo *repo, const char *path, const char *dir,
		 size_t *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(process_release) struct process keep = PROCESS_INIT;
	_cleanup_free_ char *whole = realpath(path, NULL);
	char *end;

	if (!whole)
		return error_set(err, ERROR_INPUT,
				 "there is no mailbox '%s'", path);
	if (fs_mkdirs(dir, err))
		return -1;
	repo_git(repo, NULL, &keep);
	process_args(&keep, "config", "--type=bool", "am.keepcr", NULL);
	if (process_run(&keep, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "mailsplit", "-b", NULL);
	if (!keep.status && starts_with(keep.out.data, "true"))
		process_args(&p, "--keep-cr", NULL);
	strv_addf(&p.argv, "-o%s", dir);
	process_args(&p, "--", whole, NULL);
	if (process_run(&p, err))
		return -1;
	*ret = strtoul(p.out.data, &end, 10);
	if (p.status || !*ret || end == p.out.data)
		return error_set(err, ERROR_INPUT, "%s: no mails in it", path);
	return 0;
}

/* The rest of the line that begins with the word; NULL. */
static char *field(const char *text, const char *word)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");

		if (starts_with(line, word))
			return xstrndup(line + strlen(word),
					len - strlen(word));
		line += len + (line[len] == '\n');
	}
	return NULL;
}

static int read_mail(const struct repo *repo, const char *dir, size_t number,
		     struct mail *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *path = xasprintf("%s/%04zu", dir, number);
	_cleanup_free_ char *body = xasprintf("%s/body", dir);

	*ret = (struct mail){ .number = number, .body = BUF_INIT,
			      .patch = xasprintf("%s.patch", path) };
	if (fs_read(path, &text, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "mailinfo", "--encoding=UTF-8", body, ret->patch,
		     NULL);
	p.input = text.data;
	p.input_len = text.len;
	if (repo_git_run(&p, err) || fs_read(body, &ret->body, err))
		return -1;
	ret->author = field(p.out.data, "Author: ");
	ret->email = field(p.out.data, "Email: ");
	ret->subject = field(p.out.data, "Subject: ");
	ret->date = field(p.out.data, "Date: ");
	return 0;
}

static bool has_patch(const struct mail *m)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	return !fs_read(m->patch, &text, NULL) &&
	       (strstr(text.data, "\n@@ ") || strstr(text.data, "diff --git "));
}

/* Appends to *ret: one tree more. */
static int apply(const struct repo *repo, const char *index,
		 const struct mail *m, const char *parent, char **ret,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(process_release) struct process write = PROCESS_INIT;

	repo_git(repo, index, &p);
	process_args(&p, "apply", "--cached", "--whitespace=nowarn", "--",
		     m->patch, NULL);
	if (process_run(&p, err))
		return -1;
	if (p.status) {
		_cleanup_free_ char *why =
			xstrndup(p.err.data, strcspn(p.err.data, "\n"));

		return error_set(err, ERROR_DRIFT,
				 "mail %zu, '%s', does not apply on %.12s: %s",
				 m->number, m->subject ? m->subject : "", parent,
				 starts_with(why, "error: ") ?
					 why + strlen("error: ") : why);
	}
	repo_git(repo, index, &write);
	process_args(&write, "write-tree", NULL);
	if (repo_git_run(&write, err))
		return -1;
	*ret = repo_git_line(&write);
	return 0;
}

static int clean(const struct repo *repo, const struct mail *m, struct buf *ret,
		 struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *text = xasprintf("%s\n\n%s",
					      m->subject ? m->subject : "",
					      m->body.data);

	repo_git(repo, NULL, &p);
	process_args(&p, "stripspace", NULL);
	p.input = text;
	p.input_len = strlen(text);
	if (repo_git_run(&p, err))
		return -1;
	buf_add(ret, p.out.data, p.out.len);
	return 0;
}

static int commit(const struct repo *repo, const struct mail *m,
		  const char *tree, const char *parent, char **ret,
		  struct error *err)
{
	static const char *const roles[] = { "AUTHOR", "COMMITTER" };
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_(buf_release) struct buf message = BUF_INIT;
	const char *email = m->email && *m->email ? m->email : "unknown";

	if (clean(repo, m, &message, err))
		return -1;
	repo_git(repo, NULL, &p);
	process_args(&p, "commit-tree", "--no-gpg-sign", tree, "-p", parent,
		     "-F", "-", NULL);
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++) {
		strv_addf(&p.env, "GIT_%s_NAME=%s", roles[i],
			  m->author && *m->author ? m->author : email);
		strv_addf(&p.env, "GIT_%s_EMAIL=%s", roles[i], email);
		strv_addf(&p.env, "GIT_%s_DATE=%s", roles[i],
			  m->date && *m->date ? m->date : "@0 +0000");
	}
	p.input = message.data;
	p.input_len = message.len;
	if (repo_git_run(&p, err))
		return error_prefix(err, "mail %zu", m->number);
	*ret = repo_git_line(&p);
	return 0;
}

/* "base-commit: ID", at the foot of a mail; NULL. */
static char *named_base(const char *path)
{
	static const char word[] = "base-commit: ";
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	char *id;

	if (fs_read(path, &text, NULL))
		return NULL;
	id = field(text.data, word);
	if (id)
		id[strspn(id, "0123456789abcdef")] = '\0';
	return id;
}

static int find_base(const struct repo *repo, const char *path,
		     const char *base, char **ret, struct error *err)
{
	_cleanup_free_ char *named = base ? NULL : named_base(path);

	if (!repo_commit_id(repo, base ? base : named ? named : "HEAD", ret,
			    err))
		return 0;
	if (named)
		return error_prefix(err, "%s: what it is based on is not in this "
				    "repository, fetch it or say another with "
				    "--base", path);
	return -1;
}

static int read_tree(const struct repo *repo, const char *index,
		     const char *commit_id, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	repo_git(repo, index, &p);
	process_args(&p, "read-tree", commit_id, NULL);
	return repo_git_run(&p, err);
}

static int take_mail(const struct repo *repo, const char *index,
		     const char *dir, size_t number, const char *base,
		     struct strv *ids, struct error *err)
{
	_cleanup_(mail_release) struct mail m = { 0 };
	_cleanup_free_ char *tree = NULL, *id = NULL;
	const char *parent = ids->nr ? ids->v[ids->nr - 1] : base;

	if (read_mail(repo, dir, number, &m, err))
		return -1;
	if (!has_patch(&m))
		return 0;
	if (apply(repo, index, &m, parent, &tree, err) ||
	    commit(repo, &m, tree, parent, &id, err))
		return -1;
	strv_add(ids, id);
	return 0;
}

int mailbox_apply(const struct repo *repo, const char *path, const char *base,
		  struct strv *ret_ids, char **ret_base, struct error *err)
{
	_cleanup_free_ char *dir = fs_join(repo->scratch, "mails");
	_cleanup_free_ char *index = fs_join(repo->scratch, "mailbox-index");
	size_t nr;

	if (split(repo, path, dir, &nr, err) ||
	    find_base(repo, path, base, ret_base, err) ||
	    read_tree(repo, index, *ret_base, err))
		return -1;
	for (size_t i = 1; i <= nr; i++)
		if (take_mail(repo, index, dir, i, *ret_base, ret_ids, err))
			return -1;
	if (!ret_ids->nr)
		return error_set(err, ERROR_INPUT, "%s: no patch in it", path);
	return 0;
}
