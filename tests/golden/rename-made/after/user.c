DEFINE_HOOK(seg_base);
DEFINE_CALL(seg_base, kvm_seg_base);
