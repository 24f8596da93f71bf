// SPDX-License-Identifier: GPL-2.0-only
/*
 * The unit's own command makes the text; whether such a text says all that the
 * compiler goes by is asked of the words of the command (debug information
 * holds lines), of the configuration, and of the compiler itself, by two
 * texts of which one declares more than the other: old versions of gcc number
 * static variables of functions by all declarations that they have seen.
 */
#define _GNU_SOURCE
#include "kbuild_sight.h"
#include "lib/fs.h"
#include "matter.h"

#include <ctype.h>

int kbuild_sight_roots(struct kbuild_sight *sight, const struct kbuild *k,
		       struct error *err)
{
	if (sight->roots.src)
		return 0;
	sight->k = k;
	kbuild_compiler_words(k, &sight->builtins.compiler);
	return kbuild_roots(k, &sight->roots, err);
}

void kbuild_sight_release(struct kbuild_sight *sight)
{
	kbuild_roots_release(&sight->roots);
	builtins_release(&sight->builtins);
}

static const char probe_text[] =
	"static int count(int x) { static int n; static const char s[] = \"s\";"
	" n += x; return s[n & 1]; }\n"
	"int probe(int x) { static int n = 3; static int m;"
	" switch (x) { case 0: n++; break; case 1: m--; break;"
	" case 2: return count(n); case 3: return m; case 4: return -n; }"
	" for (int i = 0; i < x; i++) m += count(i);"
	" return m + __builtin_strlen(__func__) + count(n); }\n";

static int compile_probe(const struct kbuild_sight *sight, const char *more,
			 struct buf *ret, struct error *err)
{
	_cleanup_(process_release) struct process p = PROCESS_INIT;
	_cleanup_free_ char *text = xasprintf("%s%s", more, probe_text);
	_cleanup_free_ char *path = kbuild_ours(sight->k, "probe.o");

	if (fs_mkdirs_for(path, err))
		return -1;
	strv_add_list(&p.argv, &sight->builtins.compiler);
	process_args(&p, "-w", "-O2", "-x", "c", "-c", "-o", path, "-", NULL);
	strv_add(&p.env, "LC_ALL=C");
	p.input = text;
	p.input_len = strlen(text);
	if (process_run(&p, err))
		return -1;
	/* one that does not compile is no answer, and not equal to itself */
	if (!p.status && fs_read(path, ret, err))
		return -1;
	return fs_remove(path, err);
}

static int probe(const struct kbuild_sight *sight, bool *ret,
		 struct error *err)
{
	_cleanup_(buf_release) struct buf a = BUF_INIT;
	_cleanup_(buf_release) struct buf b = BUF_INIT;

	if (compile_probe(sight, "", &a, err) ||
	    compile_probe(sight,
			  "int one(int, char *);\nextern void two(void);\n"
			  "long three(long x);\n", &b, err))
		return -1;
	*ret = a.len && a.len == b.len && !memcmp(a.data, b.data, a.len);
	return 0;
}

/* genksyms reads more of a unit than its compiler does. */
static int has_modversions(const struct kbuild_sight *sight, bool *ret,
			   struct error *err)
{
	_cleanup_free_ char *path = fs_join(sight->roots.out, ".config");
	_cleanup_(buf_release) struct buf text = BUF_INIT;

	if (!fs_exists(path)) {
		*ret = false;
		return 0;
	}
	if (fs_read(path, &text, err))
		return -1;
	*ret = strstr(text.data, "\nCONFIG_MODVERSIONS=y") != NULL;
	return 0;
}

int kbuild_sight_able(struct kbuild_sight *sight, bool *ret, struct error *err)
{
	bool versions;

	if (!sight->probed) {
		if (has_modversions(sight, &versions, err) ||
		    probe(sight, &sight->able, err))
			return -1;
		sight->able &= !versions;
		sight->probed = true;
	}
	*ret = sight->able;
	return 0;
}

/* Words that put places of the source, or more than code, into what is made. */
static bool is_open_flag(const char *word)
{
	static const char *const prefixes[] = {
		"-fsanitize", "-fprofile", "-ftest-coverage", "--coverage",
		"-flto", "-fplugin", "-fkeep-", "-fdump", "-save-temps",
		"-fcallgraph-info", "-fstack-usage", "-fdebug", "-fopenmp",
		"-fopenacc", "-finstrument", "-Wa,-g", "-Wunused-macros", "@",
	};

	if (starts_with(word, "-g"))
		return !streq(word, "-g0");
	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (starts_with(word, prefixes[i]))
			return true;
	return false;
}

static bool is_closed_command(const struct compiled *unit)
{
	for (size_t i = 0; i < unit->command.nr; i++)
		if (is_open_flag(unit->command.v[i]))
			return false;
	return true;
}

