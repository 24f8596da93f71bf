/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which object files a list of arguments means: a file is taken as it is, a
 * folder stands for every *.o file below it, or for every *.ko file if there is
 * none.
 *
 * In a folder, an object that kbuild linked from others (kvm.o of x86.o,
 * lapic.o, ../../../virt/kvm/kvm_main.o...) stands for its parts, wherever they
 * are: NAME.mod beside NAME.o lists them. Taking both would have each function
 * twice. Only where a part is gone the linked object itself is taken.
 */
#ifndef DRIVER_COLLECT_H
#define DRIVER_COLLECT_H

#include "lib/error.h"
#include "lib/strv.h"

/*
 * Appends the paths that args mean to ret, sorted, no file twice. -1 when one
 * is absent or a folder that cannot be read, or when there is no object at all.
 */
int collect_objects(const struct strv *args, struct strv *ret,
		    struct error *err);

#endif
