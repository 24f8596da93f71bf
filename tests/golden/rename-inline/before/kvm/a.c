#include "x86.h"

static int use(struct vcpu *vcpu)
{
	return is_long(vcpu) ? 8 : 4;
}
