// SPDX-License-Identifier: GPL-2.0-only
/*
 * The user's repository: what is read from it is right, and what is written to
 * it is objects, and one branch when asked for. The comparison of the whole .git
 * folder is the point of this file.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "driver/repo.h"
#include "driver/repo_notes.h"
#include "driver/repo_range.h"
#include "lib/fs.h"
#include "lib/process.h"

#define IDENTITY "A U Thor <author@example.org>"
#define MESSAGE "tree: change a file\n\nWhy it is so.\n"

struct fixture {
	char *dir;  /* everything */
	char *work; /* the user's clone */
	struct repo repo;
};

static struct error error = ERROR_INIT;

static void assert_ok(int ret)
{
	if (ret < 0)
		fail_msg("%s", error.text ? error.text : "no message");
}

static void assert_error(int ret, const char *part)
{
	assert_int_equal(ret, -1);
	assert_non_null(error.text);
	if (!strstr(error.text, part))
		fail_msg("'%s' is not in: %s", part, error.text);
	error_release(&error);
}

/* Runs a shell line in the clone, as the user would. */
static char *sh(const struct fixture *f, const char *line)
{
	struct process p = PROCESS_INIT;
	char *out;

	process_args(&p, "sh", "-ec", line, NULL);
	p.dir = f->work;
	strv_add(&p.env, "GIT_CONFIG_GLOBAL=/dev/null");
	strv_add(&p.env, "GIT_CONFIG_NOSYSTEM=1");
	assert_ok(process_run(&p, &error));
	assert_ok(process_check(&p, &error));
	out = xstrndup(p.out.data, strcspn(p.out.data, "\n"));
	process_release(&p);
	return out;
}

static void run(const struct fixture *f, const char *line)
{
	free(sh(f, line));
}

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	char *scratch;

	f->dir = xstrdup("/tmp/test_repo.XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	f->work = xasprintf("%s/work", f->dir);
	scratch = xasprintf("%s/scratch", f->dir);
	assert_ok(fs_mkdirs(f->work, &error));
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	run(f, "git init -q -b main\n"
	       "git config user.name 'A U Thor'\n"
	       "git config user.email author@example.org\n"
	       "mkdir sub; echo one >sub/a.c; echo two >b.c; chmod +x b.c\n"
	       "ln -s b.c link; git add -A\n"
	       "GIT_COMMITTER_DATE='1500000000 +0230' git commit -qm base\n"
	       "git tag v1");
	assert_ok(repo_open(f->work, scratch, &f->repo, &error));
	free(scratch);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	repo_release(&f->repo);
	fs_remove(f->dir, &error);
	free(f->dir);
	free(f->work);
	free(f);
	error_release(&error);
	return 0;
}

/* All of .git but the objects: path, mode, mtime and bytes of each file. */
static char *snapshot(const struct fixture *f)
{
	char *root = xasprintf("%s/.git", f->work);
	char *const roots[] = { root, NULL };
	FTS *walk = fts_open(roots, FTS_PHYSICAL, NULL);
	struct strv lines = STRV_INIT;
	FTSENT *e;
	char *all;

	while ((e = fts_read(walk))) {
		struct timespec t = e->fts_statp->st_mtim;
		struct buf data = BUF_INIT;

		if (streq(e->fts_name, "objects")) { /* before and behind */
			fts_set(walk, e, FTS_SKIP);
			continue;
		}
		if (e->fts_info == FTS_F)
			assert_ok(fs_read(e->fts_path, &data, &error));
		strv_addf(&lines, "%s %o %ld.%ld %s", e->fts_path,
			  e->fts_statp->st_mode, t.tv_sec, t.tv_nsec, data.data);
		buf_release(&data);
	}
	fts_close(walk);
	strv_sort(&lines);
	all = strv_join(&lines, "\n");
	strv_release(&lines);
	free(root);
	return all;
}

