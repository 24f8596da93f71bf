static int base(int seg)
{
	return seg;
}

int user(void)
{
	return base(1);
}
