int seg_base(int seg)
{
	return seg;
}
