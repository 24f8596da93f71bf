/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What spatch must know to parse arch/x86/kvm: iterators that look like calls
 * with a body behind them.
 */
#define kvm_for_each_vcpu(index, vcpu, kvm) for (;;)
#define kvm_for_each_memslot(slot, bkt, slots) for (;;)
#define kvm_for_each_memslot_in_gfn_range(iter, slots, start, end) for (;;)
