// SPDX-License-Identifier: GPL-2.0-only
/*
 * What kbuild writes beside each object: .NAME.o.cmd, a piece of Makefile with
 * the command that made it, its source and the files that it read. Up to 6.3 the
 * variable is cmd_NAME.o, since then savedcmd_NAME.o.
 *
 * Only objects compiled from C are units. Assembler files are left out: no C
 * moves into or out of them, and the stock build has their code.
 */
#define _GNU_SOURCE
#include "kbuild_internal.h"
#include "lib/fs.h"

#include <stdio.h>

int kbuild_roots(const struct kbuild *k, struct kbuild_roots *ret,
		 struct error *err)
{
	ret->src = realpath(k->src, NULL);
	ret->out = realpath(k->out, NULL);
	if (ret->src && ret->out)
		return 0;
	error_errno(err, "cannot use the folder %s", ret->src ? k->out : k->src);
	kbuild_roots_release(ret);
	return -1;
}

void kbuild_roots_release(struct kbuild_roots *roots)
{
	free(roots->src);
	free(roots->out);
	*roots = (struct kbuild_roots){ 0 };
}

/* Without "." and ".." parts; kbuild has "arch/x86/kvm/../../../virt/kvm/". */
static char *flatten(const char *path)
{
	_cleanup_(strv_release) struct strv parts = STRV_INIT;
	_cleanup_free_ char *joined = NULL;
	size_t kept = 0;

	strv_split(&parts, path, "/");
	for (size_t i = 0; i < parts.nr; i++) {
		char *part = parts.v[i];

		if (streq(part, ".") || (streq(part, "..") && !kept)) {
			free(part);
		} else if (streq(part, "..")) {
			free(part);
			free(parts.v[--kept]);
		} else {
			parts.v[kept++] = part;
		}
	}
	parts.nr = kept;
	joined = strv_join(&parts, "/");
	return xasprintf("/%s", joined);
}

static const char *below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return !strncmp(path, folder, len) && path[len] == '/' ?
		       path + len + 1 : NULL;
}

char *kbuild_path(const struct kbuild_roots *roots, const char *path)
{
	_cleanup_free_ char *whole = fs_join(roots->out, path);
	_cleanup_free_ char *flat = flatten(whole);
	const char *rest = below(flat, roots->out);

	/* the O= folder may be inside the source folder: ask for it first */
	if (!rest)
		rest = below(flat, roots->src);
	return xstrdup(rest ? rest : flat);
}

/* A word of a shell line is read into word; *p moves behind it. */
static int read_word(const char **p, struct buf *word)
{
	char quote = 0;

	for (; **p; (*p)++) {
		char c = **p;

		if (quote ? c == quote : c == '\'' || c == '"')
			quote = quote ? 0 : c;
		else if (!quote && strchr(" \t;|&<>()`", c))
			break;
		else if (c == '\\' && quote != '\'' && (*p)[1] &&
			 (!quote || strchr("\"\\$`", (*p)[1])))
			buf_addch(word, *++*p);
		else if ((c == '$' || c == '`') && quote != '\'')
			return -1;
		else
			buf_addch(word, c);
	}
	return quote ? -1 : 0;
}

/* One simple command, up to ; & | or the end. */
static int read_command(const char **p, struct strv *ret)
{
	for (;;) {
		_cleanup_(buf_release) struct buf word = BUF_INIT;
		const char *start;

		*p += strspn(*p, " \t");
		start = *p;
		if (!**p || strchr(";|&", **p))
			return 0;
		if (read_word(p, &word) || *p == start)
			return -1;
		strv_add(ret, word.data);
	}
}

/* The first command of a line that is the wanted one; false: there is none. */
static bool find_command(const char *line,
			 bool (*wanted)(const struct strv *words),
			 struct strv *ret)
{
	const char *p = line;

	while (*p) {
		struct strv words = STRV_INIT;
		int failed = read_command(&p, &words);

		if (!failed && wanted(&words)) {
			*ret = words;
			return true;
		}
		strv_release(&words);
		if (failed)
			return false;
		p += strspn(p, ";|& \t");
	}
	return false;
}

static bool compiles(const struct strv *words)
{
	return strv_has(words, "-c");
}

static bool is_objtool(const struct strv *words)
{
	return words->nr && streq(fs_basename(words->v[0]), "objtool");
}

int kbuild_split_command(const char *line, struct strv *ret, struct error *err)
{
	if (find_command(line, compiles, ret))
		return 0;
	return error_set(err, ERROR_SYSTEM,
			 "cannot read this command of kbuild's: %.200s", line);
}

