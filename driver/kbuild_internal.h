/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the stock build share. Only kbuild*.c and their tests
 * include this; all others use kbuild.h.
 *
 * Ours in the O= folder is the folder .cocciseries:
 *
 *	configured	key of what the folder was configured by
 *	building	there from make's start until what it said is kept; a kill
 *			leaves it behind
 *	lock		held by make and everything below it
 *	warnings.json	the warnings of each object that was built
 *	symvers		what the modules export: modpost's output
 *	spared		the objects that kbuild_seen.c ever spared, a line each
 */
#ifndef DRIVER_KBUILD_INTERNAL_H
#define DRIVER_KBUILD_INTERNAL_H

#include "kbuild.h"
#include "lib/process.h"

#define KBUILD_OURS ".cocciseries"
#define KBUILD_SPARED "spared"

/* "<out>/.cocciseries/<name>"; the caller frees. */
char *kbuild_ours(const struct kbuild *k, const char *name);

/* Fills p with make, its options and environment; the caller appends goals. */
void kbuild_make(const struct kbuild *k, struct process *p);

/* No variables of an outer make, and fixed ones for languages and stamps. */
void kbuild_fix_environment(struct process *p);

/*
 * Runs make behind the marker file, after mending what a killed make left. -1
 * when it could not run or ran out of time; its status is the caller's to judge.
 */
int kbuild_run_make(const struct kbuild *k, struct process *p,
		    struct error *err);

/*
 * Takes the marker away: what make made and printed has been taken in. Until
 * then a kill means that it is made again, for its warnings are told only once.
 */
int kbuild_made(const struct kbuild *k, struct error *err);

/* The words that call the compiler: "gcc", "ccache clang-15"... */
void kbuild_compiler_words(const struct kbuild *k, struct strv *ret);

/* The two folders as the compiler names them: absolute, no links, no "..". */
struct kbuild_roots {
	char *src, *out;
};

int kbuild_roots(const struct kbuild *k, struct kbuild_roots *ret,
		 struct error *err);
void kbuild_roots_release(struct kbuild_roots *roots);

/*
 * A path as it stands in the O= folder's files: "." and ".." parts are gone,
 * in the source folder it is relative to that, in the O= folder to that,
 * elsewhere absolute. The caller frees.
 */
char *kbuild_path(const struct kbuild_roots *roots, const char *path);

/*
 * The first command of a shell line that has the word -c, as argv; quotes and
 * backslashes are undone. -1 when there is none, or it needs a shell.
 */
int kbuild_split_command(const char *line, struct strv *ret,
			 struct error *err);

/*
 * Reads the .o.cmd file of an object (path in the O= folder): 1 and the unit when it
 * was compiled from C; 0 when it was not (assembler, linked); -1 on error.
 */
int kbuild_read_cmd(const struct kbuild_roots *roots, const char *object,
		    struct compiled *ret, struct error *err);
void compiled_release(struct compiled *unit);

/*
 * Appends objtool and the arguments that kbuild ran it with on a linked object,
 * the object aside; nothing when it did not.
 */
int kbuild_read_objtool(const struct kbuild_roots *roots, const char *object,
			struct strv *ret, struct error *err);

/* Gives what is known of a module's objtool to its units that have none. */
int kbuild_hand_down_objtool(const struct kbuild_roots *roots,
			     struct build_result *build, struct error *err);

/*
 * The words of a list file (modules.order, x.mod) that end in suffix, as objects:
 * paths in the O= folder. Nothing when there is no such file.
 */
int kbuild_read_list(const struct kbuild_roots *roots, const char *path,
		     const char *suffix, struct strv *ret, struct error *err);

/* The warnings of one run of make, or of all runs so far: object -> texts. */
struct kbuild_warnings;

/* Sorts make's output by the object whose rule printed it. */
struct kbuild_warnings *kbuild_warnings_parse(const struct kbuild_roots *roots,
					      const char *output);

/* True when make said that it made this object (path in the O= folder). */
bool kbuild_warnings_made(const struct kbuild_warnings *run,
			  const char *object);

/* Puts this run's objects over those of the file; both stay valid. */
int kbuild_warnings_merge(const struct kbuild_warnings *run, const char *file,
			  struct kbuild_warnings **ret, struct error *err);

/* Appends what 'all' has for these objects, and what this run printed otherwise. */
void kbuild_warnings_list(const struct kbuild_warnings *all,
			  const struct kbuild_warnings *run,
			  const struct strv *objects, struct strv *ret);
void kbuild_warnings_free(struct kbuild_warnings *w);

/*
 * What a tool said, with paths in the source and the O= folder as paths in the
 * tree: which folders these are is not for a report. The caller frees.
 */
char *kbuild_tree_text(const struct kbuild_roots *roots, const char *text);

/*
 * A line of a tool without what shifts: line numbers, offsets, this machine's
 * folders. The caller frees.
 */
char *kbuild_warning_text(const struct kbuild_roots *roots, const char *line);

/*
 * Runs the tree's modpost on those of the linked objects that are modules. That it
 * does not work is no error: ret->why says so.
 */
int kbuild_modpost(const struct kbuild *k, const struct kbuild_roots *roots,
		   const struct strv *objects, struct modules *ret,
		   struct error *err);

/* True for "  CC [M]  dir/x.o"; *ret is then "dir/x.o" (the caller frees). */
bool kbuild_is_progress(const char *line, size_t len, char **ret);

#endif
