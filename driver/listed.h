/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which folder's kbuild file builds a source, and under which symbols of Kconfig:
 * read from the files of a commit, without make. Lines that assign to lists
 * of objects count, and the conditionals that they stand in; what is put
 * together with functions or variables of make is not understood.
 */
#ifndef DRIVER_LISTED_H
#define DRIVER_LISTED_H

#include "repo.h"

/* The kbuild files of a commit that were read so far. */
struct listed {
	const struct repo *repo;
	const char *rev;
	const char *arch; /* folder below arch/: those of others build nothing */
	bool everywhere;  /* look through the whole tree, if need be */
	struct kbuild_file *files; /* owned */
};

/*
 * The folder whose Kbuild or Makefile lists the object of the .c or .S file,
 * ending in a slash ("arch/x86/kvm/" for arch/x86/kvm/vmx/vmx.c); the caller frees.
 * Appends the symbols ("CONFIG_KVM") that stand in front of it there, and in front
 * of that folder further up. 1, 0 when no folder lists it, -1.
 */
int listed_find(struct listed *listed, const char *source, char **ret_folder,
		struct strv *ret_symbols, struct error *err);
/* True for a file of another architecture. */
bool listed_is_foreign(const struct listed *listed, const char *path);
void listed_release(struct listed *listed);

#endif
