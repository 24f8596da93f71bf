// SPDX-License-Identifier: GPL-2.0-only
/*
 * The units' LLVM IR before any optimisation, for the types rung: the compiler's
 * own command given to clang, without the flags that clang does not take, which
 * clang says when it is asked. IR is kept as objects are (isolate_objects.c),
 * under the key of those tokens that matter to the code.
 *
 * Where the build's compiler is another one, clang sees other tokens where a
 * file asks who compiles it: the contents of such files are part of the key.
 */
#define _GNU_SOURCE
#include "isolate_jobs.h"
#include "lib/fs.h"
#include "machine.h"

#include <unistd.h>

#define IR_VERSION "ir 1"

/* Behind kbuild's words. Values without names are numbered, whatever clang it is. */
static const char *const ir_words[] = { "-g0", "-fno-lto",
					"-fdiscard-value-names", "-Xclang",
					"-disable-llvm-passes", "-S",
					"-emit-llvm", NULL };

/* True when clang takes these flags. */
static int takes(const struct isolate_run *run, char **words, size_t nr,
		 bool *ret)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	strv_add_list(&p.argv, run->iso->clang);
	for (size_t i = 0; i < nr; i++)
		strv_add(&p.argv, words[i]);
	strv_add(&p.argv, "-w");
	strv_add_all(&p.argv, ir_words);
	process_args(&p, "-x", "c", "-o", "/dev/null", "/dev/null", NULL);
	strv_add(&p.env, "LC_ALL=C");
	if (process_run(&p, run->err) || machine_check(&p, run->err))
		return -1;
	*ret = !p.status;
	return 0;
}

/* Adds those that clang does not take, by halves. */
static int find_rejected(struct isolate_run *run, char **words, size_t nr)
{
	bool taken;

	if (takes(run, words, nr, &taken))
		return -1;
	if (taken)
		return 0;
	if (nr == 1) {
		strv_add(&run->rejected, words[0]);
		return 0;
	}
	return find_rejected(run, words, nr / 2) ||
			       find_rejected(run, words + nr / 2, nr - nr / 2) ?
		       -1 :
		       0;
}

/* Flags of code generation; warnings are off, and all others name things. */
static bool is_asked_about(const char *word)
{
	return starts_with(word, "-f") || starts_with(word, "-m") ||
	       starts_with(word, "--param=");
}

/* Each flag is asked about once: the answer is kept with clang's version. */
static int know_rejected(struct isolate_run *run,
			 const struct build_result *build)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(buf_release) struct buf known = BUF_INIT;
	_cleanup_free_ char *all = NULL;
	struct store_hash *h = store_hash_new();
	struct store_key key;
	int found;

	for (size_t i = 0; i < build->nr; i++)
		for (size_t j = 0; j < build->units[i].command.nr; j++)
			if (is_asked_about(build->units[i].command.v[j]))
				strv_add(&words, build->units[i].command.v[j]);
	strv_uniq(&words);
	store_hash_str(h, IR_VERSION);
	store_hash_str(h, run->clang);
	for (size_t i = 0; i < words.nr; i++)
		store_hash_str(h, words.v[i]);
	key = store_hash_end(h);
	found = store_get(run->iso->store, "ir-flags", &key, &known, run->err);
	if (found < 0)
		return -1;
	if (found) {
		strv_split(&run->rejected, known.data, "\n");
		return 0;
	}
	if (find_rejected(run, words.v, words.nr))
		return -1;
	all = strv_join(&run->rejected, "\n");
	return store_put(run->iso->store, "ir-flags", &key, all, strlen(all),
			 run->err);
}

/* kbuild's words without the compiler and what clang does not take. */
static void ir_command(struct isolate_run *run, const struct isolate_job *job,
		       struct isolate_command *ret)
{
	static const struct strv none = STRV_INIT;
	struct isolate_command whole;
	size_t first = 0;

	isolate_command(&run->roots, job->unit, ISOLATE_OBJECT, &none, &whole);
	*ret = (struct isolate_command){ .source = xstrdup(whole.source) };
	strv_add_list(&ret->argv, run->iso->clang);
	while (first < whole.argv.nr && whole.argv.v[first][0] != '-')
		first++;
	for (size_t i = first; i < whole.argv.nr; i++)
		if (!strv_has(&run->rejected, whole.argv.v[i]))
			strv_add(&ret->argv, whole.argv.v[i]);
	strv_add_all(&ret->argv, ir_words);
	ret->normal = isolate_normal(&run->roots, &ret->argv);
	isolate_command_release(&whole);
}