/* Undoes what kbuild's make-cmd writes for make: $$ and $(pound). */
static char *unescape(const char *s, size_t len)
{
	static const char pound[] = "$(pound)";
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '$' && i + 1 < len && s[i + 1] == '$') {
			buf_addch(&b, '$');
			i++;
		} else if (!strncmp(s + i, pound, strlen(pound))) {
			buf_addch(&b, '#');
			i += strlen(pound) - 1;
		} else {
			buf_addch(&b, s[i]);
		}
	}
	return buf_detach(&b);
}

/* The value of "<prefix>_<anything> := value"; NULL when there is no such line. */
static char *variable(const char *text, const char *prefix)
{
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");
		const char *value = memmem(line, len, " := ", 4);

		if (value && starts_with(line, prefix))
			return unescape(value + 4,
					(size_t)(line + len - value - 4));
		line += len + (line[len] == '\n');
	}
	return NULL;
}

/*
 * The list behind "deps_x := \". kbuild's fixdep puts $(wildcard
 * include/config/X) there for each configuration symbol that was seen, and
 * leaves out autoconf.h, which has their values: here it stands for all.
 */
static void read_deps(const struct kbuild_roots *roots, const char *text,
		      struct strv *ret)
{
	static const char autoconf[] = "include/generated/autoconf.h";
	const char *line = strstr(text, "\ndeps_");
	bool configured = false;

	line = line ? strchr(line + 1, '\n') : NULL;
	while (line && line[1] == ' ') {
		_cleanup_(strv_release) struct strv words = STRV_INIT;
		_cleanup_free_ char *copy = NULL, *path = NULL;
		size_t len = strcspn(++line, "\n");

		copy = xstrndup(line, len);
		strv_split(&words, copy, " \\");
		if (words.nr == 1) {
			path = kbuild_path(roots, words.v[0]);
			strv_add(ret, path);
		} else if (words.nr && streq(words.v[0], "$(wildcard")) {
			configured = true;
		}
		line = line[len] ? line + len : NULL;
	}
	if (configured && !strv_has(ret, autoconf))
		strv_add(ret, autoconf);
}

static char *cmd_file(const struct kbuild_roots *roots, const char *object)
{
	_cleanup_free_ char *dir = fs_dirname(object);

	return xasprintf("%s/%s/.%s.cmd", roots->out, dir, fs_basename(object));
}

/* "./tools/objtool/objtool --orc x.o": all but the object. */
static void read_objtool(const char *command, struct strv *ret)
{
	struct strv words = STRV_INIT;

	if (!find_command(command, is_objtool, &words))
		return;
	for (size_t i = 0; i + 1 < words.nr; i++)
		strv_add(ret, words.v[i]);
	strv_release(&words);
}

/* The command that a .o.cmd file keeps; NULL. */
static char *saved_command(const char *text)
{
	char *command = variable(text, "savedcmd_");

	return command ? command : variable(text, "cmd_");
}

int kbuild_read_objtool(const struct kbuild_roots *roots, const char *object,
			struct strv *ret, struct error *err)
{
	_cleanup_free_ char *path = cmd_file(roots, object);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *command = NULL;

	if (!fs_exists(path))
		return 0;
	if (fs_read(path, &text, err))
		return -1;
	command = saved_command(text.data);
	if (command)
		read_objtool(command, ret);
	return 0;
}

int kbuild_read_cmd(const struct kbuild_roots *roots, const char *object,
		    struct compiled *ret, struct error *err)
{
	_cleanup_free_ char *path = cmd_file(roots, object);
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	_cleanup_free_ char *source = NULL, *command = NULL;

	if (fs_read(path, &text, err))
		return -1;
	source = variable(text.data, "source_");
	if (!source || !ends_with(source, ".c"))
		return 0;
	command = saved_command(text.data);
	if (!command)
		return error_set(err, ERROR_SYSTEM, "%s has no command", path);
	*ret = (struct compiled){ 0 };
	if (kbuild_split_command(command, &ret->command, err))
		return error_prefix(err, "%s", path);
	ret->source = kbuild_path(roots, source);
	ret->object = xstrdup(object);
	read_objtool(command, &ret->objtool);
	ret->versioned = strstr(text.data, "\n#SYMVER ");
	read_deps(roots, text.data, &ret->deps);
	return 1;
}

void compiled_release(struct compiled *unit)
{
	free(unit->source);
	free(unit->object);
	strv_release(&unit->command);
	strv_release(&unit->objtool);
	strv_release(&unit->deps);
	*unit = (struct compiled){ 0 };
}