/* Edits of one existing and one new file, as the kinds make them. */
static void make_edits(struct edits *e, const char *path, const char *data)
{
	struct edit *edit = xcalloc(1, sizeof(*edit));

	edit->path = xstrdup(path);
	edit->before = (struct buf)BUF_INIT;
	edit->data = (struct buf)BUF_INIT;
	edit->is_new = streq(path, "new/file.c");
	if (!edit->is_new)
		buf_addstr(&edit->before, "before\n");
	buf_addstr(&edit->data, data);
	ARRAY_GROW(e->v, e->nr, e->alloc);
	e->v[e->nr++] = edit;
}

static char *commit(struct fixture *f, const char *parent)
{
	struct edits e;
	char *id = NULL;

	edits_init(&e, NULL, NULL, NULL);
	make_edits(&e, "sub/a.c", "changed\r\n\n");
	make_edits(&e, "b.c", "two changed\n");
	make_edits(&e, "new/file.c", "");
	buf_addstr(&e.v[2]->data, "made\n");
	assert_ok(repo_commit(&f->repo, parent, &e, IDENTITY, MESSAGE, &id,
			      &error));
	edits_release(&e);
	return id;
}

static int read_head(void *data, const char *path, struct buf *ret,
		     struct error *err)
{
	struct fixture *f = data;

	return repo_read(&f->repo, "HEAD", path, ret, err);
}

static void test_reads(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	char *id, *tree, *text, *want;

	assert_ok(repo_commit_id(&f->repo, "HEAD", &id, &error));
	assert_ok(repo_tree_id(&f->repo, "v1", &tree, &error));
	want = sh(f, "git rev-parse HEAD HEAD^{tree} | tr '\\n' ' '");
	text = xasprintf("%s %s ", id, tree);
	assert_string_equal(text, want);
	assert_int_equal(repo_read(&f->repo, "HEAD", "sub/a.c", &b, &error), 1);
	assert_string_equal(b.data, "one\n");
	assert_int_equal(repo_read(&f->repo, id, "sub/none.c", &b, &error), 0);
	assert_error(repo_read(&f->repo, "HEAD", "sub", &b, &error), "not a file");
	assert_error(repo_read(&f->repo, "nope", "b.c", &b, &error),
		     "no commit 'nope'");
	assert_error(repo_read(&f->repo, "HEAD", "../b.c", &b, &error), "leaves");
	assert_error(repo_commit_id(&f->repo, "--all", &want, &error),
		     "no commit '--all'");
	free(text);
	assert_ok(repo_describe(&f->repo, "HEAD", &text, &error));
	assert_string_equal(text, "v1");
	free(text);
	run(f, "git tag -d v1");
	assert_ok(repo_describe(&f->repo, "HEAD", &text, &error));
	assert_string_equal(text, id);
	free(text);
	free(want);
	free(id);
	free(tree);
	buf_release(&b);
}

static void test_open_errors(void **state)
{
	struct fixture *f = *state;
	char *none = xasprintf("%s/none", f->dir);
	struct repo r;

	assert_error(repo_open(none, f->dir, &r, &error), "no folder");
	assert_error(repo_open(f->dir, f->dir, &r, &error), "git init");
	free(none);
}

static void test_opens_subfolder_bare_and_linked(void **state)
{
	struct fixture *f = *state;
	char *sub = xasprintf("%s/sub", f->work);
	char *bare = xasprintf("%s/bare.git", f->dir);
	char *linked = xasprintf("%s/linked", f->dir);
	char *head, *want, *id;
	struct repo r;

	assert_ok(repo_open(sub, f->dir, &r, &error));
	assert_string_equal(r.git_dir, f->repo.git_dir);
	repo_release(&r);
	run(f, "git clone -q --bare . ../bare.git");
	assert_ok(repo_open(bare, f->dir, &r, &error));
	id = commit(&(struct fixture){ .repo = r }, "main");
	assert_ok(repo_publish(&r, "topic", id, NULL, &error));
	assert_ok(repo_publish(&r, "main", id, "", &error) == -1 ? 0 : -1);
	error_release(&error);
	repo_release(&r);
	free(id);
	/* HEAD of a linked work tree is its own */
	run(f, "git worktree add -q ../linked -b other;"
	       "git -C ../linked commit -q --allow-empty -m more");
	assert_ok(repo_open(linked, f->dir, &r, &error));
	assert_ok(repo_commit_id(&r, "HEAD", &head, &error));
	want = sh(f, "git rev-parse other");
	assert_string_equal(head, want);
	repo_release(&r);
	free(head);
	free(want);
	free(sub);
	free(bare);
	free(linked);
}

