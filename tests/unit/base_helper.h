/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A repository with a few small files, and a folder beside it for a series: for
 * the tests of what is asked of a base before its steps are applied, or anything
 * is built. A test has a setup() of its own, which names the files.
 */
#ifndef TESTS_UNIT_BASE_HELPER_H
#define TESTS_UNIT_BASE_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "driver/repo.h"
#include "lib/fs.h"
#include "lib/process.h"

struct base_file {
	const char *path, *text; /* path: in the repository */
};

struct fixture {
	char *dir; /* with a repository tree/ and a series steps/ */
	struct repo repo;
};

static inline void put(struct fixture *f, const char *name, const char *text)
{
	_cleanup_free_ char *path = fs_join(f->dir, name);

	assert_int_equal(fs_mkdirs_for(path, NULL), 0);
	assert_int_equal(fs_write(path, text, strlen(text), NULL), 0);
}

static inline void git(struct fixture *f, const char *const *words)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *tree = fs_join(f->dir, "tree");

	process_args(&p, "git", "-C", tree, "-c", "user.name=x", "-c",
		     "user.email=x@example.org", NULL);
	strv_add_all(&p.argv, words);
	assert_int_equal(process_run(&p, NULL), 0);
	assert_int_equal(p.status, 0);
}

static inline int base_setup(void **state, const struct base_file *files,
			     size_t nr)
{
	static const char *const init[] = { "init", "-q", NULL };
	static const char *const add[] = { "add", "-A", NULL };
	static const char *const commit[] = { "commit", "-qm", "base", NULL };
	struct fixture *f = xcalloc(1, sizeof(*f));
	char dir[] = "/tmp/test_base.XXXXXX";
	_cleanup_free_ char *tree = NULL, *scratch = NULL;

	assert_non_null(mkdtemp(dir));
	f->dir = xstrdup(dir);
	tree = fs_join(dir, "tree");
	scratch = fs_join(dir, "scratch");
	for (size_t i = 0; i < nr; i++) {
		_cleanup_free_ char *path = xasprintf("tree/%s", files[i].path);

		put(f, path, files[i].text);
	}
	git(f, init);
	git(f, add);
	git(f, commit);
	assert_int_equal(repo_open(tree, scratch, &f->repo, NULL), 0);
	*state = f;
	return 0;
}

static inline int teardown(void **state)
{
	struct fixture *f = *state;

	repo_release(&f->repo);
	fs_remove(f->dir, NULL);
	free(f->dir);
	free(f);
	return 0;
}

#endif
