/// KVM: x86: Move linear RIP and RFLAGS accessors to a new file, regs.c
///
/// Move kvm_{get,is}_linear_rip() and the RFLAGS accessors to a new file,
/// regs.c, as the first step in giving the code that emulates guest registers
/// a home of its own.  Over the years x86.c became the place for everything
/// that has no obvious place, and register accessors are easy to tell apart
/// from the rest of it.
///
/// Keep RIP and RFLAGS together, as whether or not __kvm_set_rflags() must
/// force RFLAGS.TF for the sake of guest debug depends on where the linear RIP
/// is.
///
/// No functional change intended.
//
// Kind: move
// From: arch/x86/kvm/x86.c
// To: arch/x86/kvm/regs.c
// Optional: pr_fmt
// Options: --no-includes
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    #define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
//
//    #include <linux/export.h>
//    #include <linux/kvm_host.h>
//
//    #include "regs.h"

@move@
type T;
identifier fn = {kvm_get_linear_rip, kvm_is_linear_rip, kvm_get_rflags,
		 __kvm_set_rflags, kvm_set_rflags};
@@
* T fn(...)
* {
  ...
* }
