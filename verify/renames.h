/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names that are made from the name of a function or variable, by the
 * kernel's macros (exports, error injection, initcalls...) and by compilers
 * (clones, prefix padding). The list is closed: a name that holds another in
 * any other way is another name, and does not change with it.
 */
#ifndef VERIFY_RENAMES_H
#define VERIFY_RENAMES_H

#include <stdbool.h>

/*
 * What 'name' becomes when 'old' becomes 'new': "__ksymtab_f" with f and g is
 * "__ksymtab_g"; 'old' itself is 'new'. NULL when it is not made from old. The
 * caller frees.
 */
char *renamed_form(const char *name, const char *old, const char *new);

/* A byte of an identifier in code: is_word_byte(), and beyond ASCII. */
bool is_code_byte(char c);

#endif
