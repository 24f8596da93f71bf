// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether preprocessed texts say all that the compiler goes by is asked of the
 * configuration, and of the compiler itself, by two texts of which one declares
 * more than the other: old versions of gcc number static variables of functions
 * by all declarations that they have seen.
 */
#define _GNU_SOURCE
#include "kbuild_sight.h"
#include "lib/fs.h"
#include "machine.h"

int kbuild_sight_roots(struct kbuild_sight *sight, const struct kbuild *k,
		       struct error *err)
{
	if (sight->roots.src)
		return 0;
	sight->k = k;
	kbuild_compiler_words(k, &sight->compiler);
	return kbuild_roots(k, &sight->roots, err);
}

void kbuild_sight_release(struct kbuild_sight *sight)
{
	kbuild_roots_release(&sight->roots);
	strv_release(&sight->compiler);
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
	strv_add_list(&p.argv, &sight->compiler);
	process_args(&p, "-w", "-O2", "-x", "c", "-c", "-o", path, "-", NULL);
	strv_add(&p.env, "LC_ALL=C");
	p.input = text;
	p.input_len = strlen(text);
	if (process_run(&p, err) || machine_check(&p, err))
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