/* The words of kbuild's command that name no file that it writes. */
static void preprocess(const struct kbuild_sight *sight,
		       const struct compiled *unit, struct process *p)
{
	const struct strv *words = &unit->command;

	*p = (struct process)PROCESS_INIT;
	for (size_t i = 0; i < words->nr; i++) {
		if (streq(words->v[i], "-o") || streq(words->v[i], "-MF"))
			i++;
		else if (!streq(words->v[i], "-c") &&
			 !starts_with(words->v[i], "-Wp,-M") &&
			 !starts_with(words->v[i], "-M"))
			strv_add(&p->argv, words->v[i]);
	}
	strv_add(&p->argv, "-E");
	strv_add(&p->env, "LC_ALL=C");
	strv_add(&p->env, "DEPENDENCIES_OUTPUT");
	strv_add(&p->env, "SUNPRO_DEPENDENCIES");
	p->dir = sight->roots.out;
}

/* A marker's file and what the compiler takes it for: "path" 3. */
static void add_marker(const char *line, size_t len, struct strv *files)
{
	const char *open = memchr(line, '"', len);
	const char *close = memrchr(line, '"', len), *flags;
	_cleanup_free_ char *tail = NULL;

	if (!open || close == open)
		return;
	flags = close + 1;
	tail = xstrndup(flags, (size_t)(line + len - flags));
	strv_addf(files, "%.*s%s%s", (int)(close - open + 1), open,
		  strchr(tail, '3') ? " 3" : "", strchr(tail, '4') ? " 4" : "");
}

/* All files that the text came from, each once. */
static void list_files(const struct buf *text, struct strv *ret)
{
	const char *line = text->data, *end = text->data + text->len;

	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		const char *stop = newline ? newline : end;

		if (stop - line > 3 && line[0] == '#' && line[1] == ' ' &&
		    isdigit((unsigned char)line[2]))
			add_marker(line, (size_t)(stop - line), ret);
		line = stop + 1;
	}
	strv_uniq(ret);
}

struct looking {
	struct kbuild_sight *sight;
	const struct process *processes;
	const size_t *units; /* of each process */
	struct store_key *keys;
	struct error *err;
	bool failed;
};

/* Called as each preprocessor ends; one that says anything leaves no key. */
static void take(struct process *p, void *data)
{
	struct looking *l = data;
	struct store_key *ret = &l->keys[l->units[p - l->processes]];
	_cleanup_(strv_release) struct strv files = STRV_INIT;
	_cleanup_free_ char *all = NULL;
	struct store_key key;
	struct store_hash *h;
	struct words words;
	int found;

	if (l->failed || p->status || p->timed_out || p->err.len)
		return;
	words_read(p->out.data, p->out.len, &words);
	found = matter_key(&words, MATTER_STOCK, &l->sight->builtins, &key,
			   l->err);
	words_release(&words);
	l->failed = found < 0;
	if (found <= 0)
		return;
	list_files(&p->out, &files);
	buf_release(&p->out);
	all = strv_join(&files, "\n");
	h = store_hash_new();
	store_hash_str(h, key.hex);
	store_hash_str(h, all);
	*ret = store_hash_end(h);
}

int kbuild_sight_keys(struct kbuild_sight *sight, const struct compiled **units,
		      size_t nr, struct store_key *ret, struct error *err)
{
	_cleanup_free_ struct process *processes =
		xcalloc(nr, sizeof(*processes));
	_cleanup_free_ size_t *numbers = xcalloc(nr, sizeof(*numbers));
	struct looking l = { sight, processes, numbers, ret, err, false };
	size_t started = 0;
	int failed;

	for (size_t i = 0; i < nr; i++) {
		*ret[i].hex = '\0';
		if (!is_closed_command(units[i]))
			continue;
		numbers[started] = i;
		preprocess(sight, units[i], &processes[started++]);
	}
	failed = process_run_all(processes, started, sight->k->jobs, take, &l,
				 err);
	for (size_t i = 0; i < started; i++)
		process_release(&processes[i]);
	return failed || l.failed ? -1 : 0;
}

/* Words that are one unit's own: its files and its names for the preprocessor. */
static bool is_own(const char *word)
{
	return starts_with(word, "-Wp,-M") || ends_with(word, ".o") ||
	       ends_with(word, ".c") || starts_with(word, "-DKBUILD_") ||
	       starts_with(word, "-D__KBUILD_MODNAME");
}

bool kbuild_sight_same_flags(const struct compiled *a, const struct compiled *b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a->command.nr && is_own(a->command.v[i]))
			i++;
		while (k < b->command.nr && is_own(b->command.v[k]))
			k++;
		if (i == a->command.nr || k == b->command.nr)
			return i == a->command.nr && k == b->command.nr;
		if (!streq(a->command.v[i++], b->command.v[k++]))
			return false;
	}
}
