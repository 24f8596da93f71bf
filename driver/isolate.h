/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The isolation build: the compiler's own command for a unit, with flags that
 * keep the optimiser from seeing where files end (facts/neutrality.md), and
 * __LINE__ and __FILE__ fixed; and the unit's preprocessed text with
 * __COUNTER__ fixed too. A correct move gives equal code under these flags.
 *
 * Both are kept by content: a unit whose tokens are in the store under the same
 * flags is not compiled again.
 */
#ifndef DRIVER_ISOLATE_H
#define DRIVER_ISOLATE_H

#include "kbuild.h"
#include "lib/store.h"

struct isolated {
	char *source;	/* path in the tree */
	char *tokens;	/* path of the preprocessed text, in 'dir'; its line markers
			   name paths in the tree */
	char *key;	/* content key of its tokens (white space and line markers
			   aside) in hex */
	char *built;	/* path of the stock object in the O= folder */
	char *stock;	/* key in hex of what the stock build's compiler goes by
			   (kbuild_seen.h); "" when the text does not say it all */
	char *object;	/* path of the object, with the tables that objtool adds
			   where kbuild runs it; NULL when it did not compile */
	char *why;	/* NULL, or the compiler's last words when object is NULL */
	char *plain;	/* path of the object without these tables */
	char *no_tables; /* NULL, or why objtool failed: object is then plain */
	struct strv objtool; /* what objtool said of the isolated object; offsets
				and paths aside */
	char *ir;	/* path of its LLVM IR before optimisation; NULL when clang
			   does not take it, or there is none */
	char *ir_why;	/* NULL, or clang's words when it does not */
	char *symtypes;	/* with CONFIG_MODVERSIONS: what the CRCs of its exports were
			   made of (verify/crc.h); NULL when it has none */
};

struct isolation {
	const struct kbuild *kbuild;
	const struct store *store;
	const char *dir;	/* folder for preprocessed texts of this state */
	const struct strv *force_inline; /* names to force inline: each static
					    definition of them is compiled as
					    always_inline; may be NULL */
	const struct strv *clang; /* the words that call clang, for the IR; NULL:
				     none is made */
	bool by_clang;		  /* it is the build's compiler */
};

/* What was done and what the store saved, for progress and the log. */
struct isolation_stats {
	size_t preprocessed, current; /* texts: made, and found still to hold */
	size_t compiled, reused;      /* objects: made, and found in the store */
	size_t translated, kept;      /* the same of IR */
};

/*
 * The isolation flags that the build's compiler takes, and those that it
 * rejects (clang rejects many: its objects may then differ by inlining).
 */
int isolate_flags(const struct kbuild *kbuild, struct strv *ret,
		  struct strv *ret_dropped, struct error *err);

/*
 * Preprocesses and compiles the units that are, or read, one of the touched
 * paths (NULL: all units), sorted by source. The tree must stand at the state the
 * build result describes. Units that only other compiler flags change are not
 * among them: prove() compares the commands. -1 when a unit cannot be
 * preprocessed; one that cannot be compiled has a reason instead of an object.
 */
int isolate(const struct isolation *iso, const struct build_result *build,
	    const struct strv *touched, struct isolated **ret, size_t *ret_nr,
	    struct isolation_stats *stats, struct error *err);

/*
 * The clang that makes the IR: the build's own compiler (ret_builds is then
 * true), else the one in PATH. ret stays empty when there is none; the caller
 * frees *ret_version, which is then left alone.
 */
int isolate_find_clang(const struct kbuild *kbuild, struct strv *ret,
		       char **ret_version, bool *ret_builds, struct error *err);

/*
 * Preprocesses only, with the commands of a build that may be of another state
 * than the one that the tree stands at: no unit has an object, and isolate()
 * makes those texts again for which another command would give another one.
 */
int isolate_texts_alone(const struct isolation *iso,
			const struct build_result *build,
			const struct strv *touched, struct isolated **ret,
			size_t *ret_nr, struct isolation_stats *stats,
			struct error *err);

void isolated_free(struct isolated *units, size_t nr);

#endif
