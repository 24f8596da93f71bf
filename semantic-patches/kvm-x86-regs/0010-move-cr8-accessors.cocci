/// KVM: x86: Move CR8 accessors to a new file, regs.c
///
/// Move kvm_set_cr8() and kvm_get_cr8() to a new file, regs.c, as the first
/// step in giving the code that emulates guest registers a home of its own.
/// Over the years x86.c became the place for everything that has no obvious
/// place, and register accessors are easy to tell apart from the rest of it.
///
/// Start with CR8, as its accessors use nothing that is private to x86.c.
///
/// No functional change intended.
//
// Kind: move
// From: arch/x86/kvm/x86.c
// To: arch/x86/kvm/regs.c
// Options: --no-includes
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    #define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
//
//    #include <linux/export.h>
//    #include <linux/kvm_host.h>
//
//    #include "lapic.h"

@move@
type T;
identifier fn = {kvm_set_cr8, kvm_get_cr8};
@@
* T fn(...)
* {
  ...
* }
