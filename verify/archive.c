// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading archives. libelf reads the ordinary ones only, and a thin one is what
 * kbuild makes of every folder, so the few rules of the format are here: a
 * header of text before each member, members at even offsets, long names in a
 * member called "//". A thin archive holds no members but that one and the
 * index, and the names in it are paths from the archive's folder.
 */
#define _GNU_SOURCE
#include "archive.h"

#include <ar.h>
#include <ctype.h>

#include "lib/fs.h"

static const char thin_magic[] = "!<thin>\n";

struct archive {
	const char *path;
	const struct buf *file;
	bool thin;
	const char *names; /* the contents of "//"; NULL: there is none yet */
	size_t names_len;
	int (*each)(void *data, const struct archive_member *member,
		    struct error *err);
	void *data;
};

static bool has_magic(const struct buf *file, const char *magic)
{
	return file->len >= SARMAG && !memcmp(file->data, magic, SARMAG);
}

bool archive_is(const struct buf *file)
{
	return has_magic(file, ARMAG) || has_magic(file, thin_magic);
}

static int malformed(const struct archive *a, struct error *err,
		     const char *what)
{
	return error_set(err, ERROR_INPUT, "%s: malformed archive: %s", a->path,
			 what);
}

/* A number of at most len digits, filled up with blanks; false: it is none. */
static bool read_number(const char *s, size_t len, size_t *ret)
{
	size_t i = 0;

	*ret = 0;
	for (; i < len && isdigit((unsigned char)s[i]); i++)
		*ret = *ret * 10 + (size_t)(s[i] - '0');
	if (!i)
		return false;
	while (i < len && s[i] == ' ')
		i++;
	return i == len;
}

/* The name behind the offset in "//": up to "/\n", or to a new line. */
static char *long_name(const struct archive *a, const char *digits, size_t len)
{
	const char *begin, *end;
	size_t offset;

	if (!read_number(digits, len, &offset) || !a->names ||
	    offset >= a->names_len)
		return NULL;
	begin = a->names + offset;
	end = memchr(begin, '\n', a->names_len - offset);
	if (!end || end == begin)
		return NULL;
	if (end[-1] == '/')
		end--;
	return xstrndup(begin, (size_t)(end - begin));
}

/* The caller frees; NULL when it has no name that we can read. */
static char *name_of(const struct archive *a, const struct ar_hdr *header)
{
	const char *end = memchr(header->ar_name, '/', sizeof(header->ar_name));

	if (header->ar_name[0] == '/') {
		/* Some versions put a slash in the last column. */
		size_t len = sizeof(header->ar_name) - 1;

		return long_name(a, header->ar_name + 1,
				 len - (header->ar_name[len] == '/'));
	}
	/* BSD: "#1/20" and the name in front of the contents */
	if (!end || starts_with(header->ar_name, "#1/"))
		return NULL;
	return xstrndup(header->ar_name, (size_t)(end - header->ar_name));
}

/* The index of symbols, in its two widths, and the table of long names. */
static bool is_special(const struct ar_hdr *header, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(header->ar_name, name, len) &&
	       header->ar_name[len] == ' ';
}

static int take_stored(const struct archive *a, const char *name,
		       const char *data, size_t size, struct error *err)
{
	_cleanup_(buf_release) struct buf bytes = BUF_INIT;
	_cleanup_free_ char *path = xasprintf("%s(%s)", a->path, name);
	const struct archive_member member = { path, fs_basename(name), &bytes };

	buf_add(&bytes, data, size);
	return a->each(a->data, &member, err);
}

static int take_file(const struct archive *a, const char *name,
		     struct error *err)
{
	_cleanup_(buf_release) struct buf bytes = BUF_INIT;
	_cleanup_free_ char *folder = fs_dirname(a->path);
	_cleanup_free_ char *path = fs_join(folder, name);
	const struct archive_member member = { path, fs_basename(name), &bytes };

	if (fs_exists(path) && !fs_is_file(path)) /* reading a pipe would wait */
		return error_set(err, ERROR_INPUT, "%s: a member is no file: %s",
				 a->path, path);
	if (fs_read(path, &bytes, err))
		return error_prefix(err, "%s: a member", a->path);
	return a->each(a->data, &member, err);
}

static int take(const struct archive *a, const struct ar_hdr *header,
		const char *data, size_t size, struct error *err)
{
	_cleanup_free_ char *name = name_of(a, header);

	if (!name || !*name)
		return malformed(a, err, "a member has no name that GNU ar gives");
	return a->thin ? take_file(a, name, err) :
			 take_stored(a, name, data, size, err);
}

/* One member; *pos moves behind it. */
static int read_member(struct archive *a, size_t *pos, struct error *err)
{
	const struct ar_hdr *header = (const void *)(a->file->data + *pos);
	size_t left = a->file->len - *pos, size;
	bool index, names;

	if (left < sizeof(*header) ||
	    memcmp(header->ar_fmag, ARFMAG, sizeof(header->ar_fmag)) ||
	    !read_number(header->ar_size, sizeof(header->ar_size), &size))
		return malformed(a, err, "a member's header");
	index = is_special(header, "/") || is_special(header, "/SYM64/");
	names = is_special(header, "//");
	*pos += sizeof(*header);
	left -= sizeof(*header);
	if (a->thin && !index && !names)
		return take(a, header, NULL, 0, err);
	if (size > left)
		return malformed(a, err, "a member leaves the file");
	if (names) {
		a->names = a->file->data + *pos;
		a->names_len = size;
	} else if (!index &&
		   take(a, header, a->file->data + *pos, size, err)) {
		return -1;
	}
	*pos += size;
	*pos += *pos & 1 && *pos < a->file->len;
	return 0;
}

int archive_each(const char *path, const struct buf *file,
		 int (*each)(void *data, const struct archive_member *member,
			     struct error *err),
		 void *data, struct error *err)
{
	struct archive a = {
		.path = path,
		.file = file,
		.thin = has_magic(file, thin_magic),
		.each = each,
		.data = data,
	};

	for (size_t pos = SARMAG; pos < file->len;)
		if (read_member(&a, &pos, err))
			return -1;
	return 0;
}
