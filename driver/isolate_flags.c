// SPDX-License-Identifier: GPL-2.0-only
/*
 * The flags of the isolation build, each with what it keeps from depending on
 * where files end (measured: facts/neutrality.md, gcc 12.2 and 14.2), and the
 * rewriting of a kbuild command with them.
 */
#define _GNU_SOURCE
#include "isolate_internal.h"
#include "lib/fs.h"
#include "machine.h"
#include "words.h"

struct isolate_flag {
	const char *flag;
	const char *reason; /* what happens without it */
};

static const struct isolate_flag flags[] = {
	{ "-fno-inline-small-functions",
	  "a callee in the same file is inlined when it is small" },
	{ "-fno-inline-functions-called-once",
	  "a static function is inlined into its only caller" },
	{ "-fno-ipa-pure-const",
	  "calls to a callee that is seen to be pure are merged or dropped" },
	{ "-fno-ipa-cp",
	  "a static function is cloned for an argument that is constant" },
	{ "-fno-ipa-sra",
	  "unused or aggregate parameters of a static function are split" },
	{ "-fno-ipa-modref",
	  "memory that a seen callee leaves alone stays in registers" },
	{ "-fno-ipa-icf",
	  "functions of one file with equal code are folded" },
	{ "-fno-ipa-ra",
	  "registers that a seen callee does not use are not saved" },
	{ "-fno-ipa-vrp",
	  "the range of a seen callee's return value removes tests (gcc 14)" },
	{ "-fno-ipa-stack-alignment",
	  "a seen callee that needs no aligned stack gets none, and its caller "
	  "no frame" },
	{ "-fno-guess-branch-probability",
	  "guesses from seen callees reorder blocks (gcc 14)" },
	{ "-mmanual-endbr",
	  "only functions that others can see begin with endbr64" },
	{ "-ffunction-sections",
	  "calls in one section need no relocation; padding by offset (i386)" },
	{ "-fdata-sections",
	  "data of one section is addressed from its start" },
	{ "--param=inline-unit-growth=100000",
	  "inlining stops when the file as a whole has grown" },
	{ "--param=large-unit-insns=100000000",
	  "a file over this size is inlined less" },
	{ "--param=large-function-growth=100000",
	  "a caller that has grown stops inlining" },
	{ "-g0",
	  "debug information holds lines and folders, and is not compared" },
	{ "-fno-lto",
	  "an object without machine code cannot be compared" },
};

/*
 * A text to be looked at, not compiled. Here the preprocessor may warn: of what
 * it would say in the stock build, somebody has to know (isolate_text.c).
 */
static const char *const text_pins[] = {
	"-Wno-error",
	"-Wno-builtin-macro-redefined",
	"-D__LINE__=" WORDS_LINE,
	"-D__FILE__=\"" WORDS_FILE "\"",
	"-D__COUNTER__=0",
};

/* __LINE__, __FILE__ and the like are the place, which is what changes. */
static const char *const pins[] = {
	"-w",
	"-Wno-builtin-macro-redefined",
	"-D__LINE__=0",
	"-D__FILE__=\"file\"",
};

/*
 * True when the compiler takes all of these flags, and means it: kbuild makes
 * errors of clang's warnings that a flag is ignored (scripts/Makefile.clang).
 */
static int takes(const struct strv *compiler, const struct strv *words,
		 bool *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;

	strv_add_list(&p.argv, compiler);
	strv_add_list(&p.argv, words);
	process_args(&p, "-Werror", "-x", "c", "-c", "-o", "/dev/null", "/dev/null",
		     NULL);
	strv_add(&p.env, "LC_ALL=C");
	if (process_run(&p, err) || machine_check(&p, err))
		return -1;
	*ret = !p.status;
	return 0;
}

/*
 * By asking, first for all at once: which ones clang rejects differs from
 * version to version (14: eight of them), and so does what an old gcc knows.
 */
int isolate_flags(const struct kbuild *kbuild, struct strv *ret,
		  struct strv *ret_dropped, struct error *err)
{
	_cleanup_(strv_release) struct strv compiler = STRV_INIT;
	_cleanup_(strv_release) struct strv all = STRV_INIT;
	bool taken;