static void test_commit_is_exact(void **state)
{
	struct fixture *f = *state;
	struct strv paths = STRV_INIT;
	char *id, *again, *text;

	id = commit(f, "HEAD");
	again = commit(f, "HEAD");
	assert_string_equal(id, again);
	text = xasprintf("git cat-file commit %s | sed 1,2d | tr '\\n' '|'", id);
	free(again);
	again = sh(f, text);
	assert_string_equal(again,
			    "author " IDENTITY " 1500000000 +0230|committer "
			    IDENTITY " 1500000000 +0230||tree: change a "
			    "file||Why it is so.|");
	free(text);
	free(again);
	text = xasprintf("git ls-tree -r %s | tr '\\n\\t' '| ' | "
			 "sed 's/ blob [0-9a-f]*//g'", id);
	again = sh(f, text);
	assert_string_equal(again, "100755 b.c|120000 link|100644 new/file.c|"
				   "100644 sub/a.c|");
	assert_ok(repo_changed(&f->repo, "HEAD", id, &paths, &error));
	free(again);
	again = strv_join(&paths, " ");
	assert_string_equal(again, "b.c new/file.c sub/a.c");
	strv_release(&paths);
	free(text);
	free(again);
	free(id);
}

/*
 * Everything in the configuration, the attributes and the environment that
 * could write to .git, run something, or change bytes.
 */
static void test_commit_leaves_no_trace(void **state)
{
	struct fixture *f = *state;
	struct buf b = BUF_INIT;
	char *ran = xasprintf("%s/.git/ran", f->work);
	char *before, *after, *id;

	run(f, "git config core.splitIndex true; git config core.autocrlf true\n"
	       "git config core.untrackedCache true; git config gc.auto 1\n"
	       "git config commit.gpgSign true; git config core.fsmonitor true\n"
	       "git config filter.x.clean 'tr a-z A-Z'\n"
	       "echo '*.c filter=x text eol=crlf' >.git/info/attributes\n"
	       "for h in pre-commit reference-transaction post-index-change; do\n"
	       "printf '#!/bin/sh\\ntouch %s\\n' \"$PWD/.git/ran\" "
	       ">.git/hooks/$h; chmod +x .git/hooks/$h; done");
	setenv("GIT_INDEX_FILE", "/nonexistent/index", 1);
	setenv("GIT_DIR", "/nonexistent", 1);
	setenv("GIT_WORK_TREE", "/nonexistent", 1);
	setenv("GIT_AUTHOR_DATE", "1 +0000", 1);
	before = snapshot(f);
	id = commit(f, "main");
	after = snapshot(f);
	unsetenv("GIT_INDEX_FILE");
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_AUTHOR_DATE");
	assert_string_equal(before, after);
	assert_int_equal(repo_read(&f->repo, id, "sub/a.c", &b, &error), 1);
	assert_string_equal(b.data, "changed\r\n\n");
	free(after);
	/* publishing adds the branch and its log, and runs no hook either */
	assert_ok(repo_publish(&f->repo, "topic", id, NULL, &error));
	after = snapshot(f);
	assert_false(fs_exists(ran));
	assert_non_null(strstr(after, "/refs/heads/topic "));
	/* while the user's own git does run it */
	run(f, "git branch elsewhere");
	assert_true(fs_exists(ran));
	free(ran);
	free(before);
	free(after);
	free(id);
	buf_release(&b);
}

