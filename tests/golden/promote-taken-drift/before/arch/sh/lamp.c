int fine(void)
{
	return 2;
}
