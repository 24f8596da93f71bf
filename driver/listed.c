// SPDX-License-Identifier: GPL-2.0-only
/*
 * An object stands in a list ("kvm-y", "kvm-$(CONFIG_KVM_SMM)"), that list is of
 * another object, and so on up to "obj-...". Then the folder itself stands in a
 * list further up. Every symbol on that way is needed for the object to be
 * built at all.
 */
#define _GNU_SOURCE
#include "listed.h"

#include <ctype.h>

#include "lib/fs.h"
#include "lib/hash.h"

#define CONFIG "CONFIG_"

/* "kvm-$(CONFIG_KVM_SMM) += smm.o", as one line. */
struct list_line {
	char *stem; /* "kvm" */
	struct strv symbols; /* of its name and of the conditionals around it */
	struct strv words;
};

/* One that is absent has no lines. */
struct kbuild_file {
	char *path;
	struct list_line *lines; /* owned */
	size_t nr, alloc;
	UT_hash_handle hh;
};

/* Appends each CONFIG_ word of the text. */
static void add_symbols(const char *text, struct strv *ret)
{
	while ((text = strstr(text, CONFIG))) {
		size_t len = strlen(CONFIG);

		while (isalnum((unsigned char)text[len]) || text[len] == '_')
			len++;
		strv_addn(ret, text, len);
		text += len;
	}
}

/* A conditional line; each open one is one string of symbols, "" after an else. */
static void take_conditional(const char *line, struct strv *open)
{
	_cleanup_(strv_release) struct strv symbols = STRV_INIT;
	_cleanup_free_ char *joined = NULL;

	if (starts_with(line, "if")) {
		if (!starts_with(line, "ifndef"))
			add_symbols(line, &symbols);
		joined = strv_join(&symbols, " ");
		strv_add(open, joined);
	} else if (open->nr) {
		free(open->v[--open->nr]);
		open->v[open->nr] = NULL;
		if (starts_with(line, "else"))
			strv_add(open, "");
	}
}