	kbuild_compiler_words(kbuild, &compiler);
	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		strv_add(&all, flags[i].flag);
	if (takes(&compiler, &all, &taken, err))
		return -1;
	for (size_t i = 0; i < all.nr; i++) {
		struct strv one = { &all.v[i], 1, 0 };
		bool this_one = taken;

		if (!taken && takes(&compiler, &one, &this_one, err))
			return -1;
		strv_add(this_one ? ret : ret_dropped, all.v[i]);
	}
	return 0;
}

/* Flags for writing dependency files: they are kbuild's and stay as they are. */
static bool is_dependency_flag(const char *word)
{
	return starts_with(word, "-Wp,-M") || starts_with(word, "-M");
}

/* Flags that mean nothing, or harm, once the text is preprocessed. */
static bool is_preprocessor_flag(const char *word)
{
	return starts_with(word, "-D") || starts_with(word, "-U") ||
	       (starts_with(word, "-I") && word[2]);
}

static bool takes_value(const char *word)
{
	static const char *const words[] = { "-include", "-imacros", "-I",
					     "-isystem", "-iquote",
					     "-idirafter" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (streq(word, words[i]))
			return true;
	return false;
}

static bool is_source(const struct kbuild_roots *roots, const char *word,
		      const char *source)
{
	_cleanup_free_ char *path = NULL;

	if (*word == '-' || !ends_with(word, ".c"))
		return false;
	path = kbuild_path(roots, word);
	return streq(path, source);
}

/* kbuild's words, those that name the files of this one run aside. */
static void keep_words(const struct kbuild_roots *roots,
		       const struct compiled *unit, enum isolate_use use,
		       struct isolate_command *ret)
{
	const struct strv *words = &unit->command;
	bool text = use == ISOLATE_OBJECT_OF_TEXT;

	for (size_t i = 0; i < words->nr; i++) {
		const char *word = words->v[i];

		if (streq(word, "-o") || streq(word, "-MF") ||
		    streq(word, "-MT") || streq(word, "-MQ") ||
		    (text && takes_value(word)))
			i++;
		else if (streq(word, "-c") || is_dependency_flag(word) ||
			 (text && is_preprocessor_flag(word)))
			continue;
		else if (is_source(roots, word, unit->source))
			ret->source = xstrdup(word);
		else
			strv_add(&ret->argv, word);
	}
}

static void replace(struct buf *b, const char *old, const char *new)
{
	size_t len = strlen(old), pos = 0;
	char *at;

	while ((at = strstr(b->data + pos, old))) {
		pos = (size_t)(at - b->data);
		buf_splice(b, pos, len, new, strlen(new));
		pos += strlen(new);
	}
}

char *isolate_normal(const struct kbuild_roots *roots, const struct strv *argv)
{
	struct buf b = BUF_INIT;
	_cleanup_free_ char *all = strv_join(argv, "\n");

	buf_addstr(&b, all);
	replace(&b, roots->out, "$(objtree)");
	replace(&b, roots->src, "$(srctree)");
	return buf_detach(&b);
}

static void add_own(enum isolate_use use, const struct strv *own_flags,
		    struct strv *ret)
{
	strv_add_list(ret, own_flags);
	for (size_t i = 0; i < ARRAY_SIZE(text_pins); i++)
		if (use == ISOLATE_TEXT)
			strv_add(ret, text_pins[i]);
	for (size_t i = 0; i < ARRAY_SIZE(pins); i++)
		if (use != ISOLATE_TEXT && (use != ISOLATE_OBJECT_OF_TEXT ||
					    !is_preprocessor_flag(pins[i])))
			strv_add(ret, pins[i]);
}

void isolate_command(const struct kbuild_roots *roots,
		     const struct compiled *unit, enum isolate_use use,
		     const struct strv *own_flags, struct isolate_command *ret)
{
	*ret = (struct isolate_command){ 0 };
	keep_words(roots, unit, use, ret);
	if (use == ISOLATE_SYMTYPES)
		strv_add(&ret->argv, "-D__GENKSYMS__");
	else
		add_own(use, own_flags, &ret->argv);
	if (!ret->source)
		ret->source = fs_join(roots->src, unit->source);
	ret->normal = isolate_normal(roots, &ret->argv);
}

void isolate_command_release(struct isolate_command *command)
{
	strv_release(&command->argv);
	free(command->source);
	free(command->normal);
	*command = (struct isolate_command){ 0 };
}
