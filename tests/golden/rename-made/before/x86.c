#define DEFINE_HOOK(fn) struct hook hook_##fn
#define DEFINE_CALL(name, fn) struct call call_##name = { fn }

int seg_base(int seg)
{
	return seg;
}
DEFINE_HOOK(seg_base);
DEFINE_CALL(base, seg_base);
