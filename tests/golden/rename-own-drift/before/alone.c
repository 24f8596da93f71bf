#ifdef CONFIG_ALONE
static int seg_base(int seg)
{
	return seg;
}

#ifdef CONFIG_DEEP
static int alone(int seg)
{
	return seg_base(seg);
}
#endif
#endif