static bool is_conditional(const char *line)
{
	static const char *const words[] = { "ifdef", "ifndef", "ifeq", "ifneq",
					     "else", "endif" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (starts_with(line, words[i]) &&
		    !isalnum((unsigned char)line[strlen(words[i])]))
			return true;
	return false;
}

/* The bytes of the name before its "-y", "-m", "-objs" or "-$(...)"; 0. */
static size_t stem_len(const char *name)
{
	const char *dollar = strstr(name, "-$(");
	const char *dash = dollar ? dollar : strrchr(name, '-');

	if (!dash || (!dollar && !streq(dash, "-y") && !streq(dash, "-m") &&
		      !streq(dash, "-objs")))
		return 0;
	return (size_t)(dash - name);
}

static void take_assignment(struct kbuild_file *file, char *line,
			    const struct strv *open)
{
	char *equals = strchr(line, '='), *end = equals;
	struct list_line *l;

	if (!equals)
		return;
	while (end > line && strchr(":+? \t", end[-1]))
		end--;
	*end = '\0';
	if (!stem_len(line))
		return;
	ARRAY_GROW(file->lines, file->nr, file->alloc);
	l = &file->lines[file->nr++];
	*l = (struct list_line){ .stem = xstrndup(line, stem_len(line)) };
	add_symbols(line, &l->symbols);
	for (size_t i = 0; i < open->nr; i++)
		strv_split(&l->symbols, open->v[i], " ");
	strv_split(&l->words, equals + 1, " \t");
}

/* The logical line at *text, comments and continuations taken out. */
static char *next_line(const char **text)
{
	struct buf b = BUF_INIT;
	bool more = true;

	while (more && **text) {
		size_t len = strcspn(*text, "\n"), used = len;

		more = len && (*text)[len - 1] == '\\';
		used -= more;
		buf_add(&b, *text, strnlen(*text, used));
		buf_addch(&b, ' ');
		*text += len + ((*text)[len] == '\n');
	}
	buf_addstr(&b, "");
	if (b.len)
		b.data[strcspn(b.data, "#")] = '\0';
	return buf_detach(&b);
}

static void parse(struct kbuild_file *file, const char *text)
{
	_cleanup_(strv_release) struct strv open = STRV_INIT;

	while (*text) {
		_cleanup_free_ char *line = next_line(&text);
		char *start = line + strspn(line, " \t");

		if (is_conditional(start))
			take_conditional(start, &open);
		else
			take_assignment(file, start, &open);
	}
}

static int read_file(struct listed *listed, const char *path,
		     struct kbuild_file **ret, struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct kbuild_file *file;
	int found;

	HASH_FIND_STR(listed->files, path, file);
	*ret = file;
	if (file)
		return 0;
	found = repo_read(listed->repo, listed->rev, path, &text, err);
	if (found < 0)
		return -1;
	file = xcalloc(1, sizeof(*file));
	file->path = xstrdup(path);
	parse(file, text.data);
	HASH_ADD_KEYPTR(hh, listed->files, file->path, strlen(file->path),
			file);
	*ret = file;
	return 0;
}

/* kbuild reads the Kbuild of a folder, and its Makefile where there is none. */
static int read_folder(struct listed *listed, const char *folder,
		       struct kbuild_file **ret, struct error *err)
{
	static const char *const names[] = { "Kbuild", "Makefile" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		_cleanup_free_ char *path = fs_join(folder, names[i]);

		if (read_file(listed, path, ret, err))
			return -1;
		if ((*ret)->nr)
			break;
	}
	return 0;
}

/* Goes up from list to list of one file; depth: lists may name each other. */
static bool find_word(const struct kbuild_file *file, const char *word,
		      unsigned int depth, struct strv *ret_symbols)
{
	for (size_t i = 0; i < file->nr && depth < 8; i++) {
		const struct list_line *l = &file->lines[i];
		_cleanup_free_ char *above = xasprintf("%s.o", l->stem);

		if (!strv_has(&l->words, word))
			continue;
		strv_add_list(ret_symbols, &l->symbols);
		if (!streq(above, word))
			find_word(file, above, depth + 1, ret_symbols);
		return true;
	}
	return false;
}

/*
 * Looks for a word in the folder and those above it, where it gets longer:
 * "vmx.o", "vmx/vmx.o"... *folder: where it was found.
 */
static int find_upwards(struct listed *listed, const char *name, char **folder,
			struct strv *ret_symbols, struct error *err)
{
	_cleanup_free_ char *word = xstrdup(name);

	for (;;) {
		struct kbuild_file *file;
		char *up, *longer;

		if (read_folder(listed, *folder, &file, err))
			return -1;
		if (find_word(file, word, 0, ret_symbols))
			return 1;
		if (streq(*folder, "."))
			return 0;
		longer = xasprintf("%s/%s", fs_basename(*folder), word);
		free(word);
		word = longer;
		up = fs_dirname(*folder);
		free(*folder);
		*folder = up;
	}
}

/* The symbols that folders further up build this one under. */
static int find_folder(struct listed *listed, const char *folder,
		       struct strv *ret_symbols, struct error *err)
{
	_cleanup_free_ char *at = xstrdup(folder);

	while (!streq(at, ".")) {
		_cleanup_free_ char *word = xasprintf("%s/", fs_basename(at));
		char *up = fs_dirname(at);

		free(at);
		at = up;
		if (find_upwards(listed, word, &at, ret_symbols, err) < 0)
			return -1;
	}
	return 0;
}

/* A line with the object in another folder: "$(KVM)/kvm_main.o"; NULL. */
static const struct list_line *find_beyond(const struct kbuild_file *file,
					   const char *object)
{
	_cleanup_free_ char *tail = xasprintf("/%s", object);

	for (size_t i = 0; i < file->nr; i++)
		for (size_t k = 0; k < file->lines[i].words.nr; k++)
			if (ends_with(file->lines[i].words.v[k], tail))
				return &file->lines[i];
	return NULL;
}

static bool is_folders_own(const char *path)
{
	const char *name = fs_basename(path);

	return streq(name, "Makefile") || streq(name, "Kbuild");
}

bool listed_is_foreign(const struct listed *listed, const char *path)
{
	size_t len = strlen(listed->arch);

	return starts_with(path, "arch/") &&
	       (strncmp(path + 5, listed->arch, len) != 0 ||
		path[5 + len] != '/');
}

/* The folder that a kbuild file is of, or of the first that names it. */
static int folder_of(struct listed *listed, const char *path, char **ret,
		     struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv users = STRV_INIT;

	strv_add(&words, fs_basename(path));
	if (is_folders_own(path))
		strv_add(&users, path);
	else if (repo_find(listed->repo, listed->rev, &words, &users, err))
		return -1;
	for (size_t i = 0; i < users.nr; i++)
		if (is_folders_own(users.v[i]) &&
		    !listed_is_foreign(listed, users.v[i])) {
			*ret = fs_dirname(users.v[i]);
			return 1;
		}
	return 0;
}

/* Kbuild files are called Makefile, Kbuild, or Makefile.kvm and the like. */
static bool is_kbuild_file(const char *path)
{
	const char *name = fs_basename(path);

	return starts_with(name, "Makefile") || starts_with(name, "Kbuild");
}

/* The list goes on in the folder's own file, where it is one of an object. */
static int take_beyond(struct listed *listed, const char *path,
		       const char *object, char **ret_folder,
		       struct strv *ret_symbols, struct error *err)
{
	_cleanup_free_ char *above = NULL;
	const struct list_line *line;
	struct kbuild_file *file;
	int found;

	if (listed_is_foreign(listed, path))
		return 0;
	if (read_file(listed, path, &file, err))
		return -1;
	line = find_beyond(file, object);
	if (!line)
		return 0;
	found = folder_of(listed, path, ret_folder, err);
	if (found <= 0)
		return found;
	strv_add_list(ret_symbols, &line->symbols);
	above = xasprintf("%s.o", line->stem);
	if (read_folder(listed, *ret_folder, &file, err))
		return -1;
	find_word(file, above, 0, ret_symbols);
	return 1;
}

static int find_elsewhere(struct listed *listed, const char *object,
			  char **ret_folder, struct strv *ret_symbols,
			  struct error *err)
{
	_cleanup_(strv_release) struct strv words = STRV_INIT;
	_cleanup_(strv_release) struct strv paths = STRV_INIT;

	strv_add(&words, object);
	if (repo_find(listed->repo, listed->rev, &words, &paths, err))
		return -1;
	for (size_t i = 0; i < paths.nr; i++) {
		int found = is_kbuild_file(paths.v[i]) ?
				    take_beyond(listed, paths.v[i], object,
						ret_folder, ret_symbols, err) :
				    0;

		if (found)
			return found;
	}
	return 0;
}

int listed_find(struct listed *listed, const char *source, char **ret_folder,
		struct strv *ret_symbols, struct error *err)
{
	const char *name = fs_basename(source);
	_cleanup_free_ char *object =
		xasprintf("%.*s.o", (int)strlen(name) - 2, name);
	char *folder = fs_dirname(source);
	int found = find_upwards(listed, object, &folder, ret_symbols, err);

	/* the top's lists are of what is linked, and no folder to build */
	if (found > 0 && streq(folder, "."))
		found = 0;
	if (!found && listed->everywhere) {
		free(folder);
		folder = NULL;
		found = find_elsewhere(listed, object, &folder, ret_symbols,
				       err);
	}
	if (found > 0 && find_folder(listed, folder, ret_symbols, err))
		found = -1;
	if (found > 0)
		*ret_folder = xasprintf("%s/", folder);
	free(folder);
	strv_uniq(ret_symbols);
	return found;
}

void listed_release(struct listed *listed)
{
	struct kbuild_file *file = listed->files, *next;

	HASH_CLEAR(hh, listed->files);
	for (; file; file = next) {
		next = file->hh.next;
		for (size_t i = 0; i < file->nr; i++) {
			free(file->lines[i].stem);
			strv_release(&file->lines[i].symbols);
			strv_release(&file->lines[i].words);
		}
		free(file->lines);
		free(file->path);
		free(file);
	}
}