static void note_match(void *data, const char *path, const char *word)
{
	buf_addf(data, "%s:%s ", path, word);
}

static void test_find(void **state)
{
	struct fixture *f = *state;
	struct strv words = STRV_INIT, paths = STRV_INIT;
	struct buf matches = BUF_INIT;
	char *joined;

	run(f, "printf 'int word; int my_word;\\n/* word */\\n' >w1.c &&"
	       "printf 'words\\n' >w2.c && printf 'a\\0word\\n' >w3 &&"
	       "mkdir -p w && printf 'see x.h, word\\n' >w/4.txt &&"
	       "git add -f w1.c w2.c w3 w && git commit -qm words &&"
	       "git config grep.column true && git config color.grep always");
	strv_add(&words, "word");
	strv_add(&words, "x.h");
	assert_ok(repo_find(&f->repo, "HEAD", &words, &paths, &error));
	joined = strv_join(&paths, " ");
	assert_string_equal(joined, "w/4.txt w1.c");
	free(joined);
	assert_ok(repo_matches(&f->repo, "HEAD", &words, note_match, &matches,
			       &error));
	assert_string_equal(matches.data,
			    "w/4.txt:x.h w/4.txt:word w1.c:word w1.c:word ");
	strv_release(&words);
	strv_release(&paths);
	strv_add(&words, "nowhere");
	assert_ok(repo_find(&f->repo, "HEAD", &words, &paths, &error));
	assert_int_equal(paths.nr, 0);
	assert_error(repo_find(&f->repo, "nope", &words, &paths, &error),
		     "no commit");
	strv_release(&words);
	buf_release(&matches);
}

/* A renamed file keeps its mode, and its old path is gone. */
static void test_rename_file(void **state)
{
	struct fixture *f = *state;
	struct edits e;
	struct edit *edit;
	char *id = NULL, *out, *command;

	edits_init(&e, read_head, NULL, f);
	assert_int_equal(edits_rename(&e, "sub/a.c", "new/b.c", &edit, &error),
			 1);
	buf_addstr(&edit->data, "more\n");
	assert_int_equal(edits_rename(&e, "none", "x", &edit, &error), 0);
	assert_error(edits_rename(&e, "b.c", "new/b.c", &edit, &error),
		     "exists already");
	assert_ok(repo_commit(&f->repo, "HEAD", &e, IDENTITY, MESSAGE, &id,
			      &error));
	command = xasprintf("git diff-tree --name-status -r --no-renames HEAD %s"
			    " | tr '\\t\\n' '  '", id);
	out = sh(f, command);
	assert_string_equal(out, "A new/b.c D sub/a.c ");
	edits_release(&e);
	free(id);
	free(out);
	free(command);
}

static void test_commit_refuses(void **state)
{
	struct fixture *f = *state;
	struct edits e;
	char *id = NULL;

	edits_init(&e, NULL, NULL, NULL);
	make_edits(&e, "link", "x\n");
	assert_error(repo_commit(&f->repo, "HEAD", &e, IDENTITY, MESSAGE, &id,
				 &error), "not a plain file");
	assert_error(repo_commit(&f->repo, "nope", &e, IDENTITY, MESSAGE, &id,
				 &error), "no commit");
	edits_release(&e);
	edits_init(&e, NULL, NULL, NULL);
	assert_error(repo_commit(&f->repo, "HEAD", &e, "nobody", MESSAGE, &id,
				 &error), "no identity");
	edits_release(&e);
	assert_null(id);
}

static void test_identity(void **state)
{
	struct fixture *f = *state;
	char *who;

	assert_ok(repo_identity(&f->repo, &who, &error));
	assert_string_equal(who, IDENTITY);
	free(who);
	run(f, "git config --unset user.email");
	assert_error(repo_identity(&f->repo, &who, &error), "user.email");
	setenv("GIT_COMMITTER_EMAIL", "c@example.org", 1);
	assert_ok(repo_identity(&f->repo, &who, &error));
	unsetenv("GIT_COMMITTER_EMAIL");
	assert_string_equal(who, "A U Thor <c@example.org>");
	free(who);
}

