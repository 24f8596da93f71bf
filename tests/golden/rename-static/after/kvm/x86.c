// SPDX-License-Identifier: GPL-2.0-only
#include "kvm.h"

/*
 * kvm_seg_base() asks the vendor module. See also the hook seg_base.
 */
static unsigned long kvm_seg_base(struct vcpu *vcpu, int seg)
{
	return vendor_call(seg_base)(vcpu, seg);
}

/* The body says why seg_base() is not enough. */
static int check(struct vcpu *vcpu)
{
	if (!ops.seg_base)
		warn("no seg_base");
	return kvm_seg_base(vcpu, 1) + shift(kvm_seg_base(vcpu, 2),
					     vcpu->seg_base);
}

#ifdef CONFIG_OTHER
static unsigned long other(struct vcpu *vcpu)
{
	return kvm_seg_base(vcpu,
			    3);
}
#endif

static int shadow(unsigned long seg_base)
{
	if (!seg_base)
		goto seg_base;
	return 1;
seg_base:
	return 0;
}
