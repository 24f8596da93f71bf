#include "x86.h"

static int use(struct vcpu *vcpu)
{
	return vcpu_is_long(vcpu) ? 8 : 4;
}
