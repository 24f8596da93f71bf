/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which object files a list of arguments means: a file is taken as it is, a
 * folder stands for every *.o file below it.
 *
 * One kind of file is left out of a folder: an object that kbuild linked from
 * others (kvm.o of x86.o, mmu.o...; NAME.mod beside NAME.o lists its parts),
 * when every part is among what was found or given. Each function would
 * otherwise be there, and be reported, twice. It stays when a part is missing,
 * and when it was named itself.
 */
#ifndef DRIVER_COLLECT_H
#define DRIVER_COLLECT_H

#include "lib/error.h"
#include "lib/strv.h"

/*
 * Appends the paths that args mean to ret, sorted, none twice. -1 when one is
 * absent or a folder that cannot be read, or when there is no object at all.
 */
int collect_objects(const struct strv *args, struct strv *ret,
		    struct error *err);

#endif
