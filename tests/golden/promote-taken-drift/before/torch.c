int reset(void)
{
	return 2;
}

static int glow(void)
{
	return 3;
}
