#include "kvm.h"

/* seg_base is a hook here. */
struct ops svm_ops = {
	.seg_base = svm_seg_base,
};

static int trace(struct vcpu *vcpu)
{
	return vendor_call(seg_base)(vcpu, 1);
}