static void test_range(void **state)
{
	struct fixture *f = *state;
	struct strv ids = STRV_INIT;
	char *first = commit(f, "main");
	char *second = commit(f, first);

	assert_ok(repo_range(&f->repo, "main", second, &ids, &error));
	assert_int_equal(ids.nr, 2);
	assert_string_equal(ids.v[0], first);
	assert_string_equal(ids.v[1], second);
	strv_release(&ids);
	assert_ok(repo_range(&f->repo, first, first, &ids, &error));
	assert_int_equal(ids.nr, 0);
	assert_error(repo_range(&f->repo, second, first, &ids, &error),
		     "no ancestor");
	run(f, "git checkout -q -b side; git commit -q --allow-empty -m s\n"
	       "git checkout -q main; git commit -q --allow-empty -m m\n"
	       "git merge -q --no-edit side");
	assert_error(repo_range(&f->repo, "v1", "main", &ids, &error), "merge");
	assert_int_equal(ids.nr, 0);
	strv_release(&ids);
	free(first);
	free(second);
}

static void test_publish(void **state)
{
	struct fixture *f = *state;
	char *first = commit(f, "main");
	char *second = commit(f, first);
	char *at;

	assert_ok(repo_publish(&f->repo, "topic", first, NULL, &error));
	assert_ok(repo_publish(&f->repo, "topic", first, NULL, &error));
	assert_error(repo_publish(&f->repo, "topic", second, NULL, &error),
		     "choose another name");
	assert_error(repo_publish(&f->repo, "topic", second, second, &error),
		     "git branch -D topic");
	assert_ok(repo_publish(&f->repo, "topic", second, first, &error));
	at = sh(f, "git rev-parse topic");
	assert_string_equal(at, second);
	free(at);
	assert_error(repo_may_publish(&f->repo, "topic/below", first, NULL,
				      &error),
		     "beside branch 'topic'");
	assert_ok(repo_publish(&f->repo, "top/ic", first, NULL, &error));
	assert_error(repo_may_publish(&f->repo, "top", first, NULL, &error),
		     "beside branch 'top/ic'");
	assert_error(repo_publish(&f->repo, "a..b", first, NULL, &error),
		     "name of a branch");
	assert_error(repo_publish(&f->repo, "HEAD", first, NULL, &error),
		     "name of a branch");
	assert_error(repo_publish(&f->repo, "t2", "nope", NULL, &error),
		     "no commit");
	free(first);
	free(second);
}

static void test_publish_never_moves_a_checked_out_branch(void **state)
{
	struct fixture *f = *state;
	char *first = commit(f, "main");
	char *main_id, *at;

	assert_ok(repo_commit_id(&f->repo, "main", &main_id, &error));
	assert_error(repo_publish(&f->repo, "main", first, main_id, &error),
		     "is checked out (switch");
	run(f, "git worktree add -q ../other -b topic");
	assert_error(repo_publish(&f->repo, "topic", first, main_id, &error),
		     "/other: choose another name");
	/* not born yet, but the work tree believes to be on it */
	run(f, "git symbolic-ref HEAD refs/heads/unborn");
	assert_error(repo_publish(&f->repo, "unborn", first, NULL, &error),
		     "is checked out (switch");
	at = sh(f, "git rev-parse main topic | sort -u");
	assert_string_equal(at, main_id);
	free(at);
	free(main_id);
	free(first);
}

