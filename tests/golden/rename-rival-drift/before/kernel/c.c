void c(void)
{
	flush();
}
