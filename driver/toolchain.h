/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a configuration is compiled with: the user's make arguments, then those of
 * its own "# Make:" line, and the compilers that these mean.
 */
#ifndef DRIVER_TOOLCHAIN_H
#define DRIVER_TOOLCHAIN_H

#include "kbuild.h"

struct toolchain {
	struct strv make_args; /* of two with the same name, make takes the last */
	char *compiler;	       /* first line of its --version */
	struct strv clang;     /* the words that call the clang of the types rung;
				  empty: there is none */
	char *clang_version;   /* NULL: there is none */
	bool by_clang;	       /* that clang is the compiler */
};

/*
 * Asks the compilers who they are. -1 when the compiler is not there; that there
 * is no clang is no error.
 */
int toolchain_find(const struct strv *user_args,
		   const struct build_config *config, struct toolchain *ret,
		   struct error *err);

/*
 * Adds "compiler\tgcc ..." and "clang\t..." to the tools of a report; where a
 * configuration has others than those before it, "compiler of NAME\t...".
 */
void toolchain_tools(const struct toolchain *list,
		     const struct build_config *configs, size_t nr,
		     struct strv *tools);

void toolchain_release(struct toolchain *toolchain);

#endif
