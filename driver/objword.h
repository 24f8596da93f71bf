/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The object's word of a source file in a kbuild file. That of a new one is put
 * behind the word of the object that the code comes from, on the same line, so
 * that both are built under the same conditions and linked next to each other.
 */
#ifndef DRIVER_OBJWORD_H
#define DRIVER_OBJWORD_H

#include "drift.h"
#include "edits.h"

/*
 * The word of the .c file in the kbuild file: "mmu/spte.o" for
 * arch/x86/kvm/mmu/spte.c in arch/x86/kvm/Makefile. NULL when the file is not
 * below that folder, or is no .c file. The caller frees.
 */
char *objword_of(const char *kbuild, const char *source);

/*
 * from, to: paths of .c files in the tree; path: of the kbuild file whose bytes
 * are in file. The words are relative to its folder ("mmu/spte.o"). Words
 * count on lines that assign to a list of objects (xxx-y, xxx-$(CONFIG_X),
 * xxx-objs with =, := or +=, or a variable that such a line names), continuation
 * lines included, comments not. False,
 * and a DRIFT_KBUILD, when the word is absent, is there more than once, is a
 * module of its own (obj-m, obj-$(...)), or the new word is there already.
 */
bool objword_add(struct buf *file, const char *path, const char *from,
		 const char *to, struct drifts *drifts);

/* True when a list of the kbuild file has the object of the .c file. */
bool objword_lists(const struct buf *file, const char *path,
		   const char *source);

/*
 * The build file that lists the object of a .c file, beside it or above it: 1 and
 * its path, 0 when there is none, -1.
 */
int objword_find(struct edits *edits, const char *source, char **ret,
		 struct error *err);

/*
 * Opens the kbuild file that builds the .c file at path: named when a step names
 * it, else Makefile, else Kbuild, in its folder. 1, 0 when there is none, -1.
 */
int objword_open(struct edits *edits, const char *named, const char *path,
		 struct edit **ret, struct error *err);

/*
 * The object of 'from' is called after 'to': its word in the list, and where it is
 * the subject of another line (CFLAGS_x.o, KASAN_SANITIZE_x.o, $(obj)/x.o). False,
 * and drift, as above; a module of its own would change its name.
 */
bool objword_rename(struct buf *file, const char *path, const char *from,
		    const char *to, struct drifts *drifts);

#endif