/* A rebase has HEAD detached, and moves the branch in the end. */
static void test_publish_never_moves_a_branch_in_rebase(void **state)
{
	struct fixture *f = *state;
	char *first = commit(f, "main"), *tip;

	run(f, "git worktree add -q ../other -b topic; cd ../other\n"
	       "git commit -q --allow-empty -m x\n"
	       "GIT_SEQUENCE_EDITOR='echo break >' git rebase -q -i HEAD~1");
	assert_ok(repo_commit_id(&f->repo, "topic", &tip, &error));
	assert_error(repo_publish(&f->repo, "topic", first, tip, &error),
		     "is being rebased (finish that first) in");
	run(f, "git -C ../other rebase --abort; git -C ../other checkout -q "
	       "--detach");
	assert_ok(repo_publish(&f->repo, "topic", first, tip, &error));
	free(first);
	free(tip);
}

static void add_note(const struct fixture *f, const char *commit_id,
		     const char *text, struct repo_notes *ret)
{
	struct strv ids = STRV_INIT, texts = STRV_INIT;

	strv_add(&ids, commit_id);
	strv_add(&texts, text);
	assert_ok(repo_notes_make(&f->repo, &ids, &texts, ret, &error));
	strv_release(&ids);
	strv_release(&texts);
}

static void test_notes_go_along_with_the_branch(void **state)
{
	struct fixture *f = *state;
	char *first = commit(f, "main"), *text;
	struct repo_notes notes;

	add_note(f, first, "one\n", &notes);
	assert_non_null(notes.id);
	assert_null(notes.old);
	assert_ok(repo_publish_noted(&f->repo, "topic", first, NULL, &notes,
				     &error));
	text = sh(f, "git notes --ref=cocciseries show topic");
	assert_string_equal(text, "one");
	free(text);
	repo_notes_release(&notes);
	/* the same once more is nothing */
	add_note(f, first, "one\n", &notes);
	assert_null(notes.id);
	repo_notes_release(&notes);
	/* neither appears when one of them cannot */
	add_note(f, first, "two\n", &notes);
	run(f, "git notes --ref=cocciseries add -m other main");
	assert_error(repo_publish_noted(&f->repo, "elsewhere", first, NULL,
					&notes, &error),
		     "cannot write branch 'elsewhere'");
	repo_notes_release(&notes);
	text = sh(f, "git for-each-ref refs/heads/elsewhere");
	assert_string_equal(text, "");
	free(text);
	free(first);
}

/* As git has them where there are many: the old one must not stay beside. */
static void test_notes_replace_those_below_a_folder(void **state)
{
	struct fixture *f = *state;
	char *id, *text;
	struct repo_notes notes;

	run(f, "id=$(git rev-parse main); old=$(echo old | git hash-object -w --stdin)\n"
	       "sub=$(printf '100644 blob %s\\t%s\\n' $old ${id#??} | git mktree)\n"
	       "top=$(printf '040000 tree %s\\t%.2s\\n' $sub $id | git mktree)\n"
	       "git update-ref refs/notes/cocciseries"
	       " $(git commit-tree -m notes $top)");
	text = sh(f, "git notes --ref=cocciseries show main");
	assert_string_equal(text, "old");
	free(text);
	assert_ok(repo_commit_id(&f->repo, "main", &id, &error));
	add_note(f, id, "new\n", &notes);
	assert_ok(repo_publish_noted(&f->repo, "topic", id, NULL, &notes,
				     &error));
	text = sh(f, "git notes --ref=cocciseries show main | tr '\\n' ' '");
	assert_string_equal(text, "new ");
	free(text);
	free(id);
	repo_notes_release(&notes);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_reads),
		TEST(test_open_errors),
		TEST(test_opens_subfolder_bare_and_linked),
		TEST(test_commit_is_exact),
		TEST(test_commit_leaves_no_trace),
		TEST(test_find),
		TEST(test_rename_file),
		TEST(test_commit_refuses),
		TEST(test_identity),
		TEST(test_range),
		TEST(test_publish),
		TEST(test_publish_never_moves_a_checked_out_branch),
		TEST(test_publish_never_moves_a_branch_in_rebase),
		TEST(test_notes_go_along_with_the_branch),
		TEST(test_notes_replace_those_below_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
