DEFINE_HOOK(seg_base);
DEFINE_CALL(seg_base, seg_base);
