// SPDX-License-Identifier: GPL-2.0-only
/* Whether the vcpu runs 64-bit code. is_long() is cheap. */
static inline bool is_long(struct vcpu *vcpu)
{
	return vcpu->is_long;
}
