// SPDX-License-Identifier: GPL-2.0-only
/*
 * needs: what moving some items to another file needs, before anything is
 * written. No series, no spatch, no build: one commit is read.
 */
#include "commands.h"

#include <stdio.h>

#include "cut_needs.h"
#include "lib/fs.h"
#include "options.h"
#include "output.h"
#include "repo.h"
#include "usage.h"

#define EXIT_NEEDS 3 /* as for drift: something has to be done first */

enum { KEY_FROM = 0x100, KEY_TO, KEY_HEADER, KEY_TREE, KEY_BASE, KEY_JSON };

struct arguments {
	const char *from, *to, *header; /* paths in the tree; header: or NULL */
	const char *tree, *base;
	struct strv names;
	bool json;
};

static const struct argp_option option_table[] = {
	{ "from", KEY_FROM, "FILE", 0, "file that the items stand in", 0 },
	{ "to", KEY_TO, "FILE", 0, "file that they go to; it need not exist",
	  0 },
	{ "header", KEY_HEADER, "FILE", 0,
	  "header where prototypes would go (default: the one named as the "
	  "destination for what moves, as the source for what stays)", 0 },
	{ "tree", KEY_TREE, "DIR", 0,
	  "repository to look at (default: the current folder's)", 0 },
	{ "base", KEY_BASE, "REV", 0, "commit to look at (default: HEAD)", 0 },
	{ "json", KEY_JSON, NULL, 0, "print the result as JSON", 0 },
	{ 0 },
};

static const char doc[] =
	"Prints what a move of the items NAME (functions, macros, types, "
	"variables) from one file to another needs, before anything is written: "
	"promotions both ways, shared data, private macros and types, forward "
	"declarations, exports, includes, pr_fmt, the build file's word.\v"
	"Exit status: 0 the move meets all of it by itself, 3 something has to "
	"be done first, 4 could not work, 129 usage.";

/* -1 when a path is none in a tree: what argp then says is wrong usage. */
static void check_path(struct argp_state *state, const char *option,
		       const char *path)
{
	if (!path)
		argp_error(state, "no --%s given", option);
	else if (!fs_is_inside(path))
		argp_error(state, "--%s: '%s' leaves the tree", option, path);
	else if (!ends_with(path, ".c") && !ends_with(path, ".h"))
		argp_error(state, "--%s: '%s' is neither a .c nor a .h file",
			   option, path);
}

static void check_all(struct argp_state *state, const struct arguments *a)
{
	check_path(state, "from", a->from);
	check_path(state, "to", a->to);
	if (a->header)
		check_path(state, "header", a->header);
	if (streq(a->from, a->to))
		argp_error(state, "--from and --to are the same file");
	if (!a->names.nr)
		argp_error(state, "no names given");
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case KEY_FROM:
		a->from = arg;
		return 0;
	case KEY_TO:
		a->to = arg;
		return 0;
	case KEY_HEADER:
		a->header = arg;
		return 0;
	case KEY_TREE:
		a->tree = arg;
		return 0;
	case KEY_BASE:
		a->base = arg;
		return 0;
	case KEY_JSON:
		a->json = true;
		return 0;
	case ARGP_KEY_ARG:
		if (!strv_has(&a->names, arg))
			strv_add(&a->names, arg);
		return 0;
	case ARGP_KEY_END:
		check_all(state, a);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int print(const struct arguments *a, const struct cut_question *q,
		 struct error *err)
{
	_cleanup_(buf_release) struct buf text = BUF_INIT;
	struct cut_needs needs;
	int code;

	if (cut_needs_of(q, &needs, err))
		return -1;
	if (a->json)
		cut_needs_json(q, &needs, &text);
	else
		cut_needs_text(q, &needs, &text);
	code = cut_needs_nothing(&needs) ? 0 : EXIT_NEEDS;
	cut_needs_release(&needs);
	fwrite(text.data, 1, text.len, stdout);
	return output_end(err) ? -1 : code;
}

struct tree_reader {
	struct repo repo;
	char *commit;
};

static int read_from_tree(void *data, const char *path, struct buf *ret,
			  struct error *err)
{
	const struct tree_reader *reader = data;

	return repo_read(&reader->repo, reader->commit, path, ret, err);
}

static int find_in_tree(void *data, const struct strv *words, struct strv *ret,
			struct error *err)
{
	const struct tree_reader *reader = data;

	return repo_find(&reader->repo, reader->commit, words, ret, err);
}

static void close_tree(struct tree_reader *reader)
{
	repo_release(&reader->repo);
	free(reader->commit);
}

/* The repository is only read: its scratch folder stays empty. */
static int ask(const struct arguments *a, struct error *err)
{
	const char *tmp = getenv("TMPDIR");
	_cleanup_(close_tree) struct tree_reader reader = { 0 };
	struct edits edits;
	const struct cut_question q = {
		.edits = &edits, .from = a->from, .to = a->to,
		.header = a->header, .names = &a->names,
	};
	int code;

	if (repo_open(a->tree, tmp && *tmp ? tmp : "/tmp", &reader.repo,
		      err) ||
	    repo_commit_id(&reader.repo, a->base, &reader.commit, err))
		return -1;
	edits_init(&edits, read_from_tree, find_in_tree, &reader);
	code = print(a, &q, err);
	edits_release(&edits);
	return code;
}

int cmd_needs(int argc, char **argv)
{
	const struct argp argp = {
		.options = option_table,
		.parser = parse_option,
		.args_doc = "--from FILE --to FILE NAME...",
		.doc = doc,
	};
	struct arguments a = { .tree = ".", .base = "HEAD" };
	_cleanup_(error_release) struct error err = ERROR_INIT;
	int code;

	usage_parse(&argp, argc, argv, &a);
	code = ask(&a, &err);
	if (code < 0) {
		error_print(&err);
		code = error_exit_code(&err);
	}
	strv_release(&a.names);
	return code;
}
