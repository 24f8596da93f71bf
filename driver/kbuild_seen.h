/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Objects that a new state of the tree does not change, though it changes a file
 * that they were made from. make goes by times: a prototype more in a header
 * that all units read makes it compile all of them. Here the texts of the
 * isolation build are made first, and an object whose unit looks to the compiler
 * as it did when the object was made gets the time of that header, so that make
 * leaves it alone.
 *
 * "As it did" is the key of MATTER_STOCK (matter.h) over that text, with the
 * places where __LINE__ or __FILE__ stands, and the set of files that it comes
 * from (isolate_sight.c). So the object is the one that a fresh build would make, its
 * dependencies are those that kbuild has noted, and nothing could be said of the
 * unit that is not said of every unit that reads the changed files. Of these,
 * one for each changed file and each set of flags is compiled all the same.
 *
 * Left to make are units whose own source changed, commands that ask for
 * anything that could hold a place in the source (debug information,
 * sanitizers, profiles), trees with CONFIG_MODVERSIONS, and all units when the
 * compiler numbers what it makes by declarations seen.
 *
 * Nothing of this outlives the process but the times of objects, and these are
 * set when all that they say is true: a kill at any moment leaves objects that
 * are up to date, or that make will take for old. What kbuild notes of
 * configuration symbols in a file is not renewed, so the names of such
 * objects are kept (KBUILD_SPARED), and another configuration removes them.
 */
#ifndef DRIVER_KBUILD_SEEN_H
#define DRIVER_KBUILD_SEEN_H

#include "isolate.h"

struct kbuild_seen;

/* The units' preprocessed texts, at the state that the tree stands at. */
struct kbuild_looks {
	const struct isolated *units;
	size_t nr;
};

/* k must outlive it. */
struct kbuild_seen *kbuild_seen_new(const struct kbuild *k);
void kbuild_seen_free(struct kbuild_seen *seen);

/*
 * To be called where the tree stands at the state that build describes, which make
 * has built: notes what the compiler saw of each unit that reads one of these
 * paths, which the next step will change.
 */
int kbuild_seen_note(struct kbuild_seen *seen, const struct build_result *build,
		     const struct strv *touched,
		     const struct kbuild_looks *looks, struct error *err);

/*
 * To be called when these paths have changed, before kbuild_build(): spares the
 * objects of units, as build has them from before, that look the same.
 */
int kbuild_seen_spare(struct kbuild_seen *seen,
		      const struct build_result *build,
		      const struct strv *touched,
		      const struct kbuild_looks *looks, size_t *ret_spared,
		      struct error *err);

/* Removes all objects that were ever spared in this O= folder. */
int kbuild_seen_forget(const struct kbuild *k, struct error *err);

#endif
