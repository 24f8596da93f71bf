/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The modules of two states as the tree's own modpost sees them: what it warns
 * of, what each module exports, with which licence, name space and CRC, what it
 * says of itself (aliases, dependencies), and what it needs of elsewhere. A part
 * of the build rung; somebody else has run modpost (driver/kbuild_modpost.c).
 */
#ifndef VERIFY_MODULES_H
#define VERIFY_MODULES_H

#include "lib/error.h"
#include "outcome.h"
#include "state.h"

struct modules {
	struct strv objects;	/* the linked object of each module; sorted */
	bool ran;		/* false: modpost was not run, or did not end well */
	char *why;		/* owned; why not; NULL when there was nothing to do */
	struct strv warnings;	/* a line each, without places that shift: "+0x12";
				   "(2)" behind the second that reads the same */
	struct strv exports;	/* lines of Module.symvers:
				   "0xCRC\tname\tmodule\tEXPORT_SYMBOL_GPL\tname space" */
	struct strv info;	/* "module\tline": what modpost adds to it */
	struct strv unresolved; /* "module\tsymbol": what no module here exports */
};

void modules_copy(const struct modules *from, struct modules *ret);
void modules_release(struct modules *modules);

/*
 * Appends to ret the names of the undefined symbols of a linked object, sorted.
 * -1 when it cannot be read.
 */
int modules_undefined(const char *path, struct strv *ret, struct error *err);

/*
 * Holds the modules of two states against each other, under the names of a
 * rename; adds to an outcome of the build rung that has run. A CRC is held
 * against its dumps (crc.h), texts of all units of a side that export anything and
 * were touched; without these a CRC that changed is different.
 */
void modules_compare(const struct contract *contract,
		     const struct modules *before, const struct modules *after,
		     const struct strv *before_dumps,
		     const struct strv *after_dumps, struct outcome *ret);

#endif