/* The file asks who compiles it, or what the compiler can do. */
static bool asks(const struct buf *text)
{
	static const char *const words[] = { "__clang", "CLANG", "__GNUC",
					     "GCC_VERSION", "__has_", "_CC_" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (memmem(text->data, text->len, words[i], strlen(words[i])))
			return true;
	return false;
}

/* The contents of a file that asks; "" for others. Read once a run. */
static int asking_hash(struct isolate_run *run, const char *path,
		       const char **ret)
{
	struct isolate_dep *dep;

	HASH_FIND_STR(run->asking, path, dep);
	if (!dep) {
		_cleanup_free_ char *whole = isolate_locate(run, path);
		_cleanup_(buf_release) struct buf text = BUF_INIT;
		struct store_key key;

		if (fs_exists(whole) && fs_read(whole, &text, run->err))
			return -1;
		key = store_key_of(text.data, text.len);
		dep = xcalloc(1, sizeof(*dep));
		dep->path = xstrdup(path);
		dep->hash = xstrdup(asks(&text) ? key.hex : "");
		HASH_ADD_KEYPTR(hh, run->asking, dep->path, strlen(dep->path),
				dep);
	}
	*ret = dep->hash;
	return 0;
}

/* clang reads this one, and gcc another: it is among no unit's files. */
#define CLANG_HEADER "include/linux/compiler-clang.h"

static int add_asking(struct isolate_run *run, const struct isolate_job *job,
		      struct store_hash *h)
{
	const struct strv *deps = &job->unit->deps;
	const char *hash;

	for (size_t i = 0; i <= deps->nr + 1; i++) {
		const char *path = i < deps->nr	 ? deps->v[i] :
				   i == deps->nr ? job->unit->source :
						   CLANG_HEADER;

		if (asking_hash(run, path, &hash))
			return -1;
		if (*hash)
			store_hash_str(h, hash);
	}
	return 0;
}

static int ir_key(struct isolate_run *run, struct isolate_job *job)
{
	struct store_hash *h = store_hash_new();
	struct isolate_command command;
	int result;

	ir_command(run, job, &command);
	store_hash_str(h, IR_VERSION);
	store_hash_str(h, job->code);
	store_hash_str(h, command.normal);
	store_hash_str(h, run->clang);
	isolate_command_release(&command);
	result = add_asking(run, job, h);
	job->ir = store_hash_end(h);
	return result;
}

/* Called as each clang ends; what it does not take is the unit's own matter. */
static void take_ir(struct process *p, void *data)
{
	struct isolate_run *run = data;
	struct isolate_job *job = run->running[p - run->processes];

	if (run->failed)
		return;
	run->stats->translated++;
	if (!isolate_answered(run, job, p))
		return;
	if (p->status) {
		job->out.ir_why = isolate_first_error(run, p);
		return;
	}
	if (store_adopt(run->iso->store, "ir", &job->ir, job->temporary,
			run->err)) {
		isolate_fail(run);
		return;
	}
	job->out.ir = store_path(run->iso->store, "ir", &job->ir);
}

static void start_clang(struct isolate_run *run, struct isolate_job *job)
{
	static const char *const words[] = { "-o", NULL };
	struct isolate_command command;

	ir_command(run, job, &command);
	isolate_start_command(run, job, &command, words, NULL);
	isolate_command_release(&command);
}

int isolate_ir(struct isolate_run *run, const struct build_result *build)
{
	if (!run->iso->clang || !run->nr_jobs)
		return 0;
	if (isolate_identify(run->iso->clang, &run->hashes, &run->clang,
			     run->err) ||
	    know_rejected(run, build))
		return -1;
	for (size_t i = 0; i < run->nr_jobs; i++) {
		struct isolate_job *job = &run->jobs[i];
		_cleanup_free_ char *path = NULL;

		if (ir_key(run, job))
			return -1;
		path = store_path(run->iso->store, "ir", &job->ir);
		if (!fs_exists(path)) {
			start_clang(run, job);
			continue;
		}
		job->out.ir = xstrdup(path);
		run->stats->kept++;
	}
	return isolate_wait(run, take_ir);
}

int isolate_find_clang(const struct kbuild *kbuild, struct strv *ret,
		       char **ret_version, bool *ret_builds, struct error *err)
{
	static const char mark[] = "clang version ";
	_cleanup_free_ char *compiler = NULL;
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	if (kbuild_compiler(kbuild, &compiler, err))
		return -1;
	*ret_builds = strstr(compiler, mark);
	if (*ret_builds) {
		kbuild_compiler_words(kbuild, ret);
		*ret_version = xstrdup(compiler);
		return 0;
	}
	process_args(&p, "clang", "--version", NULL);
	strv_add(&p.env, "LC_ALL=C");
	if (process_run(&p, NULL))
		return 0;
	if (machine_check(&p, err))
		return -1;
	if (p.status || !strstr(p.out.data, mark))
		return 0;
	strv_add(ret, "clang");
	*ret_version = xstrndup(p.out.data, strcspn(p.out.data, "\n"));
	return 0;
}
