// SPDX-License-Identifier: GPL-2.0-only
/*
 * The private work folder holds exactly the commit's bytes, whatever was there
 * before, whatever the attributes say, and whoever was killed; and a file that
 * need not change keeps its mtime.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "driver/checkout.h"
#include "lib/fs.h"
#include "lib/process.h"

struct fixture {
	char *dir, *work, *out;
	struct repo repo;
	struct checkout checkout;
};

static struct error error = ERROR_INIT;

static void assert_ok(int ret)
{
	if (ret < 0)
		fail_msg("%s", error.text ? error.text : "no message");
}

/* Runs a shell line in the repository; its output, the last newline gone. */
static char *sh(const struct fixture *f, const char *line)
{
	struct process p = PROCESS_INIT;
	char *out;

	process_args(&p, "sh", "-ec", line, NULL);
	p.dir = f->work;
	assert_ok(process_run(&p, &error));
	assert_ok(process_check(&p, &error));
	out = xstrdup(p.out.data);
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

	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	f->dir = xstrdup("/tmp/test_checkout.XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	f->work = xasprintf("%s/work", f->dir);
	f->out = xasprintf("%s/out", f->dir);
	scratch = xasprintf("%s/scratch", f->dir);
	assert_ok(fs_mkdirs(f->work, &error));
	run(f, "git init -q -b main; git config user.name x\n"
	       "git config user.email x@example.org\n"
	       "mkdir -p d/e; printf 'a\\n' >d/a.c; printf 'b\\r\\n' >d/e/b.c\n"
	       "printf '#!/bin/sh\\n' >run.sh; chmod +x run.sh\n"
	       "ln -s d/a.c link; printf '' >empty\n"
	       "git add -A; git commit -qm one; git tag one\n"
	       "git rm -qr d/e; printf 'aa\\n' >d/a.c; printf 'n\\n' >d/new.c\n"
	       "rm link; ln -s run.sh link; chmod -x run.sh\n"
	       "git add -A; git commit -qm two; git tag two");
	assert_ok(repo_open(f->work, scratch, &f->repo, &error));
	assert_ok(checkout_open(&f->repo, f->out, &f->checkout, &error));
	free(scratch);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	checkout_release(&f->checkout);
	repo_release(&f->repo);
	fs_remove(f->dir, &error);
	free(f->dir);
	free(f->work);
	free(f->out);
	free(f);
	error_release(&error);
	return 0;
}

/* Path, mode and blob of everything in the folder, or of the commit by git. */
static void assert_holds(const struct fixture *f, const char *commit)
{
	char *line = xasprintf("git ls-tree -r %s | sed 's/ blob / /' | sort",
			       commit);
	char *want = sh(f, line), *have;

	have = sh(f,
		  "r=$PWD; cd ../out; find . -type f | cut -c3- | sort >../l\n"
		  "sed \"s|^|$PWD/|\" ../l | git -C $r hash-object --no-filters"
		  " --stdin-paths >../h\n"
		  "while read -r p; do if [ -x $p ]; then echo 100755\n"
		  "else echo 100644; fi; done <../l >../m\n"
		  "{ paste -d' ' ../m ../h | paste - ../l\n"
		  "find . -type l | cut -c3- | while read -r p; do\n"
		  "i=$(readlink -n $p | git -C $r hash-object --stdin)\n"
		  "printf '120000 %s\\t%s\\n' $i $p; done; } | sort");
	assert_string_equal(have, want);
	free(have);
	have = sh(f, "find ../out -type d -empty");
	assert_string_equal(have, "");
	free(line);
	free(want);
	free(have);
}

static struct timespec mtime(const struct fixture *f, const char *name)
{
	char *path = fs_join(f->out, name);
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	free(path);
	return st.st_mtim;
}

static void assert_same_time(struct timespec a, struct timespec b)
{
	assert_int_equal(a.tv_sec, b.tv_sec);
	assert_int_equal(a.tv_nsec, b.tv_nsec);
}

static void test_moves_both_ways(void **state)
{
	struct fixture *f = *state;
	struct timespec before;

	assert_ok(checkout_move(&f->checkout, "one", &error));
	assert_holds(f, "one");
	before = mtime(f, "empty");
	assert_ok(checkout_move(&f->checkout, "two", &error));
	assert_holds(f, "two");
	assert_ok(checkout_move(&f->checkout, "one", &error));
	assert_holds(f, "one");
	assert_same_time(before, mtime(f, "empty"));
	assert_int_equal(checkout_move(&f->checkout, "nope", &error), -1);
	assert_non_null(strstr(error.text, "no commit 'nope'"));
	assert_holds(f, "one");
}

/* Everything that a user can do to the folder, right after it was written. */
static void test_mends_edits(void **state)
{
	static const char *const edits[] = {
		"printf 'A\\n' >d/a.c",		 /* the same size */
		"printf 'A\\n' >d/a.c; touch -r empty d/a.c",
		"rm d/a.c",
		"rm -r d; ln -s / d",
		"rm -r d; echo >d",
		"rm d/a.c; mkdir d/a.c; echo >d/a.c/x",
		"rm d/a.c; ln -s ../run.sh d/a.c",
		"chmod -x run.sh",
		"chmod +x d/a.c",
		"rm link; cp d/a.c link",
		"ln -sf nowhere link",
		"mkdir -p more/d; echo >more/d/x.h; echo >d/x.h",
		"mkdir empty-folder",
		"mv d e; mv e/e e2",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(edits); i++) {
		char *line = xasprintf("cd ../out; %s", edits[i]);

		assert_ok(checkout_move(&f->checkout, "one", &error));
		run(f, line);
		assert_ok(checkout_move(&f->checkout, "one", &error));
		assert_holds(f, "one");
		free(line);
	}
}

/* Only the bytes decide: what is right already is not written again. */
static void test_lost_index_writes_nothing(void **state)
{
	struct fixture *f = *state;
	struct timespec a, link;

	assert_ok(checkout_move(&f->checkout, "one", &error));
	a = mtime(f, "d/a.c");
	link = mtime(f, "d/e/b.c");
	assert_ok(fs_remove(f->checkout.index, &error));
	assert_ok(checkout_move(&f->checkout, "one", &error));
	assert_same_time(a, mtime(f, "d/a.c"));
	assert_same_time(link, mtime(f, "d/e/b.c"));
	run(f, "printf 'garbage\\n\\t\\t\\n\\tx' >../out.index");
	assert_ok(checkout_move(&f->checkout, "two", &error));
	assert_holds(f, "two");
}

static void test_no_attribute_changes_bytes(void **state)
{
	struct fixture *f = *state;

	run(f, "echo '*.c text eol=crlf ident filter=x' >.gitattributes\n"
	       "cp .gitattributes .git/info/attributes\n"
	       "git config filter.x.smudge 'tr a-z A-Z'\n"
	       "git config core.autocrlf true; git config core.symlinks false\n"
	       "git config core.sparseCheckout true; echo /d >.git/info/"
	       "sparse-checkout\n"
	       "i=$(printf 'x$Id$\\r\\n\\n' | git hash-object -w --stdin)\n"
	       "git update-index --add --cacheinfo 100644,$i,odd.c\n"
	       "git update-index --add --cacheinfo 100644,"
	       "$(git hash-object -w --no-filters .gitattributes),"
	       ".gitattributes; git commit -qm odd");
	assert_ok(checkout_move(&f->checkout, "HEAD", &error));
	assert_holds(f, "HEAD");
}

static void make_many(const struct fixture *f)
{
	run(f, "mkdir many; for i in $(seq 300); do echo $i >many/$i.c; done\n"
	       "git add -A; git commit -qm many; git tag many\n"
	       "for i in $(seq 300); do echo x$i >many/$i.c; done\n"
	       "git add -A; git commit -qm many2; git tag many2");
}

static void test_mends_a_kill(void **state)
{
	struct fixture *f = *state;
	unsigned int killed = 0;

	make_many(f);
	for (unsigned int i = 0; i < 8; i++) {
		const char *to = i % 2 ? "many" : "many2";
		pid_t pid = fork();
		int status;

		if (pid == 0) {
			checkout_move(&f->checkout, to, NULL);
			_exit(0);
		}
		usleep(2000 + 2500 * i);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		killed += WIFSIGNALED(status);
		assert_ok(checkout_move(&f->checkout, i % 3 ? to : "one",
					&error));
		assert_holds(f, i % 3 ? to : "one");
	}
	assert_true(killed > 0);
}

static void test_large_tree_is_a_subset(void **state)
{
	struct fixture *f = *state;
	char *have;

	run(f, "i=$(git hash-object -w empty)\n"
	       "for p in $(seq -f drivers/%g.c 5000) drivers/Makefile "
	       "drivers/gpu/Kconfig.debug arch/x86/kvm/x86.c arch/arm/a.c "
	       "arch/arm/Kbuild include/linux/a.h kernel/bounds.c kernel/fork.c "
	       "Documentation/Kconfig Documentation/a.rst; do\n"
	       "printf '100644 %s\\t%s\\n' $i $p; done |"
	       "git update-index --index-info; git commit -qm large");
	assert_ok(checkout_move(&f->checkout, "HEAD", &error));
	have = sh(f, "cd ../out; find . -type f | sort | tr '\\n' ' '");
	assert_string_equal(have,
			    "./Documentation/Kconfig ./arch/arm/Kbuild "
			    "./arch/x86/kvm/x86.c ./drivers/Makefile "
			    "./drivers/gpu/Kconfig.debug ./include/linux/a.h "
			    "./kernel/bounds.c ");
	free(have);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_moves_both_ways),
		TEST(test_mends_edits),
		TEST(test_lost_index_writes_nothing),
		TEST(test_no_attribute_changes_bytes),
		TEST(test_mends_a_kill),
		TEST(test_large_tree_is_a_subset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
