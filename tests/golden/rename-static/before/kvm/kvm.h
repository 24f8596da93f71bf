#define vendor_call(func) static_call(vendor_##func)

struct ops {
	u64 (*seg_base)(struct vcpu *vcpu, int seg);
};
