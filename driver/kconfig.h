/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be known of a symbol from the text of Kconfig files alone, without
 * the program that evaluates them. Conditions are not looked at: who asks tries
 * what comes out, and kconfig itself has the last word.
 */
#ifndef DRIVER_KCONFIG_H
#define DRIVER_KCONFIG_H

#include "lib/strv.h"

/*
 * Appends the symbols that stand in the defaults of this one, if nobody can set
 * it by hand since it has no prompt: it is on when they are ("CONFIG_KVM_X86":
 * "CONFIG_KVM", "CONFIG_KVM_INTEL", "CONFIG_KVM_AMD"). Those that the list has
 * are not repeated. text: the Kconfig files, one behind the other.
 */
void kconfig_behind(const char *text, const char *symbol, struct strv *ret);

#endif
