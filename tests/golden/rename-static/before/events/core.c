static unsigned long seg_base(unsigned int segment)
{
	return segment << 4;
}

/* Needs seg_base(). */
static unsigned long code_base(unsigned int cs)
{
	return seg_base(cs);
}
