/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An export is an entry in the section .export_symbol: a local label with the
 * symbol's name, the licence, the name space, and a pointer to the symbol.
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#define EXPORT_ENTRY(symbol, licence) \
	extern typeof(symbol) symbol; \
	asm(".pushsection .export_symbol, \"a\"\n" \
	    "__export_symbol_" #symbol ":\n" \
	    "	.asciz \"" licence "\"\n" \
	    "	.asciz \"\"\n" \
	    "	.balign 8\n" \
	    "	.quad " #symbol "\n" \
	    ".popsection\n")

/* genksyms looks for these two as they are. */
#ifndef __GENKSYMS__
#define EXPORT_SYMBOL(symbol) EXPORT_ENTRY(symbol, "")
#define EXPORT_SYMBOL_GPL(symbol) EXPORT_ENTRY(symbol, "GPL")
#endif

#endif
